package world

import (
	"cmp"
	"slices"
	"sync"
)

// Answers remembers what questions found and brings it up to date with what was
// written since: a client that reads ten thousand pages while people work does not
// make anybody look at a million items ten thousand times.
//
// It may be asked by many at once, each inside World.Read or World.Write.
type Answers[T comparable] struct {
	mu   sync.Mutex
	kept map[string]*answer[T]
	uses uint64
}

type answer[T comparable] struct {
	version uint64
	list    []T
	used    uint64
}

// Question is what a list consists of.
type Question[T comparable] struct {
	Name    string           // questions of one name are the same; empty: nothing is remembered
	Among   func() []T       // who may belong to it
	InOrder bool             // they come in order
	Holds   func(T) bool     // who does; nil: everybody
	Order   func(a, b T) int // a total order; nil: as they come, and after a write the list is made anew
	Rank    func(T) int64    // a number that sorts them likewise, but for equals; nil: there is none
}

// mostAnswered bounds what is remembered, in items of all lists together; what was
// not asked for longest goes first.
const mostAnswered = 8_000_000

// Ask returns the list as it is now. It is not to be changed, and stays as it is
// when the world goes on.
func (a *Answers[T]) Ask(s *State, q Question[T]) []T {
	if q.Holds == nil {
		q.Holds = func(T) bool { return true }
	}
	if q.Name == "" {
		return q.fresh(s)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.uses++
	known := a.kept[q.Name]
	if known == nil {
		known = &answer[T]{list: q.fresh(s)}
		a.put(q.Name, known)
	} else if known.version != s.Version {
		if written, ok := traceOf[T](s).since(known.version); ok && q.Order != nil && len(written) <= len(known.list)/8+64 {
			known.list = q.patched(s, known.list, written)
		} else {
			known.list = q.fresh(s)
		}
	}
	known.version, known.used = s.Version, a.uses
	return known.list
}

func (a *Answers[T]) put(name string, fresh *answer[T]) {
	if a.kept == nil {
		a.kept = map[string]*answer[T]{}
	}
	total := len(fresh.list)
	for _, k := range a.kept {
		total += len(k.list) + 1000 // also an empty list takes room
	}
	for total > mostAnswered && len(a.kept) > 0 {
		oldest := ""
		for n, k := range a.kept {
			if oldest == "" || k.used < a.kept[oldest].used {
				oldest = n
			}
		}
		total -= len(a.kept[oldest].list) + 1000
		delete(a.kept, oldest)
	}
	a.kept[name] = fresh
}

// fresh makes the list from those who may belong to it.
func (q *Question[T]) fresh(s *State) []T {
	among := q.Among()
	list := make([]T, 0, len(among))
	for _, item := range among {
		if q.Holds(item) && alive(s, item) {
			list = append(list, item)
		}
	}
	switch {
	case q.InOrder, q.Order == nil:
	case q.Rank != nil:
		q.sort(list)
	default:
		slices.SortFunc(list, q.Order)
	}
	return slices.Clip(list)
}

// sort is many times faster than to compare a million items by what they point to.
func (q *Question[T]) sort(list []T) {
	type ranked struct {
		rank int64
		item T
	}
	all := make([]ranked, len(list))
	for k, item := range list {
		all[k] = ranked{q.Rank(item), item}
	}
	slices.SortFunc(all, func(a, b ranked) int {
		if a.rank != b.rank {
			return cmp.Compare(a.rank, b.rank)
		}
		return q.Order(a.item, b.item)
	})
	for k := range all {
		list[k] = all[k].item
	}
}

// patched takes the items that were written to out of a list and puts them where
// they belong now. The list itself stays as it is: somebody may still read it.
func (q *Question[T]) patched(s *State, list, written []T) []T {
	moved := q.moved(s, list, written)
	if len(moved) == 0 {
		return list
	}
	in := slices.DeleteFunc(slices.Clone(moved), func(item T) bool { return !alive(s, item) || !q.Holds(item) })
	slices.SortFunc(in, q.Order)
	kept := cut(list, moved)
	out := make([]T, 0, len(list)+len(in))
	for _, part := range kept { // between two of those that are taken out
		for len(in) > 0 {
			at, _ := slices.BinarySearchFunc(part, in[0], q.Order)
			if at == len(part) {
				break // it comes behind this part
			}
			out = append(append(out, part[:at]...), in[0])
			part, in = part[at:], in[1:]
		}
		out = append(out, part...)
	}
	return append(out, in...)
}

// cut takes items out of a list and returns the parts between them.
func cut[T comparable](list, gone []T) (parts [][]T) {
	is := func(item T) bool { return slices.Contains(gone, item) }
	if len(gone) > 8 {
		set := make(map[T]bool, len(gone))
		for _, item := range gone {
			set[item] = true
		}
		is = func(item T) bool { return set[item] }
	}
	from := 0
	for at, item := range list {
		if is(item) {
			parts = append(parts, list[from:at])
			from = at + 1
		}
	}
	return append(parts, list[from:])
}

// moved leaves out what was written to without consequence: what stands where it
// belongs, and what is not there and does not belong.
func (q *Question[T]) moved(s *State, list, written []T) []T {
	if len(written) > 8 {
		return written
	}
	var out []T
	for _, item := range written {
		at := slices.Index(list, item)
		holds := alive(s, item) && q.Holds(item)
		switch {
		case at < 0 && !holds:
		case at >= 0 && holds && q.between(list, written, at):
		default:
			out = append(out, item)
		}
	}
	return out
}

// between says whether an item still stands between its neighbours. Neighbours
// that were written to themselves prove nothing.
func (q *Question[T]) between(list, written []T, at int) bool {
	if at > 0 && (slices.Contains(written, list[at-1]) || q.Order(list[at-1], list[at]) >= 0) {
		return false
	}
	return at == len(list)-1 || !slices.Contains(written, list[at+1]) && q.Order(list[at], list[at+1]) < 0
}
