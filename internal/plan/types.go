package plan

import (
	"time"

	"strata/internal/comment"
)

// Place is what matters of the item a comment stands on, or shall stand on. The
// wanted and the posted comments of one item carry the same Place.
type Place struct {
	Key string
	// Zone is where the item's team works; nil means the product's zone.
	Zone *time.Location
	// Mode is the most specific mode of team, product and installation. Empty means report-only.
	Mode Mode
	// EditsNotify says that the tracker mails people when a comment is edited (Jira); else edits are silent (GitHub).
	EditsNotify bool
	// Settled says that the item is delivered or dropped.
	Settled bool
	// Frozen says why nothing may be concluded about the comment: it touches a
	// scope that could not be read. Empty: it was read.
	Frozen string
	// Refused says why the tracker refuses writes to the item for good, as long
	// as the item does not change (locked, archived, no permission). Empty: it does not.
	Refused string
}

// Wanted is a comment that should stand.
type Wanted struct {
	Identity comment.Identity
	Place    Place
	Digest   string
	// Severity is 1 info, 2 warning, 3 critical; 0 for a document without findings.
	Severity int
	// Now says that it cannot wait for working hours, only for a working day.
	Now bool
	// Horizon is how many Sprints away the item's work is: 0 is the active one. The nearer goes first.
	Horizon int
	// Since is when the facts first held; zero when that is not known yet.
	Since time.Time
	// Old says that all of it held already when Strata was installed, and has not
	// become worse since, and that the item is not in the next Sprint.
	Old bool
	// Quiet says that people answered all of it: a comment that stands is left as
	// it is, and none is posted.
	Quiet bool
	// Reasons are the ids of the rules that speak, worst first.
	Reasons []string
}

// Posted is a comment of ours as its tracker, and our ledger, know it.
type Posted struct {
	Identity  comment.Identity
	Place     Place
	CommentID string
	Digest    string
	State     comment.State
	// Severity the comment speaks of, as in Wanted; 0 when the ledger was lost.
	Severity int
	// Deleted says that a person deleted the comment; Severity is then what it spoke of.
	Deleted bool
	// Hidden says that a person minimised the comment though its marker says open.
	Hidden bool
	// Edited says that a person changed the text.
	Edited bool
	// Replied says that people answered or reacted to it, or that this cannot be told.
	Replied bool

	PostedAt time.Time
	// FoldedAt is when it was folded or found deleted; a folded comment's last
	// change, where the ledger does not know better.
	FoldedAt time.Time
	// Edits are the times of our own recent edits; those of the last day suffice.
	Edits []time.Time
	// UnwantedSince is when it was first found not to be wanted any more; zero
	// when it is wanted, or is found unwanted only now.
	UnwantedSince time.Time
}

// Op is what is done to a comment.
type Op string

// The operations.
const (
	Post   Op = "post"
	Edit   Op = "edit"
	Fold   Op = "fold"
	Unfold Op = "unfold"
	Erase  Op = "erase"
)

// Cause is why a comment is folded or erased; it decides what the folded comment says.
type Cause string

// The causes.
const (
	Resolved  Cause = "resolved"  // nothing is left to say
	Settled   Cause = "settled"   // the item is delivered or dropped
	Duplicate Cause = "duplicate" // an older comment of the same identity stands
	Renewed   Cause = "renewed"   // the severity rose: a new comment follows
)

// Action is one write to one comment.
type Action struct {
	Op       Op
	Identity comment.Identity
	Key      string
	// CommentID is the comment to change; empty for a post.
	CommentID string
	// Other is the comment that a duplicate repeats, or that a post continues; may be empty.
	Other    string
	Cause    Cause // of a fold or an erase
	Digest   string
	Severity int
	Reasons  []string
	Why      string // one sentence for a person
}

// Reason is why an action is held back. The set is bounded: it is a metric's label.
type Reason string

// The reasons, in the order in which they are asked.
const (
	Unread     Reason = "unread"      // it touches a scope that could not be read
	ReportOnly Reason = "report-only" // the mode does not allow writes
	Refused    Reason = "refused"     // the tracker refuses writes to the item for good
	Snoozed    Reason = "snoozed"     // a person deleted or hid the comment
	Baseline   Reason = "baseline"    // older than the installation, and not worse
	Settling   Reason = "settle"      // has not held for long enough
	Quiet      Reason = "quiet"       // within a quiet range of dates
	Hours      Reason = "hours"       // outside the team's working hours
	Edits      Reason = "edits"       // the comment was edited enough today
	Renotify   Reason = "renotify"    // the item had a new comment a short while ago
	Whole      Reason = "hold"        // the plan is too large to be carried out unasked
	Budget     Reason = "budget"      // enough new comments in this hour or on this day
)

// Hold counts what one reason holds back.
type Hold struct {
	Reason  Reason
	Actions int
}

// Held is an action that may not be carried out now, and why.
type Held struct {
	Action Action
	Reason Reason
}

// Plan is the list of what may be written now, and the account of everything else.
type Plan struct {
	ID      string   // "p-3fa9c1d2": equal for equal content
	Actions []Action // allowed now, most urgent first
	Kept    int      // comments that stand as they should: no call at all
	Held    []Hold   // by reason
	Later   []Held   // what Held counts, most urgent first
	// Unwanted names the open comments that nobody wants any more. The caller
	// remembers since when, for Posted.UnwantedSince.
	Unwanted []comment.Identity
}

// All returns everything that there is to write, the allowed first, each part
// most urgent first. It is for reading; only Actions may be written.
func (p Plan) All() []Action {
	all := make([]Action, 0, len(p.Actions)+len(p.Later))
	all = append(all, p.Actions...)
	for _, h := range p.Later {
		all = append(all, h.Action)
	}
	return all
}
