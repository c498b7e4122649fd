package githubsim

import (
	"cmp"
	"slices"

	"strata/internal/sandbox/world"
)

func (i *issue) DuplicateOf() *issue { return i.g.other(i.i.DuplicateOf) }
func (i *issue) Parent() *issue      { return i.g.other(i.i.Parent) }

// other is a related issue, or null where the account may not see it.
func (g *graph) other(i *world.GitHubIssue) *issue {
	if !g.shows(i) || i.PullRequest {
		return nil
	}
	return &issue{g, i}
}

func (i *issue) SubIssues(args span) (*connection[*issue], error) {
	return i.g.issues("subIssues", args, i.g.seen(i.i.Subs))
}

func (i *issue) SubIssuesSummary() subIssuesSummary {
	s := subIssuesOf(i.i)
	return subIssuesSummary{s.Total, s.Completed, s.Percent}
}

type subIssuesSummary struct{ Total, Completed, PercentCompleted int }

func (i *issue) BlockedBy(args orderedSpan) (*connection[*issue], error) {
	return i.g.issues("blockedBy", args.span, dependencyOrder(i.g.seen(i.i.BlockedBy), args.OrderBy))
}

func (i *issue) Blocking(args orderedSpan) (*connection[*issue], error) {
	return i.g.issues("blocking", args.span, dependencyOrder(i.g.seen(i.i.Blocking), args.OrderBy))
}

// dependencyOrder sorts dependencies; the world keeps them as they were added.
func dependencyOrder(list []*world.GitHubIssue, by *order) []*world.GitHubIssue {
	if by == nil {
		return list
	}
	if by.Field == "CREATED_AT" {
		slices.SortStableFunc(list, func(x, y *world.GitHubIssue) int {
			return cmp.Or(x.Created.Compare(y.Created), cmp.Compare(x.ID, y.ID))
		})
	}
	if by.Direction == "DESC" {
		slices.Reverse(list)
	}
	return list
}

func (i *issue) IssueDependenciesSummary() dependenciesSummary {
	d := dependenciesOf(i.i)
	return dependenciesSummary{d.BlockedBy, d.Blocking, d.TotalBlockedBy, d.TotalBlocking}
}

type dependenciesSummary struct{ BlockedBy, Blocking, TotalBlockedBy, TotalBlocking int }

// TrackedIssues are those of a task list, which GitHub has given up for sub-issues.
func (i *issue) TrackedIssues(args span) (*connection[*issue], error) {
	return i.g.issues("trackedIssues", args, nil)
}

func (i *issue) TrackedInIssues(args span) (*connection[*issue], error) {
	return i.g.issues("trackedInIssues", args, nil)
}

func (i *issue) TrackedIssuesCount(struct{ States []*string }) int { return 0 }

func (i *issue) LinkedBranches(args span) (*connection[any], error) {
	return none("linkedBranches", args)
}

type closersArgs struct {
	span
	IncludeClosedPrs, OrderByState, UserLinkedOnly bool
}

// ClosedByPullRequestsReferences are the pull requests whose text says that they close it: open ones, and merged ones
// that did.
func (i *issue) ClosedByPullRequestsReferences(args closersArgs) (*connection[*pullRequest], error) {
	var list []*world.GitHubIssue
	for _, pr := range i.g.seen(closers(i.g.s, i.i)) {
		if !pr.Closed || !pr.Merged.IsZero() || args.IncludeClosedPrs {
			list = append(list, pr)
		}
	}
	return i.g.pulls("closedByPullRequestsReferences", args.span, list)
}

func (i *issue) ProjectItems(args struct {
	span
	IncludeArchived bool
}) (*connection[*projectItem], error) {
	var list []*world.ProjectItem
	for _, card := range i.i.Items {
		if (args.IncludeArchived || !card.Archived) && i.g.reads(card.Project) {
			list = append(list, card)
		}
	}
	return connect("projectItems", args.span, len(list), func(n int) *projectItem { return &projectItem{i.g, list[n]} })
}

// ProjectsV2 are the boards that it is on.
func (i *issue) ProjectsV2(args boardsArgs) (*connection[*project], error) {
	return i.g.boards("projectsV2", args, i.boards())
}

func (i *issue) ProjectV2(args struct{ Number int }) (*project, error) {
	return i.g.boardNumbered(i.boards(), args.Number)
}

func (i *issue) boards() []*world.GitHubProject {
	var list []*world.GitHubProject
	for _, card := range i.i.Items {
		list = append(list, card.Project)
	}
	return list
}
