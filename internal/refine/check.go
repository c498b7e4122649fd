package refine

import (
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

	node graph.Node
	view *view
}

// Part is an item that a case looks at: a child, or the other end of a dependency.
type Part struct {
	Item *work.Item
	// Known is false for items that could not be read: nothing may be concluded from them.
	Known bool
	// Planned says that the item has a Sprint or dates, or that its team plans without them.
	Planned bool
}

func (c Case) part(n graph.Node) Part {
	return Part{Item: c.view.g.Item(n), Known: !c.view.unknown(n),
		Planned: !c.view.at[n].window.IsZero() || c.view.planning(n) == work.ByFlow}
}

// Children returns the item's children by ref.
func (c Case) Children() []Part {
	nodes := c.view.g.Children(c.node)
	parts := make([]Part, len(nodes))
	for i, n := range nodes {
		parts[i] = c.part(n)
	}
	return parts
}

// SprintsAway returns the distance of the item's start in Sprints: 0 for the current one.
func (c Case) SprintsAway() int { return c.view.distance(c.node) }

// CrossTeamLinks says whether the item or a child of it has a dependency with
// another team's item, resolved or not.
func (c Case) CrossTeamLinks() bool {
	if c.crossTeam(c.node) {
		return true
	}
	for _, n := range c.view.g.Children(c.node) {
		if c.crossTeam(n) {
			return true
		}
	}
	return false
}

func (c Case) crossTeam(n graph.Node) bool {
	v := c.view
	waits := v.g.Waits(n)
	for i := range waits {
		if v.crossTeam(waits[i].Blocker, n) {
			return true
		}
	}
	for _, id := range v.g.Blocks(n) {
		if v.crossTeam(n, v.g.Edges()[id].Waiting) {
			return true
		}
	}
	return false
}
