package world

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// Day is one working day of a living product.
type Day struct {
	At     time.Time // in the morning
	Sprint string    // of the product, such as "Sprint 6"; empty: none runs
	Place  int       // among the Sprint's working days, from 1
	Events []Event
}

// Event is something that happened in the product.
type Event struct {
	Kind   EventKind
	Item   string // its handle; empty: the product's Sprints
	Text   string // in plain words, without the item
	Author string // of what was said
	Said   string // the comment's body
	Counts bool   // what was said is a command that counts
}

// EventKind is what happened.
type EventKind string

// The kinds of events.
const (
	Started   EventKind = "started"
	Delivered EventKind = "delivered"
	Slipped   EventKind = "slipped"
	Dropped   EventKind = "dropped"
	Again     EventKind = "reopened"
	Linked    EventKind = "linked"
	Unlinked  EventKind = "unlinked"
	Written   EventKind = "written"
	Planned   EventKind = "planned"
	Carried   EventKind = "carried over"
	SprintEnd EventKind = "Sprint ended"
	SprintNew EventKind = "Sprint started"
	GoalSet   EventKind = "Sprint Goal"
	Said      EventKind = "said"
)

// life is what a living world remembers between its days.
type life struct {
	r       *rand.Rand
	pairs   []pair // dependencies, as they were found or made
	dropped []Item
	day     *Day
	round   int // the Sprint's number
	given   int // points of feedback
	settled int // of them
	written int // stories
}

type pair struct{ waiter, blocker Item }

// Live lets one working day begin: the clock moves to the next working morning,
// Sprints end and start as their dates say, and what happens on such a day
// happens. What it is follows from the seed.
func (w *World) Live() Day {
	var day Day
	_ = w.Write(func(s *State) error {
		if s.live == nil {
			s.live = s.born()
		}
		s.skew += s.nextMorning().Sub(s.Now())
		s.live.day = s.begin()
		s.roll()
		s.work()
		s.plan()
		s.talk()
		day = *s.live.day
		s.live.day = nil
		return nil
	})
	return day
}

// nextMorning is nine o'clock of the next day from Monday to Friday.
func (s *State) nextMorning() time.Time {
	now := s.Now().In(s.zone())
	for days := 1; ; days++ {
		next := time.Date(now.Year(), now.Month(), now.Day()+days, 9, 0, 0, 0, now.Location())
		if next.Weekday() != time.Saturday && next.Weekday() != time.Sunday {
			return next
		}
	}
}

func (s *State) zone() *time.Location { return (&User{TimeZone: s.calendar.TimeZone}).Location() }

// begin finds the day's place in its Sprint. A product without a calendar has
// Sprints of two weeks from its first living day.
func (s *State) begin() *Day {
	day := &Day{At: s.Now()}
	if s.calendar.First.IsZero() || s.calendar.Every <= 0 {
		s.calendar.First, s.calendar.Every = day.At.Truncate(24*time.Hour), 14
	}
	today := dayNumber(day.At.In(s.zone()))
	since := today - dayNumber(s.calendar.First.In(s.zone()))
	if since < 0 {
		return day
	}
	s.live.round = since/s.calendar.Every + 1
	day.Sprint = fmt.Sprintf("Sprint %d", s.live.round)
	for n := range since%s.calendar.Every + 1 {
		if weekday := day.At.In(s.zone()).AddDate(0, 0, -n).Weekday(); weekday != time.Saturday && weekday != time.Sunday {
			day.Place++
		}
	}
	return day
}

// lastPlace is the place of the last working day of a Sprint of whole weeks.
func (s *State) lastPlace() int { return max(s.calendar.Every*5/7, 2) }

