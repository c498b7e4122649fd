package work

import "time"

// SprintID names a time box: "jira:7", "github:PVTI_x/ab12", or "product:3" for a box of the product's calendar.
type SprintID string

// SprintState is what a tracker says of a time box.
type SprintState string

// The states of a Sprint.
const (
	SprintFuture SprintState = "future"
	SprintActive SprintState = "active"
	SprintClosed SprintState = "closed"
)

// Sprint is a time box of the product, or a tracker's box laid over the
// product's calendar by its dates.
type Sprint struct {
	ID     SprintID
	Name   string
	State  SprintState
	Window Window
	Board  string // the tracker's board or iteration field; empty for the product's own
	Goal   string
	// Ended is the day on which its people closed it, zero where no tracker tells.
	Ended Day
	// Seq is the place in the product's calendar of the box that this one lies
	// over; boxes without dates and without a projection have Seq -1.
	Seq int
}

// Planning is how a team plans.
type Planning string

// The ways of planning.
const (
	BySprint Planning = "sprint"
	ByDate   Planning = "date"
	ByFlow   Planning = "flow" // Kanban, shared services: no Sprints
)

// Team is an owner of items.
type Team struct {
	ID       TeamID
	Planning Planning
	Zone     *time.Location
	// Estimates says that the team estimates its items; found from its items, or set.
	Estimates bool
	Home      Ref
	// DefinitionOfDone is where the team's stands, or what it says; empty for the product's.
	DefinitionOfDone string
	// Sprints are the tracker's boxes that the team plans in, by start; each
	// begins when the one before is over. Empty for a team whose items are in no
	// box with dates: the product's Sprints are its Sprints then.
	Sprints []SprintID
}

// Snapshot is a product at one moment: everything a cycle judges, sorted.
type Snapshot struct {
	Taken   time.Time
	Product string
	Items   []Item   // by Ref
	Sprints []Sprint // the product's calendar first, then the trackers' boxes, by start and id
	Teams   []Team   // in the config's order
	// Unread names the scopes we could not read in full: nothing may be
	// concluded from an item's absence there.
	Unread map[string]string
}
