package app_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

func TestFirstCycleSaysEverythingOnceAndTheSecondHasNothingToDo(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		h := build(t, settings{flavour: f, items: 300})
		r := h.once()
		h.wantOneFlagEach(r)
		if got, want := h.box.Summary().Comments.Posted, len(h.flagged()); got != want {
			t.Errorf("posted %d comments for %d flagged items", got, want)
		}

		h.once() // what we wrote ourselves comes back with the next reading
		wrote, jira, github := len(h.journal(0)), h.calls(world.Jira), h.calls(world.GitHub)
		second := h.once()
		if n := len(second.Plan.Actions); n != 0 {
			t.Errorf("the plan has %d actions: %+v", n, second.Plan.Actions)
		}
		if got, want := second.Plan.Kept, len(h.flagged()); got != want {
			t.Errorf("kept %d of %d comments", got, want)
		}
		h.wantNothingWritten(wrote, jira, github)
		if n := h.calls(world.Jira).since(jira).searches(); n != 1 {
			t.Errorf("%d searches for one scope, want 1: %v", n, h.calls(world.Jira).since(jira))
		}
	})
}

// wantNothingWritten fails if a tracker was written to since.
func (h *house) wantNothingWritten(journal int, jira, github calls) {
	h.t.Helper()
	if d := cmp.Diff([]world.Entry{}, h.journal(journal)); d != "" {
		h.t.Errorf("the journal has grown: %s", d)
	}
	if w := h.calls(world.Jira).since(jira).writes(); len(w) != 0 {
		h.t.Errorf("write requests to Jira: %v", w)
	}
	if w := h.calls(world.GitHub).since(github).writes(); len(w) != 0 {
		h.t.Errorf("write requests to GitHub: %v", w)
	}
}

func TestCycleAfterTheFirstDoesNotWriteAgain(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		h := build(t, settings{flavour: f})
		h.once()
		wrote, jira, github := len(h.journal(0)), h.calls(world.Jira), h.calls(world.GitHub)
		h.once()
		h.wantNothingWritten(wrote, jira, github)
	})
}

func TestFreshProcessOnTheSameStoreWritesNothing(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		h := build(t, settings{flavour: f})
		h.wantOneFlagEach(h.once())
		wrote, jira, github := len(h.journal(0)), h.calls(world.Jira), h.calls(world.GitHub)
		h.restart()
		h.wantOneFlagEach(h.once())
		h.wantNothingWritten(wrote, jira, github)
		h.wantOneFlagEach(h.once())
		h.wantNothingWritten(wrote, jira, github)
	})
}

func TestF33LostStoreDoublesNothing(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		h := build(t, settings{flavour: f})
		h.wantOneFlagEach(h.once())
		wrote, jira, github := len(h.journal(0)), h.calls(world.Jira), h.calls(world.GitHub)
		h.loseStore()
		for range 3 {
			r := h.once()
			h.wantOneFlagEach(r)
			if len(r.Plan.Actions) != 0 {
				t.Errorf("plans after the loss: %+v", r.Plan.Actions)
			}
			h.wantNothingWritten(wrote, jira, github)
		}
	})
}

func TestLostStoreStillFoldsWhatWasResolvedMeanwhile(t *testing.T) {
	inEachPlace(t, own(), func(t *testing.T, p place) {
		h := build(t, settings{flavour: p.flavour})
		waiting, blocker := h.pair(p)
		h.once()
		h.flag(waiting)
		h.loseStore()
		h.do("close", blocker)
		h.once()
		h.folded(waiting)
		h.wantNoDuplicates()
	})
}

func TestCheckNamesAResolutionThatNoListDecides(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		h := build(t, settings{flavour: f})
		item := h.story(web, "Show the price", next)
		h.do("drop", item, "resolution", "Parked")
		h.once()
		for _, p := range h.daemon().Check(t.Context()) {
			if strings.Contains(p.Text, `"Parked"`) && !p.IsFault() && p.Tracker == "jira" {
				return
			}
		}
		t.Error("the resolution is not named")
	})
}

func TestCheckNamesMarksThatAreNearlyATeams(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		h := build(t, settings{flavour: f})
		item := h.story(web, "Show the price", next)
		if err := h.box.World.Write(func(s *world.State) error {
			s.JiraIssue(item).Components, s.JiraIssue(item).Labels = nil, []string{"web"}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		h.once()
		for _, p := range h.daemon().Check(t.Context()) {
			if strings.Contains(p.Text, `label "web" is no team's; component "Web" is Web's (`+item+`)`) && !p.IsFault() && p.Tracker == "jira" {
				return
			}
		}
		t.Error("the component is not named")
	})
}
