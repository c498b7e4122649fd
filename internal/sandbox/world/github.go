package world

import (
	"fmt"
	"slices"
	"time"
)

// Repo is a GitHub repository.
type Repo struct {
	ID        int64
	Owner     string
	Name      string
	About     string
	Former    []string // full names before a rename
	Topics    []string
	Language  string // empty: none
	Private   bool
	Hidden    bool // the account has no access
	Archived  bool // read-only
	IssuesOff bool // has no issues: 410
	Limit     InteractionLimit
	Labels    []*Label
	Stones    []*Milestone
	Issues    []*GitHubIssue       // by number, pull requests included
	Gone      map[int]bool         // numbers of deleted issues: 410
	Moved     map[int]*GitHubIssue // numbers of transferred issues: 301

	byNumber map[int]*GitHubIssue
	last     int
}

// FullName is owner/name.
func (r *Repo) FullName() string { return r.Owner + "/" + r.Name }

// NodeID is the repository's GraphQL id.
func (r *Repo) NodeID() string { return nodeID("", "R", r.ID) }

// Issue finds an issue or pull request by number; nil when there is none.
func (r *Repo) Issue(number int) *GitHubIssue { return r.byNumber[number] }

// Label is a repository's label.
type Label struct {
	ID      int64
	Name    string
	Color   string
	About   string
	Default bool // one of those that every repository begins with
}

// NodeID is the label's GraphQL id.
func (l *Label) NodeID() string { return nodeID("", "LA", l.ID) }

// Milestone is a repository's milestone.
type Milestone struct {
	ID       int64
	Number   int
	Title    string
	About    string
	Due      time.Time // zero: none
	Closed   bool
	ClosedAt time.Time
	Created  time.Time // zero: nobody remembers
	Updated  time.Time // zero: as Created
	Creator  *User     // nil: the repository's owner
}

// NodeID is the milestone's GraphQL id.
func (m *Milestone) NodeID() string { return nodeID("", "MI", m.ID) }

// GitHubType is an organisation's issue type: Task, Bug, Feature, Epic.
type GitHubType struct {
	ID       int64
	Name     string
	About    string
	Color    string // gray, blue, green, …; empty: the usual one of the name
	Disabled bool
}

// NodeID is the type's GraphQL id.
func (t *GitHubType) NodeID() string { return nodeID("", "IT", t.ID) }

// Reasons for an issue's state, as REST spells them.
const (
	Completed  = "completed"
	NotPlanned = "not_planned"
	Duplicate  = "duplicate"
	Reopened   = "reopened"
)

// GitHubIssue is an issue, or a pull request, of the simulated GitHub.
type GitHubIssue struct {
	ID          int64  // database id; beyond 2^31 for younger issues
	Node        string // recorded node id; empty: derived from ID
	Repo        *Repo
	Number      int
	Title       string
	Body        string // Markdown
	Closed      bool
	StateReason string // completed, not_planned, duplicate, reopened or empty
	Author      *User
	Labels      []*Label
	Assignees   []*User
	Milestone   *Milestone
	Type        *GitHubType
	Parent      *GitHubIssue
	Subs        []*GitHubIssue
	BlockedBy   []*GitHubIssue
	Blocking    []*GitHubIssue
	DuplicateOf *GitHubIssue
	Items       []*ProjectItem
	Comments    []*Comment
	CommentsCut int // comments the record counts but does not carry
	PullRequest bool
	Draft       bool // of a pull request
	Merged      time.Time
	Locked      bool
	LockReason  string
	Created     time.Time
	Updated     time.Time
	ClosedAt    time.Time
	ClosedBy    *User
	Hidden      bool   // 404 for the account
	Recorded    Fields // recorded values of fields that nobody changed since

	home *State // nil: not a part of a world yet
}

// NodeID is the issue's GraphQL id.
func (i *GitHubIssue) NodeID() string {
	if i.PullRequest {
		return nodeID(i.Node, "PR", i.ID)
	}
	return nodeID(i.Node, "I", i.ID)
}

// Tracker is GitHub.
func (i *GitHubIssue) Tracker() Tracker { return GitHub }

// Handle is owner/repo#number as it is now.
func (i *GitHubIssue) Handle() string {
	return fmt.Sprintf("%s/%s#%d", i.Repo.Owner, i.Repo.Name, i.Number)
}

// Identity is the database id, which survives transfers.
func (i *GitHubIssue) Identity() int64 { return i.ID }

// Thread lists the comments, oldest first.
func (i *GitHubIssue) Thread() []*Comment { return i.Comments }

// Watchers counts who is told: the author, the assignees and who commented.
func (i *GitHubIssue) Watchers() int {
	people := make([]*User, 0, 8)
	add := func(u *User) {
		if u != nil && !u.Bot && !slices.Contains(people, u) {
			people = append(people, u)
		}
	}
	add(i.Author)
	for _, u := range i.Assignees {
		add(u)
	}
	for _, c := range i.Comments {
		add(c.Author)
	}
	return len(people)
}

func (i *GitHubIssue) thread() *[]*Comment         { return &i.Comments }
func (i *GitHubIssue) stamp(t time.Time) time.Time { return t.Truncate(time.Second) }
func (i *GitHubIssue) touch(t time.Time) {
	i.Updated = i.stamp(t)
	i.Recorded.Drop("updated_at")
	if i.home != nil {
		i.home.changed(i)
	}
}
