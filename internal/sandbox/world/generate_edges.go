package world

import "time"

// scenario is one dependency that every world has, so that even a small one
// shows each thing that can be wrong.
type scenario struct {
	about         string
	waiter, ahead string // crews; an empty one is nobody's
	wSlot, bSlot  int
	fit           func(m *maker, w, b Item) // what is special about it
}

func scenarios() []scenario {
	link := func(name string) func(*maker, Item, Item) {
		return func(m *maker, w, b Item) { m.link(name, w, b) }
	}
	native := func(m *maker, w, b Item) { m.native(w, b) }
	return []scenario{
		{"out of order, with titles meant to break markup", "Web", "Core", slotNext, slotAfter, func(m *maker, w, b Item) {
			w.(*JiraIssue).Summary, b.(*JiraIssue).Summary = oddTitles[8], oddTitles[0]
			m.native(w, b)
		}},
		{"across the trackers, named by handle, unscheduled", "Core", "Api", slotNext, slotBacklog, func(m *maker, w, b Item) { m.say(w, b, b.Handle()) }},
		{"across the trackers, named by URL, out of order", "Api", "Core", slotNext, slotAfter, func(m *maker, w, b Item) {
			m.say(w, b, m.o.JiraURL+"/browse/"+b.Handle())
		}},
		{"planned for the same sprint", "Web", "Core", slotNext, slotNext, native},
		{"dropped, yet waited for", "Web", "Core", slotActive, slotActive, func(m *maker, w, b Item) {
			m.native(w, b)
			i := b.(*JiraIssue)
			i.Status, i.Resolution, i.Resolved = m.s.Statuses[3], m.wont, i.Updated
		}},
		{"unscheduled, in GitHub", "Api", "Api", slotNext, slotBacklog, native},
		{"overdue", "Web", "Platform", slotNext, slotBacklog, func(m *maker, w, b Item) {
			m.overdue(b)
			m.connect(w, b)
		}},
		{"a cycle of two", "Core", "Core", slotNext, slotNext, func(m *maker, w, b Item) {
			m.native(w, b)
			m.native(b, w)
		}},
		{"nobody's blocker", "Web", "", slotActive, slotBacklog, native},
		{"healthy: the blocker comes first", "Core", "Web", slotAfter, slotNext, native},
		{"said with the other direction's type", "Web", "Core", slotAfter, slotAfter, link("Depends")},
		{"out of order, in GitHub", "Api", "Api", slotActive, slotNext, native},
		{"delivered", "Web", "Core", slotActive, slotActive, func(m *maker, w, b Item) {
			m.native(w, b)
			i := b.(*JiraIssue)
			i.Status, i.Resolution, i.Resolved = m.s.Statuses[3], m.done, i.Updated
		}},
		{"across the trackers, named by GitHub's URL", "Web", "Api", slotAfter, slotNext, func(m *maker, w, b Item) {
			g := b.(*GitHubIssue)
			m.say(w, b, m.o.GitHubURL+"/"+g.Repo.FullName()+"/issues/"+b.Handle()[len(g.Repo.FullName())+1:])
		}},
		{"across the trackers, named by key", "Api", "Web", slotAfter, slotNext, func(m *maker, w, b Item) { m.say(w, b, b.Handle()) }},
	}
}

// edges lays the scenarios, then chance, until about one item in fifteen
// touches a dependency. A quarter of the chance edges cross teams.
func (m *maker) edges() {
	m.touched = map[Item]bool{}
	list := scenarios()
	if m.o.Items < 200 {
		list = list[:6]
	}
	for _, sc := range list {
		w, b := m.take(sc.waiter, sc.wSlot), m.take(sc.ahead, sc.bSlot)
		if w != nil && b != nil {
			sc.fit(m, w, b)
		}
	}
	planned := []int{slotActive, slotNext, slotNext, slotAfter, slotBacklog}
	for tries := 0; len(m.touched) < m.o.Items*13/200 && tries < m.o.Items; tries++ {
		from := m.draw()
		to := from
		if m.chance(25) {
			to = m.draw()
		}
		slot := pick(m, planned)
		w := m.take(from.Name, slot)
		if w == nil {
			continue
		}
		for range 1 + m.r.IntN(6)/5 { // some wait for two
			b := m.take(to.Name, m.before(slot))
			if b == nil {
				continue
			}
			m.connect(w, b)
			if m.chance(25) { // and some blockers wait themselves
				if c := m.take(to.Name, m.before(slot)); c != nil {
					m.connect(b, c)
				}
			}
		}
	}
	m.hub()
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

// hub makes one item that many wait for.
func (m *maker) hub() {
	n := map[bool]int{m.o.Items >= 2_000: 16, m.o.Items >= 100_000: 300}[true]
	if n == 0 {
		return
	}
	b := m.take("Core", slotBacklog)
	for range n {
		if w := m.take("Core", slotBacklog); w != nil && b != nil {
			m.native(w, b)
		}
	}
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

// connect makes w wait for b in the way their trackers have.
func (m *maker) connect(w, b Item) {
	if w.Tracker() == b.Tracker() {
		m.native(w, b)
		return
	}
	m.say(w, b, b.Handle())
}

func (m *maker) native(w, b Item) {
	if g, ok := w.(*GitHubIssue); ok {
		if h, both := b.(*GitHubIssue); both {
			m.touched[w], m.touched[b] = true, true
			g.BlockedBy = append(g.BlockedBy, h)
			h.Blocking = append(h.Blocking, g)
			return
		}
	}
	if w.Tracker() != b.Tracker() {
		m.say(w, b, b.Handle())
		return
	}
	m.link("Blocks", w, b)
}

// link makes w wait for b by a Jira link of a type.
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
	if speakerWaits(t) {
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

// say writes the dependency into the text of w.
func (m *maker) say(w, b Item, name string) {
	m.touched[w], m.touched[b] = true, true
	switch i := w.(type) {
	case *JiraIssue:
		i.Description += "\n\nblocked by " + name + "\n"
	case *GitHubIssue:
		i.Body += "\n\nblocked by " + name + "\n"
	}
}

func (m *maker) overdue(b Item) {
	if i, ok := b.(*JiraIssue); ok {
		i.Due = m.now.AddDate(0, 0, -9).Format(time.DateOnly)
		i.Status = m.s.Statuses[1]
	}
}
