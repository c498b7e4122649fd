package graph

import (
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
