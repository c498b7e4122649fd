package refine

import (
	"strata/internal/graph"
	"strata/internal/work"
)

// asked says which checks suit a kind of item: sub-tasks none, bugs and spikes
// the few that make sense for them, all others those of their layer.
func asked(kind work.Kind, id CheckID) bool {
	switch kind {
	case work.Subtask:
		return false
	case work.Bug:
		return id == "T9" || id == "T11"
	case work.Spike:
		return id == "T1" || id == "T9"
	}
	return true
}

// readiness holds every item that is planned within the lookahead against its
// layer's checks. Items further out may stay vague.
func (v *view) readiness(checks []Check) []Readiness {
	count := 0
	for n := range graph.Node(v.g.Len()) {
		if v.refined(n) {
			count++
		}
	}
	if count == 0 {
		return nil
	}
	list := make([]Readiness, 0, count)
	for n := range graph.Node(v.g.Len()) {
		if !v.refined(n) {
			continue
		}
		it := v.g.Item(n)
		distance := v.distance(n)
		r := Readiness{Item: it.Ref, Layer: it.Layer(), Team: v.teamID(n), Checks: make(map[CheckID]Result, 8), Ready: true, Horizon: horizon(distance)}
		c := Case{Item: it, NeedsInfo: v.policy.NeedsInfo, node: n, view: v}
		if t := v.at[n].team; t != 0 {
			c.Team = &v.teams[t]
		}
		for i := range checks {
			check := &checks[i]
			if check.Layer != r.Layer || !asked(it.Kind, check.ID) || v.policy.Override[string(check.ID)].Severity == Off {
				continue
			}
			result := check.Judge(c)
			r.Checks[check.ID] = result
			if result == Fail && v.policy.Readiness.Requires(check.ID) {
				r.Ready = false
			}
		}
		list = append(list, r)
	}
	return list
}

// refined says whether an item is in scope of refinement now.
func (v *view) refined(n graph.Node) bool {
	if !v.g.IsOpen(n) || v.window(n).IsZero() {
		return false
	}
	it := v.g.Item(n)
	return it.Kind != work.Subtask && !it.Outside && !v.unknown(n) && !v.is(n, exempt) &&
		v.distance(n) <= v.policy.Lookahead && (it.State == work.StateDoing || !v.over(n))
}
