package githubsim

import (
	"net/http"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// tokenJSON is a token that was just made.
type tokenJSON struct {
	Token        string            `json:"token"`
	ExpiresAt    string            `json:"expires_at"`
	Permissions  map[string]string `json:"permissions"`
	Selection    string            `json:"repository_selection"`
	Repositories []*repositoryJSON `json:"repositories,omitempty"`
}

type tokenInput struct {
	Repositories *[]string         `json:"repositories"` // names without the owner
	IDs          *[]int64          `json:"repository_ids"`
	Permissions  map[string]string `json:"permissions"`
}

// createToken gives an installation a token for an hour of the world's clock, for all that the App may do there or
// for less.
func createToken(c *call) reply {
	app, in, no := c.installation()
	if no != nil {
		return *no
	}
	if in.Suspended {
		return refused(refuse(http.StatusForbidden, "This installation has been suspended"))
	}
	var wish tokenInput
	if wrong := c.decodeOptional(&wish); wrong != nil {
		return refused(wrong)
	}
	chosen, wrong := c.chosen(app, in, wish)
	if wrong != nil {
		return refused(wrong)
	}
	permissions := app.permissions()
	if wish.Permissions != nil {
		for name, level := range wish.Permissions {
			if rank(level) < 0 || rank(permissions[name]) < rank(level) {
				return refused(unprocessable("The permissions requested are not granted to this installation."))
			}
		}
		permissions = withMetadata(wish.Permissions)
	}
	g := &grant{
		user: c.appUser(app), app: app, installation: in, permissions: permissions, repositories: in.Repositories, expires: c.now().Add(tokenLife),
	}
	out := tokenJSON{ExpiresAt: stamp(g.expires), Permissions: permissions, Selection: in.selection()}
	if chosen != nil {
		g.repositories, out.Selection = nil, "selected"
		for _, r := range chosen {
			g.repositories = append(g.repositories, r.FullName())
			out.Repositories = append(out.Repositories, c.at.repository(r, c.sort.open(c.s, r), g.user))
		}
	}
	c.sim.quota.allow(g.user.Login, c.installationLimit(app, in))
	out.Token = c.sim.vault.issue(g)
	answer := ok(out)
	answer.status = http.StatusCreated
	return answer
}

// appUser is the account that an App writes as; it comes into the world with its first token.
func (c *call) appUser(a *App) *world.User {
	if u := c.s.User(a.Slug + "[bot]"); u != nil {
		return u
	}
	return c.s.AddUser(&world.User{Login: a.Slug + "[bot]", Name: a.Slug, Kind: botKind, Bot: true})
}

// chosen are the repositories that a token shall be limited to; nil: those of the installation.
func (c *call) chosen(app *App, in *Installation, wish tokenInput) ([]*world.Repo, *refusal) {
	if wish.Repositories == nil && wish.IDs == nil || len(valueOr(wish.Repositories, nil))+len(valueOr(wish.IDs, nil)) == 0 {
		return nil, nil
	}
	var out []*world.Repo
	for _, name := range valueOr(wish.Repositories, nil) {
		out = append(out, c.s.Repo(in.Account+"/"+name))
	}
	for _, id := range valueOr(wish.IDs, nil) {
		out = append(out, c.s.RepoByID(id))
	}
	for _, r := range out {
		if r == nil || r.Hidden || app.at(in.Account, r) != in || !strings.EqualFold(r.Owner, in.Account) {
			return nil, unprocessable("There is at least one repository that does not exist or is not accessible to the parent installation.")
		}
	}
	return out, nil
}

// installationLimit is the hourly limit of an installation: it grows with its repositories, up to 12,500.
func (c *call) installationLimit(app *App, in *Installation) int {
	n := 0
	for _, r := range c.s.Repos {
		if app.at(in.Account, r) == in && strings.EqualFold(r.Owner, in.Account) {
			n++
		}
	}
	usual := c.sim.options.Limit
	if usual != usualLimit {
		return max(usual, 0)
	}
	return min(usual+50*max(0, n-20), 12_500)
}

// revokeToken ends the token that asks for it.
func revokeToken(c *call) reply {
	if no := c.asInstallation(); no != nil {
		return *no
	}
	c.sim.vault.revoke(c.who.grant)
	return noContent()
}

func (c *call) asInstallation() *reply {
	if no := c.login(); no != nil {
		return no
	}
	if c.who.grant.installation == nil {
		return stop(refused(refuse(http.StatusForbidden, "You must authenticate with an installation access token in order to list repositories for an installation.")))
	}
	return nil
}

// listInstallationRepositories lists what the token was given for.
func listInstallationRepositories(c *call) reply {
	if no := c.asInstallation(); no != nil {
		return *no
	}
	g := c.who.grant
	list := slices.DeleteFunc(slices.Clone(c.s.Repos), func(r *world.Repo) bool { return r.Hidden || !g.covers(r) })
	answer, items := cut(c, list, c.showRepository)
	selection := g.installation.selection()
	if g.repositories != nil {
		selection = "selected"
	}
	answer.body = struct {
		Total        int               `json:"total_count"`
		Selection    string            `json:"repository_selection"`
		Repositories []*repositoryJSON `json:"repositories"`
	}{len(list), selection, items}
	return answer
}
