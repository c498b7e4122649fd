package rules

import (
	"strings"

	"strata/internal/refine"
)

// refinedWithin is how many Sprints before it is needed a blocker should be refined.
const refinedWithin = 2

var unrefinedBlocker = refine.Rule{
	ID:      "DEP19",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "unrefined_blocker",
		Title: "At risk: a blocker is not refined",
		Doc: "A team that waits has planned with an item of which nobody can yet say when it is done, or whose it is. " +
			"It is refined in time or it is late.",
		When: "The blocker is needed within two Sprints, the teams differ, and it fails the checks of acceptance criteria (T2), of one owning team (T9) or of " +
			"open questions (T11); an epic those of acceptance criteria (X6) or of being decomposed (X8). Checks that are waived or switched off do not count.",
		Resolves: "It passes these checks.",
		Severity: "warning",
	},
	Pair: func(p *refine.Pair) *refine.Raised {
		b := &p.Blocker
		if within, known := p.SprintsUntilNeeded(); !known || within > refinedWithin || b.Item.Outside {
			return nil
		}
		ids := []refine.CheckID{"T2", "T9", "T11"}
		if b.Epic() {
			ids = []refine.CheckID{"X6", "X8"}
		}
		failing := p.Failing(ids...)
		if len(failing) == 0 {
			return nil
		}
		var open, facts []string
		for _, check := range failing {
			open = append(open, check.Title+" ("+string(check.ID)+")")
			facts = append(facts, "fails="+string(check.ID))
		}
		return &refine.Raised{
			Severity: refine.Warning, On: refine.OnBlocker, Next: b.Acts(), Facts: facts,
			Text:     refine.Say("%v waits for %v, needed by %v; not yet passed: %v.", p.Waits(), b.Named(), p.Day(p.Need), strings.Join(open, ", ")),
			Action:   refine.Say("Refine %v with those who wait for it.", b.Item),
			Commands: []string{"waive <check> <why>", "commit <date>", "snooze 7d", "wrong"},
		}
	},
}
