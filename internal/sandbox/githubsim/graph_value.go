package githubsim

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"

	graphql "github.com/graph-gophers/graphql-go"

	"strata/internal/sandbox/world"
)

// valueKind is which type of the union a card's value is.
type valueKind int

const (
	textValue valueKind = iota
	numberValue
	dateValue
	optionValue
	iterationValue
	labelValue
	userValue
	milestoneValue
	repositoryValue
)

// itemValue is what a card says for one field: its own value, or one that the field takes from the card's content.
type itemValue struct {
	g    *graph
	c    *world.ProjectItem
	f    *world.ProjectField
	v    *world.Value // nil: taken from the content
	kind valueKind
	text string
}

// values lists a card's values: the repository first, then by field (recorded). A field without a value has no
// entry at all.
func (g *graph) values(c *world.ProjectItem) []*itemValue {
	if redacted(c) {
		return nil
	}
	var out []*itemValue
	for _, f := range c.Project.Fields {
		v := g.value(c, f)
		if v == nil {
			continue
		}
		if v.kind == repositoryValue {
			out = slices.Insert(out, 0, v)
			continue
		}
		out = append(out, v)
	}
	return out
}

func (g *graph) value(c *world.ProjectItem, f *world.ProjectField) *itemValue {
	out := &itemValue{g: g, c: c, f: f}
	for _, v := range c.Values {
		if v.Field == f {
			out.v = v
		}
	}
	switch f.Type {
	case "TITLE":
		out.text = titleOf(c)
		return out
	case "LABELS":
		return out.when(labelValue, c.Issue != nil && len(c.Issue.Labels) > 0)
	case "ASSIGNEES":
		return out.when(userValue, len(assigneesOf(c)) > 0)
	case "MILESTONE":
		return out.when(milestoneValue, c.Issue != nil && c.Issue.Milestone != nil)
	case "REPOSITORY":
		return out.when(repositoryValue, c.Issue != nil)
	}
	if out.v == nil {
		return nil
	}
	switch f.Type {
	case "NUMBER":
		return out.when(numberValue, out.v.Number != nil)
	case "DATE":
		return out.when(dateValue, out.v.Date != "")
	case "SINGLE_SELECT":
		return out.when(optionValue, out.v.Option != nil)
	case "ITERATION":
		return out.when(iterationValue, out.v.Iteration != nil)
	}
	out.text = out.v.Text
	return out.when(textValue, f.Type == "TEXT" && out.text != "")
}

func (v *itemValue) when(kind valueKind, set bool) *itemValue {
	if !set {
		return nil
	}
	v.kind = kind
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

func (v *itemValue) as(kind valueKind) (*itemValue, bool) { return v, v.kind == kind }

func (v *itemValue) ToProjectV2ItemFieldTextValue() (*itemValue, bool)   { return v.as(textValue) }
func (v *itemValue) ToProjectV2ItemFieldNumberValue() (*itemValue, bool) { return v.as(numberValue) }
func (v *itemValue) ToProjectV2ItemFieldDateValue() (*itemValue, bool)   { return v.as(dateValue) }
func (v *itemValue) ToProjectV2ItemFieldSingleSelectValue() (*itemValue, bool) {
	return v.as(optionValue)
}
func (v *itemValue) ToProjectV2ItemFieldIterationValue() (*itemValue, bool) {
	return v.as(iterationValue)
}
func (v *itemValue) ToProjectV2ItemFieldLabelValue() (*itemValue, bool) { return v.as(labelValue) }
func (v *itemValue) ToProjectV2ItemFieldUserValue() (*itemValue, bool)  { return v.as(userValue) }
func (v *itemValue) ToProjectV2ItemFieldMilestoneValue() (*itemValue, bool) {
	return v.as(milestoneValue)
}
func (v *itemValue) ToProjectV2ItemFieldRepositoryValue() (*itemValue, bool) {
	return v.as(repositoryValue)
}

func (v *itemValue) ID() graphql.ID {
	raw := fmt.Sprintf("%d:%d", v.c.ID, v.f.ID)
	return graphql.ID("PVTFV_lADO" + base64.RawURLEncoding.EncodeToString([]byte(raw)))
}

func (v *itemValue) DatabaseID() *int32  { return nil }
func (v *itemValue) CreatedAt() dateTime { return dateTime{v.c.Created} }
func (v *itemValue) Creator() *actor     { return v.g.actor(v.c.Author) }
func (v *itemValue) Item() *projectItem  { return &projectItem{v.g, v.c} }
func (v *itemValue) Field() *fieldConfiguration {
	return &fieldConfiguration{&projectField{v.g, v.f}}
}

func (v *itemValue) UpdatedAt() dateTime {
	if v.v == nil || v.v.Updated.IsZero() {
		return dateTime{v.c.Updated}
	}
	return dateTime{v.v.Updated}
}

func (v *itemValue) Text() *string        { return &v.text }
func (v *itemValue) Number() *float64     { return v.v.Number }
func (v *itemValue) Date() *date          { d := date(v.v.Date); return &d }
func (v *itemValue) Name() *string        { return &v.v.Option.Name }
func (v *itemValue) OptionID() *string    { return &v.v.Option.ID }
func (v *itemValue) Color() string        { return strings.ToUpper(optionColor(v.v.Option)) }
func (v *itemValue) Description() *string { return &v.v.Option.About }
func (v *itemValue) IterationID() string  { return v.v.Iteration.ID }
func (v *itemValue) Title() string        { return v.v.Iteration.Title }
func (v *itemValue) StartDate() date      { return date(v.v.Iteration.Start.Format(time.DateOnly)) }
func (v *itemValue) Duration() int32      { return int32(v.v.Iteration.Days) }

func (v *itemValue) Labels(args span) (*connection[label], error) {
	return v.g.labels(args, v.c.Issue.Repo, v.c.Issue.Labels)
}

func (v *itemValue) Users(args span) (*connection[account], error) {
	return v.g.people("users", args, assigneesOf(v.c))
}

func (v *itemValue) Milestone() *milestone {
	return &milestone{v.g, v.c.Issue.Repo, v.c.Issue.Milestone}
}

func (v *itemValue) Repository() *repository { return &repository{v.g, v.c.Issue.Repo} }
