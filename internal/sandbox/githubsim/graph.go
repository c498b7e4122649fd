package githubsim

import (
	"encoding/json"
	"strings"
	"time"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// graph is one GraphQL request's look at the world. The whole request runs inside world.Read, or world.Write for a
// mutation, so resolvers may follow pointers freely.
type graph struct {
	s    *world.State
	call *call
	at   address
	me   *world.User
	rate *rateLimit
}

// rateLimit is what the query may ask about its own price.
type rateLimit struct {
	Cost, Limit, NodeCount, Remaining, Used int
	ResetAt                                 string
}

// sees reports whether the account may see a repository.
func (g *graph) sees(r *world.Repo) bool { return !r.Hidden && g.call.sees(r) }

// shows reports whether the account may see an issue; nothing at all is not visible either.
func (g *graph) shows(i *world.GitHubIssue) bool { return visible(i) && g.sees(i.Repo) }

// seen keeps the issues that the account may see.
func (g *graph) seen(list []*world.GitHubIssue) []*world.GitHubIssue {
	out := make([]*world.GitHubIssue, 0, len(list))
	for _, i := range list {
		if g.shows(i) {
			out = append(out, i)
		}
	}
	return out
}

// account finds the organisation or person of a login; nil when there is none. An owner of a repository or board
// that nobody described further is an organisation.
func (g *graph) account(login string) *world.User {
	for _, o := range g.s.Orgs {
		if strings.EqualFold(o.Login, login) {
			return o
		}
	}
	if u := g.s.User(login); u != nil && u.Login != "" {
		return u
	}
	for _, r := range g.s.Repos {
		if strings.EqualFold(r.Owner, login) && g.sees(r) {
			return ownerOf(r)
		}
	}
	for _, p := range g.s.GitHubProjects {
		if strings.EqualFold(p.Owner, login) {
			return nameless(p.Owner)
		}
	}
	return nil
}

const organization = "Organization"

// nameless is an organisation of which only the login is known.
func nameless(login string) *world.User {
	return &world.User{ID: steadyID(login), Login: login, Kind: organization}
}

// visible reports whether an issue is there for anybody; nothing at all is not visible either.
func visible(i *world.GitHubIssue) bool { return i != nil && !i.Hidden && !i.Repo.Hidden }

// seen keeps the issues that are there for anybody.
func seen(list []*world.GitHubIssue) []*world.GitHubIssue {
	out := make([]*world.GitHubIssue, 0, len(list))
	for _, i := range list {
		if visible(i) {
			out = append(out, i)
		}
	}
	return out
}

// dependenciesOf counts what the account may see of an issue's dependencies. A recorded count stands until one of the
// dependencies changes: it may count issues that were not recorded.
func dependenciesOf(i *world.GitHubIssue) dependencyJSON {
	var d dependencyJSON
	if raw, ok := i.Recorded.Get("issue_dependencies_summary"); ok && json.Unmarshal(raw, &d) == nil {
		return d
	}
	for _, o := range seen(i.BlockedBy) {
		d.TotalBlockedBy++
		if !o.Closed {
			d.BlockedBy++
		}
	}
	for _, o := range seen(i.Blocking) {
		d.TotalBlocking++
		if !o.Closed {
			d.Blocking++
		}
	}
	return d
}

// subIssuesOf counts what the account may see of an issue's sub-issues, with the same respect for records.
func subIssuesOf(i *world.GitHubIssue) subIssuesJSON {
	var s subIssuesJSON
	if raw, ok := i.Recorded.Get("sub_issues_summary"); ok && json.Unmarshal(raw, &s) == nil {
		return s
	}
	for _, o := range seen(i.Subs) {
		s.Total++
		if o.Closed {
			s.Completed++
		}
	}
	if s.Total > 0 {
		s.Percent = 100 * s.Completed / s.Total
	}
	return s
}

// epochTime stands in for the birth of what no record tells.
var epochTime = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// unresolved is the refusal of an id that leads nowhere, or where the account may not look.
func unresolved(id graphql.ID) error {
	return failure("NOT_FOUND", "Could not resolve to a node with the global id of '%s'", id)
}
