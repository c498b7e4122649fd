package facts

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"strata/internal/work"
)

// ahead is how many of the product's Sprints are laid out beyond today and the
// trackers' last box; no rule looks further.
const ahead = 6

// mostSprints bounds the product's Sprints: ten years of weeks.
const mostSprints = 520

// Sprints lays the trackers' boxes over the product's Sprints by their dates. It
// returns the product's Sprints first, then the boxes by start and id.
//
// A box ends on its last working day. That one which its tracker still calls
// active ends no earlier than today is for judging to say: a date that moves
// with the day would change what we said. Future boxes of a board that have no dates follow its last
// dated one, in the order of their ids and in the board's cadence, as projected.
// Seq 0 is Sprint 1; a box that overlaps none of the product's Sprints has Seq -1.
func (c Calendar) Sprints(records []work.RecordSprint, today work.Day) []work.Sprint {
	boxes := make([]work.Sprint, 0, len(records))
	for i := range records {
		boxes = append(boxes, c.box(&records[i], today))
	}
	slices.SortFunc(boxes, func(a, b work.Sprint) int { return compareSprintIDs(a.ID, b.ID) })
	boxes = slices.CompactFunc(boxes, func(a, b work.Sprint) bool { return a.ID == b.ID })
	c.project(boxes, today)
	for i := range boxes {
		if w := &boxes[i].Window; w.End != 0 {
			w.End = max(c.LastWorkingDay(w.End), w.Start)
		}
	}
	product := c.product(boxes, today)
	for i := range boxes {
		boxes[i].Seq = over(product, boxes[i].Window)
	}
	slices.SortStableFunc(boxes, func(a, b work.Sprint) int {
		return cmp.Or(cmp.Compare(dateless(a), dateless(b)), cmp.Compare(a.Window.From(), b.Window.From()), compareSprintIDs(a.ID, b.ID))
	})
	return append(product, boxes...)
}

// dateless sorts boxes without any date behind the others.
func dateless(s work.Sprint) int {
	if s.Window.IsZero() {
		return 1
	}
	return 0
}

// compareSprintIDs orders ids so that numbers sort as numbers.
func compareSprintIDs(a, b work.SprintID) int {
	ta, ia, _ := strings.Cut(string(a), ":")
	tb, ib, _ := strings.Cut(string(b), ":")
	return cmp.Or(strings.Compare(ta, tb), cmp.Compare(len(ia), len(ib)), strings.Compare(ia, ib))
}

// box reads a tracker's box. An end at midnight is the end of the day before.
func (c Calendar) box(r *work.RecordSprint, today work.Day) work.Sprint {
	s := work.Sprint{ID: r.ID, Name: r.Name, State: r.State, Board: r.Board, Goal: r.Goal, Seq: -1}
	s.Window.Start = cmp.Or(r.StartDay, work.DayOf(r.Start, c.Zone()))
	s.Window.End = r.EndDay
	if s.Window.End == 0 && !r.End.IsZero() {
		local := r.End.In(c.Zone())
		s.Window.End = work.DayOf(local.Add(-time.Nanosecond), c.Zone())
	}
	if s.Window.End != 0 && s.Window.End < s.Window.Start {
		s.Window.End = 0
	}
	if s.State == "" {
		s.State = stateOn(s.Window, today)
	}
	return s
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

// project gives dates to boxes that lack them; boxes are sorted by id.
func (c Calendar) project(boxes []work.Sprint, today work.Day) {
	boards := map[string][]*work.Sprint{}
	for i := range boxes {
		tracker, _, _ := strings.Cut(string(boxes[i].ID), ":")
		board := tracker + "\x00" + boxes[i].Board
		boards[board] = append(boards[board], &boxes[i])
	}
	for _, board := range boards {
		every, last := c.cadence(board)
		if last == 0 {
			continue
		}
		for _, s := range board {
			if s.Window.Start != 0 && s.Window.End == 0 {
				s.Window.End, s.Window.Projected = s.Window.Start+every-1, true
			}
		}
		next := last + every
		for _, s := range board {
			if !s.Window.IsZero() || s.State != work.SprintFuture {
				continue
			}
			if late := today - (next + every - 1); late > 0 { // its slot is over: the board paused
				next += (late + every - 1) / every * every
			}
			s.Window = work.Window{Start: next, End: next + every - 1, Projected: true}
			next += every
		}
	}
}

// cadence returns the days from one start of a board to the next, and the last
// start it has, 0 when none of its boxes has a start. The cadence is the distance of the last
// two starts, else the length of the only box in whole weeks, else the product's.
func (c Calendar) cadence(board []*work.Sprint) (every, last work.Day) {
	var before, end work.Day
	for _, s := range board {
		switch start := s.Window.Start; {
		case start > last:
			before, last, end = last, start, s.Window.End
		case start > before && start < last:
			before = start
		}
	}
	switch {
	case before != 0 && last-before <= 60:
		return last - before, last
	case before == 0 && end > last && end-last < 60:
		return (end - last + 7) / 7 * 7, last
	}
	return work.Day(max(1, c.every)), last
}

// product returns the product's own Sprints: from the config, else the distinct
// windows of the boxes.
func (c Calendar) product(boxes []work.Sprint, today work.Day) []work.Sprint {
	var windows []work.Window
	if c.first != 0 {
		until := today
		for i := range boxes {
			until = max(until, boxes[i].Window.End)
		}
		until += work.Day(ahead * c.every)
		for start := c.first; start <= until && len(windows) < mostSprints; start += work.Day(c.every) {
			windows = append(windows, work.Window{Start: start, End: max(start, c.LastWorkingDay(start+work.Day(c.every)-1))})
		}
	} else {
		windows = c.distinct(boxes)
	}
	product := make([]work.Sprint, 0, len(windows)+len(boxes))
	for i, w := range windows {
		n := strconv.Itoa(i + 1)
		product = append(product, work.Sprint{ID: work.SprintID("product:" + n), Name: "Sprint " + n, State: stateOn(w, today), Window: w, Seq: i})
	}
	return product
}

// distinct returns the windows of the boxes, those that begin and end together as one.
func (c Calendar) distinct(boxes []work.Sprint) []work.Window {
	var windows []work.Window
	for i := range boxes {
		if w := boxes[i].Window; w.Start != 0 && w.End != 0 {
			windows = append(windows, w)
		}
	}
	slices.SortFunc(windows, func(a, b work.Window) int {
		projected := cmp.Compare(flag(a.Projected), flag(b.Projected))
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), projected)
	})
	var out []work.Window
	for _, w := range windows {
		same := func(o work.Window) bool { return c.Touches(o.Start, w.Start) && c.Touches(o.End, w.End) }
		if i := slices.IndexFunc(out[max(0, len(out)-8):], same); i >= 0 {
			o := &out[max(0, len(out)-8)+i]
			o.Projected = o.Projected && w.Projected
			continue
		}
		out = append(out, w)
	}
	return out
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// over returns the place of the Sprint that shares most days with a window, of two
// the shorter, then the earlier; -1 when none shares any. The Sprints are sorted by start.
func over(product []work.Sprint, w work.Window) int {
	if w.IsZero() {
		return -1
	}
	start, end := w.From(), cmp.Or(w.End, w.Start)
	best, most, length := -1, work.Day(0), work.Day(0)
	for i := range product {
		p := product[i].Window
		if p.Start > end {
			break
		}
		days := min(end, p.End) - max(start, p.Start) + 1
		if days > most || days > 0 && days == most && p.End-p.Start < length {
			best, most, length = i, days, p.End-p.Start
		}
	}
	return best
}
