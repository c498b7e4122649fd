package world

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// bare is a world with one Jira project and one repository in the product, and one
// of each beyond it. Nothing waits for anything.
func bare(t *testing.T) *World {
	t.Helper()
	w := New(frozen)
	_ = w.Write(func(s *State) error {
		s.JiraBot = s.AddUser(&User{Login: "bot", AccountID: "bot", Bot: true})
		for _, key := range []string{"WEB", "LEGAL"} {
			s.Projects = append(s.Projects, &Project{ID: s.id("project", 1), Key: key, Name: key})
		}
		for _, l := range generatedLinkTypes {
			s.AddLinkType(l[0], l[1], l[2])
		}
		s.AddRepo("acme", "api")
		s.AddRepo("acme", "vendor")
		s.Sprints = []*Sprint{{ID: 1, Name: "Sprint 1", State: Active, Start: noon, End: noon.AddDate(0, 0, 10)}}
		s.calendar = Calendar{Projects: []string{"WEB"}, Repos: []string{"acme/api"}, JiraURL: "https://jira.example", GitHubURL: "https://github.example"}
		for range 6 {
			s.CreateIssue(s.Project("WEB"), JiraIssue{Summary: "web"}, nil)
			s.CreateGitHub(s.Repo("acme/api"), GitHubIssue{Title: "api"}, nil)
		}
		for range 2 {
			s.CreateIssue(s.Project("LEGAL"), JiraIssue{Summary: "legal"}, nil)
			s.CreateGitHub(s.Repo("acme/vendor"), GitHubIssue{Title: "vendor"}, nil)
		}
		return nil
	})
	return w
}

// brief writes dependencies short.
func brief(list []Dependency) (out []string) {
	for _, d := range list {
		out = append(out, d.Waiting+" waits for "+d.Blocker+": "+d.State+" ("+strings.Join(d.Origins, "+")+")")
	}
	return out
}

