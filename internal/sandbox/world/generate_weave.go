package world

import "cmp"

// Figures from real trackers: one issue in twenty touches a dependency, a quarter
// of the dependencies cross projects (14–38 %), five cycles in 2,962 of them.
const (
	touching  = 5  // of a hundred items
	crossing  = 26 // of a hundred dependencies
	few       = 38 // of a handful of them
	perCircle = 600
)

// weaver lays the dependencies of a world.
type weaver struct {
	*maker
	scenes        []scene
	edges, across int
	led           bool // a scene is laid
}

// weave lays what every world has, then scenes and chance, until so many items
// touch a dependency as in real trackers.
func (m *maker) weave() {
	m.touched = map[Item]bool{}
	v := &weaver{maker: m, scenes: scenes()}
	n := m.o.Items
	goal := max(n*touching/100, 6)
	for range min(max(n/100, 1), 3) {
		v.scene()
	}
	v.circles(goal)
	if n >= 300 {
		v.hub(3)
	}
	if n >= 2_000 {
		v.fan(min(16+m.r.IntN(32), 8+n/250)) // the most blockers of one item
		v.hub(6 + m.r.IntN(6))
		v.chain(3 + m.r.IntN(4))
	}
	if n >= 100_000 {
		v.chain(12)
		v.hub(300)
	}
	for tries := 0; len(m.touched) < goal && tries < n; tries++ {
		v.some(goal - len(m.touched))
	}
}

// some lays one scene or group, of at most about so many items.
func (v *weaver) some(room int) {
	switch k := v.r.IntN(100); {
	case v.due() && v.scene():
	case k < 45 || room < 3:
		v.past()
	case k < 75:
		v.hub(1)
	case k < 85:
		v.chain(min(2+v.r.IntN(2), room))
	case k < 93:
		v.hub(min(2+v.r.IntN(3), room))
	default:
		v.fan(min(2+v.r.IntN(3), room))
	}
}

// due says that a dependency across projects is due, and not one too many where
// there are few.
func (v *weaver) due() bool { return 100*v.across < crossing*(v.edges+1) && v.room() }

// room says that one more across projects would not be too many.
func (v *weaver) room() bool { return 100*(v.across+1) <= few*(v.edges+1) }

// tie makes w wait for b, if that is not one dependency across projects too many.
func (v *weaver) tie(w, b Item) {
	if w != nil && b != nil && (v.room() || homeOf(w) == homeOf(b)) {
		v.bind(w, b)
	}
}

// bind makes w wait for b in any case.
func (v *weaver) bind(w, b Item) {
	if w == nil || b == nil || w == b {
		return
	}
	v.connect(w, b)
	v.count(w, b)
}

func (v *weaver) count(w, b Item) {
	v.edges++
	if homeOf(w) != homeOf(b) {
		v.across++
	}
}

// scene lays the next scene for which there are items; false when none is left. In
// the first one the blocker waits itself, for one that waits.
func (v *weaver) scene() bool {
	for len(v.scenes) > 0 {
		sc := v.scenes[0]
		v.scenes = v.scenes[1:]
		w, b := v.take(sc.waiter, sc.wSlot), v.take(sc.ahead, sc.bSlot)
		if w == nil || b == nil {
			continue
		}
		sc.fit(v.maker, w, b)
		v.touched[w], v.touched[b] = true, true
		v.count(w, b)
		if !v.led {
			v.led = true
			second, third := v.near(sc.ahead, slotNext), v.near(sc.ahead, slotActive)
			v.bind(b, second)
			v.bind(second, third)
		}
		return true
	}
	return false
}

// circles closes as many circles as real trackers have: two that block each other,
// and in larger worlds some of three, one of them across the trackers.
func (v *weaver) circles(goal int) {
	for n := range max(1, goal/perCircle) + min(v.o.Items/1000, 1) {
		switch n % 3 {
		case 0:
			a, b := v.near("Core", slotNext), v.near("Core", slotNext)
			v.bind(a, b)
			v.bind(b, a)
		case 1:
			a, b, c := v.near("Web", slotAfter), v.near("Api", slotAfter), v.near("Api", slotBacklog)
			v.bind(a, b)
			v.bind(b, c)
			v.bind(c, a)
		case 2:
			a, b, c := v.near("Core", slotBacklog), v.near("Core", slotBacklog), v.near("Core", slotBacklog)
			v.bind(a, b)
			v.bind(b, c)
			v.bind(c, a)
		}
	}
}

// hub makes n items wait for one. Of many, whose share is small, each may lie with
// another crew.
func (v *weaver) hub(n int) {
	slot := pick(v.maker, []int{slotNext, slotNext, slotAfter, slotBacklog})
	own := v.settled()
	ahead := own
	if n == 1 {
		ahead = v.other(own)
	}
	b := v.near(ahead.Name, v.before(slot))
	for range n {
		v.tie(v.near(own.Name, slot), b)
		if n > 5 && v.due() {
			own = v.draw()
		}
	}
}

