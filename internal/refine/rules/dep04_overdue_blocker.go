package rules

import (
	"strconv"

	"strata/internal/markup"
	"strata/internal/refine"
)

var overdueBlocker = refine.Rule{
	ID: "DEP04",
	Documentation: refine.Documentation{
		Name:  "overdue_blocker",
		Title: "Off track: a blocker is overdue",
		Doc: "The date on which others built has passed and the item is still open. " +
			"Until there is a new date nobody can tell what it moves.",
		When: "The blocker is open and its planned end, or the day its team committed, has passed, by more than the tolerance and after the meeting that carries items over; " +
			"an open item of another team that comes up within the lookahead waits for it.",
		Resolves: "The blocker is delivered, or planned anew in time.",
		Severity: "critical when the waiting item is in the current or the next Sprint, else warning",
	},
	Pair: func(p *refine.Pair) *refine.Raised {
		if !p.Overdue {
			return nil
		}
		r := &refine.Raised{Severity: refine.Warning, On: refine.OnBlocker, Next: p.BlockerActs()}
		if p.Waiting.Soon() {
			r.Severity = refine.Critical
		}
		b := &p.Blocker
		status := b.Item.Status
		if status == "" {
			status = string(b.Item.State)
		}
		more := ""
		switch n := p.WaitingForBlocker(); {
		case n == 2:
			more = "; 1 more item waits for it"
		case n > 2:
			more = "; " + strconv.Itoa(n-1) + " more items wait for it"
		}
		r.Text = refine.Say("%v waits for %v, which was %v %v and is still %v%v.",
			p.Waits(), b.Named(), until(b), p.Day(p.ETA), status, more)
		r.Action = replan(p)
		return r
	},
}

func until(b *refine.Side) string {
	if b.Promised() {
		return "committed for"
	}
	return "planned to end"
}

// replan asks for the next date of an overdue blocker.
func replan(p *refine.Pair) markup.Paragraph {
	if p.Blocker.Item.Outside {
		return refine.Say("Ask those who own %v for its new date, or agree a smaller slice.", p.Blocker.Item)
	}
	if latest := p.LatestSprint(); latest != nil {
		return refine.Say("Deliver %v, or plan it anew, latest %v.", p.Blocker.Item, p.SprintName(latest))
	}
	return refine.Say("Deliver %v, name its new date, or agree a smaller slice.", p.Blocker.Item)
}
