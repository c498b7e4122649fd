package refine

import (
	"strata/internal/graph"
	"strata/internal/work"
)

const (
	// never is the distance of what is not planned.
	never = 1 << 20
	// soonDays is how many working days ahead is soon for teams without Sprints.
	soonDays = 15
)

// distance returns how many of the product's Sprints away an item begins: 0 for
// the current one.
func (v *view) distance(n graph.Node) int {
	st := &v.at[n]
	from := v.window(n).From()
	switch {
	case st.flags&running != 0:
		return 0
	case from == 0:
		return never
	}
	away := v.sprints.times.Away(from)
	if st.sprint >= 0 && v.sprints.state[st.sprint] == work.SprintFuture && from > v.today {
		away = max(away, 1) // its Sprint is still to come, whatever the product's calendar says
	}
	return away
}

// near says whether an item comes up within the lookahead.
func (v *view) near(n graph.Node) bool {
	switch {
	case !v.is(n, isOpen) || v.unknown(n):
		return false
	case v.g.Item(n).State == work.StateDoing:
		return true
	}
	return v.distance(n) <= v.policy.Lookahead && !v.over(n)
}

// soon says whether an item is planned in the current or the next Sprint of its
// team, or to start within three weeks where the team has none.
func (v *view) soon(n graph.Node) bool {
	st := &v.at[n]
	w := v.window(n)
	switch {
	case !v.is(n, isOpen) || v.unknown(n) || w.IsZero() || v.is(n, forecast):
		return false
	case v.g.Item(n).State != work.StateDoing && v.over(n):
		return false
	case st.sprint < 0 && v.planning(n) != work.BySprint:
		return v.calendar(n).WorkingDaysBetween(v.today, w.From()) <= soonDays
	}
	if next := v.sprints.times.Next(v.teamID(n)); next != nil {
		return w.From() <= next.Window.End
	}
	return v.distance(n) <= 1
}

// inActiveSprint says whether the item is in a Sprint that runs now.
func (v *view) inActiveSprint(n graph.Node) bool {
	st := &v.at[n]
	return st.sprint >= 0 && v.sprints.state[st.sprint] == work.SprintActive
}

// horizons are the words for the distances.
var horizons = [...]string{"current", "next", "next2", "next3"}

func horizon(distance int) string {
	distance = max(distance, 0)
	if distance < len(horizons) {
		return horizons[distance]
	}
	return ""
}
