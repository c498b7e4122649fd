package rules

import (
	"strata/internal/refine"
)

var sameSprint = refine.Rule{
	ID: "DEP02",
	Documentation: refine.Documentation{
		Name:  "same_sprint",
		Title: "At risk: both are planned for the same time",
		Doc: "Two teams in one Sprint can make it, when they agree on the day of the hand-over. " +
			"Without that the waiting team learns on the last day that there is no time left.",
		When: "Both items are open and planned, they belong to different teams, neither is an epic, and the blocker ends after " +
			"the waiting item starts but not after it ends. Blockers of teams that work in flow are left out, and those for which a day is committed; " +
			"so is everything when rules.same_sprint is ok.",
		Resolves: "They no longer overlap, the blocker is delivered, or people acknowledge it for this Sprint.",
		Severity: "warning",
	},
	Ends: true,
	Pair: func(p *refine.Pair) *refine.Raised {
		if p.Fit != refine.Overlap || p.Forecast || p.Committed || p.Waiting.Epic() || p.Blocker.Epic() ||
			p.Blocker.Flow() || p.Policy().SameSprint == refine.SameSprintOK {
			return nil
		}
		r := &refine.Raised{Severity: refine.Warning, Next: p.Meet()}
		w, b := &p.Waiting, &p.Blocker
		if w.Sprint() != nil && w.Sprint() == b.Sprint() {
			r.Text = refine.Say("%v waits for %v, and both are in %v.", p.Waits(), b.Named(), refine.Name(w.Sprint()))
		} else {
			r.Text = refine.Say("%v waits for %v, %v, so that the two overlap.", p.Waits(), b.Named(), p.Planned())
		}
		r.Action = refine.Say("Agree the day on which %v is handed over.", b.Item)
		return r
	},
}
