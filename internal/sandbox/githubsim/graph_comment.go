package githubsim

import (
	"strings"

	graphql "github.com/graph-gophers/graphql-go"

	"strata/internal/sandbox/world"
)

type comment struct {
	g *graph
	i *world.GitHubIssue
	c *world.Comment
}

func (c *comment) ID() graphql.ID            { return graphql.ID(c.c.NodeID()) }
func (c *comment) DatabaseID() *int32        { return smallID(c.c.ID) }
func (c *comment) FullDatabaseID() *bigInt   { n := bigInt(c.c.ID); return &n }
func (c *comment) Body() string              { return c.c.Body }
func (c *comment) URL() uri                  { return uri(c.g.at.commentPage(c.i, c.c)) }
func (c *comment) Author() *actor            { return c.g.actor(c.c.Author) }
func (c *comment) AuthorAssociation() string { return standing(c.i.Repo, c.c.Author) }
func (c *comment) CreatedAt() dateTime       { return dateTime{c.c.Created} }
func (c *comment) UpdatedAt() dateTime       { return dateTime{c.c.Updated} }
func (c *comment) IsMinimized() bool         { return c.c.Minimised != "" }
func (c *comment) MinimizedReason() *string  { return textOrNull(strings.ToLower(c.c.Minimised)) }
func (c *comment) ViewerDidAuthor() bool     { return c.c.Author == c.g.me }
func (c *comment) ViewerCanUpdate() bool     { return mayEdit(c.i) }
func (c *comment) ViewerCanDelete() bool     { return mayEdit(c.i) }
func (c *comment) Issue() *issue             { return &issue{c.g, c.i} }
func (c *comment) Repository() *repository   { return &repository{c.g, c.i.Repo} }

func (c *comment) LastEditedAt() *dateTime {
	if c.c.Editor == nil {
		return nil
	}
	return instantOrNull(c.c.Updated)
}

// mayEdit: the account has write access to what it sees, unless the repository is archived.
func mayEdit(i *world.GitHubIssue) bool { return !i.Repo.Archived }

// minimizable is a comment that can be folded away.
type minimizable struct{ *comment }

func (m *minimizable) ToIssueComment() (*comment, bool) { return m.comment, true }

type label struct {
	g *graph
	r *world.Repo
	l *world.Label
}

func (l *label) ID() graphql.ID       { return graphql.ID(l.l.NodeID()) }
func (l *label) Name() string         { return l.l.Name }
func (l *label) Color() string        { return l.l.Color }
func (l *label) Description() *string { return textOrNull(l.l.About) }
func (l *label) URL() uri {
	return uri(l.g.at.web + "/" + l.r.FullName() + "/labels/" + pathEscape(l.l.Name))
}
func (l *label) IsDefault() bool { return false }

func (g *graph) labels(s span, r *world.Repo, list []*world.Label) (*connection[label], error) {
	return connect("labels", s, len(list), func(i int) *label { return &label{g, r, list[i]} })
}

type milestone struct {
	g *graph
	r *world.Repo
	m *world.Milestone
}

func (m *milestone) ID() graphql.ID       { return graphql.ID(m.m.NodeID()) }
func (m *milestone) Number() int32        { return int32(m.m.Number) }
func (m *milestone) Title() string        { return m.m.Title }
func (m *milestone) Description() *string { return nil }
func (m *milestone) DueOn() *dateTime     { return instantOrNull(m.m.Due) }
func (m *milestone) Closed() bool         { return m.m.Closed }
func (m *milestone) ClosedAt() *dateTime  { return nil }
func (m *milestone) CreatedAt() dateTime  { return epochTime }
func (m *milestone) UpdatedAt() dateTime  { return epochTime }
func (m *milestone) State() string        { return strings.ToUpper(stateWord(m.m.Closed)) }
func (m *milestone) URL() uri             { return uri(m.g.at.milestone(m.r, m.m).HTMLURL) }

// issueKind is GraphQL's IssueType.
type issueKind struct{ t *world.GitHubType }

func (t *issueKind) ID() graphql.ID       { return graphql.ID(t.t.NodeID()) }
func (t *issueKind) Name() string         { return t.t.Name }
func (t *issueKind) Color() string        { return strings.ToUpper(typeColor(t.t.Name)) }
func (t *issueKind) IsEnabled() bool      { return true }
func (t *issueKind) Description() *string { return nil }
