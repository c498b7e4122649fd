package github

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/world"
	"strata/internal/tracker"
	"strata/internal/work"
)

func TestSixtyItemsAreFetchedInTwoRequestsAndOneGoneHarmsNoOther(t *testing.T) {
	b := open(t, 60)
	var targets []work.Target
	for n := 1; n <= 60; n++ {
		targets = append(targets, work.Target{Key: fmt.Sprintf("acme/api#%d", n)})
	}
	targets[30] = work.Target{Key: "acme/api#4711"}
	got, err := b.Fetch(t.Context(), targets)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range got {
		if i == 30 && tracker.KindOf(f.Err) != tracker.NotFound || i != 30 && (f.Err != nil || f.Record.Key != targets[i].Key) {
			t.Errorf("outcome %d = %s, %v", i, f.Record.Key, f.Err)
		}
	}
	want := map[string]int{"POST /graphql": 2, "GET /repos/acme/api/issues/N": 1, "all": 3}
	if diff := cmp.Diff(b.counted(), want); diff != "" {
		t.Errorf("requests (-got +want):\n%s", diff)
	}
	if _, err := b.Fetch(t.Context(), targets[30:31]); err != nil {
		t.Fatal(err)
	}
	if got := b.counted()["GET /repos/acme/api/issues/N"]; got != 0 {
		t.Errorf("%d requests for an issue that was just found gone; want 0", got)
	}
	again := make([]work.Target, 0, len(got))
	for _, f := range got {
		if f.Err == nil {
			again = append(again, work.Target{Ref: f.Record.Ref})
		}
	}
	if _, err := b.Fetch(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if got := b.counted()["all"]; got != 1 {
		t.Errorf("%d requests for 59 known refs; want 1", got)
	}
}

func TestAPullRequestCanBeFetchedAsABlocker(t *testing.T) {
	b := open(t, 0)
	b.write(func(s *world.State) {
		merged := s.CreateGitHub(b.repo, world.GitHubIssue{Title: "a change", PullRequest: true, Closed: true}, b.person)
		merged.Merged, merged.ClosedAt = b.now, b.now
		s.CreateGitHub(b.repo, world.GitHubIssue{Title: "another", PullRequest: true}, b.person)
	})
	got, err := b.Fetch(t.Context(), []work.Target{{Key: "acme/api#1"}, {URL: b.url + "/acme/api/pull/2"}})
	if err != nil || len(got) != 2 {
		t.Fatalf("Fetch = %v, %v", got, err)
	}
	for i, want := range []work.Category{work.CategoryDone, work.CategoryDoing} {
		if r := got[i].Record; !r.Pull || r.Status.Category != want {
			t.Errorf("record %d = %+v; want a pull request, %s", i, r, want)
		}
	}
	if got[0].Record.Resolution.ID != "merged" {
		t.Errorf("resolution = %+v; want merged", got[0].Record.Resolution)
	}
}

func TestATransferredIssueIsFoundByItsOldKey(t *testing.T) {
	b := open(t, 2)
	b.write(func(s *world.State) { s.Transfer(b.repo.Issues[0], s.AddRepo("acme", "web")) })
	got, err := b.Fetch(t.Context(), []work.Target{{Key: "acme/api#1"}})
	if err != nil || got[0].Err != nil {
		t.Fatalf("Fetch = %+v, %v", got, err)
	}
	if r := got[0].Record; r.Key != "acme/web#1" || len(r.OldKeys) != 1 || r.OldKeys[0] != "acme/api#1" {
		t.Errorf("record = %s, formerly %v; want acme/web#1, formerly acme/api#1", r.Key, r.OldKeys)
	}
}

func TestAnItemOfAnEarlierProcessIsFoundByItsRefAlone(t *testing.T) {
	b := open(t, 150)
	ref := refOf(b.repo.Issues[149])
	g := b.client(nil)
	if _, err := g.Comments(t.Context(), ref); tracker.KindOf(err) != tracker.NotFound {
		t.Errorf("Comments = %v; want not found while no repository is known", err)
	}
	g.Check(t.Context(), []tracker.Scope{repoScope})
	b.counted()
	if _, err := g.Comments(t.Context(), ref); err != nil {
		t.Errorf("Comments: %v", err)
	}
	if got := b.counted()["POST /graphql"]; got != 2 {
		t.Errorf("%d requests; want two pages of places", got)
	}

	told := b.client(nil)
	told.Remember([]work.Record{{Ref: ref, Key: "acme/api#150"}})
	b.counted()
	if _, err := told.Comments(t.Context(), ref); err != nil {
		t.Errorf("Comments: %v", err)
	}
	if got := b.counted()["all"]; got != 2 {
		t.Errorf("%d requests; want 2: who we are, and the comments", got)
	}
}

func TestDependenciesBeyondAPageAreRead(t *testing.T) {
	b := open(t, 130)
	b.write(func(s *world.State) {
		for _, blocker := range b.repo.Issues[1:] {
			s.Block(b.repo.Issues[0], blocker)
		}
	})
	all, _ := read(t, b.GitHub, repoScope, "")
	if got := len(record(t, all, refOf(b.repo.Issues[0])).Links); got != 129 {
		t.Errorf("%d links; want 129", got)
	}
	b.counted()
	again, _ := read(t, b.GitHub, repoScope, all.Next)
	for _, r := range again.Records {
		if r.Ref == refOf(b.repo.Issues[0]) {
			t.Error("an unchanged issue with many dependencies was read again")
		}
	}
}

func TestAGeneratedProductIsReadAsItIs(t *testing.T) {
	b := open(t, 0)
	made := world.Generate(world.Options{Seed: 7, Items: 300, Now: b.world.Now})
	served := serve(t, made)
	var project tracker.Scope
	links, issues := map[string]bool{}, map[string]string{}
	repos := tracker.Scope{Name: "repos"}
	made.Read(func(s *world.State) {
		for _, r := range s.Repos {
			if r.Hidden {
				continue
			}
			repos.Repositories = append(repos.Repositories, r.FullName())
			for _, i := range r.Issues {
				if i.PullRequest || i.Hidden {
					continue
				}
				issues[i.Handle()] = i.Title
				for _, blocker := range i.BlockedBy {
					if blocker.Repo.Hidden {
						continue // GitHub leaves it out
					}
					links[i.Handle()+" waits for "+blocker.Handle()] = true
				}
			}
		}
		p := s.GitHubProjects[0]
		project = tracker.Scope{Name: "board", Project: fmt.Sprintf("%s/%d", p.Owner, p.Number)}
	})
	g := served
	all, _ := read(t, g, repos, "")
	gotLinks, gotIssues := map[string]bool{}, map[string]string{}
	for _, r := range all.Records {
		gotIssues[r.Key] = r.Title
		for _, l := range r.Links {
			if l.Kind == work.Waits {
				gotLinks[r.Key+" waits for "+l.To.Key] = true
			}
		}
	}
	if diff := cmp.Diff(gotIssues, issues); diff != "" || len(issues) < 20 {
		t.Errorf("issues (-got +want):\n%s", diff)
	}
	if diff := cmp.Diff(gotLinks, links); diff != "" || len(links) == 0 {
		t.Errorf("dependencies (-got +want):\n%s", diff)
	}
	board, _ := read(t, g, project, "")
	if len(board.Sprints) == 0 || len(board.Records) == 0 {
		t.Errorf("board: %d sprints, %d items; want some", len(board.Sprints), len(board.Records))
	}
	if faults, _ := told(g.Check(t.Context(), []tracker.Scope{repos, project})); faults != "" {
		t.Errorf("faults:\n%s", faults)
	}
}
