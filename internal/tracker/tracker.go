// Package tracker is the contract between Strata and a tracker: what can be
// asked of it, what it may be told to write, and the kinds of error it can give.
//
// An adapter is told what to write, never why. It decides once, at the edge,
// what kind an error is; everyone else asks KindOf.
package tracker

import (
	"context"
	"time"

	"strata/internal/comment"
	"strata/internal/markup"
	"strata/internal/work"
)

// Tracker is one Jira site or one GitHub host with one credential. Every
// implementation passes trackertest.Exercise.
type Tracker interface {
	// Name is the tracker's name in the config; it is the Tracker of every Ref it gives.
	Name() string
	// Check asks whether credentials, permissions, fields and link types are as
	// the config says, and returns what is not. It writes nothing.
	Check(ctx context.Context, scopes []Scope) []Problem
	// Changes returns what changed in a scope since the cursor, page after page:
	// the caller asks again with Page.Next while Page.More. The empty cursor asks
	// for everything. A cursor may be kept only after a page without More.
	Changes(ctx context.Context, scope Scope, cursor Cursor) (Page, error)
	// Fetch reads items by ref, key or URL, in bulk, with an outcome each, in the
	// order of the targets. A target that cannot be seen is NotFound in its
	// outcome: gone or hidden, the tracker does not tell which.
	Fetch(ctx context.Context, targets []work.Target) ([]Fetched, error)
	// Comments lists every comment of ours on an item, all pages, oldest first.
	Comments(ctx context.Context, item work.Ref) ([]Comment, error)
	// Post writes a new comment. It sends one request and never repeats it; an
	// error of kind Unclear means the comment may exist.
	Post(ctx context.Context, item work.Ref, draft Draft) (Comment, error)
	// Edit replaces the body and the marker of a comment of ours, and folds or
	// unfolds it (GitHub: minimised as resolved) as the marker's state says.
	Edit(ctx context.Context, item work.Ref, id string, draft Draft) error
	// Erase deletes a comment of ours. A comment that is already gone is no error.
	Erase(ctx context.Context, item work.Ref, id string) error
	// MayEdit says whether an account, by the id of a remark's author, may edit an
	// item: on Jira it has the permission EDIT_ISSUES there, on GitHub write or
	// triage rights in the repository. Nobody, the empty id, may not. It costs
	// requests, so it is asked only for a command that needs rights. An error means
	// that it is not known, never "no"; it is Rejected where our own account lacks
	// the right to ask, NotFound where the tracker says that there is no such item or account.
	MayEdit(ctx context.Context, item work.Ref, author string) (bool, error)
}

// Historian is a tracker that keeps how items changed.
type Historian interface {
	// History reads the past of items, as many of them as a few requests tell; the
	// caller asks for the rest later. An item that cannot be read has no entry. An
	// error does not take back the entries that came before it.
	History(ctx context.Context, items []work.Ref) ([]work.Past, error)
}

// Scope is what of a tracker belongs to a product; exactly one of the selectors is set.
type Scope struct {
	Name         string
	JQL          string   // Jira
	Project      string   // GitHub Projects v2: "acme/7"
	Repositories []string // GitHub: "acme/api"
}

// Cursor is where a reading stands, in the adapter's own words; empty means the beginning.
type Cursor string

// Page is one step of a reading.
type Page struct {
	Records []work.Record
	Sprints []work.RecordSprint
	// Comments are those that came with the reading and matter: of our own
	// account (with their markers), for each record whose item is in Commented.
	Comments []Comment
	// Commented names the items whose comments of ours are listed in full: what
	// is not in Comments does not exist there.
	Commented []work.Ref
	// Remarks are comments that are not ours and may bear a command, as RemarkBody
	// says: for each item in Commented all of them, so that what is not here does
	// not exist there; for other items only what is new or changed. Sorted by item,
	// then in the order they were written.
	Remarks []work.Remark
	Next    Cursor
	More    bool
	// Full says that the reading began at the empty cursor: an item of the scope
	// that no page of it named is no longer in the scope.
	Full bool
	// Expected is how many items the tracker says the reading holds, 0 when it does not tell.
	Expected int
	// Hidden counts items the account may not see (GitHub's redacted project items).
	Hidden int
}

// Fetched is the outcome of one target.
type Fetched struct {
	Target work.Target
	Record work.Record // when Err is nil
	Err    error       // of kind NotFound: gone or hidden
}

// Comment is a comment as read.
type Comment struct {
	ID      string
	Item    work.Ref
	URL     string
	Author  string
	Ours    bool // by our own account, or one the operator lists as former
	Marker  comment.Marker
	Marked  bool // the marker was found and could be read
	Hidden  bool // minimised on GitHub
	Body    string
	Created time.Time
	Updated time.Time
	// Replied says that people answered or reacted to it.
	Replied bool
}

// Draft is what a comment shall say.
type Draft struct {
	Body   markup.Document
	Marker comment.Marker
}

// Severity of a problem that Check found.
type Severity string

// A problem is an error when nothing can be read or written as configured.
const (
	Fault  Severity = "error"
	Notice Severity = "warning"
)

// Problem is one thing that is not as the config says, with its remedy.
type Problem struct {
	Severity Severity `json:"severity"`
	Tracker  string   `json:"tracker"`
	Scope    string   `json:"scope,omitempty"`
	Text     string   `json:"text"`   // what is wrong
	Remedy   string   `json:"remedy"` // what to do
}
