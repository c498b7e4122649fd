package rules

import (
	"strconv"

	"strata/internal/graph"
	"strata/internal/markup"
	"strata/internal/refine"
)

var cycle = refine.Rule{
	ID: "DEP13",
	Documentation: refine.Documentation{
		Name:  "cycle",
		Title: "Off track: items wait for each other",
		Doc:   "In a circle nobody can begin. Each team sees only its own wait and believes that the other one is at work.",
		When: "Open items wait for each other in a circle, or an item for itself, and one of them comes up within the lookahead. " +
			"Hierarchy counts: an epic needs its children, and what blocks an epic blocks its children that are not begun.",
		Resolves: "One of the links is cut.",
		Severity: "critical when links between items alone close the circle; warning when a description, or epics and their children, take part; " +
			"info when it is only that an item blocks its own child",
	},
	Circle: func(c *refine.Circle) *refine.Raised {
		r := &refine.Raised{Severity: refine.Warning, Next: refine.Say("the teams of these items, in the next cross-team refinement")}
		switch c.Kind {
		case refine.ByLinks:
			r.Severity = refine.Critical
		case refine.ByOwnChild:
			r.Severity = refine.Info
		}
		r.Text = around(c)
		switch {
		case c.Kind == refine.ByOwnChild:
			r.Action = refine.Say("Remove the link between %v and %v: the hierarchy already says it.", c.Weakest.Blocker, c.Weakest.Waiting)
		case c.Weakest.Waiting == c.Weakest.Blocker:
			r.Action = refine.Say("Remove the link of %v to itself.", c.At)
		default:
			r.Action = refine.Say("Cut one of the links; the weakest is that %v waits for %v.", c.Weakest.Waiting, c.Weakest.Blocker)
		}
		return r
	},
}

// shownHops is how many steps of a circle fit into a sentence.
const shownHops = 6

// around writes the circle: "A waits for B, which waits for C, which waits for A".
func around(c *refine.Circle) markup.Paragraph {
	p := refine.Say("%v", c.Hops[0].Waiting)
	for i, hop := range c.Hops {
		verb := " waits for "
		switch hop.Via {
		case graph.Hierarchy:
			verb = " needs its child "
		case graph.Lifted:
			verb = " waits, as a part of its epic, for "
		}
		if i > 0 {
			verb = ", which" + verb
		}
		if i == shownHops-1 && len(c.Hops) > shownHops {
			return refine.Say("%v, and so on over %v more items back to %v%v.", p, strconv.Itoa(len(c.Hops)-shownHops), c.At, others(c))
		}
		p = refine.Say("%v"+verb+"%v", p, hop.Blocker)
	}
	return refine.Say("%v%v%v.", p, origin(c), others(c))
}

func origin(c *refine.Circle) string {
	if c.Kind == refine.ByText {
		return " (in part from the description)"
	}
	return ""
}

func others(c *refine.Circle) string {
	switch c.Others {
	case 0:
		return ""
	case 1:
		return "; 1 more item is caught in it"
	}
	return "; " + strconv.Itoa(c.Others) + " more items are caught in it"
}
