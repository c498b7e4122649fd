package rules

import "strata/internal/refine"

var unownedBlocker = refine.Rule{
	ID: "DEP09",
	Documentation: refine.Documentation{
		Name:  "unowned_blocker",
		Title: "At risk: nobody owns a blocker",
		Doc:   "Without an owner there is nobody to ask, and each team believes that another one has it.",
		When: "The blocker is open and no team of the config owns it (an epic whose children have teams is owned by them), " +
			"or it is in the second half of the Sprint it is planned in and has no assignee. Items outside the product are left out.",
		Resolves: "A team owns it, and somebody took it.",
		Severity: "warning",
	},
	Pair: func(p *refine.Pair) *refine.Raised {
		b := &p.Blocker
		if b.Item.Outside || b.Epic() && p.OwnedThroughChildren() {
			return nil
		}
		r := &refine.Raised{Severity: refine.Warning, On: refine.OnBlocker, Next: b.Acts()}
		switch {
		case len(b.Item.Teams) == 0:
			r.Text = refine.Say("%v waits for %v, which no team owns.", p.Waits(), b.Item)
			r.Action = refine.Say("Name the team that owns %v.", b.Item)
		case b.Item.Assignee == "" && b.Active() && p.Elapsed(b.Sprint().Window, 1, 2):
			r.Text = refine.Say("%v waits for %v, which is in %v and has no assignee.", p.Waits(), b.Named(), refine.Name(b.Sprint()))
			r.Action = refine.Say("Find someone in %v who takes %v.", string(b.Team()), b.Item)
		default:
			return nil
		}
		return r
	},
}
