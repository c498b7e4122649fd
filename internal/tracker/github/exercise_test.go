package github

import (
	"fmt"
	"strconv"
	"testing"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
	"strata/internal/tracker"
	"strata/internal/tracker/trackertest"
	"strata/internal/work"
)

func TestAGitHubRepositoryKeepsTheContract(t *testing.T) {
	trackertest.Exercise(t, func(t *testing.T) (tracker.Tracker, trackertest.Controls) {
		b := open(t, 5)
		// An item is reached only after it was read, as in every cycle.
		read(t, b.GitHub, repoScope, "")
		return b.GitHub, b.controls(repoScope)
	})
}

func (b *bench) controls(scope tracker.Scope) trackertest.Controls {
	c := trackertest.Controls{
		Scope: scope,
		Missing: []work.Target{
			{Ref: work.Ref{Tracker: "github", ID: "1"}}, {Key: "acme/api#999"}, {Key: "acme/nowhere#1"},
			{URL: b.url + "/acme/api/issues/998"}, {URL: "https://elsewhere.example/acme/api/issues/1"},
		},
		Touch: func(_ testing.TB, item work.Ref) {
			b.on(item, func(s *world.State, i *world.GitHubIssue) { s.SetTitle(i, i.Title+" again") })
		},
		Comment: func(_ testing.TB, item work.Ref, text string) (id string) {
			b.on(item, func(s *world.State, i *world.GitHubIssue) {
				id = strconv.FormatInt(s.AddComment(i, b.person, text, nil).ID, 10)
			})
			return id
		},
		Person: work.Person{ID: strconv.FormatInt(b.person.ID, 10), Name: b.person.Login},
		Reword: func(_ testing.TB, item work.Ref, id, text string) {
			n, _ := strconv.ParseInt(id, 10, 64)
			b.on(item, func(s *world.State, i *world.GitHubIssue) {
				_, c := s.Comment(world.GitHub, n)
				s.EditComment(i, c, b.person, text, nil)
			})
		},
		TakeRights: func(t testing.TB, author string) {
			if author != strconv.FormatInt(b.person.ID, 10) {
				t.Fatalf("the author of a remark is %s; want the account's id %d", author, b.person.ID)
			}
			b.write(func(*world.State) { b.person.Role = world.Reader })
		},
		Delete: func(t testing.TB, item work.Ref, id string) {
			n, _ := strconv.ParseInt(id, 10, 64)
			b.on(item, func(s *world.State, i *world.GitHubIssue) {
				_, c := s.Comment(world.GitHub, n)
				s.DeleteComment(i, c, b.person)
			})
		},
		LoseAnswer: func(testing.TB) {
			b.fault("F31", func(f *control.Fault) { f.Times, f.Route = 1, "POST /repos" })
		},
		Break: func(testing.TB) func() {
			b.fault("500", nil)
			return b.sim.Faults().Clear
		},
		Count: func(_ testing.TB, item work.Ref) (n int) {
			b.on(item, func(_ *world.State, i *world.GitHubIssue) { n = len(i.Comments) })
			return n
		},
	}
	b.world.Read(func(*world.State) {
		for _, i := range b.repo.Issues {
			item := target(i)
			item.URL = fmt.Sprintf("%s/acme/api/issues/%d", b.url, i.Number)
			c.Items = append(c.Items, item)
		}
	})
	return c
}

// on does something to an item; time has gone by.
func (b *bench) on(item work.Ref, do func(*world.State, *world.GitHubIssue)) {
	b.t.Helper()
	id, err := strconv.ParseInt(item.ID, 10, 64)
	if err != nil {
		b.t.Fatal(err)
	}
	b.pass(1e9)
	b.write(func(s *world.State) {
		i := s.GitHubIssue(id)
		if i == nil {
			b.t.Fatalf("no item %s", item)
		}
		do(s, i)
	})
}
