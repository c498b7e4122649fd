package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var fitsOneSprint = refine.Check{
	ID:    "T4",
	Layer: work.TeamLayer,
	Documentation: refine.Documentation{
		Name:     "fits_one_sprint",
		Title:    "Fits one Sprint",
		Doc:      "A story that fills the Sprint is done at its end or not at all.",
		When:     "Its estimate is at most half of what the team delivers in a Sprint. It fails above the whole; between the two the team decides.",
		Resolves: "Split it along what a user could already use.",
	},
	Judge: func(c refine.Case) refine.Result {
		pace := c.Pace()
		if c.Item.Estimate == nil || !pace.Forecasts() || pace.Velocity <= 0 {
			return refine.NotApplicable
		}
		switch size := *c.Item.Estimate / pace.Velocity; {
		case size <= 0.5:
			return refine.Pass
		case size > 1:
			return refine.Fail
		}
		return refine.NotApplicable
	},
}
