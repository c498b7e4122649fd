package world

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestWhatStaysAsItWasLeavesNoTrace(t *testing.T) {
	w := made(t, 100)
	if err := w.Write(func(s *State) error {
		a, _, _, _ := pairOf(s)
		updated, entries := a.Updated, len(a.History)
		e := s.Edit(a)
		e.Summary(a.Summary)
		e.Status(a.Status)
		e.Labels(a.Labels)
		e.Assignee(a.Assignee)
		e.Sprint(a.Sprint())
		e.Points(a.Points)
		e.Parent(a.Parent, nil)
		e.Components(a.Components)
		if e.Done(nil) || !a.Updated.Equal(updated) || len(a.History) != entries {
			t.Errorf("got %v, %d entries; want %v, %d", a.Updated, len(a.History), updated, entries)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestOneActIsOneEntryOfTheHistory(t *testing.T) {
	w := made(t, 100)
	if err := w.Write(func(s *State) error {
		a, _, _, _ := pairOf(s)
		s.skew += time.Hour
		entries := len(a.History)
		e := s.Edit(a)
		e.Summary("other")
		e.Resolution(s.Resolution("Done"))
		e.Status(s.StatusIn("done"))
		if fields := e.Fields(); fields != "summary, resolution, status" {
			t.Errorf("fields: got %q", fields)
		}
		if !e.Done(s.User("ada")) || len(a.History) != entries+1 {
			t.Fatalf("got %d entries; want %d", len(a.History), entries+1)
		}
		if last := a.History[len(a.History)-1]; len(last.Items) != 3 || last.Author.Login != "ada" || !last.At.Equal(a.Updated) {
			t.Errorf("got %+v", last)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestAnEpicNotesItsNewChildAndTheOneItLost(t *testing.T) {
	w := made(t, 300)
	if err := w.Write(func(s *State) error {
		var story, epic *JiraIssue
		for _, i := range s.Jira {
			if i.Type.Level == 0 && i.Parent == nil && story == nil {
				story = i
			}
			if i.Type.Level == 1 && epic == nil {
				epic = i
			}
		}
		for _, p := range []*JiraIssue{epic, nil} {
			e := s.Edit(story)
			e.Parent(p, nil)
			e.Done(nil)
		}
		var got []ChangeItem
		for _, i := range []*JiraIssue{story, epic} {
			for _, h := range i.History[len(i.History)-2:] {
				got = append(got, h.Items...)
			}
		}
		want := []ChangeItem{{Field: "Epic Link", To: idText(epic.ID), ToString: epic.Key}, {Field: "Epic Link", From: idText(epic.ID), FromString: epic.Key},
			{Field: "Epic Child", To: idText(story.ID), ToString: story.Key}, {Field: "Epic Child", From: idText(story.ID), FromString: story.Key}}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("(-got +want):\n%s", diff)
		}
		if story.Parent != nil {
			t.Errorf("still below %s", story.Parent.Key)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// TestThereIsAlwaysARankBetweenTwo puts a thousand issues anywhere into a
// backlog, and again and again before the same one.
func TestThereIsAlwaysARankBetweenTwo(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 7))
	ranks := []string{"", "0|i000db:", "0|i000dc:", ""}
	for n := range 1000 {
		at := 1 + r.IntN(len(ranks)-1)
		if n > 700 {
			at = 2
		}
		now := NewRank(ranks[at-1], ranks[at])
		if (ranks[at-1] != "" && now <= ranks[at-1]) || (ranks[at] != "" && now >= ranks[at]) {
			t.Fatalf("got %s between %q and %q", now, ranks[at-1], ranks[at])
		}
		ranks = append(ranks[:at], append([]string{now}, ranks[at:]...)...)
	}
}

func TestNobodyIsToldOfWhatIsWrittenQuietly(t *testing.T) {
	w := made(t, 100)
	if err := w.Write(func(s *State) error {
		a, _, _, _ := pairOf(s)
		a.Assignee = s.User("ada")
		err := s.Quietly(func() error {
			s.AddComment(a, s.JiraBot, "psst", nil)
			return nil
		})
		s.AddComment(a, s.JiraBot, "hear", nil)
		if quiet, loud := s.Journal[0].Notified, s.Journal[1].Notified; quiet != 0 || loud == 0 {
			t.Errorf("told %d and %d", quiet, loud)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestALevelLeavesOutWhoIsNotItsMember(t *testing.T) {
	w := made(t, 100)
	var a *JiraIssue
	w.Read(func(s *State) { a, _, _, _ = pairOf(s) })
	if _, err := w.Mutate([]byte(`{"op":"secure","item":"` + a.Key + `","level":"Board"}`)); err != nil {
		t.Fatal(err)
	}
	w.Read(func(s *State) {
		ada := s.User("ada")
		level := s.LevelOf(a.Project, "board")
		if !a.Secret(ada) || level != a.Rare().Level {
			t.Errorf("ada sees %s at level %+v", a.Key, a.Rare().Level)
		}
		level.Members = append(level.Members, ada)
		if a.Secret(ada) || !a.Secret(s.JiraBot) {
			t.Errorf("ada %v, the bot %v; want her alone to see it", a.Secret(ada), a.Secret(s.JiraBot))
		}
	})
}
