package work

import "time"

// Kind is what an item is on the product's own scale, whatever its tracker calls it.
type Kind string

// The kinds, from the largest to the smallest.
const (
	Initiative Kind = "initiative"
	Epic       Kind = "epic"
	Story      Kind = "story"
	Task       Kind = "task"
	Bug        Kind = "bug"
	Spike      Kind = "spike"
	Subtask    Kind = "subtask"
)

// Layer is the refinement an item belongs to.
type Layer string

// The two layers.
const (
	CrossTeam Layer = "cross-team"
	TeamLayer Layer = "team"
)

// Layer returns where items of this kind are refined.
func (k Kind) Layer() Layer {
	if k == Initiative || k == Epic {
		return CrossTeam
	}
	return TeamLayer
}

// State is how far an item is. Ask Open and Settled; never compare with StateOpen alone,
// because doing is a part of open.
type State string

// The states of an item.
const (
	StateOpen      State = "open"
	StateDoing     State = "doing"
	StateDelivered State = "delivered"
	StateDropped   State = "dropped"
	// StateUnknown is an item that cannot be read now: neither open nor delivered.
	StateUnknown State = "unknown"
)

// Open says whether work on the item is still to be done.
func (s State) Open() bool { return s == StateOpen || s == StateDoing }

// Settled says whether the item is over, by delivery or by being dropped.
func (s State) Settled() bool { return s == StateDelivered || s == StateDropped }

// TeamID is a team's name as the config writes it.
type TeamID string

// Item is an epic, story, task, bug or sub-task as Strata judges it.
type Item struct {
	Ref    Ref
	Key    string
	URL    string
	Title  string
	Kind   Kind
	State  State
	Status string // theirs, for messages
	// Resolution is the tracker's word for how the item ended, for messages.
	Resolution string
	// DuplicateOf names the original when the item was closed as a duplicate.
	DuplicateOf Ref

	// Teams holds every team that the strongest evidence names: one is ownership,
	// more are a conflict that X10 and T9 report, none is an unmapped item.
	Teams    []TeamID
	Assignee string // display name, for messages; empty means nobody
	Labels   []string
	Project  string // Jira project key or GitHub owner/name

	// Sprints names the boxes the item is or was in, by SprintID.
	Sprints  []SprintID
	Start    Day // explicit dates only
	Due      Day
	NeededBy Day
	Estimate *float64
	Rank     string

	Parent   Ref
	Children []Ref // sorted
	Links    []Link
	Sections Sections
	// Objectives are the names of the product's objectives that its own marks name.
	Objectives []string
	// Said counts the characters of its description that people wrote: no template,
	// no markup, nothing that is only a heading. It counts to 1000.
	Said uint16
	// Unowned says why there is not exactly one team; package facts has the words for it.
	Unowned Unowned
	Blocked bool // marked so by people
	Private bool // its readers are fewer than those of other projects

	Created  time.Time
	Updated  time.Time
	Resolved time.Time

	// Unread says that the item's scope could not be read in full this time:
	// these are its last known facts, and nothing may be concluded from them.
	Unread bool
	// Outside says that the item belongs to no scope: it is known from a link's
	// stub or was fetched as a blocker, and it is never written to.
	Outside bool
	// Stub says that the item is known only from a link, never read itself:
	// its team, window and assignee are unknown, which is not the same as empty.
	Stub bool
}

// Team returns the one team that owns the item, or "" when none or several do.
func (it *Item) Team() TeamID {
	if len(it.Teams) != 1 {
		return ""
	}
	return it.Teams[0]
}

// Layer returns the refinement the item belongs to.
func (it *Item) Layer() Layer { return it.Kind.Layer() }

// LinkKind is what a link means for the item that carries it.
type LinkKind string

// The kinds of link that judging reads. Links of other types are not kept.
const (
	Waits      LinkKind = "waits"      // this item waits for the target
	Blocks     LinkKind = "blocks"     // the target waits for this item
	Duplicates LinkKind = "duplicates" // this item duplicates the target
	// Twin says that this item and the target are one item that is kept in two
	// trackers. It has no direction, and one side may tell it alone.
	Twin LinkKind = "twin"
)

// Origin is where an edge was read.
type Origin string

// The origins, the strongest first.
const (
	Typed  Origin = "typed"  // a typed link of Jira
	Native Origin = "native" // GitHub's own dependency
	Remote Origin = "remote" // a remote link to the other tracker
	Text   Origin = "text"   // a phrase in a description
	Lifted Origin = "lifted" // from an edge between epics
)

// Link is one resolved edge of an item. To may name an item outside the
// snapshot's scopes; the snapshot then holds an Outside item for it.
type Link struct {
	Kind   LinkKind
	To     Ref
	Type   string // the tracker's name of the link type, for reports
	Origin Origin
}
