package checks

import (
	"strata/internal/facts"
	"strata/internal/refine"
	"strata/internal/work"
)

var dependenciesIdentifiedByTeam = refine.Check{
	ID:    "T5",
	Layer: work.TeamLayer,
	Documentation: refine.Documentation{
		Name:     "dependencies_identified",
		Title:    "Dependencies identified",
		Doc:      "A dependency that stands in a sentence alone is seen by those who read that sentence.",
		When:     "It fails only when its description says that it waits for another team's item to which no link leads, or when its epic has several teams and no dependency is identified there.",
		Resolves: "Link the item, or say that there are none: /strata none.",
	},
	Judge: func(c refine.Case) refine.Result {
		if c.Item.Sections[work.Dependencies].None || len(c.Answers(facts.NoneNeeded)) > 0 {
			return refine.Pass
		}
		for _, link := range c.OwnLinks() {
			if link.CrossTeam && link.TextOnly {
				return refine.Fail
			}
		}
		parent, ok := c.ParentCase()
		if !ok || !parent.Own().Known {
			return refine.Pass
		}
		return passes(dependenciesIdentified.Judge(parent) != refine.Fail)
	},
}
