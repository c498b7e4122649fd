package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var dependenciesIdentified = refine.Check{
	ID:    "X11",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "dependencies_identified",
		Title:    "Dependencies identified",
		Doc:      "Where several teams contribute, somebody waits for somebody. When no link says so, nobody has looked.",
		When:     "One team contributes; or it or a child has a dependency with another team's item; or it states that there is none.",
		Resolves: "Link what waits for what, or write \"Dependencies: none\".",
	},
	Judge: func(c refine.Case) refine.Result {
		teams := map[work.TeamID]bool{}
		known := true
		for _, team := range c.Item.Teams {
			teams[team] = true
		}
		for _, child := range c.Children() {
			known = known && child.Known
			for _, team := range child.Item.Teams {
				teams[team] = true
			}
		}
		switch {
		case c.CrossTeamLinks() || c.Item.Sections[work.Dependencies].None:
			return refine.Pass
		case !known:
			return refine.NotApplicable
		}
		return passes(len(teams) <= 1)
	},
}
