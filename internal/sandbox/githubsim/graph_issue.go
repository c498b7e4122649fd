package githubsim

import (
	"cmp"
	"slices"
	"strings"

	graphql "github.com/graph-gophers/graphql-go"

	"strata/internal/sandbox/world"
)

type issue struct {
	g *graph
	i *world.GitHubIssue
}

func (i *issue) ID() graphql.ID            { return graphql.ID(i.i.NodeID()) }
func (i *issue) DatabaseID() *int32        { return smallID(i.i.ID) }
func (i *issue) FullDatabaseID() *bigInt   { n := bigInt(i.i.ID); return &n }
func (i *issue) Number() int32             { return int32(i.i.Number) }
func (i *issue) Title() string             { return i.i.Title }
func (i *issue) Body() string              { return i.i.Body }
func (i *issue) URL() uri                  { return uri(i.g.at.page(i.i)) }
func (i *issue) State() string             { return strings.ToUpper(stateWord(i.i.Closed)) }
func (i *issue) Closed() bool              { return i.i.Closed }
func (i *issue) CreatedAt() dateTime       { return dateTime{i.i.Created} }
func (i *issue) UpdatedAt() dateTime       { return dateTime{i.i.Updated} }
func (i *issue) ClosedAt() *dateTime       { return instantOrNull(i.i.ClosedAt) }
func (i *issue) LastEditedAt() *dateTime   { return nil }
func (i *issue) Locked() bool              { return i.i.Locked }
func (i *issue) Author() *actor            { return i.g.actor(i.i.Author) }
func (i *issue) AuthorAssociation() string { return association(i.i) }
func (i *issue) ViewerDidAuthor() bool     { return i.i.Author == i.g.me }
func (i *issue) Repository() *repository   { return &repository{i.g, i.i.Repo} }

// StateReason hides duplicates behind NOT_PLANNED from clients that do not ask for them.
func (i *issue) StateReason(args struct{ EnableDuplicate bool }) *string {
	reason := i.i.StateReason
	if reason == world.Duplicate && !args.EnableDuplicate {
		reason = world.NotPlanned
	}
	return textOrNull(strings.ToUpper(reason))
}

func (i *issue) ActiveLockReason() *string {
	if !i.i.Locked {
		return nil
	}
	return textOrNull(strings.ToUpper(strings.NewReplacer(" ", "_", "-", "_").Replace(i.i.LockReason)))
}

func (i *issue) Milestone() *milestone {
	if i.i.Milestone == nil {
		return nil
	}
	return &milestone{i.g, i.i.Repo, i.i.Milestone}
}

func (i *issue) IssueType() *issueKind {
	if i.i.Type == nil {
		return nil
	}
	return &issueKind{i.i.Type}
}

func (i *issue) DuplicateOf() *issue { return i.g.other(i.i.DuplicateOf) }
func (i *issue) Parent() *issue      { return i.g.other(i.i.Parent) }

// other is a related issue, or null where the account may not see it.
func (g *graph) other(i *world.GitHubIssue) *issue {
	if !visible(i) || i.PullRequest {
		return nil
	}
	return &issue{g, i}
}

func (g *graph) issues(name string, s span, list []*world.GitHubIssue) (*connection[issue], error) {
	return connect(name, s, len(list), func(n int) *issue { return &issue{g, list[n]} })
}

func (i *issue) SubIssues(args span) (*connection[issue], error) {
	return i.g.issues("subIssues", args, seen(i.i.Subs))
}

func (i *issue) SubIssuesSummary() subIssuesSummary {
	s := subIssuesOf(i.i)
	return subIssuesSummary{int32(s.Total), int32(s.Completed), int32(s.Percent)}
}

type subIssuesSummary struct{ Total, Completed, PercentCompleted int32 }

type dependencyArgs struct {
	span
	OrderBy order
}

func (i *issue) BlockedBy(args dependencyArgs) (*connection[issue], error) {
	return i.g.issues("blockedBy", args.span, args.sorted(seen(i.i.BlockedBy)))
}

func (i *issue) Blocking(args dependencyArgs) (*connection[issue], error) {
	return i.g.issues("blocking", args.span, args.sorted(seen(i.i.Blocking)))
}

// sorted orders dependencies; the world keeps them as they were added.
func (a dependencyArgs) sorted(list []*world.GitHubIssue) []*world.GitHubIssue {
	if a.OrderBy.Field == "CREATED_AT" {
		slices.SortStableFunc(list, func(x, y *world.GitHubIssue) int {
			return cmp.Or(x.Created.Compare(y.Created), cmp.Compare(x.ID, y.ID))
		})
	}
	if a.OrderBy.Direction == "DESC" {
		slices.Reverse(list)
	}
	return list
}

func (i *issue) IssueDependenciesSummary() dependenciesSummary {
	d := dependenciesOf(i.i)
	return dependenciesSummary{int32(d.BlockedBy), int32(d.Blocking), int32(d.TotalBlockedBy), int32(d.TotalBlocking)}
}

type dependenciesSummary struct{ BlockedBy, Blocking, TotalBlockedBy, TotalBlocking int32 }

func (i *issue) Labels(args span) (*connection[label], error) {
	return i.g.labels(args, i.i.Repo, i.i.Labels)
}

func (i *issue) Assignees(args span) (*connection[account], error) {
	return i.g.people("assignees", args, i.i.Assignees)
}

type commentArgs struct {
	span
	OrderBy *order
}

func (i *issue) Comments(args commentArgs) (*connection[comment], error) {
	list := i.i.Comments
	if args.OrderBy != nil {
		list = slices.Clone(list)
		slices.SortStableFunc(list, func(x, y *world.Comment) int { return cmp.Or(x.Updated.Compare(y.Updated), cmp.Compare(x.ID, y.ID)) })
		if args.OrderBy.Direction == "DESC" {
			slices.Reverse(list)
		}
	}
	return connect("comments", args.span, len(list), func(n int) *comment { return &comment{i.g, i.i, list[n]} })
}

func (i *issue) ProjectItems(args struct {
	span
	IncludeArchived bool
}) (*connection[projectItem], error) {
	var list []*world.ProjectItem
	for _, card := range i.i.Items {
		if args.IncludeArchived || !card.Archived {
			list = append(list, card)
		}
	}
	return connect("projectItems", args.span, len(list), func(n int) *projectItem { return &projectItem{i.g, list[n]} })
}

// pullRequest has what an issue has, and its own state.
type pullRequest struct{ issue }

func (p *pullRequest) Merged() bool        { return !p.i.Merged.IsZero() }
func (p *pullRequest) MergedAt() *dateTime { return instantOrNull(p.i.Merged) }
func (p *pullRequest) IsDraft() bool       { return p.i.Draft }

func (p *pullRequest) State() string {
	if p.Merged() {
		return "MERGED"
	}
	return p.issue.State()
}
