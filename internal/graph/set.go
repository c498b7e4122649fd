package graph

// Set chooses what counts as waiting in a walk.
type Set struct {
	// Edge chooses among the dependencies.
	Edge func(*Edge) bool
	// Hierarchy lets an open parent wait for its open children.
	Hierarchy bool
	// Lifted lets each unstarted child wait for the epics that its epic waits for.
	Lifted bool
}

// Via is what a step rests on.
type Via uint8

// The ways in which an item waits for another one.
const (
	Explicit  Via = iota // a dependency
	Hierarchy            // the blocker is the waiting item's child
	Lifted               // the blocker holds up the waiting item's epic
)

// Step says that Waiting waits for Blocker. Edge is the dependency it rests on:
// of the epic for a lifted step, NoEdge for hierarchy.
type Step struct {
	Waiting, Blocker Node
	Via              Via
	Edge             EdgeID
}

// step returns the step at place i of the item's waiting, and the place after
// it. Places count the item's edges, its children, and its parent's edges, so
// that a walk needs no list of steps.
func (g *Graph) step(set *Set, n Node, i int32) (s Step, next int32, ok bool) {
	own := g.in[n+1] - g.in[n]
	for ; i < own; i++ {
		id := g.in[n] + i
		if e := &g.edges[id]; set.Edge(e) {
			return Step{n, e.Blocker, Explicit, EdgeID(id)}, i + 1, true
		}
	}
	children := g.first[n+1] - g.first[n]
	if set.Hierarchy && i < own+children && g.is(n, open) {
		for ; i < own+children; i++ {
			if c := g.children[g.first[n]+i-own]; g.is(c, open) {
				return Step{n, c, Hierarchy, NoEdge}, i + 1, true
			}
		}
	}
	p := g.parents[n]
	if !set.Lifted || p == None || !g.is(n, unstarted) || !g.is(p, crossTeam) {
		return Step{}, i, false
	}
	base := own + children
	for i = max(i, base); i-base < g.in[p+1]-g.in[p]; i++ {
		id := g.in[p] + i - base
		e := &g.edges[id]
		if e.Blocker != n && g.is(e.Blocker, crossTeam) && set.Edge(e) {
			return Step{n, e.Blocker, Lifted, EdgeID(id)}, i + 1, true
		}
	}
	return Step{}, i, false
}
