package world

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func github(t *testing.T) (*World, *Repo) {
	t.Helper()
	w := New(func() time.Time { return time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC) })
	var r *Repo
	if err := w.Write(func(s *State) error {
		r = s.AddRepo("acme", "api")
		ann := s.AddUser(&User{Login: "ann"})
		for n := range 3 {
			s.CreateGitHub(r, GitHubIssue{Title: fmt.Sprint(n)}, ann)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return w, r
}

func TestWhoeverWatchesHearsOfEveryWrite(t *testing.T) {
	w, r := github(t)
	var heard []string
	w.Watch(func(_ *State, h Happening) {
		kinds := []string{h.Op, h.Entry.Item, authorName(h.By)}
		for _, e := range h.Events {
			kinds = append(kinds, e.Kind+":"+authorName(e.By))
		}
		heard = append(heard, strings.Join(kinds, " "))
	})
	if _, err := w.Mutate([]byte(`{"op":"link","item":"acme/api#1","blocker":"acme/api#2","author":"ann"}`)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Mutate([]byte(`{"op":"close","item":"acme/api#2","author":"ann"}`)); err != nil {
		t.Fatal(err)
	}
	if err := w.Write(func(s *State) error {
		s.SetLabels(r.Issue(1), []*Label{s.LabelIn(r, "bug")})
		s.Note(r.Issue(1), "edit", s.User("ann"), "labels")
		s.EditRepo(r, s.User("ann"), func(r *Repo) { r.Archived = true })
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"link acme/api#1 ann blocked_by_added:ann blocking_added:ann", "close acme/api#2 ann closed:ann",
		"edit acme/api#1 ann labeled:ann", "repository acme/api ann",
	}
	if d := cmp.Diff(heard, want); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
}

// TestAnOldWriteIsNotSignedLater: what one write left without a name is not the next writer's.
func TestAnOldWriteIsNotSignedLater(t *testing.T) {
	w, r := github(t)
	for _, f := range []func(*State){
		func(s *State) { s.SetTitle(r.Issue(1), "by nobody") },
		func(s *State) {
			s.SetTitle(r.Issue(2), "by ann")
			s.Note(r.Issue(2), "edit", s.User("ann"), "")
		},
	} {
		if err := w.Write(func(s *State) error { f(s); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	w.Read(func(s *State) {
		var got []string
		for n := range 2 {
			for _, e := range s.IssueEvents(r.Issue(n + 1)) {
				got = append(got, e.Kind+" "+e.To+" "+authorName(e.By))
			}
		}
		if d := cmp.Diff(got, []string{"renamed by nobody world", "renamed by ann ann"}); d != "" {
			t.Errorf("got - want +:\n%s", d)
		}
	})
}

func TestEventsAreFoundByIDAndGoWithTheirIssue(t *testing.T) {
	w, r := github(t)
	if err := w.Write(func(s *State) error {
		i := r.Issue(1)
		s.CloseIssue(i, NotPlanned, s.User("ann"))
		e := s.IssueEvents(i)[0]
		if _, found := s.IssueEvent(r, e.ID); found != e {
			t.Errorf("got %v", found)
		}
		s.DeleteGitHub(i)
		if _, found := s.IssueEvent(r, e.ID); found != nil {
			t.Errorf("after its issue is gone: %v", found)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestLabelsAndMilestonesChangeWhereTheyStand(t *testing.T) {
	w, r := github(t)
	if err := w.Write(func(s *State) error {
		ann, i := s.User("ann"), r.Issue(1)
		l, m := s.LabelIn(r, "bug"), s.AddMilestone(r, Milestone{Title: "March"}, ann)
		s.SetLabels(i, []*Label{l})
		s.SetMilestone(i, m)
		s.EditLabel(r, l, "defect", "ff0000", "broken", ann)
		if r.Label("DEFECT") != l || i.Labels[0].Name != "defect" {
			t.Errorf("labels %v", i.Labels)
		}
		s.EditMilestone(r, m, ann, func(m *Milestone) { m.Closed = true })
		if m.Number != 1 || m.ClosedAt.IsZero() || m.Creator != ann {
			t.Errorf("milestone %+v", m)
		}
		s.DeleteLabel(r, l, ann)
		s.DeleteMilestone(r, m, ann)
		if len(i.Labels) != 0 || i.Milestone != nil || r.Label("defect") != nil {
			t.Errorf("after both are gone: %+v", i)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestSubIssuesTakeTheirPlace(t *testing.T) {
	w, r := github(t)
	if err := w.Write(func(s *State) error {
		parent, a, b := r.Issue(1), r.Issue(2), r.Issue(3)
		s.AddSub(parent, a)
		s.AddSub(parent, b)
		if !s.MoveSub(parent, b, a, true) || parent.Subs[0] != b || !s.MoveSub(parent, b, a, false) || parent.Subs[1] != b {
			t.Errorf("subs %v", parent.Subs)
		}
		if s.MoveSub(parent, a, a, true) || s.MoveSub(a, b, parent, true) {
			t.Error("what is no sub-issue was moved")
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
