// Package comment is what we say under an item and how we recognise that it was us.
package comment

import "strata/internal/work"

// Kind is the sort of comment; with the item and the period it is a comment's identity.
type Kind string

// The kinds of comment.
const (
	Flag      Kind = "flag" // with the brief on an epic
	Unblocked Kind = "unblocked"
	Agenda    Kind = "agenda"
	Product   Kind = "product"
	CrossTeam Kind = "crossteam"
	Review    Kind = "review"
	Reply     Kind = "reply"
)

// Once says that comments of the kind are posted once per period and never folded.
func (k Kind) Once() bool { return k == Unblocked || k == Review || k == Reply }

// Identity is what there may be only one of: an item's comment of one kind and period.
type Identity struct {
	Item   work.Ref `json:"item"`
	Kind   Kind     `json:"kind"`
	Period string   `json:"period,omitempty"` // empty, but for a review (its Sprint) and an unblocked (its date)
}

// State of a comment of ours: open, or folded into history.
type State string

// The states of a comment.
const (
	Open   State = "open"
	Folded State = "folded"
)

// Marker is the machine-readable part of a comment of ours. On GitHub it is the
// hidden first line, on Jira the comment property strata.comment and an anchor.
type Marker struct {
	Version int    `json:"v"`
	Owner   string `json:"owner"`
	Kind    Kind   `json:"kind"`
	Period  string `json:"period,omitempty"`
	State   State  `json:"state"`
	Digest  string `json:"digest"`
	// Facts carries what must survive the loss of the store: first sights of
	// edges, slips, acks, the day of installation. Base64url of JSON.
	Facts string `json:"facts,omitempty"`
}
