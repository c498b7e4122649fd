package githubsim

import (
	"context"
	"encoding/json"
	"strings"
	"sync"

	"strata/internal/sandbox/world"
)

// graph is one GraphQL request's look at the world. The whole request runs inside world.Read, or world.Write for a
// mutation, so resolvers may follow pointers freely.
type graph struct {
	s    *world.State
	at   address
	me   *world.User
	sort *shelf
	rate rateLimit

	stored   func(string) string // a text as the server keeps it
	mu       sync.Mutex
	problems []graphProblem // beside those that null a field
}

type graphKey struct{}

func graphOf(ctx context.Context) *graph { return ctx.Value(graphKey{}).(*graph) }

// rateLimit is what the query may ask about its own price.
type rateLimit struct {
	Cost, Limit, NodeCount, Remaining, Used int32
	ResetAt                                 dateTime
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
		if strings.EqualFold(r.Owner, login) && !r.Hidden {
			return ownerOf(r)
		}
	}
	for _, p := range g.s.GitHubProjects {
		if strings.EqualFold(p.Owner, login) {
			return &world.User{ID: steadyID(p.Owner), Login: p.Owner, Kind: organization}
		}
	}
	return nil
}

const organization = "Organization"

// visible reports whether the account may see an issue; nothing at all is not visible either.
func visible(i *world.GitHubIssue) bool { return i != nil && !i.Hidden && !i.Repo.Hidden }

// seen keeps the issues that the account may see.
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
