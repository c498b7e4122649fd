package refine

import (
	"cmp"
	"slices"

	"strata/internal/graph"
	"strata/internal/work"
)

// push is how far an item is moved by dependencies that are off track.
type push struct {
	start, end work.Day
	// by is the item that moves it, until when.
	by    graph.Node
	until work.Day
	// weak says that a forecast, a projected date or a description takes part.
	weak bool
}

// Chain is what moves a blocker that would itself be in time.
type Chain struct {
	// By is the item that the blocker itself waits for, Until the day until which it does.
	By    *work.Item
	Until work.Day
	// End is when the blocker would be there then, Start when the waiting item could begin.
	End, Start work.Day
	// Weak says that not everything on the way is planned.
	Weak bool
}

// Chain returns what further up moves the blocker beyond the day of need, nil
// when nothing does or the dependency itself does not fit.
func (p *Pair) Chain() *Chain {
	v := p.view
	if p.Fit != Fits {
		return nil
	}
	pushed, ok := v.pushed()[p.Blocker.node]
	if !ok || !v.later(p.Waiting.node, pushed.end, p.Need) {
		return nil
	}
	return &Chain{
		By: v.g.Item(pushed.by), Until: pushed.until, End: pushed.end,
		Start: v.calendar(p.Waiting.node).NextWorkingDay(pushed.end + 1), Weak: pushed.weak || p.Forecast || p.projected(),
	}
}

// pushed moves the plan forward over the calendar: from every dependency that is
// off track its waiting item starts after its blocker, takes as long as planned,
// and by that may push those that wait for it, its epic, or the children of the
// epics that wait for it. Only what is off track pushes; a hand-over to agree
// does not. Items are taken in the order in which they wait, so that each is moved
// once.
func (v *view) pushed() map[graph.Node]push {
	if v.pushes != nil {
		return v.pushes
	}
	v.pushes = map[graph.Node]push{}
	var seeds []graph.EdgeID
	for i := range v.g.Edges() {
		if e := &v.g.Edges()[i]; v.counts(e) && v.slipped(e) {
			seeds = append(seeds, graph.EdgeID(i))
		}
	}
	if len(seeds) == 0 {
		return v.pushes
	}
	for _, id := range seeds {
		e := &v.g.Edges()[id]
		until := v.test(e.Blocker, e.Waiting).ETA
		v.push(e.Blocker, e.Waiting, until, e.TextOnly())
		if v.is(e.Blocker, crossTeam) && v.is(e.Waiting, crossTeam) {
			v.passDown(e.Blocker, e.Waiting, until, until, e.TextOnly() || v.weak(e.Blocker))
		}
	}
	for _, n := range v.inOrder() {
		v.pass(n)
	}
	return v.pushes
}

// counts says whether an edge takes part in the forward pass. In a circle nothing
// comes first, and there is nothing to move.
func (v *view) counts(e *graph.Edge) bool {
	return v.g.Open(e) && !v.together(e.Waiting, e.Blocker) && !v.is(e.Waiting, exempt) && !v.is(e.Blocker, exempt) && !v.g.Above(e.Blocker, e.Waiting) && !v.g.Above(e.Waiting, e.Blocker)
}

// together says that two items are caught in one circle.
func (v *view) together(a, b graph.Node) bool {
	return v.circles != nil && v.circles[a] != 0 && v.circles[a] == v.circles[b]
}

func (v *view) slipped(e *graph.Edge) bool {
	t := v.test(e.Blocker, e.Waiting)
	return t.Fit == TooLate && !t.Usual
}

// inOrder lists all items that a push can reach, each behind those that it waits for.
func (v *view) inOrder() []graph.Node {
	type visit struct {
		n           graph.Node
		start, next int // of its targets
	}
	entered := make([]bool, v.g.Len())
	var roots, order, targets []graph.Node
	var stack []visit
	enter := func(n graph.Node) {
		if entered[n] {
			return
		}
		entered[n] = true
		stack = append(stack, visit{n, len(targets), len(targets)})
		targets = v.reach(targets, n)
	}
	for n := range v.pushes {
		roots = append(roots, n)
	}
	slices.Sort(roots)
	for _, n := range roots {
		enter(n)
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if top.next < len(targets) {
				top.next++
				enter(targets[top.next-1])
				continue
			}
			order = append(order, top.n)
			targets = targets[:top.start]
			stack = stack[:len(stack)-1]
		}
	}
	slices.Reverse(order)
	return order
}

