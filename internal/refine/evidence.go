package refine

import (
	"slices"
	"time"

	"strata/internal/facts"
	"strata/internal/work"
)

// InTime says that the order test holds, at least with a hand-over to agree.
func (p *Pair) InTime() bool { return p.inTime() }

// Late says that the blocker is expected after it is needed.
func (p *Pair) Late() bool {
	return p.ETA != 0 && p.Need != 0 && p.view.later(p.Waiting.node, p.ETA, p.Need)
}

// Later says whether a day lies beyond another one by more than the tolerance,
// in the days on which the waiting team works.
func (p *Pair) Later(day, than work.Day) bool { return p.view.later(p.Waiting.node, day, than) }

// Near says whether the waiting item comes up within the lookahead.
func (p *Pair) Near() bool { return p.view.near(p.Waiting.node) }

// FirstSprintFrom returns the first Sprint of the waiting team still to come that
// starts on a day or later, or nil.
func (p *Pair) FirstSprintFrom(day work.Day) *work.Sprint {
	return p.view.sprints.times.EarliestAfter(p.Waiting.Team(), day, p.view.policy.Tolerance.Days())
}

// Dated says that people named a date: the blocker's plan, a commitment, or the
// day by which it is needed. Contact says that somebody is known who can be asked.
func (p *Pair) Dated() bool { return p.view.dated(p.timing) }

// Contact says that somebody is known whom the waiting team can ask.
func (p *Pair) Contact() bool { return p.view.contact(p.edge) }

// Acknowledged says that the waiting team took note of what a rule says, or
// of all that was said, since the link was seen.
func (p *Pair) Acknowledged(id RuleID) bool {
	seen := p.view.memory.EdgeSeen[p.view.edge(p.edge)]
	return p.view.latest(p.Waiting.node, func(a *facts.Answer) bool {
		return !a.At.Before(seen) && (a.About == "" || a.About == string(id)) && p.view.concerns(a, p.Blocker.node, p.Waiting.node)
	}, facts.Acknowledged, facts.Accepted, facts.Mitigated) != nil
}

// OneSided says that only one of the two items tells of the dependency, in a
// text or a remote link, though the other one could show it too.
func (p *Pair) OneSided() bool {
	origins := p.edge.Origins()
	return p.edge.OneSided() && !slices.Contains(origins, work.Typed) && !slices.Contains(origins, work.Native) &&
		!p.Waiting.Item.Outside && !p.Blocker.Item.Outside
}

// Missing returns how often and since when the blocker could not be read; false
// when it was.
func (p *Pair) Missing() (facts.Missing, bool) {
	m, ok := p.view.memory.Missing[p.Blocker.Item.Ref]
	return m, ok
}

// Now returns the moment of the judgement.
func (p *Pair) Now() time.Time { return p.view.now }

// Untouched returns for how many days nothing has changed about the two items
// and their link; false when nobody knows.
func (p *Pair) Untouched() (days int, ok bool) {
	w, b := p.Waiting.Item.Updated, p.Blocker.Item.Updated
	if w.IsZero() || b.IsZero() {
		return 0, false
	}
	last := later(later(w, b), p.view.memory.EdgeSeen[p.view.edge(p.edge)])
	return int(p.view.today - work.DayOf(last, p.view.policy.Calendar.Zone())), true
}

// SprintDays returns the days from the start of one of the product's Sprints to the next.
func (p *Pair) SprintDays() int { return int(p.view.sprints.every) }

// Failing returns those of some checks that the blocker fails, in the given order.
func (p *Pair) Failing(ids ...CheckID) []*Check {
	v := p.view
	var failing []*Check
	c := v.hold(p.Blocker.node)
	for _, id := range ids {
		at := slices.IndexFunc(v.checks, func(c Check) bool { return c.ID == id })
		if at < 0 {
			continue
		}
		if result, ok := v.check(&v.checks[at], c); ok && result == Fail {
			failing = append(failing, &v.checks[at])
		}
	}
	return failing
}
