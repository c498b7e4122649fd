package githubsim

import (
	"cmp"
	"html"
	"net/url"
	"slices"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

type repository struct {
	g *graph
	r *world.Repo
}

func (r *repository) ID() graphql.ID               { return graphql.ID(r.r.NodeID()) }
func (r *repository) DatabaseID() *int             { return smallID(r.r.ID) }
func (r *repository) Name() string                 { return r.r.Name }
func (r *repository) NameWithOwner() string        { return r.r.FullName() }
func (r *repository) ResourcePath() string         { return "/" + r.r.FullName() }
func (r *repository) URL() string                  { return r.g.at.web + r.ResourcePath() }
func (r *repository) ProjectsResourcePath() string { return r.ResourcePath() + "/projects" }
func (r *repository) ProjectsURL() string          { return r.URL() + "/projects" }
func (r *repository) OpenGraphImageURL() string {
	return r.g.at.web + "/avatars/" + url.PathEscape(r.r.Owner)
}
func (r *repository) SSHURL() string       { return "git@github.com:" + r.r.FullName() + ".git" }
func (r *repository) Description() *string { return textOrNull(r.r.About) }
func (r *repository) DescriptionHTML() string {
	return "<div>" + html.EscapeString(r.r.About) + "</div>"
}
func (r *repository) IsPrivate() bool               { return r.r.Private }
func (r *repository) IsArchived() bool              { return r.r.Archived }
func (r *repository) HasIssuesEnabled() bool        { return !r.r.IssuesOff }
func (r *repository) CreatedAt() string             { return epoch }
func (r *repository) UpdatedAt() string             { return epoch }
func (r *repository) PushedAt() *string             { text := epoch; return &text }
func (r *repository) IsInOrganization() bool        { return kindOf(r.owner()) == organization }
func (r *repository) Owner() *account               { return r.g.actor(r.owner()) }
func (r *repository) DefaultBranchRef() *branch     { return &branch{r.g, r.r} }
func (r *repository) ViewerCanAdminister() bool     { return r.g.me.Administers() }
func (r *repository) ViewerCanCreateProjects() bool { return r.g.me.MayEdit() }
func (r *repository) ViewerCanUpdateTopics() bool   { return r.g.me.Administers() }
func (r *repository) ViewerCanCreateIssues() bool   { return !r.r.IssuesOff && !r.r.Archived }

func (r *repository) ShortDescriptionHTML(struct{ Limit *int }) string {
	return html.EscapeString(r.r.About)
}

func (r *repository) owner() *world.User {
	if u := r.g.account(r.r.Owner); u != nil {
		return u
	}
	return ownerOf(r.r)
}

func (r *repository) ArchivedAt() *string {
	if !r.r.Archived {
		return nil
	}
	text := epoch
	return &text
}

func (r *repository) Visibility() string {
	if r.r.Private {
		return "PRIVATE"
	}
	return "PUBLIC"
}

// ViewerPermission is what the account may do. An App acts by the permissions of its token.
func (r *repository) ViewerPermission() *string {
	role := strings.ToUpper(string(world.RoleOf(r.g.me)))
	if grant := r.g.call.who.grant; grant != nil && grant.fine() {
		role = "READ"
		if grant.permits("issues=write") {
			role = "WRITE"
		}
	}
	return textOrNull(role)
}

// repository hides what the account may not see behind the same words as what is not there.
func (g *graph) repository(ownerName, name string, followRenames bool) (*repository, error) {
	full := ownerName + "/" + name
	r := g.s.Repo(full)
	if r == nil || !g.sees(r) || !followRenames && !strings.EqualFold(r.FullName(), full) {
		return nil, failure("NOT_FOUND", "Could not resolve to a Repository with the name '%s'.", full)
	}
	return &repository{g, r}, nil
}

// find answers what a number stands for. A transferred issue is found where it went; the others are not found.
func (r *repository) find(number int, what string) (*world.GitHubIssue, error) {
	i := r.r.Issue(number)
	if i == nil {
		i = r.r.Moved[number]
	}
	if !r.g.shows(i) {
		return nil, failure("NOT_FOUND", "Could not resolve to %s with the number of %d.", what, number)
	}
	return i, nil
}

func (r *repository) Issue(args struct{ Number int }) (*issue, error) {
	i, err := r.find(args.Number, "an Issue")
	if err != nil {
		return nil, err
	}
	if i.PullRequest {
		return nil, failure("NOT_FOUND", "Could not resolve to an Issue with the number of %d.", args.Number)
	}
	return &issue{r.g, i}, nil
}

func (r *repository) PullRequest(args struct{ Number int }) (*pullRequest, error) {
	i, err := r.find(args.Number, "a PullRequest")
	if err != nil {
		return nil, err
	}
	if !i.PullRequest {
		return nil, failure("NOT_FOUND", "Could not resolve to a PullRequest with the number of %d.", args.Number)
	}
	return &pullRequest{issue{r.g, i}}, nil
}

func (r *repository) IssueOrPullRequest(args struct{ Number int }) (any, error) {
	i, err := r.find(args.Number, "an issue or pull request")
	if err != nil {
		return nil, err
	}
	return r.g.item(i), nil
}

type labelsArgs struct {
	span
	OrderBy *order
	Query   *string
}

// Labels come by age unless asked for by name.
func (r *repository) Labels(args labelsArgs) (*connection[*label], error) {
	var list []*world.Label
	for _, l := range r.r.Labels {
		if args.Query == nil || strings.Contains(strings.ToLower(l.Name+" "+l.About), strings.ToLower(*args.Query)) {
			list = append(list, l)
		}
	}
	return r.g.labels(args.span, r.r, orderedLabels(list, args.OrderBy))
}

func (r *repository) Label(args struct{ Name string }) *label {
	if l := r.r.Label(args.Name); l != nil {
		return &label{r.g, r.r, l}
	}
	return nil
}

// orderedLabels sorts labels by age, or by name where asked.
func orderedLabels(list []*world.Label, by *order) []*world.Label {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *world.Label) int {
		if by != nil && by.Field == "NAME" {
			return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		}
		return cmp.Compare(a.ID, b.ID)
	})
	if by != nil && by.Direction == "DESC" {
		slices.Reverse(list)
	}
	return list
}

type milestonesArgs struct {
	span
	OrderBy *order
	Query   *string
	States  *[]string
}

func (r *repository) Milestones(args milestonesArgs) (*connection[*milestone], error) {
	var list []*world.Milestone
	for _, m := range r.r.Stones {
		fits := args.States == nil || slices.Contains(*args.States, strings.ToUpper(stateWord(m.Closed)))
		if fits && (args.Query == nil || strings.Contains(strings.ToLower(m.Title), strings.ToLower(*args.Query))) {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b *world.Milestone) int {
		if args.OrderBy != nil && args.OrderBy.Field == "DUE_DATE" {
			return a.Due.Compare(b.Due)
		}
		return cmp.Compare(a.Number, b.Number)
	})
	if args.OrderBy != nil && args.OrderBy.Direction == "DESC" {
		slices.Reverse(list)
	}
	return connect("milestones", args.span, len(list), func(i int) *milestone { return &milestone{r.g, r.r, list[i]} })
}

func (r *repository) Milestone(args struct{ Number int }) *milestone {
	if m := r.r.MilestoneByNumber(args.Number); m != nil {
		return &milestone{r.g, r.r, m}
	}
	return nil
}
