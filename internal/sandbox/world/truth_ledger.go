package world

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// The states in which an item can be known.
const (
	openState      = "open"
	doingState     = "doing"
	deliveredState = "delivered"
	droppedState   = "dropped"
	unknownState   = "unknown"
)

// ledger is a Truth in the making.
type ledger struct {
	s        *State
	projects map[*Project]bool // of the product
	repos    map[*Repo]bool
	boards   map[*GitHubProject]bool

	parties map[any]*party // by item, or by name where there is no item to see
	ties    map[[2]*party]*tie
	said    []statement
	fetched map[Item]bool   // beyond the product, asked for because something planned waits for it
	asked   map[string]bool // the names by which they were asked for
	silent  map[string]bool // texts that say nothing of dependencies

	facts    map[any]bool
	speakers map[*LinkType]Speaker
	sites    [2]string // where Jira's and GitHub's pages are
}

// party is one side of a dependency.
type party struct {
	item   Item // nil: nobody sees one
	name   string
	linked bool    // a link of a product's item shows it, with its status
	stub   *farEnd // of an item outside the world, as the record tells it
	gone   bool    // deleted, after it had been linked
}

// tie is one dependency, however often it is told.
type tie struct {
	waiter, blocker *party
	origins         uint8 // a bit for each of origins
	told            []string
}

// farEnd is what a recorded link tells of its far end.
type farEnd struct {
	Category, Type string
}

func (t *tie) clone() *tie {
	c := *t
	c.told = slices.Clone(t.told)
	return &c
}

func (s *State) ledger() *ledger {
	l := &ledger{
		s: s, projects: map[*Project]bool{}, repos: map[*Repo]bool{}, boards: map[*GitHubProject]bool{}, parties: map[any]*party{},
		ties: map[[2]*party]*tie{}, fetched: map[Item]bool{}, asked: map[string]bool{}, silent: map[string]bool{},
		facts: map[any]bool{}, speakers: map[*LinkType]Speaker{},
	}
	for _, key := range s.calendar.Projects {
		if p := s.Project(key); p != nil {
			l.projects[p] = true
		}
	}
	for _, name := range s.calendar.Repos {
		if r := s.Repo(name); r != nil {
			l.repos[r] = true
		}
	}
	for _, name := range s.calendar.Boards {
		owner, number, _ := strings.Cut(name, "/")
		n, _ := strconv.Atoi(number) // the calendar's own spelling
		if p := s.GitHubProject(owner, n); p != nil {
			l.boards[p] = true
		}
	}
	l.sites = [2]string{lower(s.calendar.JiraURL), lower(s.calendar.GitHubURL)}
	return l
}

// visible says whether the account may see an item at all.
func (l *ledger) visible(it Item) bool { return l.s.visible(it) }

func (s *State) visible(it Item) bool {
	switch i := it.(type) {
	case *JiraIssue:
		return !i.Hidden && !i.Project.Hidden && !i.Secret(s.JiraBot)
	case *GitHubIssue:
		return !i.Hidden && !i.Repo.Hidden
	}
	return false
}

// held says whether an item is one of the product's, as a reading finds them: pull
// requests are none, and what is archived is in no search.
func (l *ledger) held(it Item) bool {
	if it == nil || !l.s.exists(it) || !l.visible(it) {
		return false
	}
	switch i := it.(type) {
	case *JiraIssue:
		return l.projects[i.Project] && !i.Archived
	case *GitHubIssue:
		return !i.PullRequest && (l.repos[i.Repo] || l.card(i) != nil)
	}
	return false
}

// card is an issue's place on a board of the product; nil when it has none, or
// when it was put away.
func (l *ledger) card(i *GitHubIssue) *ProjectItem {
	for _, c := range i.Items {
		if l.boards[c.Project] && !c.Archived && !c.Redacted {
			return c
		}
	}
	return nil
}

// known says whether a reading has an item's record: it is held, or was asked for.
func (l *ledger) known(it Item) bool { return l.fetched[it] || l.held(it) }

// of is the party of an item.
func (l *ledger) of(it Item) *party {
	if !l.visible(it) || !l.s.exists(it) {
		return l.called(it.Handle(), it)
	}
	p := l.parties[it]
	if p == nil {
		p = &party{item: it, name: it.Handle()}
		l.parties[it] = p
	}
	return p
}

// called is the party of an item of which nothing but its name is seen.
func (l *ledger) called(name string, it Item) *party {
	key := name
	if strings.Contains(name, "#") {
		key = lower(name) // GitHub's names have no case
	}
	p := l.parties[key]
	if p == nil {
		p = &party{item: it, name: name}
		l.parties[key] = p
	}
	return p
}

// tie notes that one waits for another, and who tells it how.
func (l *ledger) tie(waiter, blocker *party, origin int, told string) {
	if waiter == blocker {
		return
	}
	key := [2]*party{waiter, blocker}
	e := l.ties[key]
	if e == nil {
		e = &tie{waiter: waiter, blocker: blocker}
		l.ties[key] = e
	}
	e.origins |= 1 << origin
	e.told = append(e.told, told)
}

func (l *ledger) sorted() []*tie {
	out := make([]*tie, 0, len(l.ties))
	for _, e := range l.ties {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b *tie) int {
		if c := strings.Compare(a.waiter.name, b.waiter.name); c != 0 {
			return c
		}
		return strings.Compare(a.blocker.name, b.blocker.name)
	})
	return out
}

// stubOf reads what a recorded link tells of an item outside the world.
func stubOf(raw json.RawMessage) *farEnd {
	var in struct {
		Fields struct {
			Status struct {
				Category struct {
					Key string `json:"key"`
				} `json:"statusCategory"`
			} `json:"status"`
			Type struct {
				Name string `json:"name"`
			} `json:"issuetype"`
		} `json:"fields"`
	}
	_ = json.Unmarshal(raw, &in) // what cannot be read tells nothing
	return &farEnd{Category: in.Fields.Status.Category.Key, Type: in.Fields.Type.Name}
}
