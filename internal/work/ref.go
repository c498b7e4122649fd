package work

import (
	"cmp"
	"strings"
)

// Ref is an item's identity: the tracker's name and the tracker's immutable id.
// Keys change when items move, so a key is only how an item is written.
type Ref struct {
	Tracker string `json:"tracker"`
	ID      string `json:"id"`
}

// IsZero says whether the ref names nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

// String writes the ref for logs and errors: "jira:10042".
func (r Ref) String() string { return r.Tracker + ":" + r.ID }

// Compare orders refs by tracker, then by id, shorter ids first so that numbers sort as numbers.
func (r Ref) Compare(o Ref) int {
	return cmp.Or(
		strings.Compare(r.Tracker, o.Tracker),
		cmp.Compare(len(r.ID), len(o.ID)),
		strings.Compare(r.ID, o.ID),
	)
}

// Target is the far end of a link as the near end tells it: a ref where the
// tracker gave an id, else a key or a URL. It is resolved once all scopes are read.
type Target struct {
	Ref  Ref    `json:"ref,omitzero"`
	Key  string `json:"key,omitempty"`
	URL  string `json:"url,omitempty"`
	Stub *Stub  `json:"stub,omitempty"`
}

// Stub is what a link tells about its far end without reading it: enough to
// show an item outside the scopes, too little to judge it.
type Stub struct {
	Title    string `json:"title,omitempty"`
	Status   Status `json:"status,omitzero"`
	Type     string `json:"type,omitempty"`
	Resolved bool   `json:"resolved,omitempty"`
}
