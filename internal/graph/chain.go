package graph

import "slices"

// LongestChain returns the longest line of items of which each waits for the
// next, from the one that can begin last to the one that all others wait for.
// A circle counts as one item of the line. Among equals the first by ref wins;
// without any edge there is no chain.
func (g *Graph) LongestChain(set Set) []Node {
	reach := make([]int32, g.Len()) // items in the longest line from here
	next := make([]Node, g.Len())
	group := make([]int32, g.Len())
	groups := int32(0)
	w := newWalk(g, &set, func(members []Node) {
		groups++
		for _, m := range members {
			group[m] = groups
		}
		best, to := int32(0), None
		for _, m := range members {
			for s, i, ok := g.step(&set, m, 0); ok; s, i, ok = g.step(&set, m, i) {
				b := s.Blocker
				if group[b] != groups && (reach[b] > best || reach[b] == best && b < to) {
					best, to = reach[b], b
				}
			}
		}
		for _, m := range members {
			reach[m], next[m] = best+1, to
		}
	})
	for n := range Node(g.Len()) {
		w.from(n)
	}
	longest := None
	for n := range Node(g.Len()) {
		if reach[n] > 1 && (longest == None || reach[n] > reach[longest]) {
			longest = n
		}
	}
	var chain []Node
	for n := longest; n != None; n = next[n] {
		chain = append(chain, n)
	}
	return slices.Clip(chain)
}
