package checks

import (
	"slices"

	"strata/internal/refine"
	"strata/internal/work"
)

var servesSprintGoal = refine.Check{
	ID:    "T12",
	Layer: work.TeamLayer,
	Documentation: refine.Documentation{
		Name:     "serves_the_sprint_goal",
		Title:    "Serves the Sprint Goal",
		Doc:      "What does not serve the goal is what can wait when the Sprint gets short.",
		When:     "Its Sprint's goal names it, its epic, or an objective that it serves. Items outside a Sprint, and Sprints without a goal, are not asked.",
		Resolves: "Say in the goal what it brings, or accept that it comes second.",
	},
	Judge: func(c refine.Case) refine.Result {
		sprint := c.Sprint()
		if sprint == nil {
			return refine.NotApplicable
		}
		goals := c.Goals(sprint)
		if len(goals) == 0 {
			return refine.NotApplicable
		}
		return passes(slices.ContainsFunc(goals, c.Named))
	},
}
