package refine

import (
	"cmp"
	"slices"

	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/work"
)

// Judge concludes what a snapshot means on a day. The graph must have been built
// from the snapshot's items. The order of items, rules and checks does not
// matter, and nothing that is passed in is changed.
func Judge(s work.Snapshot, g *graph.Graph, m facts.Memory, p Policy, today work.Day, rules []Rule, checks []Check) Assessment {
	j := judge{view: newView(s, g, p, today), memory: m}
	for i := range rules {
		switch r := &rules[i]; {
		case p.Override[string(r.ID)].Severity == Off:
		case r.Circle != nil:
			j.circles = append(j.circles, r)
		default:
			j.pairs = append(j.pairs, r)
		}
	}
	slices.SortFunc(j.pairs, func(a, b *Rule) int { return cmp.Compare(rank(a.ID), rank(b.ID)) })
	j.judgeCircles()
	j.judgePairs()
	slices.SortFunc(j.result.Findings, func(a, b Finding) int {
		return cmp.Or(a.Item.Compare(b.Item), cmp.Compare(b.Severity, a.Severity), cmp.Compare(rank(a.Rule), rank(b.Rule)),
			a.Waiting.Compare(b.Waiting), a.Blocker.Compare(b.Blocker))
	})
	j.result.Readiness = j.view.readiness(checks)
	j.result.Settling = j.view.settling()
	return j.result
}

// judge is one judgement under way.
type judge struct {
	view    *view
	memory  facts.Memory
	pairs   []*Rule // by precedence
	circles []*Rule
	circled map[graph.EdgeID]Severity // edges of reported circles
	pair    Pair                      // lent to the rules
	result  Assessment
}

// judgePairs makes a row of every unresolved dependency and asks the rules about it.
func (j *judge) judgePairs() {
	g := j.view.g
	edges := g.Edges()
	rows := 0
	for i := range edges {
		if j.unresolved(&edges[i]) {
			rows++
		}
	}
	if rows == 0 {
		return
	}
	slacks := make([]int, 0, rows)
	j.result.Dependencies = make([]Dependency, 0, rows)
	for i := range edges {
		e := &edges[i]
		if !j.unresolved(e) {
			continue
		}
		t := j.view.test(e.Blocker, e.Waiting)
		worst := j.askAbout(graph.EdgeID(i))
		w, b := g.Item(e.Waiting), g.Item(e.Blocker)
		row := Dependency{
			Waiting: w.Ref, Blocker: b.Ref, WaitingTeam: j.view.teamID(e.Waiting), BlockingTeam: j.view.teamID(e.Blocker),
			State: b.State, Health: j.view.health(e, t.fit, worst), Origins: e.Origins(), Types: g.Types(e),
		}
		if t.fit != Untested {
			slacks = append(slacks, j.view.policy.Calendar.WorkingDaysBetween(t.eta, t.need))
			row.Slack = &slacks[len(slacks)-1]
		}
		if len(j.memory.EdgeSeen) > 0 {
			row.Since = j.memory.EdgeSeen[facts.Edge{Blocker: b.Ref, Waiting: w.Ref}]
		}
		j.result.Dependencies = append(j.result.Dependencies, row)
	}
}

// unresolved says whether an edge is a row: its waiting item is open, and its
// blocker was not delivered. A duplicate of a delivered item is delivered.
func (j *judge) unresolved(e *graph.Edge) bool {
	g := j.view.g
	if !g.IsOpen(e.Waiting) {
		return false
	}
	b := g.Item(e.Blocker)
	if b.State == work.StateDelivered {
		return false
	}
	return b.State != work.StateDropped || !deliveredElsewhere(g, b)
}

// deliveredElsewhere follows a dropped duplicate to its original.
func deliveredElsewhere(g *graph.Graph, it *work.Item) bool {
	for range 8 {
		if it.State != work.StateDropped || it.DuplicateOf.IsZero() {
			break
		}
		n, ok := g.Find(it.DuplicateOf)
		if !ok {
			break
		}
		it = g.Item(n)
	}
	return it.State == work.StateDelivered
}

// askAbout asks the rules about an edge and keeps what they find. It returns the
// worst severity found.
func (j *judge) askAbout(id graph.EdgeID) Severity {
	v := j.view
	e := &v.g.Edges()[id]
	b, w := e.Blocker, e.Waiting
	worst := j.circled[id]
	dropped := v.g.Item(b).State == work.StateDropped
	if v.unknown(b) || v.unknown(w) || v.is(b, exempt) || v.is(w, exempt) || v.g.Above(b, w) || v.g.Above(w, b) {
		return worst
	}
	near, cross := v.near(w), v.crossTeam(b, w)
	var pair *Pair
	first := len(j.result.Findings)
	for _, r := range j.pairs {
		if r.Dropped != dropped || !near && !r.Far || !cross && !r.Within {
			continue
		}
		if pair == nil {
			j.pair = v.pair(e)
			pair = &j.pair
		}
		raised := r.Pair(pair)
		if raised == nil {
			continue
		}
		f := j.finding(r, pair, raised)
		if (v.is(b, settling) || v.is(w, settling)) && f.Since.IsZero() {
			continue // carrying over takes a meeting: nothing new until the next Sprint has begun
		}
		worst = max(worst, f.Severity)
		j.result.Findings = append(j.result.Findings, f)
	}
	j.show(j.result.Findings[first:], j.circled[id])
	return worst
}

// show marks the first of an edge's findings by severity, then precedence; the
// findings come by precedence. A circle on the edge precedes all but worse ones.
func (j *judge) show(found []Finding, circle Severity) {
	best := -1
	for i := range found {
		if found[i].Severity > circle && (best < 0 || found[i].Severity > found[best].Severity) {
			best = i
		}
	}
	if best >= 0 {
		found[best].Shown = true
	}
}

// grade applies the operator's override, then what no override can raise: a
// finding that rests on a description or on projected dates is a warning at most.
func (j *judge) grade(id RuleID, severity Severity, weak bool) Severity {
	if o := j.view.policy.Override[string(id)].Severity; o != "" {
		severity = grades[o]
	}
	if weak {
		severity = min(severity, Warning)
	}
	return severity
}

// health is the worst of the order test and the findings.
//
//	blocker dropped              → dropped
//	a side cannot be read        → unknown
//	off track, or critical       → off track
//	overlap of two teams, overdue, or warning → at risk
//	fits                         → healthy
//	a side has no window         → unknown
func (v *view) health(e *graph.Edge, fit Fit, worst Severity) Health {
	switch {
	case v.g.Item(e.Blocker).State == work.StateDropped:
		return Dropped
	case worst < Critical && (v.unknown(e.Blocker) || v.unknown(e.Waiting)):
		return HealthUnknown
	case fit == TooLate || worst == Critical:
		return OffTrack
	}
	if fit == Overlap && v.crossTeam(e.Blocker, e.Waiting) {
		switch v.policy.SameSprint {
		case SameSprintOffTrack:
			return OffTrack
		case SameSprintAtRisk:
			return AtRisk
		}
	}
	switch {
	case worst == Warning || fit == Untested && v.over(e.Blocker) && !v.is(e.Blocker, settling):
		return AtRisk
	case fit == Untested:
		return HealthUnknown
	}
	return Healthy
}

// settling lists the open items whose Sprint just ended.
func (v *view) settling() (refs []work.Ref) {
	for n := range v.at {
		if v.at[n].flags&settling != 0 {
			refs = append(refs, v.g.Item(graph.Node(n)).Ref)
		}
	}
	return refs
}
