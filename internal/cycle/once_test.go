package cycle_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"strata/internal/comment"
	"strata/internal/cycle"
	"strata/internal/plan"
	"strata/internal/tracker"
	"strata/internal/tracker/memory"
	"strata/internal/work"
)

func TestSecondCycleHasNothingToDo(t *testing.T) {
	o := open(t, nil)
	w, b := o.pair(sprint3)
	o.run()
	o.wantFlag(w.Ref, 1, comment.Open)
	o.wantFlag(b.Ref, 0, "")
	for range 3 {
		if r := o.wantQuiet(); r.Plan.Kept != 1 {
			t.Errorf("%d comments kept; want 1", r.Plan.Kept)
		}
	}
	o.restart()
	o.wantQuiet()
}

func TestReportOnlySendsNoWrite(t *testing.T) {
	o := open(t, func(c *cycle.Config) { c.Mode = plan.Reporting })
	o.pair(sprint3)
	if r := o.run(); o.writes() != 0 || held(r, plan.ReportOnly) != 1 {
		t.Errorf("%d writes, held %+v; want none, and one held", o.writes(), r.Plan.Held)
	}
}

func TestAnUnclearPostIsNeverRepeatedBlindly(t *testing.T) {
	o := open(t, nil)
	w, _ := o.pair(sprint3)
	o.jira.mute = true // nothing but a list tells of our comments
	o.jira.LoseAnswer(memory.Post, 1)
	o.jira.Fail(memory.Comments, tracker.Transient, 1)
	if r := o.run(); r.Failed() != 1 {
		t.Errorf("%d failures; want the post whose answer was lost", r.Failed())
	}
	o.jira.Fail(memory.Comments, tracker.Transient, 1)
	if r := o.after(time.Hour); held(r, plan.Unread) != 1 {
		t.Errorf("held %+v; want the flag as long as nobody could look", r.Plan.Held)
	}
	o.after(time.Hour)
	o.after(time.Hour)
	if n := o.jira.Calls(memory.Post); n != 1 {
		t.Errorf("%d posts; want 1", n)
	}
	o.wantFlag(w.Ref, 1, comment.Open)
}

func TestAPostThatNobodyFindsIsGivenUpOnlyAfterAWhile(t *testing.T) {
	o := open(t, nil)
	w, _ := o.pair(sprint3)
	o.jira.Fail(memory.Post, tracker.Unclear, 1)
	o.run()
	if r := o.wantQuiet(); held(r, plan.Unread) != 1 {
		t.Errorf("held %+v; want the flag that may be under way", r.Plan.Held)
	}
	o.after(time.Minute)
	o.wantFlag(w.Ref, 1, comment.Open)
}

func TestAPostBegunBeforeAKillIsAdopted(t *testing.T) {
	o := open(t, nil)
	w, _ := o.pair(sprint3)
	o.jira.mute = true
	o.daemon()
	o.broken.clear = true
	if _, err := o.daemon().Run(t.Context()); !errors.Is(err, errKilled) {
		t.Fatalf("Run = %v; want the kill", err)
	}
	o.restart()
	o.after(time.Hour)
	o.wantQuiet()
	o.wantFlag(w.Ref, 1, comment.Open)
}

func TestAKillBeforeThePostLosesNothing(t *testing.T) {
	o := open(t, nil)
	w, _ := o.pair(sprint3)
	o.jira.Fail(memory.Post, tracker.Transient, 1)
	o.daemon()
	o.broken.clear = true
	if _, err := o.daemon().Run(t.Context()); !errors.Is(err, errKilled) {
		t.Fatalf("Run = %v; want the kill", err)
	}
	o.wantFlag(w.Ref, 0, "")
	o.restart()
	o.after(time.Hour)
	o.wantFlag(w.Ref, 1, comment.Open)
}

func TestTheStoreLostNothingIsSaidTwice(t *testing.T) {
	o := open(t, nil)
	w, b := o.pair(sprint3)
	o.run()
	o.loseStore()
	o.wantQuiet()
	o.jira.Put(done(b, o.now.Add(-time.Hour)))
	o.run()
	o.wantFlag(w.Ref, 1, comment.Folded)
}

func TestCommentsAreInTheLedgerBeforeTheCursorIsKept(t *testing.T) {
	o := open(t, func(c *cycle.Config) { c.Scopes = c.Scopes[:1] })
	b := story("jira", "web", "2", "core", sprint3)
	w := waits(story("jira", "web", "1", "web", sprint2), b)
	o.jira.Put(b, w)
	o.run()
	o.loseStore()
	o.daemon()
	o.broken.cursor = true
	if _, err := o.daemon().Run(t.Context()); !errors.Is(err, errKilled) {
		t.Fatalf("Run = %v; want the kill", err)
	}
	o.restart()
	o.run()
	o.wantQuiet()
	o.wantFlag(w.Ref, 1, comment.Open)
}

