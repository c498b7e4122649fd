package githubsim

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

func (p *press) board(i *world.GitHubIssue) error {
	_, err := p.m.AddProjectV2ItemByID(struct{ Input addItemInput }{addItemInput{ProjectID: graphql.ID(p.value("board")), ContentID: idOf(i)}})
	return err
}

// place are the board and the card that a form names.
func (p *press) place() itemInput {
	return itemInput{ProjectID: graphql.ID(p.value("board")), ItemID: graphql.ID(p.value("card"))}
}

func (p *press) offBoard(*world.GitHubIssue) error {
	_, err := p.m.DeleteProjectV2Item(struct{ Input itemInput }{p.place()})
	return err
}

// cells sets what a card says for each field of the form that differs from what it says now.
func (p *press) cells(*world.GitHubIssue) error { return p.setCells() }

func (p *press) setCells() error {
	item, ok := p.l.g.find(p.place().ItemID).(*projectItem)
	if !ok {
		return failure("NOT_FOUND", "The card is no longer there.")
	}
	type cell struct {
		id graphql.ID
		in *fieldValueInput
	}
	var cells []cell
	for _, f := range item.c.Project.Fields {
		name := "field-" + f.NodeID()
		if !p.l.PostForm.Has(name) || !differs(item.c.Value(f.Name), p.value(name)) {
			continue
		}
		in, err := cellInput(f, p.value(name))
		if err != nil {
			return err
		}
		cells = append(cells, cell{graphql.ID(f.NodeID()), in})
	}
	for _, c := range cells {
		var err error
		if c.in == nil {
			_, err = p.m.ClearProjectV2ItemFieldValue(struct{ Input clearValueInput }{clearValueInput{itemInput: p.place(), FieldID: c.id}})
		} else {
			_, err = p.m.UpdateProjectV2ItemFieldValue(struct{ Input valueInput }{valueInput{itemInput: p.place(), FieldID: c.id, Value: *c.in}})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// onBoard carries out the forms of a board: a card is moved to another column, an issue or a draft comes on.
func (p *press) onBoard() (string, error) {
	board := p.l.s.GitHubProject(p.l.PathValue("owner"), pageNumber(p.l.PathValue("number")))
	if board == nil {
		return "", failure("NOT_FOUND", "There is no such board.")
	}
	to := local(p.value("back"))
	if to == "/" {
		to = boardPath(p.l.g, board)
	}
	id := graphql.ID(board.NodeID())
	switch do, title := p.value("do"), p.value("title"); do {
	case "move":
		p.l.PostForm.Set("board", board.NodeID())
		return to, p.setCells()
	case "add":
		if it, err := p.l.s.Find(title); err == nil {
			i, ok := it.(*world.GitHubIssue)
			if !ok {
				return "", failure("UNPROCESSABLE", "%s is in the other tracker: a board holds issues of this one.", it.Handle())
			}
			_, err := p.m.AddProjectV2ItemByID(struct{ Input addItemInput }{addItemInput{ProjectID: id, ContentID: idOf(i)}})
			return to, err
		}
		_, err := p.m.AddProjectV2DraftIssue(struct{ Input addDraftInput }{addDraftInput{ProjectID: id, Title: title}})
		return to, err
	default:
		return "", fmt.Errorf("a form asks for %q, which is nothing that can be done on a board", do)
	}
}

// differs reports whether a field of a form says something else than the card.
func differs(v *world.Value, said string) bool {
	switch {
	case v == nil:
		return said != ""
	case v.Option != nil:
		return v.Option.ID != said
	case v.Iteration != nil:
		return v.Iteration.ID != said
	}
	return valueText(v) != said
}

// cellInput is what a form says of a field, as the API takes it; nil clears the field.
func cellInput(f *world.ProjectField, said string) (*fieldValueInput, error) {
	if said == "" {
		return nil, nil //nolint:nilnil // nothing is what the field is to hold
	}
	switch f.Type {
	case "SINGLE_SELECT":
		return &fieldValueInput{SingleSelectOptionID: &said}, nil
	case "ITERATION":
		return &fieldValueInput{IterationID: &said}, nil
	case "DATE":
		if _, err := readDay(said); err != nil {
			return nil, failure("UNPROCESSABLE", "%s is a date: write it as 2026-03-31, not as %q.", f.Name, said)
		}
		return &fieldValueInput{Date: &said}, nil
	case "NUMBER":
		n, err := strconv.ParseFloat(strings.Replace(said, ",", ".", 1), 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return nil, failure("UNPROCESSABLE", "%s is a number, not %q.", f.Name, said)
		}
		return &fieldValueInput{Number: &n}, nil
	}
	return &fieldValueInput{Text: &said}, nil
}