func TestTheLedgerSaysWhatIsUnresolvedAndWhy(t *testing.T) {
	plan := func(s *State, name string) {
		i := s.JiraIssue(name)
		s.SetSprint(i, s.Sprints[0], nil)
	}
	link := func(s *State, typ, from, to string) {
		s.LinkIssues(s.LinkType(typ), s.JiraIssue(from), s.JiraIssue(to), nil)
	}
	git := func(s *State, name string) *GitHubIssue { it, _ := s.Find(name); return it.(*GitHubIssue) }
	for _, tc := range []struct {
		name string
		do   func(s *State)
		want string // unresolved
		why  string // a part of the reason
	}{
		{"a blocker that is open", func(s *State) { link(s, "Blocks", "WEB-2", "WEB-1") }, "WEB-1 waits for WEB-2: open (typed)", "the blocker is open"},
		{"the waiting one speaks", func(s *State) { link(s, "Depends", "WEB-1", "WEB-2") }, "WEB-1 waits for WEB-2: open (typed)", "open"},
		{"has to be done before", func(s *State) { link(s, "Gantt", "WEB-2", "WEB-1") }, "WEB-1 waits for WEB-2: open (typed)", "open"},
		{"nobody can tell who waits", func(s *State) { link(s, "Blocked", "WEB-1", "WEB-2") }, "", "nobody can tell who waits"},
		{"no dependency", func(s *State) { link(s, "Relates", "WEB-1", "WEB-2") }, "", ""},
		{"a dependency of GitHub", func(s *State) { s.Block(git(s, "acme/api#1"), git(s, "acme/api#2")) }, "acme/api#1 waits for acme/api#2: open (native)", "open"},
		{"said in a text", func(s *State) { s.SetDescription(s.JiraIssue("WEB-1"), "Depends on acme/api#2.", nil) }, "WEB-1 waits for acme/api#2: open (text)", "open"},
		{"said by the blocker, with an address", func(s *State) { s.SetBody(git(s, "acme/api#2"), "This blocks https://jira.example/browse/WEB-1") },
			"WEB-1 waits for acme/api#2: open (text)", "open"},
		{"an address of another site", func(s *State) { s.SetBody(git(s, "acme/api#2"), "This blocks https://other.example/browse/WEB-1") }, "", ""},
		{"told three times", func(s *State) {
			link(s, "Blocks", "WEB-2", "WEB-1")
			link(s, "Requires", "WEB-1", "WEB-2")
			s.SetDescription(s.JiraIssue("WEB-1"), "blocked by WEB-2", nil)
		}, "WEB-1 waits for WEB-2: open (typed+text)", "open"},
		{"delivered", func(s *State) { link(s, "Blocks", "WEB-2", "WEB-1"); s.finish(s.JiraIssue("WEB-2"), nil) }, "", "the blocker is delivered"},
		{"done without a resolution", func(s *State) {
			link(s, "Blocks", "WEB-2", "WEB-1")
			s.SetStatus(s.JiraIssue("WEB-2"), s.StatusIn("done"), nil, nil)
		}, "", "the blocker is delivered"},
		{"dropped", func(s *State) {
			link(s, "Blocks", "WEB-2", "WEB-1")
			s.abandon(s.JiraIssue("WEB-2"), "Won’t Do", nil)
		},
			"WEB-1 waits for WEB-2: dropped (typed)", "closed without delivery: Won’t Do"},
		{"the waiting one is delivered", func(s *State) { link(s, "Blocks", "WEB-2", "WEB-1"); s.finish(s.JiraIssue("WEB-1"), nil) }, "", "the waiting item is closed: delivered"},
		{"a duplicate of what is delivered", func(s *State) {
			link(s, "Blocks", "WEB-2", "WEB-1")
			link(s, "Duplicate", "WEB-2", "WEB-3")
			s.abandon(s.JiraIssue("WEB-2"), "Duplicate", nil)
			s.finish(s.JiraIssue("WEB-3"), nil)
		}, "", "duplicate of WEB-3, which is delivered"},
		{"dropped for another reason than being a duplicate", func(s *State) {
			link(s, "Blocks", "WEB-2", "WEB-1")
			link(s, "Duplicate", "WEB-2", "WEB-3")
			s.abandon(s.JiraIssue("WEB-2"), "Declined", nil)
			s.finish(s.JiraIssue("WEB-3"), nil)
		}, "WEB-1 waits for WEB-2: dropped (typed)", "Declined"},
		{"parent and child", func(s *State) {
			s.CreateIssue(s.Project("WEB"), JiraIssue{Summary: "child", Parent: s.JiraIssue("WEB-1")}, nil)
		}, "", "hierarchy is no dependency"},
		{"a parent linked to its child", func(s *State) {
			c := s.CreateIssue(s.Project("WEB"), JiraIssue{Summary: "child", Parent: s.JiraIssue("WEB-1")}, nil)
			link(s, "Blocks", "WEB-1", c.Key)
		}, "WEB-7 waits for WEB-1: open (typed)", "open"},
		{"beyond the product, seen through its link", func(s *State) { link(s, "Blocks", "LEGAL-1", "WEB-1") }, "WEB-1 waits for LEGAL-1: open (typed)", "open"},
		{"beyond the product and closed", func(s *State) { link(s, "Blocks", "LEGAL-1", "WEB-1"); s.finish(s.JiraIssue("LEGAL-1"), nil) },
			"WEB-1 waits for LEGAL-1: unknown (typed)", "its link says that it is closed, not how"},
		{"beyond the product, asked for because its waiter is planned", func(s *State) {
			link(s, "Blocks", "LEGAL-1", "WEB-1")
			s.finish(s.JiraIssue("LEGAL-1"), nil)
			plan(s, "WEB-1")
		}, "", "delivered"},
		{"what waits lies beyond the product", func(s *State) { link(s, "Blocks", "WEB-1", "LEGAL-1") }, "LEGAL-1 waits for WEB-1: open (typed)", "open"},
		{"both beyond the product", func(s *State) { link(s, "Blocks", "LEGAL-1", "LEGAL-2") }, "", "out of the product's scope"},
		{"a number that is nobody's", func(s *State) { s.SetBody(git(s, "acme/api#1"), "blocked by #99") }, "acme/api#1 waits for acme/api#99: unknown (text)", "no such item"},
		{"a word that only looks like a key", func(s *State) { s.SetBody(git(s, "acme/api#1"), "blocked by LEGAL-1") }, "", ""},
		{"hidden before anybody saw the link", func(s *State) {
			s.JiraIssue("WEB-2").Hidden = true
			link(s, "Blocks", "WEB-2", "WEB-1")
		}, "", "may not be seen, and was not when the link was made"},
		{"of a security level", func(s *State) {
			s.JiraIssue("WEB-2").aside().Level = s.LevelOf(s.Project("WEB"), "Leads")
			link(s, "Blocks", "WEB-2", "WEB-1")
		}, "", "may not be seen"},
		{"a remote link of no configured relationship", func(s *State) {
			i := s.JiraIssue("WEB-1")
			i.Remote = append(i.Remote, &RemoteLink{URL: "https://github.example/acme/api/issues/2", Relationship: "is blocked by"})
		}, "", "a relationship that is not configured"},
		{"a pull request", func(s *State) {
			pr := s.CreateGitHub(s.Repo("acme/api"), GitHubIssue{Title: "pr", PullRequest: true}, nil)
			s.SetDescription(s.JiraIssue("WEB-1"), "blocked by "+pr.Handle(), nil)
			plan(s, "WEB-1")
		}, "WEB-1 waits for acme/api#7: doing (text)", "being worked on"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := bare(t)
			_ = w.Write(func(s *State) error { tc.do(s); return nil })
			truth := w.Truth()
			var want []string
			if tc.want != "" {
				want = []string{tc.want}
			}
			if diff := cmp.Diff(brief(truth.Unresolved), want); diff != "" {
				t.Errorf("unresolved (-got +want):\n%s", diff)
			}
			list := truth.Unresolved
			if tc.want == "" {
				list = truth.Unlisted
			}
			if tc.why == "" && len(truth.Unlisted) > 0 || tc.why != "" && !slices.ContainsFunc(list, func(d Dependency) bool { return strings.Contains(d.Why, tc.why) }) {
				t.Errorf("no reason %q in %+v", tc.why, list)
			}
		})
	}
}

