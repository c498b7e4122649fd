package jira_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/tracker"
	"strata/internal/work"
)

const statuses = `[
	{"id":"1","name":"Offen","statusCategory":{"key":"new"}},
	{"id":"3","name":"In Arbeit","statusCategory":{"key":"indeterminate"}}
]`

// entries is a changelog with an item of each kind that counts, and some that do not.
const entries = `
	{"id":"2","created":"2026-03-03T10:00:00.000+0100","items":[
		{"field":"Sprint","fieldtype":"custom","fieldId":"customfield_10020","from":"3, 4","fromString":"A, B","to":"4","toString":"B"},
		{"field":"summary","fieldId":"summary","from":null,"fromString":"a","to":null,"toString":"b"}]},
	{"id":"1","created":"2026-03-02T10:00:00.000+0100","items":[
		{"field":"status","fieldId":"status","from":"1","fromString":"Offen","to":"3","toString":"In Arbeit"}]},
	{"id":"3","created":"2026-03-04T10:00:00.000+0100","items":[
		{"field":"duedate","fieldId":"duedate","from":null,"fromString":null,"to":"2026-04-01","toString":"2026-04-01 00:00:00.0"},
		{"field":"Flagged","fieldId":"customfield_10021","from":"","fromString":"","to":"[10019]","toString":"Impediment"},
		{"field":"Flagged","fieldId":"customfield_10021","from":"[10019]","fromString":"Impediment","to":"","toString":""},
		{"field":"Acceptance Criteria","fieldId":"customfield_10099","from":null,"fromString":"x","to":null,"toString":"y"},
		{"field":"status","fieldId":"status","from":"77","fromString":"Abgeschafft","to":"1","toString":"Offen"}]}`

func TestAHistoryIsReadInBothFlavours(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 3, day, 9, 0, 0, 0, time.UTC) }
	open, doing := work.Status{ID: "1", Name: "Offen", Category: work.CategoryNew}, work.Status{ID: "3", Name: "In Arbeit", Category: work.CategoryDoing}
	steps := []work.Step{
		{At: at(2), Of: work.StatusStep, From: open, To: doing},
		{At: at(3), Of: work.SprintStep, FromSprints: []work.SprintID{"jira:3", "jira:4"}, ToSprints: []work.SprintID{"jira:4"}},
		{At: at(4), Of: work.DueStep, ToDay: "2026-04-01"},
		{At: at(4), Of: work.BlockedStep},
		{At: at(4), Of: work.CriteriaStep},
		{At: at(4), Of: work.StatusStep, From: work.Status{ID: "77", Name: "Abgeschafft", Category: work.CategoryNone}, To: open},
	}
	one, two := work.Ref{Tracker: "jira", ID: "1"}, work.Ref{Tracker: "jira", ID: "2"}
	for _, c := range []struct {
		deployment, route, answer string
		want                      []work.Past
	}{
		{"Cloud", "POST changelog/bulkfetch", `{"issueChangeLogs":[{"issueId":"1","changeHistories":[` + entries + `]}]}`, []work.Past{{Ref: one, Steps: steps}, {Ref: two}}},
		{"Server", "POST search", `{"total":1,"issues":[{"id":"1","changelog":{"histories":[` + entries + `]}}]}`, []work.Past{{Ref: one, Steps: steps}}},
	} {
		f := newFake(t, c.deployment)
		f.on("GET status", say(200, statuses))
		f.on(c.route, say(200, c.answer))
		got, err := f.tracker.History(t.Context(), []work.Ref{one, two, {Tracker: "github", ID: "1"}, {Tracker: "jira", ID: "1) OR (1"}})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.deployment, diff)
		}
		if sent := f.sent(c.route); len(sent) != 1 || strings.Contains(sent[0], " OR ") {
			t.Errorf("%s: asked %q", c.deployment, sent)
		}
	}
}

func TestAHistoryInPagesIsReadToItsEnd(t *testing.T) {
	f := newFake(t, "Cloud")
	f.on("GET status", say(200, statuses))
	// A number is in seconds here; the repeated token must not be followed for ever.
	f.on("POST changelog/bulkfetch", say(200, `{"nextPageToken":"again","issueChangeLogs":[{"issueId":"1","changeHistories":[
		{"id":"1","created":1772442000,"items":[{"field":"status","fieldId":"status","from":"1","to":"3"}]}]}]}`))
	got, err := f.tracker.History(t.Context(), []work.Ref{{Tracker: "jira", ID: "1"}})
	if err != nil || len(got) != 1 || len(got[0].Steps) != 2 || got[0].Steps[0].At.Year() != 2026 {
		t.Errorf("%+v, %v; want the entries of both pages, of 2026", got, err)
	}
	if n := len(f.sent("POST changelog/bulkfetch")); n != 2 {
		t.Errorf("asked %d times; want twice", n)
	}
}

func TestAHistoryThatIsNotToldIsAnError(t *testing.T) {
	f := newFake(t, "Cloud")
	f.on("GET status", say(200, statuses))
	f.on("POST changelog/bulkfetch", say(403, `{"errorMessages":["no"]}`))
	if _, err := f.tracker.History(t.Context(), []work.Ref{{Tracker: "jira", ID: "1"}}); tracker.KindOf(err) != tracker.Rejected {
		t.Errorf("error = %v; want one that is about this question alone", err)
	}
}
