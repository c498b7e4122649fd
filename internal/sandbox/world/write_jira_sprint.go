package world

import (
	"slices"
	"time"
)

// SprintChange is what changes in a sprint; nil leaves as it is, and a zero time
// takes the date away.
type SprintChange struct {
	Name, Goal, State *string
	Start, End        *time.Time
}

// AddSprint makes a future sprint on a board.
func (s *State) AddSprint(b *Board, name, goal string, start, end time.Time) *Sprint {
	sp := &Sprint{ID: s.id("sprint", 1), Name: name, State: Future, Goal: goal, Board: b.ID, Start: start, End: end}
	b.Sprints = append(b.Sprints, sp)
	s.Sprints = append(s.Sprints, sp)
	return sp
}

// ChangeSprint changes a sprint. Completing it notes when; what is open in it is
// then back in the backlog. Every issue that bears the sprint shows it anew.
func (s *State) ChangeSprint(sp *Sprint, c SprintChange) {
	if c.Name != nil {
		sp.Name = *c.Name
	}
	if c.Goal != nil {
		sp.Goal = *c.Goal
	}
	if c.Start != nil {
		sp.Start = *c.Start
	}
	if c.End != nil {
		sp.End = *c.End
	}
	if c.State != nil && *c.State != sp.State {
		sp.State = *c.State
		if sp.State == Closed {
			sp.Complete = s.Now().Truncate(time.Millisecond)
		}
	}
	sp.Raw = nil
	s.showSprint(sp)
}

// DropSprint removes a sprint; its issues are in the backlog, or in their other
// sprints.
func (s *State) DropSprint(sp *Sprint, by *User) {
	for _, i := range s.Jira {
		if !slices.Contains(i.Sprints, sp) {
			continue
		}
		was, wasNames := sprintIDs(i.Sprints)
		i.Sprints = slices.DeleteFunc(slices.Clone(i.Sprints), func(o *Sprint) bool { return o == sp })
		ids, names := sprintIDs(i.Sprints)
		e := s.Edit(i)
		e.note(ChangeItem{"Sprint", was, wasNames, ids, names}, i.SprintField, SprintFieldID, "sprint", "closedSprints")
		e.Done(by)
	}
	without := func(o *Sprint) bool { return o == sp }
	s.Sprints = slices.DeleteFunc(slices.Clone(s.Sprints), without)
	if b := s.Board(sp.Board); b != nil {
		b.Sprints = slices.DeleteFunc(slices.Clone(b.Sprints), without)
	}
	s.forget()
}

// showSprint drops the recorded sprints of every issue that was in one that has
// changed.
func (s *State) showSprint(sp *Sprint) {
	for _, i := range s.Jira {
		if slices.Contains(i.Sprints, sp) {
			i.Recorded.Drop(i.SprintField, SprintFieldID, "sprint", "closedSprints")
		}
	}
	s.forget()
}

// LogSprint writes a client's change of a sprint into the journal.
func (s *State) LogSprint(op string, sp *Sprint, by *User) {
	e := Entry{Seq: len(s.Journal) + 1, Time: s.Now(), Tracker: Jira, Op: op, Item: "sprint " + idText(sp.ID), Author: authorName(by), Detail: sp.Name}
	s.Journal = append(s.Journal, e)
	for _, f := range s.book.watchers {
		f(s, Happening{Entry: e, By: by, Sprint: sp})
	}
}
