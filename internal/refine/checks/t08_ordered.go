package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var orderedStory = refine.Check{
	ID:    "T8",
	Layer: work.TeamLayer,
	Documentation: refine.Documentation{
		Name:     "ordered",
		Title:    "Ordered",
		Doc:      "The team takes what comes first. Where nothing comes first it takes what it likes.",
		When:     "It has a rank in its tracker. Trackers that rank nothing are not asked.",
		Resolves: "Put it into its place in the backlog.",
	},
	Judge: ordered,
}
