package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/store"
	"strata/internal/work"
)

func TestAPostIsKnownBeforeItIsSent(t *testing.T) {
	s, path := open(t)
	must(t, s.SaveIntent(t.Context(), "shop", intent("1")))
	must(t, s.Close())

	s = reopen(t, path)
	if diff := cmp.Diff(load(t, s, "shop").Intents, []store.Intent{intent("1")}); diff != "" {
		t.Errorf("intents after a restart (-got +want):\n%s", diff)
	}
	if err := s.SaveIntent(t.Context(), "shop", intent("1")); err == nil {
		t.Error("a second post of one identity was begun while the first is unclear")
	}
}

func TestAnOutcomeEndsItsIntentAndNoOther(t *testing.T) {
	s, _ := open(t)
	must(t, s.SaveIntent(t.Context(), "shop", intent("1")))
	must(t, s.SaveIntent(t.Context(), "shop", intent("2")))
	must(t, s.SaveComments(t.Context(), "shop", flag("2", "400")))
	must(t, s.ClearIntent(t.Context(), "shop", intent("1").Identity, flag("1", "501")))

	got := load(t, s, "shop")
	if diff := cmp.Diff(got.Intents, []store.Intent{intent("2")}); diff != "" {
		t.Errorf("intents (-got +want):\n%s", diff)
	}
	if diff := cmp.Diff(got.Comments, []store.Comment{flag("1", "501"), flag("2", "400")}); diff != "" {
		t.Errorf("comments (-got +want):\n%s", diff)
	}
}

func TestOnlyWhatWasPostedIsSpentOfTheBudget(t *testing.T) {
	s, _ := open(t)
	begin := func(item string, at time.Time) store.Intent {
		i := intent(item)
		i.Begun = at
		must(t, s.SaveIntent(t.Context(), "shop", i))
		return i
	}
	old := begin("1", noon.Add(-30*24*time.Hour))
	must(t, s.ClearIntent(t.Context(), "shop", old.Identity, flag("1", "501")))
	posted := begin("2", noon)
	must(t, s.ClearIntent(t.Context(), "shop", posted.Identity, flag("2", "502")))
	must(t, s.DeleteComment(t.Context(), "shop", posted.Identity, "502"))
	failed := begin("3", noon.Add(time.Second))
	must(t, s.ClearIntent(t.Context(), "shop", failed.Identity))
	refused := begin("4", noon.Add(2*time.Second))
	must(t, s.ClearIntent(t.Context(), "shop", refused.Identity, store.Comment{Identity: refused.Identity, Refused: "locked", RefusedItem: noon}))
	begin("5", noon.Add(3*time.Second)) // unclear

	got, err := s.RecentPosts(t.Context(), "shop", noon)
	must(t, err)
	if diff := cmp.Diff(got, []time.Time{noon, noon.Add(3 * time.Second)}); diff != "" {
		t.Errorf("posts since noon (-got +want):\n%s", diff)
	}
	got, err = s.RecentPosts(t.Context(), "shop", time.Time{})
	must(t, err)
	if len(got) != 2 {
		t.Errorf("posts in all = %v; want those of a month ago forgotten", got)
	}
}

func TestAnErasedCommentLeavesTheLedger(t *testing.T) {
	s, _ := open(t)
	deleted := flag("1", "501") // by a person: it stays, as something not to be said again
	deleted.Deleted = noon
	must(t, s.SaveComments(t.Context(), "shop", deleted, flag("2", "502"), flag("2", "503")))
	must(t, s.DeleteComment(t.Context(), "shop", flag("2", "").Identity, "502"))
	got, err := s.Comments(t.Context(), "shop")
	must(t, err)
	if diff := cmp.Diff(got, []store.Comment{deleted, flag("2", "503")}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestAnEditedCommentIsOneRow(t *testing.T) {
	s, _ := open(t)
	c := flag("1", "501")
	must(t, s.SaveComments(t.Context(), "shop", c))
	c.Marker.Digest, c.Marker.State, c.Marker.Facts, c.Marker.Owner, c.Marker.Version = "other", "folded", "e31", "acme-2", 2
	c.Severity, c.Reasons, c.URL, c.Replied = 2, []string{"DEP02"}, "https://jira.example/browse/NEW-1", false
	c.Posted, c.Folded, c.Unwanted = noon.Add(time.Second), noon.Add(2*time.Second), noon.Add(3*time.Second)
	c.Refused, c.RefusedItem = "locked", noon.Add(4*time.Second)
	for i := range 30 {
		c.Edits = append(c.Edits, noon.Add(time.Duration(i)*time.Minute))
	}
	must(t, s.SaveComments(t.Context(), "shop", c))

	c.Edits = c.Edits[len(c.Edits)-20:]
	got, err := s.Comments(t.Context(), "shop")
	must(t, err)
	if diff := cmp.Diff(got, []store.Comment{c}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestCommentsComeInTheOrderOfPosting(t *testing.T) {
	s, _ := open(t)
	first, second, tenth := flag("1", "900"), flag("1", "1000"), flag("1", "20")
	tenth.Posted = noon.Add(time.Hour)
	other := flag("2", "1")
	other.Item = work.Ref{Tracker: "github", ID: "I_2"}
	must(t, s.SaveComments(t.Context(), "shop", tenth, second, first, other))
	got, err := s.Comments(t.Context(), "shop")
	must(t, err)
	if diff := cmp.Diff(got, []store.Comment{other, first, second, tenth}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}
