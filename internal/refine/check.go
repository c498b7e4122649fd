package refine

import (
	"iter"
	"slices"
	"time"

	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/work"
)

// Check is one readiness question on one layer.
type Check struct {
	ID CheckID
	Documentation
	Layer work.Layer
	// Judge answers for one item. What cannot be known is NotApplicable.
	Judge func(Case) Result
}

// Case is an item before a check.
type Case struct {
	Item *work.Item
	// Team owns the item; nil when none or several do, or the config does not know it.
	Team *work.Team
	// NeedsInfo lists the labels that mark an open question.
	NeedsInfo []string

	node     graph.Node
	view     *view
	critical map[work.Ref]bool // items of which something critical was found
}

// Part is an item that a case looks at: a child, or the other end of a dependency.
type Part struct {
	Item *work.Item
	// Known is false for items that could not be read: nothing may be concluded from them.
	Known bool
	// Planned says that the item has a Sprint or dates, or that its team plans without them.
	Planned bool
	// Forecast says that nobody planned it, and that Window follows from its rank and
	// its team's velocity.
	Forecast bool
	Window   work.Window
	// Team answers for it; of an epic without one it is its children's, when they are of one.
	Team work.TeamID
}

func (v *view) part(n graph.Node) Part {
	foreseen := v.is(n, forecast)
	return Part{
		Item: v.g.Item(n), Known: !v.unknown(n), Forecast: foreseen, Window: v.window(n), Team: v.teamID(n),
		Planned: !foreseen && !v.at[n].window.IsZero() || v.planning(n) == work.ByFlow,
	}
}

// Children are the item's children by ref.
func (c Case) Children() iter.Seq[Part] {
	nodes, v := c.view.g.Children(c.node), c.view
	return func(yield func(Part) bool) {
		for _, n := range nodes {
			if !yield(v.part(n)) {
				return
			}
		}
	}
}

// HasChildren says whether it has any, read or not.
func (c Case) HasChildren() bool {
	return len(c.Item.Children) > 0 || len(c.view.g.Children(c.node)) > 0
}

// Parent returns the item's parent; false when it has none that we know.
func (c Case) Parent() (Part, bool) {
	if p := c.view.g.Parent(c.node); p != graph.None {
		return c.view.part(p), true
	}
	return Part{}, false
}

// Own returns the item as a part.
func (c Case) Own() Part { return c.view.part(c.node) }

// Today returns the day of the judgement, Now its moment.
func (c Case) Today() work.Day { return c.view.today }

// Now returns the moment of the judgement.
func (c Case) Now() time.Time { return c.view.now }

// Policy returns how the product wants to be judged. It is not to be changed.
func (c Case) Policy() *Policy { return c.view.policy }

// Memory returns what is remembered of the product. It is not to be changed.
func (c Case) Memory() *facts.Memory { return c.view.memory }

// Pace returns how fast the item's team was; zero when nothing is known.
func (c Case) Pace() facts.Pace { return c.view.teams[c.view.team(c.node)].pace }

// PaceOf returns how fast a team was; zero when nothing is known.
func (c Case) PaceOf(team work.TeamID) facts.Pace { return c.view.memory.Paces[team] }

// Answers returns what people answered on the item, of some kinds or of all, the oldest first.
func (c Case) Answers(kinds ...facts.AnswerKind) []facts.Answer {
	said := c.view.said(c.node)
	if len(kinds) == 0 {
		return said
	}
	var chosen []facts.Answer
	for _, a := range said {
		if slices.Contains(kinds, a.Kind) {
			chosen = append(chosen, a)
		}
	}
	return chosen
}

// Answer returns the last answer of a kind on the item that names a rule or check;
// an empty name takes any. False when there is none.
func (c Case) Answer(kind facts.AnswerKind, about string) (facts.Answer, bool) {
	a := c.view.latest(c.node, func(a *facts.Answer) bool { return about == "" || a.About == about }, kind)
	if a == nil {
		return facts.Answer{}, false
	}
	return *a, true
}

// Changes returns how the item's plan and state went, the oldest first.
func (c Case) Changes() []facts.Change { return c.view.memory.Changes[c.Item.Ref] }

// Sprint returns the Sprint that the item is in, or nil.
func (c Case) Sprint() *work.Sprint {
	s := c.view.side(c.node)
	return s.Sprint()
}

// Timetable answers what may be asked of Sprints.
func (c Case) Timetable() *facts.Timetable { return c.view.sprints.times }

// Calendar returns the calendar as the item's team works.
func (c Case) Calendar() facts.Calendar { return c.view.calendar(c.node) }

// SprintsAway returns the distance of the item's start in Sprints: 0 for the current one.
func (c Case) SprintsAway() int { return c.view.distance(c.node) }

// Critical says that something critical was found: on the item, or on a
// dependency in which it waits.
func (c Case) Critical() bool { return c.critical[c.Item.Ref] }
