package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

// overload is how far above its velocity a team may plan.
const overload = 1.1

var fitsCapacity = refine.Check{
	ID:    "X16",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "fits_capacity",
		Title:    "Fits capacity",
		Doc:      "A Sprint that is planned beyond what the team ever delivered slips, and with it all that waits for it.",
		When:     "In every Sprint in which its children are planned, their team has planned no more than 1.1 times its velocity. Teams of which fewer than three closed Sprints are known are not asked.",
		Resolves: "Move what matters least to a later Sprint.",
	},
	Judge: func(c refine.Case) refine.Result {
		result := refine.NotApplicable
		for child := range c.Children() {
			if !child.Known || !child.Item.State.Open() {
				continue
			}
			planned, velocity, ok := c.Planned(child)
			if !ok {
				continue
			}
			if planned > velocity*overload {
				return refine.Fail
			}
			result = refine.Pass
		}
		return result
	},
}
