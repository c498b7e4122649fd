package githubsim

import (
	"html"
	"slices"
	"time"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// itemValue is what a card says for one field: its own value, or one that the field takes from the card's content.
type itemValue struct {
	g    *graph
	c    *world.ProjectItem
	f    *world.ProjectField
	v    *world.Value // nil: taken from the content
	name string       // of its type, without ProjectV2ItemField before and Value behind
	text string
}

// TypeName tells the kinds of value apart.
func (v *itemValue) TypeName() string { return "ProjectV2ItemField" + v.name + "Value" }

// values lists a card's values: the repository first, then by field (recorded). A field without a value has no
// entry at all, nor have the fields that GitHub shows on its pages only: parent issue, sub-issues progress, type.
func (g *graph) values(c *world.ProjectItem) []*itemValue {
	if g.redacted(c) {
		return nil
	}
	out := make([]*itemValue, 0, len(c.Values)+4)
	for _, f := range c.Project.Fields {
		v := g.value(c, f)
		if v == nil {
			continue
		}
		if v.name == "Repository" {
			out = slices.Insert(out, 0, v)
			continue
		}
		out = append(out, v)
	}
	return out
}

func (g *graph) value(c *world.ProjectItem, f *world.ProjectField) *itemValue {
	out := &itemValue{g: g, c: c, f: f}
	switch f.Type {
	case "TITLE":
		out.text = titleOf(c)
		return out.when("Text", true)
	case "LABELS":
		return out.when("Label", c.Issue != nil && len(c.Issue.Labels) > 0)
	case "ASSIGNEES":
		return out.when("User", len(assigneesOf(c)) > 0)
	case "MILESTONE":
		return out.when("Milestone", c.Issue != nil && c.Issue.Milestone != nil)
	case "REPOSITORY":
		return out.when("Repository", c.Issue != nil)
	case "LINKED_PULL_REQUESTS":
		return out.when("PullRequest", c.Issue != nil && !c.Issue.PullRequest && len(g.seen(closers(g.s, c.Issue))) > 0)
	case "REVIEWERS":
		return out.when("Reviewer", c.Issue != nil && c.Issue.PullRequest && len(g.reviewers(c.Issue)) > 0)
	}
	for _, v := range c.Values {
		if v.Field == f {
			out.v = v
		}
	}
	if out.v == nil {
		return nil
	}
	switch f.Type {
	case "NUMBER":
		return out.when("Number", out.v.Number != nil)
	case "DATE":
		return out.when("Date", out.v.Date != "")
	case "SINGLE_SELECT":
		return out.when("SingleSelect", out.v.Option != nil)
	case "ITERATION":
		return out.when("Iteration", out.v.Iteration != nil)
	}
	out.text = out.v.Text
	return out.when("Text", f.Type == "TEXT" && out.text != "")
}

func (v *itemValue) when(name string, set bool) *itemValue {
	if !set {
		return nil
	}
	v.name = name
	return v
}

func titleOf(c *world.ProjectItem) string {
	if c.Draft != nil {
		return c.Draft.Title
	}
	return c.Issue.Title
}

func assigneesOf(c *world.ProjectItem) []*world.User {
	if c.Draft != nil {
		return c.Draft.Assignees
	}
	return c.Issue.Assignees
}

const valuePrefix = "PVTFV"

func (v *itemValue) ID() graphql.ID { return opaque(valuePrefix, v.c.ID, v.f.ID) }

// valueByID finds the value that a card has for a field.
func (g *graph) valueByID(c *world.ProjectItem, field int64) any {
	for _, v := range g.values(c) {
		if v.f.ID == field {
			return v
		}
	}
	return nil
}

func (v *itemValue) DatabaseID() *int     { return smallID(v.c.ID) }
func (v *itemValue) CreatedAt() string    { return stamp(v.c.Created) }
func (v *itemValue) Creator() *account    { return v.g.actor(v.c.Author) }
func (v *itemValue) Item() *projectItem   { return &projectItem{v.g, v.c} }
func (v *itemValue) Field() any           { return &projectField{v.g, v.f} }
func (v *itemValue) Text() *string        { return &v.text }
func (v *itemValue) Number() *float64     { return v.v.Number }
func (v *itemValue) Date() *string        { return &v.v.Date }
func (v *itemValue) Name() *string        { return &v.v.Option.Name }
func (v *itemValue) OptionID() *string    { return &v.v.Option.ID }
func (v *itemValue) Color() string        { return optionColor(v.v.Option) }
func (v *itemValue) Description() *string { return &v.v.Option.About }
func (v *itemValue) IterationID() string  { return v.v.Iteration.ID }
func (v *itemValue) Title() string        { return v.v.Iteration.Title }
func (v *itemValue) TitleHTML() string    { return html.EscapeString(v.v.Iteration.Title) }
func (v *itemValue) StartDate() string    { return v.v.Iteration.Start.Format(time.DateOnly) }
func (v *itemValue) Duration() int        { return v.v.Iteration.Days }
func (v *itemValue) NameHTML() *string    { text := html.EscapeString(v.v.Option.Name); return &text }

func (v *itemValue) DescriptionHTML() *string {
	text := html.EscapeString(v.v.Option.About)
	return &text
}

func (v *itemValue) UpdatedAt() string {
	if v.v == nil || v.v.Updated.IsZero() {
		return stamp(v.c.Updated)
	}
	return stamp(v.v.Updated)
}

func (v *itemValue) Labels(args span) (*connection[*label], error) {
	return v.g.labels(args, v.c.Issue.Repo, v.c.Issue.Labels)
}

func (v *itemValue) Users(args span) (*connection[*account], error) {
	return v.g.people("users", args, assigneesOf(v.c))
}

func (v *itemValue) Milestone() *milestone {
	return &milestone{v.g, v.c.Issue.Repo, v.c.Issue.Milestone}
}

func (v *itemValue) Repository() *repository { return &repository{v.g, v.c.Issue.Repo} }

func (v *itemValue) PullRequests(args orderedSpan) (*connection[*pullRequest], error) {
	return v.g.pulls("pullRequests", args.span, v.g.seen(closers(v.g.s, v.c.Issue)))
}

func (v *itemValue) Reviewers(args span) (*connection[any], error) {
	list := v.g.reviewers(v.c.Issue)
	return connect("reviewers", args, len(list), func(i int) any { return list[i] })
}
