package refine

import (
	"cmp"
	"slices"
	"strings"

	"strata/internal/work"
)

// timeline is the product's Sprints and the trackers' boxes laid over them.
type timeline struct {
	sprints []work.Sprint
	byID    map[work.SprintID]int32
	state   []work.SprintState // as the tracker says, else by the dates
	settles []bool             // ended, and the next on its board has not begun
	product []int32            // the product's own Sprints with dates, one after another
	boards  map[board][]int32  // boxes with dates by start; only boards whose boxes follow one another
	today   work.Day
	current int // place in product of the Sprint that runs or ran last; -1 before the first
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

// settleDays is how long carrying over and re-planning may take.
const settleDays = 2

func newTimeline(sprints []work.Sprint, calendar Calendar, today work.Day) *timeline {
	t := &timeline{sprints: sprints, today: today,
		byID: make(map[work.SprintID]int32, len(sprints)), state: make([]work.SprintState, len(sprints)),
		settles: make([]bool, len(sprints)), boards: map[board][]int32{}}
	begun := map[board]work.Day{} // board → the latest start of a Sprint that has begun
	for i := range sprints {
		s := &sprints[i]
		t.byID[s.ID] = int32(i)
		t.state[i] = stateOn(s, today)
		if s.Window.Start == 0 || s.Window.End == 0 {
			continue
		}
		on := boardOf(s)
		t.boards[on] = append(t.boards[on], int32(i))
		if t.state[i] != work.SprintFuture {
			begun[on] = max(begun[on], s.Window.Start)
		}
	}
	for on, places := range t.boards {
		slices.SortFunc(places, func(a, b int32) int {
			return cmp.Or(cmp.Compare(sprints[a].Window.Start, sprints[b].Window.Start), cmp.Compare(sprints[a].ID, sprints[b].ID))
		})
		line := t.line(places)
		switch {
		case on == board{}:
			t.product = line
			t.boards[on] = line
		case len(line) < len(places):
			delete(t.boards, on) // several teams share it: none of its Sprints is a team's next
		}
	}
	t.current = t.at(today)
	for i := range sprints {
		s := &sprints[i]
		t.settles[i] = t.state[i] == work.SprintClosed && s.Window.End != 0 &&
			calendar.WorkingDaysBetween(s.Window.End, today) <= settleDays && begun[boardOf(s)] <= s.Window.Start
	}
	return t
}

// line keeps of Sprints by start those that follow one another; where the
// product's Sprints come from boards of unequal cadence, they overlap.
func (t *timeline) line(places []int32) []int32 {
	var line []int32
	for _, p := range places {
		if len(line) == 0 || t.sprints[p].Window.Start >= t.sprints[line[len(line)-1]].Window.End {
			line = append(line, p)
		}
	}
	return line
}

// at returns the place among the product's Sprints of the last that has begun by a day, or -1.
func (t *timeline) at(day work.Day) int {
	after, _ := slices.BinarySearchFunc(t.product, day+1, func(p int32, d work.Day) int { return cmp.Compare(t.sprints[p].Window.Start, d) })
	return after - 1
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
func (t *timeline) before(a, b int32) bool {
	order := func(i int32) int {
		switch {
		case t.state[i] == work.SprintActive:
			return 0
		case t.sprints[i].Window.Start != 0:
			return 1
		}
		return 2
	}
	return cmp.Or(cmp.Compare(order(a), order(b)),
		cmp.Compare(t.sprints[a].Window.Start, t.sprints[b].Window.Start),
		cmp.Compare(t.sprints[a].ID, t.sprints[b].ID)) < 0
}

// around returns the product's Sprint that holds the day, or nil.
func (t *timeline) around(day work.Day) *work.Sprint {
	if i := t.at(day); i >= 0 && day <= t.sprints[t.product[i]].Window.End {
		return &t.sprints[t.product[i]]
	}
	return nil
}

// choices lists the Sprints that may be proposed for an item in the Sprint at
// place: those of its board where they follow one another, else the product's.
func (t *timeline) choices(place int32) []int32 {
	if place >= 0 {
		if own := t.boards[boardOf(&t.sprints[place])]; own != nil {
			return own
		}
	}
	return t.product
}

// latest returns the last Sprint still to come that ends in time, or nil. A
// Sprint that runs or is over is never proposed.
func (t *timeline) latest(place int32, inTime func(end work.Day) bool) (found *work.Sprint) {
	for _, i := range t.choices(place) {
		if s := &t.sprints[i]; t.toCome(i) && inTime(s.Window.End) {
			found = s
		}
	}
	return found
}

// earliest returns the first Sprint still to come that starts late enough, or
// nil. Where the item's board is not laid out so far, the product's calendar is.
func (t *timeline) earliest(place int32, lateEnough func(start work.Day) bool) *work.Sprint {
	for _, line := range [][]int32{t.choices(place), t.product} {
		for _, i := range line {
			if s := &t.sprints[i]; t.toCome(i) && lateEnough(s.Window.Start) {
				return s
			}
		}
	}
	return nil
}

func (t *timeline) toCome(i int32) bool {
	return t.state[i] == work.SprintFuture && t.sprints[i].Window.Start > t.today
}
