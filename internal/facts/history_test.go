package facts_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/facts"
	"strata/internal/work"
)

var (
	inToDo   = work.Status{ID: "1", Name: "To Do", Category: work.CategoryNew}
	inDoing  = work.Status{ID: "3", Name: "In Progress", Category: work.CategoryDoing}
	inDone   = work.Status{ID: "5", Name: "Done", Category: work.CategoryDone}
	inReview = work.Status{Name: "In Review", Category: work.CategoryNew} // on a board
)

func moment(text string) time.Time {
	at, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return at
}

// boxes are two Sprints that are over, one that runs and one to come.
func boxes() map[work.SprintID]*work.Sprint {
	box := func(id work.SprintID, state work.SprintState, from, to string) *work.Sprint {
		return &work.Sprint{ID: id, Name: string(id), State: state, Window: work.Window{Start: mustDay(from), End: mustDay(to)}}
	}
	all := map[work.SprintID]*work.Sprint{}
	for _, s := range []*work.Sprint{
		box("jira:1", work.SprintClosed, "2026-02-02", "2026-02-13"), box("jira:2", work.SprintClosed, "2026-02-16", "2026-02-27"),
		box("jira:3", work.SprintActive, "2026-03-02", "2026-03-13"), box("jira:4", work.SprintFuture, "2026-03-16", "2026-03-27"),
	} {
		all[s.ID] = s
	}
	return all
}

func mustDay(text string) work.Day {
	day, err := work.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return day
}

