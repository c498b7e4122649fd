package rules

import (
	"strata/internal/markup"
	"strata/internal/refine"
)

var outOfOrder = refine.Rule{
	ID: "DEP01",
	Documentation: refine.Documentation{
		Name:  "out_of_order",
		Title: "Off track: a blocker is planned later",
		Doc: "The plan cannot work as it stands: the waiting item comes first, and what it needs comes after it. " +
			"Seen early it is a matter of swapping two Sprints; seen in the Sprint it is a stopped team.",
		When: "Both items are open and planned, they belong to different teams, and the blocker ends after the waiting item ends, " +
			"or after the date by which it is needed where people named one. A day of tolerance and weekends do not count. " +
			"Where nobody planned one of them, rank and velocity may tell: then it is a warning and says so.",
		Resolves: "The order holds: one of the two is planned anew, or the date of need moves.",
		Severity: "critical when the waiting item is in the current or the next Sprint, else warning",
	},
	Timed: true,
	Pair: func(p *refine.Pair) *refine.Raised {
		if p.Fit != refine.TooLate || p.Usual || p.Waiting.Over() {
			return nil
		}
		r := &refine.Raised{Severity: refine.Warning, Next: p.Meet()}
		if p.Waiting.Soon() && !p.Blocker.Forecast() {
			r.Severity = refine.Critical
		}
		need := ""
		if p.Explicit {
			need = ", needed by " + p.Day(p.Need)
		}
		r.Text = refine.Say("%v waits for %v, %v"+need+".", p.Waits(), p.Blocker.Named(), p.Planned())
		r.Action = reorder(p)
		return r
	},
}

// reorder proposes the latest Sprint that fits for the blocker, the earliest for
// the waiting item, or a smaller slice.
func reorder(p *refine.Pair) markup.Paragraph {
	latest, earliest := p.LatestSprint(), p.EarliestSprint()
	w, b := p.Waiting.Item, p.Blocker.Item
	switch {
	case p.Explicit && latest == nil:
		return refine.Say("%v is needed by %v: agree a slice of it or another date.", b, p.Day(p.Need))
	case p.Explicit:
		return refine.Say("Plan %v by %v, or agree a slice of it or another date.", b, p.SprintName(latest))
	case latest != nil && earliest != nil:
		return refine.Say("Plan %v by %v, or move %v to %v.", b, p.SprintName(latest), w, earliest.Name)
	case latest != nil:
		return refine.Say("Plan %v by %v, or agree a smaller slice.", b, p.SprintName(latest))
	case earliest != nil:
		return refine.Say("Move %v to %v or agree a smaller slice.", w, earliest.Name)
	}
	return refine.Say("Move %v behind %v or agree a smaller slice.", w, p.Day(p.ETA))
}
