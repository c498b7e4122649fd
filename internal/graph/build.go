package graph

import (
	"cmp"
	"slices"

	"strata/internal/work"
)

// Build makes the graph of a product's items. The order of the items does not
// matter; links to items that are not among them are left out. The items must
// not change while the graph is in use.
func Build(items []work.Item) *Graph {
	g := &Graph{items: items}
	byRef := func(a, b *work.Item) int { return a.Ref.Compare(b.Ref) }
	for i := 1; i < len(items); i++ {
		if byRef(&items[i-1], &items[i]) > 0 {
			g.order = make([]int32, len(items))
			for j := range g.order {
				g.order[j] = int32(j)
			}
			slices.SortFunc(g.order, func(a, b int32) int { return byRef(&items[a], &items[b]) })
			break
		}
	}
	g.places = newPlaces(g)
	g.marks = make([]marks, len(items))
	for n := range g.marks {
		g.marks[n] = marksOf(g.Item(Node(n)))
	}
	g.readLinks()
	g.readHierarchy()
	return g
}

// readLinks collects every link of every item as an edge, brings the edges of
// each waiting item together and makes one of those of the same pair.
func (g *Graph) readLinks() {
	links := 0
	for i := range g.items {
		links += len(g.items[i].Links)
	}
	raw := make([]Edge, 0, links)
	types := newTypeSets()
	// First where each search begins, then the searches: memory answers many at
	// once when none has to wait for the one before.
	for n := range Node(g.Len()) {
		for i := range g.Item(n).Links {
			link := &g.Item(n).Links[i]
			if link.Kind == work.Waits || link.Kind == work.Blocks {
				raw = append(raw, Edge{Blocker: Node(g.places.start(link.To)), types: types.of(link.Type), origins: originBit(link.Origin)})
			}
		}
	}
	g.in = make([]int32, g.Len()+1)
	next, kept := 0, 0
	for n := range Node(g.Len()) {
		for i := range g.Item(n).Links {
			link := &g.Item(n).Links[i]
			if link.Kind != work.Waits && link.Kind != work.Blocks {
				continue
			}
			e := raw[next]
			next++
			other, ok := g.places.findFrom(g, uint64(e.Blocker), link.To)
			if !ok {
				continue
			}
			e.Waiting, e.Blocker, e.ends = n, other, byWaiting
			if link.Kind == work.Blocks {
				e.Waiting, e.Blocker, e.ends = other, n, byBlocker
			}
			raw[kept] = e
			kept++
			g.in[e.Waiting+1]++
		}
	}
	raw = raw[:kept]
	for n := range g.Len() {
		g.in[n+1] += g.in[n]
	}
	group(raw, g.in)
	g.edges = merge(raw, g.in, types)
	g.types = types.sets

	g.out, g.holds = byKey(g.Len(), len(g.edges), func(i int) Node { return g.edges[i].Blocker },
		func(i int) EdgeID { return EdgeID(i) })
}

// group sorts edges by their waiting item in place; starts says where each item's edges begin.
func group(edges []Edge, starts []int32) {
	next := slices.Clone(starts)
	for n := range Node(len(starts) - 1) {
		for next[n] < starts[n+1] {
			at := next[n]
			if w := edges[at].Waiting; w != n {
				edges[at], edges[next[w]] = edges[next[w]], edges[at]
				next[w]++
				continue
			}
			next[n]++
		}
	}
}

// merge makes one edge of all of the same pair and moves starts accordingly.
func merge(edges []Edge, starts []int32, types *typeSets) []Edge {
	kept, from := int32(0), int32(0)
	for n := range len(starts) - 1 {
		to := starts[n+1]
		own := edges[from:to]
		slices.SortFunc(own, func(a, b Edge) int { return cmp.Compare(a.Blocker, b.Blocker) })
		first := kept
		for _, e := range own {
			if kept > first && edges[kept-1].Blocker == e.Blocker {
				last := &edges[kept-1]
				last.origins |= e.origins
				last.ends |= e.ends
				last.types = types.union(last.types, e.types)
				continue
			}
			edges[kept] = e
			kept++
		}
		starts[n], from = first, to
	}
	starts[len(starts)-1] = kept
	return edges[:kept]
}

// readHierarchy takes an item's parent from the item itself, else from the
// item that names it as a child.
func (g *Graph) readHierarchy() {
	g.parents = make([]Node, g.Len())
	for n := range g.parents {
		g.parents[n] = None
		if ref := g.Item(Node(n)).Parent; !ref.IsZero() {
			if p, ok := g.Find(ref); ok && p != Node(n) {
				g.parents[n] = p
			}
		}
	}
	for n := range Node(g.Len()) {
		for _, ref := range g.Item(n).Children {
			if c, ok := g.Find(ref); ok && c != n && g.parents[c] == None {
				g.parents[c] = n
			}
		}
	}
	g.first, g.children = byKey(g.Len(), g.Len(), func(i int) Node { return g.parents[i] },
		func(i int) Node { return Node(i) })
}

// byKey lists the values 0 to count by their key, each list in the order of
// values; values without a key are left out. starts has one more entry than keys.
func byKey[V ~int32](keys, count int, key func(int) Node, value func(int) V) (starts []int32, values []V) {
	starts = make([]int32, keys+1)
	total := 0
	for i := range count {
		if k := key(i); k != None {
			starts[k]++
			total++
		}
	}
	end := int32(0)
	for k := range keys {
		end += starts[k]
		starts[k] = end
	}
	starts[keys] = end
	values = make([]V, total)
	for i := count - 1; i >= 0; i-- {
		if k := key(i); k != None {
			starts[k]--
			values[starts[k]] = value(i)
		}
	}
	return starts, values
}
