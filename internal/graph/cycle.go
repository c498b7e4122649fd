package graph

import (
	"cmp"
	"slices"
)

// Cycle is a group of items that wait for each other in a circle.
type Cycle struct {
	// Members are all that are caught in it, sorted.
	Members []Node
	// Path is a shortest way around, from the smallest member back to it.
	Path []Step
	// Set is the place of the first of the sets in which the circle closes.
	Set int
	// Caught are the members of the circle of the last set in which this one lies,
	// sorted; they are the same slice for all circles in it.
	Caught []Node
}

// Cycles returns each circle of the last set once. The sets go from the
// strictest to the widest, each within the next: a group that already closes in
// a stricter set is told as it stands there.
func (g *Graph) Cycles(sets ...Set) []Cycle {
	widest := len(sets) - 1
	w := newWalk(g, nil, nil)
	groups := w.groups(&sets[widest], nil)
	if len(groups) == 0 {
		return nil
	}
	var cycles []Cycle
	inner := map[Node]int32{}
	for i, members := range groups {
		for _, m := range members {
			inner[m] = int32(i) + 1
		}
	}
	w.inner = inner
	left := slices.Clone(groups)
	for i := range sets {
		var roots []Node
		for _, members := range left {
			roots = append(roots, members...)
		}
		if len(roots) == 0 {
			break
		}
		closed := map[int32]bool{}
		for _, members := range w.groups(&sets[i], roots) {
			closed[inner[members[0]]] = true
			cycles = append(cycles, Cycle{Members: members, Path: g.Around(sets[i], members, members[0]), Set: i, Caught: groups[inner[members[0]]-1]})
		}
		left = slices.DeleteFunc(left, func(members []Node) bool { return closed[inner[members[0]]] })
	}
	slices.SortFunc(cycles, func(a, b Cycle) int { return slices.Compare(a.Members, b.Members) })
	return cycles
}

// Around finds a shortest way from one of a circle's members back to it,
// breadth first, over steps of the set between members alone.
func (g *Graph) Around(set Set, members []Node, start Node) []Step {
	came := make(map[Node]Step, len(members))
	in := func(n Node) bool { _, ok := slices.BinarySearch(members, n); return ok }
	queue := []Node{start}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for s, i, ok := g.step(&set, n, 0); ok; s, i, ok = g.step(&set, n, i) {
			if _, seen := came[s.Blocker]; seen || !in(s.Blocker) {
				continue
			}
			came[s.Blocker] = s
			if s.Blocker == start {
				return back(came, start)
			}
			queue = append(queue, s.Blocker)
		}
	}
	return nil
}

func back(came map[Node]Step, start Node) []Step {
	path := []Step{came[start]}
	for path[len(path)-1].Waiting != start {
		path = append(path, came[path[len(path)-1].Waiting])
	}
	slices.Reverse(path)
	return path
}

// Weakest returns the step of the path that is cheapest to cut: one from text
// before one lifted from epics before a link; among equals the youngest, as
// younger says by a negative result, then the first by ref. Hierarchy cannot be cut; a
// path of nothing else has no weakest step.
func (g *Graph) Weakest(path []Step, younger func(a, b *Edge) int) (weakest Step, ok bool) {
	rank := func(s Step) int {
		switch e := &g.edges[s.Edge]; {
		case e.TextOnly():
			return 0
		case s.Via == Lifted:
			return 1
		}
		return 2
	}
	for _, s := range path {
		if s.Edge == NoEdge {
			continue
		}
		if !ok || cmp.Or(cmp.Compare(rank(s), rank(weakest)),
			younger(&g.edges[s.Edge], &g.edges[weakest.Edge]),
			cmp.Compare(s.Edge, weakest.Edge)) < 0 {
			weakest, ok = s, true
		}
	}
	return weakest, ok
}
