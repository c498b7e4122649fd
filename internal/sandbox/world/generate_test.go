package world

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)

func frozen() time.Time { return noon }

func made(t *testing.T, items int) *World {
	t.Helper()
	return Generate(Options{Seed: 1, Items: items, Now: frozen})
}

func everything(w *World) []Shown {
	var out []Shown
	w.Read(func(s *State) {
		for _, t := range []Tracker{Jira, GitHub} {
			for _, it := range s.All(t) {
				out = append(out, s.Show(it))
			}
		}
	})
	return out
}

func TestTheSameSeedMakesTheSameWorld(t *testing.T) {
	if diff := cmp.Diff(everything(made(t, 300)), everything(made(t, 300))); diff != "" {
		t.Error(diff)
	}
	other := Generate(Options{Seed: 2, Items: 300, Now: frozen})
	if cmp.Equal(everything(made(t, 300)), everything(other)) {
		t.Error("two seeds made one world")
	}
}

func TestTheCalendarNamesWhatIsThere(t *testing.T) {
	made(t, 300).Read(func(s *State) {
		c := s.Calendar()
		if len(c.Teams) != 4 || c.Every != 14 || c.First.Weekday() != time.Monday || len(c.LinkTypes) != 13 {
			t.Errorf("got %+v", c)
		}
		homes := []string{c.Home[Jira]}
		for _, team := range c.Teams {
			homes = append(homes, team.Home[Jira]+team.Home[GitHub])
		}
		for _, h := range homes {
			if it, err := s.Find(h); err != nil || !pending(it) {
				t.Errorf("home %q: %v", h, err)
			}
		}
		day := 24 * time.Hour
		if n := int(noon.Sub(c.First)/day)/c.Every + 1; n != running {
			t.Errorf("today is in sprint %d; want %d", n, running)
		}
	})
}

func TestLifeFollowsFromTheSeed(t *testing.T) {
	a, b := made(t, 300), made(t, 300)
	seen := map[EventKind]bool{}
	for day := range 22 {
		x, y := a.Live(), b.Live()
		if diff := cmp.Diff(x, y); diff != "" {
			t.Fatalf("day %d: %s", day, diff)
		}
		if !x.At.Equal(a.Now()) || x.At.Weekday() == time.Saturday || x.At.Weekday() == time.Sunday || len(x.Events) == 0 {
			t.Errorf("day %d is %s with %d events, and the clock says %s", day, x.At, len(x.Events), a.Now())
		}
		for _, e := range x.Events {
			seen[e.Kind] = true
		}
	}
	for _, kind := range []EventKind{Started, Delivered, Slipped, Dropped, Again, Linked, Unlinked, Written, Planned, Carried, SprintEnd, SprintNew, GoalSet, Said} {
		if !seen[kind] {
			t.Errorf("a month without: %s", kind)
		}
	}
}

func TestSomeDatabaseIDsPassThirtyTwoBits(t *testing.T) {
	made(t, 300).Read(func(s *State) {
		small, big := 0, 0
		for _, r := range s.Repos {
			for _, i := range r.Issues {
				if i.ID > 1<<31 {
					big++
				} else {
					small++
				}
				if s.Node(i.NodeID()) != any(i) {
					t.Fatalf("node %s is not %s", i.NodeID(), i.Handle())
				}
			}
		}
		if small == 0 || big == 0 {
			t.Errorf("got %d small and %d big ids; want both", small, big)
		}
	})
}
