package facts

import (
	"time"

	"strata/internal/work"
)

// Edge is a dependency: Waiting waits for Blocker.
type Edge struct {
	Blocker work.Ref `json:"blocker"`
	Waiting work.Ref `json:"waiting"`
}

// FindingKey is what makes a finding the same one from cycle to cycle.
type FindingKey struct {
	Rule    string   `json:"rule"`
	Item    work.Ref `json:"item"`
	Blocker work.Ref `json:"blocker,omitzero"`
	Waiting work.Ref `json:"waiting,omitzero"`
}

// CriticalSight follows the rule in the key under which Raised remembers since when a
// finding is critical.
const CriticalSight = "/critical"

// Critical returns the key under which Raised remembers since when the finding is critical.
func (k FindingKey) Critical() FindingKey {
	k.Rule += CriticalSight
	return k
}

// Memory is what cannot be read from the trackers' present state: when things
// were first seen, how they changed, and what people answered. It is a value;
// the store keeps it, and what matters of it also stands in the markers of our
// comments.
type Memory struct {
	// Installed is when Strata first read the product.
	Installed time.Time
	// EdgeSeen is when a dependency was first seen.
	EdgeSeen map[Edge]time.Time
	// Raised is when a finding first held; it is forgotten when the finding goes.
	Raised map[FindingKey]time.Time
	// Answers are what people answered, by the item they stand on, the oldest first.
	Answers map[work.Ref][]Answer
	// Changes are how an item's plan and state went, the oldest first.
	Changes map[work.Ref][]Change
	// Missing is since when an item that others refer to cannot be read; it is
	// forgotten when the item is read again.
	Missing map[work.Ref]Missing
	// Paces are how fast teams were.
	Paces map[work.TeamID]Pace
	// Judged is what is known of each rule's present version, by the rule's id.
	// Every judgement says what it is from then on.
	Judged map[string]Judged
}

// Judged is how a version of a rule fares in this product.
type Judged struct {
	Version int       `json:"version"`
	Since   time.Time `json:"since"` // when the product was first judged by it
	// Passed says that it has gone without a "wrong" long enough to speak.
	Passed bool `json:"passed,omitempty"`
	// Answers counts what people answered to its findings, Wrong how often it was
	// "wrong", the last time at LastWrong; answers up to Counted are counted.
	Answers   int       `json:"answers,omitempty"`
	Wrong     int       `json:"wrong,omitempty"`
	LastWrong time.Time `json:"last_wrong,omitzero"`
	Counted   time.Time `json:"counted,omitzero"`
}

// Missing is an item that cannot be read: gone, hidden or archived.
type Missing struct {
	Since time.Time `json:"since"`
	Reads int       `json:"reads"` // complete attempts that failed, the first included
}