func TestSightsSurviveTheLossOfTheStoreInTheMarker(t *testing.T) {
	o := open(t, nil)
	o.pair(sprint3)
	first := o.run().Assessment.Findings[0].Since
	o.now = o.now.AddDate(0, 0, 1)
	o.loseStore()
	if again := o.run().Assessment.Findings[0].Since; !again.Equal(first) {
		t.Errorf("since %s; want %s", again, first)
	}
}

func TestAWriteUnderWayIsFinishedWhenTheCycleMustEnd(t *testing.T) {
	o := open(t, nil)
	w, _ := o.pair(sprint3)
	second := waits(story("jira", "web", "3", "web", sprint2), story("jira", "api", "2", "core", sprint3))
	o.jira.Put(second)
	ctx, stop := context.WithCancel(t.Context())
	o.jira.posting = func(context.Context) { stop() }
	r, err := o.daemon().Run(ctx)
	if err != nil || len(r.Outcomes) != 1 || r.Outcomes[0].Err != nil {
		t.Fatalf("Run = %+v, %v; want the first write, done", r.Outcomes, err)
	}
	if got := o.jira.Calls(memory.Post); got != 1 {
		t.Errorf("%d posts; want no further write to begin", got)
	}
	o.jira.posting = nil
	o.restart()
	o.run()
	o.wantFlag(w.Ref, 1, comment.Open)
	o.wantFlag(second.Ref, 1, comment.Open)
}

func TestEditsOfOneTrackerFailingDoNotStopTheOther(t *testing.T) {
	o := open(t, func(c *cycle.Config) {
		c.Scopes = append(c.Scopes, cycle.Scope{Scope: tracker.Scope{Name: "board", Repositories: []string{"acme/api"}}, Tracker: "github", Selector: "board"})
	})
	b := story("jira", "api", "2", "core", sprint3)
	w, g := waits(story("jira", "web", "1", "web", sprint2), b), waits(story("github", "board", "9", "web", sprint2), b)
	o.jira.Put(b, w)
	o.github.Put(g)
	o.run()
	b.Sprints = []work.SprintID{sprint4}
	o.jira.Put(b)
	o.jira.Fail(memory.Edit, tracker.RateLimited, 1)
	r := o.run()
	if r.Failed() != 1 || o.github.Calls(memory.Edit) != 1 {
		t.Fatalf("%d failed, %d edits at github; want 1 and 1", r.Failed(), o.github.Calls(memory.Edit))
	}
	o.run()
	if n := o.jira.Calls(memory.Edit); n != 2 {
		t.Errorf("%d edits at jira; want the one that failed and its repetition", n)
	}
	o.wantQuiet()
}

func TestARefusedItemIsAskedAgainOnlyWhenItChanges(t *testing.T) {
	o := open(t, nil)
	w, _ := o.pair(sprint3)
	o.jira.Fail(memory.Post, tracker.Rejected, 1)
	o.run()
	for range 3 {
		if r := o.wantQuiet(); held(r, plan.Refused) != 1 {
			t.Fatalf("held %+v; want the refused flag", r.Plan.Held)
		}
	}
	o.jira.Put(w)
	o.run()
	o.wantFlag(w.Ref, 1, comment.Open)
}

func TestADuplicateIsErasedAndTheOldestStays(t *testing.T) {
	o := open(t, nil)
	w, _ := o.pair(sprint3)
	o.run()
	first := o.jira.Said(w.Ref)[0]
	o.jira.Say(w.Ref, memory.Account, first.Body)
	o.run()
	if said := o.jira.Said(w.Ref); len(said) != 1 || said[0].ID != first.ID {
		t.Fatalf("comments %+v; want the first alone", said)
	}
	o.wantQuiet()
}

func TestAForgedMarkerIsNobodysComment(t *testing.T) {
	o := open(t, nil)
	w, b := o.pair(sprint3)
	o.run()
	forged := o.jira.Said(w.Ref)[0].Body
	o.jira.Say(b.Ref, "a person", forged)
	o.wantQuiet()
	o.loseStore()
	o.wantQuiet()
	if said := o.jira.Said(b.Ref); len(said) != 1 || said[0].Body != forged {
		t.Errorf("comments %+v; want the person's as it was", said)
	}
}
