package rules

import (
	"strata/internal/refine"
)

var sprintCommittedWhileBlocked = refine.Rule{
	ID: "DEP08",
	Documentation: refine.Documentation{
		Name:  "sprint_committed_while_blocked",
		Title: "At risk: in the current Sprint, and blocked",
		Doc: "The team counts on this item in its Sprint, and what it needs is not in sight. " +
			"Known in the first half of the Sprint, the team can still take something else.",
		When: "The waiting item is in the active Sprint and not begun, the teams differ, and the blocker either ends after it, " +
			"or has not begun at half of the Sprint. Blockers of teams that work in flow are left out.",
		Resolves: "The blocker is delivered, or the waiting item leaves the Sprint.",
		Severity: "warning; critical when the blocker ends after the waiting item",
	},
	Pair: func(p *refine.Pair) *refine.Raised {
		w, b := &p.Waiting, &p.Blocker
		if !w.Active() || w.Started() || b.Flow() {
			return nil
		}
		late := !b.Started() && p.Elapsed(w.Sprint().Window, 1, 2)
		if !p.AfterEnd() && !late {
			return nil
		}
		r := &refine.Raised{Severity: refine.Warning, Next: p.Meet()}
		if p.AfterEnd() {
			r.Severity = refine.Critical
		}
		r.Text = refine.Say("%v is in the current Sprint and waits for %v, which %v.", p.Waits(), b.Named(), progress(p))
		r.Action = refine.Say("Agree what of %v this Sprint still needs, or take %v out of it.", b.Item, w.Item)
		return r
	},
}
