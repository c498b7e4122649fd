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

// timing is what dates alone say of an edge.
type timing struct {
	// ETA is when the blocker will be there: the day its team committed, else the end
	// of its window, else what its flow team usually needs. Zero is unknown.
	ETA work.Day
	// Need is when it is needed: the explicit day, else what the policy makes of the
	// waiting item's window. Zero is unknown.
	Need work.Day
	// Fit is the order test.
	Fit Fit
	// Overdue says that the day on which the blocker should have been there has passed.
	Overdue bool
	// Explicit says that people named the day of need, Committed that the blocker's
	// team named the ETA.
	Explicit, Committed bool
	// Usual says that the ETA is what a flow team usually needs, nobody's plan.
	Usual bool
	// Forecast says that a window that nobody planned takes part.
	Forecast bool
}

// test compares the two windows:
//
//	explicit need n   eta ≤ n         fits      else off track
//	sequential        eta ≤ start(W)  fits      eta ≤ end(W)  overlap   else off track
//	concurrent        eta ≤ end(W)    fits                              else off track
//
// A blocker that is overdue is not compared, and neither is a waiting item whose
// window has ended.
func (v *view) test(b, w graph.Node) (t timing) {
	if v.unknown(b) || v.unknown(w) {
		return t
	}
	wait, blocker := v.window(w), v.window(b)
	t.ETA, t.Need = blocker.End, wait.From()
	t.Forecast = v.is(w, forecast) || v.is(b, forecast)
	if day := v.committed(b); v.is(b, answered) && day != 0 {
		t.ETA, t.Committed, t.Forecast = day, true, v.is(w, forecast)
	}
	if flow := v.teams[v.team(b)].flow; t.ETA == 0 && !v.is(b, vague) {
		t.ETA, t.Usual = flow, flow != 0
	}
	switch day := v.neededBy(b, w); {
	case day != 0:
		t.Need, t.Explicit = day, true
	case v.policy.Order == Concurrent && wait.End != 0:
		t.Need = wait.End
	}
	t.Overdue = t.ETA != 0 && t.ETA < v.today && v.later(b, v.today, t.ETA)
	switch {
	case t.ETA == 0 || wait.IsZero() || t.Overdue && !v.is(b, settling) || v.over(w):
	case !v.later(w, t.ETA, t.Need):
		t.Fit = Fits
	case !t.Explicit && (wait.End == 0 || !v.later(w, t.ETA, wait.End)):
		t.Fit = Overlap
	default:
		t.Fit = TooLate
	}
	return t
}

// slack counts the waiting team's working days between the day a blocker is
// expected and the day it is needed.
func (v *view) slack(w graph.Node, t timing) int {
	return v.calendar(w).WorkingDaysBetween(t.ETA, t.Need)
}

// inTime says that a blocker is planned so that the dates hold, at least with a
// hand-over to agree.
func (t *timing) inTime() bool { return t.Fit == Fits || t.Fit == Overlap }
