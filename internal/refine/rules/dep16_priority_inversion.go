package rules

import "strata/internal/refine"

var priorityInversion = refine.Rule{
	ID:      "DEP16",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "priority_inversion",
		Title: "A blocker is ranked below what waits for it",
		Doc:   "Teams take from the top. What is needed first and ranked last is begun too late, without anybody having decided so.",
		When: "Both items have a rank in one tracker and the blocker stands below the waiting item, unless the plan already brings it in time. " +
			"Ranks of two trackers are compared only where the product's order names the one that leads: an item of the other stands where its nearest parent there does.",
		Resolves: "The blocker is ranked above the waiting item, or planned in time.",
		Severity: "info: the agenda names it",
	},
	Pair: func(p *refine.Pair) *refine.Raised {
		waiting, blocker, ok := p.Ranks()
		if !ok || blocker <= waiting || p.Fit == refine.Fits && !p.Forecast && !p.Usual {
			return nil
		}
		return &refine.Raised{
			Severity: refine.Info, On: refine.OnBlocker, Next: p.BlockerActs(),
			Text:   refine.Say("%v waits for %v, which is ranked below it.", p.Waits(), p.Blocker.Named()),
			Action: refine.Say("Rank %v above %v.", p.Blocker.Item, p.Waiting.Item),
		}
	},
}
