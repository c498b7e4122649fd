package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var definitionOfDone = refine.Check{
	ID:    "T7",
	Layer: work.TeamLayer,
	Documentation: refine.Documentation{
		Name:     "definition_of_done",
		Title:    "Definition of done",
		Doc:      "Done means the same to everyone, or it means nothing.",
		When:     "The team or the product has a definition of done in the config, or the item has one of its own.",
		Resolves: "Set definition_of_done once, for the product or for the team.",
	},
	Judge: func(c refine.Case) refine.Result {
		own := c.Team != nil && c.Team.DefinitionOfDone != ""
		return passes(own || c.Policy().DefinitionOfDone != "" || c.Item.Sections[work.DefinitionOfDone].Written())
	},
}
