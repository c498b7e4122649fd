package refine

import (
	"slices"

	"strata/internal/graph"
	"strata/internal/work"
)

// addTwin notes that two items are one, kept in two trackers.
func (v *view) addTwin(n graph.Node, ref work.Ref) {
	other, ok := v.g.Find(ref)
	if !ok || other == n {
		return
	}
	if v.twins == nil {
		v.twins = map[graph.Node][]graph.Node{}
	}
	for _, pair := range [][2]graph.Node{{n, other}, {other, n}} {
		known := v.twins[pair[0]]
		if at, found := slices.BinarySearch(known, pair[1]); !found {
			v.twins[pair[0]] = slices.Insert(known, at, pair[1])
		}
	}
}

// contradicted says that an item is delivered or dropped while a twin of it is
// open: nobody knows which is right, so that it counts as open.
func (v *view) contradicted(n graph.Node) bool {
	if v.twins == nil || v.unknown(n) || !v.g.Item(n).State.Settled() {
		return false
	}
	return slices.ContainsFunc(v.twins[n], func(t graph.Node) bool { return v.is(t, isOpen) && !v.unknown(t) })
}
