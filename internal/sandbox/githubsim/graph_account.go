package githubsim

import (
	"net/url"
	"strings"

	graphql "github.com/graph-gophers/graphql-go"

	"strata/internal/sandbox/world"
)

// account is a User, a Bot or an Organization.
type account struct {
	g *graph
	u *world.User
}

func (a *account) ID() graphql.ID     { return graphql.ID(a.u.NodeID()) }
func (a *account) DatabaseID() *int32 { return smallID(a.u.ID) }
func (a *account) Name() *string      { return textOrNull(a.u.Name) }
func (a *account) URL() uri           { return uri(a.g.at.web + "/" + url.PathEscape(a.Login())) }

// Login of a bot is the App's bare name in GraphQL and carries "[bot]" in REST.
func (a *account) Login() string {
	if a.u.Kind == "Bot" {
		return appSlug(a.u.Login)
	}
	return a.u.Login
}

func (a *account) AvatarURL(struct{ Size *int32 }) uri {
	return uri(a.g.at.web + "/avatars/" + url.PathEscape(a.Login()))
}

func (a *account) ProjectV2(args struct{ Number int32 }) (*project, error) {
	if p := a.g.s.GitHubProject(a.u.Login, int(args.Number)); p != nil {
		return &project{a.g, p}, nil
	}
	return nil, failure("NOT_FOUND", "Could not resolve to a ProjectV2 with the number %d.", args.Number)
}

func (a *account) Repository(args struct {
	Name          string
	FollowRenames bool
}) (*repository, error) {
	return a.g.repository(a.u.Login, args.Name, args.FollowRenames)
}

// appSlug is the name of the App behind a bot's login.
func appSlug(login string) string { return strings.TrimSuffix(login, "[bot]") }

// actor is who did something.
type actor struct{ *account }

func (a *actor) ToUser() (*account, bool)         { return a.account, kindOf(a.u) == "User" }
func (a *actor) ToBot() (*account, bool)          { return a.account, kindOf(a.u) == "Bot" }
func (a *actor) ToOrganization() (*account, bool) { return a.account, kindOf(a.u) == organization }

// actor is null for accounts that are gone.
func (g *graph) actor(u *world.User) *actor {
	if u == nil {
		return nil
	}
	return &actor{&account{g, u}}
}

// owner is an account that owns repositories and boards.
type owner struct{ *account }

func (o *owner) ToUser() (*account, bool)         { return o.account, kindOf(o.u) == "User" }
func (o *owner) ToOrganization() (*account, bool) { return o.account, kindOf(o.u) == organization }

// people is a connection of users.
func (g *graph) people(name string, s span, list []*world.User) (*connection[account], error) {
	return connect(name, s, len(list), func(i int) *account { return &account{g, list[i]} })
}
