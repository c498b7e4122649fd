package refine

import (
	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/work"
)

// dispositions are what answers make of a finding.
var dispositions = map[facts.AnswerKind]Disposition{
	facts.Acknowledged: Owned, facts.Accepted: Accepted, facts.Mitigated: Mitigated, facts.CalledWrong: Wrong, facts.Snoozed: Snoozed,
}

// dispose marks a finding as what people made of it. An answer counts for what
// held when it was given, and until the facts get worse; only "wrong" stands.
//
//	ack, snooze, wrong | on the item that bears the finding
//	mitigate           | on either item
//	accept             | on the waiting item, wherever the finding stands
func (v *view) dispose(f *Finding, r *Rule, at graph.Node) {
	if len(v.memory.Answers) == 0 {
		return
	}
	var last *facts.Answer
	take := func(n graph.Node, kinds ...facts.AnswerKind) {
		if n == graph.None {
			return
		}
		a := v.latest(n, func(a *facts.Answer) bool { return v.binds(f, a) }, kinds...)
		if a != nil && (last == nil || a.At.After(last.At)) {
			last = a
		}
	}
	take(at, facts.Acknowledged, facts.CalledWrong, facts.Snoozed, facts.Mitigated)
	if !f.Waiting.IsZero() {
		take(v.node(f.Waiting), facts.Accepted, facts.Mitigated)
		take(v.node(f.Blocker), facts.Mitigated)
	}
	if last == nil {
		return
	}
	f.Disposition, f.Answer = dispositions[last.Kind], last
	f.Acknowledged = f.Disposition != Snoozed
	f.Ended = f.Disposition == Wrong || f.Acknowledged && r.Ends
	f.Speaks = f.Speaks && !f.Ended
}

// node returns the node of an item; of those that findings name, every one has one.
func (v *view) node(ref work.Ref) graph.Node {
	n, ok := v.g.Find(ref)
	if !ok {
		return graph.None
	}
	return n
}

// binds says whether an answer is about a finding, and still holds.
func (v *view) binds(f *Finding, a *facts.Answer) bool {
	if a.About != "" && a.About != string(f.Rule) {
		return false
	}
	if a.Kind == facts.Snoozed && a.Day < v.today {
		return false
	}
	if f.Since.After(a.At) || f.Since.IsZero() && len(v.memory.Raised) > 0 {
		return false // it did not hold yet
	}
	if a.At.Before(v.memory.EdgeSeen[facts.Edge{Blocker: f.Blocker, Waiting: f.Waiting}]) {
		return false // the link did not stand yet
	}
	if a.Kind == facts.CalledWrong {
		return true
	}
	if f.Severity == Critical && v.memory.Raised[keyOf(f).Critical()].After(a.At) {
		return false
	}
	return !v.worse(f, a)
}

// worse says whether the facts of a finding got worse after an answer: the blocker
// slipped, stopped or was refused, or the waiting item is needed or planned earlier.
func (v *view) worse(f *Finding, a *facts.Answer) bool {
	for _, c := range v.memory.Changes[f.Blocker] {
		if c.At.After(a.At) && slips(&c) {
			return true
		}
	}
	waiting := f.Waiting
	if waiting.IsZero() {
		waiting = f.Item
	}
	for _, c := range v.memory.Changes[waiting] {
		if c.At.After(a.At) && (c.Kind == facts.Planned || c.Kind == facts.Marked || c.Kind == facts.Moved && c.ToDay < c.FromDay) {
			return true
		}
	}
	if f.Waiting.IsZero() {
		return false
	}
	for _, said := range v.said(v.node(f.Blocker)) {
		if said.At.After(a.At) && said.Kind == facts.Declined {
			return true
		}
	}
	before := v.g.Item(v.node(f.Waiting)).NeededBy
	for _, said := range v.said(v.node(f.Waiting)) {
		if said.Kind != facts.Needed {
			continue
		}
		if said.At.After(a.At) && (before == 0 || said.Day < before) {
			return true
		}
		before = said.Day
	}
	return false
}

// slips says whether a change of a blocker's plan or state makes it come later.
func slips(c *facts.Change) bool {
	switch c.Kind {
	case facts.Moved:
		return c.ToDay > c.FromDay || c.ToDay == 0
	case facts.Carried, facts.Unplanned, facts.Reopened, facts.Stopped:
		return true
	}
	return false
}