// reach appends the items that a pushed item may push: those that wait for it,
// its epic, and of an epic the unstarted children of those that wait for it.
func (v *view) reach(targets []graph.Node, n graph.Node) []graph.Node {
	for _, id := range v.g.Blocks(n) {
		e := &v.g.Edges()[id]
		if !v.counts(e) {
			continue
		}
		targets = append(targets, e.Waiting)
		if v.is(n, crossTeam) && v.is(e.Waiting, crossTeam) {
			for _, c := range v.g.Children(e.Waiting) {
				if v.g.Item(c).State == work.StateOpen && !v.together(n, c) {
					targets = append(targets, c)
				}
			}
		}
	}
	if p := v.g.Parent(n); p != graph.None && v.is(p, isOpen) && !v.together(n, p) {
		targets = append(targets, p)
	}
	return targets
}

// pass hands a pushed item's end on to whom it moves.
func (v *view) pass(n graph.Node) {
	moved, ok := v.pushes[n]
	if !ok {
		return
	}
	for _, id := range v.g.Blocks(n) {
		e := &v.g.Edges()[id]
		if !v.counts(e) {
			continue
		}
		t := v.test(n, e.Waiting)
		limit := v.window(e.Waiting).End
		if t.Explicit {
			limit = t.Need
		}
		if limit != 0 && !v.over(e.Waiting) && v.later(e.Waiting, moved.end, limit) {
			v.push(n, e.Waiting, moved.end, moved.weak || e.TextOnly())
		}
		if v.is(n, crossTeam) && v.is(e.Waiting, crossTeam) {
			v.passDown(n, e.Waiting, v.window(n).End, moved.end, moved.weak || e.TextOnly())
		}
	}
	if p := v.g.Parent(n); p != graph.None && v.is(p, isOpen) && !v.together(n, p) {
		v.stretch(n, p, moved)
	}
}

// passDown moves the unstarted children of an epic that waits for another one
// behind the day on which that one will be there. The plan of an epic may overlap
// that of another one's children, so that of a slip only what it adds counts:
// children that end before the planned day are moved by it only where the epics
// themselves are off track, which a planned day that is no earlier says.
func (v *view) passDown(n, waiting graph.Node, planned, until work.Day, weak bool) {
	for _, c := range v.g.Children(waiting) {
		end := v.window(c).End
		if c == n || end == 0 || v.g.Item(c).State != work.StateOpen || v.is(c, exempt) || v.together(n, c) {
			continue
		}
		if v.later(c, until, end) && (planned >= until || !v.later(c, planned, end)) {
			v.push(n, c, until, weak)
		}
	}
}

// push moves a waiting item behind a day.
func (v *view) push(by, n graph.Node, until work.Day, weak bool) {
	w := v.window(n)
	if v.unknown(n) || w.End == 0 {
		return
	}
	calendar := v.calendar(n)
	p := push{start: max(w.Start, calendar.NextWorkingDay(until+1)), by: by, until: until}
	p.end = calendar.AddWorkingDays(p.start, max(0, calendar.WorkingDaysBetween(cmp.Or(w.Start, w.End), w.End)))
	if v.g.Item(n).State == work.StateDoing { // it ends when what it waits for is there, at the earliest
		p.start, p.end = w.Start, max(w.End, until)
	}
	p.weak = weak || v.weak(n) || v.weak(by)
	if before, ok := v.pushes[n]; p.end > w.End && (!ok || p.end > before.end) {
		v.pushes[n] = p
	}
}

// stretch moves an epic's end behind that of a child.
func (v *view) stretch(child, epic graph.Node, moved push) {
	w := v.window(epic)
	if v.unknown(epic) || w.End == 0 || !v.later(epic, moved.end, w.End) {
		return
	}
	if before, ok := v.pushes[epic]; !ok || moved.end > before.end {
		v.pushes[epic] = push{start: w.Start, end: moved.end, by: child, until: moved.end, weak: moved.weak || v.weak(epic)}
	}
}

// weak says that nobody planned an item, or that its dates are projected.
func (v *view) weak(n graph.Node) bool { return v.is(n, forecast) || v.window(n).Projected }
