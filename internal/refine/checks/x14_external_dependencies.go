package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var externalDependencies = refine.Check{
	ID:    "X14",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "external_dependencies_named",
		Title:    "External dependencies named",
		Doc:      "Those outside the product do not come to its meetings: a name and a date are what there is to hold on to.",
		When:     "Each open dependency on another product has a contact and a date.",
		Resolves: "Name a contact and a needed-by date on the item that waits.",
	},
	Judge: func(c refine.Case) refine.Result {
		for _, link := range c.Links() {
			if link.CrossProduct && (!link.Contact || !link.Dated) {
				return refine.Fail
			}
		}
		return refine.Pass
	},
}
