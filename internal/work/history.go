package work

import "time"

// StepOf is what of an item a step changed.
type StepOf string

// The changes that are kept of an item's history; all others are passed over.
const (
	StatusStep   StepOf = "status"
	SprintStep   StepOf = "sprint"
	DueStep      StepOf = "due"
	CriteriaStep StepOf = "criteria" // its acceptance criteria, whatever became of them
	BlockedStep  StepOf = "blocked"  // people marked it as blocked; taking the mark away is no step
)

// Step is one change of an item, as its tracker's history tells it, or as two
// readings of it do. Which of the fields are set, Of says.
type Step struct {
	At time.Time `json:"at"`
	Of StepOf    `json:"of"`

	From Status `json:"from,omitzero"`
	To   Status `json:"to,omitzero"`

	FromSprints []SprintID `json:"from_sprints,omitempty"`
	ToSprints   []SprintID `json:"to_sprints,omitempty"`

	FromDay string `json:"from_day,omitempty"` // ISO, as read
	ToDay   string `json:"to_day,omitempty"`

	// Observed says that no history told it: At is when the change was read.
	Observed bool `json:"observed,omitempty"`
}

// Past is what is known of how an item came to be as it is.
type Past struct {
	Ref Ref
	// Steps are in the order in which they happened.
	Steps []Step
	// Asked is when the tracker's history was read; zero when it never was, so
	// that only what we saw ourselves is known.
	Asked time.Time
}

// MostSteps bounds what is kept of one item's past: the latest count.
const MostSteps = 60
