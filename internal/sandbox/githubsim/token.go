package githubsim

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// Token is what somebody shows at the door: whose it is and what it opens. With neither scopes nor permissions it is a
// classic token of the scopes repo, read:org and project.
type Token struct {
	Login        string            // whose; empty: the daemon's account
	Scopes       []string          // of a classic token
	Permissions  map[string]string // of a fine-grained token: "issues": "write"; metadata: read is always among them
	Repositories []string          // of a fine-grained token: owner/name; nil: all
	Expires      time.Time         // by the world's clock; zero: never
}

// usualScopes are those of a classic token that names none.
var usualScopes = []string{"project", "read:org", "repo"}

// grant is a token that was found, with what it opens.
type grant struct {
	user         *world.User
	scopes       []string          // classic; nil: fine-grained, or of an installation
	permissions  map[string]string // fine-grained
	repositories []string          // full names; nil: all
	expires      time.Time
	app          *App // of an installation's token
	installation *Installation
}

func (t Token) grant(user *world.User) *grant {
	g := &grant{user: user, expires: t.Expires}
	switch {
	case t.Permissions != nil:
		g.permissions, g.repositories = withMetadata(t.Permissions), t.Repositories
	case t.Scopes != nil:
		g.scopes = slices.Sorted(slices.Values(t.Scopes))
	default:
		g.scopes = usualScopes
	}
	return g
}

func withMetadata(permissions map[string]string) map[string]string {
	out := map[string]string{"metadata": "read"}
	for name, level := range permissions {
		out[name] = level
	}
	return out
}

// fine reports a token whose rights are permissions, not scopes.
func (g *grant) fine() bool { return g.permissions != nil }

// covers reports whether a token was given for a repository.
func (g *grant) covers(r *world.Repo) bool {
	if g.installation != nil && !strings.EqualFold(r.Owner, g.installation.Account) {
		return false
	}
	return g.repositories == nil || slices.ContainsFunc(g.repositories, func(n string) bool {
		return strings.EqualFold(n, r.FullName()) || slices.ContainsFunc(r.Former, func(f string) bool { return strings.EqualFold(n, f) })
	})
}

func (g *grant) scoped(names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(g.scopes, n) })
}

// permits reports whether the permissions reach what a route needs, written as in GitHub's header: alternatives stand
// between semicolons, what is needed together between commas.
func (g *grant) permits(needed string) bool {
	if needed == "" {
		return true
	}
	for _, alternative := range strings.Split(needed, ";") {
		if !slices.ContainsFunc(strings.Split(alternative, ","), func(p string) bool {
			name, level, _ := strings.Cut(strings.TrimSpace(p), "=")
			return rank(g.permissions[name]) < rank(level)
		}) {
			return true
		}
	}
	return false
}

func rank(level string) int { return slices.Index([]string{"read", "write", "admin"}, level) }

// sees reports whether the caller may read a repository. What nobody is shown is not there.
func (c *call) sees(r *world.Repo) bool {
	switch g := c.who.grant; {
	case r.Hidden:
		return false
	case !r.Private:
		return true
	case g == nil:
		return false
	case g.fine():
		return g.covers(r)
	}
	return c.who.grant.scoped("repo")
}

// mayUse refuses what the token does not open in a repository that the caller sees.
func (c *call) mayUse(r *world.Repo) *refusal {
	g := c.who.grant
	switch {
	case g == nil && c.who.app != nil:
		return c.inaccessible()
	case g == nil && c.route.writes():
		return refuse(http.StatusUnauthorized, "Requires authentication")
	case g == nil:
		return nil
	case !g.fine():
		if c.route.writes() && !g.scoped("repo", "public_repo") {
			return notFound() // as a place where nothing may be written
		}
		return nil
	case !g.covers(r):
		if c.route.writes() {
			return c.inaccessible()
		}
		return nil // public
	case !g.permits(c.route.permission):
		return c.inaccessible()
	}
	return nil
}

// inaccessible is the refusal of a token without the permission; the header that names it stands beside every answer.
func (c *call) inaccessible() *refusal {
	if g := c.who.grant; g != nil && g.installation == nil {
		return refuse(http.StatusForbidden, "Resource not accessible by personal access token")
	}
	return refuse(http.StatusForbidden, "Resource not accessible by integration")
}

// reaches reports whether the caller has at least a role, which is what persons act by. An App acts by its
// permissions, which were asked already.
func (c *call) reaches(role world.Role) bool {
	if c.me == nil {
		return false
	}
	if c.who.grant != nil && c.who.grant.installation != nil {
		return true
	}
	return world.Reaches(c.me, role)
}

// needAdmin is the refusal of persons whose role does not reach.
func needAdmin() *refusal {
	return refuse(http.StatusForbidden, "Must have admin rights to Repository.")
}
