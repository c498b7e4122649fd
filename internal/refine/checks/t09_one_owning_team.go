package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var oneOwningTeam = refine.Check{
	ID:    "T9",
	Layer: work.TeamLayer,
	Documentation: refine.Documentation{
		Name:     "one_owning_team",
		Title:    "One owning team",
		Doc:      "What belongs to two teams is finished by neither, and what belongs to none is not begun.",
		When:     "Exactly one team of the config owns it.",
		Resolves: "Give it one team's mark, or split it; when the team is right and Strata does not see it, mend the config.",
	},
	Judge: func(c refine.Case) refine.Result { return passes(c.Item.Team() != "") },
}