func TestWhatVanishedWithItsFarEndStaysUnknown(t *testing.T) {
	linked := func() *World {
		w := bare(t)
		_ = w.Write(func(s *State) error {
			s.LinkIssues(s.LinkType("Blocks"), s.JiraIssue("WEB-2"), s.JiraIssue("WEB-1"), nil)
			s.Block(s.Repo("acme/api").Issue(1), s.Repo("acme/api").Issue(2))
			return nil
		})
		return w
	}
	unknown := []string{"WEB-1 waits for WEB-2: unknown (typed)", "acme/api#1 waits for acme/api#2: unknown (native)"}
	for _, tc := range []struct {
		name string
		does []string
		want []string
	}{
		{"hidden", []string{`"hide","item":"WEB-2"`, `"hide","item":"acme/api#2"`}, unknown},
		{"hidden and shown again", []string{`"hide","item":"WEB-2"`, `"hide","item":"WEB-2","on":false`, `"unlink","item":"acme/api#1","blocker":"acme/api#2"`},
			[]string{"WEB-1 waits for WEB-2: open (typed)"}},
		{"deleted", []string{`"delete","item":"WEB-2"`, `"delete","item":"acme/api#2"`}, unknown},
		{"unlinked", []string{`"unlink","item":"WEB-1","blocker":"WEB-2"`, `"unlink","item":"acme/api#1","blocker":"acme/api#2"`}, nil},
		{"hidden, then unlinked", []string{`"hide","item":"WEB-2"`, `"unlink","item":"WEB-1","blocker":"WEB-2"`, `"hide","item":"acme/api#2"`,
			`"unlink","item":"acme/api#1","blocker":"acme/api#2"`}, unknown},
		{"the waiting one hidden", []string{`"hide","item":"WEB-1"`, `"hide","item":"acme/api#1"`}, nil},
	} {
		w := linked()
		for _, do := range tc.does {
			if _, err := w.Mutate([]byte(`{"op":` + do + `}`)); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(brief(w.Truth().Unresolved), tc.want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", tc.name, diff)
		}
	}
}

func TestTheLedgerFindsEveryCircle(t *testing.T) {
	w := bare(t)
	_ = w.Write(func(s *State) error {
		block := func(from, to string) { s.LinkIssues(s.LinkType("Blocks"), s.JiraIssue(from), s.JiraIssue(to), nil) }
		block("WEB-1", "WEB-2")
		block("WEB-2", "WEB-1")
		block("WEB-2", "WEB-6") // waits for the circle, and is not in it
		s.SetDescription(s.JiraIssue("WEB-3"), "blocked by acme/api#1", nil)
		s.SetBody(s.Repo("acme/api").Issue(1), "blocked by WEB-3")
		epic := func() *JiraIssue {
			return s.CreateIssue(s.Project("WEB"), JiraIssue{Type: s.typeAt(1), Summary: "epic"}, nil)
		}
		one, two := epic(), epic()
		a := s.CreateIssue(s.Project("WEB"), JiraIssue{Parent: one}, nil)
		b := s.CreateIssue(s.Project("WEB"), JiraIssue{Parent: two}, nil)
		block(one.Key, two.Key) // so its child waits, too
		block(b.Key, a.Key)     // which holds up a child of the first
		c := s.CreateIssue(s.Project("WEB"), JiraIssue{Parent: s.JiraIssue("WEB-4")}, nil)
		block("WEB-4", c.Key) // a parent that blocks its own child is no circle here
		return nil
	})
	want := []Circle{{ByLinks, []string{"WEB-1", "WEB-2"}}, {ByHierarchy, []string{"WEB-10", "WEB-7", "WEB-9"}}, {ByTexts, []string{"WEB-3", "acme/api#1"}}}
	if diff := cmp.Diff(w.Truth().Circles, want); diff != "" {
		t.Errorf("circles (-got +want):\n%s", diff)
	}
}

func TestTheLedgerIsTheSameEachTime(t *testing.T) {
	w := Generate(Options{Seed: 3, Items: 20_000, Now: frozen})
	first := w.Truth()
	if diff := cmp.Diff(first, w.Truth()); diff != "" {
		t.Error(diff)
	}
	if len(first.Unresolved) < 300 || len(first.Circles) == 0 || len(first.Unlisted) == 0 {
		t.Errorf("%d unresolved, %d circles, %d unlisted", len(first.Unresolved), len(first.Circles), len(first.Unlisted))
	}
}

func TestExpectedItemsShowTeamAndPlan(t *testing.T) {
	made(t, 300).Read(func(s *State) {
		teams, planned, children := map[string]int{}, 0, 0
		s.Expect(func(e Expected) bool {
			for _, team := range e.Teams {
				teams[team]++
			}
			if e.Sprint != "" && e.Start != "" && e.End > e.Start {
				planned++
			}
			children += len(e.Children)
			return true
		})
		if len(teams) != 4 || planned < 30 || children < 30 {
			t.Errorf("teams %v, %d planned, %d children", teams, planned, children)
		}
	})
}
