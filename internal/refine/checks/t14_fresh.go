package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var freshStory = refine.Check{
	ID:    "T14",
	Layer: work.TeamLayer,
	Documentation: refine.Documentation{
		Name:     "fresh",
		Title:    "Fresh",
		Doc:      "A story that nobody has looked at for months answers a question that may not be asked any more.",
		When:     "It changed, or somebody said that it was refined, within the last three Sprints.",
		Resolves: "Look at it in the next refinement, and say /strata refined.",
	},
	Judge: fresh,
}
