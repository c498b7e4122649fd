package app_test

import (
	"slices"
	"testing"
	"time"
)

// A blocker that nobody can read any more keeps its flag for a day; then the
// same comment says so, by the key alone, until it can be read again.
func TestBlockerThatStaysHiddenIsSaidInTheSameComment(t *testing.T) {
	inEachPlace(t, places()[3:], func(t *testing.T, p place) {
		h := build(t, settings{flavour: p.flavour})
		waiting, blocker := h.pair(p)
		h.once()
		first := h.flag(waiting)
		h.do("title", blocker, "title", "A secret plan")
		h.do("hide", blocker, "on", true)
		h.once()
		if now := h.flag(waiting); now.Body != first.Body {
			t.Errorf("after one reading the flag says:\n%s", now.Body)
		}
		for range 9 {
			h.advance(8 * time.Hour)
			h.once()
		}
		told := h.flag(waiting)
		if told.ID != first.ID {
			t.Errorf("want comment %d edited, got %+v", first.ID, told)
		}
		wants(t, told.Body, "DEP21", blocker, "cannot read")
		lacks(t, told.Body, "secret")
		h.do("hide", blocker, "on", false)
		r := h.once()
		if slices.Contains(rules(r, waiting), "DEP21") {
			t.Error("it can be read again")
		}
		wants(t, h.flag(waiting).Body, "DEP01")
		h.wantNoDuplicates()
	})
}
