package trackertest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/tracker"
)

func aCommentIsListedAsItWasPosted(s *suite) {
	d := draft("d1", comment.Open)
	posted := s.post(0, d)
	listed := s.only()
	for _, c := range []tracker.Comment{posted, listed} {
		if diff := cmp.Diff(c.Marker, d.Marker); diff != "" {
			s.Errorf("marker (-got +want):\n%s", diff)
		}
		if !c.Ours || !c.Marked || c.Hidden || c.Author == "" || c.Item != s.ref(0) || c.URL == "" || c.Created.IsZero() {
			s.Errorf("comment = %+v; want ours, marked, shown, with author, item, URL and time", c)
		}
	}
	if listed.ID != posted.ID || listed.Author != posted.Author {
		s.Errorf("listed %s by %s; posted %s by %s", listed.ID, listed.Author, posted.ID, posted.Author)
	}
	if !strings.Contains(listed.Body, "The digest is d1") {
		s.Errorf("body = %q; want what the draft says", listed.Body)
	}
}

func anEditReplacesBodyAndMarker(s *suite) {
	posted := s.post(0, draft("d1", comment.Open))
	d := draft("d2", comment.Open)
	if err := s.tracker.Edit(s.ctx, s.ref(0), posted.ID, d); err != nil {
		s.Fatalf("Edit: %v", err)
	}
	got := s.only()
	if diff := cmp.Diff(got.Marker, d.Marker); diff != "" {
		s.Errorf("marker (-got +want):\n%s", diff)
	}
	if got.ID != posted.ID || !strings.Contains(got.Body, "d2") || strings.Contains(got.Body, "The digest is d1") {
		s.Errorf("comment = %s %q; want %s with the new text", got.ID, got.Body, posted.ID)
	}
}

func aFoldedCommentCanBeUnfolded(s *suite) {
	posted := s.post(0, draft("d1", comment.Open))
	for _, state := range []comment.State{comment.Folded, comment.Open, comment.Folded} {
		if err := s.tracker.Edit(s.ctx, s.ref(0), posted.ID, draft("d1", state)); err != nil {
			s.Fatalf("Edit to %s: %v", state, err)
		}
		got := s.only()
		if got.Marker.State != state {
			s.Errorf("state = %s; want %s", got.Marker.State, state)
		}
		if got.Hidden && state == comment.Open {
			s.Error("an open comment is hidden")
		}
	}
}

func anErasedCommentIsGone(s *suite) {
	posted := s.post(0, draft("d1", comment.Open))
	for range 2 { // the second time it is already gone, which is no error
		if err := s.tracker.Erase(s.ctx, s.ref(0), posted.ID); err != nil {
			s.Fatalf("Erase: %v", err)
		}
	}
	if got := s.ours(0); len(got) != 0 {
		s.Errorf("our comments = %+v; want none", got)
	}
}

func aCommentThatAPersonDeletedIsGone(s *suite) {
	posted := s.post(0, draft("d1", comment.Open))
	s.Delete(s.T, s.ref(0), posted.ID)
	if got := s.ours(0); len(got) != 0 {
		s.Errorf("our comments = %+v; want none", got)
	}
	err := s.tracker.Edit(s.ctx, s.ref(0), posted.ID, draft("d2", comment.Open))
	if tracker.KindOf(err) != tracker.NotFound {
		s.Errorf("Edit = %v; want not found", err)
	}
	if n := s.Count(s.T, s.ref(0)); n != 0 {
		s.Errorf("%d comments; want none: an edit never posts", n)
	}
}

func aQuotedMarkerIsNotOurs(s *suite) {
	posted := s.post(0, draft("d1", comment.Open))
	quote := s.only().Body
	foreign := s.Comment(s.T, s.ref(0), quote)
	if got := s.only(); got.ID != posted.ID {
		s.Errorf("ours = %s; want %s: %s is a person's", got.ID, posted.ID, foreign)
	}
	s.Comment(s.T, s.ref(1), quote)
	if got := s.ours(1); len(got) != 0 {
		s.Errorf("ours = %+v; want none", got)
	}
}

func ourCommentIsFoundAmongMany(s *suite) {
	const before, after = 120, 5
	for n := range before {
		s.Comment(s.T, s.ref(0), fmt.Sprintf("comment %d of a long discussion", n))
	}
	posted := s.post(0, draft("d1", comment.Open))
	for n := range after {
		s.Comment(s.T, s.ref(0), fmt.Sprintf("answer %d", n))
	}
	if got := s.only(); got.ID != posted.ID {
		s.Errorf("ours = %s; want %s", got.ID, posted.ID)
	}
	all, _ := s.read("")
	if got := summary(all.Comments); !slices.Equal(got, []string{posted.ID + " d1"}) || !slices.Contains(all.Commented, s.ref(0)) {
		s.Errorf("comments read = %v; want %s, and the item in Commented", got, posted.ID)
	}
}

func aLostAnswerIsUnclearAndWritesOnce(s *suite) {
	s.LoseAnswer(s.T)
	if _, err := s.tracker.Post(s.ctx, s.ref(0), draft("d1", comment.Open)); tracker.KindOf(err) != tracker.Unclear {
		s.Fatalf("Post = %v; want unclear", err)
	}
	if n := s.Count(s.T, s.ref(0)); n != 1 {
		s.Errorf("%d comments; want one: a post is sent once", n)
	}
	if got := s.only(); got.Marker.Digest != "d1" {
		s.Errorf("marker = %+v; want the lost comment found again", got.Marker)
	}
}

func nothingIsPostedOnAMissingItem(s *suite) {
	for _, missing := range s.Missing {
		if missing.Ref.IsZero() {
			continue
		}
		if _, err := s.tracker.Post(s.ctx, missing.Ref, draft("d1", comment.Open)); tracker.KindOf(err) != tracker.NotFound {
			s.Errorf("Post = %v; want not found", err)
		}
		if _, err := s.tracker.Comments(s.ctx, missing.Ref); tracker.KindOf(err) != tracker.NotFound {
			s.Errorf("Comments = %v; want not found", err)
		}
	}
}
