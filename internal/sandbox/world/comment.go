package world

import (
	"encoding/json"
	"time"
)

// Comment is one comment on an item of either tracker.
type Comment struct {
	ID         int64
	Author     *User // nil: recorded without an author
	Editor     *User // who edited last; nil: never edited
	Body       string
	Created    time.Time
	Updated    time.Time
	Properties map[string]json.RawMessage // Jira's comment properties
	Visible    *Visibility                // Jira: who may read it; nil: who may read the issue
	Minimised  string                     // GitHub's reason in lower case; empty: shown
	Node       string                     // recorded node id; empty: derived from ID
}

// NodeID is the comment's GraphQL id.
func (c *Comment) NodeID() string { return nodeID(c.Node, "IC", c.ID) }

// Item is an issue of either tracker: a *JiraIssue or a *GitHubIssue.
type Item interface {
	Tracker() Tracker
	Handle() string            // WEB-1 or acme/api#7
	Identity() int64           // survives moves and transfers
	Thread() []*Comment        // oldest first
	Watchers() int             // people told of a new comment, its author apart
	thread() *[]*Comment       // the same, to write
	touch(time.Time)           // moves updated, as this tracker does for a comment
	stamp(time.Time) time.Time // cuts a time to the tracker's precision
}
