package githubsim

import (
	graphql "github.com/graph-gophers/graphql-go"

	"strata/internal/sandbox/world"
)

// projectItem is a card on a board.
type projectItem struct {
	g *graph
	c *world.ProjectItem
}

func (p *projectItem) ID() graphql.ID          { return graphql.ID(p.c.NodeID()) }
func (p *projectItem) DatabaseID() *int32      { return smallID(p.c.ID) }
func (p *projectItem) FullDatabaseID() *bigInt { n := bigInt(p.c.ID); return &n }
func (p *projectItem) IsArchived() bool        { return p.c.Archived }
func (p *projectItem) CreatedAt() dateTime     { return dateTime{p.c.Created} }
func (p *projectItem) UpdatedAt() dateTime     { return dateTime{p.c.Updated} }
func (p *projectItem) Creator() *actor         { return p.g.actor(p.c.Author) }
func (p *projectItem) Project() *project       { return &project{p.g, p.c.Project} }

// redacted cards stand for something the account may not see: type REDACTED, content null, no values.
func redacted(c *world.ProjectItem) bool {
	return c.Redacted || c.Draft == nil && !visible(c.Issue)
}

func (p *projectItem) Type() string {
	switch {
	case redacted(p.c):
		return "REDACTED"
	case p.c.Draft != nil:
		return "DRAFT_ISSUE"
	case p.c.Issue.PullRequest:
		return "PULL_REQUEST"
	}
	return "ISSUE"
}

func (p *projectItem) Content() *content {
	if redacted(p.c) {
		return nil
	}
	return &content{g: p.g, issue: p.c.Issue, draft: p.c.Draft}
}

func (p *projectItem) FieldValues(args span) (*connection[itemValue], error) {
	list := p.g.values(p.c)
	return connect("fieldValues", args, len(list), func(i int) *itemValue { return list[i] })
}

func (p *projectItem) FieldValueByName(args struct{ Name string }) *itemValue {
	for _, v := range p.g.values(p.c) {
		if v.f.Name == args.Name {
			return v
		}
	}
	return nil
}

// content is the union of what a card can hold, and of what a number can stand for.
type content struct {
	g     *graph
	issue *world.GitHubIssue
	draft *world.DraftIssue
}

func (c *content) ToDraftIssue() (*draftIssue, bool) {
	return &draftIssue{c.g, c.draft}, c.draft != nil
}

func (c *content) ToIssue() (*issue, bool) {
	return &issue{c.g, c.issue}, c.draft == nil && !c.issue.PullRequest
}

func (c *content) ToPullRequest() (*pullRequest, bool) {
	return &pullRequest{issue{c.g, c.issue}}, c.draft == nil && c.issue.PullRequest
}

// draftIssue is a note on a board: it has no number, no state and no address.
type draftIssue struct {
	g *graph
	d *world.DraftIssue
}

func (d *draftIssue) ID() graphql.ID      { return graphql.ID(d.d.NodeID()) }
func (d *draftIssue) Title() string       { return d.d.Title }
func (d *draftIssue) Body() string        { return d.d.Body }
func (d *draftIssue) CreatedAt() dateTime { return dateTime{d.d.Created} }
func (d *draftIssue) UpdatedAt() dateTime { return dateTime{d.d.Updated} }
func (d *draftIssue) Creator() *actor     { return d.g.actor(d.d.Author) }

func (d *draftIssue) Assignees(args span) (*connection[account], error) {
	return d.g.people("assignees", args, d.d.Assignees)
}
