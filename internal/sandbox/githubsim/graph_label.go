package githubsim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

type label struct {
	g *graph
	r *world.Repo
	l *world.Label
}

func (l *label) ID() graphql.ID       { return graphql.ID(l.l.NodeID()) }
func (l *label) Name() string         { return l.l.Name }
func (l *label) Color() string        { return l.l.Color }
func (l *label) Description() *string { return textOrNull(l.l.About) }
func (l *label) ResourcePath() string {
	return "/" + l.r.FullName() + "/labels/" + pathEscape(l.l.Name)
}
func (l *label) URL() string             { return l.g.at.web + l.ResourcePath() }
func (l *label) IsDefault() bool         { return l.l.Default }
func (l *label) CreatedAt() *string      { text := epoch; return &text }
func (l *label) UpdatedAt() *string      { text := epoch; return &text }
func (l *label) Repository() *repository { return &repository{l.g, l.r} }

func (l *label) bears(i *world.GitHubIssue) bool { return slices.Contains(i.Labels, l.l) }

func (l *label) Issues(args issueArgs) (*connection[*issue], error) {
	list := l.g.within(l.r, args.OrderBy, func(i *world.GitHubIssue) bool { return !i.PullRequest && l.bears(i) && args.match(l.g, i) })
	return l.g.issues("issues", args.span, list)
}

func (l *label) PullRequests(args pullArgs) (*connection[*pullRequest], error) {
	list := l.g.within(l.r, args.OrderBy, func(i *world.GitHubIssue) bool { return i.PullRequest && l.bears(i) && args.match(i) })
	return l.g.pulls("pullRequests", args.span, list)
}

func (g *graph) labels(s span, r *world.Repo, list []*world.Label) (*connection[*label], error) {
	return connect("labels", s, len(list), func(i int) *label { return &label{g, r, list[i]} })
}

type milestone struct {
	g *graph
	r *world.Repo
	m *world.Milestone
}

func (m *milestone) ID() graphql.ID          { return graphql.ID(m.m.NodeID()) }
func (m *milestone) Number() int             { return m.m.Number }
func (m *milestone) Title() string           { return m.m.Title }
func (m *milestone) Description() *string    { return textOrNull(m.m.About) }
func (m *milestone) DueOn() *string          { return stampOrNull(m.m.Due) }
func (m *milestone) Closed() bool            { return m.m.Closed }
func (m *milestone) ClosedAt() *string       { return stampOrNull(m.m.ClosedAt) }
func (m *milestone) CreatedAt() string       { return stampOr(m.m.Created, epoch) }
func (m *milestone) Creator() *account       { return m.g.actor(m.m.Creator) }
func (m *milestone) State() string           { return strings.ToUpper(stateWord(m.m.Closed)) }
func (m *milestone) URL() string             { return m.g.at.milestone(m.r, m.m).HTMLURL }
func (m *milestone) ResourcePath() string    { return strings.TrimPrefix(m.URL(), m.g.at.web) }
func (m *milestone) Repository() *repository { return &repository{m.g, m.r} }
func (m *milestone) ViewerCanClose() bool    { return m.g.me.MayEdit() && !m.m.Closed }
func (m *milestone) ViewerCanReopen() bool   { return m.g.me.MayEdit() && m.m.Closed }

func (m *milestone) UpdatedAt() string { return stampOr(m.m.Updated, m.CreatedAt()) }

func (m *milestone) DescriptionHTML() *string {
	if m.m.About == "" {
		return nil
	}
	text := rendered(m.m.About)
	return &text
}

func (m *milestone) holds(i *world.GitHubIssue) bool { return i.Milestone == m.m }

func (m *milestone) count(closed bool) int {
	return len(m.g.within(m.r, nil, func(i *world.GitHubIssue) bool { return m.holds(i) && i.Closed == closed }))
}

func (m *milestone) OpenIssueCount() int   { return m.count(false) }
func (m *milestone) ClosedIssueCount() int { return m.count(true) }

func (m *milestone) ProgressPercentage() float64 {
	open, closed := m.count(false), m.count(true)
	if open+closed == 0 {
		return 0
	}
	return 100 * float64(closed) / float64(open+closed)
}

func (m *milestone) Issues(args issueArgs) (*connection[*issue], error) {
	list := m.g.within(m.r, args.OrderBy, func(i *world.GitHubIssue) bool { return !i.PullRequest && m.holds(i) && args.match(m.g, i) })
	return m.g.issues("issues", args.span, list)
}

func (m *milestone) PullRequests(args pullArgs) (*connection[*pullRequest], error) {
	list := m.g.within(m.r, args.OrderBy, func(i *world.GitHubIssue) bool { return i.PullRequest && m.holds(i) && args.match(i) })
	return m.g.pulls("pullRequests", args.span, list)
}

// issueKind is GraphQL's IssueType.
type issueKind struct {
	g *graph
	t *world.GitHubType
}

func (t *issueKind) ID() graphql.ID       { return graphql.ID(t.t.NodeID()) }
func (t *issueKind) Name() string         { return t.t.Name }
func (t *issueKind) IsEnabled() bool      { return !t.t.Disabled }
func (t *issueKind) Description() *string { return textOrNull(t.t.About) }

func (t *issueKind) Color() string {
	if t.t.Color != "" {
		return strings.ToUpper(t.t.Color)
	}
	return strings.ToUpper(typeColor(t.t.Name))
}

func (t *issueKind) Issues(args struct {
	issueArgs
	RepositoryID graphql.ID
}) (*connection[*issue], error) {
	r, ok := t.g.find(args.RepositoryID).(*repository)
	if !ok {
		return nil, unresolved(args.RepositoryID)
	}
	list := t.g.within(r.r, args.OrderBy, func(i *world.GitHubIssue) bool { return !i.PullRequest && i.Type == t.t && args.match(t.g, i) })
	return t.g.issues("issues", args.span, list)
}

func (g *graph) issueTypes(s span, by *order) (*connection[*issueKind], error) {
	list := slices.Clone(g.s.GitHubTypes)
	if by != nil && by.Field == "NAME" {
		slices.SortStableFunc(list, func(a, b *world.GitHubType) int { return strings.Compare(a.Name, b.Name) })
	}
	if by != nil && by.Direction == "DESC" {
		slices.Reverse(list)
	}
	return connect("issueTypes", s, len(list), func(i int) *issueKind { return &issueKind{g, list[i]} })
}

func (r *repository) IssueTypes(args struct {
	span
	OrderBy *order
}) (*connection[*issueKind], error) {
	return r.g.issueTypes(args.span, args.OrderBy)
}

func (r *repository) IssueType(args struct{ Name string }) *issueKind {
	for _, t := range r.g.s.GitHubTypes {
		if strings.EqualFold(t.Name, args.Name) {
			return &issueKind{r.g, t}
		}
	}
	return nil
}

// plainText is what is left of Markdown when everything but the words is taken away.
func plainText(markdown string) string { return textOfHTML(rendered(markdown)) }
