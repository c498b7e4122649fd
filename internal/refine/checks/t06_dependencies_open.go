package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

// everSoFar is a number of Sprints that nothing lies beyond.
const everSoFar = 1 << 30

var dependenciesOpen = refine.Check{
	ID:    "T6",
	Layer: work.TeamLayer,
	Documentation: refine.Documentation{
		Name:     "dependencies_open",
		Title:    "Dependencies open",
		Doc:      "What a story waits for decides when it can be finished, whatever the team does.",
		When:     "No critical finding stands on it, and each open item of another team that it waits for is planned in time, or somebody answered.",
		Resolves: "Plan the blocker in time, or answer on it: commit, propose a date, decline.",
	},
	Judge: func(c refine.Case) refine.Result {
		if c.Critical() {
			return refine.Fail
		}
		return answered(c, everSoFar)
	},
}