// fan makes one item wait for n.
func (v *weaver) fan(n int) {
	slot := pick(v.maker, []int{slotNext, slotAfter, slotBacklog})
	own := v.settled()
	w := v.near(own.Name, slot)
	for range n {
		v.tie(w, v.near(v.other(own).Name, v.before(slot)))
	}
}

// chain makes a line of n dependencies.
func (v *weaver) chain(n int) {
	slot := pick(v.maker, []int{slotAfter, slotAfter, slotBacklog})
	own := v.settled()
	w := v.near(own.Name, slot)
	for range n {
		slot, own = v.before(slot), v.other(own)
		b := v.near(own.Name, slot)
		v.tie(w, b)
		w = b
	}
}

// past lays a dependency that is settled: both are closed, or the blocker is.
func (v *weaver) past() {
	own := v.settled()
	b := v.spare(v.other(own).Name, true)
	w := v.spare(own.Name, true)
	if v.chance(25) {
		w = v.near(own.Name, slotActive)
	}
	v.tie(w, b)
}

// settled draws a crew all of whose work is in one place.
func (v *weaver) settled() *crew {
	for {
		if c := v.draw(); c.inGitHub == 0 || c.inGitHub == 100 {
			return c
		}
	}
}

// other is where a blocker lies: mostly with the same crew.
func (v *weaver) other(own *crew) *crew {
	if !v.due() {
		return own
	}
	for range 8 {
		if c := v.draw(); c != own {
			return c
		}
	}
	return own
}

// before draws the blocker's slot for a waiter's: mostly earlier, now and then
// the same, later or none.
func (m *maker) before(slot int) int {
	switch n := m.r.IntN(100); {
	case n < 62:
		return max(slot-1, slotActive)
	case n < 78:
		return slot
	case n < 88:
		return min(slot+1, slotAfter)
	}
	return slotBacklog
}

// near draws an item of a crew that is still free, in a slot or the next best one;
// where none is left in a small world, of Web, which has most in Jira.
func (m *maker) near(crew string, slot int) Item {
	for _, c := range []string{crew, "Web"} {
		for _, s := range []int{slot, slotNext, slotAfter, slotBacklog, slotActive} {
			if it := m.take(c, s); it != nil {
				return it
			}
		}
	}
	return nil
}

// spare draws a closed item of a crew, or an open one of the backlog.
func (m *maker) spare(crew string, closed bool) Item {
	if closed {
		return m.take(crew, slotPast)
	}
	return m.near(crew, slotBacklog)
}

// take draws an item that is still free; nil when none is left there.
func (m *maker) take(crew string, slot int) Item {
	k := slotKey{crew, slot}
	list := m.free[k]
	if len(list) == 0 {
		return nil
	}
	n := m.r.IntN(len(list))
	it := list[n]
	list[n] = list[len(list)-1]
	m.free[k] = list[:len(list)-1]
	return it
}

// connect makes w wait for b in a way that their trackers have.
func (m *maker) connect(w, b Item) {
	m.touched[w], m.touched[b] = true, true
	g, git := w.(*GitHubIssue)
	h, gits := b.(*GitHubIssue)
	switch {
	case git && gits && g.Repo == h.Repo && m.chance(6):
		m.phrase(w, "#"+cmp.Or(numberOf(h), "0"))
	case git && gits:
		g.BlockedBy = append(g.BlockedBy, h)
		h.Blocking = append(h.Blocking, g)
	case git || gits:
		m.cross(w, b)
	default:
		m.link(m.linkName(), w, b)
	}
}

// linkName draws a type that means a dependency, of both directions.
func (m *maker) linkName() string {
	if n := len(m.s.links); n < 9 && n%3 == 2 && m.o.Items >= 300 { // each of them once
		return []string{"Depends", "Gantt", "Requires"}[n/3]
	}
	switch n := m.r.IntN(100); {
	case n < 82:
		return "Blocks"
	case n < 90:
		return "Depends"
	case n < 95:
		return "Requires"
	}
	return "Gantt"
}

// link makes w wait for b by a Jira link of a type; elsewhere in the way there is.
func (m *maker) link(name string, w, b Item) {
	waiter, ok := w.(*JiraIssue)
	blocker, both := b.(*JiraIssue)
	if !ok || !both {
		m.connect(w, b)
		return
	}
	m.touched[w], m.touched[b] = true, true
	t := m.s.LinkType(name)
	from, to := blocker, waiter
	if t.Speaker() == Waits {
		from, to = waiter, blocker
	}
	m.join(t, from, to)
}

func (m *maker) join(t *LinkType, from, to *JiraIssue) {
	l := &Link{ID: m.s.id("link", 10000), Type: t, From: End{Issue: from}, To: End{Issue: to}}
	m.s.links[l.ID] = l
	from.Links = append(from.Links, l)
	to.Links = append(to.Links, l)
}
