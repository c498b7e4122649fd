package github

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
	"strata/internal/tracker"
	"strata/internal/work"
)

func TestABoardOf250ItemsTakesThreePagesAndOneListOfComments(t *testing.T) {
	b := open(t, 250)
	for reading := range 2 {
		b.counted()
		all, _ := read(t, b.GitHub, projectScope, "")
		want := map[string]int{"POST /graphql": 3, "GET /repos/acme/api/issues/comments": 1, "all": 4}
		if reading == 0 {
			want["POST /graphql"], want["all"] = 4, 5 // and who we are, once
		} else {
			want["not modified"] = 1
		}
		if diff := cmp.Diff(b.counted(), want); diff != "" {
			t.Errorf("requests of reading %d (-got +want):\n%s", reading, diff)
		}
		if len(all.Records) != 250 || len(all.Commented) != 250 || !all.Full {
			t.Errorf("%d records, %d commented, full %v; want 250, 250, true", len(all.Records), len(all.Commented), all.Full)
		}
	}
}

func TestAnItemOfABoardHasTheIssuesFactsAndTheFields(t *testing.T) {
	b := open(t, 0)
	blocker, parent, item := b.add("blocker"), b.add("parent"), b.add("item")
	estimate := 5.0
	b.write(func(s *world.State) {
		for n, start := range []time.Time{time.Date(2026, 2, 16, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)} {
			f := b.project.Field("Iteration")
			f.Iterations = append(f.Iterations, &world.Iteration{ID: []string{"aaaa0001", "aaaa0002"}[n], Title: []string{"Sprint 1", "Sprint 2"}[n], Start: start, Days: 14})
		}
		s.Block(item, blocker)
		s.AddSub(parent, item)
		s.CloseIssue(blocker, world.NotPlanned, b.person)
		s.SetAssignees(item, []*world.User{b.person})
		s.SetLabels(item, []*world.Label{s.LabelIn(b.repo, "web"), s.LabelIn(b.repo, "checkout")})
		item.Type = &world.GitHubType{ID: 3, Name: "Task"}
		item.Milestone = &world.Milestone{ID: 1, Number: 1, Title: "v1", Due: time.Date(2026, 4, 30, 7, 0, 0, 0, time.UTC)}
		card := item.Items[0]
		for _, v := range []world.Value{
			{Field: b.project.Field("Status"), Option: b.project.Field("Status").Option("In Progress")},
			{Field: b.project.Field("Iteration"), Iteration: b.project.Field("Iteration").Iteration("Sprint 2")},
			{Field: b.project.Field("Estimate"), Number: &estimate},
			{Field: b.project.Field("Team"), Text: "Core"},
		} {
			s.SetValue(card, v)
		}
	})
	all, _ := read(t, b.GitHub, projectScope, "")

	got := record(t, all, refOf(item))
	want := work.Record{
		Ref: refOf(item), Key: "acme/api#3", URL: b.url + "/acme/api/issues/3", Title: "item", Scopes: []string{"board"},
		Type: "Task", Status: work.Status{ID: "0b", Name: "In Progress", Category: work.CategoryNew},
		Project: "acme/api", Labels: []string{"checkout", "web"}, Team: []string{"Core"}, Assignee: "mia",
		Sprints: []work.SprintID{"github:aaaa0002"}, Due: "2026-04-30", Estimate: &estimate, Rank: "0000003",
		Parent: work.Target{Ref: refOf(parent), Key: "acme/api#2", URL: b.url + "/acme/api/issues/2",
			Stub: &work.Stub{Title: "parent", Status: work.Status{ID: "open", Name: "Open", Category: work.CategoryNew}}},
		Links: []work.RecordLink{{Kind: work.Waits, TypeName: "blocked by", Origin: work.Native, To: work.Target{
			Ref: refOf(blocker), Key: "acme/api#1", URL: b.url + "/acme/api/issues/1",
			Stub: &work.Stub{Title: "blocker", Status: work.Status{ID: "closed", Name: "Closed", Category: work.CategoryDone}, Resolved: true}}}},
		Texts: []work.SourceText{{Dialect: work.GitHubMarkdown, Text: "Text of item"}},
	}
	if diff := cmp.Diff(got, want, cmpopts.IgnoreFields(work.Record{}, "Created", "Updated")); diff != "" {
		t.Errorf("record (-got +want):\n%s", diff)
	}

	other := record(t, all, refOf(blocker))
	if other.Resolution.ID != "not_planned" || other.Status.Category != work.CategoryDone || other.Resolved.IsZero() {
		t.Errorf("the dropped blocker = %+v; want done, not planned, with its day", other)
	}
	if len(other.Links) != 1 || other.Links[0].Kind != work.Blocks || other.Links[0].To.Ref != refOf(item) || !other.Links[0].Speaks {
		t.Errorf("links of the blocker = %+v; want that it blocks the item", other.Links)
	}

	wantSprints := []work.RecordSprint{
		{ID: "github:aaaa0001", Name: "Sprint 1", State: work.SprintClosed, StartDay: work.Date(2026, 2, 16), EndDay: work.Date(2026, 3, 1), Board: "acme/7"},
		{ID: "github:aaaa0002", Name: "Sprint 2", StartDay: work.Date(2026, 3, 2), EndDay: work.Date(2026, 3, 15), Board: "acme/7"},
	}
	if diff := cmp.Diff(all.Sprints, wantSprints); diff != "" {
		t.Errorf("sprints (-got +want):\n%s", diff)
	}
}

