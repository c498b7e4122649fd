package github

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/world"
	"strata/internal/tracker"
	"strata/internal/work"
)

func TestARepositoryOf250IssuesIsReadInThreePages(t *testing.T) {
	b := open(t, 250)
	all, _ := read(t, b.GitHub, repoScope, "")
	if len(all.Records) != 250 || len(all.Commented) != 250 || !all.Full {
		t.Errorf("%d records, %d commented, full %v; want 250, 250, true", len(all.Records), len(all.Commented), all.Full)
	}
	want := map[string]int{"POST /graphql": 4, "GET /repos/acme/api/issues/comments": 1, "all": 5}
	if diff := cmp.Diff(b.counted(), want); diff != "" {
		t.Errorf("requests of the first reading (-got +want):\n%s", diff)
	}

	b.pass(time.Hour)
	again, _ := read(t, b.GitHub, repoScope, all.Next)
	if again.Full {
		t.Error("Full = true; want false")
	}
	want = map[string]int{"GET /repos/acme/api/issues": 1, "POST /graphql": 3, "GET /repos/acme/api/issues/comments": 1, "not modified": 1, "all": 5}
	if diff := cmp.Diff(b.counted(), want); diff != "" {
		t.Errorf("requests when nothing changed (-got +want):\n%s", diff)
	}
}

func TestALinkIsSeenThoughNoUpdateTimeMoves(t *testing.T) {
	b := open(t, 4)
	first, _ := read(t, b.GitHub, repoScope, "")
	waiting, blocker := b.repo.Issues[0], b.repo.Issues[3]
	before := waiting.Updated
	b.pass(24 * time.Hour)
	b.write(func(s *world.State) { s.Block(waiting, blocker) })
	if !waiting.Updated.Equal(before) {
		t.Fatal("the simulator moved the update time; GitHub does not")
	}
	second, _ := read(t, b.GitHub, repoScope, first.Next)
	if got := record(t, second, refOf(waiting)).Links; len(got) != 1 || got[0].To.Ref != refOf(blocker) || got[0].Kind != work.Waits {
		t.Errorf("links = %+v; want that it waits for the blocker", got)
	}
	b.write(func(s *world.State) { s.Unblock(waiting, blocker) })
	third, _ := read(t, b.GitHub, repoScope, second.Next)
	if got := record(t, third, refOf(waiting)).Links; len(got) != 0 {
		t.Errorf("links = %+v; want none after the link was removed", got)
	}
	b.write(func(s *world.State) { s.AddSub(blocker, waiting) })
	fourth, _ := read(t, b.GitHub, repoScope, third.Next)
	if got := record(t, fourth, refOf(waiting)).Parent.Ref; got != refOf(blocker) {
		t.Errorf("parent = %v; want %v", got, refOf(blocker))
	}
}

func TestAProcessThatJustStartedSeesALinkThatWasRemovedMeanwhile(t *testing.T) {
	b := open(t, 3)
	waiting, blocker := b.repo.Issues[0], b.repo.Issues[2]
	b.write(func(s *world.State) { s.Block(waiting, blocker) })
	first, _ := read(t, b.GitHub, repoScope, "")
	b.pass(24 * time.Hour)
	b.write(func(s *world.State) { s.Unblock(waiting, blocker) })
	second, _ := read(t, b.client(nil), repoScope, first.Next)
	if got := record(t, second, refOf(waiting)).Links; len(got) != 0 {
		t.Errorf("links = %+v; want none", got)
	}
	if second.Full || len(second.Commented) != 0 {
		t.Errorf("full %v, %d commented; want neither after a start with a kept cursor", second.Full, len(second.Commented))
	}
}

func TestAClosedIssueIsSeenWithItsResolution(t *testing.T) {
	b := open(t, 3)
	first, _ := read(t, b.GitHub, repoScope, "")
	b.pass(time.Hour)
	b.write(func(s *world.State) {
		s.CloseIssue(b.repo.Issues[0], world.Completed, b.person)
		b.repo.Issues[1].DuplicateOf = b.repo.Issues[2]
		s.CloseIssue(b.repo.Issues[1], world.Duplicate, b.person)
	})
	second, _ := read(t, b.GitHub, repoScope, first.Next)
	done := record(t, second, refOf(b.repo.Issues[0]))
	if done.Resolution.ID != "completed" || done.Status.Category != work.CategoryDone || done.Resolved.IsZero() {
		t.Errorf("closed = %+v; want completed", done)
	}
	double := record(t, second, refOf(b.repo.Issues[1]))
	if double.Resolution.ID != "duplicate" || double.Duplicate.Ref != refOf(b.repo.Issues[2]) {
		t.Errorf("duplicate = %+v; want of %v", double, refOf(b.repo.Issues[2]))
	}
}

