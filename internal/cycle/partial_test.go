package cycle_test

import (
	"testing"
	"time"

	"strata/internal/comment"
	"strata/internal/cycle"
	"strata/internal/plan"
	"strata/internal/tracker"
	"strata/internal/tracker/memory"
	"strata/internal/work"
)

func TestAPartialReadResolvesNothing(t *testing.T) {
	o := open(t, nil)
	w, _ := o.pair(sprint3)
	o.run()
	o.jira.unread["api"] = true
	w.Links = nil
	o.jira.Put(w) // really unlinked: the far end can be fetched
	for range 2 {
		if r := o.wantQuiet(); held(r, plan.Unread) != 1 || r.OK() || !r.Partial() {
			t.Fatalf("held %+v; want the fold", r.Plan.Held)
		}
	}
	o.jira.unread["api"] = false
	o.run()
	o.wantFlag(w.Ref, 1, comment.Folded)
}

func TestAPartialReadPostsNothingAboutWhatItMissed(t *testing.T) {
	o := open(t, nil)
	w, b := o.pair(sprint2) // a warning
	o.run()
	o.jira.unread["api"] = true
	w.Sprints = []work.SprintID{sprint1} // would be critical, for what was last known of the blocker
	o.jira.Put(w)
	o.wantQuiet()
	o.jira.unread["api"] = false
	b.Sprints = []work.SprintID{sprint1}
	o.jira.Put(b)
	o.run()
	o.wantFlag(w.Ref, 1, comment.Open)
}

func TestNothingIsFoldedBeforeEveryScopeWasRead(t *testing.T) {
	o := open(t, nil)
	w, b := o.pair(sprint3)
	o.run()
	o.jira.unread["api"] = true
	b.Sprints = []work.SprintID{sprint1}
	o.jira.Put(b)
	o.loseStore()
	o.wantQuiet()
	o.jira.unread["api"] = false
	o.run()
	o.wantFlag(w.Ref, 1, comment.Folded)
}

func TestAVanishedLinkToAHiddenItemKeepsTheFlag(t *testing.T) {
	o := open(t, nil)
	w, b := o.pair(sprint3)
	o.run()
	o.jira.Hide(b.Ref)
	unlinked := w
	unlinked.Links = nil
	o.jira.Put(unlinked)
	r := o.wantQuiet()
	if it := itemOf(r, b.Ref); it == nil || it.State != work.StateUnknown {
		t.Errorf("the blocker is %+v; want it unknown", it)
	}
	o.restart()
	o.wantQuiet()
	o.now = o.now.AddDate(0, 0, 2) // and after a full reading
	r = o.wantQuiet()
	if len(r.Assessment.Dependencies) != 1 || r.Assessment.Dependencies[0].State != work.StateUnknown {
		t.Errorf("dependencies %+v; want the one, on an unknown item", r.Assessment.Dependencies)
	}
	o.wantFlag(w.Ref, 1, comment.Open)

	o.jira.Put(b, unlinked) // in sight again, and no longer linked
	o.run()
	o.wantFlag(w.Ref, 1, comment.Folded)
}

func TestAVanishedLinkToAVisibleItemIsGone(t *testing.T) {
	o := open(t, nil)
	w, _ := o.pair(sprint3)
	o.run()
	w.Links = nil
	o.jira.Put(w)
	o.run()
	o.wantFlag(w.Ref, 1, comment.Folded)
}

func TestAnItemThatLeavesItsScopeIsLeftAlone(t *testing.T) {
	o := open(t, nil)
	w, _ := o.pair(sprint3)
	o.run()
	w.Scopes, w.Links = []string{"elsewhere"}, nil
	o.jira.Put(w)
	o.now = o.now.AddDate(0, 0, 2)
	r := o.wantQuiet()
	if it := itemOf(r, w.Ref); it != nil && !it.Outside {
		t.Errorf("the item is still of the product: %+v", it)
	}
	o.wantFlag(w.Ref, 1, comment.Open)
}

func TestRepositoryReadingDoesNotWipeProjectFields(t *testing.T) {
	o := open(t, func(c *cycle.Config) {
		c.Scopes = []cycle.Scope{
			{Scope: tracker.Scope{Name: "board", Project: "acme/7"}, Tracker: "github", Selector: "board"},
			{Scope: tracker.Scope{Name: "repositories", Repositories: []string{"acme/api"}}, Tracker: "github", Selector: "repositories"},
		}
	})
	o.github.show = func(scope string, r *work.Record) {
		if scope == "repositories" { // an issue alone knows nothing of its project
			r.Team, r.Sprints = nil, nil
			r.Status = work.Status{Name: "open", Category: work.CategoryNew}
		}
	}
	it := story("github", "board", "9", "", sprint2)
	it.Labels, it.Team, it.Scopes = nil, []string{"Core"}, []string{"board", "repositories"}
	it.Status = work.Status{Name: "In Progress", Category: work.CategoryDoing}
	o.github.Put(it)
	o.run()
	o.github.unread["board"] = true // the issue changes, and only the repository tells
	it.Title = "Another title"
	o.github.Put(it)
	got := itemOf(o.run(), it.Ref)
	if got.Title != "Another title" || got.Team() != "Core" || len(got.Sprints) != 1 || got.State != work.StateDoing {
		t.Errorf("item %+v; want the new title, and what the project says", got)
	}
	o.github.show = func(_ string, r *work.Record) { *r = done(*r, o.now) } // closed: the project's status is behind
	o.github.Put(it)
	if got := itemOf(o.run(), it.Ref); got.State != work.StateDelivered {
		t.Errorf("state %s; want delivered", got.State)
	}
}

