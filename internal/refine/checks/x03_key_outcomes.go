package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var keyOutcomes = refine.Check{
	ID:    "X3",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "key_outcomes",
		Title:    "Key outcomes",
		Doc:      "Teams that know who is better off, and where on their way, find simpler ways to get them there.",
		When:     "A section says who benefits and where in their journey. A measure is good to have and is not asked for.",
		Resolves: "Write down who will be able to do what that they cannot do today.",
	},
	Judge: func(c refine.Case) refine.Result { return passes(c.Item.Sections[work.KeyOutcomes].Written()) },
}
