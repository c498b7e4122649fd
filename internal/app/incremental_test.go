package app_test

import (
	"testing"
	"time"

	"strata/internal/cycle"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

func TestChangeOfOneItemIsFoundWithOneSearch(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		h := build(t, settings{flavour: f, items: 300})
		waiting, blocker := h.pair(place{flavour: f, waiting: web, blocks: core})
		h.once()
		h.once()
		for _, step := range []struct{ op, want string }{{"doing", waiting + "<-" + blocker + " doing"}, {"drop", waiting + "<-" + blocker + " dropped"}} {
			h.advance(3 * time.Hour) // beyond the overlap
			h.once()
			h.advance(3 * time.Hour)
			h.do(step.op, blocker)
			before := h.calls(world.Jira)
			r := h.once()
			if n := h.calls(world.Jira).since(before).searches(); n != 1 {
				t.Errorf("%s: %d searches, want 1: %v", step.op, n, h.calls(world.Jira).since(before))
			}
			if n := read(r.Scopes, "jira"); n < 1 || n > 10 {
				t.Errorf("%s: %d items were read anew, want the one and what it touches", step.op, n)
			}
			found := false
			for _, e := range edges(r) {
				found = found || e == step.want
			}
			if !found {
				t.Errorf("%s: no %s in %v", step.op, step.want, edges(r))
			}
		}
	})
}

func read(scopes []cycle.ScopeReading, name string) int {
	for _, s := range scopes {
		if s.Scope == name {
			return s.Items
		}
	}
	return -1
}

func TestF19LinkAddedOnTheOtherSideOnlyIsFoundOnGitHub(t *testing.T) {
	h := build(t, settings{items: 300})
	waiting, blocker := h.story(api, "Waits", next), h.story(platform, "Blocks", later)
	h.once()
	h.advance(30 * time.Minute)
	h.once()
	h.silent(waiting)
	h.advance(30 * time.Minute)
	before := h.updated(waiting, blocker)
	h.wait(waiting, blocker)
	if after := h.updated(waiting, blocker); after != before {
		t.Fatalf("GitHub would not move updated_at for a dependency: %v to %v", before, after)
	}
	h.once()
	h.once()
	h.flag(waiting)

	h.advance(30 * time.Minute)
	h.do("unlink", waiting, "blocker", blocker) // nor for its removal
	h.once()
	h.once()
	h.folded(waiting)
}

func TestF19SprintMovedOnTheBoardAloneIsFound(t *testing.T) {
	h := build(t, settings{})
	waiting, blocker := h.story(api, "Waits", next), h.story(platform, "Blocks", active)
	h.wait(waiting, blocker)
	h.once()
	h.silent(waiting)
	h.advance(30 * time.Minute)
	before := h.updated(waiting, blocker)
	h.do("sprint", blocker, "sprint", later)
	if after := h.updated(waiting, blocker); after != before {
		t.Fatal("GitHub would not move updated_at for a board's value")
	}
	h.once()
	h.flag(waiting)
}

// updated are the times at which GitHub says that two issues changed.
func (h *house) updated(one, other string) [2]time.Time {
	h.t.Helper()
	var at [2]time.Time
	h.box.World.Read(func(s *world.State) {
		for i, name := range []string{one, other} {
			it, err := s.Find(name)
			if err != nil {
				h.t.Fatal(err)
			}
			at[i] = it.(*world.GitHubIssue).Updated
		}
	})
	return at
}

func TestNewItemIsFoundAndFlagged(t *testing.T) {
	inEachPlace(t, places(), func(t *testing.T, p place) {
		h := build(t, settings{flavour: p.flavour})
		h.once()
		h.advance(time.Hour)
		h.once()
		waiting, blocker := h.pair(p)
		h.wantOneFlagEach(h.once())
		h.flag(waiting)
		h.advance(time.Hour)
		h.do("delete", blocker)
		h.advance(25 * time.Hour) // a deletion shows in a full reading at the latest
		h.cycle()
		h.cycle()
		h.wantNoDuplicates()
		lacks(t, h.ours(waiting, "flag")[0].Body, "delivered")
		if n := len(h.ours(waiting, "unblocked")); n != 0 {
			t.Errorf("a deleted blocker is not delivered, but %d comments say so", n)
		}
	})
}
