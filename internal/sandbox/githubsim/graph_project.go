package githubsim

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

type project struct {
	g *graph
	p *world.GitHubProject
}

func (p *project) ID() graphql.ID            { return graphql.ID(p.p.NodeID()) }
func (p *project) DatabaseID() *int          { return smallID(p.p.ID) }
func (p *project) FullDatabaseID() *string   { return bigID(p.p.ID) }
func (p *project) Number() int               { return p.p.Number }
func (p *project) Title() string             { return p.p.Title }
func (p *project) Closed() bool              { return p.p.Closed }
func (p *project) ClosedAt() *string         { return stampOrNull(p.p.ClosedAt) }
func (p *project) CreatedAt() string         { return stampOr(p.p.Created, epoch) }
func (p *project) UpdatedAt() string         { return stampOr(p.p.Updated, p.CreatedAt()) }
func (p *project) Creator() *account         { return p.g.actor(p.p.Creator) }
func (p *project) Public() bool              { return p.p.Public }
func (p *project) Template() bool            { return p.p.Template }
func (p *project) ShortDescription() *string { return textOrNull(p.p.About) }
func (p *project) Readme() *string           { return textOrNull(p.p.Readme) }
func (p *project) ViewerCanUpdate() bool     { return p.g.editsBoard(p.p) }
func (p *project) ViewerCanClose() bool      { return p.g.editsBoard(p.p) && !p.p.Closed }
func (p *project) ViewerCanReopen() bool     { return p.g.editsBoard(p.p) && p.p.Closed }
func (p *project) ResourcePath() string      { return boardPath(p.g, p.p) }
func (p *project) URL() string               { return p.g.at.web + p.ResourcePath() }
func (p *project) Owner() *account           { return p.g.actor(p.g.boardOwner(p.p)) }

func boardPath(g *graph, p *world.GitHubProject) string {
	kind := "orgs"
	if kindOf(g.boardOwner(p)) == "User" {
		kind = "users"
	}
	return fmt.Sprintf("/%s/%s/projects/%d", kind, p.Owner, p.Number)
}

func (g *graph) boardOwner(p *world.GitHubProject) *world.User {
	if u := g.account(p.Owner); u != nil {
		return u
	}
	return nameless(p.Owner)
}

// reads reports whether the account may see a board. A fine-grained token needs the organisation's permission, and
// boards of persons are never open to it.
func (g *graph) reads(p *world.GitHubProject) bool {
	grant := g.call.who.grant
	if grant == nil || !grant.fine() {
		return grant != nil
	}
	return kindOf(g.boardOwner(p)) == organization && grant.permits("organization_projects=read")
}

// editsBoard reports whether the account may change a board.
func (g *graph) editsBoard(p *world.GitHubProject) bool {
	grant := g.call.who.grant
	if grant != nil && grant.fine() {
		return g.reads(p) && grant.permits("organization_projects=write")
	}
	return g.reads(p) && g.me.MayEdit()
}

type itemArgs struct {
	span
	Query          *string
	OrderBy        *order
	ArchivedStates []string
}

// Items come by position; a board that is reordered meanwhile repeats and skips cards, as the real one does.
func (p *project) Items(args itemArgs) (*connection[*projectItem], error) {
	list := args.among(p)
	if args.Query != nil && *args.Query != "" {
		filter := parseCardFilter(*args.Query, cardAsker{now: p.g.s.Now(), me: p.g.me, redacted: p.g.redacted})
		list = slices.DeleteFunc(slices.Clone(list), func(c *world.ProjectItem) bool { return !filter.match(c) })
	}
	down := args.OrderBy != nil && args.OrderBy.Direction == "DESC"
	return connect("items", args.span, len(list), func(i int) *projectItem { return &projectItem{p.g, pick(list, i, down)} })
}

// among are the cards of the wanted states.
func (a itemArgs) among(p *project) []*world.ProjectItem {
	archived, shown := slices.Contains(a.ArchivedStates, "ARCHIVED"), slices.Contains(a.ArchivedStates, "NOT_ARCHIVED")
	if archived == shown {
		if !archived {
			return nil
		}
		return p.p.Items
	}
	return p.g.call.sort.cards.cards(p.g.s, p.p, archived)
}

// pick takes the nth of a list, counted from its end where the order is descending.
func pick[T any](list []T, n int, down bool) T {
	if down {
		return list[len(list)-1-n]
	}
	return list[n]
}

// Repositories are those that are linked, and those whose issues are on the board.
func (p *project) Repositories(args orderedSpan) (*connection[*repository], error) {
	var list []*world.Repo
	add := func(r *world.Repo) {
		if r != nil && p.g.sees(r) && !slices.Contains(list, r) {
			list = append(list, r)
		}
	}
	for _, r := range p.p.Repos {
		add(r)
	}
	for _, card := range p.p.Items {
		if card.Issue != nil {
			add(card.Issue.Repo)
		}
	}
	return p.g.repositories("repositories", args.span, args.OrderBy, list)
}

