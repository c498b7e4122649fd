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
		When:     "It has a child.",
		Resolves: "Create the first items under it, at least one for each team that takes part.",
	},
	Judge: func(c refine.Case) refine.Result {
		// A child may be known by its ref alone; it is a child all the same.
		return passes(len(c.Item.Children) > 0 || len(c.Children()) > 0)
	},
}
