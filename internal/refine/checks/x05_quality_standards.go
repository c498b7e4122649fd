package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var qualityStandards = refine.Check{
	ID:    "X5",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "quality_standards",
		Title:    "Quality standards",
		Doc:      "Several teams build one product: it is as good as the weakest of their parts.",
		When:     "It has a section on quality, or the product has a definition of done in the config.",
		Resolves: "Set products[].definition_of_done once, or say what this epic asks beyond it.",
	},
	Judge: func(c refine.Case) refine.Result {
		return passes(c.Policy().DefinitionOfDone != "" || c.Item.Sections[work.QualityStandards].Written())
	},
}
