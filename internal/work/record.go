package work

import "time"

// Record is an item as its tracker tells it, in lean and neutral words, before
// the operator's config gives it teams, a state, directions and sections.
type Record struct {
	Ref     Ref      `json:"ref"`
	Key     string   `json:"key"`
	OldKeys []string `json:"old_keys,omitempty"` // keys the item had before it moved
	URL     string   `json:"url,omitempty"`
	Title   string   `json:"title,omitempty"`
	Scopes  []string `json:"scopes,omitempty"` // the scopes it was read in; empty: fetched as an outside blocker

	Type  string `json:"type,omitempty"`  // their name of the issue type
	Level int    `json:"level,omitempty"` // 2 and more initiative, 1 epic, 0 story, task or bug, -1 sub-task
	Pull  bool   `json:"pull,omitempty"`  // a pull request

	Status     Status     `json:"status,omitzero"`
	Resolution Resolution `json:"resolution,omitzero"`
	// Duplicate names the original of an item closed as a duplicate, where the tracker tells it.
	Duplicate Target `json:"duplicate,omitzero"`

	Project    string   `json:"project,omitempty"`    // Jira project key or GitHub owner/name
	Components []string `json:"components,omitempty"` // Jira components
	Labels     []string `json:"labels,omitempty"`
	Team       []string `json:"team,omitempty"` // values of the tracker's team field
	Assignee   string   `json:"assignee,omitempty"`
	Groups     []string `json:"groups,omitempty"` // of the assignee, those that the config asks about

	Sprints  []SprintID `json:"sprints,omitempty"`
	Start    string     `json:"start,omitempty"` // ISO dates as read
	Due      string     `json:"due,omitempty"`
	NeededBy string     `json:"needed_by,omitempty"`
	Estimate *float64   `json:"estimate,omitempty"`
	Rank     string     `json:"rank,omitempty"`

	Parent Target       `json:"parent,omitzero"`
	Links  []RecordLink `json:"links,omitempty"`
	Texts  []SourceText `json:"texts,omitempty"`

	Blocked bool `json:"blocked,omitempty"`
	Private bool `json:"private,omitempty"`
	// Unreadable says that the item could not be seen when it was last asked for:
	// gone or hidden, the tracker does not tell. The rest is what was known before.
	Unreadable bool `json:"unreadable,omitempty"`

	Created  time.Time `json:"created,omitzero"`
	Updated  time.Time `json:"updated,omitzero"`
	Resolved time.Time `json:"resolved,omitzero"`
}

// Category is the tracker-independent meaning of a status.
type Category string

// The categories, as Jira's statusCategory keys; GitHub's open and closed map onto them.
const (
	CategoryNew   Category = "new"
	CategoryDoing Category = "indeterminate"
	CategoryDone  Category = "done"
	CategoryNone  Category = "undefined"
)

// Status is a tracker's word for how far an item is. Names are translated into
// the reader's language, so logic uses the id and the category.
type Status struct {
	ID       string   `json:"id,omitempty"`
	Name     string   `json:"name,omitempty"`
	Category Category `json:"category,omitempty"`
}

// Resolution is a tracker's word for how an item ended.
type Resolution struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
}

// RecordLink is a link as read, before the direction map tells what it means.
type RecordLink struct {
	// ID is the link's own id where the tracker has one; both ends show the same.
	ID       string `json:"id,omitempty"`
	TypeID   string `json:"type_id,omitempty"`
	TypeName string `json:"type,omitempty"`
	// Speaks says that this item speaks the link type's outward phrase ("blocks",
	// "depends on") towards To; else To speaks it towards this item.
	Speaks bool `json:"speaks,omitempty"`
	// Kind is set where the tracker itself leaves no doubt (GitHub's native
	// dependencies); else the direction map decides.
	Kind   LinkKind `json:"kind,omitempty"`
	Origin Origin   `json:"origin"`
	To     Target   `json:"to"`
}

// Dialect is the markup language of a text.
type Dialect string

// The dialects that trackers speak.
const (
	GitHubMarkdown Dialect = "markdown"
	JiraWiki       Dialect = "wiki"
	// ADF is Jira Cloud's document format, as JSON.
	ADF Dialect = "adf"
)

// SourceText is a text of an item in its tracker's markup. Field is empty for
// the description, else the name of a SectionName whose custom field it is.
type SourceText struct {
	Field   SectionName `json:"field,omitempty"`
	Dialect Dialect     `json:"dialect"`
	Text    string      `json:"text"`
}

// RecordSprint is a time box as its tracker tells it.
type RecordSprint struct {
	ID    SprintID    `json:"id"`
	Name  string      `json:"name"`
	State SprintState `json:"state"`
	Start time.Time   `json:"start,omitzero"`
	End   time.Time   `json:"end,omitzero"`
	// EndDay is set instead of End where the tracker gives days (GitHub iterations).
	StartDay Day    `json:"start_day,omitzero"`
	EndDay   Day    `json:"end_day,omitzero"`
	Board    string `json:"board,omitempty"`
	Goal     string `json:"goal,omitempty"`
	// Completed is when its people closed it, where the tracker tells.
	Completed time.Time `json:"completed,omitzero"`
}
