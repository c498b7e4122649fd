package rules

import "strata/internal/refine"

var brokenChain = refine.Rule{
	ID:      "DEP14",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "broken_chain",
		Title: "Off track: a blocker's own blocker comes too late",
		Doc: "Each plan fits the one before it, as far as each team can see. Further up it does not, " +
			"and what is late there arrives here last and without a warning.",
		When: "The blocker is planned in time, but it waits for something that is off track, itself or through others; moved behind that, with the time " +
			"it was given, it ends after it is needed. What only overlaps moves nothing; epics are moved by their children, and the children " +
			"that are not begun by what moves the epics that theirs waits for.",
		Resolves: "The chain fits: what is off track is planned anew, or something behind it is.",
		Severity: "warning; critical when the waiting item is in the current or the next Sprint and everything on the way is planned",
	},
	Timed: true,
	Pair: func(p *refine.Pair) *refine.Raised {
		chain := p.Chain()
		if chain == nil {
			return nil
		}
		w, b := &p.Waiting, &p.Blocker
		r := &refine.Raised{Severity: refine.Warning, Next: p.Meet(), Weak: chain.Weak}
		if w.Soon() && !chain.Weak {
			r.Severity = refine.Critical
		}
		rests := ""
		if chain.Weak {
			rests = " (in part by forecast, projected dates or a description)"
		}
		r.Text = refine.Say("%v waits for %v, which itself waits for %v until %v; the realistic start is %v%v.",
			p.Waits(), b.Named(), chain.By, p.Day(chain.Until), p.Day(chain.Start), rests)
		r.Action = refine.Say("Move %v behind %v or agree a smaller slice of %v.", w.Item, p.Day(chain.End), chain.By)
		if s := p.FirstSprintFrom(chain.Start); s != nil {
			r.Action = refine.Say("Move %v to %v or agree a smaller slice of %v.", w.Item, refine.Name(s), chain.By)
		}
		r.Facts = []string{"by=" + chain.By.Ref.String(), "until=" + chain.Until.String()}
		return r
	},
}
