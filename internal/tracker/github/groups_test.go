package github

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/world"
	"strata/internal/work"
)

func TestAnItemHasTheTeamsOfItsAssignee(t *testing.T) {
	b := open(t, 0)
	owned, free := b.add("owned"), b.add("free")
	b.write(func(s *world.State) {
		s.SetAssignees(owned, []*world.User{b.person})
		s.AddGitHubTeam("acme", "Core", b.person)
	})
	g := b.client(func(c *Config) { c.Groups = []string{"acme/core", "acme/gone", "no team"} })
	want := map[string][]string{refOf(owned).ID: {"acme/core"}, refOf(free).ID: nil}
	for _, scope := range []string{"board", "repos"} {
		b.counted()
		at := projectScope
		if scope == "repos" {
			at = repoScope
		}
		all, _ := read(t, g, at, "")
		got := map[string][]string{}
		for _, r := range all.Records {
			got[r.Ref.ID] = r.Groups
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", scope, diff)
		}
		if asked := b.counted()["GET /orgs/acme/teams/core/members"]; asked != map[string]int{"board": 1, "repos": 0}[scope] {
			t.Errorf("%s: asked %d times for the members, want once an hour", scope, asked)
		}
	}
	told := ""
	for _, p := range g.Check(t.Context(), nil) {
		told += p.Text + "\n"
	}
	for _, group := range []string{`"acme/gone"`, `"no team"`} {
		if !strings.Contains(told, group) {
			t.Errorf("check does not name %s in:\n%s", group, told)
		}
	}
	if strings.Contains(told, `"acme/core"`) {
		t.Errorf("check names a team that is there:\n%s", told)
	}
}

func TestAnIterationThatTheFieldForgotIsReadFromItsCards(t *testing.T) {
	b := open(t, 0)
	first, second := b.add("first"), b.add("second")
	b.write(func(s *world.State) {
		f := b.project.Field("Iteration")
		f.Iterations = []*world.Iteration{
			{ID: "aaaa0001", Title: "Sprint 1", Start: time.Date(2026, 2, 16, 0, 0, 0, 0, time.UTC), Days: 14},
			{ID: "aaaa0002", Title: "Sprint 2", Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Days: 14},
		}
		for _, issue := range []*world.GitHubIssue{first, second} {
			s.SetValue(issue.Items[0], world.Value{Field: f, Iteration: f.Iterations[0]})
		}
		f.Iterations = f.Iterations[1:]
	})
	all, _ := read(t, b.GitHub, projectScope, "")
	got := map[work.SprintID]string{}
	for _, s := range all.Sprints {
		if _, twice := got[s.ID]; twice {
			t.Errorf("%s is told twice", s.ID)
		}
		got[s.ID] = s.Name + " " + s.StartDay.String() + " " + s.EndDay.String() + " " + s.Board
	}
	want := map[work.SprintID]string{"github:aaaa0001": "Sprint 1 2026-02-16 2026-03-01 acme/7", "github:aaaa0002": "Sprint 2 2026-03-02 2026-03-15 acme/7"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("iterations (-got +want):\n%s", diff)
	}
}
