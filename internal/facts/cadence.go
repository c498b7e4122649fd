package facts

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"strata/internal/work"
)

// project gives dates to boxes of one board that lack some; they are sorted by id.
//
//	state  | has          | gets
//	any    | start alone  | the end that the cadence gives
//	any    | end alone    | the start, likewise
//	open   | nothing      | the next slot of the cadence that is not over, in the order of ids
//	closed | nothing      | nothing: it is over, whenever that was
//
// Where several teams share a board, each has boxes of its own name there ("Web
// 12", "Core 12"); then each goes on from its own last one.
func (c Calendar) project(all []*work.Sprint, today work.Day) {
	every, dated := c.cadence(all)
	for _, s := range all {
		switch w := &s.Window; {
		case w.Start != 0 && w.End == 0:
			w.End, w.Projected = w.Start+every-1, true
		case w.Start == 0 && w.End != 0:
			w.Start, w.Projected = w.End-every+1, true
		}
	}
	if !dated {
		return
	}
	last := lastStart(all)
	for _, boxes := range series(all) {
		next := cmp.Or(lastStart(boxes), last) + every
		for _, s := range boxes {
			if !s.Window.IsZero() || s.State == work.SprintClosed {
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

// lastStart returns the latest start among boxes, 0 when none has one.
func lastStart(boxes []*work.Sprint) (last work.Day) {
	for _, s := range boxes {
		last = max(last, s.Window.Start)
	}
	return last
}

// series divides the boxes of a board whose boxes run side by side by their names
// without numbers; any other board is one series.
func series(all []*work.Sprint) [][]*work.Sprint {
	if !sideBySide(all) {
		return [][]*work.Sprint{all}
	}
	place := map[string]int{}
	var out [][]*work.Sprint
	for _, s := range all {
		stem := strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) || unicode.IsSpace(r) {
				return -1
			}
			return unicode.ToLower(r)
		}, s.Name)
		at, ok := place[stem]
		if !ok {
			at = len(out)
			place[stem] = at
			out = append(out, nil)
		}
		out[at] = append(out[at], s)
	}
	return out
}

// sideBySide says whether two boxes share half of the shorter one's days.
func sideBySide(all []*work.Sprint) bool {
	dated := sortedByStart(all)
	for i := 1; i < len(dated); i++ {
		a, b := dated[i-1].Window, dated[i].Window
		if shared := min(a.End, b.End) - b.Start + 1; shared*2 > min(a.End-a.Start, b.End-b.Start)+1 {
			return true
		}
	}
	return false
}

// sortedByStart returns the boxes with a start and an end of a usual length, by start.
func sortedByStart(all []*work.Sprint) []*work.Sprint {
	dated := make([]*work.Sprint, 0, len(all))
	for _, s := range all {
		if w := s.Window; w.Start != 0 && w.End >= w.Start && w.End-w.Start < longestBox {
			dated = append(dated, s)
		}
	}
	slices.SortStableFunc(dated, func(a, b *work.Sprint) int { return cmp.Compare(a.Window.Start, b.Window.Start) })
	return dated
}

// recent is how many of a board's boxes its cadence is read from.
const recent = 7

// cadence returns the days from one start of a board to the next: the usual
// distance of its last starts, else the usual length of its boxes in whole weeks,
// else the product's. A pause is not usual, and boxes that run side by side do not
// follow one another. Dated says whether any of its boxes has a start.
func (c Calendar) cadence(all []*work.Sprint) (every work.Day, dated bool) {
	var lengths, steps []work.Day
	starts := make([]work.Day, 0, len(all))
	for _, s := range all {
		if s.Window.Start != 0 {
			starts = append(starts, s.Window.Start)
		}
	}
	full := sortedByStart(all)
	for _, s := range full[max(0, len(full)-recent):] {
		lengths = append(lengths, wholeWeeks(s.Window))
	}
	length := median(lengths)
	slices.Sort(starts)
	for i := len(starts) - 1; i > 0 && len(steps) < recent; i-- {
		if step := starts[i] - starts[i-1]; step*2 > length && step > 0 && step <= 62 {
			steps = append(steps, step)
		}
	}
	return cmp.Or(median(steps), length, max(1, c.every)), len(starts) > 0
}

// wholeWeeks is the length of a box with the days off around it, in weeks where it
// is about that long: Monday to Friday of the next week are two.
func wholeWeeks(w work.Window) work.Day {
	days := w.End - w.Start
	if weeks := (days + 3) / 7; weeks > 0 {
		return weeks * 7
	}
	return days + 1
}

// median is the middle one, of two the smaller; 0 of none.
func median(days []work.Day) work.Day {
	if len(days) == 0 {
		return 0
	}
	slices.Sort(days)
	return days[(len(days)-1)/2]
}
