package facts

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"strata/internal/work"
)

// Sprints lays the trackers' boxes over the product's Sprints by their dates. It
// returns the product's Sprints first, one after another, then the boxes by start
// and id.
//
// A box ends on its last working day. That one which its tracker still calls
// active ends no earlier than today is for judging to say: a date that moves
// with the day would change what we said. Boxes of a board that lack dates get
// them from the board's cadence, as projected. Seq is the place of the product's
// Sprint that shares most days with a box; one that shares none has Seq -1.
func (c Calendar) Sprints(records []work.RecordSprint, today work.Day) []work.Sprint {
	return c.sprints(records, today, nil)
}

// sprints is Sprints for boards whose days are those of a team's zone.
func (c Calendar) sprints(records []work.RecordSprint, today work.Day, zones map[board]*time.Location) []work.Sprint {
	boxes := make([]work.Sprint, 0, len(records))
	for i := range records {
		zone := c.Zone()
		if of := zones[boardOf(records[i].ID, records[i].Board)]; of != nil {
			zone = of
		}
		boxes = append(boxes, c.box(&records[i], zone, today))
	}
	slices.SortFunc(boxes, compareBoxes)
	boxes = slices.CompactFunc(boxes, func(a, b work.Sprint) bool { return a.ID == b.ID })
	boards := byBoard(boxes)
	for i := range boards {
		c.project(boards[i].boxes, today)
	}
	for i := range boxes {
		if w := &boxes[i].Window; w.End != 0 {
			w.End = max(c.LastWorkingDay(w.End), w.Start)
		}
	}
	product := c.product(boards, today)
	for i := range boxes {
		boxes[i].Seq = over(product, boxes[i].Window)
	}
	slices.SortStableFunc(boxes, func(a, b work.Sprint) int {
		return cmp.Or(cmp.Compare(dateless(a), dateless(b)), cmp.Compare(a.Window.From(), b.Window.From()), compareSprintIDs(a.ID, b.ID))
	})
	return append(product, boxes...)
}

// board is where boxes follow one another: a board of Jira or the iteration field
// of a GitHub project. Two trackers may have boards of one name.
type board struct{ tracker, name string }

func boardOf(id work.SprintID, name string) board {
	tracker, _, _ := strings.Cut(string(id), ":")
	return board{tracker, cmp.Or(name, tracker)}
}

// lane is the boxes of one board, by id.
type lane struct {
	board board
	boxes []*work.Sprint
}

// byBoard groups boxes that are sorted by id; the boards come sorted.
func byBoard(boxes []work.Sprint) []lane {
	place := map[board]int{}
	var lanes []lane
	for i := range boxes {
		of := boardOf(boxes[i].ID, boxes[i].Board)
		at, ok := place[of]
		if !ok {
			at = len(lanes)
			place[of] = at
			lanes = append(lanes, lane{board: of})
		}
		lanes[at].boxes = append(lanes[at].boxes, &boxes[i])
	}
	slices.SortFunc(lanes, func(a, b lane) int {
		return cmp.Or(strings.Compare(a.board.tracker, b.board.tracker), strings.Compare(a.board.name, b.board.name))
	})
	return lanes
}

// dateless sorts boxes without any date behind the others.
func dateless(s work.Sprint) int { return flag(s.Window.IsZero()) }

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// compareBoxes orders boxes by id. Of one that was told twice the fuller telling
// comes first, so that the order of reading does not matter.
func compareBoxes(a, b work.Sprint) int {
	return cmp.Or(
		compareSprintIDs(a.ID, b.ID),
		cmp.Compare(flag(a.Window.Start == 0), flag(b.Window.Start == 0)), cmp.Compare(flag(a.Window.End == 0), flag(b.Window.End == 0)),
		-strings.Compare(string(a.State), string(b.State)),
		cmp.Compare(a.Window.Start, b.Window.Start), cmp.Compare(a.Window.End, b.Window.End),
		strings.Compare(a.Name, b.Name), strings.Compare(a.Board, b.Board), strings.Compare(a.Goal, b.Goal),
	)
}

// compareSprintIDs orders ids so that numbers sort as numbers.
func compareSprintIDs(a, b work.SprintID) int {
	ta, ia, _ := strings.Cut(string(a), ":")
	tb, ib, _ := strings.Cut(string(b), ":")
	return cmp.Or(strings.Compare(ta, tb), cmp.Compare(len(ia), len(ib)), strings.Compare(ia, ib))
}

// box reads a tracker's box. An end at midnight is the end of the day before. A
// closed box that was never given an end ended when it was closed; an end before
// its start is a mistake and no end.
func (c Calendar) box(r *work.RecordSprint, zone *time.Location, today work.Day) work.Sprint {
	s := work.Sprint{ID: r.ID, Name: r.Name, State: r.State, Board: boardOf(r.ID, r.Board).name, Goal: r.Goal, Seq: -1}
	s.Window.Start = cmp.Or(r.StartDay, work.DayOf(r.Start, zone))
	s.Window.End = r.EndDay
	if s.Window.End == 0 {
		s.Window.End = endDay(r.End, zone)
	}
	if s.State == work.SprintClosed {
		s.Ended = endDay(r.Completed, zone)
		s.Window.End = cmp.Or(s.Window.End, s.Ended)
	}
	if s.Window.End != 0 && s.Window.End < s.Window.Start {
		s.Window.End = 0
	}
	if s.State == "" {
		s.State = stateOn(s.Window, today)
	}
	return s
}

// endDay is the last day that lies before an instant.
func endDay(at time.Time, zone *time.Location) work.Day {
	if at.IsZero() {
		return 0
	}
	return work.DayOf(at.Add(-time.Nanosecond), zone)
}

func stateOn(w work.Window, today work.Day) work.SprintState {
	switch {
	case w.End != 0 && w.End < today:
		return work.SprintClosed
	case w.Start != 0 && w.Start <= today:
		return work.SprintActive
	}
	return work.SprintFuture
}

// over returns the place of the Sprint that shares most days with a window, of two
// the shorter, then the earlier; -1 when none shares any. The Sprints follow one another.
func over(product []work.Sprint, w work.Window) int {
	if w.IsZero() {
		return -1
	}
	start, end := w.From(), cmp.Or(w.End, w.Start)
	first, _ := slices.BinarySearchFunc(product, start, func(p work.Sprint, day work.Day) int { return cmp.Compare(p.Window.End, day) })
	best, most, length := -1, work.Day(0), work.Day(0)
	for i := first; i < len(product) && product[i].Window.Start <= end; i++ {
		p := product[i].Window
		days := min(end, p.End) - max(start, p.Start) + 1
		if days > most || days > 0 && days == most && p.End-p.Start < length {
			best, most, length = i, days, p.End-p.Start
		}
	}
	return best
}
