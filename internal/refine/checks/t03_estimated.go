package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var estimated = refine.Check{
	ID:    "T3",
	Layer: work.TeamLayer,
	Documentation: refine.Documentation{
		Name:     "estimated",
		Title:    "Estimated",
		Doc:      "Where a team plans by size, an item without one cannot be planned. The talk about the size matters more than the number.",
		When:     "It has an estimate. Teams that do not estimate are not asked.",
		Resolves: "Agree on a size, or split the item.",
	},
	Judge: func(c refine.Case) refine.Result {
		if c.Team == nil || !c.Team.Estimates {
			return refine.NotApplicable
		}
		return passes(c.Item.Estimate != nil)
	},
}
