package checks

import (
	"strata/internal/facts"
	"strata/internal/refine"
	"strata/internal/work"
)

var stable = refine.Check{
	ID:    "T13",
	Layer: work.TeamLayer,
	Documentation: refine.Documentation{
		Name:     "stable",
		Title:    "Stable",
		Doc:      "Criteria that change under way change what was promised, most often without anybody saying so.",
		When:     "In a Sprint that runs, its acceptance criteria did not change since the Sprint began.",
		Resolves: "Talk about what changed, and about what leaves the Sprint for it.",
	},
	Judge: func(c refine.Case) refine.Result {
		sprint := c.Sprint()
		if sprint == nil || sprint.Window.Start == 0 || sprint.Window.Start > c.Today() {
			return refine.NotApplicable
		}
		for _, change := range c.Changes() {
			if change.Kind == facts.Criteria && work.DayOf(change.At, c.Calendar().Zone()) > sprint.Window.Start {
				return refine.Fail
			}
		}
		return refine.Pass
	},
}
