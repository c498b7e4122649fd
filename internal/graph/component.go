package graph

import "slices"

// walk finds strongly connected components by Tarjan's algorithm with a stack
// of its own: chains of any length fit.
type walk struct {
	g     *Graph
	set   *Set
	inner map[Node]int32 // when set, steps between items of different numbers do not count

	found []int32 // 1 and more in order of discovery; -1 once the component is known
	low   []int32
	count int32
	open  []Node // discovered, component not known yet
	calls []call
	// done is told each component, blockers before those who wait for them. The
	// slice is valid during the call.
	done func(members []Node)
}

type call struct {
	n Node
	i int32
}

func newWalk(g *Graph, set *Set, done func([]Node)) *walk {
	marks := make([]int32, 2*g.Len())
	return &walk{g: g, set: set, done: done, found: marks[:g.Len()], low: marks[g.Len():]}
}

const known = -1

func (w *walk) from(root Node) {
	if w.found[root] != 0 {
		return
	}
	w.enter(root)
	for len(w.calls) > 0 {
		top := &w.calls[len(w.calls)-1]
		n := top.n
		s, next, ok := w.g.step(w.set, n, top.i)
		top.i = next
		switch {
		case !ok:
			w.leave(n)
		case w.inner != nil && w.inner[n] != w.inner[s.Blocker]:
		case w.found[s.Blocker] == 0:
			w.enter(s.Blocker)
		case w.found[s.Blocker] != known:
			w.low[n] = min(w.low[n], w.found[s.Blocker])
		}
	}
}

func (w *walk) enter(n Node) {
	w.count++
	w.found[n], w.low[n] = w.count, w.count
	w.open = append(w.open, n)
	w.calls = append(w.calls, call{n: n})
}

func (w *walk) leave(n Node) {
	w.calls = w.calls[:len(w.calls)-1]
	if len(w.calls) > 0 {
		above := w.calls[len(w.calls)-1].n
		w.low[above] = min(w.low[above], w.low[n])
	}
	if w.low[n] != w.found[n] {
		return
	}
	at := len(w.open) - 1
	for w.open[at] != n {
		at--
	}
	members := w.open[at:]
	w.open = w.open[:at]
	for _, m := range members {
		w.found[m] = known
	}
	w.done(members)
}

// selfLinked says whether the item waits for itself within the set.
func (g *Graph) selfLinked(set *Set, n Node) bool {
	waits := g.Waits(n)
	for i := range waits {
		if waits[i].Blocker == n && set.Edge(&waits[i]) {
			return true
		}
	}
	return false
}

// Components returns the groups of items that wait for each other in a circle,
// and the items that wait for themselves; each group and the list are sorted.
func (g *Graph) Components(set Set) [][]Node {
	return newWalk(g, nil, nil).groups(&set, nil)
}

// groups looks from the given roots, or from everywhere when there are none. A
// walk may look several times.
func (w *walk) groups(set *Set, roots []Node) (found [][]Node) {
	w.set, w.done = set, func(members []Node) {
		if len(members) > 1 || w.g.selfLinked(set, members[0]) {
			found = append(found, slices.Sorted(slices.Values(members)))
		}
	}
	if roots == nil {
		for n := range Node(w.g.Len()) {
			w.from(n)
		}
	}
	for _, n := range roots {
		w.found[n] = 0
	}
	for _, n := range roots {
		w.from(n)
	}
	slices.SortFunc(found, slices.Compare[[]Node])
	return found
}
