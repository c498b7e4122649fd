package refine

import (
	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/work"
)

// Pair is a dependency before a rule: Waiting waits for Blocker. It is lent for
// the call.
type Pair struct {
	Waiting, Blocker Side
	timing

	edge *graph.Edge
	view *view
}

func (v *view) pair(e *graph.Edge, t timing) Pair {
	p := Pair{Waiting: v.side(e.Waiting), Blocker: v.side(e.Blocker), timing: t, edge: e, view: v}
	if t.Committed {
		p.Blocker.promised = t.ETA
	}
	return p
}

// CrossProduct says that the blocker belongs to another product, or to none we know.
func (p *Pair) CrossProduct() bool { return p.Blocker.Item.Outside }

// Policy returns how the product wants to be judged.
func (p *Pair) Policy() *Policy { return p.view.policy }

// Today returns the day of the judgement.
func (p *Pair) Today() work.Day { return p.view.today }

// Elapsed says whether at least part/whole of a window has passed before today.
func (p *Pair) Elapsed(w work.Window, part, whole int) bool {
	if w.Start == 0 || w.End == 0 {
		return false
	}
	return int(p.view.today-w.Start)*whole >= int(w.End-w.Start+1)*part
}

// AfterEnd says that the blocker is expected after the waiting item's end.
// Forecasts expect nothing.
func (p *Pair) AfterEnd() bool {
	end := p.Waiting.Window().End
	return p.ETA != 0 && !p.Forecast && end != 0 && p.view.later(p.Waiting.node, p.ETA, end)
}

// DaysUntil counts the working days of the blocker's team after today up to a day.
func (p *Pair) DaysUntil(day work.Day) int {
	return p.view.calendar(p.Blocker.node).WorkingDaysBetween(p.view.today, day)
}

// DaysSince counts the blocker's team's working days that passed since people
// could answer: since the link was seen or Strata was installed, whichever is
// later. False when memory does not know both.
func (p *Pair) DaysSince() (int, bool) {
	since, ok := p.view.memory.EdgeSeen[p.view.edge(p.edge)]
	installed := p.view.memory.Installed
	if !ok || installed.IsZero() {
		return 0, false
	}
	if installed.After(since) {
		since = installed
	}
	calendar := p.view.calendar(p.Blocker.node)
	return calendar.WorkingDaysBetween(work.DayOf(since, calendar.Zone()), p.view.today), true
}

// Answered returns the last answer that people gave about the dependency since
// it was linked: an acknowledgement, a date, a refusal, a way round; nil when none.
func (p *Pair) Answered() *facts.Answer { return p.view.answer(p.edge) }

// Declined returns the blocking team's word that it will not do it, or nil.
func (p *Pair) Declined() *facts.Answer { return p.view.declined(p.Blocker.node) }

// Offer returns the day that the blocker's team committed, and the day by which
// people said that it is needed, where both were said and the waiting team has not
// answered the offer yet.
func (p *Pair) Offer() (offered, needed work.Day, ok bool) {
	promise := p.view.promise(p.Blocker.node)
	if promise == nil || promise.Kind != facts.Committed || !p.Committed || !p.Explicit {
		return 0, 0, false
	}
	answer := p.view.latest(p.Waiting.node, func(a *facts.Answer) bool {
		return a.At.After(promise.At) && p.view.concerns(a, p.Blocker.node, p.Waiting.node)
	}, facts.Accepted, facts.Needed)
	return promise.Day, p.Need, answer == nil
}

// WaitingForBlocker counts the open items that wait for the blocker.
func (p *Pair) WaitingForBlocker() int { return p.view.fanOut(p.Blocker.node) }

// OwnedThroughChildren says that the blocker is an epic of which a child has a team.
func (p *Pair) OwnedThroughChildren() bool {
	for _, c := range p.view.g.Children(p.Blocker.node) {
		if len(p.view.g.Item(c).Teams) > 0 {
			return true
		}
	}
	return false
}

// Original returns the item that the blocker duplicates, or nil.
func (p *Pair) Original() *work.Item {
	if n, ok := p.view.g.Find(p.Blocker.Item.DuplicateOf); ok {
		return p.view.g.Item(n)
	}
	return nil
}

// SprintsUntilNeeded counts the product's Sprints from the current one to that in
// which the blocker is needed; false when nobody knows when that is.
func (p *Pair) SprintsUntilNeeded() (int, bool) {
	if p.Need == 0 {
		return 0, false
	}
	return p.view.sprints.times.Away(p.Need), true
}

// LatestSprint returns the last Sprint of the blocker's team still to come in
// which the blocker would be in time, or nil.
func (p *Pair) LatestSprint() *work.Sprint {
	if p.Need == 0 {
		return nil
	}
	return p.view.sprints.times.LatestBy(p.Blocker.Team(), p.Need, p.view.policy.Tolerance.Days())
}

// EarliestSprint returns the first Sprint of the waiting team still to come that
// starts after the blocker's end, or nil.
func (p *Pair) EarliestSprint() *work.Sprint {
	if p.ETA == 0 {
		return nil
	}
	return p.view.sprints.times.EarliestAfter(p.Waiting.Team(), p.ETA, p.view.policy.Tolerance.Days())
}

// SprintOf returns a Sprint by its id, or nil.
func (p *Pair) SprintOf(id work.SprintID) *work.Sprint { return p.view.sprints.times.Sprint(id) }
