package app_test

import (
	"testing"
	"time"

	"strata/internal/sandbox/world"
)

// posts is the route on which a place's comments are posted, and no search or query.
func posts(t world.Tracker) string {
	if t == world.Jira {
		return "POST /rest/api/2/issue/"
	}
	return "POST /repos/"
}

func TestF31PostThatIsCarriedOutButNotAnsweredIsNotRepeated(t *testing.T) {
	for _, fault := range []string{"F31", "502-after"} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			inEachPlace(t, own(), func(t *testing.T, p place) {
				h := build(t, settings{flavour: p.flavour})
				waiting, blocker := h.pair(p)
				on := h.tracker(waiting)
				h.fault(on, fault, "route", posts(on))
				h.cycle()
				if h.fired(on) == 0 {
					t.Fatal("the fault never happened")
				}
				h.flag(waiting)
				h.cycle() // the fault goes on: what is there is not posted again
				h.wantOneFlagEach(h.cycle())
				h.restart()
				h.wantOneFlagEach(h.cycle())

				h.do("close", blocker) // "can start" meets it too
				h.cycle()
				h.cycle()
				h.heal()
				h.once()
				h.folded(waiting)
				if n := len(h.ours(waiting, "unblocked")); n != 1 {
					t.Errorf("%d comments say that %s can start, want 1", n, waiting)
				}
				h.wantNoDuplicates()
			})
		})
	}
}

func TestEditThatIsCarriedOutButNotAnsweredIsNoHarm(t *testing.T) {
	inEachPlace(t, own(), func(t *testing.T, p place) {
		h := build(t, settings{flavour: p.flavour})
		waiting, blocker := h.pair(p)
		h.once()
		first := h.flag(waiting)
		on := h.tracker(waiting)
		for _, route := range []string{"PUT ", "PATCH "} {
			h.fault(on, "F31", "route", route, "times", 2)
		}
		h.do("drop", blocker)
		h.cycle()
		if h.fired(on) == 0 {
			t.Fatal("the fault never happened")
		}
		h.heal()
		h.once()
		h.once()
		last := h.flag(waiting)
		if last.ID != first.ID {
			t.Errorf("comment %d stands, want %d", last.ID, first.ID)
		}
		wants(t, last.Body, "DEP12")
		h.wantNoDuplicates()
	})
}

func TestPostThatFailsBeforeItIsCarriedOutIsMadeUpFor(t *testing.T) {
	for _, fault := range []string{"500", "502", "drop"} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			inEachPlace(t, own(), func(t *testing.T, p place) {
				h := build(t, settings{flavour: p.flavour})
				waiting, _ := h.pair(p)
				on := h.tracker(waiting)
				h.fault(on, fault, "route", posts(on))
				if r := h.cycle(); r.Failed() == 0 {
					t.Error("the report knows no failure")
				}
				if h.fired(on) == 0 {
					t.Fatal("the fault never happened")
				}
				h.silent(waiting)
				h.heal()
				h.advance(time.Minute) // until then it may be under way
				h.cycle()
				h.wantOneFlagEach(h.once())
			})
		})
	}
}

func TestF24TrackerThatAsksToWaitIsGivenTheTime(t *testing.T) {
	inEachPlace(t, own(), func(t *testing.T, p place) {
		h := build(t, settings{flavour: p.flavour})
		waiting, _ := h.pair(p)
		on := h.tracker(waiting)
		h.fault(on, "429", "route", posts(on), "times", 1, "value", "1")
		before := h.calls(on)
		h.cycle()
		if h.fired(on) != 1 {
			t.Fatal("the fault never happened")
		}
		h.cycle()
		r := h.once()
		h.wantOneFlagEach(r)
		posted := 0
		for _, n := range h.calls(on).since(before).writes() {
			posted += n
		}
		flags := 0
		for item := range h.flagged() {
			if h.tracker(item) == on {
				flags++
			}
		}
		if posted > flags+1 {
			t.Errorf("%d writes for %d flags and one refusal: it does not wait", posted, flags)
		}
	})
}
