package world

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// pairOf gives two open Jira issues and two open GitHub issues of a fresh world.
func pairOf(s *State) (a, b *JiraIssue, g, h *GitHubIssue) {
	for _, i := range s.Jira {
		if i.Type.Level == 0 && StateOf(i) == "open" && len(i.Links) == 0 {
			if a == nil {
				a = i
			} else if b == nil {
				b = i
			}
		}
	}
	for _, i := range s.Repo("acme/api").Issues {
		if StateOf(i) == "open" && len(i.BlockedBy) == 0 && !i.PullRequest {
			if g == nil {
				g = i
			} else if h == nil {
				h = i
			}
		}
	}
	return a, b, g, h
}

func TestUpdatedMovesAsTheTrackersMoveIt(t *testing.T) {
	for _, tc := range []struct {
		name              string
		do                func(s *State, a, b *JiraIssue, g, h *GitHubIssue)
		jira, issue, card bool
	}{
		{"comment", func(s *State, a, _ *JiraIssue, g, _ *GitHubIssue) {
			s.AddComment(a, s.JiraBot, "x", nil)
			s.AddComment(g, s.GitHubBot, "x", nil)
		}, true, true, false},
		{"link", func(s *State, a, b *JiraIssue, g, h *GitHubIssue) { s.wait(a, b, b.Key, nil); s.wait(g, h, "", nil) }, true, false, false},
		{"sub-issue", func(s *State, _, _ *JiraIssue, g, h *GitHubIssue) { s.AddSub(g, h) }, false, false, false},
		{"sprint", func(s *State, a, _ *JiraIssue, g, _ *GitHubIssue) {
			for _, it := range []Item{a, g} {
				if _, err := s.replan(it, "next", nil); err != nil {
					panic(err)
				}
			}
		}, true, false, true},
		{"title", func(s *State, a, _ *JiraIssue, g, _ *GitHubIssue) { s.SetSummary(a, "x", nil); s.SetTitle(g, "x") }, true, true, false},
		{"close", func(s *State, a, _ *JiraIssue, g, _ *GitHubIssue) { s.finish(a, nil); s.finish(g, nil) }, true, true, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := made(t, 100)
			w.Advance(time.Hour)
			_ = w.Write(func(s *State) error {
				a, b, g, h := pairOf(s)
				card := g.Items[0]
				before := []time.Time{a.Updated, g.Updated, card.Updated}
				tc.do(s, a, b, g, h)
				got := []bool{a.Updated != before[0], g.Updated != before[1], card.Updated != before[2]}
				if want := []bool{tc.jira, tc.issue, tc.card}; fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("moved %v; want %v (jira, issue, card)", got, want)
				}
				return nil
			})
		})
	}
}

func marked(kind, period, state string) map[string]json.RawMessage {
	b, _ := json.Marshal(map[string]any{"v": 1, "owner": "acme", "kind": kind, "period": period, "state": state, "digest": "d", "facts": ""})
	return map[string]json.RawMessage{"strata.comment": b}
}

func TestDuplicatesAreCountedWheneverTheyStoodTogether(t *testing.T) {
	w := made(t, 100)
	_ = w.Write(func(s *State) error {
		a, b, _, _ := pairOf(s)
		first := s.AddComment(a, s.JiraBot, "one", marked("flag", "", "open"))
		s.AddComment(b, s.JiraBot, "another item", marked("flag", "", "open"))
		s.AddComment(a, s.JiraBot, "another kind", marked("unblocked", "2026-03-11", "open"))
		s.AddComment(a, s.person("ada"), "forged", marked("flag", "", "open"))
		if n := s.Tally(Jira).Comments.Duplicates; n != 0 {
			t.Errorf("got %d duplicates; want 0", n)
		}
		s.EditComment(a, first, s.JiraBot, "folded", marked("flag", "", "folded"))
		second := s.AddComment(a, s.JiraBot, "anew", marked("flag", "", "open"))
		if n := s.Tally(Jira).Comments.Duplicates; n != 0 {
			t.Errorf("got %d duplicates after a fold; want 0", n)
		}
		third := s.AddComment(a, s.JiraBot, "twice", marked("flag", "", "open"))
		s.DeleteComment(a, third, s.JiraBot) // too late: they stood together
		s.EditComment(a, second, s.JiraBot, "edited", nil)
		got, want := s.Tally(Jira).ByKind["flag"], Count{Posted: 4, Edited: 1, Folded: 1, Erased: 1, Duplicates: 1}
		if got != want {
			t.Errorf("got %+v; want %+v", got, want)
		}
		return nil
	})
}

func TestMarkersAreReadInEveryForm(t *testing.T) {
	anchored := "text {anchor:strata-dj0xIG93bmVyPWFjbWUga2luZD1mbGFnIHBlcmlvZD0gc3RhdGU9b3Blbg}"
	for _, tc := range []struct {
		name string
		t    Tracker
		c    Comment
		kind string
	}{
		{"first line", GitHub, Comment{Body: "<!-- strata v=1 owner=acme kind=flag period= state=open digest=ab facts=e30 -->\n**Off track**"}, "flag"},
		{"second line is a quotation", GitHub, Comment{Body: "> said:\n<!-- strata v=1 owner=acme kind=flag -->"}, ""},
		{"property", Jira, Comment{Properties: marked("agenda", "", "open")}, "agenda"},
		{"anchor", Jira, Comment{Body: anchored}, "flag"},
		{"none", Jira, Comment{Body: "<!-- strata v=1 kind=flag -->"}, ""},
	} {
		if m, _ := ReadMarker(tc.t, &tc.c); m.Kind != tc.kind {
			t.Errorf("%s: got kind %q; want %q", tc.name, m.Kind, tc.kind)
		}
	}
}

func TestEditsTellPeopleOnJiraOnly(t *testing.T) {
	w := made(t, 100)
	_ = w.Write(func(s *State) error {
		a, _, g, _ := pairOf(s)
		c, d := s.AddComment(a, s.JiraBot, "x", nil), s.AddComment(g, s.GitHubBot, "x", nil)
		j, k := s.Tally(Jira).Notifications, s.Tally(GitHub).Notifications
		s.EditComment(a, c, s.JiraBot, "y", nil)
		s.EditComment(g, d, s.GitHubBot, "y", nil)
		if s.Tally(Jira).Notifications != 2*j || j == 0 || s.Tally(GitHub).Notifications != k {
			t.Errorf("got %d and %d after %d and %d", s.Tally(Jira).Notifications, s.Tally(GitHub).Notifications, j, k)
		}
		return nil
	})
}
