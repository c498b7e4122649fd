package checks

import (
	"strata/internal/facts"
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
		When:     "One team contributes; or it or a child has a dependency with another team's item; or it states that there is none: in a section, or by /strata none since the last child was added.",
		Resolves: "Link what waits for what, or write \"Dependencies: none\".",
	},
	Judge: func(c refine.Case) refine.Result {
		if saidNone(c) {
			return refine.Pass
		}
		if c.CrossTeamLinks() || c.Item.Sections[work.Dependencies].None {
			return refine.Pass
		}
		known, several := true, false
		one := work.TeamID("")
		contribute := func(teams []work.TeamID) {
			for _, team := range teams {
				several = several || one != "" && team != one
				one = team
			}
		}
		contribute(c.Item.Teams)
		for child := range c.Children() {
			known = known && child.Known
			contribute(child.Item.Teams)
		}
		if !known {
			return refine.NotApplicable
		}
		return passes(!several)
	},
}

// saidNone says whether somebody stated that there are no dependencies, after
// the last child was added: a new child asks again.
func saidNone(c refine.Case) bool {
	said := c.Answers(facts.NoneNeeded)
	if len(said) == 0 {
		return false
	}
	last := said[len(said)-1].At
	for child := range c.Children() {
		if child.Item.Created.After(last) {
			return false
		}
	}
	return true
}
