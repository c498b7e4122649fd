package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

// An epic that starts within this many Sprints must have most of its children planned.
const forecastWithin = 2

var teamForecast = refine.Check{
	ID:    "X9",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:  "team_forecast",
		Title: "Team forecast",
		Doc:   "Which team takes what, and roughly when, is what the cross-team session is for. Everything else follows from it.",
		When: "Every open child belongs to exactly one team; and when the epic starts within two Sprints, four of five open children " +
			"have a Sprint or a date. Children of teams that work in flow need none.",
		Resolves: "Give each child a team, and a Sprint or a date.",
	},
	Judge: func(c refine.Case) refine.Result {
		open, planned := 0, 0
		for child := range c.Children() {
			if !child.Known {
				return refine.NotApplicable
			}
			if !child.Item.State.Open() {
				continue
			}
			if child.Item.Team() == "" {
				return refine.Fail
			}
			open++
			if child.Planned {
				planned++
			}
		}
		return passes(c.SprintsAway() > forecastWithin || planned*5 >= open*4)
	},
}
