package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var dependenciesMinimised = refine.Check{
	ID:    "X12",
	Layer: work.CrossTeam,
	Documentation: refine.Documentation{
		Name:     "dependencies_minimised",
		Title:    "Dependencies minimised",
		Doc:      "Each dependency between teams is a date that somebody else keeps. Another cut of the items often needs fewer.",
		When:     "No critical finding stands on it or on what its children wait for, and there are at most three open dependencies between teams for every ten open children.",
		Resolves: "Cut the items along the teams, or let one team take a thread as a whole.",
	},
	Judge: func(c refine.Case) refine.Result {
		children, links := 0, 0
		for child := range c.Children() {
			if child.Item.State.Open() {
				children++
			}
		}
		for _, link := range c.Links() {
			if link.CrossTeam {
				links++
			}
		}
		return passes(!c.Critical() && links*10 <= max(children, 1)*3)
	},
}
