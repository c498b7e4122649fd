package world

import (
	"sync"
	"time"
)

// zonesRead keeps zones by name: reading one costs a file.
var zonesRead sync.Map

// A Tracker names one of the two simulated trackers.
type Tracker string

// The two trackers of every world.
const (
	Jira   Tracker = "jira"
	GitHub Tracker = "github"
)

// User is a person or an account. One person has one User, whichever tracker
// they are met on.
type User struct {
	ID        int64  // GitHub's database id
	Login     string // GitHub's login, Data Center's name
	AccountID string // Cloud's account id
	Key       string // Data Center's key, JIRAUSER10000
	Name      string // the name that people see
	Email     string // often empty, as on Cloud
	TimeZone  string // IANA name; JQL text dates are read in it
	Kind      string // GitHub's type: User, Bot or Organization
	Bot       bool   // an account whose comments are counted as the daemon's
	Inactive  bool
	Role      Role   // what they may do; empty: write
	Node      string // recorded node id; empty: derived from ID
}

// Role is what an account may do on both trackers, in GitHub's words.
//
//	role                           | GitHub              | Jira
//	read                           | sees and comments   | browses and comments
//	triage, write (also: empty)    | edits issues        | edits issues
//	maintain, admin (also: a bot)  | edits issues        | edits issues, administers projects
type Role string

// The roles of an account.
const (
	Reader     Role = "read"
	Triager    Role = "triage"
	Writer     Role = "write"
	Maintainer Role = "maintain"
	Admin      Role = "admin"
)

// roles are all of them.
var roles = []Role{Reader, Triager, Writer, Maintainer, Admin}

// RoleOf is a user's role; nobody has none.
func RoleOf(u *User) Role {
	switch {
	case u == nil:
		return ""
	case u.Role == "" && u.Bot:
		return Admin
	case u.Role == "":
		return Writer
	}
	return u.Role
}

// MayEdit says whether a user may edit the items they see.
func (u *User) MayEdit() bool { return u != nil && RoleOf(u) != Reader }

// Administers says whether a user may ask for the rights of others in Jira.
func (u *User) Administers() bool { return RoleOf(u) == Admin || RoleOf(u) == Maintainer }

// NodeID is the user's GraphQL id.
func (u *User) NodeID() string { return nodeID(u.Node, "U", u.ID) }

// Location is where the user's clock hangs; UTC when their zone is unknown.
func (u *User) Location() *time.Location {
	if u == nil || u.TimeZone == "" {
		return time.UTC
	}
	if l, ok := zonesRead.Load(u.TimeZone); ok {
		return l.(*time.Location)
	}
	l, err := time.LoadLocation(u.TimeZone)
	if err != nil {
		l = time.UTC
	}
	zonesRead.Store(u.TimeZone, l)
	return l
}
