package refine

import (
	"strata/internal/graph"
)

// Ranks returns the places of the two items in one order: their tracker's, else
// that of the leading tracker. False when nobody can compare them.
func (p *Pair) Ranks() (waiting, blocker string, ok bool) {
	w, b := p.Waiting.Item, p.Blocker.Item
	if w.Ref.Tracker == b.Ref.Tracker {
		return w.Rank, b.Rank, w.Rank != "" && b.Rank != ""
	}
	waiting, blocker = p.view.rankIn(p.Waiting.node), p.view.rankIn(p.Blocker.node)
	return waiting, blocker, waiting != "" && blocker != ""
}

// rankIn returns the item's rank in the leading tracker: its own, else that of
// its nearest parent there; empty when there is none.
func (v *view) rankIn(n graph.Node) string {
	for steps := 0; v.policy.Leading != "" && n != graph.None && steps < highest; n, steps = v.g.Parent(n), steps+1 {
		if it := v.g.Item(n); it.Ref.Tracker == v.policy.Leading && it.Rank != "" {
			return it.Rank
		}
	}
	return ""
}
