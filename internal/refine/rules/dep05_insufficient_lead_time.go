package rules

import (
	"strconv"

	"strata/internal/refine"
)

var insufficientLeadTime = refine.Rule{
	ID:      "DEP05",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "insufficient_lead_time",
		Title: "At risk: too little time is left for a blocker",
		Doc: "How long such items usually take is known. When less time is left than that, waiting for the right moment to begin " +
			"is already the wrong plan.",
		When: "The blocker is not begun and has no Sprint or date, or half of its time is over; the day of need is not past, and until then " +
			"there are fewer working days than 85 % of its team's items need, of which at least ten were finished. " +
			"Or its team works in flow, and by that measure it would come too late if it were begun today.",
		Resolves: "The blocker is begun, its team names a date, or the day of need moves.",
		Severity: "warning",
	},
	Pair: func(p *refine.Pair) *refine.Raised {
		b := &p.Blocker
		pace := b.Pace()
		if p.Need == 0 || b.Started() || b.Vague() || !pace.Enough() {
			return nil
		}
		late := p.Usual && p.Late() && !p.Waiting.Over()
		waits := !b.Planned() || p.Elapsed(b.Window(), 1, 2)
		if !late && (!waits || p.Need < p.Today() || p.DaysUntil(p.Need) >= pace.P85) {
			return nil
		}
		r := &refine.Raised{Severity: refine.Warning, On: refine.OnBlocker, Next: p.BlockerActs()}
		when := "needed by "
		if p.Need < p.Today() {
			when = "needed since "
		}
		r.Text = refine.Say("%v waits for %v, %v; %v finishes 85 % of such items in %v.",
			p.Waits(), b.Named(), when+p.Day(p.Need), string(b.Team()), days(pace.P85))
		r.Action = refine.Say("Start %v, slice it, or name a date.", b.Item)
		return r
	},
}

// days writes a number of working days.
func days(n int) string {
	if n == 1 {
		return "1 working day"
	}
	return strconv.Itoa(n) + " working days"
}
