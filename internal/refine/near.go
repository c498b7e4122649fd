package refine

import (
	"strata/internal/graph"
	"strata/internal/work"
)

const (
	// never is the distance of what is not planned.
	never = 1 << 20
	// sprintDays is the length of a Sprint in working days where no calendar tells.
	sprintDays = 10
	// soonDays is how many working days ahead is soon for teams without Sprints.
	soonDays = 15
)

// distance returns how many Sprints away an item begins: 0 for the current one.
func (v *view) distance(n graph.Node) int {
	st, t := &v.at[n], v.sprints
	from := v.window(n).From()
	switch {
	case st.flags&running != 0:
		return 0
	case from == 0:
		return never
	}
	least := 0
	if st.sprint >= 0 && t.state[st.sprint] == work.SprintFuture && from > v.today {
		least = 1
	}
	if len(t.product) > 0 {
		away := t.at(from) - t.current
		if last := t.sprints[t.product[len(t.product)-1]].Window.End; from > last {
			away += 1 + (v.policy.Calendar.WorkingDaysBetween(last, from)-1)/sprintDays
		}
		return max(away, least)
	}
	if st.sprint >= 0 && least == 1 {
		return v.onBoard(st.sprint)
	}
	return max(v.policy.Calendar.WorkingDaysBetween(v.today, from)/sprintDays, least)
}

// onBoard counts the starts on a Sprint's board that lie after today, up to the Sprint's own.
func (v *view) onBoard(sprint int32) int {
	own := &v.sprints.sprints[sprint]
	starts := map[work.Day]bool{}
	for i := range v.sprints.sprints {
		s := &v.sprints.sprints[i]
		if boardOf(s) == boardOf(own) && s.Window.Start > v.today && s.Window.Start <= own.Window.Start {
			starts[s.Window.Start] = true
		}
	}
	return len(starts)
}

// near says whether an item comes up within the lookahead.
func (v *view) near(n graph.Node) bool {
	it := v.g.Item(n)
	switch {
	case !it.State.Open() || v.unknown(n):
		return false
	case it.State == work.StateDoing:
		return true
	}
	return v.distance(n) <= v.policy.Lookahead && !v.over(n)
}

// soon says whether an item is in the current or the next Sprint of its team,
// or starts within three weeks where the team has none.
func (v *view) soon(n graph.Node) bool {
	it, st := v.g.Item(n), &v.at[n]
	w := v.window(n)
	switch {
	case !it.State.Open() || v.unknown(n) || w.IsZero():
		return false
	case it.State != work.StateDoing && v.over(n):
		return false
	case st.sprint < 0 && v.planning(n) != work.BySprint:
		return v.policy.Calendar.WorkingDaysBetween(v.today, w.From()) <= soonDays
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
	if distance < len(horizons) {
		return horizons[distance]
	}
	return ""
}
