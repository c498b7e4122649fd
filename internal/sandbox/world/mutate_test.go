package world

import (
	"errors"
	"strings"
	"testing"
)

func TestEveryMutationDoesWhatItSays(t *testing.T) {
	for _, tc := range []struct {
		name, say string // $A $B Jira, $G $H GitHub
		check     func(s *State, a, b *JiraIssue, g, h *GitHubIssue) bool
	}{
		{"close", `{"op":"close","item":"$A"}`, func(_ *State, a, _ *JiraIssue, _, _ *GitHubIssue) bool { return StateOf(a) == "delivered" }},
		{"close in GitHub", `{"op":"close","item":"$G"}`, func(_ *State, _, _ *JiraIssue, g, _ *GitHubIssue) bool {
			return g.StateReason == Completed && g.Items[0].Value("Status").Option.Name == "Done"
		}},
		{"drop", `{"op":"drop","item":"$A","resolution":"Duplicate"}`, func(_ *State, a, _ *JiraIssue, _, _ *GitHubIssue) bool {
			return StateOf(a) == "dropped" && a.Resolution.Name == "Duplicate"
		}},
		{"drop in GitHub", `{"op":"drop","item":"$G"}`, func(_ *State, _, _ *JiraIssue, g, _ *GitHubIssue) bool { return g.StateReason == NotPlanned }},
		{"reopen", `{"op":"reopen","item":"$A"}`, func(_ *State, a, _ *JiraIssue, _, _ *GitHubIssue) bool { return StateOf(a) == "open" }},
		{"doing", `{"op":"doing","item":"$G"}`, func(_ *State, _, _ *JiraIssue, g, _ *GitHubIssue) bool { return StateOf(g) == "doing" }},
		{"link", `{"op":"link","item":"$A","blocker":"$B"}`, func(s *State, a, b *JiraIssue, _, _ *GitHubIssue) bool {
			return a.Links[0].From.Issue == b && a.Links[0].Type.Name == "Blocks" && waits(s, a, b)
		}},
		{"link with the other direction", `{"op":"link","item":"$A","to":"$B","type":"Depends"}`, func(s *State, a, b *JiraIssue, _, _ *GitHubIssue) bool {
			return a.Links[0].From.Issue == a && waits(s, a, b)
		}},
		{"link in GitHub", `{"op":"link","item":"$G","blocker":"$H"}`, func(s *State, _, _ *JiraIssue, g, h *GitHubIssue) bool { return waits(s, g, h) && len(h.Blocking) == 1 }},
		{"link across", `{"op":"link","item":"$A","blocker":"$G"}`, func(s *State, a, _ *JiraIssue, g, _ *GitHubIssue) bool {
			return waits(s, a, g) && strings.HasSuffix(a.Description, "\nblocked by "+g.Handle()+"\n")
		}},
		{"link across by URL", `{"op":"link","item":"$G","blocker":"https://acme.atlassian.net/browse/$A"}`, func(s *State, a, _ *JiraIssue, g, _ *GitHubIssue) bool {
			return waits(s, g, a) && strings.Contains(g.Body, "blocked by https://")
		}},
		{"sprint", `{"op":"sprint","item":"$A","sprint":"next"}`, func(_ *State, a, _ *JiraIssue, _, _ *GitHubIssue) bool {
			return strings.HasSuffix(a.Sprint().Name, " 7")
		}},
		{"sprint by distance", `{"op":"sprint","item":"$G","sprint":"+2"}`, func(_ *State, _, _ *JiraIssue, g, _ *GitHubIssue) bool {
			return g.Items[0].Value("Iteration").Iteration.Title == "Sprint 8"
		}},
		{"backlog", `{"op":"sprint","item":"$A","sprint":null}`, func(_ *State, a, _ *JiraIssue, _, _ *GitHubIssue) bool { return a.Sprint() == nil }},
		{"comment", `{"op":"comment","item":"$A","author":"ada","body":"hi"}`, func(_ *State, a, _ *JiraIssue, _, _ *GitHubIssue) bool {
			return a.Comments[len(a.Comments)-1].Author.Login == "ada"
		}},
		{"assign", `{"op":"assign","item":"$A","assignee":"newcomer"}`, func(_ *State, a, _ *JiraIssue, _, _ *GitHubIssue) bool { return a.Assignee.Login == "newcomer" }},
		{"title", `{"op":"title","item":"$G","title":"T"}`, func(_ *State, _, _ *JiraIssue, g, _ *GitHubIssue) bool { return g.Title == "T" }},
		{"body", `{"op":"body","item":"$A","body":"B"}`, func(_ *State, a, _ *JiraIssue, _, _ *GitHubIssue) bool { return a.Description == "B" }},
		{"create", `{"op":"create","project":"WEB","title":"N","sprint":"active"}`, func(s *State, _, _ *JiraIssue, _, _ *GitHubIssue) bool {
			i := s.Jira[len(s.Jira)-1]
			return i.Summary == "N" && i.Sprint().State == Active
		}},
		{"delete", `{"op":"delete","item":"$A"}`, func(s *State, a, _ *JiraIssue, _, _ *GitHubIssue) bool { return s.JiraIssue(a.Key) == nil }},
		{"delete in GitHub", `{"op":"delete","item":"$G"}`, func(_ *State, _, _ *JiraIssue, g, _ *GitHubIssue) bool { return g.Repo.Gone[g.Number] }},
		{"hide", `{"op":"hide","item":"$A"}`, func(_ *State, a, _ *JiraIssue, _, _ *GitHubIssue) bool { return a.Hidden }},
		{"lock", `{"op":"lock","item":"$G","reason":"spam"}`, func(_ *State, _, _ *JiraIssue, g, _ *GitHubIssue) bool { return g.Locked && g.LockReason == "spam" }},
		{"rights", `{"op":"rights","author":"ada","role":"read"}`, func(s *State, _, _ *JiraIssue, _, _ *GitHubIssue) bool {
			return !s.User("ada").MayEdit() && !s.User("zoe").MayEdit() && s.User("ben").MayEdit()
		}},
		{"comment by an app", `{"op":"comment","item":"$A","author":"sync[bot]","body":"hi"}`, func(s *State, _, _ *JiraIssue, _, _ *GitHubIssue) bool {
			return s.User("sync[bot]").Kind == "Bot"
		}},
		{"move", `{"op":"move","item":"$A","project":"PLAT"}`, func(s *State, a, _ *JiraIssue, _, _ *GitHubIssue) bool {
			return a.Project.Key == "PLAT" && s.JiraIssue(a.OldKeys[0]) == a && s.JiraIssue(a.Key) == a
		}},
		{"transfer", `{"op":"transfer","item":"$G","repository":"acme/platform"}`, func(s *State, _, _ *JiraIssue, g, _ *GitHubIssue) bool {
			return g.Repo.Name == "platform" && len(s.Repo("acme/api").Moved) == 1
		}},
		{"rename-project", `{"op":"rename-project","project":"WEB","key":"SITE"}`, func(s *State, _, _ *JiraIssue, _, _ *GitHubIssue) bool {
			return s.JiraIssue("WEB-1").Key == "SITE-1"
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := made(t, 100)
			var a, b *JiraIssue
			var g, h *GitHubIssue
			w.Read(func(s *State) { a, b, g, h = pairOf(s) })
			say := strings.NewReplacer("$A", a.Key, "$B", b.Key, "$G", g.Handle(), "$H", h.Handle()).Replace(tc.say)
			out, err := w.Mutate([]byte(say))
			if err != nil {
				t.Fatal(err)
			}
			w.Read(func(s *State) {
				if !tc.check(s, a, b, g, h) {
					t.Errorf("%s answered %+v, but it is not so", say, out)
				}
				if len(s.Journal) == 0 {
					t.Error("the journal knows nothing of it")
				}
			})
		})
	}
}

