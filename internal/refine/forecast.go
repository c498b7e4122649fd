package refine

import (
	"cmp"
	"slices"
	"strings"

	"strata/internal/graph"
	"strata/internal/work"
)

// mostForecast is how many Sprints ahead a forecast reaches: no rule looks further
// than a lookahead, and what lies beyond changes too often to be worth a word.
const mostForecast = 12

// forecast gives windows to the items that nobody planned: each team's unplanned
// items in the order of their rank fill what its velocity leaves free in the
// Sprints to come, behind what is planned there already. Teams without three
// closed Sprints of history, without Sprints, or with backlogs in several trackers of which
// none leads, are not forecast; neither are items without a rank.
func (v *view) forecast() {
	some := false
	for i := range v.teams {
		some = some || v.foreseen(int16(i))
	}
	if !some {
		return
	}
	backlogs := make([][]graph.Node, len(v.teams))
	for n := range v.at {
		st := &v.at[n]
		if st.flags&(isOpen|unread|exempt|crossTeam|vague|undated) != isOpen || !v.foreseen(st.team) {
			continue
		}
		it := v.g.Item(graph.Node(n))
		if it.Outside || it.Kind == work.Subtask || it.State == work.StateDoing {
			continue
		}
		backlogs[st.team] = append(backlogs[st.team], graph.Node(n))
	}
	for t, items := range backlogs {
		if len(items) > 0 {
			v.fill(int16(t), items)
		}
	}
	slices.Sort(v.forecasts)
}

// foreseen says whether a team's history allows a forecast.
func (v *view) foreseen(t int16) bool {
	return t != 0 && v.teams[t].Planning == work.BySprint && v.teams[t].pace.Forecasts()
}

// slot is a Sprint to come with the room that is left in it.
type slot struct {
	sprint *work.Sprint
	room   float64
}

// fill forecasts a team's unplanned items among all its open ones.
func (v *view) fill(t int16, items []graph.Node) {
	own := &v.teams[t]
	size, velocity := v.sizes(items, own)
	var slots []slot
	for i := 1; i <= mostForecast; i++ {
		s := v.sprints.times.Ahead(own.ID, i)
		if s == nil {
			break
		}
		slots = append(slots, slot{s, velocity})
	}
	var unplanned []graph.Node
	for _, n := range items {
		w := v.at[n].window
		if w.IsZero() {
			if v.g.Item(n).Rank != "" {
				unplanned = append(unplanned, n)
			}
			continue
		}
		for i := range slots {
			if sw := slots[i].sprint.Window; w.From() >= sw.Start && w.From() <= sw.End {
				slots[i].room -= size(n)
			}
		}
	}
	if !v.oneBacklog(unplanned) {
		return
	}
	slices.SortFunc(unplanned, func(a, b graph.Node) int {
		x, y := v.g.Item(a), v.g.Item(b)
		return cmp.Or(
			cmp.Compare(behind(x, v.policy.Leading), behind(y, v.policy.Leading)),
			strings.Compare(x.Rank, y.Rank), cmp.Compare(a, b),
		)
	})
	at := 0
	for _, n := range unplanned {
		for at < len(slots) && slots[at].room <= 0 {
			at++
		}
		first := at
		for left := size(n); at < len(slots); at++ {
			if slots[at].room >= left {
				slots[at].room -= left
				break
			}
			left -= max(slots[at].room, 0)
			slots[at].room = 0
		}
		if at == len(slots) {
			return
		}
		st := &v.at[n]
		st.window = work.Window{Start: slots[first].sprint.Window.Start, End: slots[at].sprint.Window.End}
		st.flags |= forecast
		v.forecasts = append(v.forecasts, n)
	}
}

// sizes returns how much of a Sprint an item takes, and how much one holds: in
// the team's estimates, where an item without one counts as the usual item does;
// where nothing is estimated, in items.
func (v *view) sizes(items []graph.Node, t *team) (size func(graph.Node) float64, velocity float64) {
	sum, count := 0.0, 0
	for _, n := range items {
		if e := v.g.Item(n).Estimate; e != nil && *e > 0 {
			sum, count = sum+*e, count+1
		}
	}
	if count == 0 || t.pace.Velocity <= 0 {
		return func(graph.Node) float64 { return 1 }, t.pace.Items
	}
	usual := sum / float64(count)
	return func(n graph.Node) float64 {
		if e := v.g.Item(n).Estimate; e != nil && *e >= 0 {
			return *e
		}
		return usual
	}, t.pace.Velocity
}

// oneBacklog says whether the items' ranks can be compared: they are of one
// tracker, or one leads.
func (v *view) oneBacklog(items []graph.Node) bool {
	if v.policy.Leading != "" {
		return true
	}
	for _, n := range items {
		if v.g.Item(n).Ref.Tracker != v.g.Item(items[0]).Ref.Tracker {
			return false
		}
	}
	return true
}

func behind(it *work.Item, leading string) int {
	if leading == "" || it.Ref.Tracker == leading {
		return 0
	}
	return 1
}

// forecastList returns the forecasts of items by their refs.
func (v *view) forecastList() []Forecast {
	if len(v.forecasts) == 0 {
		return nil
	}
	all := make([]Forecast, len(v.forecasts))
	for i, n := range v.forecasts {
		w := v.at[n].window
		all[i] = Forecast{Item: v.g.Item(n).Ref, Team: v.teamID(n), Window: w}
		if s := v.sprints.times.HoldingFor(all[i].Team, w.End); s != nil {
			all[i].Sprint = s.ID
		}
	}
	return all
}
