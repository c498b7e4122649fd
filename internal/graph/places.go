package graph

import (
	"hash/maphash"

	"strata/internal/work"
)

// places finds an item's node by its ref: an open-addressed table of nodes, a
// tenth of the size of a map that would hold the refs once more.
type places struct {
	seed  maphash.Seed
	slots []Node // node + 1; zero is free
	mask  uint64
}

func newPlaces(g *Graph) places {
	size := 4
	for size < 2*g.Len() {
		size *= 2
	}
	p := places{seed: maphash.MakeSeed(), slots: make([]Node, size), mask: uint64(size - 1)}
	for n := range Node(g.Len()) {
		at := p.start(g.Item(n).Ref)
		for p.slots[at] != 0 {
			at = (at + 1) & p.mask
		}
		p.slots[at] = n + 1
	}
	return p
}

// start hashes the id alone: few ids occur in two trackers, and equality decides.
func (p *places) start(ref work.Ref) uint64 { return maphash.String(p.seed, ref.ID) & p.mask }

func (p *places) find(g *Graph, ref work.Ref) (Node, bool) { return p.findFrom(g, p.start(ref), ref) }

// findFrom is find for those who know where to start.
func (p *places) findFrom(g *Graph, at uint64, ref work.Ref) (Node, bool) {
	for ; p.slots[at] != 0; at = (at + 1) & p.mask {
		if n := p.slots[at] - 1; g.Item(n).Ref == ref {
			return n, true
		}
	}
	return None, false
}
