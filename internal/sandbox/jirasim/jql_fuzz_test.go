package jirasim

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
)

// FuzzJQL asks whatever comes: an answer or a refusal, never a crash.
func FuzzJQL(f *testing.F) {
	for _, q := range []string{
		`project = WEB AND updated >= -1w ORDER BY key`, `"Epic Link" is not empty`, `issue in linkedIssues(WEB-2, "blocks")`, `status was not in (Done) before now() by currentUser()`,
		`text ~ "a* OR -b \"c d\""`, `due <= endOfMonth("+1M")`, `sprint in (openSprints(), 3)`, `fixVersion > 1 order by rank, votes desc`, `cf[10016] in (1, 2, empty)`,
		`assignee in membersOf(jira-administrators)`, `status changed from 1 to (2, 3) during ("2026/01/01", -1d)`, `not (key > WEB-3 or id = 10001)`, `comment !~ "?*"`,
	} {
		f.Add(q)
	}
	w := world.Generate(world.Options{Seed: 1, Items: 300, Now: func() time.Time { return time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC) }})
	s := &server{world: w, o: Options{Flavour: Cloud}, faults: control.NewFaults(world.Jira, 1)}
	f.Fuzz(func(t *testing.T, text string) {
		w.Read(func(st *world.State) {
			c := &call{ResponseWriter: httptest.NewRecorder(), s: s, user: st.JiraBot, fresh: true}
			for _, lenient := range []bool{false, true} {
				if _, err := c.find(st, text, false, lenient); err != nil && strings.Contains(err.Error(), "%!") {
					t.Fatalf("%q: %v", text, err)
				}
			}
		})
	})
}
