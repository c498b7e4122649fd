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
	Node      string // recorded node id; empty: derived from ID
}

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
