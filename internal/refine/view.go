package refine

import (
	"time"

	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/markup"
	"strata/internal/work"
)

// view is the product as one judgement sees it: what follows for each item from
// its dates, Sprints, team and children.
type view struct {
	g       *graph.Graph
	policy  *Policy
	memory  *facts.Memory
	checks  []Check
	today   work.Day
	now     time.Time
	at      []standing // by node
	sprints *sprints
	teams   []team // by standing.team; the first is no team

	twins     map[graph.Node][]graph.Node // both ways
	circles   map[graph.Node]int          // which circle an item is caught in, from 1
	pushes    map[graph.Node]push         // nil until asked for
	forecasts []graph.Node                // items with a forecast of their own, by node
	fans      map[graph.Node]int          // how many open items wait, where there are many
	told      map[[2]graph.Node]bool      // pairs of epics of which something was said

	ranks map[string]bool       // trackers that rank items; nil until asked for
	loads map[load][2]float64   // items and estimates planned; nil until asked for
	ready map[graph.Node]Result // of parents that were asked about
}

// team is a team with what judging looks up of it.
type team struct {
	work.Team
	calendar facts.Calendar
	pace     facts.Pace
	// flow is when an item of a flow team would be done if it were begun today;
	// zero for other teams, and where too few were finished to tell.
	flow work.Day
	// acts says that the team acts in its own refinement; shared, because many
	// findings end so.
	acts markup.Paragraph
}

// standing is what follows for one item.
type standing struct {
	// window is as planned: never moved by the day we look at it, so that what we
	// say does not change from day to day. view.window moves it.
	window work.Window
	sprint int32 // place in sprints.all of the Sprint the item is in; -1 is none
	team   int16 // place in view.teams
	flags  flags
}

type flags uint16

const (
	running   flags = 1 << iota // in a Sprint its tracker calls active: ends no earlier than today
	settling                    // its Sprint just ended, the team's next has not begun
	vague                       // planned in a way whose dates we do not know
	undated                     // in a Sprint without dates
	spans                       // an epic without dates: as long as its open children take
	exempt                      // taken out by the operator
	crossTeam                   // a kind that is refined across teams
	forecast                    // the window follows from rank and velocity, nobody planned it
	answered                    // people answered something on it
	unread                      // nothing may be concluded about it
	isOpen                      // still to be done
	derived                     // an epic's team is that of its children
)

func newView(s *work.Snapshot, g *graph.Graph, m *facts.Memory, p *Policy, today work.Day, checks []Check) *view {
	v := &view{
		g: g, policy: p, memory: m, checks: checks, today: today, now: s.Taken, at: make([]standing, g.Len()),
		sprints: newSprints(s, p.Calendar, today),
	}
	if v.now.IsZero() {
		v.now = today.Time()
	}
	place := make(map[work.TeamID]int16, len(s.Teams)+1)
	v.addTeam(place, work.Team{Planning: work.BySprint})
	for i := range s.Teams {
		v.addTeam(place, s.Teams[i])
	}
	for n := range v.at {
		v.at[n] = v.stand(graph.Node(n), place)
	}
	v.own()
	for ref := range m.Answers {
		if n, ok := g.Find(ref); ok {
			v.at[n].flags |= answered
		}
	}
	v.forecast()
	v.spread()
	return v
}

func (v *view) addTeam(place map[work.TeamID]int16, t work.Team) int16 {
	at := int16(len(v.teams))
	place[t.ID] = at
	own := team{
		Team: t, calendar: v.policy.Calendar.For(t.ID), pace: v.memory.Paces[t.ID],
		acts: Say("%v, in its next refinement", string(t.ID)),
	}
	if t.Planning == work.ByFlow && own.pace.Enough() {
		own.flow = own.calendar.AddWorkingDays(v.today, own.pace.P85)
	}
	v.teams = append(v.teams, own)
	return at
}