// TestAHistoryTellsWhatBecameOfAPlan reads steps of every kind in the product's words.
func TestAHistoryTellsWhatBecameOfAPlan(t *testing.T) {
	p, err := facts.NewProduct("shop", facts.Config{}, map[string]facts.TrackerConfig{"jira": {}})
	if err != nil {
		t.Fatal(err)
	}
	past := work.Past{Ref: work.Ref{Tracker: "jira", ID: "1"}, Steps: []work.Step{
		{At: moment("2026-03-02 10:00"), Of: work.StatusStep, From: inToDo, To: inDoing},
		{At: moment("2026-02-01 10:00"), Of: work.SprintStep, ToSprints: []work.SprintID{"jira:1"}},
		{At: moment("2026-02-10 10:00"), Of: work.SprintStep, FromSprints: []work.SprintID{"jira:1"}, ToSprints: []work.SprintID{"jira:1", "jira:2"}},
		{At: moment("2026-02-27 18:00"), Of: work.SprintStep, FromSprints: []work.SprintID{"jira:1", "jira:2"}, ToSprints: []work.SprintID{"jira:1", "jira:2", "jira:3"}},
		{At: moment("2026-03-03 10:00"), Of: work.SprintStep, FromSprints: []work.SprintID{"jira:3"}, ToSprints: nil},
		{At: moment("2026-03-04 10:00"), Of: work.DueStep, ToDay: "2026-03-20"},
		{At: moment("2026-03-05 10:00"), Of: work.DueStep, FromDay: "2026-03-20", ToDay: "2026-04-01"},
		{At: moment("2026-03-06 10:00"), Of: work.StatusStep, From: inDoing, To: inReview},
		{At: moment("2026-03-07 10:00"), Of: work.StatusStep, From: inReview, To: inDone},
		{At: moment("2026-03-08 10:00"), Of: work.StatusStep, From: inDone, To: inToDo},
		{At: moment("2026-03-09 10:00"), Of: work.CriteriaStep, Observed: true},
	}}
	type row struct {
		Kind     facts.ChangeKind
		From, To string
	}
	var got []row
	for _, c := range p.Changes(past, boxes()) {
		got = append(got, row{c.Kind, c.FromDay.String(), c.ToDay.String()})
	}
	want := []row{
		{facts.Planned, "", "2026-02-13"},
		{facts.Moved, "2026-02-13", "2026-02-27"},
		{facts.Carried, "2026-02-27", "2026-03-13"},
		{facts.Started, "", ""},
		{facts.Unplanned, "2026-03-13", ""},
		{facts.Planned, "", "2026-03-20"},
		{facts.Moved, "2026-03-20", "2026-04-01"},
		{facts.Stopped, "", ""}, // GitHub's default names say nothing about Jira
		{facts.Finished, "", ""},
		{facts.Reopened, "", ""},
		{facts.Criteria, "", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTwoReadingsTellWhatHappened holds that each fact is seen to change, at the item's own time.
func TestTwoReadingsTellWhatHappened(t *testing.T) {
	before := work.Record{Status: inToDo, Sprints: []work.SprintID{"jira:3"}, Due: "2026-03-20", Updated: moment("2026-03-01 10:00")}
	after := work.Record{Blocked: true, Status: inDoing, Sprints: []work.SprintID{"jira:4"}, Updated: moment("2026-03-02 09:00")}
	now := moment("2026-03-02 12:00")
	at := after.Updated
	want := []work.Step{
		{At: at, Of: work.StatusStep, From: inToDo, To: inDoing, Observed: true},
		{At: at, Of: work.SprintStep, FromSprints: []work.SprintID{"jira:3"}, ToSprints: []work.SprintID{"jira:4"}, Observed: true},
		{At: at, Of: work.BlockedStep, Observed: true},
		{At: at, Of: work.DueStep, FromDay: "2026-03-20", Observed: true},
	}
	if diff := cmp.Diff(want, facts.Observe(&before, &after, now)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	after.Updated = before.Updated // a board changed and the item did not
	if got := facts.Observe(&before, &after, now); len(got) != 4 || !got[0].At.Equal(now) {
		t.Errorf("%+v; want four steps, now", got)
	}
	if got := facts.Observe(&before, &before, now); got != nil {
		t.Errorf("the same twice: %+v", got)
	}
}

// TestAPaceRestsOnDeliveries holds cycle times and velocity of a team by hand.
func TestAPaceRestsOnDeliveries(t *testing.T) {
	var s work.Snapshot
	for _, box := range boxes() {
		s.Sprints = append(s.Sprints, *box)
	}
	changes := map[work.Ref][]facts.Change{}
	points := 3.0
	deliver := func(id, started, resolved string, state work.State) {
		ref := work.Ref{Tracker: "jira", ID: id}
		s.Items = append(s.Items, work.Item{Ref: ref, Kind: work.Story, State: state, Teams: []work.TeamID{"Web"}, Resolved: moment(resolved), Estimate: &points})
		if started != "" {
			changes[ref] = []facts.Change{{Kind: facts.Started, At: moment(started)}}
		}
	}
	for i, day := range []string{"03", "04", "05", "06", "09", "10", "11", "12", "13"} { // Sprint 1: one to nine working days
		deliver("1"+string(rune('0'+i)), "2026-02-03 09:00", "2026-02-"+day+" 17:00", work.StateDelivered)
	}
	deliver("30", "2026-02-17 09:00", "2026-02-26 17:00", work.StateDelivered) // Sprint 2: eight
	deliver("31", "", "2026-02-26 17:00", work.StateDelivered)                 // nobody saw its start
	deliver("32", "2026-02-17 09:00", "2026-02-26 17:00", work.StateDropped)
	deliver("33", "2026-02-17 09:00", "2025-09-01 17:00", work.StateDelivered) // too long ago for a cycle time

	calendar, err := facts.CalendarConfig{}.Calendar()
	if err != nil {
		t.Fatal(err)
	}
	got := facts.Paces(s, changes, calendar, mustDay("2026-03-05"))
	want := map[work.TeamID]facts.Pace{"Web": {P50: 5, P85: 8, Samples: 10, Velocity: 16.5, Items: 5.5, Sprints: 2}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if w := got["Web"]; !w.Enough() || w.Forecasts() {
		t.Errorf("ten samples are enough, two Sprints forecast nothing: %+v", w)
	}
}
