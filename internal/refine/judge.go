package refine

import (
	"cmp"
	"slices"

	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/markup"
	"strata/internal/work"
)

// Judge concludes what a snapshot means on a day. The graph must have been built
// from the snapshot's items. The order of items, rules and checks does not
// matter, and nothing that is passed in is changed.
func Judge(s work.Snapshot, g *graph.Graph, m facts.Memory, p Policy, today work.Day, rules []Rule, checks []Check) Assessment {
	j := judge{view: newView(&s, g, &m, &p, today, checks)}
	for i := range rules {
		switch r := &rules[i]; {
		case !p.asks(r):
		case r.Circle != nil:
			j.circles = append(j.circles, r)
		case r.Item != nil:
			j.items = append(j.items, r)
		default:
			j.pairs = append(j.pairs, r)
		}
	}
	byRank := func(a, b *Rule) int { return cmp.Compare(rank(a.ID), rank(b.ID)) }
	slices.SortFunc(j.pairs, byRank)
	slices.SortFunc(j.items, byRank)
	j.trust(rules)
	j.judgeCircles()
	j.judgePairs()
	j.judgeItems()
	j.sort()
	j.result.Readiness = j.readiness()
	j.result.Settling = j.view.settling()
	j.result.Forecasts = j.view.forecastList()
	j.result.Bottlenecks = j.bottlenecks()
	j.result.Judged = j.weigh(rules)
	return j.result
}

// judge is one judgement under way.
type judge struct {
	view       *view
	pairs      []*Rule // by precedence
	circles    []*Rule
	items      []*Rule                   // by precedence
	circled    map[graph.EdgeID]Severity // edges of reported circles
	restraints map[RuleID]restraint      // rules that only inform
	first      map[facts.FindingKey]bool // findings that would be shown had nobody answered
	pair       Pair                      // lent to the rules
	member     Member                    // likewise
	edge       []seen                    // of the edge that is judged now
	result     Assessment
}

// judgePairs makes a row of every unresolved dependency and asks the rules about it.
func (j *judge) judgePairs() {
	v := j.view
	g := v.g
	edges := g.Edges()
	rows := 0
	for i := range edges {
		if v.unresolved(&edges[i]) {
			rows++
		}
	}
	if rows == 0 {
		return
	}
	j.expect(rows)
	slacks := make([]int, 0, rows)
	j.result.Dependencies = make([]Dependency, 0, rows)
	for i := range edges {
		e := &edges[i]
		if !v.unresolved(e) {
			continue
		}
		t := v.test(e.Blocker, e.Waiting)
		worst := j.askAbout(graph.EdgeID(i), t)
		w, b := g.Item(e.Waiting), g.Item(e.Blocker)
		row := Dependency{
			Waiting: w.Ref, Blocker: b.Ref, WaitingTeam: v.teamID(e.Waiting), BlockingTeam: v.teamID(e.Blocker),
			State: b.State, Health: v.health(e, t, worst), Origins: e.Origins(), Types: g.Types(e),
		}
		if v.contradicted(e.Blocker) {
			row.State = work.StateOpen
		}
		if t.Fit != Untested && !t.Forecast {
			slacks = append(slacks, v.slack(e.Waiting, t))
			row.Slack = &slacks[len(slacks)-1]
		}
		if len(v.memory.EdgeSeen) > 0 {
			row.Since = v.memory.EdgeSeen[facts.Edge{Blocker: b.Ref, Waiting: w.Ref}]
		}
		j.result.Dependencies = append(j.result.Dependencies, row)
	}
}

// unresolved says whether an edge is a row: its waiting item is open, and its
// blocker was not delivered. A duplicate of a delivered item is delivered; an
// item whose twin in another tracker is open counts as open.
func (v *view) unresolved(e *graph.Edge) bool {
	if !v.g.IsOpen(e.Waiting) && !v.contradicted(e.Waiting) {
		return false
	}
	b := v.g.Item(e.Blocker)
	if b.State == work.StateDelivered {
		return v.contradicted(e.Blocker)
	}
	return b.State != work.StateDropped || !v.deliveredElsewhere(b)
}

// deliveredElsewhere follows a dropped duplicate to its original.
func (v *view) deliveredElsewhere(it *work.Item) bool {
	for range highest {
		if it.State != work.StateDropped || it.DuplicateOf.IsZero() {
			break
		}
		n, ok := v.g.Find(it.DuplicateOf)
		if !ok {
			break
		}
		it = v.g.Item(n)
	}
	return it.State == work.StateDelivered
}

