package facts

import (
	"cmp"
	"slices"
	"strconv"

	"strata/internal/work"
)

const (
	// ahead is how many of the product's Sprints are laid out beyond today and the
	// trackers' last box; no rule looks further.
	ahead = 6
	// mostSprints bounds the product's Sprints: ten years of weeks.
	mostSprints = 520
	// foresight is how many days ahead a box may end that still counts: a date in
	// the next century is a mistake of whoever wrote it.
	foresight work.Day = 3 * 366
	// monthly is how many days the longest time box takes that can be a Sprint.
	monthly work.Day = 45
)

// product returns the product's own Sprints: from the config, else from the boxes.
func (c Calendar) product(boards []lane, today work.Day) []work.Sprint {
	if c.first != 0 {
		return c.configured(boards, today)
	}
	windows := c.derived(boards, today)
	product := make([]work.Sprint, len(windows), len(windows)+count(boards))
	for i, w := range windows {
		product[i] = productSprint(w.Start.String(), i+1, i, w, today)
	}
	return product
}

func productSprint(id string, number, seq int, w work.Window, today work.Day) work.Sprint {
	return work.Sprint{ID: work.SprintID("product:" + id), Name: "Sprint " + strconv.Itoa(number), State: stateOn(w, today), Window: w, Seq: seq}
}

func count(boards []lane) int {
	n := 0
	for i := range boards {
		n += len(boards[i].boxes)
	}
	return n
}

// configured lays out the Sprints of the config up to some beyond today and the
// last box. Of a calendar that began very long ago the first ones are left out;
// the numbers stay what they are.
func (c Calendar) configured(boards []lane, today work.Day) []work.Sprint {
	until := max(today, c.first)
	for i := range boards {
		for _, s := range boards[i].boxes {
			if end := s.Window.End; end <= today+foresight {
				until = max(until, end)
			}
		}
	}
	until += ahead * c.every
	number := max(0, int(until-c.first)/int(c.every)+1-mostSprints)
	var product []work.Sprint
	for start := c.first + work.Day(number)*c.every; start <= until; start += c.every {
		number++
		w := work.Window{Start: start, End: max(start, c.LastWorkingDay(start+c.every-1))}
		product = append(product, productSprint(strconv.Itoa(number), number, len(product), w, today))
	}
	return product
}

// derived finds the product's Sprints in the boxes. Most boards have one cadence;
// the one of them with the most boxes leads, and the others fill in what it leaves
// open. So the Sprints follow one another, however the boards lie across each
// other. Beyond the last box the cadence goes on, as projected.
func (c Calendar) derived(boards []lane, today work.Day) []work.Window {
	every, leading := c.leading(boards)
	var windows []work.Window
	for _, boxes := range leading {
		for _, s := range sortedByStart(boxes.boxes) {
			w := s.Window
			if w.End-w.Start >= monthly || w.End > today+foresight {
				continue
			}
			windows = c.admit(windows, w)
		}
	}
	if len(windows) == 0 {
		return nil
	}
	windows = windows[max(0, len(windows)-mostSprints):]
	last := windows[len(windows)-1]
	next := last.Start + every
	for next <= last.End {
		next += every
	}
	if late := today - (next + every - 1); late > 0 { // no box for a while
		next += (late + every - 1) / every * every
	}
	for until := max(today, last.End) + ahead*every; next <= until; next += every {
		windows = append(windows, work.Window{Start: next, End: max(next, c.LastWorkingDay(next+every-1)), Projected: true})
	}
	return windows
}

// admit puts a window in its place between others, unless it shares more than a
// day's touch with one of them.
func (c Calendar) admit(windows []work.Window, w work.Window) []work.Window {
	at, _ := slices.BinarySearchFunc(windows, w.Start, func(o work.Window, start work.Day) int { return cmp.Compare(o.Start, start) })
	if at < len(windows) && windows[at].Start <= w.End {
		if next := &windows[at]; c.Touches(next.Start, w.Start) && c.Touches(next.End, w.End) {
			next.Projected = next.Projected && w.Projected
			return windows
		}
		if windows[at].Start < w.End {
			return windows
		}
		w.End = max(w.Start, windows[at].Start-1)
	}
	if at > 0 && windows[at-1].End >= w.Start {
		before := &windows[at-1]
		if c.Touches(before.Start, w.Start) && c.Touches(before.End, w.End) {
			before.Projected = before.Projected && w.Projected
			return windows
		}
		if before.End > w.Start || before.Start == w.Start {
			return windows
		}
		before.End = w.Start - 1 // one ends on the day the other begins
	}
	return slices.Insert(windows, at, w)
}

// leading orders the boards by who says when the product's Sprints are: those of
// the most frequent cadence, of two the longer, and of those the one with the most boxes.
func (c Calendar) leading(boards []lane) (every work.Day, leading []lane) {
	cadences := make(map[board]work.Day, len(boards))
	votes := map[work.Day]int{}
	for i := range boards {
		if every, dated := c.cadence(boards[i].boxes); dated {
			cadences[boards[i].board] = every
			votes[every]++
			leading = append(leading, boards[i])
		}
	}
	every = max(1, c.every)
	most := 0
	for days, n := range votes {
		if n > most || n == most && days > every {
			every, most = days, n
		}
	}
	slices.SortStableFunc(leading, func(a, b lane) int {
		return cmp.Or(
			cmp.Compare(flag(cadences[a.board] != every), flag(cadences[b.board] != every)),
			-cmp.Compare(len(a.boxes), len(b.boxes)),
		)
	})
	return every, leading
}