func record(t *testing.T, page tracker.Page, ref work.Ref) work.Record {
	t.Helper()
	for _, r := range page.Records {
		if r.Ref == ref {
			return r
		}
	}
	t.Fatalf("no record of %s among %d", ref, len(page.Records))
	return work.Record{}
}

func TestDraftsPullRequestsAndArchivedItemsAreNoItems(t *testing.T) {
	b := open(t, 2)
	b.write(func(s *world.State) {
		s.AddCard(b.project, nil, &world.DraftIssue{ID: 5, Title: "a note"}, b.person)
		pull := s.CreateGitHub(b.repo, world.GitHubIssue{Title: "a change", PullRequest: true}, b.person)
		s.AddCard(b.project, pull, nil, b.person)
		s.AddCard(b.project, b.repo.Issues[0], nil, b.person).Redacted = true
		b.project.Items[1].Archived = true
	})
	all, _ := read(t, b.GitHub, projectScope, "")
	if len(all.Records) != 1 || all.Hidden != 1 {
		t.Errorf("%d records, %d hidden; want 1 and 1", len(all.Records), all.Hidden)
	}
}

func TestAPageThatIsTooHeavyIsReadInSmallerOnes(t *testing.T) {
	for _, fault := range []string{"F28", "resource-limits"} {
		t.Run(fault, func(t *testing.T) {
			b := open(t, 60)
			if _, err := b.whoami(t.Context()); err != nil {
				t.Fatal(err)
			}
			b.fault(fault, func(f *control.Fault) {
				f.Value = "25"
				if fault == "resource-limits" {
					f.Times = 2
				}
			})
			all, _ := read(t, b.GitHub, projectScope, "")
			if len(all.Records) != 60 {
				t.Errorf("%d records; want 60", len(all.Records))
			}
			b.sim.Faults().Clear()
			b.counted()
			read(t, b.GitHub, projectScope, all.Next)
			if got := b.counted()["POST /graphql"]; got != 3 {
				t.Errorf("%d requests; want 3: the size that passed is kept", got)
			}
		})
	}
}

func TestAnItemThatLeftTheBoardIsNotNamedByTheNextReading(t *testing.T) {
	b := open(t, 3)
	first, _ := read(t, b.GitHub, projectScope, "")
	b.write(func(*world.State) { b.project.Items = b.project.Items[1:] })
	second, _ := read(t, b.GitHub, projectScope, first.Next)
	if len(second.Records) != 2 || !second.Full {
		t.Errorf("%d records, full %v; want 2, true", len(second.Records), second.Full)
	}
}

func TestAProjectThatCannotBeSeenIsNotFoundAndNotEmpty(t *testing.T) {
	b := open(t, 1)
	page, err := b.Changes(t.Context(), tracker.Scope{Name: "board", Project: "acme/8"}, "")
	if tracker.KindOf(err) != tracker.NotFound || page.Next != "" {
		t.Errorf("Changes = %+v, %v; want not found and no page", page, err)
	}
}
