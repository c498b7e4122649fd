package graph

import (
	"hash/maphash"
	"math/bits"

	"strata/internal/work"
)

// places finds an item's node by its ref: an open-addressed table of nodes, a
// tenth of the size of a map that would hold the refs once more. The bits that a
// node leaves free hold a part of its ref's hash, so that a search passes other
// items by without looking at them.
type places struct {
	seed  maphash.Seed
	slots []uint32 // node + 1, and above it the tag; zero is free
	mask  uint64   // of a place in slots
	bits  int      // of a slot that hold the node
}

func newPlaces(g *Graph) places {
	size := 4
	for size < 2*g.Len() {
		size *= 2
	}
	p := places{seed: maphash.MakeSeed(), slots: make([]uint32, size), mask: uint64(size - 1), bits: bits.Len32(uint32(g.Len()))}
	for n := range Node(g.Len()) {
		hash := p.hash(&g.Item(n).Ref)
		at := hash & p.mask
		for p.slots[at] != 0 {
			at = (at + 1) & p.mask
		}
		p.slots[at] = uint32(n+1) | p.tag(hash)
	}
	return p
}

// hash is of the id alone: few ids occur in two trackers, and equality decides.
func (p *places) hash(ref *work.Ref) uint64 { return maphash.String(p.seed, ref.ID) }

// tag is the part of a hash that stands above the node.
func (p *places) tag(hash uint64) uint32 { return uint32(hash>>32) >> p.bits << p.bits }

// node is what a slot holds, if its tag is that of a hash; else None.
func (p *places) node(slot uint32, hash uint64) Node {
	if n := slot ^ p.tag(hash); n>>p.bits == 0 {
		return Node(n) - 1
	}
	return None
}

func (p *places) find(g *Graph, ref work.Ref) (Node, bool) {
	hash := p.hash(&ref)
	n := p.findFrom(g, hash&p.mask, hash, &ref)
	return n, n != None
}

// findFrom searches from a place on; None when there is no such item.
func (p *places) findFrom(g *Graph, at, hash uint64, ref *work.Ref) Node {
	for ; p.slots[at] != 0; at = (at + 1) & p.mask {
		if n := p.node(p.slots[at], hash); n != None && g.Item(n).Ref == *ref {
			return n
		}
	}
	return None
}

// findAll finds the targets of links, at most a batch: first where each search
// begins, then the rest, so that the searches overlap.
func (p *places) findAll(g *Graph, links []*work.Link, to []Node) {
	var hashes [batch]uint64
	var slots [batch]uint32
	for i, l := range links {
		hashes[i] = p.hash(&l.To)
	}
	for i := range links {
		slots[i] = p.slots[hashes[i]&p.mask]
	}
	for i, l := range links {
		to[i] = None
		if slots[i] == 0 {
			continue
		}
		if to[i] = p.node(slots[i], hashes[i]); to[i] == None || g.Item(to[i]).Ref != l.To {
			to[i] = p.findFrom(g, (hashes[i]+1)&p.mask, hashes[i], &l.To)
		}
	}
}
