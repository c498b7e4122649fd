package graph

import "strata/internal/work"

// origins is a set of origins, one bit each.
type origins uint8

// strongest lists the origins that a link can have, the strongest first; an
// origin's place is its bit. Lifted edges are never stored: they follow from
// the edges between epics.
var strongest = [...]work.Origin{work.Typed, work.Native, work.Remote, work.Text}

const textOrigin origins = 1 << 3

// originLists holds the list of every set, so that edges can share them.
var originLists = func() (lists [1 << len(strongest)][]work.Origin) {
	for set := range lists {
		for bit, origin := range strongest {
			if set&(1<<bit) != 0 {
				lists[set] = append(lists[set], origin)
			}
		}
	}
	return lists
}()

// originBit returns the bit of an origin; an origin we do not know counts as
// text, the one on which the least is built.
func originBit(o work.Origin) origins {
	for bit, origin := range strongest {
		if o == origin {
			return 1 << bit
		}
	}
	return textOrigin
}
