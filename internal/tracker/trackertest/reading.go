package trackertest

import (
	"fmt"
	"slices"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/tracker"
	"strata/internal/work"
)

func aGoodScopeHasNoFault(s *suite) {
	for _, p := range s.tracker.Check(s.ctx, []tracker.Scope{s.Scope}) {
		if p.Severity == tracker.Fault {
			s.Errorf("Check: %s (%s)", p.Text, p.Remedy)
		}
		if p.Tracker != s.tracker.Name() || p.Remedy == "" {
			s.Errorf("Check: %+v; want a problem with tracker and remedy", p)
		}
	}
}

func aFullReadingNamesEveryItemOnce(s *suite) {
	all, _ := s.read("")
	if !all.Full {
		s.Error("Full = false; want true for a reading from the empty cursor")
	}
	var got, want []string
	for _, r := range all.Records {
		got = append(got, r.Ref.String())
		if r.Key == "" || r.Title == "" || r.URL == "" || r.Updated.IsZero() || r.Created.IsZero() || r.Status.Category == "" {
			s.Errorf("record %s lacks key, title, URL, times or status: %+v", r.Ref, r)
		}
		if !slices.Equal(r.Scopes, []string{s.Scope.Name}) {
			s.Errorf("record %s: scopes = %v; want %q", r.Ref, r.Scopes, s.Scope.Name)
		}
	}
	for _, item := range s.Items {
		want = append(want, item.Ref.String())
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(got, want); diff != "" {
		s.Errorf("items read (-got +want):\n%s", diff)
	}
}

func aLaterReadingShowsWhatChanged(s *suite) {
	_, cursor := s.read("")
	for n := range 2 {
		s.Touch(s.T, s.ref(n))
		page, next := s.read(cursor)
		if page.Full {
			s.Error("Full = true; want false for a later reading")
		}
		if !slices.ContainsFunc(page.Records, func(r work.Record) bool { return r.Ref == s.ref(n) }) {
			s.Errorf("%s changed and was not read", s.ref(n))
		}
		cursor = next
	}
}

func anUnreadableCursorReadsEverything(s *suite) {
	all, _ := s.read("of an older release")
	if !all.Full || len(all.Records) != len(s.Items) {
		s.Errorf("Full = %v with %d records; want a full reading of %d", all.Full, len(all.Records), len(s.Items))
	}
}

func aFailedReadingGivesNoPage(s *suite) {
	if s.Break == nil {
		s.Skip("this tracker cannot be broken")
	}
	repair := s.Break(s.T)
	page, err := s.tracker.Changes(s.ctx, s.Scope, "")
	if err == nil {
		s.Fatalf("Changes = %+v; want an error", page)
	}
	if len(page.Records) > 0 || page.Next != "" {
		s.Errorf("page = %+v; want nothing beside an error", page)
	}
	repair()
	if all, _ := s.read(""); len(all.Records) != len(s.Items) {
		s.Errorf("after the repair %d items; want %d", len(all.Records), len(s.Items))
	}
}

func itemsAreFetchedByRefKeyAndURL(s *suite) {
	targets := []work.Target{{Ref: s.ref(2)}, {Key: s.Items[0].Key}, {URL: s.Items[1].URL}, {Ref: s.ref(0)}}
	got, err := s.tracker.Fetch(s.ctx, targets)
	if err != nil {
		s.Fatalf("Fetch: %v", err)
	}
	want := []work.Ref{s.ref(2), s.ref(0), s.ref(1), s.ref(0)}
	if len(got) != len(want) {
		s.Fatalf("Fetch gave %d outcomes; want %d", len(got), len(want))
	}
	for i, f := range got {
		if f.Err != nil || f.Record.Ref != want[i] {
			s.Errorf("outcome %d = %v, %v; want %v", i, f.Record.Ref, f.Err, want[i])
		}
		if diff := cmp.Diff(f.Target, targets[i]); diff != "" {
			s.Errorf("target %d (-got +want):\n%s", i, diff)
		}
	}
}

func aMissingItemIsNotFound(s *suite) {
	for _, missing := range s.Missing {
		got, err := s.tracker.Fetch(s.ctx, []work.Target{missing, {Ref: s.ref(0)}})
		if err != nil || len(got) != 2 {
			s.Fatalf("Fetch = %v, %v; want two outcomes", got, err)
		}
		if tracker.KindOf(got[0].Err) != tracker.NotFound {
			s.Errorf("outcome of %+v = %v; want not found", missing, got[0].Err)
		}
		if got[1].Err != nil || got[1].Record.Ref != s.ref(0) {
			s.Errorf("outcome beside a missing item = %v, %v; want %v", got[1].Record.Ref, got[1].Err, s.ref(0))
		}
	}
}

func aReadingShowsOurComments(s *suite) {
	posted := s.post(0, draft("d1", comment.Open))
	s.Comment(s.T, s.ref(0), "a person answers")
	all, cursor := s.read("")
	for _, item := range s.Items {
		if !slices.Contains(all.Commented, item.Ref) {
			s.Errorf("%s is not in Commented after a full reading", item.Ref)
		}
	}
	if got := summary(all.Comments); !slices.Equal(got, []string{posted.ID + " d1"}) {
		s.Errorf("comments read = %v; want ours alone: %s", got, posted.ID)
	}
	second := s.post(1, draft("d2", comment.Open))
	page, _ := s.read(cursor)
	if got := summary(page.Comments); !slices.Contains(got, second.ID+" d2") {
		s.Errorf("comments of a later reading = %v; want %s among them", got, second.ID)
	}
}

func summary(comments []tracker.Comment) []string {
	var out []string
	for _, c := range comments {
		out = append(out, fmt.Sprintf("%s %s", c.ID, c.Marker.Digest))
	}
	return out
}
