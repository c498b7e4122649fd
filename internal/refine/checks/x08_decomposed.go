package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var decomposed = refine.Check{
	ID:    "X8",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "decomposed",
		Title:    "Decomposed",
		Doc:      "An epic without items is nobody's work yet: no team can plan it, and no dependency can be seen.",
		When:     "It has a child, and none is larger than all that its team delivers in a Sprint.",
		Resolves: "Create the first items under it, at least one for each team that takes part; split what does not fit a Sprint.",
	},
	Judge: func(c refine.Case) refine.Result {
		for child := range c.Children() {
			size, pace := child.Item.Estimate, c.PaceOf(child.Team)
			if child.Known && child.Item.State.Open() && size != nil && pace.Forecasts() && pace.Velocity > 0 && *size > pace.Velocity {
				return refine.Fail
			}
		}
		// A child may be known by its ref alone; it is a child all the same.
		return passes(c.HasChildren())
	},
}
