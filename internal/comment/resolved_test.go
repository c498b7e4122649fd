package comment_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/facts"
	"strata/internal/markup"
	"strata/internal/refine"
	"strata/internal/work"
)

func TestAResolvedFlagSaysWhy(t *testing.T) {
	waits := []work.Link{{Kind: work.Waits, To: api7}}
	for name, row := range map[string]struct {
		rule    refine.RuleID
		waiting work.Item
		blocker work.Item
		want    string
	}{
		"blocker delivered":        {"DEP01", work.Item{State: work.StateOpen, Links: waits}, work.Item{State: work.StateDelivered}, "Resolved on 11 Mar: API-7 was delivered."},
		"both delivered":           {"DEP01", work.Item{State: work.StateDelivered, Links: waits}, work.Item{State: work.StateDelivered}, "Resolved on 11 Mar: API-7 was delivered."},
		"item delivered":           {"DEP01", work.Item{State: work.StateDelivered, Links: waits}, work.Item{State: work.StateOpen}, "Resolved on 11 Mar: WEB-42 was delivered."},
		"item dropped":             {"DEP01", work.Item{State: work.StateDropped, Links: waits}, work.Item{State: work.StateOpen}, "Resolved on 11 Mar: WEB-42 was closed without delivery."},
		"blocker dropped":          {"DEP01", work.Item{State: work.StateOpen, Links: waits}, work.Item{State: work.StateDropped}, "Resolved on 11 Mar: API-7 was closed without delivery."},
		"link removed":             {"DEP01", work.Item{State: work.StateOpen}, work.Item{State: work.StateOpen}, "Resolved on 11 Mar: WEB-42 no longer waits for API-7."},
		"linked on the other side": {"DEP03", work.Item{State: work.StateOpen}, work.Item{State: work.StateOpen, Links: []work.Link{{Kind: work.Blocks, To: web42}}}, "Resolved on 11 Mar: API-7 has a date now."},
		"link of another meaning":  {"DEP03", work.Item{State: work.StateOpen, Links: []work.Link{{Kind: work.Blocks, To: api7}}}, work.Item{State: work.StateOpen}, "Resolved on 11 Mar: WEB-42 no longer waits for API-7."},
		"dropped and unlinked":     {"DEP12", work.Item{State: work.StateOpen}, work.Item{State: work.StateDropped}, "Resolved on 11 Mar: WEB-42 no longer waits for API-7."},
		"dropped and replaced":     {"DEP12", work.Item{State: work.StateOpen, Links: []work.Link{{Kind: work.Waits, To: api9}}}, work.Item{State: work.StateDropped, DuplicateOf: api9}, "Resolved on 11 Mar: WEB-42 waits for the original of API-7."},
		"dropped and reopened":     {"DEP12", work.Item{State: work.StateOpen, Links: waits}, work.Item{State: work.StateDoing}, "Resolved on 11 Mar: API-7 was reopened."},
		"re-planned":               {"DEP04", work.Item{State: work.StateDoing, Links: waits}, work.Item{State: work.StateOpen}, "Resolved on 11 Mar: WEB-42 and API-7 fit together in time now."},
		"put back":                 {"DEP07", work.Item{State: work.StateOpen, Links: waits}, work.Item{State: work.StateOpen}, "Resolved on 11 Mar: WEB-42 is no longer in progress."},
		"owned":                    {"DEP09", work.Item{State: work.StateOpen, Links: waits}, work.Item{State: work.StateOpen, Teams: []work.TeamID{"Core"}}, "Resolved on 11 Mar: API-7 has an owner now."},
		"cut":                      {"DEP13", work.Item{State: work.StateOpen, Links: waits}, work.Item{State: work.StateOpen}, "Resolved on 11 Mar: the circle of waiting is cut."},
		"not known why":            {"DEP08", work.Item{State: work.StateOpen, Links: waits}, work.Item{State: work.StateOpen}, "Resolved on 11 Mar."},
		"moved within a team":      {"DEP01", work.Item{State: work.StateOpen, Links: waits}, work.Item{State: work.StateOpen}, "Resolved on 11 Mar."},
		"blocker not readable":     {"DEP01", work.Item{State: work.StateOpen}, work.Item{State: work.StateUnknown}, "Resolved on 11 Mar."},
		"blocker unread":           {"DEP01", work.Item{State: work.StateOpen}, work.Item{State: work.StateOpen, Unread: true}, "Resolved on 11 Mar."},
	} {
		t.Run(name, func(t *testing.T) {
			w, b := row.waiting, row.blocker
			w.Ref, w.Key, b.Ref, b.Key = web42, "WEB-42", api7, "API-7"
			past := comment.Past{Rule: row.rule, Item: &w, Waiting: &w, Blocker: &b, Fits: name == "re-planned"}
			if got := markup.Plain(comment.Resolution(today, []comment.Past{past, past})); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

func TestAResolvedFlagStaysOneLine(t *testing.T) {
	var past []comment.Past
	for _, key := range []string{"A-1", "A-2", "A-3", "A-4", "A-5"} {
		past = append(past, comment.Past{Rule: "DEP01", Blocker: &work.Item{Key: key, State: work.StateDelivered}})
	}
	want := "Resolved on 11 Mar: A-1 was delivered; A-2 was delivered; A-3 was delivered; and 2 more."
	if got := markup.Plain(comment.Resolution(today, past)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	gone := comment.Past{Rule: "DEP01"}
	if got, want := markup.Plain(comment.Resolution(today, []comment.Past{gone})), "Resolved on 11 Mar."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	alone := comment.Past{Rule: "DEP15", Item: &work.Item{Key: "A-1", State: work.StateDelivered}}
	if got, want := markup.Plain(comment.Resolution(today, []comment.Past{alone})), "Resolved on 11 Mar: A-1 was delivered."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAMarkerTellsWhatItsCommentSpokeOf(t *testing.T) {
	web, api := &work.Item{Ref: web42}, &work.Item{Ref: api7}
	items := map[work.Ref]*work.Item{web42: web, api7: api}
	remembered := facts.Memory{Raised: map[facts.FindingKey]time.Time{
		{Rule: "DEP09", Item: api7, Blocker: api7, Waiting: web42}:  date(2, 1),
		{Rule: "DEP01", Item: web42, Blocker: api9, Waiting: web42}: date(2, 2),
		{Rule: "DEP01", Item: web42, Blocker: api7, Waiting: web42}: date(2, 3),
	}}
	got := comment.Pasts(remembered, func(r work.Ref) *work.Item { return items[r] }, func(facts.Edge) bool { return false })
	want := []comment.Past{
		{Rule: "DEP01", Item: web, Waiting: web, Blocker: api},
		{Rule: "DEP01", Item: web, Waiting: web},
		{Rule: "DEP09", Item: api, Waiting: web, Blocker: api},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got (-), want (+):\n%s", diff)
	}
}
