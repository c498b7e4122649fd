package world

import (
	"sort"
	"time"
)

// State is what World guards: every list in a stable order, every index.
// Its methods expect the caller to be inside World.Read or World.Write; those
// that change something need Write.
type State struct {
	Version uint64 // grows with every Write: results cached below it are stale

	// Jira
	Jira        []*JiraIssue // by id
	Projects    []*Project
	Types       []*IssueType
	Statuses    []*Status
	Resolutions []*Named
	Priorities  []*Named
	Boards      []*Board
	Sprints     []*Sprint
	LinkTypes   []*LinkType
	Fields      []*FieldDef
	JiraBot     *User

	// GitHub
	Repos          []*Repo
	GitHubProjects []*GitHubProject // Projects v2
	GitHubTypes    []*GitHubType
	Orgs           []*User
	GitHubBot      *User

	Users   []*User
	Journal []Entry

	issueByID  map[int64]*JiraIssue
	issueByKey map[string]*JiraIssue // current and old keys, upper case
	githubByID map[int64]*GitHubIssue
	cards      map[int64]*ProjectItem
	drafts     map[int64]*DraftIssue
	nodes      map[string]any // recorded node ids only
	links      map[int64]*Link
	comments   map[Tracker]map[int64]place
	userByName map[string]*User // login, account id or key
	repoByName map[string]*Repo // lower case, former names too
	identities map[identity][]int64
	tallies    map[Tracker]*Tally
	meters     map[Tracker]*Meter
	book       githubBook
	boards     boardBook
	traces     traces
	ghosts     []ghost
	seenAt     map[any]uint64             // when they came back into sight
	hidAt      map[any]uint64             // items, projects and repositories, by version
	blocks     map[[2]*GitHubIssue]uint64 // when a dependency was made: waiter, blocker
	calendar   Calendar
	loaded     bool
	seed       uint64
	live       *life
	quiet      bool // nobody is told of what is being written
	now        func() time.Time
	skew       time.Duration
	nextID     map[string]int64

	jiraLists   *Answers[*JiraIssue]
	githubLists *Answers[*GitHubIssue]
}

type place struct {
	item    Item
	comment *Comment
}

// FieldDef is one entry of Jira's list of fields.
type FieldDef struct {
	ID     string
	Name   string
	Custom string // schema.custom; empty for system fields
	Type   string // schema.type
	Items  string // schema.items
}

func newState(now func() time.Time) *State {
	if now == nil {
		now = time.Now
	}
	s := &State{
		now:        now,
		issueByID:  map[int64]*JiraIssue{},
		issueByKey: map[string]*JiraIssue{},
		githubByID: map[int64]*GitHubIssue{},
		cards:      map[int64]*ProjectItem{},
		drafts:     map[int64]*DraftIssue{},
		nodes:      map[string]any{},
		links:      map[int64]*Link{},
		comments:   map[Tracker]map[int64]place{Jira: {}, GitHub: {}},
		userByName: map[string]*User{},
		repoByName: map[string]*Repo{},
		identities: map[identity][]int64{},
		tallies:    map[Tracker]*Tally{Jira: newTally(), GitHub: newTally()},
		meters:     map[Tracker]*Meter{Jira: newMeter(), GitHub: newMeter()},
		nextID:     map[string]int64{},
		hidAt:      map[any]uint64{},
		seenAt:     map[any]uint64{},
		blocks:     map[[2]*GitHubIssue]uint64{},

		jiraLists:   &Answers[*JiraIssue]{},
		githubLists: &Answers[*GitHubIssue]{},
	}
	return s
}

// Now is the world's time.
func (s *State) Now() time.Time { return s.now().Add(s.skew) }

// id gives the next number of a series; the first is from.
func (s *State) id(series string, from int64) int64 {
	n := max(s.nextID[series], from)
	s.nextID[series] = n + 1
	return n
}

// reserve keeps a recorded number from being given again.
func (s *State) reserve(series string, n int64) {
	if n >= s.nextID[series] {
		s.nextID[series] = n + 1
	}
}

// Items counts the issues of both trackers, pull requests apart.
func (s *State) Items() int {
	n := len(s.Jira)
	for _, r := range s.Repos {
		for _, i := range r.Issues {
			if !i.PullRequest {
				n++
			}
		}
	}
	return n
}

func sortBy[T any](list []T, less func(a, b T) bool) {
	sort.SliceStable(list, func(i, j int) bool { return less(list[i], list[j]) })
}
