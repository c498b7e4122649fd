package refine

import (
	"strata/internal/graph"
	"strata/internal/work"
)

// Fit is what the order test says of a dependency.
type Fit int

// The results of the order test.
const (
	Untested Fit = iota // a side has no window, or its window is over
	Fits                // the blocker ends before it is needed
	Overlap             // it ends while the waiting item is already under way
	TooLate             // it ends after that
)

// Side is one item of a pair, with what is known about its plan.
type Side struct {
	Item     *work.Item
	Team     work.TeamID
	Planning work.Planning
	// Window is when it is planned; zero when it is not, or nothing is known.
	Window work.Window
	// Sprint is the Sprint it is in, or nil.
	Sprint *work.Sprint
	// Active says that this Sprint runs now.
	Active bool
	// Soon says that it is in the current or the next Sprint, or its like.
	Soon bool
	// Over says that its window has ended, whatever its state.
	Over bool
	// Vague says that it is planned in a way whose dates cannot be known.
	Vague bool
	// Undated says that its Sprint has no dates.
	Undated bool

	node graph.Node
	plan work.Window // as planned, for words and facts
	// running says that a Sprint that is active decides the window.
	running bool
}

// Planned says whether the item's end is known.
func (s *Side) Planned() bool { return s.Window.End != 0 }

// Started says whether work on it has begun.
func (s *Side) Started() bool { return s.Item.State == work.StateDoing }

// Epic says whether the item is refined across teams.
func (s *Side) Epic() bool { return s.Item.Layer() == work.CrossTeam }

// Elapsed says whether more than part/whole of a window has passed before today.
func (p *Pair) Elapsed(w work.Window, part, whole int) bool {
	if w.Start == 0 || w.End == 0 {
		return false
	}
	return int(p.view.today-w.Start)*whole >= int(w.End-w.Start+1)*part
}

// Pair is a dependency before a rule: Waiting waits for Blocker. It is lent for
// the call.
type Pair struct {
	Waiting, Blocker Side
	// ETA is when the blocker will be there: the end of its window. Zero is unknown.
	ETA work.Day
	// Need is when it is needed: the explicit date, else what the policy makes of
	// the waiting item's window. Zero is unknown.
	Need work.Day
	// Fit is the order test.
	Fit Fit
	// CrossTeam says that two teams must agree, or a team is not known.
	CrossTeam bool

	edge *graph.Edge
	view *view
}

// Policy returns how the product wants to be judged.
func (p *Pair) Policy() *Policy { return &p.view.policy }

// Today returns the day of the judgement.
func (p *Pair) Today() work.Day { return p.view.today }

// Overdue says that the blocker's window has ended and it is still open.
func (p *Pair) Overdue() bool { return p.Blocker.Planned() && p.Blocker.Over }

// AfterEnd says that the blocker ends after the waiting item's end.
func (p *Pair) AfterEnd() bool {
	return p.ETA != 0 && p.Waiting.Window.End != 0 && p.view.later(p.ETA, p.Waiting.Window.End)
}

// NeededBy says that people named the date of need.
func (p *Pair) NeededBy() bool { return p.Waiting.Item.NeededBy != 0 }

// WaitingForBlocker counts the open items that wait for the blocker.
func (p *Pair) WaitingForBlocker() int { return p.view.g.FanOut(p.Blocker.node) }

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

// LatestSprint returns the last Sprint still to come in which the blocker would
// be in time, or nil.
func (p *Pair) LatestSprint() *work.Sprint {
	if p.Need == 0 {
		return nil
	}
	return p.view.sprints.latest(p.view.at[p.Blocker.node].sprint, func(end work.Day) bool { return !p.view.later(end, p.Need) })
}

// EarliestSprint returns the first Sprint still to come that starts after the
// blocker's end, or nil.
func (p *Pair) EarliestSprint() *work.Sprint {
	if p.ETA == 0 {
		return nil
	}
	return p.view.sprints.earliest(p.view.at[p.Waiting.node].sprint, func(start work.Day) bool { return !p.view.later(p.ETA, start) })
}

func (v *view) side(n graph.Node) Side {
	st := &v.at[n]
	s := Side{Item: v.g.Item(n), Team: v.teamID(n), Planning: v.planning(n), Window: v.window(n), plan: st.window,
		Active: v.inActiveSprint(n), Soon: v.soon(n), Over: v.over(n), Vague: st.flags&vague != 0,
		Undated: st.flags&undated != 0, node: n, running: st.flags&running != 0}
	if st.sprint >= 0 {
		s.Sprint = &v.sprints.sprints[st.sprint]
	}
	return s
}

// timing is what dates alone say of an edge.
type timing struct {
	eta, need work.Day
	fit       Fit
}

// test compares the two windows:
//
//	explicit need n   eta ≤ n         fits      else off track
//	sequential        eta ≤ start(W)  fits      eta ≤ end(W)  overlap   else off track
//	concurrent        eta ≤ end(W)    fits                              else off track
func (v *view) test(b, w graph.Node) (t timing) {
	if v.unknown(b) || v.unknown(w) {
		return t
	}
	wait, blocker := v.window(w), v.window(b)
	t.eta, t.need = blocker.End, wait.From()
	explicit := v.g.Item(w).NeededBy
	switch {
	case explicit != 0:
		t.need = explicit
	case v.policy.Order == Concurrent && wait.End != 0:
		t.need = wait.End
	}
	switch {
	case t.eta == 0 || wait.IsZero() || v.over(b) && !v.is(b, settling):
		return t
	case v.over(w):
		return t
	case !v.later(t.eta, t.need):
		t.fit = Fits
	case explicit == 0 && (wait.End == 0 || !v.later(t.eta, wait.End)):
		t.fit = Overlap
	default:
		t.fit = TooLate
	}
	return t
}

func (v *view) pair(e *graph.Edge) Pair {
	t := v.test(e.Blocker, e.Waiting)
	return Pair{Waiting: v.side(e.Waiting), Blocker: v.side(e.Blocker), ETA: t.eta, Need: t.need, Fit: t.fit,
		CrossTeam: v.crossTeam(e.Blocker, e.Waiting), edge: e, view: v}
}