func waits(s *State, w, b Item) bool {
	for _, o := range s.Blockers(w) {
		if o == b {
			return true
		}
	}
	return false
}

func TestUnlinkFreesInEveryForm(t *testing.T) {
	w := made(t, 100)
	var a, b *JiraIssue
	var g, h *GitHubIssue
	w.Read(func(s *State) { a, b, g, h = pairOf(s) })
	for _, p := range [][2]string{{a.Key, b.Key}, {g.Handle(), h.Handle()}, {a.Key, g.Handle()}, {h.Handle(), b.Key}} {
		for _, op := range []string{"link", "unlink"} {
			if _, err := w.Mutate([]byte(`{"op":"` + op + `","item":"` + p[0] + `","blocker":"` + p[1] + `"}`)); err != nil {
				t.Errorf("%s %v: %v", op, p, err)
			}
		}
	}
	w.Read(func(s *State) {
		for _, it := range []Item{a, b, g, h} {
			if left := s.Blockers(it); len(left) != 0 {
				t.Errorf("%s still waits for %v", it.Handle(), left)
			}
		}
	})
}

func TestAMistakeNamesWhatIsAllowed(t *testing.T) {
	for say, want := range map[string]string{
		`{"op":"explode","item":"WEB-1"}`:                         "unknown op",
		`{"op":"close"}`:                                          "needs an item",
		`{"op":"close","item":"WEB-99999"}`:                       "no item",
		`{"op":"link","item":"WEB-1"}`:                            "needs a blocker",
		`{"op":"sprint","item":"WEB-2","sprint":"zz"}`:            "no sprint",
		`{"op":"close","itm":"WEB-1"}`:                            "unknown field",
		`{"op":"link","item":"WEB-2","to":"WEB-3","type":"Nope"}`: "no link type",
		`{"op":"rights","author":"ada","role":"king"}`:            "one of the roles",
		`{"op":"rights","role":"read"}`:                           "needs an author",
		`nonsense`:                                                "one JSON object",
	} {
		_, err := made(t, 100).Mutate([]byte(say))
		var bad *BadMutation
		if !errors.As(err, &bad) || !strings.Contains(bad.Text, want) {
			t.Errorf("%s: got %v; want %q", say, err, want)
		}
	}
}