func dayNumber(t time.Time) int {
	return int(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (s *State) born() *life {
	l := &life{r: rand.New(rand.NewPCG(s.seed, 0x11fe))}
	for _, t := range []Tracker{Jira, GitHub} {
		for _, it := range s.All(t) {
			for _, b := range s.Blockers(it) {
				l.pairs = append(l.pairs, pair{it, b})
			}
		}
	}
	return l
}

// tell notes what happened on the day and in the journal.
func (s *State) tell(kind EventKind, it Item, op, format string, args ...any) {
	e := Event{Kind: kind, Text: fmt.Sprintf(format, args...)}
	if it != nil {
		e.Item = it.Handle()
		s.log(it, op, s.somebody(), Entry{Detail: "live"})
	}
	s.live.day.Events = append(s.live.day.Events, e)
}

func (s *State) exists(it Item) bool {
	switch i := it.(type) {
	case *JiraIssue:
		return s.issueByID[i.ID] == i
	case *GitHubIssue:
		return s.githubByID[i.ID] == i
	}
	return false
}

func pending(it Item) bool { return StateOf(it) == "open" || StateOf(it) == "doing" }

// somebody is who acts when nobody in particular does.
func (s *State) somebody() *User { return s.person("") }

// stories lists the pending items of teams, in a stable order.
func (s *State) stories(fits func(Item) bool) []Item {
	var out []Item
	for _, t := range []Tracker{Jira, GitHub} {
		for _, it := range s.All(t) {
			if pending(it) && isStory(it) && s.ofProduct(it) && !s.IsHome(it) && fits(it) {
				out = append(out, it)
			}
		}
	}
	return out
}

// ofProduct says whether an item belongs to the product and can be seen: what lies
// beyond it lives its own life.
func (s *State) ofProduct(it Item) bool {
	if i, ok := it.(*JiraIssue); ok && i.Archived || !s.visible(it) {
		return false
	}
	return slices.Contains(s.calendar.Projects, homeOf(it)) || slices.Contains(s.calendar.Repos, homeOf(it))
}

func isStory(it Item) bool {
	switch i := it.(type) {
	case *JiraIssue:
		return i.Type.Level == 0
	case *GitHubIssue:
		return !i.PullRequest && !IsEpic(i)
	}
	return false
}

// IsEpic says whether an item is an epic, or above one.
func IsEpic(it Item) bool {
	switch i := it.(type) {
	case *JiraIssue:
		return i.Type.Level > 0
	case *GitHubIssue:
		return i.Type != nil && i.Type.Name == "Epic"
	}
	return false
}

// IsHome says whether documents of the product or of a team live on an item.
func (s *State) IsHome(it Item) bool {
	name := it.Handle()
	if s.calendar.Home[it.Tracker()] == name || s.calendar.Review[it.Tracker()] == name {
		return true
	}
	return slices.ContainsFunc(s.calendar.Teams, func(t Team) bool { return t.Home[it.Tracker()] == name })
}

// Shelf is where a start page shows an item: what Strata wrote comes first.
type Shelf int

// The shelves, in their order.
const (
	Homes  Shelf = iota // home items and the item of the reviews
	Briefs              // epics with a comment of the daemon's
	Flags               // other items with an open one
	Folded              // items whose comments of the daemon's are history
	Others
)

// ShelfOf finds an item's shelf.
func (s *State) ShelfOf(it Item) Shelf {
	shelf := Others
	for _, c := range it.Thread() {
		if c.Author == nil || !c.Author.Bot {
			continue
		}
		if m, ok := ReadMarker(it.Tracker(), c); ok && m.Open() {
			shelf = Flags
		} else {
			shelf = min(shelf, Folded)
		}
	}
	switch {
	case s.IsHome(it):
		return Homes
	case shelf == Flags && IsEpic(it):
		return Briefs
	}
	return shelf
}

// after counts up the number at the end of a name: "Web Sprint 9".
func after(name string) string {
	head := strings.TrimRight(name, "0123456789")
	n := 0
	_, _ = fmt.Sscanf(name[len(head):], "%d", &n)
	return fmt.Sprintf("%s%d", head, n+1)
}
