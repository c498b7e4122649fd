package facts

import (
	"time"

	"strata/internal/work"
)

// ChangeKind is what changed about an item.
type ChangeKind string

// The changes that judging reads.
const (
	Planned   ChangeKind = "planned"   // into a Sprint or to a day, from nowhere
	Moved     ChangeKind = "moved"     // from one Sprint or day to another
	Carried   ChangeKind = "carried"   // its Sprint closed without it
	Unplanned ChangeKind = "unplanned" // back in the backlog
	Started   ChangeKind = "started"
	Stopped   ChangeKind = "stopped" // from doing back to open
	Finished  ChangeKind = "finished"
	Reopened  ChangeKind = "reopened"
	// Marked says that people marked the item as blocked.
	Marked ChangeKind = "marked"
	// Criteria says that the acceptance criteria or the text that holds them changed.
	Criteria ChangeKind = "criteria"
)

// Change is one step in an item's life, as its tracker's history tells it or as
// it was observed between two readings.
type Change struct {
	Kind ChangeKind
	// From and To are the Sprints of a plan's change; "" for none.
	From, To work.SprintID
	// FromDay and ToDay are the ends of the plan before and after, in the zone of
	// the item's team; zero where they are not known.
	FromDay, ToDay work.Day
	At             time.Time
	// Observed says that no history told it: At is when we saw it, the change
	// happened some time before.
	Observed bool
}

// Pace is how fast a team was, from items that it finished in the last 90 days
// and from its last three to five closed Sprints.
type Pace struct {
	// P50 and P85 are cycle times in working days, from the first start to the
	// end: half and 85 % of the finished items took no longer.
	P50, P85 int
	// Samples is how many finished items they rest on; fewer than ten are no p85.
	Samples int
	// Velocity is the mean of what the team delivered in a Sprint, in its
	// estimate's unit; Items the same as a count. Zero without a closed Sprint.
	Velocity, Items float64
	// Sprints is how many closed Sprints they rest on, at most five; fewer than
	// three forecast nothing.
	Sprints int
}

// Enough says whether the cycle times rest on enough items to be quoted.
func (p Pace) Enough() bool { return p.Samples >= 10 }

// Forecasts says whether the velocity rests on enough Sprints to forecast.
func (p Pace) Forecasts() bool { return p.Sprints >= 3 && p.Items > 0 }
