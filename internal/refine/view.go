package refine

import (
	"strata/internal/graph"
	"strata/internal/work"
)

// view is the product as one judgement sees it: what follows for each item from
// its dates, Sprints, team and children.
type view struct {
	g       *graph.Graph
	policy  Policy
	today   work.Day
	at      []standing // by node
	sprints *timeline
	teams   []work.Team // by standing.team; the first is no team
}

// standing is what follows for one item.
type standing struct {
	// window is as planned: never moved by the day we look at it, so that what we
	// say does not change from day to day. view.window moves it.
	window work.Window
	sprint int32 // place in timeline.sprints of the Sprint the item is in; -1 is none
	team   int16 // place in view.teams
	flags  flags
}

type flags uint8

const (
	running   flags = 1 << iota // in a Sprint its tracker calls active: ends no earlier than today
	settling                    // its Sprint just ended, the team's next has not begun
	vague                       // planned in a way whose dates we do not know
	undated                     // in a Sprint without dates
	spans                       // an epic without dates: as long as its open children take
	exempt                      // taken out by the operator
	crossTeam                   // a kind that is refined across teams
)

func newView(s work.Snapshot, g *graph.Graph, p Policy, today work.Day) *view {
	if p.Calendar == nil {
		p.Calendar = weekdays()
	}
	v := &view{g: g, policy: p, today: today, at: make([]standing, g.Len()), sprints: newTimeline(s.Sprints, p.Calendar, today)}
	v.teams = append([]work.Team{{Planning: work.BySprint}}, s.Teams...)
	place := make(map[work.TeamID]int16, len(v.teams))
	for i := range v.teams {
		place[v.teams[i].ID] = int16(i)
	}
	for n := range v.at {
		v.at[n] = v.stand(g.Item(graph.Node(n)), place)
	}
	for n := range v.at {
		v.spread(graph.Node(n))
	}
	return v
}

func (v *view) stand(it *work.Item, place map[work.TeamID]int16) standing {
	st := standing{sprint: -1}
	if team := it.Team(); team != "" {
		at, ok := place[team]
		if !ok {
			at = int16(len(v.teams))
			place[team] = at
			v.teams = append(v.teams, work.Team{ID: team, Planning: work.BySprint})
		}
		st.team = at
	}
	if it.Layer() == work.CrossTeam {
		st.flags |= crossTeam
	}
	if len(v.policy.Exempt) > 0 && v.policy.exempts(it, v.today) {
		st.flags |= exempt
	}
	if it.State.Open() {
		v.date(it, &st)
	}
	return st
}

// date finds the window: for stories the Sprint first, for epics the dates first.
func (v *view) date(it *work.Item, st *standing) {
	if st.flags&crossTeam != 0 && (it.Start != 0 || it.Due != 0) {
		st.window = v.dates(it)
	}
	missing := false
	for _, id := range it.Sprints {
		i, ok := v.sprints.byID[id]
		if !ok {
			missing = true
			continue
		}
		if v.sprints.settles[i] {
			st.flags |= settling
		}
		if v.sprints.state[i] != work.SprintClosed && (st.sprint < 0 || v.sprints.before(i, st.sprint)) {
			st.sprint = i
		}
	}
	if st.window.IsZero() && st.sprint >= 0 {
		if st.window = v.sprints.sprints[st.sprint].Window; st.window.IsZero() {
			st.flags |= undated
		}
		if v.sprints.state[st.sprint] == work.SprintActive {
			st.flags |= running
		}
	}
	if st.window.IsZero() && (it.Start != 0 || it.Due != 0) {
		st.window = v.dates(it)
	}
	if st.window.IsZero() && st.sprint < 0 {
		switch {
		case missing:
			st.flags |= vague
		case st.flags&crossTeam != 0:
			st.flags |= spans
		}
	}
}

// dates returns the explicit dates; a start alone ends with the Sprint around it.
func (v *view) dates(it *work.Item) work.Window {
	w := work.Window{Start: it.Start, End: it.Due}
	if w.End == 0 {
		if s := v.sprints.around(w.Start); s != nil {
			w.End, w.Projected = s.Window.End, s.Window.Projected
		}
	}
	return w
}

// spread gives an open item's window to the epics above it that have no dates of
// their own. The walk is bounded: hierarchies read in pieces may run in circles.
func (v *view) spread(n graph.Node) {
	child := v.at[n]
	if !v.g.Item(n).State.Open() || child.flags&spans != 0 {
		return
	}
	unknown := v.unknown(n)
	for up, steps := v.g.Parent(n), 0; up != graph.None && steps < 8; up, steps = v.g.Parent(up), steps+1 {
		st := &v.at[up]
		if st.flags&spans == 0 {
			return
		}
		switch {
		case unknown:
			st.flags |= vague
			continue
		case child.window.IsZero():
			continue
		case st.window.IsZero():
			st.window = child.window
			st.window.Start = child.window.From()
		default:
			st.window.Start = min(st.window.Start, child.window.From())
			st.window.End = max(st.window.End, child.window.End)
			st.window.Projected = st.window.Projected || child.window.Projected
		}
		st.flags |= child.flags & (running | settling)
	}
}

// unknown says that nothing may be concluded about the item.
func (v *view) unknown(n graph.Node) bool {
	it := v.g.Item(n)
	return it.Stub || it.Unread || it.State == work.StateUnknown
}

func (v *view) is(n graph.Node, f flags) bool { return v.at[n].flags&f != 0 }

// window returns the item's window for comparisons: a Sprint that is still
// running ends no earlier than today. What cannot be dated for sure is empty.
func (v *view) window(n graph.Node) work.Window {
	st := &v.at[n]
	w := st.window
	if st.flags&vague != 0 {
		return work.Window{}
	}
	if st.flags&running != 0 && w.End != 0 {
		w.End = max(w.End, v.today)
	}
	return w
}

// team returns the item's team; an epic that no rule maps belongs to the team
// of its children when they are of one.
func (v *view) team(n graph.Node) int16 {
	if own := v.at[n].team; own != 0 || !v.is(n, crossTeam) || len(v.g.Item(n).Teams) > 0 {
		return own
	}
	found := int16(0)
	for _, c := range v.g.Children(n) {
		switch t := v.at[c].team; {
		case t == 0 || found != 0 && t != found:
			return 0
		default:
			found = t
		}
	}
	return found
}

func (v *view) teamID(n graph.Node) work.TeamID { return v.teams[v.team(n)].ID }

func (v *view) planning(n graph.Node) work.Planning { return v.teams[v.team(n)].Planning }

// crossTeam says whether two teams must agree: the teams differ, or one is not known.
func (v *view) crossTeam(b, w graph.Node) bool {
	tb, tw := v.team(b), v.team(w)
	return tb != tw || tb == 0
}

// later says whether a day misses another one by more than the tolerance; a
// weekend between them does not count.
func (v *view) later(day, than work.Day) bool {
	return day > than && v.policy.Calendar.WorkingDaysBetween(than, day) > v.policy.Tolerance.Days()
}

// over says that an item's window has ended: its own slip is the matter then.
func (v *view) over(n graph.Node) bool {
	w := v.window(n)
	return w.End != 0 && v.later(v.today, w.End)
}