func (v *view) stand(n graph.Node, place map[work.TeamID]int16) standing {
	it := v.g.Item(n)
	st := standing{sprint: -1}
	if id := it.Team(); id != "" {
		at, ok := place[id]
		if !ok {
			at = v.addTeam(place, work.Team{ID: id, Planning: work.BySprint})
		}
		st.team = at
	}
	if it.Layer() == work.CrossTeam {
		st.flags |= crossTeam
	}
	if it.Stub || it.Unread || it.State == work.StateUnknown {
		st.flags |= unread
	}
	if len(v.policy.Exempt) > 0 && v.policy.exempts(it, v.today) {
		st.flags |= exempt
	}
	if it.State.Open() {
		st.flags |= isOpen
		v.date(it, &st)
	}
	for i := range it.Links {
		if l := &it.Links[i]; l.Kind == work.Twin || l.Kind == work.Duplicates && l.To.Tracker != it.Ref.Tracker && it.State != work.StateDropped {
			v.addTwin(n, l.To)
		}
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
		if st.window = v.sprints.all[st.sprint].Window; st.window.IsZero() {
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
		if s := v.sprints.times.Holding(w.Start); s != nil {
			w.End, w.Projected = s.Window.End, s.Window.Projected
		}
	}
	return w
}

// spread gives the windows of open items to the epics above them that have no
// dates of their own. What is only forecast counts where nothing is planned.
func (v *view) spread() {
	forecasts := false
	for n := range v.at {
		if st := &v.at[n]; st.flags&forecast == 0 {
			v.spreadUp(graph.Node(n))
		} else {
			forecasts = true
		}
	}
	if !forecasts {
		return
	}
	for _, n := range v.forecasts {
		v.spreadUp(n)
	}
}

// highest bounds the way up from an item: hierarchies read in pieces may run in circles.
const highest = 8

func (v *view) spreadUp(n graph.Node) {
	child := v.at[n]
	if child.flags&isOpen == 0 || child.flags&spans != 0 {
		return
	}
	for up, steps := v.g.Parent(n), 0; up != graph.None && steps < highest; up, steps = v.g.Parent(up), steps+1 {
		st := &v.at[up]
		if st.flags&spans == 0 {
			return
		}
		if child.flags&unread != 0 {
			st.flags |= vague
			continue
		}
		if child.window.IsZero() || child.flags&forecast != 0 && !st.window.IsZero() && st.flags&forecast == 0 {
			continue
		}
		if st.window.IsZero() {
			st.window = child.window
			st.window.Start = child.window.From()
		} else {
			st.window.Start = min(st.window.Start, child.window.From())
			st.window.End = max(st.window.End, child.window.End)
			st.window.Projected = st.window.Projected || child.window.Projected
		}
		st.flags |= child.flags & (running | settling | forecast)
	}
}

// unknown says that nothing may be concluded about the item.
func (v *view) unknown(n graph.Node) bool { return v.is(n, unread) }

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

// own gives an epic that no rule maps to the team of its children when they are of one.
func (v *view) own() {
	for n := range v.at {
		st := &v.at[n]
		if st.team != 0 || st.flags&crossTeam == 0 || len(v.g.Item(graph.Node(n)).Teams) > 0 {
			continue
		}
		found := int16(0)
		for _, c := range v.g.Children(graph.Node(n)) {
			child := &v.at[c]
			if child.team == 0 || child.flags&derived != 0 || found != 0 && child.team != found {
				found = 0
				break
			}
			found = child.team
		}
		if found != 0 {
			st.team = found
			st.flags |= derived
		}
	}
}

// team returns the place of the team that answers for an item; 0 when none or several do.
func (v *view) team(n graph.Node) int16 { return v.at[n].team }

func (v *view) teamID(n graph.Node) work.TeamID { return v.teams[v.team(n)].ID }

func (v *view) planning(n graph.Node) work.Planning { return v.teams[v.team(n)].Planning }

// calendar returns the calendar as the item's team works.
func (v *view) calendar(n graph.Node) facts.Calendar { return v.teams[v.team(n)].calendar }

// crossTeam says whether two teams must agree: the teams differ, or one is not known.
func (v *view) crossTeam(b, w graph.Node) bool {
	tb, tw := v.team(b), v.team(w)
	return tb != tw || tb == 0
}

// later says whether a day misses another one by more than the tolerance, in
// the days on which the item's team works; a weekend between them does not count.
func (v *view) later(n graph.Node, day, than work.Day) bool {
	return day > than && !v.calendar(n).NotAfter(day, than, v.policy.Tolerance.Days())
}

// over says that an item's window has ended: its own slip is the matter then.
func (v *view) over(n graph.Node) bool {
	w := v.window(n)
	return w.End != 0 && v.later(n, v.today, w.End)
}
