package refine

import (
	"strata/internal/facts"
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
func (j *judge) readiness() []Readiness {
	v := j.view
	count := 0
	for n := range graph.Node(v.g.Len()) {
		if v.refined(n) {
			count++
		}
	}
	if count == 0 {
		return nil
	}
	critical := j.critical()
	list := make([]Readiness, 0, count)
	shared := sheets{}
	results := make([]Result, len(v.checks))
	for n := range graph.Node(v.g.Len()) {
		if !v.refined(n) {
			continue
		}
		it := v.g.Item(n)
		r := Readiness{Item: it.Ref, Layer: it.Layer(), Team: v.teamID(n), Ready: true, Horizon: horizon(v.distance(n))}
		c := v.hold(n)
		c.critical = critical
		profile := v.policy.Profile(r.Team)
		for i := range v.checks {
			results[i], _ = v.check(&v.checks[i], c)
			if results[i] == Fail && profile.Requires(v.checks[i].ID) {
				r.Ready = false
			}
		}
		r.Checks = shared.of(v.checks, results)
		list = append(list, r)
	}
	return list
}

// sheets are the results of all checks that occurred together, by these results:
// most items differ in few of them, so that they can share the map.
type sheets map[string]map[CheckID]Result

// of returns the map of results; checks that were not asked have none.
func (s sheets) of(checks []Check, results []Result) map[CheckID]Result {
	key := make([]byte, 0, 64)
	for _, r := range results {
		if r == "" {
			r = "-"
		}
		key = append(key, r[0])
	}
	sheet, ok := s[string(key)]
	if !ok {
		sheet = make(map[CheckID]Result, len(checks))
		for i, r := range results {
			if r != "" {
				sheet[checks[i].ID] = r
			}
		}
		s[string(key)] = sheet
	}
	return sheet
}

// hold puts an item before the checks.
func (v *view) hold(n graph.Node) Case {
	c := Case{Item: v.g.Item(n), NeedsInfo: v.policy.NeedsInfo, node: n, view: v}
	if t := v.at[n].team; t != 0 && !v.is(n, derived) {
		c.Team = &v.teams[t].Team
	}
	return c
}

// check asks one check about an item; false when it is not for such items, or
// switched off. What people waived does not fail.
func (v *view) check(check *Check, c Case) (Result, bool) {
	if check.Layer != c.Item.Layer() || !asked(c.Item.Kind, check.ID) || v.policy.drops(check.ID, v.teamID(c.node)) {
		return "", false
	}
	result := check.Judge(c)
	if result == Fail {
		if _, waived := c.Answer(facts.WaivedCheck, string(check.ID)); waived {
			result = Waived
		}
	}
	return result, true
}

// critical returns the items on which something critical stands, or that wait in
// a dependency of which something critical was found.
func (j *judge) critical() map[work.Ref]bool {
	var found map[work.Ref]bool
	for i := range j.result.Findings {
		f := &j.result.Findings[i]
		if f.Severity != Critical || f.Ended {
			continue
		}
		if found == nil {
			found = map[work.Ref]bool{}
		}
		found[f.Item] = true
		if !f.Waiting.IsZero() {
			found[f.Waiting] = true
		}
	}
	return found
}

// refined says whether an item is in scope of refinement now.
func (v *view) refined(n graph.Node) bool {
	if !v.is(n, isOpen) || v.window(n).IsZero() {
		return false
	}
	it := v.g.Item(n)
	return it.Kind != work.Subtask && !it.Outside && !v.unknown(n) && !v.is(n, exempt) &&
		v.distance(n) <= v.policy.Lookahead && (it.State == work.StateDoing || !v.over(n))
}
