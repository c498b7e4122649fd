package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var singleTeams = refine.Check{
	ID:    "X10",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "workable_by_single_teams",
		Title:    "Workable by single teams",
		Doc:      "An item that two teams share is finished when both have time for it.",
		When:     "No open child belongs to several teams.",
		Resolves: "Split the shared item, one for each team, with a dependency between them where there is one.",
	},
	Judge: func(c refine.Case) refine.Result {
		for child := range c.Children() {
			if !child.Known {
				return refine.NotApplicable
			}
			if child.Item.State.Open() && len(child.Item.Teams) > 1 {
				return refine.Fail
			}
		}
		return refine.Pass
	},
}
