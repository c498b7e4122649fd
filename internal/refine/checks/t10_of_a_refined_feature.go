package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var ofRefinedFeature = refine.Check{
	ID:    "T10",
	Layer: work.TeamLayer,
	Documentation: refine.Documentation{
		Name:     "of_a_refined_feature",
		Title:    "Of a refined feature",
		Doc:      "A story of an epic that nobody has agreed on is built before it is known what for.",
		When:     "Its parent passes the checks that the profile requires of it, or there is none.",
		Resolves: "Refine the epic first, in the cross-team session.",
	},
	Judge: func(c refine.Case) refine.Result { return c.ParentReady() },
}