func TestAScopeThatTheConfigDropsTakesItsItemsWithIt(t *testing.T) {
	o := open(t, nil)
	w, b := o.pair(sprint3)
	o.run()
	o.config.Scopes = o.config.Scopes[:1]
	o.restart()
	r := o.wantQuiet()
	if it := itemOf(r, b.Ref); it == nil || !it.Outside {
		t.Errorf("the blocker is %+v; want it outside", it)
	}
	o.wantFlag(w.Ref, 1, comment.Open)
}

func TestABlockerOutsideTheScopesThatCannotBeReadIsUnknown(t *testing.T) {
	o := open(t, nil)
	b := story("jira", "elsewhere", "2", "core", sprint3)
	w := waits(story("jira", "web", "1", "web", sprint2), b)
	o.jira.Put(b, w)
	o.run()
	o.wantFlag(w.Ref, 1, comment.Open)
	o.wantQuiet()

	b.Sprints = []work.SprintID{sprint1} // in time now, and nobody can read it
	w.Sprints = []work.SprintID{sprint1} // would be said of what was last known
	o.jira.Put(b, w)
	o.jira.Fail(memory.Fetch, tracker.RateLimited, 1)
	if r := o.wantQuiet(); r.OK() || !r.Partial() || r.Outside["jira"] == nil {
		t.Errorf("outside %v; want the report to say it", r.Outside)
	}
	w.Sprints = []work.SprintID{sprint2}
	o.jira.Put(w)
	o.run()
	o.wantFlag(w.Ref, 1, comment.Folded)
}

func TestABlockerOutsideTheScopesThatIsHiddenKeepsTheFlag(t *testing.T) {
	o := open(t, nil)
	b := story("jira", "elsewhere", "2", "core", sprint3)
	w := waits(story("jira", "web", "1", "web", sprint2), b)
	o.jira.Put(b, w)
	o.run()
	o.jira.Hide(b.Ref)
	r := o.wantQuiet()
	if it := itemOf(r, b.Ref); it == nil || it.State != work.StateUnknown {
		t.Errorf("the blocker is %+v; want it unknown", it)
	}
	asked := 0
	o.jira.asked = func([]work.Target) { asked++ }
	o.wantQuiet()
	if asked != 0 {
		t.Errorf("asked %d times within the hour; want not at all", asked)
	}
	b.Sprints = []work.SprintID{sprint1}
	o.jira.Put(b)
	o.after(2 * time.Hour)
	o.wantFlag(w.Ref, 1, comment.Folded)
}

func TestAnItemNamedByTheKeyItHadBeforeStaysInItsScope(t *testing.T) {
	o := open(t, nil)
	moved := story("jira", "api", "2", "core", sprint3)
	moved.OldKeys = []string{"OLD-2"} // known to the tracker, not told by a reading
	o.jira.show = func(_ string, r *work.Record) { r.OldKeys = nil }
	w := story("jira", "web", "1", "web", sprint2)
	w.Links = []work.RecordLink{{TypeID: "1", TypeName: "Blocks", Origin: work.Typed, To: work.Target{Key: "OLD-2"}}}
	o.jira.Put(moved, w)
	for range 2 {
		r := o.run()
		if it := itemOf(r, moved.Ref); it == nil || it.Outside {
			t.Fatalf("the moved item is %+v; want it in its scope", it)
		}
		if d := r.Assessment.Dependencies; len(d) != 1 || d[0].Blocker != moved.Ref {
			t.Fatalf("dependencies %+v; want the moved item's", d)
		}
	}
}

func TestASprintThatEndedProvesNothingBeforeTheNextHasBegun(t *testing.T) {
	o := open(t, nil)
	b := story("jira", "api", "2", "core", sprint2)
	w := waits(story("jira", "web", "1", "web", sprint1), b)
	o.jira.Put(b, w)
	o.run()
	o.wantFlag(w.Ref, 1, comment.Open)
	o.now = time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC) // the Saturday after Sprint 1
	o.sprints(0)                                         // whatever the tracker says
	o.jira.PutSprints(work.RecordSprint{ID: sprint1, State: work.SprintClosed, StartDay: work.Date(2026, 3, 2), EndDay: work.Date(2026, 3, 13), Board: "1"},
		work.RecordSprint{ID: sprint2, State: work.SprintFuture, StartDay: work.Date(2026, 3, 16), EndDay: work.Date(2026, 3, 27), Board: "1"})
	o.wantQuiet()
	o.wantFlag(w.Ref, 1, comment.Open)
	o.jira.Put(done(b, o.now)) // this is no matter of planning
	o.run()
	o.wantFlag(w.Ref, 1, comment.Folded)
}

func itemOf(r *cycle.Report, ref work.Ref) *work.Item {
	for i := range r.Snapshot.Items {
		if r.Snapshot.Items[i].Ref == ref {
			return &r.Snapshot.Items[i]
		}
	}
	return nil
}
