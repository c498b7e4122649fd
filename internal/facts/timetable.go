package facts

import (
	"cmp"
	"slices"

	"strata/internal/work"
)

// Timetable answers what judging asks of Sprints: which one holds a day, which
// comes next for a team, which may be proposed. It is made once of a snapshot; an
// answer is a look-up and allocates nothing.
//
// A team has its own Sprints where its items are in boxes of a board; flow and
// date teams, and teams without a box, have the product's. Where a team's own are
// not laid out so far, the product's go on behind them.
type Timetable struct {
	sprints  []work.Sprint
	byID     map[work.SprintID]int32
	calendar Calendar
	today    work.Day
	product  *run
	teams    map[work.TeamID]*run
}

// run is Sprints that follow one another, by start.
type run struct {
	places []int32
	// current is the place in places of the Sprint that runs; -1 between Sprints.
	current int
	// next is the place of the first Sprint still to come; len(places) when there is none.
	next int
}

// NewTimetable lays out a snapshot's Sprints as they are on a day. The snapshot
// must not change while the timetable is used.
func NewTimetable(s *work.Snapshot, c Calendar, today work.Day) *Timetable {
	t := &Timetable{
		sprints: s.Sprints, byID: make(map[work.SprintID]int32, len(s.Sprints)), calendar: c, today: today,
		teams: make(map[work.TeamID]*run, len(s.Teams)),
	}
	var product []int32
	for i := range s.Sprints {
		sprint := &s.Sprints[i]
		t.byID[sprint.ID] = int32(i)
		if sprint.Board == "" && sprint.Window.Start != 0 && sprint.Window.End != 0 {
			product = append(product, int32(i))
		}
	}
	t.product = t.run(product)
	for i := range s.Teams {
		team := &s.Teams[i]
		if len(team.Sprints) > 0 && team.Planning == work.BySprint {
			t.teams[team.ID] = t.run(t.own(team))
		}
	}
	return t
}

// own returns a team's boxes with the product's Sprints that begin behind them.
func (t *Timetable) own(team *work.Team) []int32 {
	places := make([]int32, 0, len(team.Sprints)+ahead)
	end := work.Day(0)
	for _, id := range team.Sprints {
		if i, ok := t.byID[id]; ok && t.sprints[i].Window.Start != 0 && t.sprints[i].Window.End != 0 {
			places = append(places, i)
			end = max(end, t.sprints[i].Window.End)
		}
	}
	for _, i := range t.product.places {
		if t.sprints[i].Window.Start > end {
			places = append(places, i)
		}
	}
	return places
}

// run sorts Sprints and finds the one that runs. What its tracker calls active
// runs, also past its end; of several, which nobody closed, the one that began last.
func (t *Timetable) run(places []int32) *run {
	slices.SortFunc(places, func(a, b int32) int {
		return cmp.Or(cmp.Compare(t.sprints[a].Window.Start, t.sprints[b].Window.Start), cmp.Compare(a, b))
	})
	r := &run{places: places, current: -1, next: len(places)}
	for at, i := range places {
		s := &t.sprints[i]
		switch {
		case t.state(s) == work.SprintActive:
			r.current, r.next = at, len(places)
		case t.comes(s) && r.next == len(places):
			r.next = at
		}
	}
	if at := t.begun(r, t.today); r.current < 0 && at >= 0 { // a day for which nobody has begun it yet
		if s := t.at(r, at); t.state(s) == work.SprintFuture && t.today <= s.Window.End {
			r.current = at
		}
	}
	return r
}

// comes says that a Sprint is still to come: one that runs or is over is never proposed.
func (t *Timetable) comes(s *work.Sprint) bool {
	return t.state(s) == work.SprintFuture && s.Window.Start > t.today
}

func (t *Timetable) state(s *work.Sprint) work.SprintState {
	if s.State != "" {
		return s.State
	}
	return stateOn(s.Window, t.today)
}

func (t *Timetable) of(team work.TeamID) *run {
	if r, ok := t.teams[team]; ok {
		return r
	}
	return t.product
}

