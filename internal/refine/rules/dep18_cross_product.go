package rules

import "strata/internal/refine"

var crossProduct = refine.Rule{
	ID:      "DEP18",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "cross_product",
		Title: "At risk: it waits for another product",
		Doc: "People of another product do not come to this one's refinement. Somebody has to go and ask, " +
			"and somebody there has to know that a date is needed.",
		When: "The blocker belongs to another product or to none that Strata knows, and no date is known for it: neither its plan, nor a commitment, nor " +
			"a day of need; and nobody took note. Once one of these is there it is information, until somebody is known who can be asked.",
		Resolves: "A date, an acknowledgement, or delivery.",
		Severity: "warning; info once a date is known or somebody took note",
	},
	Pair: func(p *refine.Pair) *refine.Raised {
		if !p.CrossProduct() || p.Blocker.Vague() || p.Dated() && p.Contact() {
			return nil
		}
		r := &refine.Raised{Severity: refine.Warning, Next: p.Waiting.Acts(), Commands: []string{"need <date>", "ack", "snooze 7d", "wrong"}}
		r.Text = refine.Say("%v waits for %v, which belongs to another product.", p.Waits(), p.Blocker.Item)
		r.Action = refine.Say("Name a contact and the day by which it is needed.")
		if p.Dated() || p.Acknowledged("DEP18") {
			r.Severity = refine.Info
			r.Action = refine.Say("Name a contact.")
		}
		return r
	},
}
