package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var productGoal = refine.Check{
	ID:    "X1",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "product_goal",
		Title:    "Product Goal or objective",
		Doc:      "An epic that serves no goal cannot be weighed against the others, and nobody can say when enough of it is done.",
		When:     "It serves an objective, itself or through its parent; or its parent is an initiative; or it has a section \"Product Goal\" that is no template.",
		Resolves: "Name the objective that it serves, by the mark that the config knows or in a section of its own.",
	},
	Judge: func(c refine.Case) refine.Result {
		parent, ok := c.Parent()
		return passes(len(c.Objectives()) > 0 || ok && parent.Item.Kind == work.Initiative || c.Item.Sections[work.ProductGoal].Written())
	},
}
