package world

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Truth is the world's own ledger: every dependency that there is, whether it is
// unresolved, and why. It is worked out from the world itself, by nobody's code but
// the sandbox's, so that what a daemon reports can be held against it.
//
// It tells what an account can know that has read everything once it could and has
// read it again since: what it may not see is unknown, and what it was never shown
// is not there.
type Truth struct {
	Taken time.Time `json:"taken"`
	// Unresolved are those whose waiting item is open and whose blocker is not
	// delivered, by waiting item and blocker.
	Unresolved []Dependency `json:"unresolved"`
	// Unlisted are the others, with the reason why they are no such dependency.
	Unlisted []Dependency `json:"unlisted"`
	// Circles are the groups of open items that wait for each other.
	Circles []Circle `json:"circles"`
}

// Dependency says that one item waits for another, or looks as if it did.
type Dependency struct {
	Waiting string   `json:"waiting"`
	Blocker string   `json:"blocker"`
	State   string   `json:"state"`            // the blocker's: open, doing, delivered, dropped or unknown
	Origins []string `json:"origin"`           // typed, native, remote, text: the strongest first
	Known   Known    `json:"known"`            // how the blocker's state is
	Former  []string `json:"former,omitempty"` // keys of a blocker that is gone or out of sight, by which links may still name it
	Told    []string `json:"told"`             // by which item, and how
	Why     string   `json:"why"`              // in words
}

// Circle is a group of items that wait for each other.
type Circle struct {
	Kind    CircleKind `json:"kind"`
	Members []string   `json:"members"` // sorted
}

// CircleKind is what closes a circle, the strictest first.
type CircleKind string

// The kinds of circle.
const (
	ByLinks     CircleKind = "links"     // nothing but links between items
	ByTexts     CircleKind = "text"      // a description takes part
	ByHierarchy CircleKind = "hierarchy" // epics and their children take part
)

// The origins of a dependency, the strongest first.
const (
	Typed  = "typed"  // a link of Jira
	Native = "native" // a dependency of GitHub
	Remote = "remote" // a remote link of a configured relationship
	Text   = "text"   // a phrase in a description
)

var origins = []string{Typed, Native, Remote, Text}

// Truth works out the ledger as it is now, of what the calendar says belongs to
// the product. It takes about a second for a hundred thousand items.
func (w *World) Truth() Truth {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.Truth()
}

// Truth is World.Truth for those who are inside World.Read.
func (s *State) Truth() Truth {
	l := s.ledger()
	l.witness()
	t := Truth{Taken: s.Now(), Unresolved: []Dependency{}, Unlisted: l.unlisted(), Circles: l.circles()}
	for _, e := range l.sorted() {
		d := l.row(e)
		if why, listed := l.judge(e); listed {
			d.Why = why
			t.Unresolved = append(t.Unresolved, d)
		} else {
			d.Why = why
			t.Unlisted = append(t.Unlisted, d)
		}
	}
	slices.SortFunc(t.Unlisted, compareRows)
	return t
}

func compareRows(a, b Dependency) int {
	return cmp.Or(strings.Compare(a.Waiting, b.Waiting), strings.Compare(a.Blocker, b.Blocker), strings.Compare(a.Why, b.Why))
}

func (l *ledger) row(e *tie) Dependency {
	d := Dependency{Waiting: e.waiter.name, Blocker: e.blocker.name, State: l.state(e.blocker), Known: l.source(e.blocker), Told: e.told}
	if d.Known == KnownGone && e.blocker.item != nil {
		d.Former = formerNames(e.blocker.item)
	}
	for k, origin := range origins {
		if e.origins&(1<<k) != 0 {
			d.Origins = append(d.Origins, origin)
		}
	}
	slices.Sort(d.Told)
	d.Told = slices.Compact(d.Told)
	return d
}

// judge says why a dependency is unresolved, or why it is not.
func (l *ledger) judge(e *tie) (why string, unresolved bool) {
	switch state := l.state(e.waiter); {
	case state == unknownState && e.waiter.item != nil && !l.visible(e.waiter.item):
		return "the waiting item may not be seen", false
	case state == unknownState:
		return "the waiting item was not read", false
	case state != openState && state != doingState:
		return "the waiting item is closed: " + state, false
	}
	switch l.state(e.blocker) {
	case openState:
		return "the blocker is open", true
	case doingState:
		return "the blocker is being worked on", true
	case droppedState:
		return "the blocker was closed without delivery" + l.reasonOf(e.blocker.item), true
	case deliveredState:
		if o := l.original(e.blocker.item); o != nil && l.own(e.blocker.item) != deliveredState {
			return "the blocker is a duplicate of " + o.Handle() + ", which is delivered", false
		}
		return "the blocker is delivered", false
	}
	return "what became of the blocker is unknown: " + l.doubt(e.blocker), true
}

// reasonOf is the tracker's word for how an item was closed.
func (l *ledger) reasonOf(it Item) string {
	switch i := it.(type) {
	case *JiraIssue:
		if i.Resolution != nil {
			return ": " + i.Resolution.Name
		}
	case *GitHubIssue:
		if i.PullRequest {
			return ": not merged"
		}
		return ": " + i.StateReason
	}
	return ""
}

// doubt says why a blocker's state cannot be known.
func (l *ledger) doubt(p *party) string {
	switch {
	case p.gone:
		return "it is gone, and was linked before"
	case p.item == nil && p.stub == nil:
		return "there is no such item, or it may not be seen"
	case p.item != nil && !l.visible(p.item):
		return "it may no longer be seen"
	case p.linked || p.stub != nil:
		return "its link says that it is closed, not how, and nothing planned waits for it"
	}
	return "it is named beyond the product, and nothing planned waits for it"
}
