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

// Memory is what cannot be read from the trackers at this moment: when things
// were first seen. It is a value; the store keeps it, and what matters of it
// also stands in the markers of our comments.
type Memory struct {
	// Installed is when Strata first read the product.
	Installed time.Time
	// EdgeSeen is when a dependency was first seen.
	EdgeSeen map[Edge]time.Time
	// Raised is when a finding first held; it is forgotten when the finding goes.
	Raised map[FindingKey]time.Time
}
