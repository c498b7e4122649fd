package trackertest

import (
	"context"
	"testing"

	"strata/internal/comment"
	"strata/internal/markup"
	"strata/internal/tracker"
	"strata/internal/work"
)

// Exercise runs the suite.
func Exercise(t *testing.T, open Open) {
	t.Helper()
	for _, part := range []struct {
		name string
		run  func(*suite)
	}{
		{"AGoodScopeHasNoFault", aGoodScopeHasNoFault},
		{"AFullReadingNamesEveryItemOnce", aFullReadingNamesEveryItemOnce},
		{"ALaterReadingShowsWhatChanged", aLaterReadingShowsWhatChanged},
		{"AnUnreadableCursorReadsEverything", anUnreadableCursorReadsEverything},
		{"AFailedReadingGivesNoPage", aFailedReadingGivesNoPage},
		{"ItemsAreFetchedByRefKeyAndURL", itemsAreFetchedByRefKeyAndURL},
		{"AMissingItemIsNotFoundInItsOutcome", aMissingItemIsNotFound},
		{"AReadingShowsOurComments", aReadingShowsOurComments},
		{"ACommentIsListedAsItWasPosted", aCommentIsListedAsItWasPosted},
		{"AnEditReplacesBodyAndMarker", anEditReplacesBodyAndMarker},
		{"AFoldedCommentCanBeUnfolded", aFoldedCommentCanBeUnfolded},
		{"AnErasedCommentIsGone", anErasedCommentIsGone},
		{"ACommentThatAPersonDeletedIsGone", aCommentThatAPersonDeletedIsGone},
		{"AQuotedMarkerIsNotOurs", aQuotedMarkerIsNotOurs},
		{"OurCommentIsFoundAmongMany", ourCommentIsFoundAmongMany},
		{"ACommandOfAPersonIsTold", aCommandOfAPersonIsTold},
		{"WhatBearsNoCommandIsNotTold", whatBearsNoCommandIsNotTold},
		{"ARemarkFollowsItsEdits", aRemarkFollowsItsEdits},
		{"ADeletedRemarkIsGoneWhenItsItemIsListed", aDeletedRemarkIsGone},
		{"ARemarkIsFoundAmongMany", aRemarkIsFoundAmongMany},
		{"AnAccountMayEditOrMayNot", anAccountMayEditOrMayNot},
		{"RightsThatCannotBeAskedAreAnError", rightsThatCannotBeAskedAreAnError},
		{"ALostAnswerIsUnclearAndWritesOnce", aLostAnswerIsUnclearAndWritesOnce},
		{"NothingIsPostedOnAMissingItem", nothingIsPostedOnAMissingItem},
	} {
		t.Run(part.name, func(t *testing.T) {
			tr, c := open(t)
			part.run(&suite{T: t, ctx: t.Context(), tracker: tr, Controls: c})
		})
	}
}

type suite struct {
	*testing.T
	Controls
	ctx     context.Context
	tracker tracker.Tracker
}

// ref is the ref of the nth item.
func (s *suite) ref(n int) work.Ref { return s.Items[n].Ref }

// read reads to the end and returns everything with the cursor to keep.
func (s *suite) read(from tracker.Cursor) (all tracker.Page, last tracker.Cursor) {
	s.Helper()
	const tooMany = 1000
	for range tooMany {
		page, err := s.tracker.Changes(s.ctx, s.Scope, from)
		if err != nil {
			s.Fatalf("Changes: %v", err)
		}
		all.Records = append(all.Records, page.Records...)
		all.Comments = append(all.Comments, page.Comments...)
		all.Commented = append(all.Commented, page.Commented...)
		all.Remarks = append(all.Remarks, page.Remarks...)
		all.Full = page.Full
		if from = page.Next; !page.More {
			return all, from
		}
	}
	s.Fatalf("Changes: no end after %d pages", tooMany)
	return all, from
}

func (s *suite) post(n int, d tracker.Draft) tracker.Comment {
	s.Helper()
	c, err := s.tracker.Post(s.ctx, s.ref(n), d)
	if err != nil {
		s.Fatalf("Post: %v", err)
	}
	return c
}

// ours lists our comments on the nth item.
func (s *suite) ours(n int) []tracker.Comment {
	s.Helper()
	list, err := s.tracker.Comments(s.ctx, s.ref(n))
	if err != nil {
		s.Fatalf("Comments: %v", err)
	}
	return list
}

// only returns our one comment on the first item.
func (s *suite) only() tracker.Comment {
	s.Helper()
	list := s.ours(0)
	if len(list) != 1 {
		s.Fatalf("our comments = %+v; want exactly one", list)
	}
	return list[0]
}

// draft is a comment as Strata writes it.
func draft(digest string, state comment.State) tracker.Draft {
	return tracker.Draft{
		Body: markup.Document{
			markup.Paragraph{markup.Strong("Off track: a blocker is planned later")},
			markup.Paragraph{markup.Text("The digest is " + digest + ".")},
		},
		Marker: comment.Marker{Version: 1, Owner: "acme-shop", Kind: comment.Flag, State: state, Digest: digest, Facts: "eyJhIjoxfQ"},
	}
}
