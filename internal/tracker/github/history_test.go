package github

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/world"
	"strata/internal/work"
)

func TestAHistoryTellsWhenAnIssueWasBegunAndClosed(t *testing.T) {
	b := open(t, 2)
	issue, other := b.repo.Issues[0], b.repo.Issues[1]
	card := b.project.Items[slices.IndexFunc(b.project.Items, func(c *world.ProjectItem) bool { return c.Issue == issue })]
	status := b.project.Fields[0]
	at := map[string]time.Time{}
	step := func(name string, change func(*world.State)) {
		b.pass(24 * time.Hour)
		b.write(change)
		at[name] = b.now
	}
	step("todo", func(s *world.State) {
		s.ChangeValue(card, world.Value{Field: status, Option: status.Options[0]}, b.person)
	})
	step("doing", func(s *world.State) {
		s.ChangeValue(card, world.Value{Field: status, Option: status.Options[1]}, b.person)
	})
	step("closed", func(s *world.State) { s.CloseIssue(issue, "completed", b.person) })
	step("reopened", func(s *world.State) { s.ReopenIssue(issue, b.person) })

	if got, err := b.History(t.Context(), []work.Ref{refOf(issue)}); err != nil || len(got) != 0 {
		t.Errorf("before a reading nobody knows where the issue is: %+v, %v", got, err)
	}
	read(t, b.GitHub, repoScope, "")
	pasts, err := b.History(t.Context(), []work.Ref{refOf(issue), {Tracker: "jira", ID: "1"}, refOf(other)})
	if err != nil || len(pasts) != 2 || pasts[1].Ref != refOf(other) || len(pasts[1].Steps) != 0 {
		t.Fatalf("%+v, %v; want the pasts of both issues, the other's empty", pasts, err)
	}
	open, closed := work.Status{Category: work.CategoryNew}, work.Status{ID: "closed", Category: work.CategoryDone}
	named := func(name string) work.Status { return work.Status{Name: name, Category: work.CategoryNew} }
	want := []work.Step{
		{At: at["doing"], Of: work.StatusStep, From: named("Todo"), To: named("In Progress")},
		{At: at["closed"], Of: work.StatusStep, From: open, To: closed},
		{At: at["reopened"], Of: work.StatusStep, From: closed, To: open},
	}
	got := slices.DeleteFunc(pasts[0].Steps, func(s work.Step) bool { return s.From.Name == "" && s.To.Name == "Todo" })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
