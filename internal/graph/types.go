package graph

import (
	"slices"
	"strings"
)

// typeSets numbers the sets of link types that occur on edges. There are few,
// so that an edge needs only the number.
type typeSets struct {
	sets    [][]string
	singles map[string]uint16
	unions  map[[2]uint16]uint16
	byName  map[string]uint16
}

func newTypeSets() *typeSets {
	t := &typeSets{singles: map[string]uint16{}, unions: map[[2]uint16]uint16{}, byName: map[string]uint16{}}
	t.add(nil)
	return t
}

// of returns the set of one type; the empty name is the empty set.
func (t *typeSets) of(name string) uint16 {
	if name == "" {
		return 0
	}
	id, ok := t.singles[name]
	if !ok {
		id = t.add([]string{name})
		t.singles[name] = id
	}
	return id
}

func (t *typeSets) union(a, b uint16) uint16 {
	if a == b {
		return a
	}
	id, ok := t.unions[[2]uint16{a, b}]
	if !ok {
		both := slices.Concat(t.sets[a], t.sets[b])
		slices.Sort(both)
		id = t.add(slices.Compact(both))
		t.unions[[2]uint16{a, b}] = id
	}
	return id
}

// add numbers a set. When the numbers are used up, which no tracker's settings
// reach, the set is given up and the edge shows no type.
func (t *typeSets) add(set []string) uint16 {
	name := strings.Join(set, "\x00")
	if id, ok := t.byName[name]; ok {
		return id
	}
	if len(t.sets) > 0xffff {
		return 0
	}
	id := uint16(len(t.sets))
	t.sets = append(t.sets, set)
	t.byName[name] = id
	return id
}