func (p *project) Teams(args orderedSpan) (*connection[*team], error) {
	return connect("teams", args.span, 0, func(int) *team { return nil })
}

func (p *project) StatusUpdates(args orderedSpan) (*connection[any], error) {
	return none("statusUpdates", args.span)
}

func (p *project) Workflows(args orderedSpan) (*connection[any], error) {
	return none("workflows", args.span)
}

func (p *project) Workflow(struct{ Number int }) any { return nil }

type boardsArgs struct {
	span
	MinPermissionLevel string
	OrderBy            *order
	Query              *string
}

// boards is a connection of boards. The query knows words of the title, is:open and is:closed.
func (g *graph) boards(name string, args boardsArgs, list []*world.GitHubProject) (*connection[*project], error) {
	list = slices.DeleteFunc(slices.Clone(list), func(p *world.GitHubProject) bool { return !g.reads(p) || !args.match(p) })
	slices.SortStableFunc(list, func(a, b *world.GitHubProject) int {
		switch {
		case args.OrderBy != nil && args.OrderBy.Field == "TITLE":
			return strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title))
		case args.OrderBy != nil && args.OrderBy.Field == "UPDATED_AT":
			return a.Updated.Compare(b.Updated)
		case args.OrderBy != nil && args.OrderBy.Field == "CREATED_AT":
			return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Compare(a.Number, b.Number)
	})
	if args.OrderBy != nil && args.OrderBy.Direction == "DESC" {
		slices.Reverse(list)
	}
	return connect(name, args.span, len(list), func(i int) *project { return &project{g, list[i]} })
}

func (a boardsArgs) match(p *world.GitHubProject) bool {
	if a.Query == nil {
		return true
	}
	for _, word := range quotedWords(*a.Query) {
		switch word {
		case "is:open":
			if p.Closed {
				return false
			}
		case "is:closed":
			if !p.Closed {
				return false
			}
		default:
			if !strings.Contains(strings.ToLower(p.Title), strings.ToLower(word)) {
				return false
			}
		}
	}
	return true
}

// boardNumbered finds a board. What the account may not see is not there.
func (g *graph) boardNumbered(list []*world.GitHubProject, number int) (*project, error) {
	for _, p := range list {
		if p.Number == number && g.reads(p) {
			return &project{g, p}, nil
		}
	}
	if g.blind() {
		return nil, nil //nolint:nilnil // null without a word: what an App's token sees of a person's boards
	}
	return nil, failure("NOT_FOUND", "Could not resolve to a ProjectV2 with the number %d.", number)
}

// blind: an App's token hears nothing about what it may not see.
func (g *graph) blind() bool {
	return g.call.who.grant != nil && g.call.who.grant.installation != nil
}

func (a *account) ProjectV2(args struct{ Number int }) (*project, error) {
	return a.g.boardNumbered(a.g.s.BoardsOf(a.u.Login), args.Number)
}

func (a *account) ProjectsV2(args boardsArgs) (*connection[*project], error) {
	return a.g.boards("projectsV2", args, a.g.s.BoardsOf(a.u.Login))
}

func (a *account) RecentProjects(args span) (*connection[*project], error) {
	return a.g.boards("recentProjects", boardsArgs{span: args, OrderBy: &order{"DESC", "UPDATED_AT"}}, a.g.s.BoardsOf(a.u.Login))
}

func (t *team) ProjectV2(args struct{ Number int }) (*project, error) {
	return t.g.boardNumbered(nil, args.Number)
}

type teamBoardsArgs struct {
	boardsArgs
	FilterBy struct{ State *string }
}

func (t *team) ProjectsV2(args teamBoardsArgs) (*connection[*project], error) {
	return t.g.boards("projectsV2", args.boardsArgs, nil)
}

// boards of a repository are those that are linked to it, and those that show its issues.
func (r *repository) boards() []*world.GitHubProject {
	var list []*world.GitHubProject
	for _, p := range r.g.s.GitHubProjects {
		if slices.Contains(p.Repos, r.r) || strings.EqualFold(p.Owner, r.r.Owner) &&
			slices.ContainsFunc(p.Items, func(c *world.ProjectItem) bool { return c.Issue != nil && c.Issue.Repo == r.r }) {
			list = append(list, p)
		}
	}
	return list
}

func (r *repository) ProjectsV2(args boardsArgs) (*connection[*project], error) {
	return r.g.boards("projectsV2", args, r.boards())
}

func (r *repository) RecentProjects(args span) (*connection[*project], error) {
	return r.g.boards("recentProjects", boardsArgs{span: args, OrderBy: &order{"DESC", "UPDATED_AT"}}, r.boards())
}

func (r *repository) ProjectV2(args struct{ Number int }) (*project, error) {
	return r.g.boardNumbered(r.boards(), args.Number)
}