func TestIssuesOfOneSecondAreAllRead(t *testing.T) {
	b := open(t, 3)
	first, _ := read(t, b.GitHub, repoScope, "")
	b.pass(time.Hour)
	b.write(func(s *world.State) {
		for range 350 {
			s.CreateGitHub(b.repo, world.GitHubIssue{Title: "imported", Closed: true}, b.person)
		}
	})
	b.pass(time.Minute)
	b.write(func(s *world.State) { s.CreateGitHub(b.repo, world.GitHubIssue{Title: "last", Closed: true}, b.person) })
	b.counted()
	second, _ := read(t, b.GitHub, repoScope, first.Next)
	seen := map[work.Ref]bool{}
	for _, r := range second.Records {
		seen[r.Ref] = true
	}
	if len(seen) < 351 {
		t.Errorf("%d issues read; want the 351 new ones", len(seen))
	}
	if got := b.counted()["GET /repos/acme/api/issues"]; got > 6 {
		t.Errorf("%d requests; want at most 6", got)
	}
}

func TestPullRequestsAreNoItemsOfARepository(t *testing.T) {
	b := open(t, 1)
	pull := func() {
		b.write(func(s *world.State) {
			s.CreateGitHub(b.repo, world.GitHubIssue{Title: "a change", PullRequest: true}, b.person)
		})
	}
	pull()
	first, _ := read(t, b.GitHub, repoScope, "")
	b.pass(time.Hour)
	pull()
	second, _ := read(t, b.GitHub, repoScope, first.Next)
	if len(first.Records) != 1 || len(second.Records) > 1 {
		t.Errorf("%d and %d records; want the issue alone", len(first.Records), len(second.Records))
	}
}

func TestAScopeThatChangedIsReadAnew(t *testing.T) {
	b := open(t, 2)
	first, _ := read(t, b.GitHub, repoScope, "")
	b.write(func(s *world.State) {
		s.CreateGitHub(s.AddRepo("acme", "web"), world.GitHubIssue{Title: "other"}, b.person)
	})
	wider := tracker.Scope{Name: "repos", Repositories: []string{"acme/web", "acme/api"}}
	second, _ := read(t, b.GitHub, wider, first.Next)
	if !second.Full || len(second.Records) != 3 {
		t.Errorf("full %v, %d records; want true, 3", second.Full, len(second.Records))
	}
	third, _ := read(t, b.GitHub, wider, second.Next)
	if third.Full {
		t.Error("Full = true; want false once both repositories were read")
	}
}

func TestALinkIsToldAgainWhenItsReadingWasLost(t *testing.T) {
	b := open(t, 3)
	first, _ := read(t, b.GitHub, repoScope, "")
	waiting := b.repo.Issues[0]
	b.pass(24 * time.Hour)
	b.write(func(s *world.State) { s.Block(waiting, b.repo.Issues[2]) })
	for range 2 { // the caller could not keep what the first of them gave
		again, _ := read(t, b.GitHub, repoScope, first.Next)
		if got := record(t, again, refOf(waiting)).Links; len(got) != 1 {
			t.Errorf("links = %+v; want one", got)
		}
	}
}

func TestAPageThatFailsLosesNoItem(t *testing.T) {
	b := open(t, 130)
	first, err := b.Changes(t.Context(), projectScope, "")
	if err != nil {
		t.Fatal(err)
	}
	b.fault("500", nil)
	if page, err := b.Changes(t.Context(), projectScope, first.Next); err == nil || page.Next != "" {
		t.Fatalf("Changes = %+v, %v; want an error alone", page, err)
	}
	b.sim.Faults().Clear()
	rest, _ := read(t, b.GitHub, projectScope, first.Next)
	if got := len(first.Records) + len(rest.Records); got != 130 {
		t.Errorf("%d items; want 130", got)
	}
}
