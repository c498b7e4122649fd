package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var freshEpic = refine.Check{
	ID:    "X17",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "fresh",
		Title:    "Fresh",
		Doc:      "What was agreed half a year ago was agreed by other people about another product.",
		When:     "It or a child changed, or somebody said that it was refined, within the last three Sprints.",
		Resolves: "Look at it together in the next session, and say /strata refined.",
	},
	Judge: fresh,
}
