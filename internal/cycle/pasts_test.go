package cycle_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/facts"
	"strata/internal/tracker"
	"strata/internal/tracker/memory"
	"strata/internal/work"
)

// kinds are what an item went through, as the last cycle knew it.
func kinds(changes []facts.Change) (list []facts.ChangeKind) {
	for _, c := range changes {
		list = append(list, c.Kind)
	}
	return list
}

func TestWhatHappensBetweenTwoReadingsIsRememberedOverARestart(t *testing.T) {
	o := open(t, nil)
	_, b := o.pair(sprint1)
	o.run()
	b.Sprints = []work.SprintID{sprint2}
	b.Updated = o.now.Add(time.Hour)
	o.jira.Put(b)
	o.after(2 * time.Hour)
	o.restart()

	want := []facts.ChangeKind{facts.Moved}
	if diff := cmp.Diff(want, kinds(o.after(time.Minute).Memory.Changes[b.Ref])); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatWasBeforeWeCameIsAskedOnceAndOnlyWhereItMatters(t *testing.T) {
	o := open(t, nil)
	w, b := o.pair(sprint2)
	far := story("jira", "web", "3", "web", sprint2)
	old := done(story("jira", "web", "4", "web", sprint1), wednesday.AddDate(0, 0, -1))
	o.jira.Put(far, old)
	started := work.Step{At: wednesday.AddDate(0, 0, -5), Of: work.StatusStep, From: b.Status, To: work.Status{ID: "2", Category: work.CategoryDoing}}
	o.jira.PutHistory(b.Ref, work.Step{
		At: wednesday.AddDate(0, 0, -2), Of: work.SprintStep, FromSprints: []work.SprintID{sprint1}, ToSprints: []work.SprintID{sprint2},
	})
	o.jira.PutHistory(old.Ref, started)

	r := o.run()
	if diff := cmp.Diff([]facts.ChangeKind{facts.Moved}, kinds(r.Memory.Changes[b.Ref])); diff != "" {
		t.Errorf("the blocker (-want +got):\n%s", diff)
	}
	if got := r.Memory.Paces["Web"]; got.Samples != 1 || got.P85 != 3 {
		t.Errorf("pace = %+v; want one sample of three working days", got)
	}
	asked := o.jira.Calls(memory.History)
	o.after(time.Hour)
	if got := o.jira.Calls(memory.History); asked != 1 || got != asked {
		t.Errorf("asked %d and then %d times for the history; want once", asked, got-asked)
	}
	if _, known := r.Memory.Changes[far.Ref]; known || len(r.Memory.Changes[w.Ref]) != 0 {
		t.Errorf("changes = %v", r.Memory.Changes)
	}
}

func TestALostStoreIsRebuiltFromTheTrackersHistory(t *testing.T) {
	o := open(t, nil)
	_, b := o.pair(sprint2)
	o.jira.PutHistory(b.Ref, work.Step{At: wednesday.AddDate(0, 0, -2), Of: work.DueStep, FromDay: "2026-03-13", ToDay: "2026-03-20"})
	before := o.run().Memory.Changes
	o.loseStore()
	if diff := cmp.Diff(before, o.after(time.Hour).Memory.Changes); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

func TestAHistoryThatIsRefusedHarmsNothing(t *testing.T) {
	o := open(t, nil)
	o.pair(sprint3)
	o.jira.Fail(memory.History, tracker.Rejected, 5)
	r := o.run()
	if !r.OK() || len(r.Plan.Actions) == 0 {
		t.Errorf("ok = %v, %d actions; want the flag all the same", r.OK(), len(r.Plan.Actions))
	}
	o.after(time.Hour)
	if got := o.jira.Calls(memory.History); got != 1 {
		t.Errorf("asked %d times; want once a day", got)
	}
}

func TestABlockerThatCannotBeReadIsCountedUntilItCan(t *testing.T) {
	o := open(t, nil)
	outside := story("jira", "elsewhere", "9", "core", sprint1)
	w := waits(story("jira", "web", "1", "web", sprint2), outside)
	o.jira.Put(w, outside)
	o.jira.Hide(outside.Ref)
	o.run()
	for range 3 {
		o.after(2 * time.Hour)
	}
	got := o.after(time.Minute).Memory.Missing[outside.Ref]
	if want := (facts.Missing{Since: wednesday, Reads: 4}); got != want {
		t.Errorf("missing = %+v; want %+v", got, want)
	}
	o.restart()
	if got := o.after(time.Minute).Memory.Missing[outside.Ref]; got.Reads != 5 || !got.Since.Equal(wednesday) {
		t.Errorf("after a restart: %+v", got)
	}
	o.jira.Put(outside)
	if got := o.after(2 * time.Hour).Memory.Missing; len(got) != 0 {
		t.Errorf("readable again, still %+v", got)
	}
}

func TestAnAnswerIsHeardBeforeTheJudgement(t *testing.T) {
	o := open(t, nil)
	w, b := o.pair(sprint3)
	o.run()
	o.jira.Say(w.Ref, "ada", "/strata need 2026-04-01 the endpoint")
	o.jira.Say(b.Ref, "lin", "/strata commit whenever")
	r := o.after(time.Hour)
	answers := r.Memory.Answers[w.Ref]
	if len(answers) != 1 || answers[0].Kind != facts.Needed || answers[0].Day != work.Date(2026, 4, 1) || answers[0].Text != "the endpoint" || answers[0].By != "ada" {
		t.Errorf("answers = %+v", answers)
	}
	if len(r.Misheard) != 1 || r.Misheard[0].Item != b.Ref {
		t.Errorf("misheard = %+v; want the commitment without a day", r.Misheard)
	}
}
