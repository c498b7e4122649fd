package app_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/world"
)

func TestF36CommentOfAPersonThatQuotesOurMarkerIsUntouchedAndStopsNothing(t *testing.T) {
	inEachPlace(t, own(), func(t *testing.T, p place) {
		h := build(t, settings{flavour: p.flavour})
		first, _ := h.pair(p)
		h.once()
		body := h.flag(first).Body
		if !strings.Contains(body, "strata") {
			t.Fatalf("nothing to quote in %s", body)
		}
		second, blocker := h.pair(p) // not flagged yet
		quotes := map[string]int64{  // verbatim, before and after ours stands
			first: h.comment(first, "mallory", body), second: h.comment(second, "mallory", body),
		}
		h.stealProperties(first, quotes)
		h.once()
		h.flag(first)
		h.flag(second)
		h.do("close", blocker)
		h.loseStore()
		h.once()
		h.flag(first)
		h.folded(second)
		h.once()
		for item, id := range quotes {
			for _, c := range h.thread(item) {
				if c.ID == id && (c.Body != body || c.Edited || c.Minimised != "") {
					t.Errorf("%s: the person's comment was touched: %+v", item, c)
				}
			}
		}
		h.wantNoDuplicates()
	})
}

// stealProperties gives people's Jira comments the property of ours, as anyone may who can comment.
func (h *house) stealProperties(from string, to map[string]int64) {
	h.t.Helper()
	err := h.box.World.Write(func(s *world.State) error {
		ours, err := s.Find(from)
		if err != nil || ours.Tracker() != world.Jira {
			return err
		}
		for item, id := range to {
			it, err := s.Find(item)
			if err != nil {
				return err
			}
			c, err := world.CommentOf(it, id)
			if err != nil {
				return err
			}
			s.SetProperty(it, c, "strata.comment", ours.Thread()[0].Properties["strata.comment"], c.Author)
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// mild makes a pair whose flag, on the returned item, is a warning, and what
// makes it critical.
func (h *house) mild(p place) (flagged string, worsen func()) {
	h.t.Helper()
	if p.waiting == web { // both in the next Sprint; then the blocker in the one after
		waiting, blocker := h.story(web, "Show the price", next), h.story(core, "Offer the price", next)
		h.wait(waiting, blocker)
		return waiting, func() { h.do("sprint", blocker, "sprint", later) }
	}
	// The blocker is in no Sprint, and needed in two; then in the next.
	waiting, blocker := h.story(platform, "Show the price", later), h.story(api, "Offer the price", backlog)
	h.wait(waiting, blocker)
	return blocker, func() { h.do("sprint", waiting, "sprint", next) }
}

func TestF37DeletedCommentIsASnoozeUntilTheSeverityRises(t *testing.T) {
	inEachPlace(t, own(), func(t *testing.T, p place) {
		h := build(t, settings{flavour: p.flavour})
		item, worsen := h.mild(p)
		h.once()
		first := h.flag(item)
		h.do("delete-comment", item, "comment", first.ID, "author", "ada")
		for range 3 {
			h.once()
			h.silent(item)
		}
		h.restart()
		h.once()
		h.silent(item)

		worsen()
		h.once()
		again := h.flag(item)
		if again.ID == first.ID {
			t.Error("the deleted comment is back")
		}
		h.once()
		if d := cmp.Diff(again, h.flag(item)); d != "" {
			t.Error(d)
		}
		h.do("delete-comment", item, "comment", again.ID, "author", "ada")
		h.once()
		h.once()
		h.silent(item)
		h.wantNoDuplicates()
	})
}

func TestF37EditedCommentIsLeftUntilOurFindingsChange(t *testing.T) {
	for _, how := range []string{"around the marker", "marker and all"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			inEachPlace(t, own(), func(t *testing.T, p place) {
				h := build(t, settings{flavour: p.flavour})
				waiting, blocker := h.pair(p)
				h.once()
				first := h.flag(waiting)
				words := "We talked about it on Monday."
				if marker, _, _ := strings.Cut(first.Body, "\n"); how == "around the marker" {
					if p.waiting == web {
						marker, _, _ = strings.Cut(first.Body, " ")
					}
					words = marker + "\n" + words
				}
				h.do("edit-comment", waiting, "comment", first.ID, "author", "ada", "body", words)
				before := len(h.journal(0))
				h.once()
				h.once()
				h.restart()
				h.once()
				if w := h.written(before); len(w) != 0 {
					t.Errorf("written after a person's edit: %+v", w)
				}
				h.do("drop", blocker)
				h.once()
				last := h.flag(waiting)
				if last.ID != first.ID {
					t.Errorf("comment %d stands, want %d edited", last.ID, first.ID)
				}
				wants(t, last.Body, "DEP12")
				h.wantNoDuplicates()
			})
		})
	}
}
