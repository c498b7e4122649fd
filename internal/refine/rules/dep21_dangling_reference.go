package rules

import (
	"strata/internal/refine"
	"strata/internal/work"
)

var danglingReference = refine.Rule{
	ID:      "DEP21",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "dangling_reference",
		Title: "At risk: a blocker cannot be read",
		Doc: "It was deleted, moved out of sight or archived, or it never existed. Nobody who plans can see whether it is still to come, " +
			"and neither can Strata, which therefore says nothing else about it.",
		When: "The waiting item is open and comes up within the lookahead, whoever owns it, and the blocker could not be read three times within at least 24 hours. " +
			"Change these under rules.override with reads and for.",
		Resolves: "It can be read again, or the link is removed or moved.",
		Severity: "warning",
	},
	About:  refine.UnreadableBlockers,
	Within: true,
	Pair: func(p *refine.Pair) *refine.Raised {
		missing, ok := p.Missing()
		reads, during := p.Policy().Patience("DEP21")
		if !ok || missing.Reads < reads || p.Now().Sub(missing.Since) < during {
			return nil
		}
		b := p.Blocker.Item
		alone := &work.Item{Key: b.Key, URL: b.URL} // never a title, never a team: it may be hidden for a reason
		return &refine.Raised{
			Severity: refine.Warning, Next: p.Waiting.Acts(), Once: true,
			Text:     refine.Say("%v is linked to %v, which Strata cannot read.", p.Waits(), alone),
			Action:   refine.Say("Correct the link, or remove it."),
			Commands: []string{"ack", "snooze 7d", "wrong"},
		}
	},
}
