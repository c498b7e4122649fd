package githubsim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// projectItem is a card on a board.
type projectItem struct {
	g *graph
	c *world.ProjectItem
}

func (p *projectItem) ID() graphql.ID          { return graphql.ID(p.c.NodeID()) }
func (p *projectItem) DatabaseID() *int        { return smallID(p.c.ID) }
func (p *projectItem) FullDatabaseID() *string { return bigID(p.c.ID) }
func (p *projectItem) IsArchived() bool        { return p.c.Archived }
func (p *projectItem) CreatedAt() string       { return stamp(p.c.Created) }
func (p *projectItem) UpdatedAt() string       { return stamp(p.c.Updated) }
func (p *projectItem) Creator() *account       { return p.g.actor(p.c.Author) }
func (p *projectItem) Project() *project       { return &project{p.g, p.c.Project} }

// redacted cards stand for something the account may not see: type REDACTED, content null, no values.
func (g *graph) redacted(c *world.ProjectItem) bool {
	return c.Redacted || c.Draft == nil && !g.shows(c.Issue)
}

func (p *projectItem) Type() string {
	switch {
	case p.g.redacted(p.c):
		return "REDACTED"
	case p.c.Draft != nil:
		return "DRAFT_ISSUE"
	case p.c.Issue.PullRequest:
		return "PULL_REQUEST"
	}
	return "ISSUE"
}

func (p *projectItem) Content() any {
	switch {
	case p.g.redacted(p.c):
		return nil
	case p.c.Draft != nil:
		return &draftIssue{p.g, p.c.Draft}
	}
	return p.g.item(p.c.Issue)
}

func (p *projectItem) FieldValues(args orderedSpan) (*connection[any], error) {
	list := p.g.values(p.c)
	if args.OrderBy != nil && args.OrderBy.Direction == "DESC" {
		slices.Reverse(list)
	}
	return connect("fieldValues", args.span, len(list), func(i int) any { return list[i] })
}

func (p *projectItem) FieldValueByName(args struct{ Name string }) any {
	if p.g.redacted(p.c) {
		return nil
	}
	for _, f := range p.c.Project.Fields {
		if strings.EqualFold(f.Name, args.Name) {
			if v := p.g.value(p.c, f); v != nil {
				return v
			}
			return nil
		}
	}
	return nil
}

// draftIssue is a note on a board: it has no number, no state and no address.
type draftIssue struct {
	g *graph
	d *world.DraftIssue
}

func (d *draftIssue) ID() graphql.ID    { return graphql.ID(d.d.NodeID()) }
func (d *draftIssue) Title() string     { return d.d.Title }
func (d *draftIssue) Body() string      { return d.d.Body }
func (d *draftIssue) BodyHTML() string  { return rendered(d.d.Body) }
func (d *draftIssue) BodyText() string  { return plainText(d.d.Body) }
func (d *draftIssue) CreatedAt() string { return stamp(d.d.Created) }
func (d *draftIssue) UpdatedAt() string { return stamp(d.d.Updated) }
func (d *draftIssue) Creator() *account { return d.g.actor(d.d.Author) }

func (d *draftIssue) Assignees(args span) (*connection[*account], error) {
	return d.g.people("assignees", args, d.d.Assignees)
}

func (d *draftIssue) cards() []*world.ProjectItem {
	if card := d.g.s.DraftCard(d.d); card != nil {
		return []*world.ProjectItem{card}
	}
	return nil
}

func (d *draftIssue) ProjectV2Items(args span) (*connection[*projectItem], error) {
	list := d.cards()
	return connect("projectV2Items", args, len(list), func(i int) *projectItem { return &projectItem{d.g, list[i]} })
}

func (d *draftIssue) ProjectsV2(args span) (*connection[*project], error) {
	list := d.cards()
	return connect("projectsV2", args, len(list), func(i int) *project { return &project{d.g, list[i].Project} })
}
