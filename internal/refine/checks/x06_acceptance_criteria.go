package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var acceptanceCriteriaOfEpic = refine.Check{
	ID:    "X6",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "acceptance_criteria",
		Title:    "Acceptance criteria",
		Doc:      "The teams of an epic can only agree on what each of them brings when they agree on when it is done.",
		When:     "It has at least one acceptance criterion, in a section or a field, and none is a promise to write one (TBD).",
		Resolves: "Write down what must hold at the end, one line each.",
	},
	Judge: criteria,
}
