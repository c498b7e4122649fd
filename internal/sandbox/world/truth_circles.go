package world

import (
	"slices"
	"strings"
)

// circles finds the groups of open items in which each waits for all others, by
// their dependencies, through their epics' children and from epic to epic. A group
// that closes by links alone is told as it stands there.
func (l *ledger) circles() []Circle {
	out := []Circle{}
	waits := map[*party][]*tie{}
	var all []*party
	for _, e := range l.sorted() {
		if l.isOpen(e.waiter) && l.isOpen(e.blocker) && !l.above(e.blocker, e.waiter) {
			if waits[e.waiter] == nil {
				all = append(all, e.waiter)
			}
			waits[e.waiter] = append(waits[e.waiter], e)
		}
	}
	by := func(kind CircleKind, within map[*party]bool) func(*party) []*party {
		return func(p *party) []*party {
			var next []*party
			for _, e := range waits[p] {
				if kind != ByLinks || e.origins != 1<<3 {
					next = append(next, e.blocker)
				}
			}
			if kind == ByHierarchy {
				next = append(next, l.through(p, waits)...)
			}
			if within != nil {
				next = slices.DeleteFunc(next, func(o *party) bool { return !within[o] })
			}
			return next
		}
	}
	for _, group := range knotted(all, by(ByHierarchy, nil)) {
		within := map[*party]bool{}
		for _, p := range group {
			within[p] = true
		}
		for _, kind := range []CircleKind{ByLinks, ByTexts, ByHierarchy} {
			found := knotted(group, by(kind, within))
			for _, members := range found {
				out = append(out, circle(kind, members))
			}
			if len(found) > 0 {
				break
			}
		}
	}
	slices.SortFunc(out, func(a, b Circle) int { return slices.Compare(a.Members, b.Members) })
	return out
}

func circle(kind CircleKind, members []*party) Circle {
	c := Circle{Kind: kind}
	for _, p := range members {
		c.Members = append(c.Members, p.name)
	}
	slices.Sort(c.Members)
	return c
}

func (l *ledger) isOpen(p *party) bool {
	state := l.state(p)
	return state == openState || state == doingState
}

// through is what a party waits for without a dependency of its own: an open parent
// for its open children, a child that nobody has begun for the epics that its epic
// waits for.
func (l *ledger) through(p *party, waits map[*party][]*tie) (next []*party) {
	for _, c := range l.children(p) {
		if l.isOpen(c) {
			next = append(next, c)
		}
	}
	if up := l.parent(p); up != nil && l.state(p) == openState && l.crossTeam(up) {
		for _, e := range waits[up] {
			if e.blocker != p && l.crossTeam(e.blocker) {
				next = append(next, e.blocker)
			}
		}
	}
	return next
}

func (l *ledger) parent(p *party) *party {
	var up Item
	switch i := p.item.(type) {
	case *JiraIssue:
		if i.Parent != nil {
			up = i.Parent
		}
	case *GitHubIssue:
		if i.Parent != nil {
			up = i.Parent
		}
	}
	if up == nil || !l.known(p.item) || !l.known(up) {
		return nil
	}
	return l.of(up)
}

func (l *ledger) children(p *party) (out []*party) {
	if p.item == nil || !l.known(p.item) {
		return nil
	}
	for _, c := range childrenOf(p.item) {
		if l.known(c) {
			out = append(out, l.of(c))
		}
	}
	return out
}

// above says whether one is the parent, grandparent and so on of the other.
func (l *ledger) above(high, low *party) bool {
	for up, steps := l.parent(low), 0; up != nil && steps < 16; up, steps = l.parent(up), steps+1 {
		if up == high {
			return true
		}
	}
	return false
}

// knotted finds the groups of more than one that can reach each other, from the
// given parties. It goes through everything once, with two stacks: one of what is
// not yet in a group, one of the beginnings of what may still become one (Gabow,
// 2000).
func knotted(from []*party, next func(*party) []*party) (groups [][]*party) {
	order := map[*party]int{} // 0: not met; negative: its group is known
	var path, begins []*party
	type visit struct {
		p    *party
		left []*party
	}
	var visits []visit
	enter := func(p *party) {
		order[p] = len(order) + 1
		path, begins = append(path, p), append(begins, p)
		visits = append(visits, visit{p, next(p)})
	}
	for _, root := range from {
		if order[root] != 0 {
			continue
		}
		for enter(root); len(visits) > 0; {
			top := &visits[len(visits)-1]
			if len(top.left) > 0 {
				o := top.left[0]
				top.left = top.left[1:]
				switch n := order[o]; {
				case n == 0:
					enter(o)
				case n > 0:
					for order[begins[len(begins)-1]] > n {
						begins = begins[:len(begins)-1]
					}
				}
				continue
			}
			p := top.p
			visits = visits[:len(visits)-1]
			if begins[len(begins)-1] != p {
				continue
			}
			begins = begins[:len(begins)-1]
			at := len(path) - 1
			for path[at] != p {
				at--
			}
			group := slices.Clone(path[at:])
			path = path[:at]
			for _, m := range group {
				order[m] = -1
			}
			if len(group) > 1 {
				slices.SortFunc(group, func(a, b *party) int { return strings.Compare(a.name, b.name) })
				groups = append(groups, group)
			}
		}
	}
	return groups
}
