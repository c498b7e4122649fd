package github

import (
	"fmt"

	"strata/internal/work"
)

// Types of a project's items, and of the values of their fields.
const (
	issueItem    = "ISSUE"
	redactedItem = "REDACTED"
)

// item turns a project's item into a record: the issue, and what the project's
// fields add. The place on the board is its rank.
func (g *GitHub) item(n *itemNode, position int) work.Record {
	r := g.issue(n.Content)
	if v := n.Status; v != nil && v.Name != "" {
		// The field says how far; only the issue says whether it is over.
		r.Status = work.Status{ID: v.OptionID, Name: v.Name, Category: r.Status.Category}
	}
	if v := n.Iteration; v != nil && v.IterationID != "" {
		r.Sprints = []work.SprintID{g.sprintID(v.IterationID)}
	}
	if v := n.Estimate; v != nil && v.Number != nil {
		estimate := *v.Number
		r.Estimate = &estimate
	}
	if v := n.Team; v != nil {
		if team := v.word(); team != "" {
			r.Team = []string{team}
		}
	}
	r.Start = n.Start.day()
	r.NeededBy = n.NeededBy.day()
	if due := n.Due.day(); due != "" {
		r.Due = due
	}
	r.Rank = fmt.Sprintf("%07d", position)
	return r
}

// word is the text of a single select or of a text field.
func (v *fieldValue) word() string {
	if v.Name != "" {
		return v.Name
	}
	return v.Text
}

func (v *fieldValue) day() string {
	if v == nil {
		return ""
	}
	return v.Date
}

func (g *GitHub) sprintID(iteration string) work.SprintID {
	return work.SprintID(g.name + ":" + iteration)
}

// forgotten is the time box of a card's value whose iteration the field's own
// configuration does not list any more: its people deleted it, or edited the field,
// which gives iterations new ids.
func (g *GitHub) forgotten(v *fieldValue, board string) (work.RecordSprint, bool) {
	if v == nil || v.IterationID == "" || v.Duration <= 0 {
		return work.RecordSprint{}, false
	}
	start, err := work.ParseDay(v.StartDate)
	if err != nil || start == 0 {
		return work.RecordSprint{}, false
	}
	return work.RecordSprint{ID: g.sprintID(v.IterationID), Name: v.Title, StartDay: start, EndDay: start + work.Day(v.Duration) - 1, Board: board}, true
}

// sprints are the time boxes of an iteration field. GitHub counts a box by its
// first day and its length; our last day belongs to the box.
func (g *GitHub) sprints(f *iterationField, board string) ([]work.RecordSprint, error) {
	if f == nil || f.Configuration == nil {
		return nil, nil
	}
	var out []work.RecordSprint
	add := func(list []iterationNode, state work.SprintState) error {
		for _, it := range list {
			start, err := work.ParseDay(it.StartDate)
			if err != nil {
				return fmt.Errorf("iteration %s of %s: %w", it.Title, board, err)
			}
			s := work.RecordSprint{ID: g.sprintID(it.ID), Name: it.Title, State: state, StartDay: start, Board: board}
			if it.Duration > 0 {
				s.EndDay = start + work.Day(it.Duration) - 1
			}
			out = append(out, s)
		}
		return nil
	}
	if err := add(f.Configuration.CompletedIterations, work.SprintClosed); err != nil {
		return nil, err
	}
	// Whether a box is active or to come is a matter of today, which is the caller's.
	if err := add(f.Configuration.Iterations, ""); err != nil {
		return nil, err
	}
	return out, nil
}
