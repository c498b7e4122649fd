package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var sized = refine.Check{
	ID:    "X15",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "sized",
		Title:    "Sized",
		Doc:      "A rough size tells whether the epic is a matter of weeks or of a year.",
		When:     "It has an estimate of its own, or four of five open children of the teams that estimate have one.",
		Resolves: "Agree on a rough size, or estimate its items.",
	},
	Judge: func(c refine.Case) refine.Result {
		if c.Item.Estimate != nil {
			return refine.Pass
		}
		asked, sized := 0, 0
		for child := range c.Children() {
			if !child.Known {
				return refine.NotApplicable
			}
			if child.Item.State.Open() && c.Estimates(child.Team) {
				asked++
				if child.Item.Estimate != nil {
					sized++
				}
			}
		}
		if asked == 0 && c.HasChildren() {
			return refine.NotApplicable // none of the teams estimates
		}
		return passes(asked > 0 && sized*5 >= asked*4)
	},
}
