package githubsim

import (
	"encoding/base64"
	"strconv"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// opaque makes a global id of something that the world keeps no index of.
func opaque(prefix string, ids ...int64) graphql.ID {
	var parts []string
	for _, id := range ids {
		parts = append(parts, strconv.FormatInt(id, 10))
	}
	return graphql.ID(prefix + opaqueMark + base64.RawURLEncoding.EncodeToString([]byte(strings.Join(parts, ":"))))
}

const opaqueMark = "_lADO"

// opened takes such an id apart.
func opened(id string) (prefix string, ids []int64) {
	prefix, rest, found := strings.Cut(id, opaqueMark)
	raw, err := base64.RawURLEncoding.DecodeString(rest)
	if !found || err != nil {
		return "", nil
	}
	for _, part := range strings.Split(string(raw), ":") {
		n, err := strconv.ParseInt(part, 10, 64)
		if err != nil {
			return "", nil
		}
		ids = append(ids, n)
	}
	return prefix, ids
}

// find answers what a global id stands for, as far as the account may see it; nil for the rest.
func (g *graph) find(id graphql.ID) any {
	if prefix, ids := opened(string(id)); prefix != "" {
		return g.findOpaque(prefix, ids)
	}
	if thing := g.s.Node(string(id)); thing != nil {
		return g.wrap(thing)
	}
	return g.findSmall(string(id))
}

// wrap turns a thing of the world into its GraphQL type; nil for what the account may not see.
func (g *graph) wrap(thing any) any {
	switch v := thing.(type) {
	case *world.GitHubIssue:
		if g.shows(v) {
			return g.item(v)
		}
	case *world.Comment:
		item, _ := g.s.Comment(world.GitHub, v.ID)
		if i, ok := item.(*world.GitHubIssue); ok && g.shows(i) {
			return &comment{g, i, v}
		}
	case *world.ProjectItem:
		if g.reads(v.Project) {
			return &projectItem{g, v}
		}
	case *world.GitHubProject:
		if g.reads(v) {
			return &project{g, v}
		}
	case *world.ProjectField:
		if g.reads(v.Project) {
			return &projectField{g, v}
		}
	case *world.DraftIssue:
		if card := g.s.DraftCard(v); card != nil && g.reads(card.Project) {
			return &draftIssue{g, v}
		}
	case *world.Repo:
		if g.sees(v) {
			return &repository{g, v}
		}
	case *world.User:
		return &account{g: g, u: v}
	case *world.Label:
		if r := g.repoWith(func(r *world.Repo) bool { return r.Label(v.Name) == v }); r != nil {
			return &label{g, r, v}
		}
	case *world.Milestone:
		if r := g.repoWith(func(r *world.Repo) bool { return r.MilestoneByNumber(v.Number) == v }); r != nil {
			return &milestone{g, r, v}
		}
	case *world.GitHubType:
		return &issueKind{g, v}
	}
	return nil
}

// item is an issue, or a pull request as one.
func (g *graph) item(i *world.GitHubIssue) any {
	if i.PullRequest {
		return &pullRequest{issue{g, i}}
	}
	return &issue{g, i}
}

// repoWith finds the visible repository that owns something.
func (g *graph) repoWith(owns func(*world.Repo) bool) *world.Repo {
	for _, r := range g.s.Repos {
		if g.sees(r) && owns(r) {
			return r
		}
	}
	return nil
}

// findSmall looks among the few things that have ids of the usual form and no index: organisations and teams.
func (g *graph) findSmall(id string) any {
	for _, o := range g.organizations() {
		if o.NodeID() == id {
			return &account{g: g, u: o}
		}
		for _, t := range g.s.GitHubTeams(o.Login) {
			if t.NodeID() == id {
				return &team{g, t}
			}
		}
	}
	return nil
}

// organizations are those that are described, and the owners of repositories and boards, each once.
func (g *graph) organizations() []*world.User {
	var out []*world.User
	known := map[string]bool{}
	add := func(login string) {
		if u := g.account(login); u != nil && u.Kind == organization && !known[strings.ToLower(u.Login)] {
			known[strings.ToLower(u.Login)] = true
			out = append(out, u)
		}
	}
	for _, o := range g.s.Orgs {
		add(o.Login)
	}
	for _, r := range g.s.Repos {
		if g.sees(r) {
			add(r.Owner)
		}
	}
	for _, p := range g.s.GitHubProjects {
		add(p.Owner)
	}
	return out
}

// findOpaque opens the ids that opaque has made.
func (g *graph) findOpaque(prefix string, ids []int64) any {
	if prefix == refPrefix && len(ids) == 1 {
		if r := g.s.RepoByID(ids[0]); r != nil && g.sees(r) {
			return &branch{g, r}
		}
	}
	if len(ids) != 2 {
		return nil
	}
	switch prefix {
	case valuePrefix:
		if card := g.s.Card(ids[0]); card != nil && g.reads(card.Project) {
			return g.valueByID(card, ids[1])
		}
	case viewPrefix:
		for _, p := range g.s.GitHubProjects {
			if v := viewNumbered(p, int(ids[1])); p.ID == ids[0] && v != nil && g.reads(p) {
				return &view{g, p, v}
			}
		}
	case eventPrefix:
		if i := g.s.GitHubIssue(ids[0]); g.shows(i) {
			return g.eventByID(i, ids[1])
		}
	case reactionPrefix:
		return g.reactionByID(ids[0], ids[1])
	case pinPrefix:
		if i := g.s.GitHubIssue(ids[1]); g.shows(i) {
			return &pinned{g, i}
		}
	}
	return nil
}
