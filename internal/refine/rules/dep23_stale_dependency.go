package rules

import "strata/internal/refine"

const (
	// staleDays and staleSprints are for how long nothing must have changed, the longer of both.
	staleDays    = 30
	staleSprints = 2
)

// keepOrRemove is shared by the many findings of a large backlog.
var keepOrRemove = refine.Say("Keep the link if it still holds, else remove it.")

var staleDependency = refine.Rule{
	ID:      "DEP23",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "stale_dependency",
		Title: "A dependency that nobody has touched for long",
		Doc:   "Old links pile up and hide those that matter. Some of them were true once.",
		When: "Both items are open, the waiting one does not come up within the lookahead, the teams differ, and nothing has changed about either of them " +
			"for thirty days or two Sprints, whichever is longer.",
		Resolves: "One of them changes, or the link is removed.",
		Severity: "info: the quarterly agenda asks whether it still holds",
	},
	Far: true,
	Pair: func(p *refine.Pair) *refine.Raised {
		days, known := p.Untouched()
		if !known || days <= max(staleDays, staleSprints*p.SprintDays()) || p.Near() {
			return nil
		}
		return &refine.Raised{
			Severity: refine.Info, Next: p.Waiting.Acts(),
			Text:   refine.Say("%v waits for %v, and neither has changed for long.", p.Waiting.Item, p.Blocker.Item),
			Action: keepOrRemove,
		}
	},
}
