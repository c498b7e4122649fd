package cycle_test

import (
	"testing"
	"time"

	"strata/internal/comment"
	"strata/internal/cycle"
	"strata/internal/duration"
	"strata/internal/plan"
	"strata/internal/tracker/memory"
	"strata/internal/work"
)

func TestADeletedCommentIsASnooze(t *testing.T) {
	o := open(t, nil)
	w, b := o.pair(sprint2) // a warning
	o.run()
	o.jira.Unsay(w.Ref, o.jira.Said(w.Ref)[0].ID)
	for range 2 {
		if r := o.wantQuiet(); held(r, plan.Snoozed) != 1 {
			t.Fatalf("held %+v; want the snoozed flag", r.Plan.Held)
		}
	}
	o.restart()
	o.wantQuiet()
	b.Sprints = []work.SprintID{sprint3} // critical
	o.jira.Put(b)
	o.run()
	o.wantFlag(w.Ref, 1, comment.Open)
	o.wantQuiet()
}

func TestACommentThatWasOnlyOutOfSightIsNoSnooze(t *testing.T) {
	o := open(t, nil)
	w, b := o.pair(sprint3)
	o.run()
	o.jira.show = func(_ string, r *work.Record) {}
	id := o.jira.Said(w.Ref)[0]
	o.jira.Unsay(w.Ref, id.ID)
	o.run()
	o.jira.Say(w.Ref, memory.Account, id.Body) // another id: adopted as the one that stands
	o.wantQuiet()
	o.jira.Put(done(b, o.now))
	o.run()
	o.wantFlag(w.Ref, 1, comment.Folded)
}

func TestBaselineStaysSilentUntilWorse(t *testing.T) {
	o := open(t, func(c *cycle.Config) { c.Comments.Baseline = true })
	w, b := o.pair(sprint2) // a warning
	for range 2 {
		if r := o.wantQuiet(); held(r, plan.Baseline) != 1 {
			t.Fatalf("held %+v; want the baseline's", r.Plan.Held)
		}
		o.now = o.now.Add(time.Hour)
	}
	o.restart()
	o.wantQuiet()
	b.Sprints = []work.SprintID{sprint3} // critical
	o.jira.Put(b)
	o.run()
	o.wantFlag(w.Ref, 1, comment.Open)
}

func TestBaselineSpeaksWhenTheWorkComesNear(t *testing.T) {
	o := open(t, func(c *cycle.Config) { c.Comments.Baseline = true })
	b := story("jira", "api", "2", "core", sprint4)
	w := waits(story("jira", "web", "1", "web", sprint4), b)
	o.jira.Put(b, w)
	if r := o.wantQuiet(); len(r.Assessment.Findings) != 1 {
		t.Fatalf("findings %+v; want one, too far away to speak of", r.Assessment.Findings)
	}
	o.now = time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC) // Sprint 4 is the next
	o.sprints(3)
	o.run()
	o.wantFlag(w.Ref, 1, comment.Open)
}

func TestBaselineIsKeptBeforeTheFirstCompleteReading(t *testing.T) {
	o := open(t, func(c *cycle.Config) {
		c.Comments.Baseline = true
		c.Scopes = append(c.Scopes, cycle.Scope{Tracker: "github", Selector: "repositories"})
		c.Scopes[2].Name = "repositories"
	})
	o.pair(sprint3)
	o.github.unread["repositories"] = true
	for range 2 {
		o.wantQuiet()
		o.now = o.now.Add(time.Hour)
	}
	o.github.unread["repositories"] = false
	o.wantQuiet()
	o.now = o.now.Add(time.Hour)
	o.wantQuiet()
}

func TestBaselineSurvivesTheLossOfTheStore(t *testing.T) {
	o := open(t, func(c *cycle.Config) { c.Comments.Baseline = true })
	o.pair(sprint3) // silent
	o.run()
	o.now = o.now.Add(time.Hour)
	b := story("jira", "api", "4", "core", sprint3)
	w := waits(story("jira", "web", "3", "web", sprint2), b)
	o.jira.Put(b, w) // new
	o.run()
	o.wantFlag(w.Ref, 1, comment.Open)
	o.now = o.now.Add(time.Hour)
	o.loseStore()
	o.wantQuiet()
	o.now = o.now.Add(time.Hour)
	o.wantQuiet()
}

func TestFlappingWithinSettleWritesNothing(t *testing.T) {
	o := open(t, func(c *cycle.Config) { c.Policy.Settle = duration.Duration(30 * time.Minute) })
	w, _ := o.pair(sprint3)
	unlinked := w
	unlinked.Links = nil
	quiet := func(minutes time.Duration, now work.Record) {
		t.Helper()
		o.now = o.now.Add(minutes * time.Minute)
		o.jira.Put(now)
		o.wantQuiet()
	}
	quiet(0, w)
	quiet(20, unlinked)
	quiet(5, w)
	quiet(20, w) // 45 minutes after it was first seen, 20 after it came back
	o.after(10 * time.Minute)
	o.wantFlag(w.Ref, 1, comment.Open)

	quiet(10, unlinked)
	quiet(20, w)
	quiet(5, unlinked)
	quiet(29, unlinked)
	o.after(time.Minute)
	o.wantFlag(w.Ref, 1, comment.Folded)
}

func TestGoodNewsIsSaidOnce(t *testing.T) {
	o := open(t, nil)
	b1, b2 := story("jira", "api", "2", "core", sprint3), story("jira", "api", "3", "core", sprint3)
	w := waits(story("jira", "web", "1", "web", sprint2), b1, b2)
	o.jira.Put(b1, b2, w)
	o.run()
	b1, b2 = done(b1, o.now.AddDate(0, 0, 1)), done(b2, o.now.AddDate(0, 0, 2))
	o.now = o.now.AddDate(0, 0, 2)
	o.jira.Put(b1)
	o.run()
	if n := o.goodNews(w.Ref); n != 0 {
		t.Fatalf("good news %d times while a blocker is open", n)
	}
	o.jira.Put(b2)
	o.run()
	o.wantFlag(w.Ref, 1, comment.Folded)
	o.wantQuiet()
	w.Links = w.Links[:1] // now the first was the last
	o.jira.Put(w)
	o.wantQuiet()
	o.loseStore()
	o.wantQuiet()
	if n := o.goodNews(w.Ref); n != 1 {
		t.Errorf("good news %d times; want once", n)
	}
}

func TestThereIsNoGoodNewsForAnItemWhoseFlagWasFoldedBefore(t *testing.T) {
	o := open(t, nil)
	w, b := o.pair(sprint3)
	o.run()
	b.Sprints = []work.SprintID{sprint1}
	o.jira.Put(b)
	o.run()
	o.wantFlag(w.Ref, 1, comment.Folded)
	o.now = o.now.AddDate(0, 0, 3)
	o.jira.Put(done(b, o.now))
	o.wantQuiet()
}

func (o *office) goodNews(ref work.Ref) int {
	n := 0
	for _, m := range o.ours(ref) {
		if m.Kind == comment.Unblocked {
			n++
		}
	}
	return n
}
