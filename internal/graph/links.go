package graph

import (
	"cmp"
	"slices"

	"strata/internal/work"
)

// readLinks makes the edges. The links that waiting items tell come in the order
// of the edges. Those that blockers tell mostly say the same once more: they are
// looked up among the others, and only what is new is put in between.
func (g *Graph) readLinks() {
	types := newTypeSets()
	g.edges = make([]Edge, 0, g.count(work.Waits))
	g.each(work.Waits, func(n, b Node, l *work.Link) {
		g.edges = append(g.edges, Edge{Waiting: n, Blocker: b, types: types.of(l.Type), origins: originBit(l.Origin), ends: byWaiting})
	})
	g.in = make([]int32, g.Len()+1)
	g.settle(types)
	var rest []Edge
	g.each(work.Blocks, func(n, w Node, l *work.Link) {
		told := Edge{Waiting: w, Blocker: n, types: types.of(l.Type), origins: originBit(l.Origin), ends: byBlocker}
		if at, ok := g.between(w, n); ok {
			g.edges[at].join(&told, types)
			return
		}
		rest = append(rest, told)
	})
	if len(rest) > 0 {
		g.edges = append(g.edges, rest...)
		slices.SortFunc(g.edges, Edge.compare)
		g.settle(types)
	}
	g.types = types.sets
	g.out, g.holds = byKey(g.Len(), len(g.edges), func(i int) Node { return g.edges[i].Blocker },
		func(i int) EdgeID { return EdgeID(i) })
}

func (g *Graph) count(kind work.LinkKind) (n int) {
	for i := range g.items {
		for k := range g.items[i].Links {
			if g.items[i].Links[k].Kind == kind {
				n++
			}
		}
	}
	return n
}

// batch is how many links are looked up together: memory answers many questions
// at once when none has to wait for the one before.
const batch = 256

// each calls yield for every link of a kind whose target is among the items, by
// the node that tells it.
func (g *Graph) each(kind work.LinkKind, yield func(from, to Node, l *work.Link)) {
	var (
		links [batch]*work.Link
		from  [batch]Node
		to    [batch]Node
		held  int
	)
	flush := func() {
		g.places.findAll(g, links[:held], to[:held])
		for i := range held {
			if to[i] != None {
				yield(from[i], to[i], links[i])
			}
		}
		held = 0
	}
	for n := range Node(g.Len()) {
		own := g.Item(n).Links
		for i := range own {
			if own[i].Kind != kind {
				continue
			}
			if held == batch {
				flush()
			}
			links[held], from[held] = &own[i], n
			held++
		}
	}
	flush()
}

// settle brings the edges of each waiting item, which lie together, into the order
// of their blockers, makes one of those of the same pair, and notes where each
// item's edges begin.
func (g *Graph) settle(types *typeSets) {
	kept, from := 0, 0
	for n := range Node(g.Len()) {
		g.in[n] = int32(kept)
		to := from
		for to < len(g.edges) && g.edges[to].Waiting == n {
			to++
		}
		own := g.edges[from:to]
		if len(own) > 1 {
			slices.SortFunc(own, Edge.compare)
		}
		first := kept
		for i := range own {
			if kept > first && g.edges[kept-1].Blocker == own[i].Blocker {
				g.edges[kept-1].join(&own[i], types)
				continue
			}
			g.edges[kept] = own[i]
			kept++
		}
		from = to
	}
	g.in[g.Len()] = int32(kept)
	g.edges = g.edges[:kept]
}

// between returns the place of the edge in which one item waits for another.
func (g *Graph) between(waiting, blocker Node) (int, bool) {
	at, found := slices.BinarySearchFunc(g.Waits(waiting), blocker, func(e Edge, b Node) int { return cmp.Compare(e.Blocker, b) })
	return int(g.in[waiting]) + at, found
}

// compare orders edges by waiting item, then by blocker.
func (e Edge) compare(o Edge) int {
	return cmp.Or(cmp.Compare(e.Waiting, o.Waiting), cmp.Compare(e.Blocker, o.Blocker))
}

// join adds what another link says of the same pair.
func (e *Edge) join(o *Edge, types *typeSets) {
	e.origins |= o.origins
	e.ends |= o.ends
	e.types = types.union(e.types, o.types)
}
