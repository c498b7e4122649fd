package githubsim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// What a person has to do with issues and boards.

type userIssuesArgs struct {
	span
	FilterBy *issueFilters
	Labels   *[]string
	OrderBy  *order
	States   *[]string
}

// Issues are those that a person opened.
func (a *account) Issues(args userIssuesArgs) (*connection[*issue], error) {
	wanted := issueArgs(args)
	list := a.g.everywhere(args.OrderBy, func(i *world.GitHubIssue) bool { return !i.PullRequest && i.Author == a.u && wanted.match(a.g, i) })
	return a.g.issues("issues", args.span, list)
}

// PullRequests are those that a person opened.
func (a *account) PullRequests(args pullArgs) (*connection[*pullRequest], error) {
	list := a.g.everywhere(args.OrderBy, func(i *world.GitHubIssue) bool { return i.PullRequest && i.Author == a.u && args.match(i) })
	return a.g.pulls("pullRequests", args.span, list)
}

// everywhere lists what the account may see and the test wants, oldest first unless asked otherwise.
func (g *graph) everywhere(by *order, test func(*world.GitHubIssue) bool) []*world.GitHubIssue {
	var list []*world.GitHubIssue
	for _, r := range g.s.Repos {
		if !g.sees(r) {
			continue
		}
		for _, i := range r.Issues {
			if visible(i) && test(i) {
				list = append(list, i)
			}
		}
	}
	return arranged(list, by)
}

// IssueComments are what a person said.
func (a *account) IssueComments(args struct {
	span
	OrderBy *order
}) (*connection[*comment], error) {
	var list []*comment
	for _, r := range a.g.s.Repos {
		if !a.g.sees(r) {
			continue
		}
		for _, i := range r.Issues {
			for _, c := range i.Comments {
				if c.Author == a.u && visible(i) {
					list = append(list, &comment{a.g, i, c})
				}
			}
		}
	}
	slices.SortStableFunc(list, func(x, y *comment) int { return x.c.Updated.Compare(y.c.Updated) })
	if args.OrderBy != nil && args.OrderBy.Direction == "DESC" {
		slices.Reverse(list)
	}
	return connect("issueComments", args.span, len(list), func(i int) *comment { return list[i] })
}

// team is a team of an organisation.
type team struct {
	g *graph
	t *world.OrgTeam
}

func (t *team) ID() string             { return t.t.NodeID() }
func (t *team) DatabaseID() *int       { return smallID(t.t.ID) }
func (t *team) Name() string           { return t.t.Name }
func (t *team) Slug() string           { return t.t.Slug }
func (t *team) CombinedSlug() string   { return t.t.Org + "/" + t.t.Slug }
func (t *team) Description() *string   { return textOrNull(t.t.About) }
func (t *team) ResourcePath() string   { return "/orgs/" + t.t.Org + "/teams/" + t.t.Slug }
func (t *team) URL() string            { return t.g.at.web + t.ResourcePath() }
func (t *team) CreatedAt() string      { return epoch }
func (t *team) UpdatedAt() string      { return epoch }
func (t *team) Organization() *account { return t.g.actor(t.g.account(t.t.Org)) }

type membersArgs struct {
	span
	Membership  string
	OrderBy     *order
	Query, Role *string
}

func (t *team) Members(args membersArgs) (*connection[*account], error) {
	var list []*world.User
	for _, u := range t.t.Members {
		if args.Query == nil || strings.Contains(strings.ToLower(u.Login+" "+u.Name), strings.ToLower(*args.Query)) {
			list = append(list, u)
		}
	}
	return t.g.people("members", args.span, list)
}
