package app_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wants fails unless a text says all of the words, in any case.
func wants(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(strings.ToLower(text), strings.ToLower(w)) {
			t.Errorf("want %q in:\n%s", w, text)
		}
	}
}

func lacks(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(strings.ToLower(text), strings.ToLower(w)) {
			t.Errorf("want no %q in:\n%s", w, text)
		}
	}
}

func inEachPlace(t *testing.T, list []place, scenario func(t *testing.T, p place)) {
	for _, p := range some(t, 2, list) {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			scenario(t, p)
		})
	}
}

func TestBlockerThatIsDeliveredFoldsTheFlagAndSaysOnceThatWorkCanStart(t *testing.T) {
	inEachPlace(t, places(), func(t *testing.T, p place) {
		h := build(t, settings{flavour: p.flavour})
		waiting, blocker := h.pair(p)
		r := h.once()
		if got := rules(r, waiting); !slices.Contains(got, "DEP01") {
			t.Fatalf("%s: rules %v, want DEP01", waiting, got)
		}
		first := h.flag(waiting)
		wants(t, first.Body, waiting, blocker, "DEP01")

		h.do("close", blocker)
		h.once()
		resolved := h.folded(waiting)
		if resolved.ID != first.ID {
			t.Errorf("comment %d was folded, want %d", resolved.ID, first.ID)
		}
		wants(t, resolved.Body, "resolved", blocker, "delivered")
		lacks(t, resolved.Body, "DEP01", "dropped")
		news := h.ours(waiting, "unblocked")
		if len(news) != 1 {
			t.Fatalf("%d comments say that %s can start, want 1: %+v", len(news), waiting, h.thread(waiting))
		}
		wants(t, news[0].Body, "delivered", waiting, "can start")

		before := len(h.journal(0))
		h.once()
		h.once()
		h.restart()
		h.once()
		if d := cmp.Diff(before, len(h.journal(0))); d != "" {
			t.Errorf("said more afterwards: %+v", h.journal(before))
		}
		h.wantNoDuplicates()
	})
}

func TestBlockerThatIsDroppedIsSaidInTheSameComment(t *testing.T) {
	inEachPlace(t, places(), func(t *testing.T, p place) {
		for _, resolution := range []string{"Won't Do", "Duplicate"} {
			h := build(t, settings{flavour: p.flavour})
			waiting, blocker := h.pair(p)
			h.once()
			first := h.flag(waiting)
			h.do("drop", blocker, "resolution", resolution)
			r := h.once()
			if d := cmp.Diff([]string{"DEP12"}, rules(r, waiting)); d != "" {
				t.Errorf("%s: rules %s", resolution, d)
			}
			edited := h.flag(waiting)
			if edited.ID != first.ID {
				t.Errorf("a new comment %d instead of an edit of %d", edited.ID, first.ID)
			}
			wants(t, edited.Body, "DEP12", blocker)
			lacks(t, edited.Body, "delivered", "DEP01")
			if n := len(h.ours(waiting, "unblocked")); n != 0 {
				t.Errorf("a dropped blocker frees nobody, but %d comments say so", n)
			}
			if got := edges(r); !slices.Contains(got, waiting+"<-"+blocker+" dropped") {
				t.Errorf("no dropped dependency of %s in %v", waiting, got)
			}
			h.once()
			if again := h.flag(waiting); again != edited {
				t.Errorf("touched again: %+v", again)
			}
			h.wantNoDuplicates()
		}
	})
}

func TestBlockerThatIsReopenedIsSaidInTheSameComment(t *testing.T) {
	inEachPlace(t, places(), func(t *testing.T, p place) {
		for _, end := range []string{"close", "drop"} {
			h := build(t, settings{flavour: p.flavour})
			waiting, blocker := h.pair(p)
			h.once()
			first := h.flag(waiting)
			h.do(end, blocker)
			h.once()
			h.do("reopen", blocker)
			r := h.once()
			back := h.flag(waiting)
			if back.ID != first.ID || back.Minimised != "" {
				t.Errorf("%s: want comment %d again and shown, got %+v", end, first.ID, back)
			}
			wants(t, back.Body, "DEP01", blocker, "was reopened")
			lacks(t, back.Body, "delivered", "dropped", "resolved")
			if d := cmp.Diff([]string{"DEP01", "DEP06"}, rules(r, waiting)); d != "" {
				t.Error(d)
			}
			h.do("close", blocker)
			h.once()
			h.folded(waiting)
			if n := len(h.ours(waiting, "unblocked")); n != 1 {
				t.Errorf("%d comments say on one day that %s can start, want 1", n, waiting)
			}
			h.wantNoDuplicates()
		}
	})
}

func TestDuplicateOfADeliveredItemIsDelivered(t *testing.T) {
	h := build(t, settings{})
	p := places()[0]
	waiting, blocker := h.pair(p)
	original := h.story(core, "Offer the price, the original", next)
	h.do("link", blocker, "to", original, "type", "Duplicate")
	h.once()
	h.flag(waiting)
	h.do("drop", blocker, "resolution", "Duplicate")
	h.once()
	wants(t, h.flag(waiting).Body, "DEP12")
	h.do("close", original)
	h.once()
	h.folded(waiting)
}

func TestFlagOfAnItemThatIsDoneIsFolded(t *testing.T) {
	inEachPlace(t, places(), func(t *testing.T, p place) {
		for _, end := range []string{"close", "drop"} {
			h := build(t, settings{flavour: p.flavour})
			waiting, _ := h.pair(p)
			h.once()
			h.flag(waiting)
			h.do(end, waiting)
			h.once()
			h.folded(waiting)
			before := len(h.journal(0))
			h.once()
			if n := len(h.journal(0)); n != before {
				t.Errorf("a settled item is written to: %+v", h.journal(before))
			}
		}
	})
}

func TestRemovedLinkFoldsTheFlagWithoutGoodNews(t *testing.T) {
	inEachPlace(t, places(), func(t *testing.T, p place) {
		h := build(t, settings{flavour: p.flavour})
		waiting, blocker := h.pair(p)
		h.once()
		h.flag(waiting)
		h.do("unlink", waiting, "blocker", blocker)
		h.once()
		resolved := h.folded(waiting)
		lacks(t, resolved.Body, "delivered")
		if n := len(h.ours(waiting, "unblocked")); n != 0 {
			t.Errorf("nothing was delivered, but %d comments say so", n)
		}
	})
}
