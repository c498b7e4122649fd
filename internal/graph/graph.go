// Package graph knows who waits for whom: every dependency of a product once,
// the cycles in which nobody can begin, the longest chain, and who holds up most.
//
// Hierarchy is kept beside the dependencies and is never one of them: an epic
// does not wait for its story unless someone linked them.
//
// Decision: nodes are numbers in the order of refs, and everything about them
// lies in flat slices. Cost: a graph belongs to one slice of items and cannot be
// changed. Reason: a product of a million items is walked several times a cycle,
// and maps of edges would cost more than all the judging.
package graph

import "strata/internal/work"

// Node is an item's place in the order of refs. It is valid in its graph only.
type Node int32

// None is no node: the parent of an item without one.
const None Node = -1

// EdgeID is an edge's place in Edges.
type EdgeID int32

// NoEdge is the edge of a step that rests on hierarchy alone.
const NoEdge EdgeID = -1

// Edge is a dependency: Waiting waits for Blocker. There is one per pair,
// whatever the number of links that say so.
type Edge struct {
	Waiting, Blocker Node
	types            uint16 // place in Graph.types
	origins          origins
	ends             ends
}

// ends says which of its two items told an edge.
type ends uint8

const (
	byWaiting ends = 1 << iota
	byBlocker
)

// OneSided says that only one of the two items shows the edge.
func (e *Edge) OneSided() bool { return e.ends != byWaiting|byBlocker }

// Origins returns where the edge was read, the strongest first. The slice is
// shared: read it, do not change it.
func (e *Edge) Origins() []work.Origin { return originLists[e.origins] }

// TextOnly says that nothing but a phrase in a description tells of the edge.
func (e *Edge) TextOnly() bool { return e.origins == textOrigin }

// Graph is a product's items with their dependencies and hierarchy. It reads
// the items it was built from and never changes them.
type Graph struct {
	items  []work.Item
	order  []int32 // node → place in items; nil when items are sorted by ref
	places places
	marks  []marks // node → what walks ask of its item

	edges []Edge   // by waiting, blocker
	in    []int32  // node → its first edge as the waiting item; one more at the end
	out   []int32  // node → its first place in blocks; one more at the end
	holds []EdgeID // edges by blocker, waiting

	parents  []Node
	first    []int32 // node → its first place in children; one more at the end
	children []Node
	types    [][]string
}

// Len returns the number of nodes.
func (g *Graph) Len() int { return len(g.items) }

// Item returns the item of a node. It is not to be changed.
func (g *Graph) Item(n Node) *work.Item {
	if g.order == nil {
		return &g.items[n]
	}
	return &g.items[g.order[n]]
}

// Find returns the node of a ref.
func (g *Graph) Find(ref work.Ref) (Node, bool) { return g.places.find(g, ref) }

// Edges returns all edges, by waiting item, then by blocker.
func (g *Graph) Edges() []Edge { return g.edges }

// Waits returns the edges in which the item waits.
func (g *Graph) Waits(n Node) []Edge { return g.edges[g.in[n]:g.in[n+1]] }

// Blocks returns the edges in which the item is the blocker, by waiting item.
func (g *Graph) Blocks(n Node) []EdgeID { return g.holds[g.out[n]:g.out[n+1]] }

// Types returns the tracker's names of the link types of an edge, sorted. The
// slice is shared.
func (g *Graph) Types(e *Edge) []string { return g.types[e.types] }

// Parent returns the item's parent, or None.
func (g *Graph) Parent(n Node) Node { return g.parents[n] }

// Children returns the item's children by ref.
func (g *Graph) Children(n Node) []Node { return g.children[g.first[n]:g.first[n+1]] }

// deepest bounds the walk to the top of a hierarchy: trackers allow fewer
// levels, and hierarchies read in pieces may run in circles.
const deepest = 16

// Above says whether the item high is a parent, grandparent and so on of low.
func (g *Graph) Above(high, low Node) bool {
	n := g.parents[low]
	for range deepest {
		if n == None || n == high {
			break
		}
		n = g.parents[n]
	}
	return n == high && high != None
}

// marks keep together what every walk asks, so that it need not look at items.
type marks uint8

const (
	open      marks = 1 << iota // still to be done
	unstarted                   // and not begun
	crossTeam                   // refined across teams
)

func marksOf(it *work.Item) (m marks) {
	if it.State.Open() {
		m |= open
	}
	if it.State == work.StateOpen {
		m |= unstarted
	}
	if it.Layer() == work.CrossTeam {
		m |= crossTeam
	}
	return m
}

func (g *Graph) is(n Node, m marks) bool { return g.marks[n]&m != 0 }

// Open says whether both ends of an edge are still to be done.
func (g *Graph) Open(e *Edge) bool { return g.is(e.Waiting, open) && g.is(e.Blocker, open) }

// IsOpen says whether the item is still to be done.
func (g *Graph) IsOpen(n Node) bool { return g.is(n, open) }

// FanOut returns how many open items wait for the item.
func (g *Graph) FanOut(n Node) int {
	count := 0
	for _, id := range g.Blocks(n) {
		if g.is(g.edges[id].Waiting, open) {
			count++
		}
	}
	return count
}
