package githubsim

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

// rootPaths are the doors that api.github.com lists, by their names.
var rootPaths = map[string]string{
	"current_user": "/user", "authorizations": "/authorizations", "emails": "/user/emails", "emojis": "/emojis", "events": "/events",
	"feeds": "/feeds", "followers": "/user/followers", "following": "/user/following{/target}", "gists": "/gists{/gist_id}", "hub": "/hub",
	"issues": "/issues", "keys": "/user/keys", "notifications": "/notifications", "organization": "/orgs/{org}",
	"code_search":               "/search/code?q={query}{&page,per_page,sort,order}",
	"commit_search":             "/search/commits?q={query}{&page,per_page,sort,order}",
	"issue_search":              "/search/issues?q={query}{&page,per_page,sort,order}",
	"label_search":              "/search/labels?q={query}&repository_id={repository_id}{&page,per_page}",
	"repository_search":         "/search/repositories?q={query}{&page,per_page,sort,order}",
	"topic_search":              "/search/topics?q={query}{&page,per_page}",
	"user_search":               "/search/users?q={query}{&page,per_page,sort,order}",
	"organization_repositories": "/orgs/{org}/repos{?type,page,per_page,sort}",
	"organization_teams":        "/orgs/{org}/teams", "public_gists": "/gists/public", "rate_limit": "/rate_limit",
	"repository": "/repos/{owner}/{repo}", "current_user_repositories": "/user/repos{?type,page,per_page,sort}",
	"starred": "/user/starred{/owner}{/repo}", "starred_gists": "/gists/starred", "user": "/users/{user}", "user_organizations": "/user/orgs",
	"user_repositories": "/users/{user}/repos{?type,page,per_page,sort}",
}

// getRoot lists the doors, as api.github.com does, those that the simulator keeps closed included.
func getRoot(c *call) reply {
	out := map[string]string{"current_user_authorizations_html_url": c.at.web + "/settings/connections/applications{/client_id}"}
	for name, path := range rootPaths {
		out[name+"_url"] = c.at.api + path
	}
	return ok(out)
}

// installedVersion is the Enterprise Server that the simulator says it is, to clients that ask below /api/v3.
const installedVersion = "3.20.0"

func getMeta(c *call) reply {
	out := map[string]any{"verifiable_password_authentication": false}
	if strings.HasSuffix(c.at.api, enterprisePrefix) {
		out["installed_version"] = installedVersion
	}
	return ok(out)
}

func getZen(*call) reply { return reply{status: http.StatusOK, text: "Speak like a human."} }

// getVersions lists the versions of the API, newest first.
func getVersions(c *call) reply {
	list := slices.Clone(c.sim.versions())
	slices.Reverse(list)
	return ok(list)
}

// getRateLimit tells how the quotas stand; asking costs nothing.
func getRateLimit(c *call) reply {
	if c.sim.enterprise() {
		return refused(refuse(http.StatusNotFound, "Rate limiting is not enabled."))
	}
	now := c.s.Now()
	out := map[string]balance{}
	for _, r := range resources {
		out[r.name] = c.sim.quota.spend(c.who.payer(), r.name, 0, now)
	}
	return ok(map[string]any{"resources": out, "rate": out["core"]})
}

// getViewer is the account that the token belongs to. An App's installation is nobody's.
func getViewer(c *call) reply {
	if no := c.login(); no != nil {
		return *no
	}
	if c.who.grant.installation != nil {
		return refused(c.inaccessible())
	}
	return dated(c.at.viewer(c.me), epochTime)
}

// account finds the person, bot or organisation of the path; nil when there is none.
func (c *call) account() *world.User {
	login := c.params["login"]
	for _, o := range c.s.Orgs {
		if strings.EqualFold(o.Login, login) {
			return o
		}
	}
	if u := c.s.User(login); u != nil && u.Login != "" {
		return u
	}
	for _, r := range c.s.Repos {
		if strings.EqualFold(r.Owner, login) && !r.Hidden {
			return ownerOf(r)
		}
	}
	return nil
}

// organization finds the organisation of the path; nil when there is none of that name.
func (c *call) organization() *world.User {
	if u := c.account(); u != nil && kindOf(u) == organization {
		return u
	}
	return nil
}

func getUser(c *call) reply {
	if u := c.account(); u != nil {
		return dated(c.at.profile(u), epochTime)
	}
	return refused(notFound())
}

// getUserByID shows an account that is asked for by its database id.
func getUserByID(c *call) reply {
	for _, u := range slices.Concat(c.s.Users, c.s.Orgs) {
		if u.ID == c.number("account_id") && u.Login != "" {
			return ok(c.at.profile(u))
		}
	}
	return refused(notFound())
}

// listUsers lists accounts by id, from the one after since.
func listUsers(c *call) reply {
	since, _ := strconv.ParseInt(c.query.Get("since"), 10, 64) // none: from the first
	list := slices.DeleteFunc(slices.Concat(c.s.Users, c.s.Orgs), func(u *world.User) bool { return u.Login == "" || u.ID <= since })
	slices.SortFunc(list, func(a, b *world.User) int { return cmp.Compare(a.ID, b.ID) })
	size, _ := c.page()
	answer := ok(c.at.users(list[:min(size, len(list))]))
	if len(list) > size {
		next := c.link("next", "since", strconv.FormatInt(list[size-1].ID, 10))
		answer.header = http.Header{"Link": {next}}
	}
	return answer
}

func getOrg(c *call) reply {
	u := c.organization()
	if u == nil {
		return refused(notFound())
	}
	n := 0
	for _, r := range c.s.Repos {
		if strings.EqualFold(r.Owner, u.Login) && !r.Private && !r.Hidden {
			n++
		}
	}
	return dated(c.at.orgProfile(u, n), epochTime)
}

// orgs are the organisations of this GitHub: those described, and those that own a repository.
func (c *call) orgs() []*world.User {
	list := slices.Clone(c.s.Orgs)
	for _, r := range c.s.Repos {
		if !slices.ContainsFunc(list, func(o *world.User) bool { return strings.EqualFold(o.Login, r.Owner) }) && c.s.User(r.Owner) == nil && c.sees(r) {
			list = append(list, ownerOf(r))
		}
	}
	slices.SortFunc(list, func(a, b *world.User) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

func listOrgs(c *call) reply { return paged(c, c.orgs(), c.at.org) }

// listMyOrgs lists those that the account belongs to: everybody who may edit belongs to all.
func listMyOrgs(c *call) reply {
	if no := c.login(); no != nil {
		return *no
	}
	if !c.me.MayEdit() {
		return paged(c, nil, c.at.org)
	}
	return paged(c, c.orgs(), c.at.org)
}

func listUserOrgs(c *call) reply {
	u := c.account()
	switch {
	case u == nil:
		return refused(notFound())
	case kindOf(u) != "User" || !u.MayEdit():
		return paged(c, nil, c.at.org)
	}
	return paged(c, c.orgs(), c.at.org)
}
