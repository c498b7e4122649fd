package githubsim

import (
	"net/url"
	"slices"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// account is a User, a Bot or an Organization.
type account struct {
	g      *graph
	u      *world.User
	viewer bool // the one who asks, who is a User with the login as it is, whatever else
}

// TypeName tells the three apart.
func (a *account) TypeName() string { return kindOf(a.u) }

func (a *account) ID() graphql.ID       { return graphql.ID(a.u.NodeID()) }
func (a *account) DatabaseID() *int     { return smallID(a.u.ID) }
func (a *account) Name() *string        { return textOrNull(a.u.Name) }
func (a *account) URL() string          { return a.g.at.web + a.ResourcePath() }
func (a *account) ResourcePath() string { return "/" + url.PathEscape(a.Login()) }
func (a *account) ProjectsURL() string  { return a.URL() + "/projects" }
func (a *account) CreatedAt() string    { return epoch }
func (a *account) UpdatedAt() string    { return epoch }
func (a *account) IsViewer() bool       { return a.u == a.g.me }
func (a *account) ViewerIsAMember() bool {
	return a.g.me != nil && world.RoleOf(a.g.me) != world.Reader
}
func (a *account) TeamsResourcePath() string { return "/orgs/" + a.Login() + "/teams" }
func (a *account) TeamsURL() string          { return a.g.at.web + a.TeamsResourcePath() }
func (a *account) ViewerCanAdminister() bool {
	return a.g.me.Administers()
}
func (a *account) ViewerCanCreateProjects() bool     { return a.g.me.MayEdit() }
func (a *account) ViewerCanCreateRepositories() bool { return a.g.me.Administers() }
func (a *account) ProjectsResourcePath() string      { return a.ResourcePath() + "/projects" }

// Email is shown by those who made it public: none.
func (a *account) Email() string { return "" }

// Login of a bot is the App's bare name in GraphQL and carries "[bot]" in REST.
func (a *account) Login() string {
	if a.u.Kind == botKind && !a.viewer {
		return appSlug(a.u.Login)
	}
	return a.u.Login
}

func (a *account) AvatarURL(struct{ Size *int }) string {
	return a.g.at.web + "/avatars/" + url.PathEscape(a.Login())
}

// appSlug is the name of the App behind a bot's login.
func appSlug(login string) string { return strings.TrimSuffix(login, "[bot]") }

// actor is null for accounts that are gone.
func (g *graph) actor(u *world.User) *account {
	if u == nil {
		return nil
	}
	return &account{g: g, u: u}
}

// people is a connection of users.
func (g *graph) people(name string, s span, list []*world.User) (*connection[*account], error) {
	return connect(name, s, len(list), func(i int) *account { return g.actor(list[i]) })
}

// assignees is a connection of whoever may have an issue: users, bots, organisations.
func (g *graph) assignees(name string, s span, list []*world.User) (*connection[any], error) {
	return connect(name, s, len(list), func(i int) any { return g.actor(list[i]) })
}

func (a *account) Repository(args struct {
	Name          string
	FollowRenames bool
}) (*repository, error) {
	return a.g.repository(a.u.Login, args.Name, args.FollowRenames)
}

type repositoriesArgs struct {
	span
	Affiliations, OwnerAffiliations                []string
	HasIssuesEnabled, IsArchived, IsFork, IsLocked *bool
	OrderBy                                        *order
	Privacy, Visibility                            *string
}

// Repositories come by name unless asked otherwise.
func (a *account) Repositories(args repositoriesArgs) (*connection[*repository], error) {
	var list []*world.Repo
	for _, r := range a.g.s.Repos {
		if strings.EqualFold(r.Owner, a.u.Login) && a.g.sees(r) && args.match(r) {
			list = append(list, r)
		}
	}
	return a.g.repositories("repositories", args.span, args.OrderBy, list)
}

func (args repositoriesArgs) match(r *world.Repo) bool {
	private := args.Privacy != nil && *args.Privacy == "PRIVATE" || args.Visibility != nil && *args.Visibility == "PRIVATE"
	public := args.Privacy != nil && *args.Privacy == "PUBLIC" || args.Visibility != nil && *args.Visibility == "PUBLIC"
	switch {
	case args.IsArchived != nil && *args.IsArchived != r.Archived,
		args.HasIssuesEnabled != nil && *args.HasIssuesEnabled == r.IssuesOff,
		args.IsFork != nil && *args.IsFork, args.IsLocked != nil && *args.IsLocked,
		private && !r.Private, public && r.Private:
		return false
	}
	return true
}

// repositories is a connection of repositories.
func (g *graph) repositories(name string, s span, by *order, list []*world.Repo) (*connection[*repository], error) {
	list = slices.Clone(list)
	if by != nil && (by.Field == "CREATED_AT" || by.Field == "PUSHED_AT" || by.Field == "UPDATED_AT") {
		slices.SortStableFunc(list, func(x, y *world.Repo) int { return int(x.ID - y.ID) })
	}
	if by != nil && by.Direction == "DESC" {
		slices.Reverse(list)
	}
	return connect(name, s, len(list), func(i int) *repository { return &repository{g, list[i]} })
}

// Organizations are those whose repositories a person may write to: here, all of them.
func (a *account) Organizations(args struct {
	span
	OrderBy *order
}) (*connection[*account], error) {
	return a.g.people("organizations", args.span, a.g.organizations())
}

func (a *account) Organization(args struct{ Login string }) *account {
	if u := a.g.account(args.Login); u != nil && u.Kind == organization {
		return a.g.actor(u)
	}
	return nil
}

func (a *account) MembersWithRole(args span) (*connection[*account], error) {
	return a.g.people("membersWithRole", args, a.g.s.People())
}

func (a *account) Team(args struct{ Slug string }) *team {
	for _, t := range a.g.s.GitHubTeams(a.u.Login) {
		if strings.EqualFold(t.Slug, args.Slug) {
			return &team{a.g, t}
		}
	}
	return nil
}

type teamsArgs struct {
	span
	LdapMapped                         *bool
	NotificationSetting, Privacy, Role *string
	OrderBy                            *order
	Query                              *string
	RootTeamsOnly                      bool
	UserLogins                         []string
}

func (a *account) Teams(args teamsArgs) (*connection[*team], error) {
	var list []*world.OrgTeam
	for _, t := range a.g.s.GitHubTeams(a.u.Login) {
		if args.Query == nil || strings.Contains(strings.ToLower(t.Name), strings.ToLower(*args.Query)) {
			list = append(list, t)
		}
	}
	return connect("teams", args.span, len(list), func(i int) *team { return &team{a.g, list[i]} })
}

// IssueTypes are the organisation's.
func (a *account) IssueTypes(args struct {
	span
	OrderBy *order
}) (*connection[*issueKind], error) {
	return a.g.issueTypes(args.span, args.OrderBy)
}
