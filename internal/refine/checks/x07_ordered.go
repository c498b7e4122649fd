package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var orderedEpic = refine.Check{
	ID:    "X7",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "ordered",
		Title:    "Ordered",
		Doc:      "Where everything is equally important, each team chooses on its own.",
		When:     "It has a rank in its tracker. Trackers that rank nothing are not asked.",
		Resolves: "Put it into its place in the backlog.",
	},
	Judge: ordered,
}
