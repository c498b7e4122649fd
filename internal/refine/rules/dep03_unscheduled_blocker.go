package rules

import (
	"strata/internal/markup"
	"strata/internal/refine"
)

var unscheduledBlocker = refine.Rule{
	ID: "DEP03",
	Documentation: refine.Documentation{
		Name:  "unscheduled_blocker",
		Title: "At risk: a blocker is not planned",
		Doc: "Somebody's plan rests on an item that nobody has planned. " +
			"A forecast, even a rough one, tells both teams whether they need to talk.",
		When: "The waiting item is planned and comes up within the lookahead; the blocker is open, has neither Sprint nor date, " +
			"and its team plans by Sprint or date. Teams that work in flow are left out.",
		Resolves: "The blocker has a Sprint or a date.",
		Severity: "critical when the waiting item is in the current or the next Sprint, else warning",
	},
	Pair: func(p *refine.Pair) *refine.Raised {
		w, b := &p.Waiting, &p.Blocker
		if w.Window().IsZero() || w.Over() || b.Planned() || b.Vague() || b.Flow() {
			return nil
		}
		r := &refine.Raised{Severity: refine.Warning, On: refine.OnBlocker, Next: p.BlockerActs()}
		if w.Soon() && !b.Undated() {
			r.Severity = refine.Critical
		}
		state := "has no Sprint or date"
		switch {
		case b.Undated():
			state = "is in " + refine.Name(b.Sprint()) + ", which has no dates"
		case b.Window().Start != 0:
			state = "starts " + p.Day(b.Window().Start) + " and has no end"
		}
		r.Text = refine.Say("%v waits for %v, which %v.", p.Waits(), b.Named(), state)
		r.Action = forecast(p)
		return r
	},
}

// forecast asks for a plan of the blocker that would still serve.
func forecast(p *refine.Pair) markup.Paragraph {
	b := &p.Blocker
	latest := p.LatestSprint()
	switch {
	case b.Item.Outside && p.Need > p.Today():
		return refine.Say("Ask those who own %v for a date, latest %v, or agree a smaller slice.", b.Item, p.Day(p.Need))
	case b.Item.Outside:
		return refine.Say("Ask those who own %v for a date, or agree a smaller slice.", b.Item)
	case b.Team() == "" && latest != nil:
		return refine.Say("Name the team that owns %v and forecast a Sprint, latest %v.", b.Item, p.SprintName(latest))
	case b.Team() == "":
		return refine.Say("Name the team that owns %v, and forecast a Sprint or date for it.", b.Item)
	case latest != nil:
		return refine.Say("Forecast a Sprint for %v, latest %v.", b.Item, p.SprintName(latest))
	case p.Need > p.Today():
		return refine.Say("Forecast a date for %v, latest %v, or agree a smaller slice.", b.Item, p.Day(p.Need))
	}
	return refine.Say("Forecast a Sprint or date for %v, or agree a smaller slice.", b.Item)
}
