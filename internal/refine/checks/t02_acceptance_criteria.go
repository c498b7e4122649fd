package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var acceptanceCriteria = refine.Check{
	ID:    "T2",
	Layer: work.TeamLayer,
	Documentation: refine.Documentation{
		Name:     "acceptance_criteria",
		Title:    "Acceptance criteria",
		Doc:      "Without them the team finds out what was meant while building it, or at the review.",
		When:     "A section or a field holds a bullet, a checkbox or a Given/When/Then line, and none is a promise to write one (TBD).",
		Resolves: "Write down what must hold at the end, one line each.",
	},
	Judge: criteria,
}
