package rules

import "strata/internal/refine"

var startedWhileBlocked = refine.Rule{
	ID: "DEP07",
	Documentation: refine.Documentation{
		Name:  "started_while_blocked",
		Title: "At risk: work began while its blocker is open",
		Doc: "Starting early can be right: against a stub or a contract much can be done. " +
			"It should be a decision, because unfinished work that waits costs more than work not begun.",
		When: "The waiting item is being worked on and is no epic, the teams differ, and the blocker either ends after it, " +
			"or has not begun although its own start and half of the waiting item's time have passed.",
		Resolves: "The blocker is delivered, the waiting item is put back, or people confirm that work can proceed.",
		Severity: "warning; critical when the blocker has not begun and the waiting item is in the last third of its time",
	},
	Ends: true,
	Pair: func(p *refine.Pair) *refine.Raised {
		w, b := &p.Waiting, &p.Blocker
		if !w.Started() || w.Epic() {
			return nil
		}
		late := !b.Started() && !b.Vague() && b.Window().Start <= p.Today() && p.Elapsed(w.Window(), 1, 2)
		if !p.AfterEnd() && !late {
			return nil
		}
		r := &refine.Raised{Severity: refine.Warning, Next: w.Acts()}
		if !b.Started() && p.Elapsed(w.Window(), 2, 3) {
			r.Severity = refine.Critical
		}
		r.Text = refine.Say("%v waits for %v, which %v.", p.Waits(), b.Named(), progress(p))
		r.Action = refine.Say("Confirm that work on %v can proceed (a stub, a contract), or flag it blocked.", w.Item)
		return r
	},
}

// progress says how far the blocker is and when it will be there.
func progress(p *refine.Pair) string {
	b := &p.Blocker
	begun := "has not begun"
	if b.Started() {
		begun = "has begun"
	}
	switch {
	case p.ETA == 0 || b.Over():
		return begun
	case p.Usual:
		return begun + "; " + string(b.Team()) + " finishes 85 % of such items in " + days(b.Pace().P85)
	case p.AfterEnd():
		return begun + " and is " + p.Planned()
	}
	return begun + "; it is " + p.Planned()
}
