package jirasim

import (
	"net/http/httptest"
	"testing"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
)

// BenchmarkJQL asks each query anew in a world of 100,000 items, as after a write
// that nobody could tell the extent of.
func BenchmarkJQL(b *testing.B) {
	w := world.Generate(world.Options{Seed: 1, Items: 100_000, Now: morning})
	for name, query := range map[string]string{
		"key":     `key in (WEB-2, CORE-7)`,
		"poll":    `project in (WEB, CORE) AND updated >= -1h ORDER BY updated ASC, key ASC`,
		"sweep":   `project in (WEB, CORE) ORDER BY key ASC`,
		"status":  `statusCategory != Done AND assignee is not EMPTY ORDER BY created DESC`,
		"text":    `text ~ "refund"`,
		"history": `status was "In Progress"`,
	} {
		b.Run(name, func(b *testing.B) {
			s := &server{world: w, o: Options{Flavour: Cloud}, faults: control.NewFaults(world.Jira, 1)}
			w.Read(func(st *world.State) {
				for b.Loop() {
					s.answers = world.Answers[*world.JiraIssue]{}
					c := &call{ResponseWriter: httptest.NewRecorder(), s: s, user: st.JiraBot}
					found, err := c.find(st, query, false, false)
					if err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(len(found)), "issues")
				}
			})
		})
	}
}
