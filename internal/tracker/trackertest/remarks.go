package trackertest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/markup"
	"strata/internal/tracker"
	"strata/internal/work"
)

func aCommandOfAPersonIsTold(s *suite) {
	const text = "Agreed with Core.\n\n> strata decline no\n\n  /strata takeaway slice the API first"
	first := s.Comment(s.T, s.ref(0), text)
	all, cursor := s.read("")
	got := s.told(all, s.ref(0))
	if len(got) != 1 {
		s.Fatalf("remarks = %+v; want one", got)
	}
	r := got[0]
	if r.URL == "" || r.Created.IsZero() || r.Updated.Before(r.Created) || r.Dialect == "" {
		s.Errorf("remark = %+v; want URL, times and dialect", r)
	}
	want := work.Remark{
		Item: s.ref(0), ID: first, Author: s.Person, Body: text,
		URL: r.URL, Created: r.Created.UTC(), Updated: r.Updated.UTC(), Dialect: r.Dialect,
	}
	if diff := cmp.Diff(r, want); diff != "" {
		s.Errorf("remark (-got +want):\n%s", diff)
	}

	second := s.Comment(s.T, s.ref(1), "STRATA need +2 the schema")
	page, _ := s.read(cursor)
	if ids := remarkIDs(s.told(page, s.ref(1))); !slices.Equal(ids, []string{second}) {
		s.Errorf("remarks of a later reading = %v; want %s", ids, second)
	}
}

func whatBearsNoCommandIsNotTold(s *suite) {
	s.Comment(s.T, s.ref(0), "What does strata ack do?\n> /strata ack\nstratagem")
	d := draft("d1", comment.Open)
	d.Body = markup.Document{markup.Paragraph{markup.Text("strata ack is what you can say.")}}
	s.post(0, d)
	all, _ := s.read("")
	if got := s.told(all, s.ref(0)); len(got) != 0 {
		s.Errorf("remarks = %+v; want none: one is no command, the other is ours", got)
	}
}

func aRemarkFollowsItsEdits(s *suite) {
	id := s.Comment(s.T, s.ref(0), "/strata need +1")
	_, cursor := s.read("")
	s.Reword(s.T, s.ref(0), id, "/strata need +2")
	page, cursor := s.read(cursor)
	got := s.told(page, s.ref(0))
	if len(got) != 1 || got[0].ID != id || got[0].Body != "/strata need +2" || got[0].Updated.Before(got[0].Created) {
		s.Errorf("remarks = %+v; want %s with its new text", got, id)
	}
	s.Reword(s.T, s.ref(0), id, "Never mind.")
	page, _ = s.read(cursor)
	if got := s.told(page, s.ref(0)); len(got) != 0 {
		s.Errorf("remarks = %+v; want none: the command was taken back", got)
	}
	if all, _ := s.read(""); len(s.told(all, s.ref(0))) != 0 {
		s.Errorf("remarks = %+v; want none in a full reading", all.Remarks)
	}
}

func aDeletedRemarkIsGone(s *suite) {
	kept := s.Comment(s.T, s.ref(0), "/strata ack")
	gone := s.Comment(s.T, s.ref(0), "/strata takeaway no")
	if all, _ := s.read(""); !slices.Equal(remarkIDs(s.told(all, s.ref(0))), []string{kept, gone}) {
		s.Errorf("remarks = %+v; want both, in the order they were written", all.Remarks)
	}
	s.Delete(s.T, s.ref(0), gone)
	all, _ := s.read("")
	if ids := remarkIDs(s.told(all, s.ref(0))); !slices.Equal(ids, []string{kept}) || !slices.Contains(all.Commented, s.ref(0)) {
		s.Errorf("remarks = %v; want %s alone, and the item in Commented", ids, kept)
	}
}

func aRemarkIsFoundAmongMany(s *suite) {
	for n := range 120 {
		s.Comment(s.T, s.ref(0), fmt.Sprintf("comment %d of a long discussion", n))
	}
	id := s.Comment(s.T, s.ref(0), "/strata reason "+strings.Repeat("long ", 2000)+"\nmore")
	all, _ := s.read("")
	got := s.told(all, s.ref(0))
	if len(got) != 1 || got[0].ID != id || len(got[0].Body) > tracker.RemarkSize || !strings.HasPrefix(got[0].Body, "/strata reason long") {
		s.Errorf("remarks = %v; want %s, cut", remarkIDs(got), id)
	}
}

func anAccountMayEditOrMayNot(s *suite) {
	s.Comment(s.T, s.ref(0), "/strata ack")
	all, _ := s.read("")
	author := s.told(all, s.ref(0))[0].Author.ID
	s.mayEdit(author, true)
	s.mayEdit("", false) // the account was deleted
	s.TakeRights(s.T, author)
	s.mayEdit(author, false)
}

func rightsThatCannotBeAskedAreAnError(s *suite) {
	for _, missing := range s.Missing {
		if missing.Ref.IsZero() {
			continue
		}
		if may, err := s.tracker.MayEdit(s.ctx, missing.Ref, s.Person.ID); may || tracker.KindOf(err) != tracker.NotFound {
			s.Errorf("MayEdit = %v, %v; want not found", may, err)
		}
	}
}

func (s *suite) mayEdit(author string, want bool) {
	s.Helper()
	if got, err := s.tracker.MayEdit(s.ctx, s.ref(0), author); err != nil || got != want {
		s.Errorf("MayEdit of %q = %v, %v; want %v", author, got, err, want)
	}
}

// told are the remarks on an item.
func (s *suite) told(page tracker.Page, item work.Ref) []work.Remark {
	s.Helper()
	var list []work.Remark
	for _, r := range page.Remarks {
		if r.Item == item {
			list = append(list, r)
		}
	}
	return list
}

func remarkIDs(remarks []work.Remark) []string {
	var ids []string
	for _, r := range remarks {
		ids = append(ids, r.ID)
	}
	return ids
}
