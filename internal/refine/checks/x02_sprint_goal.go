package checks

import (
	"cmp"

	"strata/internal/refine"
	"strata/internal/work"
)

var sprintGoalOfEpic = refine.Check{
	ID:    "X2",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "sprint_goal",
		Title:    "Sprint Goal",
		Doc:      "When the next Sprint has a goal and the epic is part of it, a team that has to choose knows what to choose.",
		When:     "The Sprint that holds its next child has a goal, on any board, and that goal names the epic, its key or an objective that it serves. Where it serves an objective and the goal says it in other words, nobody can tell from here.",
		Resolves: "Agree on a goal for that Sprint, and say in it what the epic brings.",
	},
	Judge: func(c refine.Case) refine.Result {
		sprint := nextSprint(c)
		if sprint == nil {
			return refine.NotApplicable
		}
		goals := c.Goals(sprint)
		for _, goal := range goals {
			if c.Named(goal) {
				return refine.Pass
			}
		}
		if len(goals) > 0 && len(c.Objectives()) > 0 {
			return refine.NotApplicable
		}
		return refine.Fail
	},
}

// nextSprint returns the product's Sprint that holds the first open child, or nil.
func nextSprint(c refine.Case) *work.Sprint {
	var first work.Day
	for child := range c.Children() {
		if from := child.Window.From(); child.Known && child.Item.State.Open() && from != 0 {
			first = min(cmp.Or(first, from), from)
		}
	}
	if first == 0 {
		return nil
	}
	return c.Timetable().Holding(max(first, c.Today()))
}
