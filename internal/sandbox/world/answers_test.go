package world

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestAnswersAreWhatAFreshLookWouldFind lets people write at random and compares what
// is brought up to date with what is found by looking at everything.
func TestAnswersAreWhatAFreshLookWouldFind(t *testing.T) {
	for seed := range uint64(2) {
		w := Generate(Options{Seed: seed, Items: 400, Now: frozen})
		r := rand.New(rand.NewPCG(seed, 1))
		open := &Answers[*JiraIssue]{}
		question := Question[*JiraIssue]{Name: "open", Holds: func(i *JiraIssue) bool { return pending(i) && !i.Hidden }, Order: jiraOrders[ByUpdated]}
		for n := range 200 {
			w.Advance(time.Duration(r.IntN(3)) * time.Minute)
			for range 1 + r.IntN(12)/11*10 {
				scribble(t, w, r)
			}
			w.Read(func(s *State) {
				question.Among = func() []*JiraIssue { return s.Jira }
				name := fmt.Sprintf("seed %d, write %d", seed, n)
				same(t, name+": open", open.Ask(s, question), question.fresh(s))
				for _, o := range []Order{ByKey, ByUpdated, ByCreated, ByRank} {
					fresh := slices.Clone(s.Jira)
					slices.SortFunc(fresh, jiraOrders[o])
					same(t, name+": "+string(o), s.JiraSorted(o), fresh)
				}
				for _, repo := range s.Repos {
					for _, o := range []Order{ByUpdated, ByCreated, ByComments} {
						fresh := slices.Clone(repo.Issues)
						slices.SortFunc(fresh, githubOrders[o])
						same(t, name+": "+repo.Name+" "+string(o), s.GitHubSorted(repo, o), fresh)
					}
				}
			})
			if t.Failed() {
				return
			}
		}
	}
}

func same[T Item](t *testing.T, what string, got, want []T) {
	t.Helper()
	names := func(list []T) (out []string) {
		for _, it := range list {
			out = append(out, it.Handle())
		}
		return out
	}
	if diff := cmp.Diff(names(got), names(want)); diff != "" {
		t.Errorf("%s (-got +want):\n%s", what, diff)
	}
}

// scribble writes something, or fails to.
func scribble(t *testing.T, w *World, r *rand.Rand) {
	t.Helper()
	var jira, git Item
	w.Read(func(s *State) {
		jira = s.Jira[r.IntN(len(s.Jira))]
		git = s.Repo("acme/api").Issues[r.IntN(len(s.Repo("acme/api").Issues))]
	})
	it := []Item{jira, git}[r.IntN(2)]
	say := func(format string, args ...any) {
		_, _ = w.Mutate(fmt.Appendf(nil, format, args...)) // a refusal is a write, too
	}
	switch r.IntN(12) {
	case 0:
		say(`{"op":"close","item":%q}`, it.Handle())
	case 1:
		say(`{"op":"reopen","item":%q}`, it.Handle())
	case 2:
		say(`{"op":"comment","item":%q,"body":"x"}`, it.Handle())
	case 3:
		say(`{"op":"delete","item":%q}`, it.Handle())
	case 4:
		say(`{"op":"move","item":%q,"project":"CORE"}`, jira.Handle())
	case 5:
		say(`{"op":"transfer","item":%q,"repository":"acme/platform"}`, git.Handle())
	case 6:
		say(`{"op":"hide","item":%q,"on":%v}`, it.Handle(), r.IntN(2) == 0)
	case 7:
		say(`{"op":"create","project":"WEB","title":"new"}`)
	case 8:
		say(`{"op":"create","repository":"acme/api","title":"new"}`)
	case 9:
		say(`{"op":"nonsense"}`)
	case 10:
		_ = w.Write(func(*State) error { jira.(*JiraIssue).Updated = w.state.Now(); return nil }) // by somebody who tells nobody
	case 11:
		say(`{"op":"rename-project","project":"PLAT","key":"PL%d"}`, r.IntN(3))
	}
}

func TestAnAnswerStaysAsItWas(t *testing.T) {
	w := made(t, 100)
	var before []*JiraIssue
	w.Read(func(s *State) { before = s.JiraSorted(ByUpdated) })
	kept := slices.Clone(before)
	w.Advance(time.Hour)
	_ = w.Write(func(s *State) error { s.SetSummary(s.Jira[5], "x", nil); return nil })
	w.Read(func(s *State) {
		if last := s.JiraSorted(ByUpdated); last[len(last)-1] != s.Jira[5] {
			t.Error("what was changed last is not the last")
		}
	})
	if !slices.Equal(before, kept) {
		t.Error("somebody's list was changed under their hands")
	}
}

func TestUpdatedSinceAndProjectAreCutOut(t *testing.T) {
	made(t, 300).Read(func(s *State) {
		since := noon.AddDate(0, 0, -20)
		n := 0
		for _, i := range s.Jira {
			if !i.Updated.Before(since) {
				n++
			}
		}
		if got := s.JiraUpdated(since); len(got) != n || n == 0 || got[0].Updated.Before(since) {
			t.Errorf("got %d issues updated since; want %d", len(got), n)
		}
		for _, p := range s.Projects {
			n := 0
			for _, i := range s.Jira {
				if i.Project == p {
					n++
				}
			}
			if got := s.JiraIn(p); len(got) != n || slices.ContainsFunc(got, func(i *JiraIssue) bool { return i.Project != p }) {
				t.Errorf("got %d issues of %s; want %d", len(got), p.Key, n)
			}
		}
	})
}
