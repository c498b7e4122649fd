package rules

import "strata/internal/refine"

// patience is how many working days people have to answer.
const patience = 3

var unacknowledged = refine.Rule{
	ID:      "DEP10",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "unacknowledged",
		Title: "At risk: nobody has answered",
		Doc: "A dependency that only one side knows of is a hope. Any answer is better than none: " +
			"a date, another date, a no.",
		When: "The waiting item is in the current or the next Sprint, the teams differ, the blocker is not planned in time, and for three " +
			"working days since the link was made, or since Strata came, nobody has acknowledged, committed, declined, accepted or mitigated. It is said once.",
		Resolves: "Any answer, or the blocker is planned in time.",
		Severity: "warning",
	},
	Pair: func(p *refine.Pair) *refine.Raised {
		passed, known := p.DaysSince()
		if !known || passed < patience || !p.Waiting.Soon() || p.InTime() || p.Blocker.Vague() || p.Answered() != nil {
			return nil
		}
		b := &p.Blocker
		r := &refine.Raised{Severity: refine.Warning, On: refine.OnBlocker, Next: p.BlockerActs(), Once: true}
		r.Text = refine.Say("%v waits for %v, needed by %v, and nobody has answered.", p.Waits(), b.Named(), p.Day(p.Need))
		r.Action = refine.Say("Commit %v for that day, propose another one, or decline.", b.Item)
		if b.Item.Outside {
			r.Action = refine.Say("Ask those who own %v for a date.", b.Item)
		}
		return r
	},
}
