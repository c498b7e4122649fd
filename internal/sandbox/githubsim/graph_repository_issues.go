package githubsim

import (
	"encoding/json"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// issueFilters is the filterBy argument; since means updated at or after.
type issueFilters struct {
	Labels           *[]string
	Mentioned        *string
	Milestone        *string // the same as MilestoneNumber, and * for any
	MilestoneNumber  *string
	Since            *dateTime
	States           *[]string
	Type             *string
	Assignee         *string
	CreatedBy        *string
	ViewerSubscribed *bool
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

var sortedBy = map[string]world.Order{"UPDATED_AT": world.ByUpdated, "CREATED_AT": world.ByCreated, "COMMENTS": world.ByComments}

// Issues come by age unless asked otherwise.
func (r *repository) Issues(args issueArgs) (*connection[*issue], error) {
	list := args.among(r)
	down := args.OrderBy != nil && args.OrderBy.Direction == "DESC"
	return connect("issues", args.span, len(list), func(n int) *issue { return &issue{r.g, pick(list, n, down)} })
}

// among lists what the arguments want, ascending. Lists are remembered by their arguments; since makes no list of its
// own, it would be another one at each question.
func (a issueArgs) among(r *repository) []*world.GitHubIssue {
	field := "CREATED_AT"
	if a.OrderBy != nil {
		field = a.OrderBy.Field
	}
	wanted := func(i *world.GitHubIssue) bool { return !i.PullRequest && a.match(r.g, i) }
	if a.FilterBy != nil && a.FilterBy.Since != nil {
		list := slices.DeleteFunc(slices.Clone(r.g.s.GitHubUpdated(r.r, a.FilterBy.Since.Time)), func(i *world.GitHubIssue) bool { return !visible(i) || !wanted(i) })
		slices.SortFunc(list, func(x, y *world.GitHubIssue) int { return compareBy(field, x, y) })
		return list
	}
	return r.g.call.sort.filtered(r.g.s, r.r, field, "graph "+a.name(r.g), wanted)
}

// name tells filters apart.
func (a issueArgs) name(g *graph) string {
	text, err := json.Marshal([]any{a.FilterBy, a.Labels, a.States})
	if err != nil {
		return ""
	}
	return g.login("@me") + string(text)
}

type pullArgs struct {
	span
	BaseRefName, HeadRefName *string
	Labels                   *[]string
	OrderBy                  *order
	States                   *[]string
}

func (r *repository) PullRequests(args pullArgs) (*connection[*pullRequest], error) {
	list := r.g.within(r.r, args.OrderBy, func(i *world.GitHubIssue) bool { return i.PullRequest && args.match(i) })
	return r.g.pulls("pullRequests", args.span, list)
}

func (a pullArgs) match(i *world.GitHubIssue) bool {
	state := strings.ToUpper(stateWord(i.Closed))
	if !i.Merged.IsZero() {
		state = "MERGED"
	}
	switch {
	case a.States != nil && !slices.Contains(*a.States, state),
		a.HeadRefName != nil && *a.HeadRefName != headOf(i),
		a.BaseRefName != nil && *a.BaseRefName != mainBranch:
		return false
	}
	return labelled(a.Labels, i)
}

// within lists what a test wants of a repository, in the order asked for.
func (g *graph) within(r *world.Repo, by *order, test func(*world.GitHubIssue) bool) []*world.GitHubIssue {
	field := world.ByCreated
	if by != nil {
		field = sortedBy[by.Field]
	}
	var list []*world.GitHubIssue
	for _, i := range g.s.GitHubSorted(r, field) {
		if visible(i) && test(i) {
			list = append(list, i)
		}
	}
	if by != nil && by.Direction == "DESC" {
		slices.Reverse(list)
	}
	return list
}

// arranged sorts what comes from several repositories.
func arranged(list []*world.GitHubIssue, by *order) []*world.GitHubIssue {
	field := ""
	if by != nil {
		field = by.Field
	}
	slices.SortFunc(list, func(a, b *world.GitHubIssue) int { return compareBy(field, a, b) })
	if by != nil && by.Direction == "DESC" {
		slices.Reverse(list)
	}
	return list
}

func (a issueArgs) match(g *graph, i *world.GitHubIssue) bool {
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
		f.Mentioned != nil && !world.Mentions(i.Body, g.login(*f.Mentioned)),
		f.Type != nil && (i.Type == nil || !strings.EqualFold(i.Type.Name, *f.Type)),
		f.CreatedBy != nil && (i.Author == nil || !strings.EqualFold(i.Author.Login, g.login(*f.CreatedBy))),
		f.Assignee != nil && !assigned(i, g.login(*f.Assignee)),
		f.ViewerSubscribed != nil && *f.ViewerSubscribed != subscribed(i, g.me):
		return false
	}
	return true
}

// login reads @me.
func (g *graph) login(name string) string {
	if name == "@me" && g.me != nil {
		return g.me.Login
	}
	return name
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

// subscribed: those who have something to do with an issue are told of it.
func subscribed(i *world.GitHubIssue, u *world.User) bool {
	return u != nil && (i.Author == u || slices.Contains(i.Assignees, u) ||
		slices.ContainsFunc(i.Comments, func(c *world.Comment) bool { return c.Author == u }))
}

func (g *graph) issues(name string, s span, list []*world.GitHubIssue) (*connection[*issue], error) {
	return connect(name, s, len(list), func(n int) *issue { return &issue{g, list[n]} })
}

func (g *graph) pulls(name string, s span, list []*world.GitHubIssue) (*connection[*pullRequest], error) {
	return connect(name, s, len(list), func(n int) *pullRequest { return &pullRequest{issue{g, list[n]}} })
}