// askAbout asks the rules about an edge and keeps what they find. It returns the
// worst severity found.
func (j *judge) askAbout(id graph.EdgeID, t timing) Severity {
	v := j.view
	e := &v.g.Edges()[id]
	b, w := e.Blocker, e.Waiting
	worst := j.circled[id]
	if v.unknown(w) || v.is(b, exempt) || v.is(w, exempt) || !v.is(w, isOpen) || v.g.Above(b, w) || v.g.Above(w, b) {
		return worst
	}
	about, declined := v.about(b), v.declined(b) != nil
	near, cross := v.near(w), v.crossTeam(b, w)
	asked := false
	j.edge = j.edge[:0]
	for _, r := range j.pairs {
		if r.About != about && (!declined || r.About != LostBlockers) || !near && !r.Far || !cross && !r.Within {
			continue
		}
		if !asked {
			j.pair, asked = v.pair(e, t), true
		}
		raised := r.Pair(&j.pair)
		if raised == nil {
			continue
		}
		f, ok := j.finding(r, &j.pair, raised)
		if !ok || (v.is(b, settling) || v.is(w, settling)) && f.Since.IsZero() {
			continue // carrying over takes a meeting: nothing new until the next Sprint has begun
		}
		j.edge = append(j.edge, seen{f, r, raised.Reason})
	}
	if len(j.edge) == 0 {
		return worst
	}
	j.settleRivals()
	j.show(j.circled[id])
	for i := range j.edge {
		if !j.edge[i].Ended {
			worst = max(worst, j.edge[i].Severity)
		}
		j.keep(j.edge[i].Finding)
	}
	return worst
}

// seen is a finding of the edge that is judged now, with the rule that saw it
// and the sentence it has for another rule's finding.
type seen struct {
	Finding
	rule   *Rule
	reason markup.Paragraph
}

// about says which rules an edge's blocker is a matter for.
func (v *view) about(b graph.Node) Blockers {
	it := v.g.Item(b)
	switch {
	case v.unknown(b):
		return UnreadableBlockers
	case v.contradicted(b) || it.State == work.StateDelivered:
		return nobody
	case it.State == work.StateDropped:
		return LostBlockers
	}
	return OpenBlockers
}

// nobody is the matter of no rule about pairs.
const nobody Blockers = -1

// settleRivals takes back what another rule of the edge says better, and adds the
// reasons to what they are reasons of.
func (j *judge) settleRivals() {
	at := func(id RuleID) int { return slices.IndexFunc(j.edge, func(s seen) bool { return s.Rule == id }) }
	for i := 0; i < len(j.edge); i++ {
		for _, id := range j.edge[i].rule.Replaces {
			if gone := at(id); gone >= 0 {
				j.edge = slices.Delete(j.edge, gone, gone+1)
				i = -1 // the places have moved
				break
			}
		}
	}
	for i := range j.edge {
		if of := at(j.edge[i].rule.ReasonOf); of >= 0 && len(j.edge[i].reason) > 0 {
			j.edge[of].Text = Say("%v %v", j.edge[of].Text, j.edge[i].reason)
		}
	}
}

// show marks the first of the edge's findings by severity, then precedence; they
// come by precedence. A circle on the edge precedes all but worse ones, and what
// people called wrong, or resolved by a word, leaves its place to the next.
func (j *judge) show(circle Severity) {
	first, best := -1, -1
	for i := range j.edge {
		f := &j.edge[i]
		if f.Severity <= circle {
			continue
		}
		if first < 0 || f.Severity > j.edge[first].Severity {
			first = i
		}
		if !f.Ended && (best < 0 || f.Severity > j.edge[best].Severity) {
			best = i
		}
	}
	if best >= 0 {
		j.edge[best].Shown = true
	}
	if first >= 0 && first != best {
		if j.first == nil {
			j.first = map[facts.FindingKey]bool{}
		}
		j.first[keyOf(&j.edge[first].Finding)] = true
	}
}

// health is the worst of the order test and the findings.
//
//	blocker dropped              → dropped
//	a side cannot be read        → unknown
//	off track, or critical       → off track
//	overlap of two teams, overdue, or warning → at risk
//	fits                         → healthy
//	a side has no window         → unknown
//
// What nobody planned is never healthy, and off track only by a finding.
func (v *view) health(e *graph.Edge, t timing, worst Severity) Health {
	fit := t.Fit
	switch {
	case v.contradicted(e.Blocker) || v.contradicted(e.Waiting):
		return AtRisk
	case v.g.Item(e.Blocker).State == work.StateDropped:
		return Dropped
	case worst < Critical && (v.unknown(e.Blocker) || v.unknown(e.Waiting)):
		return HealthUnknown
	case fit == TooLate && !t.Forecast && !t.Usual || worst == Critical:
		return OffTrack
	}
	if t.Forecast {
		fit = Untested
	}
	switch {
	case t.Usual && fit == TooLate:
		return AtRisk
	case fit == Overlap && v.crossTeam(e.Blocker, e.Waiting) && v.policy.SameSprint == SameSprintOffTrack:
		return OffTrack
	case fit == Overlap && v.crossTeam(e.Blocker, e.Waiting) && v.policy.SameSprint == SameSprintAtRisk:
		return AtRisk
	case worst == Warning || t.Overdue && !v.is(e.Blocker, settling):
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
