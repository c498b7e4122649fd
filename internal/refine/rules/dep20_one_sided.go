package rules

import "strata/internal/refine"

var oneSided = refine.Rule{
	ID:      "DEP20",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "one_sided",
		Title: "Mentioned, not linked",
		Doc:   "A sentence in one description is seen by those who read it. The other team sees nothing, and no board shows it.",
		When: "A dependency is told by one of the two items alone, in its description or by a remote link, though the other one could show it too: " +
			"both are read, and both belong to the product.",
		Resolves: "A link between the two, or the other item tells it too.",
		Severity: "info: the agenda asks",
	},
	Pair: func(p *refine.Pair) *refine.Raised {
		if !p.OneSided() {
			return nil
		}
		return &refine.Raised{
			Severity: refine.Info, Next: p.Waiting.Acts(),
			Text:   refine.Say("That %v waits for %v stands on one of the two alone.", p.Waits(), p.Blocker.Named()),
			Action: refine.Say("Link %v and %v, or take the mention out.", p.Waiting.Item, p.Blocker.Item),
		}
	},
}
