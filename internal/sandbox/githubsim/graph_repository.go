package githubsim

import (
	"cmp"
	"context"
	"slices"
	"strings"

	graphql "github.com/graph-gophers/graphql-go"

	"strata/internal/sandbox/world"
)

type repository struct {
	g *graph
	r *world.Repo
}

func (r *repository) ID() graphql.ID            { return graphql.ID(r.r.NodeID()) }
func (r *repository) DatabaseID() *int32        { return smallID(r.r.ID) }
func (r *repository) Name() string              { return r.r.Name }
func (r *repository) NameWithOwner() string     { return r.r.FullName() }
func (r *repository) URL() uri                  { return uri(r.g.at.web + "/" + r.r.FullName()) }
func (r *repository) Description() *string      { return nil }
func (r *repository) IsPrivate() bool           { return r.r.Private }
func (r *repository) IsArchived() bool          { return r.r.Archived }
func (r *repository) IsFork() bool              { return false }
func (r *repository) HasIssuesEnabled() bool    { return true }
func (r *repository) ViewerPermission() *string { p := "WRITE"; return &p }
func (r *repository) CreatedAt() dateTime       { return epochTime }
func (r *repository) UpdatedAt() dateTime       { return epochTime }

func (r *repository) Owner() *owner {
	u := r.g.account(r.r.Owner)
	if u == nil {
		u = ownerOf(r.r)
	}
	return &owner{&account{r.g, u}}
}

// find answers what a number stands for. A transferred issue is found where it went; the others are not found.
func (r *repository) find(number int32, what string) (*world.GitHubIssue, error) {
	i := r.r.Issue(int(number))
	if i == nil {
		i = r.r.Moved[int(number)]
	}
	if !visible(i) {
		return nil, failure("NOT_FOUND", "Could not resolve to %s with the number of %d.", what, number)
	}
	return i, nil
}

func (r *repository) Issue(args struct{ Number int32 }) (*issue, error) {
	i, err := r.find(args.Number, "an Issue")
	if err != nil {
		return nil, err
	}
	if i.PullRequest {
		return nil, failure("NOT_FOUND", "Could not resolve to an Issue with the number of %d.", args.Number)
	}
	return &issue{r.g, i}, nil
}

func (r *repository) PullRequest(args struct{ Number int32 }) (*pullRequest, error) {
	i, err := r.find(args.Number, "a PullRequest")
	if err != nil {
		return nil, err
	}
	if !i.PullRequest {
		return nil, failure("NOT_FOUND", "Could not resolve to a PullRequest with the number of %d.", args.Number)
	}
	return &pullRequest{issue{r.g, i}}, nil
}

func (r *repository) IssueOrPullRequest(args struct{ Number int32 }) (*content, error) {
	i, err := r.find(args.Number, "an issue or pull request")
	if err != nil {
		return nil, err
	}
	return &content{g: r.g, issue: i}, nil
}

// issueFilters is the filterBy argument; since means updated at or after.
type issueFilters struct {
	Labels          *[]string
	Mentioned       *string
	Milestone       *string // the same as MilestoneNumber, and * for any
	MilestoneNumber *string
	Since           *dateTime
	States          *[]string
	Type            *string
	Assignee        *string
	CreatedBy       *string
}

type issueArgs struct {
	span
	FilterBy *issueFilters
	Labels   *[]string
	OrderBy  *order
	States   *[]string
}

// order is the orderBy argument of any connection.
type order struct{ Direction, Field string }

func (r *repository) Issues(_ context.Context, args issueArgs) (*connection[issue], error) {
	by := order{Direction: "ASC", Field: "CREATED_AT"}
	if args.OrderBy != nil {
		by = *args.OrderBy
	}
	var list []*world.GitHubIssue
	for _, i := range r.g.sort.issues(r.g.s, r.r, by.Field) {
		if !i.PullRequest && visible(i) && args.match(i) {
			list = append(list, i)
		}
	}
	if by.Direction == "DESC" {
		slices.Reverse(list)
	}
	return r.g.issues("issues", args.span, list)
}

func (a issueArgs) match(i *world.GitHubIssue) bool {
	if !stateIn(a.States, i) || !labelled(a.Labels, i) {
		return false
	}
	f := a.FilterBy
	switch {
	case f == nil:
		return true
	case f.Since != nil && i.Updated.Before(f.Since.Time),
		!stateIn(f.States, i), !labelled(f.Labels, i),
		f.Milestone != nil && !matchMilestone(i, *f.Milestone),
		f.MilestoneNumber != nil && !matchMilestone(i, *f.MilestoneNumber),
		f.Mentioned != nil && !mentions(i, *f.Mentioned),
		f.Type != nil && (i.Type == nil || !strings.EqualFold(i.Type.Name, *f.Type)),
		f.CreatedBy != nil && (i.Author == nil || !strings.EqualFold(i.Author.Login, *f.CreatedBy)),
		f.Assignee != nil && !assigned(i, *f.Assignee):
		return false
	}
	return true
}

func stateIn(states *[]string, i *world.GitHubIssue) bool {
	return states == nil || slices.Contains(*states, strings.ToUpper(stateWord(i.Closed)))
}

func labelled(labels *[]string, i *world.GitHubIssue) bool {
	return labels == nil || len(*labels) == 0 || slices.ContainsFunc(i.Labels, func(l *world.Label) bool {
		return slices.ContainsFunc(*labels, func(n string) bool { return strings.EqualFold(n, l.Name) })
	})
}

// assigned understands a login, * for anybody and an empty text for nobody.
func assigned(i *world.GitHubIssue, login string) bool {
	switch login {
	case "":
		return len(i.Assignees) == 0
	case "*":
		return len(i.Assignees) > 0
	}
	return slices.ContainsFunc(i.Assignees, func(u *world.User) bool { return strings.EqualFold(u.Login, login) })
}

// mentions looks for @login in the text of an issue.
func mentions(i *world.GitHubIssue, login string) bool {
	return strings.Contains(strings.ToLower(i.Body), "@"+strings.ToLower(login))
}

// Labels come by age unless asked for by name.
func (r *repository) Labels(args struct {
	span
	OrderBy order
	Query   *string
}) (*connection[label], error) {
	var list []*world.Label
	for _, l := range r.r.Labels {
		if args.Query == nil || strings.Contains(strings.ToLower(l.Name+" "+l.About), strings.ToLower(*args.Query)) {
			list = append(list, l)
		}
	}
	slices.SortFunc(list, func(a, b *world.Label) int {
		if args.OrderBy.Field == "NAME" {
			return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		}
		return cmp.Compare(a.ID, b.ID)
	})
	if args.OrderBy.Direction == "DESC" {
		slices.Reverse(list)
	}
	return r.g.labels(args.span, r.r, list)
}

func (r *repository) Milestones(args span) (*connection[milestone], error) {
	return connect("milestones", args, len(r.r.Stones), func(i int) *milestone { return &milestone{r.g, r.r, r.r.Stones[i]} })
}
