package world

import (
	"encoding/json"
	"time"
)

// Named is an entry of one of Jira's lists: a resolution or a priority.
type Named struct {
	ID   int64
	Name string
	Raw  json.RawMessage // as recorded; nil: rendered from ID and Name
}

// Status is a Jira status. Category is the key Jira gives it: new,
// indeterminate, done or undefined.
type Status struct {
	ID       int64
	Name     string
	Category string
	Raw      json.RawMessage
}

// IssueType is a Jira issue type. Level: -1 sub-task, 0 standard, 1 epic.
type IssueType struct {
	ID      int64
	Name    string
	Level   int
	Subtask bool
	Raw     json.RawMessage
}

// Project is a Jira project. Former keys still find it.
type Project struct {
	ID         int64
	Key        string
	Name       string
	Kind       string   // software, service_desk, business
	FormerKeys []string // after rename-project
	Hidden     bool     // the account may not browse it
	Lead       *User    // nil: nobody is named
	Components []Component
	Versions   []*Version
	Levels     []*Level // of security; none: issues have none
	Raw        json.RawMessage

	last int64 // the last number given
}

// Component is a part of a Jira project.
type Component struct {
	ID   int64
	Name string
}

// Board is a Jira board; Scrum boards have sprints.
type Board struct {
	ID      int64
	Name    string
	Kind    string // scrum, kanban, simple
	Project *Project
	Sprints []*Sprint

	retired bool // nobody plans on it any more
}

// Sprint states, as the agile API spells them.
const (
	Future = "future"
	Active = "active"
	Closed = "closed"
)

// Sprint belongs to the board it was made on.
type Sprint struct {
	ID       int64
	Name     string
	State    string
	Goal     string
	Board    int64
	Start    time.Time // zero: not planned yet
	End      time.Time
	Complete time.Time // zero: not closed
	Raw      json.RawMessage
}

// LinkType is a kind of issue link with its two phrases.
type LinkType struct {
	ID      int64
	Name    string
	Inward  string
	Outward string
}

// Link says: From Outward To, as in "From blocks To". The same *Link stands
// on both issues.
type Link struct {
	ID   int64
	Type *LinkType
	From End
	To   End

	made uint64 // version of the world; 0: it was there from the beginning
}

// End is one side of a link. An issue outside the world has no Issue but the
// Stub that the record showed.
type End struct {
	Issue *JiraIssue
	ID    int64
	Key   string
	Stub  json.RawMessage
}

// Handle is the key of the issue at this end, as it is now.
func (e End) Handle() string {
	if e.Issue != nil {
		return e.Issue.Key
	}
	return e.Key
}

// RemoteLink is a link from a Jira issue to a page elsewhere.
type RemoteLink struct {
	ID           int64
	GlobalID     string
	Relationship string
	URL          string
	Title        string
	Resolved     bool
	Application  json.RawMessage // as given; nil: none
	Object       json.RawMessage // as given, with URL, title and state; nil: rendered from those
	Raw          json.RawMessage
}

// Change is one entry of a Jira issue's changelog.
type Change struct {
	ID     int64
	Author *User
	At     time.Time
	Items  []ChangeItem
	Raw    json.RawMessage
}

// ChangeItem is one field's change.
type ChangeItem struct {
	Field, From, FromString, To, ToString string
}

// JiraIssue is one issue of the simulated Jira.
type JiraIssue struct {
	ID          int64
	Key         string
	OldKeys     []string
	Project     *Project
	Type        *IssueType
	Status      *Status
	Resolution  *Named
	Priority    *Named
	Summary     string
	Description string // wiki text
	Parent      *JiraIssue
	ParentKey   string // of a parent outside the world, or as recorded
	Children    []*JiraIssue
	Sprints     []*Sprint
	Links       []*Link
	Remote      []*RemoteLink
	Components  []string
	Labels      []string
	Assignee    *User
	Reporter    *User
	Points      *float64
	Team        string
	Rank        string
	Due         string // 2006-01-02
	Created     time.Time
	Updated     time.Time
	Resolved    time.Time // zero: unresolved
	Moved       time.Time // when the status category changed last
	Comments    []*Comment
	CommentsCut int // comments the record counts but does not carry
	History     []Change
	Hidden      bool   // the account may not see it
	Archived    bool   // refuses writes, absent from search
	Locked      bool   // refuses comments
	Recorded    Fields // recorded values of fields that nobody changed since
	SprintField string // the custom field that bore the sprints in the record
	Aside       *Aside // what few issues have; nil: nothing of it

	watchers int
	home     *State // nil: not a part of a world yet
}

// Tracker is Jira.
func (i *JiraIssue) Tracker() Tracker { return Jira }

// Handle is the issue's key as it is now.
func (i *JiraIssue) Handle() string { return i.Key }

// Identity is the numeric id, which survives moves.
func (i *JiraIssue) Identity() int64 { return i.ID }

// Thread lists the comments, oldest first.
func (i *JiraIssue) Thread() []*Comment { return i.Comments }

// Watchers counts who is told: the recorded number, else the reporter; the
// assignee, and who asked to be told.
func (i *JiraIssue) Watchers() int {
	n := i.watchers
	if n == 0 && i.Reporter != nil {
		n++
	}
	if i.Assignee != nil && i.Assignee != i.Reporter {
		n++
	}
	for _, u := range i.Rare().Watching {
		if u != i.Assignee && u != i.Reporter {
			n++
		}
	}
	return n
}

// Sprint is the one the issue is planned for: active, else the last that is
// not closed, else nil.
func (i *JiraIssue) Sprint() *Sprint {
	var found *Sprint
	for _, s := range i.Sprints {
		switch {
		case s.State == Active:
			return s
		case s.State != Closed:
			found = s
		}
	}
	return found
}

// Done reports the status category done, whatever the resolution.
func (i *JiraIssue) Done() bool { return i.Status != nil && i.Status.Category == "done" }

func (i *JiraIssue) thread() *[]*Comment         { return &i.Comments }
func (i *JiraIssue) stamp(t time.Time) time.Time { return t.Truncate(time.Millisecond) }
func (i *JiraIssue) touch(t time.Time) {
	i.Updated = i.stamp(t)
	i.Recorded.Drop("updated")
	if i.home != nil {
		i.home.changed(i)
	}
}
