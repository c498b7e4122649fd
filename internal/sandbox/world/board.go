package world

import "time"

// GitHubProject is a Projects v2 board of an organisation or a user.
type GitHubProject struct {
	ID       int64
	Owner    string // login
	Number   int
	Title    string
	About    string // the short description
	Readme   string // Markdown
	Public   bool
	Template bool
	Closed   bool
	ClosedAt time.Time
	Created  time.Time // zero: nobody remembers
	Updated  time.Time
	Creator  *User
	Fields   []*ProjectField
	Items    []*ProjectItem // by position
	Views    []*ProjectView // none: one table of everything
	Repos    []*Repo        // linked to it, beside those whose issues are on it

	moved bool // somebody changed the order of its cards
}

// Moved says that the cards no longer stand in the order in which they came.
func (p *GitHubProject) Moved() bool { return p.moved }

// NodeID is the project's GraphQL id.
func (p *GitHubProject) NodeID() string { return nodeID("", "PVT", p.ID) }

// Field finds a field by name; nil when there is none.
func (p *GitHubProject) Field(name string) *ProjectField {
	for _, f := range p.Fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// ProjectField is a field of a board. Type is a ProjectV2FieldType:
// SINGLE_SELECT, ITERATION, NUMBER, TEXT, DATE, TITLE, ASSIGNEES, LABELS and so on.
type ProjectField struct {
	ID         int64
	Name       string
	Type       string
	Options    []*Option
	Iterations []*Iteration // running, future and completed, by date
	Project    *GitHubProject
}

// NodeID is the field's GraphQL id.
func (f *ProjectField) NodeID() string {
	switch f.Type {
	case "SINGLE_SELECT":
		return nodeID("", "PVTSSF", f.ID)
	case "ITERATION":
		return nodeID("", "PVTIF", f.ID)
	}
	return nodeID("", "PVTF", f.ID)
}

// Option finds a single-select's option by name or id; nil when there is none.
func (f *ProjectField) Option(name string) *Option {
	for _, o := range f.Options {
		if o.Name == name || o.ID == name {
			return o
		}
	}
	return nil
}

// Iteration finds an iteration by title or id; nil when there is none.
func (f *ProjectField) Iteration(title string) *Iteration {
	for _, it := range f.Iterations {
		if it.Title == title || it.ID == title {
			return it
		}
	}
	return nil
}

// ProjectView is one of a board's tabs.
type ProjectView struct {
	ID      int64
	Number  int
	Name    string
	Layout  string // TABLE_LAYOUT, BOARD_LAYOUT, ROADMAP_LAYOUT
	Filter  string
	GroupBy []*ProjectField // columns, of a board
	SortBy  []*ProjectField // ascending
}

// Option is one choice of a single-select field.
type Option struct {
	ID    string // eight hex digits
	Name  string
	Color string // GRAY, BLUE, GREEN, …
	About string
}

// Iteration is one span of an iteration field.
type Iteration struct {
	ID    string // eight hex digits
	Title string
	Start time.Time // a date, at 00:00 UTC
	Days  int
}

// End is the first day after the iteration.
func (i *Iteration) End() time.Time { return i.Start.AddDate(0, 0, i.Days) }

// DraftIssue is a note on a board: no number, no state, no URL.
type DraftIssue struct {
	ID               int64
	Title, Body      string
	Author           *User
	Assignees        []*User
	Created, Updated time.Time
}

// NodeID is the draft's GraphQL id.
func (d *DraftIssue) NodeID() string { return nodeID("", "DI", d.ID) }

// ProjectItem is a card on a board: an issue, a pull request, a draft, or
// (Redacted) something the account may not see.
type ProjectItem struct {
	ID       int64
	Project  *GitHubProject
	Issue    *GitHubIssue // nil: a draft
	Draft    *DraftIssue
	Redacted bool
	Archived bool
	Author   *User
	Created  time.Time
	Updated  time.Time // moves with field values, not with the issue
	Values   []*Value
}

// NodeID is the item's GraphQL id.
func (p *ProjectItem) NodeID() string { return nodeID("", "PVTI", p.ID) }

// Value finds the item's value for a field by the field's name; nil when unset.
func (p *ProjectItem) Value(field string) *Value {
	for _, v := range p.Values {
		if v.Field.Name == field {
			return v
		}
	}
	return nil
}

// Value is what a card says for one field; the one part that its field's type
// asks for is set.
type Value struct {
	Field     *ProjectField
	Option    *Option
	Iteration *Iteration
	Number    *float64
	Text      string
	Date      string // 2006-01-02
	Updated   time.Time
}
