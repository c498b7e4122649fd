package refine

import (
	"cmp"
	"slices"

	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/work"
)

// CircleKind is what keeps a circle closed, the strongest first.
type CircleKind int

// The kinds of circle.
const (
	ByLinks     CircleKind = iota // links between items, nothing else
	ByText                        // links, some of them from descriptions alone
	ByHierarchy                   // epics and their children take part
	ByOwnChild                    // only that an item blocks a child of its own
)

// Hop is one step around a circle.
type Hop struct {
	Waiting, Blocker *work.Item
	Via              graph.Via
}

// Circle is a group of items that wait for each other, before a rule.
type Circle struct {
	Kind CircleKind
	// At is the member nearest in time, where it is said.
	At *work.Item
	// Hops lead from At around and back to it.
	Hops []Hop
	// Weakest is the dependency that is cheapest to cut; its items are the epics'
	// where it is lifted from them.
	Weakest Hop
	// Others counts the items that are caught in it beside those on the way.
	Others int
}

// sets are the ways in which a circle can close, from the strictest to the widest.
func (v *view) sets() []graph.Set {
	g := v.g
	apart := func(e *graph.Edge) bool { return e.Blocker == e.Waiting || !g.Above(e.Blocker, e.Waiting) }
	return []graph.Set{
		ByLinks:     {Edge: func(e *graph.Edge) bool { return g.Open(e) && !e.TextOnly() && apart(e) }},
		ByText:      {Edge: func(e *graph.Edge) bool { return g.Open(e) && apart(e) }},
		ByHierarchy: {Edge: func(e *graph.Edge) bool { return g.Open(e) && apart(e) }, Hierarchy: true, Lifted: true},
		ByOwnChild:  {Edge: g.Open, Hierarchy: true, Lifted: true},
	}
}

// judgeCircles reports every circle once, and asks the rules about those of
// which a member is near.
func (j *judge) judgeCircles() {
	v := j.view
	j.circled = map[graph.EdgeID]Severity{}
	sets := v.sets()
	for i, cycle := range v.g.Cycles(sets...) {
		if v.circles == nil {
			v.circles = map[graph.Node]int{}
		}
		for _, n := range cycle.Caught {
			v.circles[n] = i + 1
		}
		if CircleKind(cycle.Set) != ByOwnChild {
			refs := make([]work.Ref, len(cycle.Path))
			for i, s := range cycle.Path {
				refs[i] = v.g.Item(s.Waiting).Ref
			}
			j.result.Cycles = append(j.result.Cycles, refs)
		}
		j.judgeCircle(cycle, sets[cycle.Set])
	}
}

func (j *judge) judgeCircle(cycle graph.Cycle, set graph.Set) {
	v := j.view
	if !slices.ContainsFunc(cycle.Members, v.near) ||
		slices.ContainsFunc(cycle.Path, func(s graph.Step) bool { return v.is(s.Waiting, exempt) }) {
		return
	}
	path := cycle.Path
	if at := v.nearest(cycle.Members); at != path[0].Waiting {
		path = v.g.Around(set, cycle.Members, at)
	}
	weakest, _ := v.g.Weakest(path, j.younger)
	c := Circle{Kind: CircleKind(cycle.Set), At: v.g.Item(path[0].Waiting), Others: len(cycle.Members) - len(path),
		Weakest: Hop{Via: weakest.Via}}
	if weakest.Edge != graph.NoEdge {
		e := &v.g.Edges()[weakest.Edge]
		c.Weakest.Waiting, c.Weakest.Blocker = v.g.Item(e.Waiting), v.g.Item(e.Blocker)
	}
	var known []string
	for _, s := range path {
		c.Hops = append(c.Hops, Hop{Waiting: v.g.Item(s.Waiting), Blocker: v.g.Item(s.Blocker), Via: s.Via})
		known = append(known, "member="+v.g.Item(s.Waiting).Ref.String())
	}
	for _, r := range j.circles {
		if raised := r.Circle(&c); raised != nil {
			j.keepCircle(r, &c, path, raised, known)
		}
	}
}

func (j *judge) keepCircle(r *Rule, c *Circle, path []graph.Step, raised *Raised, known []string) {
	v := j.view
	at := path[0].Waiting
	anchor := path[max(0, slices.IndexFunc(path, func(s graph.Step) bool { return s.Edge != graph.NoEdge }))]
	f := Finding{
		Rule: r.ID, Item: c.At.Ref, Team: v.teamID(at), Waiting: v.g.Item(anchor.Waiting).Ref, Blocker: v.g.Item(anchor.Blocker).Ref, Shown: true,
		Text: raised.Text, Action: raised.Action, Next: raised.Next, Commands: raised.Commands,
	}
	if f.Commands == nil {
		f.Commands = answersOfWaiting
	}
	if !j.complete(&f, r, raised, c.Kind == ByText, at) ||
		f.Since.IsZero() && slices.ContainsFunc(path, func(s graph.Step) bool { return v.is(s.Waiting, settling) }) {
		return
	}
	f.Speaks = f.Speaks && !c.At.Outside && (v.soon(at) || f.Severity == Critical)
	f.Now = f.Severity == Critical && !f.Ended && v.inActiveSprint(at)
	if f.Severity > Info {
		f.Facts = slices.Concat(known, raised.Facts, []string{"rule=" + string(f.Rule), "severity=" + f.Severity.String()})
		slices.Sort(f.Facts)
	}
	for _, s := range path {
		if s.Via == graph.Explicit && !f.Ended {
			j.circled[s.Edge] = max(j.circled[s.Edge], f.Severity)
		}
	}
	j.keep(f)
}

// nearest returns the member that comes up first of those that we may write to.
func (v *view) nearest(members []graph.Node) graph.Node {
	key := func(n graph.Node) (outside int, from work.Day) {
		from = v.window(n).From()
		if from == 0 {
			from = 1 << 30
		}
		if v.g.Item(n).Outside {
			outside = 1
		}
		return outside, from
	}
	best := members[0]
	for _, n := range members[1:] {
		o, f := key(n)
		bo, bf := key(best)
		if cmp.Or(cmp.Compare(o, bo), cmp.Compare(f, bf)) < 0 {
			best = n
		}
	}
	return best
}

// younger orders edges by their first sight, the latest first; one never seen before is new.
func (j *judge) younger(a, b *graph.Edge) int {
	if len(j.view.memory.EdgeSeen) == 0 {
		return 0
	}
	seen := func(e *graph.Edge) int64 {
		at, ok := j.view.memory.EdgeSeen[facts.Edge{Blocker: j.view.g.Item(e.Blocker).Ref, Waiting: j.view.g.Item(e.Waiting).Ref}]
		if !ok {
			return 1 << 62
		}
		return at.Unix()
	}
	return cmp.Compare(seen(b), seen(a))
}