func (t *Timetable) at(r *run, place int) *work.Sprint {
	if place < 0 || place >= len(r.places) {
		return nil
	}
	return &t.sprints[r.places[place]]
}

// Sprint returns a box or a Sprint of the product by its id, nil when there is none.
func (t *Timetable) Sprint(id work.SprintID) *work.Sprint {
	if i, ok := t.byID[id]; ok {
		return &t.sprints[i]
	}
	return nil
}

// Holding returns the product's Sprint that holds a day; nil between Sprints.
func (t *Timetable) Holding(day work.Day) *work.Sprint { return t.holding(t.product, day) }

// HoldingFor returns the team's Sprint that holds a day; nil between Sprints.
func (t *Timetable) HoldingFor(team work.TeamID, day work.Day) *work.Sprint {
	return t.holding(t.of(team), day)
}

func (t *Timetable) holding(r *run, day work.Day) *work.Sprint {
	if s := t.at(r, t.begun(r, day)); s != nil && day <= s.Window.End {
		return s
	}
	return nil
}

// begun returns the place of the last Sprint that has begun by a day, -1 before the first.
func (t *Timetable) begun(r *run, day work.Day) int {
	low, high := 0, len(r.places)
	for low < high {
		if middle := (low + high) / 2; t.sprints[r.places[middle]].Window.Start <= day {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low - 1
}

// Current returns the Sprint that runs for a team now; nil between Sprints.
func (t *Timetable) Current(team work.TeamID) *work.Sprint {
	r := t.of(team)
	return t.at(r, r.current)
}

// Next returns the team's first Sprint still to come, nil when none is laid out.
func (t *Timetable) Next(team work.TeamID) *work.Sprint { return t.Ahead(team, 1) }

// Ahead returns the team's n-th Sprint still to come, the current one for 0, nil
// beyond what is laid out.
func (t *Timetable) Ahead(team work.TeamID, n int) *work.Sprint {
	r := t.of(team)
	if n <= 0 || n > len(r.places) {
		if n != 0 {
			return nil
		}
		return t.at(r, r.current)
	}
	return t.at(r, r.next+n-1)
}

// LatestBy returns the latest Sprint still to come in which a team is done by a
// day, give or take a tolerance of the team's working days; nil when none ends so soon.
func (t *Timetable) LatestBy(team work.TeamID, day work.Day, tolerance int) (found *work.Sprint) {
	r, calendar := t.of(team), t.calendar.For(team)
	for _, i := range r.places[r.next:] {
		s := &t.sprints[i]
		if !calendar.NotAfter(s.Window.End, day, tolerance) {
			break
		}
		if t.comes(s) {
			found = s
		}
	}
	return found
}

// EarliestAfter returns the earliest Sprint still to come that starts for a team on
// a day or after it, or before it by no more than a tolerance of the team's working
// days; nil when none is laid out so far.
func (t *Timetable) EarliestAfter(team work.TeamID, day work.Day, tolerance int) *work.Sprint {
	r, calendar := t.of(team), t.calendar.For(team)
	for _, i := range r.places[r.next:] {
		if s := &t.sprints[i]; t.comes(s) && calendar.NotAfter(day, s.Window.Start, tolerance) {
			return s
		}
	}
	return nil
}

// Away returns how many of the product's Sprints a day lies ahead: 0 for the
// current one, which between Sprints is the one before, -1 for the one before that.
// Where no Sprint is laid out, the product's cadence counts on.
func (t *Timetable) Away(day work.Day) int {
	r, every := t.product, int(max(1, t.calendar.every))
	if len(r.places) == 0 {
		return floor(int(day)-int(t.today), every)
	}
	away := t.begun(r, day) - t.begun(r, t.today)
	first, last := t.at(r, 0).Window.Start, t.at(r, len(r.places)-1).Window.Start
	switch {
	case day >= last:
		away += (int(day) - int(last)) / every
	case day < first:
		away += floor(int(day)-int(first), every) + 1
	}
	return away
}

// floor divides so that what lies before is less than nothing.
func floor(days, every int) int {
	n := days / every
	if days%every < 0 {
		n--
	}
	return n
}
