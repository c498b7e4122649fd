package refine

import (
	"cmp"
	"slices"

	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/work"
)

// NoneNeeded says that people stated that the waiting item has no dependencies
// to look for: in its text or by a command.
func (p *Pair) NoneNeeded() bool {
	return p.Waiting.Item.Sections[work.Dependencies].None || p.view.latest(p.Waiting.node, nil, facts.NoneNeeded) != nil
}

// Undecomposed says that neither of two epics has a descendant that is linked
// with one of the other, and that there is something to link: what the waiting
// epic holds is not all begun, what the blocking one holds not all settled.
func (p *Pair) Undecomposed() bool {
	v := p.view
	w, b := v.below(p.Waiting.node), v.below(p.Blocker.node)
	if len(w) > 0 && !slices.ContainsFunc(w, func(n graph.Node) bool { return v.g.Item(n).State == work.StateOpen }) ||
		len(b) > 0 && !slices.ContainsFunc(b, func(n graph.Node) bool { return v.is(n, isOpen) }) {
		return false
	}
	within := func(n, high graph.Node) bool { return n == high || v.g.Above(high, n) }
	for _, n := range append(append(w, b...), p.Waiting.node, p.Blocker.node) {
		waits := v.g.Waits(n)
		for i := range waits {
			if o := waits[i].Blocker; (n != p.Waiting.node || o != p.Blocker.node) && (n != p.Blocker.node || o != p.Waiting.node) &&
				within(o, p.Waiting.node) != within(n, p.Waiting.node) && within(o, p.Blocker.node) != within(n, p.Blocker.node) {
				return false
			}
		}
	}
	return true
}

// mostBelow bounds how many items of an epic are looked at.
const mostBelow = 2000

// below lists the items under an epic, level by level.
func (v *view) below(epic graph.Node) []graph.Node {
	list := slices.Clone(v.g.Children(epic))
	for i := 0; i < len(list) && len(list) < mostBelow; i++ {
		if list[i] != epic {
			list = append(list, v.g.Children(list[i])...)
		}
	}
	return list
}

// Epics returns the epics above the two items, blocking and waiting, where they
// are two and no link stands between them; nil else, and nil for all dependencies
// of two epics but the first.
func (p *Pair) Epics() (blocking, waiting *work.Item) {
	v := p.view
	b, w := v.g.Parent(p.Blocker.node), v.g.Parent(p.Waiting.node)
	if b == graph.None || w == graph.None || b == w || !v.is(b, crossTeam) || !v.is(w, crossTeam) ||
		!v.is(b, isOpen) || !v.is(w, isOpen) || v.unknown(b) || v.unknown(w) || v.g.Above(b, w) || v.g.Above(w, b) {
		return nil, nil
	}
	if v.linked(b, w) || v.linked(w, b) || v.told[[2]graph.Node{b, w}] {
		return nil, nil
	}
	if v.told == nil {
		v.told = map[[2]graph.Node]bool{}
	}
	v.told[[2]graph.Node{b, w}] = true
	return v.g.Item(b), v.g.Item(w)
}

func (v *view) linked(b, w graph.Node) bool {
	_, found := slices.BinarySearchFunc(v.g.Waits(w), b, func(e graph.Edge, b graph.Node) int { return cmp.Compare(e.Blocker, b) })
	return found
}
