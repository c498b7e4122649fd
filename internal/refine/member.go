package refine

import (
	"iter"
	"slices"
	"time"

	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/work"
)

// Member is one item of the product before a rule about items. It is lent for
// the call.
type Member struct{ Side }

// Neighbour is the item at the other end of one of a member's dependencies.
type Neighbour struct {
	Side
	// Known is false for an item that cannot be read now: nothing may be concluded about it.
	Known bool
	// CrossTeam says that two teams must agree, or a team is not known.
	CrossTeam bool
	// TextOnly says that nothing but a description tells of the dependency.
	TextOnly bool
	// Need is when the waiting one of the two needs the other; zero is unknown.
	Need work.Day
}

// Now returns the moment of the judgement.
func (m *Member) Now() time.Time { return m.view.now }

// Near says whether the item comes up within the lookahead.
func (m *Member) Near() bool { return m.view.near(m.node) }

// FanOut counts the open items that wait for the item.
func (m *Member) FanOut() int { return m.view.fanOut(m.node) }

// manyWait is from how many dependencies on the open items that wait are counted but once.
const manyWait = 16

func (v *view) fanOut(n graph.Node) int {
	if len(v.g.Blocks(n)) < manyWait {
		return v.g.FanOut(n)
	}
	count, ok := v.fans[n]
	if !ok {
		if v.fans == nil {
			v.fans = map[graph.Node]int{}
		}
		count = v.g.FanOut(n)
		v.fans[n] = count
	}
	return count
}

// Blockers are the items that it waits for, whatever their state, by ref. Its
// own parents and children are not among them.
func (m *Member) Blockers() iter.Seq[Neighbour] {
	v, waits := m.view, m.view.g.Waits(m.node)
	return func(yield func(Neighbour) bool) {
		for i := range waits {
			if e := &waits[i]; !v.related(e) && !yield(v.neighbour(e, e.Blocker)) {
				return
			}
		}
	}
}

// Waiting are the open items that wait for it, by ref, its own parents and children excepted.
func (m *Member) Waiting() iter.Seq[Neighbour] {
	v, blocks := m.view, m.view.g.Blocks(m.node)
	return func(yield func(Neighbour) bool) {
		for _, id := range blocks {
			e := &v.g.Edges()[id]
			if v.is(e.Waiting, isOpen) && !v.related(e) && !yield(v.neighbour(e, e.Waiting)) {
				return
			}
		}
	}
}

// related says that an edge lies within one branch of the hierarchy.
func (v *view) related(e *graph.Edge) bool {
	return e.Blocker == e.Waiting || v.g.Above(e.Blocker, e.Waiting) || v.g.Above(e.Waiting, e.Blocker)
}

func (v *view) neighbour(e *graph.Edge, other graph.Node) Neighbour {
	return Neighbour{
		Side: v.side(other), Known: !v.unknown(other), CrossTeam: v.crossTeam(e.Blocker, e.Waiting), TextOnly: e.TextOnly(),
		Need: v.test(e.Blocker, e.Waiting).Need,
	}
}

// Near says whether the neighbour comes up within the lookahead.
func (n *Neighbour) Near() bool { return n.view.near(n.node) }

// Twins are the same item as other trackers keep it, as far as they can be read, by ref.
func (m *Member) Twins() []*work.Item {
	var all []*work.Item
	for _, n := range m.view.twins[m.node] {
		if !m.view.unknown(n) {
			all = append(all, m.view.g.Item(n))
		}
	}
	return all
}

// Marked returns since when the item has been marked as blocked, as far as
// anyone can tell: the tracker's history, else the item's last change, which can
// only be later. False when neither is known.
func (m *Member) Marked() (time.Time, bool) {
	changes := m.Changes()
	for i := len(changes) - 1; i >= 0; i-- {
		if changes[i].Kind == facts.Marked {
			return changes[i].At, true
		}
	}
	return m.Item.Updated, !m.Item.Updated.IsZero()
}

// Reasoned says whether people said why the item is blocked, since it was marked.
// Where nobody knows since when it is, any reason counts.
func (m *Member) Reasoned() bool {
	var marked time.Time
	for _, c := range m.Changes() {
		if c.Kind == facts.Marked {
			marked = c.At
		}
	}
	return m.view.latest(m.node, func(a *facts.Answer) bool { return !a.At.Before(marked) }, facts.Reasoned) != nil
}

// WorkingDaysSince counts the team's working days from an instant to today.
func (m *Member) WorkingDaysSince(at time.Time) int {
	calendar := m.view.calendar(m.node)
	return calendar.WorkingDaysBetween(work.DayOf(at, calendar.Zone()), m.view.today)
}

// judgeItems asks the rules about items. Most items have nothing that any of
// them looks at: no dependency, no mark, no twin.
func (j *judge) judgeItems() {
	v := j.view
	if len(j.items) == 0 {
		return
	}
	for n := range graph.Node(v.g.Len()) {
		it := v.g.Item(n)
		if v.at[n].flags&(unread|exempt) != 0 || it.Outside ||
			!it.Blocked && len(v.g.Waits(n)) == 0 && len(v.g.Blocks(n)) == 0 && v.twins[n] == nil {
			continue
		}
		j.member = Member{v.side(n)}
		for _, r := range j.items {
			if raised := r.Item(&j.member); raised != nil {
				j.keepItem(r, &j.member, raised)
			}
		}
	}
}

func (j *judge) keepItem(r *Rule, m *Member, raised *Raised) {
	f := Finding{
		Rule: r.ID, Item: m.Item.Ref, Team: m.Team(), Text: raised.Text, Action: raised.Action, Next: raised.Next,
		Commands: raised.Commands, Shown: true,
	}
	if f.Commands == nil {
		f.Commands = answersOfItem
	}
	if !j.complete(&f, r, raised, false, m.node) || j.view.is(m.node, settling) && f.Since.IsZero() {
		return
	}
	f.Speaks = f.Speaks && (raised.On == OnBlocker || m.Soon() || f.Severity == Critical)
	if f.Severity > Info {
		f.Facts = append(slices.Clone(raised.Facts), "rule="+string(f.Rule), "severity="+f.Severity.String(),
			"item="+m.Item.Ref.String(), "item_team="+string(f.Team), "item_state="+string(m.Item.State))
		slices.Sort(f.Facts)
	}
	j.keep(f)
}
