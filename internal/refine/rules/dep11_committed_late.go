package rules

import "strata/internal/refine"

var committedLate = refine.Rule{
	ID:      "DEP11",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "committed_late",
		Title: "At risk: the offered date is later than the needed one",
		Doc: "Both teams have named a date, and the dates do not meet. Somebody has to say yes or ask again, " +
			"or each will work towards its own.",
		When: "The blocker's team committed a day, people named the day of need, and the first lies after the second by more than the tolerance; " +
			"the waiting team has not answered since. It takes the place of the finding that the blocker is planned later.",
		Resolves: "The dates agree, or the waiting team accepts the offer or names another day.",
		Severity: "warning",
	},
	Replaces: []refine.RuleID{"DEP01"},
	Ends:     true,
	Pair: func(p *refine.Pair) *refine.Raised {
		offered, needed, open := p.Offer()
		if !open || !p.Later(offered, needed) {
			return nil
		}
		b := &p.Blocker
		return &refine.Raised{
			Severity: refine.Warning,
			Text:     refine.Say("%v needs %v by %v; %v offers %v.", p.Waits(), b.Item, p.Day(needed), p.Blocker.Owner(), p.Day(offered)),
			Action:   refine.Say("Accept the date, or renegotiate it."),
			Next:     p.Waiting.Acts(),
			Commands: []string{"accept <why>", "need <date>", "snooze 7d", "wrong"},
			Facts:    []string{"offered=" + offered.String()},
		}
	},
}
