package refine

import (
	"cmp"
	"strings"

	"strata/internal/facts"
	"strata/internal/work"
)

// sprints are the product's Sprints and the trackers' boxes, with what judging
// asks of each beside what the timetable answers of all.
type sprints struct {
	all     []work.Sprint
	byID    map[work.SprintID]int32
	state   []work.SprintState // as the tracker says, else by the dates
	settles []bool             // ended, and the next on its board has not begun
	times   *facts.Timetable
	every   work.Day // from the start of one of the product's Sprints to the next
}

// board is where Sprints follow one another: a tracker's board, or the product's
// own calendar, which has no name. Two trackers may have boards of one name.
type board struct{ tracker, name string }

func boardOf(s *work.Sprint) board {
	if s.Board == "" {
		return board{}
	}
	tracker, _, ok := strings.Cut(string(s.ID), ":")
	if !ok {
		tracker = ""
	}
	return board{tracker, s.Board}
}

const (
	// settleDays is how many working days carrying over and re-planning may take.
	settleDays = 2
	// usualSprint is the length of a Sprint in days where no calendar tells.
	usualSprint work.Day = 14
)

func newSprints(s *work.Snapshot, calendar facts.Calendar, today work.Day) *sprints {
	all := s.Sprints
	t := &sprints{
		all: all, byID: make(map[work.SprintID]int32, len(all)), state: make([]work.SprintState, len(all)),
		settles: make([]bool, len(all)), times: facts.NewTimetable(s, calendar, today), every: usualSprint,
	}
	begun := map[board]work.Day{} // the latest start of a Sprint that has begun
	first, last, own := work.Day(0), work.Day(0), 0
	for i := range all {
		s := &all[i]
		t.byID[s.ID] = int32(i)
		t.state[i] = stateOn(s, today)
		if s.Window.Start == 0 || s.Window.End == 0 {
			continue
		}
		if t.state[i] != work.SprintFuture {
			begun[boardOf(s)] = max(begun[boardOf(s)], s.Window.Start)
		}
		if s.Board == "" {
			first, last, own = cmp.Or(min(first, s.Window.Start), s.Window.Start), max(last, s.Window.Start), own+1
		}
	}
	if own > 1 && last > first {
		t.every = (last - first) / work.Day(own-1)
	}
	for i := range all {
		s := &all[i]
		end := cmp.Or(s.Ended, s.Window.End)
		t.settles[i] = t.state[i] == work.SprintClosed && end != 0 &&
			calendar.WorkingDaysBetween(end, today) <= settleDays && begun[boardOf(s)] <= s.Window.Start
	}
	return t
}

func stateOn(s *work.Sprint, today work.Day) work.SprintState {
	switch w := s.Window; {
	case s.State != "":
		return s.State
	case w.End != 0 && w.End < today:
		return work.SprintClosed
	case w.Start != 0 && w.Start <= today:
		return work.SprintActive
	}
	return work.SprintFuture
}

// before says which of an item's open Sprints it is in: the active one, else
// the next; one with dates before one without.
func (t *sprints) before(a, b int32) bool {
	order := func(i int32) int {
		switch {
		case t.state[i] == work.SprintActive:
			return 0
		case t.all[i].Window.Start != 0:
			return 1
		}
		return 2
	}
	return cmp.Or(cmp.Compare(order(a), order(b)),
		cmp.Compare(t.all[a].Window.Start, t.all[b].Window.Start),
		cmp.Compare(t.all[a].ID, t.all[b].ID)) < 0
}
