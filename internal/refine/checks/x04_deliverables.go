package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var deliverables = refine.Check{
	ID:    "X4",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "deliverables",
		Title:    "Deliverables",
		Doc:      "What will be there at the end is what the teams divide among them.",
		When:     "A section lists at least one thing, or the epic has a child.",
		Resolves: "List what will be delivered, or create the first item under the epic.",
	},
	Judge: func(c refine.Case) refine.Result {
		section := c.Item.Sections[work.Deliverables]
		return passes(len(section.Entries) > 0 && !section.ToBeDone || c.HasChildren())
	},
}
