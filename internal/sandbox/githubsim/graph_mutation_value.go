package githubsim

import (
	"slices"
	"strings"
	"time"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

type valueInput struct {
	itemInput
	FieldID graphql.ID
	Value   fieldValueInput
}

// fieldValueInput carries the one part that the field's kind asks for.
type fieldValueInput struct {
	Date, IterationID, SingleSelectOptionID, Text *string
	Number                                        *float64
}

type valuePayload struct {
	echo
	ProjectV2Item *projectItem
}

// UpdateProjectV2ItemFieldValue sets what a card says for a field. Fields that GitHub fills from the card's content
// cannot be set.
func (m mutation) UpdateProjectV2ItemFieldValue(args struct{ Input valueInput }) (*valuePayload, error) {
	in := args.Input
	card, f, err := m.cell(in.itemInput, in.FieldID, "UpdateProjectV2ItemFieldValue")
	if err != nil {
		return nil, err
	}
	v, err := valueFor(f, in.Value)
	if err != nil {
		return nil, err
	}
	m.g.s.ChangeValue(card, v, m.g.me)
	return &valuePayload{in.echo, &projectItem{m.g, card}}, nil
}

type clearValueInput struct {
	itemInput
	FieldID graphql.ID
}

func (m mutation) ClearProjectV2ItemFieldValue(args struct{ Input clearValueInput }) (*valuePayload, error) {
	in := args.Input
	card, f, err := m.cell(in.itemInput, in.FieldID, "ClearProjectV2ItemFieldValue")
	if err != nil {
		return nil, err
	}
	m.g.s.Unset(card, f, m.g.me)
	return &valuePayload{in.echo, &projectItem{m.g, card}}, nil
}

// cell finds a card and a field of one board.
func (m mutation) cell(in itemInput, field graphql.ID, name string) (*world.ProjectItem, *world.ProjectField, error) {
	card, err := m.card(in.ProjectID, in.ItemID, name)
	if err != nil {
		return nil, nil, err
	}
	f, ok := m.g.find(field).(*projectField)
	if !ok {
		return nil, nil, unresolved(field)
	}
	if f.f.Project != card.Project {
		return nil, nil, failure("NOT_FOUND", "The field does not exist in the project")
	}
	if !slices.Contains(customTypes, f.f.Type) {
		return nil, nil, failure("UNPROCESSABLE", "The field of type %s is currently not supported.", strings.ToLower(f.f.Type))
	}
	return card, f.f, nil
}

// customTypes are the kinds of field whose values people set.
var customTypes = []string{"TEXT", "NUMBER", "DATE", "SINGLE_SELECT", "ITERATION"}

// valueFor reads a value as its field wants it.
func valueFor(f *world.ProjectField, in fieldValueInput) (world.Value, error) {
	v := world.Value{Field: f}
	switch {
	case f.Type == "TEXT" && in.Text != nil:
		v.Text = *in.Text
	case f.Type == "NUMBER" && in.Number != nil:
		v.Number = in.Number
	case f.Type == "DATE" && in.Date != nil:
		v.Date = *in.Date
	case f.Type == "SINGLE_SELECT" && in.SingleSelectOptionID != nil:
		for _, o := range f.Options {
			if o.ID == *in.SingleSelectOptionID {
				v.Option = o
			}
		}
		if v.Option == nil {
			return v, failure("UNPROCESSABLE", "The single select option Id does not belong to the field")
		}
	case f.Type == "ITERATION" && in.IterationID != nil:
		for _, it := range f.Iterations {
			if it.ID == *in.IterationID {
				v.Iteration = it
			}
		}
		if v.Iteration == nil {
			return v, failure("UNPROCESSABLE", "The iteration Id does not belong to the field")
		}
	default:
		return v, failure("UNPROCESSABLE", "Did not receive a %s value to update a field of type %s", valueWord(f.Type), strings.ToLower(f.Type))
	}
	return v, nil
}

func valueWord(kind string) string {
	switch kind {
	case "SINGLE_SELECT":
		return "single select option Id"
	case "ITERATION":
		return "iteration Id"
	}
	return strings.ToLower(kind)
}

type createFieldInput struct {
	echo
	ProjectID              graphql.ID
	DataType, Name         string
	SingleSelectOptions    []optionInput
	IterationConfiguration *iterationsInput
}

type optionInput struct {
	ID                       *string
	Name, Color, Description string
}

type iterationsInput struct {
	Duration   int
	StartDate  string
	Iterations []iterationInput
}

type iterationInput struct {
	Duration         int
	StartDate, Title string
}

type fieldPayload struct {
	echo
	ProjectV2Field any
}

func (m mutation) CreateProjectV2Field(args struct{ Input createFieldInput }) (*fieldPayload, error) {
	in := args.Input
	p, err := m.board(in.ProjectID, "CreateProjectV2Field")
	if err != nil {
		return nil, err
	}
	switch {
	case strings.TrimSpace(in.Name) == "":
		return nil, failure("UNPROCESSABLE", "Name can't be blank")
	case p.Field(in.Name) != nil:
		return nil, failure("UNPROCESSABLE", "Name has already been taken")
	case in.DataType == "SINGLE_SELECT" && len(in.SingleSelectOptions) == 0:
		return nil, failure("UNPROCESSABLE", "Options can't be blank")
	}
	f := m.g.s.AddField(p, in.Name, in.DataType)
	m.shape(f, in.SingleSelectOptions, in.IterationConfiguration)
	return &fieldPayload{in.echo, &projectField{m.g, f}}, nil
}

// shape gives a field its choices or spans.
func (m mutation) shape(f *world.ProjectField, options []optionInput, spans *iterationsInput) {
	if f.Type == "SINGLE_SELECT" && options != nil {
		var drafts []world.Option
		for _, o := range options {
			drafts = append(drafts, world.Option{Name: o.Name, Color: o.Color, About: o.Description})
		}
		m.g.s.SetOptions(f, drafts, m.g.me)
	}
	if f.Type == "ITERATION" && spans != nil {
		var drafts []world.Iteration
		for _, it := range spans.Iterations {
			start, _ := time.Parse(time.DateOnly, it.StartDate) // checked as a Date
			drafts = append(drafts, world.Iteration{Title: it.Title, Start: start, Days: it.Duration})
		}
		m.g.s.SetIterations(f, drafts, m.g.me)
	}
}

type editFieldInput struct {
	echo
	FieldID                graphql.ID
	Name                   *string
	SingleSelectOptions    []optionInput
	IterationConfiguration *iterationsInput
}

func (m mutation) field(id graphql.ID, name string) (*world.ProjectField, error) {
	f, ok := m.g.find(id).(*projectField)
	if !ok {
		return nil, unresolved(id)
	}
	return f.f, m.boardRight(f.f.Project, name)
}

func (m mutation) UpdateProjectV2Field(args struct{ Input editFieldInput }) (*fieldPayload, error) {
	in := args.Input
	f, err := m.field(in.FieldID, "UpdateProjectV2Field")
	if err != nil {
		return nil, err
	}
	if in.Name != nil {
		f.Name = *in.Name
		m.g.s.EditBoard(f.Project, m.g.me, func(*world.GitHubProject) {})
	}
	m.shape(f, in.SingleSelectOptions, in.IterationConfiguration)
	return &fieldPayload{in.echo, &projectField{m.g, f}}, nil
}

type fieldInput struct {
	echo
	FieldID graphql.ID
}

func (m mutation) DeleteProjectV2Field(args struct{ Input fieldInput }) (*fieldPayload, error) {
	f, err := m.field(args.Input.FieldID, "DeleteProjectV2Field")
	if err != nil {
		return nil, err
	}
	if !slices.Contains(customTypes, f.Type) || f.Name == "Status" {
		return nil, failure("UNPROCESSABLE", "The field cannot be deleted")
	}
	m.g.s.DeleteField(f, m.g.me)
	return &fieldPayload{args.Input.echo, &projectField{m.g, f}}, nil
}
