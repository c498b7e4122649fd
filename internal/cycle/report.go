package cycle

import (
	"slices"
	"time"

	"strata/internal/brief"
	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/work"
)

// Report is what leaves a cycle: all that was read, concluded, planned and done.
// It is a value that nobody changes afterwards, so readers share it freely.
type Report struct {
	Product    string
	Taken      time.Time
	Snapshot   work.Snapshot
	Graph      *graph.Graph
	Assessment refine.Assessment
	Plan       plan.Plan
	Outcomes   []Outcome // in the order of the plan
	Scopes     []ScopeReading
	Phases     []Phase
	// Rules are the rules that judged, so that a rule without a finding still counts zero.
	Rules []refine.RuleID
	// Objectives are the product's, in the config's order, and Serves names for an
	// item those that it serves, itself or through its parents. Empty without objectives.
	Objectives []string
	Serves     map[work.Ref][]string
	// Wrote says that the cycle was allowed to carry its plan out.
	Wrote bool
	// Memory is what the cycle knew beside what it read: first sights, answers,
	// changes, paces.
	Memory facts.Memory
	// Misheard are commands that could not be understood, with what to say instead.
	Misheard []Misheard
	// Outside is why blockers outside the scopes could not be read, by tracker.
	Outside map[string]error

	said    []brief.Said // the commands that count, in the order in which they were given
	homes   homes
	sprints map[work.SprintID]*work.Sprint
	current int // place in the calendar of the product's Sprint of today; -1 before the first
}

// Misheard is a command that a person gave and that means nothing to us.
type Misheard struct {
	Item work.Ref
	URL  string // of the comment
	Why  string
}

// Phase is a part of the cycle and how long it took.
type Phase struct {
	Name string // "read", "judge", "plan", "write"
	Took time.Duration
}

// Outcome is what became of one action.
type Outcome struct {
	Action plan.Action
	Err    error
}

// ScopeReading is how the reading of one scope went.
type ScopeReading struct {
	Scope   string
	Tracker string
	Items   int // that changed
	Calls   int // pages read
	Err     error
	// Complete is the start of the last reading without an error; zero when there was none.
	Complete time.Time
}

// OK says whether everything was read and every action succeeded.
func (r *Report) OK() bool { return r.whole() && r.Failed() == 0 }

// whole says whether everything was read that is judged.
func (r *Report) whole() bool { return len(r.Snapshot.Unread)+len(r.Outside) == 0 }

// Partial says whether something that is judged could not be read.
func (r *Report) Partial() bool { return !r.whole() }

// Known says whether every scope has been read to its end, now or earlier. What
// is not known of a product that is not may still be found.
func (r *Report) Known() bool {
	return !slices.ContainsFunc(r.Scopes, func(s ScopeReading) bool { return s.Complete.IsZero() })
}

// Failed counts the actions that failed.
func (r *Report) Failed() int {
	n := 0
	for _, o := range r.Outcomes {
		if o.Err != nil {
			n++
		}
	}
	return n
}

// NothingRead says that not one scope could be read.
func (r *Report) NothingRead() bool {
	for _, s := range r.Scopes {
		if s.Err == nil {
			return false
		}
	}
	return true
}

// Waits says that writes are held back for a reason that asks for somebody:
// a plan too large to carry out unasked.
func (r *Report) Waits() bool {
	return slices.ContainsFunc(r.Plan.Held, func(h plan.Hold) bool { return h.Reason == plan.Whole })
}
