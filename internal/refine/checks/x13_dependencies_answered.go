package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

// answeredWithin is how many Sprints ahead a dependency must have an answer.
const answeredWithin = 2

var dependenciesAnswered = refine.Check{
	ID:    "X13",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "dependencies_answered",
		Title:    "Dependencies answered",
		Doc:      "A team that was asked and has not said yes or no is a risk that nobody carries.",
		When:     "Each open dependency between teams that is needed within two Sprints is planned in time, or somebody answered it.",
		Resolves: "Plan the blocker in time, or answer on it: commit, propose a date, decline.",
	},
	Judge: func(c refine.Case) refine.Result { return answered(c, answeredWithin) },
}
