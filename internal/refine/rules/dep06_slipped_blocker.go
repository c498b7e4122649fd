package rules

import (
	"time"

	"strata/internal/facts"
	"strata/internal/markup"
	"strata/internal/refine"
	"strata/internal/work"
)

var slippedBlocker = refine.Rule{
	ID:      "DEP06",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "slipped_blocker",
		Title: "At risk: a blocker slipped",
		Doc: "When the waiting team made its plan, the dates fitted. They changed since, and those who move an item " +
			"rarely know who built on its date.",
		When: "Since the waiting item got its plan the blocker moved to a later Sprint or day, was carried over, or was reopened, " +
			"and now it is expected after it is needed. Where the plan is off track for that, it is told as the reason.",
		Resolves: "The order holds again, the blocker is delivered, or people acknowledge it.",
		Severity: "warning",
	},
	ReasonOf: "DEP01",
	Ends:     true,
	Pair: func(p *refine.Pair) *refine.Raised {
		if !p.Late() || p.Usual || p.Forecast {
			return nil
		}
		c := slip(p)
		if c == nil {
			return nil
		}
		what := slipped(p, c)
		return &refine.Raised{
			Severity: refine.Warning,
			Text:     refine.Say("%v waits for %v, which %v; it is now %v.", p.Waits(), p.Blocker.Named(), what, p.Planned()),
			Reason:   refine.Say("%v %v.", p.Blocker.Item, what),
			Action:   reorder(p),
			Next:     p.Meet(),
			Facts:    []string{"slip=" + c.At.UTC().Format(time.DateOnly)},
		}
	},
}

// slip returns the last change by which the blocker slipped since the waiting
// item got its plan, and that no later one took back; nil when it did not slip.
func slip(p *refine.Pair) *facts.Change {
	planned := p.Waiting.Item.Created
	for _, c := range p.Waiting.Changes() {
		if c.Kind == facts.Planned || c.Kind == facts.Moved {
			planned = c.At
		}
	}
	var last *facts.Change
	changes := p.Blocker.Changes()
	for i := range changes {
		c := &changes[i]
		from, to := end(p, c.From, c.FromDay), end(p, c.To, c.ToDay)
		switch {
		case !c.At.After(planned):
		case c.Kind == facts.Reopened, c.Kind == facts.Carried, c.Kind == facts.Moved && from != 0 && p.Later(to, from):
			last = c
		case c.Kind == facts.Moved && last != nil && to <= end(p, last.From, last.FromDay):
			last = nil
		}
	}
	return last
}

// end returns the last day of a plan: as the change tells it, else its Sprint's.
func end(p *refine.Pair, sprint work.SprintID, day work.Day) work.Day {
	if s := p.SprintOf(sprint); day == 0 && s != nil {
		return s.Window.End
	}
	return day
}

// slipped says what happened: "moved from S1 to S2 on 9 Mar".
func slipped(p *refine.Pair, c *facts.Change) markup.Paragraph {
	verb := "moved"
	switch c.Kind {
	case facts.Reopened:
		return refine.Say("was reopened on %v", p.On(c.At))
	case facts.Carried:
		verb = "was carried over"
	}
	from, to := plan(p, c.From, c.FromDay), plan(p, c.To, c.ToDay)
	switch {
	case from == "" && to == "":
		return refine.Say(verb+" on %v", p.On(c.At))
	case from == "":
		return refine.Say(verb+" to %v on %v", to, p.On(c.At))
	case to == "":
		return refine.Say(verb+" from %v on %v", from, p.On(c.At))
	}
	return refine.Say(verb+" from %v to %v on %v", from, to, p.On(c.At))
}

// plan names a Sprint, else a day; empty when neither is known.
func plan(p *refine.Pair, sprint work.SprintID, day work.Day) string {
	if s := p.SprintOf(sprint); s != nil {
		return refine.Name(s)
	}
	if day == 0 {
		return ""
	}
	return p.Day(day)
}
