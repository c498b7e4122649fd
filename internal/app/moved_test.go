package app_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/world"
)

func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func TestF17HiddenBlockerIsUnknownAndTheFlagStays(t *testing.T) {
	inEachPlace(t, places(), func(t *testing.T, p place) {
		h := build(t, settings{flavour: p.flavour})
		waiting, blocker := h.pair(p)
		h.once()
		before := h.flag(waiting)
		h.do("hide", blocker, "on", true)
		h.do("title", waiting, "title", "read again: the link has vanished")
		if h.tracker(waiting) != h.tracker(blocker) {
			h.advance(25 * time.Hour) // no link vanishes: a full reading tells
		}
		h.cycle()
		start := len(h.journal(0))
		for range 3 {
			r := h.cycle()
			if got, want := among(r, waiting), []string{waiting + " waits for " + blocker}; !slices.Equal(got, want) {
				t.Errorf("edges %v, want %v", got, want)
			}
			for _, d := range r.JSON().Dependencies {
				if d.Waiting == waiting && d.State != "unknown" {
					t.Errorf("%s is %s, want unknown", blocker, d.State)
				}
			}
		}
		h.restart()
		h.cycle()
		if w := h.written(start); len(w) != 0 {
			t.Errorf("written about what is hidden: %+v", w)
		}
		if d := cmp.Diff(before, h.flag(waiting)); d != "" {
			t.Error(d)
		}

		h.do("hide", blocker, "on", false)
		h.do("title", blocker, "title", "shown again")
		h.do("close", blocker)
		h.cycle()
		h.once()
		h.folded(waiting)
	})
}

func TestF17HiddenItemKeepsItsFlagAndTheOthersGoOn(t *testing.T) {
	inEachPlace(t, own(), func(t *testing.T, p place) {
		h := build(t, settings{flavour: p.flavour})
		waiting, _ := h.pair(p)
		h.once()
		before := h.flag(waiting)
		h.do("hide", waiting, "on", true)
		other, _ := h.pair(p)
		h.cycle()
		h.cycle()
		h.flag(other)
		h.do("hide", waiting, "on", false)
		h.do("title", waiting, "title", "shown again")
		h.cycle()
		h.once()
		after := h.flag(waiting)
		if after.ID != before.ID {
			t.Errorf("comment %d stands, want %d", after.ID, before.ID)
		}
		h.wantNoDuplicates()
	})
}

func TestF15FlagFollowsAnItemThatMovesToAnotherProject(t *testing.T) {
	inEachPlace(t, places(), func(t *testing.T, p place) {
		for _, who := range []string{"the waiting item", "the blocker"} {
			h := build(t, settings{flavour: p.flavour})
			waiting, blocker := h.pair(p)
			h.own(waiting, p.waiting)
			h.own(blocker, p.blocks)
			h.once()
			before := h.flag(waiting)
			if who == "the waiting item" {
				waiting = h.elsewhere(waiting)
			} else {
				blocker = h.elsewhere(blocker)
			}
			h.once()
			r := h.once()
			wantEdges(t, r, waiting, waiting+" waits for "+blocker)
			if after := h.flag(waiting); after.ID != before.ID {
				t.Errorf("%s moved: comment %d stands, want %d", who, after.ID, before.ID)
			}
			h.do("close", blocker)
			h.once()
			h.folded(waiting)
			h.wantNoDuplicates()
			h.loseStore()
			h.once()
			h.folded(waiting)
		}
	})
}

// own names the team of a GitHub item on the board, so that it stays with the
// team wherever it goes.
func (h *house) own(item, team string) {
	h.t.Helper()
	if !h.onGitHub(item) {
		return
	}
	err := h.box.World.Write(func(s *world.State) error {
		it, err := s.Find(item)
		if err != nil {
			return err
		}
		card := it.(*world.GitHubIssue).Items[0]
		field := card.Project.Field("Team")
		s.SetValue(card, world.Value{Field: field, Option: field.Option(team)})
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// elsewhere moves an item to another project or repository of the product and
// returns its new key.
func (h *house) elsewhere(item string) string {
	h.t.Helper()
	if h.onGitHub(item) {
		to := "acme/platform"
		if strings.HasPrefix(item, to) {
			to = "acme/api"
		}
		return h.do("transfer", item, "repository", to).Item
	}
	return h.do("move", item, "project", "SHOP").Item
}

func TestF15FlagsFollowAProjectThatIsRenamed(t *testing.T) {
	for _, p := range own()[:2] {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			h := build(t, settings{flavour: p.flavour})
			waiting, blocker := h.pair(p)
			h.once()
			before := h.flag(waiting)
			h.mutate(map[string]any{"op": "rename-project", "project": "WEB", "key": "SITE"})
			h.once()
			h.do("title", waiting, "title", "read again under its new key")
			r := h.once()
			site := "SITE" + waiting[len("WEB"):]
			wantEdges(t, r, site, site+" waits for "+blocker)
			if after := h.flag(site); after.ID != before.ID {
				t.Errorf("comment %d stands, want %d", after.ID, before.ID)
			}
			h.do("close", blocker)
			h.once()
			h.folded(site)
			h.wantNoDuplicates()
		})
	}
}

// A board drops the card of an issue that is deleted or hidden at once, while the
// repository's own reading shows nothing: the blocker must not look unplanned.
func TestF14BlockerThatLeavesTheBoardBecauseItIsGoneIsUnknown(t *testing.T) {
	for _, op := range []string{"delete", "hide"} {
		t.Run(op, func(t *testing.T) {
			t.Parallel()
			inEachPlace(t, slices.DeleteFunc(places(), func(p place) bool { return p.blocks != api && p.blocks != platform }), func(t *testing.T, p place) {
				h := build(t, settings{flavour: p.flavour})
				waiting, blocker := h.pair(p)
				h.once()
				before := h.flag(waiting)
				h.do(op, blocker)
				for range 2 {
					r := h.cycle()
					for _, d := range r.JSON().Dependencies {
						if d.Waiting == waiting && d.State != "unknown" {
							t.Errorf("%s is %s, want unknown", blocker, d.State)
						}
					}
				}
				h.advance(26 * time.Hour) // a full reading
				h.cycle()
				h.cycle()
				if d := cmp.Diff(before, h.flag(waiting)); d != "" {
					t.Error(d)
				}
				h.wantNoDuplicates()
			})
		})
	}
}

func TestBlockerTakenOffTheBoardIsUnplanned(t *testing.T) {
	h := build(t, settings{})
	waiting, blocker := h.pair(places()[4])
	h.once()
	h.flag(waiting)
	err := h.box.World.Write(func(s *world.State) error {
		it, err := s.Find(blocker)
		if err != nil {
			return err
		}
		issue := it.(*world.GitHubIssue)
		board := issue.Items[0].Project
		board.Items = slices.DeleteFunc(slices.Clone(board.Items), func(c *world.ProjectItem) bool { return c.Issue == issue })
		issue.Items = nil
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	h.once()
	h.folded(waiting)
	wants(t, h.flag(blocker).Body, "DEP03", waiting)
}
