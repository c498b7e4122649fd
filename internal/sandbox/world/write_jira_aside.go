package world

import (
	"encoding/json"
	"slices"
	"time"
)

// Aside is what few Jira issues have. The others save the room.
type Aside struct {
	Properties  map[string]json.RawMessage // entity properties
	Level       *Level                     // nil: everybody who sees the project
	Watching    []*User                    // who asked to be told, beside reporter and assignee
	Voters      []*User
	FixVersions []*Version
	Versions    []*Version // affected
	Environment string     // wiki text
	Values      Fields     // of fields that the world gives no meaning to, as clients set them
	Creator     *User      // nil: the reporter
	Work        []*Work
	Files       []*File
	Archived    time.Time
	ArchivedBy  *User
}

// Version is a release of a Jira project.
type Version struct {
	ID          int64
	Name        string
	Description string
	Start       string // 2006-01-02; empty: not planned
	Release     string // likewise
	Released    bool
	Archived    bool
}

// Level is a security level of a Jira project: only its members see the issues
// that bear it.
type Level struct {
	ID      int64
	Name    string
	Members []*User
}

// Visibility restricts a Jira comment to a group or a project role.
type Visibility struct {
	Type  string `json:"type"` // group or role
	Value string `json:"value"`
}

// Work is a worklog entry of a Jira issue.
type Work struct {
	ID      int64
	Author  *User
	Text    string // wiki text
	Started time.Time
	Logged  time.Time
	Spent   time.Duration
}

// File is an attachment of a Jira issue.
type File struct {
	ID      int64
	Author  *User
	Name    string
	Kind    string // its MIME type
	Content []byte
	Created time.Time
}

var nothingRare = &Aside{}

// Rare shows what few issues have; to read only.
func (i *JiraIssue) Rare() *Aside {
	if i.Aside == nil {
		return nothingRare
	}
	return i.Aside
}

// aside is the same to write.
func (i *JiraIssue) aside() *Aside {
	if i.Aside == nil {
		i.Aside = &Aside{}
	}
	return i.Aside
}

// Secret reports an issue whose security level leaves a user out.
func (i *JiraIssue) Secret(u *User) bool {
	level := i.Rare().Level
	return level != nil && !slices.Contains(level.Members, u)
}

// Creator is who made the issue.
func (i *JiraIssue) Creator() *User {
	if c := i.Rare().Creator; c != nil {
		return c
	}
	return i.Reporter
}

// LevelOf finds a security level of a project by name, or makes it. Nobody is
// its member at first.
func (s *State) LevelOf(p *Project, name string) *Level {
	for _, l := range p.Levels {
		if lower(l.Name) == lower(name) {
			return l
		}
	}
	l := &Level{ID: s.id("level", 10000), Name: name}
	p.Levels = append(p.Levels, l)
	return l
}

// VersionOf finds a version of a project by name, or makes it.
func (s *State) VersionOf(p *Project, name string) *Version {
	for _, v := range p.Versions {
		if lower(v.Name) == lower(name) {
			return v
		}
	}
	v := &Version{ID: s.id("version", 10000), Name: name}
	p.Versions = append(p.Versions, v)
	return v
}

// UsualPriority is what an issue has when nobody says: Medium, else the middle
// one; nil where there are none.
func (s *State) UsualPriority() *Named {
	for _, p := range s.Priorities {
		if p.ID == 3 || lower(p.Name) == "medium" {
			return p
		}
	}
	if n := len(s.Priorities); n > 0 {
		return s.Priorities[n/2]
	}
	return nil
}

// SetIssueProperty sets an entity property of an issue; a nil value removes it.
// It moves no time and tells nobody.
func (s *State) SetIssueProperty(i *JiraIssue, key string, value json.RawMessage, by *User) {
	if value == nil {
		delete(i.aside().Properties, key)
	} else {
		if i.aside().Properties == nil {
			i.aside().Properties = map[string]json.RawMessage{}
		}
		i.aside().Properties[key] = slices.Clone(value)
	}
	s.changed(i)
	s.log(i, "property", by, Entry{Bytes: len(value), Detail: key})
}

// Watch lets a user be told of an issue's changes, or no longer.
func (s *State) Watch(i *JiraIssue, u *User, on bool, by *User) {
	list := i.Rare().Watching
	switch at := slices.Index(list, u); {
	case on && at < 0:
		i.aside().Watching = append(slices.Clone(list), u)
	case !on && at >= 0:
		i.aside().Watching = slices.Delete(slices.Clone(list), at, at+1)
	}
	i.Recorded.Drop("watches")
	s.changed(i)
	s.log(i, "watch", by, Entry{Detail: authorName(u)})
}

// Vote lets a user vote for an issue, or no longer.
func (s *State) Vote(i *JiraIssue, u *User, on bool) {
	list := i.Rare().Voters
	switch at := slices.Index(list, u); {
	case on && at < 0:
		i.aside().Voters = append(slices.Clone(list), u)
	case !on && at >= 0:
		i.aside().Voters = slices.Delete(slices.Clone(list), at, at+1)
	}
	i.Recorded.Drop("votes")
	s.changed(i)
	s.log(i, "vote", u, Entry{})
}

// Archive takes an issue out of search and makes it read-only, or brings it
// back.
func (s *State) Archive(i *JiraIssue, on bool, by *User) {
	i.Archived = on
	i.aside().Archived, i.aside().ArchivedBy = time.Time{}, nil
	if on {
		i.aside().Archived, i.aside().ArchivedBy = i.stamp(s.Now()), by
	}
	s.changed(i)
	s.stubsOf(i)
}
