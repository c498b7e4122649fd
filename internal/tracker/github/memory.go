package github

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"strata/internal/tracker"
	"strata/internal/work"
)

// memory is what one process knows of where things are. It is never needed to
// be right, only to be cheap: all of it can be read again.
type memory struct {
	mu       sync.Mutex
	spots    map[string]spot // by an issue's id
	ids      map[place]string
	repos    map[string]*repository // by name in lower case
	readings map[string]*reading    // by scope
	edges    map[string]*edgesSeen  // by scope and repository
	gone     map[place]time.Time    // when a place was last found to lead nowhere
	logins   map[string]string      // of authors of remarks, by the id of the account
}

// spot is where an issue is reached: REST wants its place, GraphQL its node.
type spot struct {
	at   place
	node string // empty where it was never told
}

// repository is what is known of one repository.
type repository struct {
	name    string
	private bool
	// placed says that the places of all issues are known, closed ones included.
	placed bool
	// listed says that ours holds every comment of ours, as of upTo.
	listed bool
	upTo   time.Time
	ours   map[int64]said
	// remarks are the comments of people that may bear a command, as of upTo.
	remarks map[int64]heard
	// spoken is the youngest comment by a person under each issue.
	spoken map[int]int64
}

// said is a comment of ours with the number of its issue.
type said struct {
	tracker.Comment
	number int
}

// reading is one reading of a scope while it goes on. What it found becomes
// memory when the part it belongs to is complete.
type reading struct {
	id    int
	seen  map[string]struct{}    // a project's items, to drop those that come twice
	boxes map[work.SprintID]bool // a project's iterations that were told
	items map[string][]work.Ref  // the items read, by repository in lower case
	names map[string]string      // the repositories' names as GitHub writes them

	edges map[string]map[int]uint64 // fingerprints found, by repository in lower case
	whole map[string]bool           // repositories whose open issues were all read

	// Of the repository whose comments are being read:
	ours   map[int64]said
	spoken map[int]int64
	// remarks are those found; none is there for a comment that was one before.
	remarks map[int64]heard
}

// box notes an iteration, and says whether it is told for the first time.
func (r *reading) box(id work.SprintID) bool {
	if r.boxes[id] {
		return false
	}
	if r.boxes == nil {
		r.boxes = map[work.SprintID]bool{}
	}
	r.boxes[id] = true
	return true
}

// edgesSeen are the fingerprints of open issues at the end of a reading. They
// hold for the cursor that names their id: whoever goes on from an older cursor,
// because a reading was lost, has not been told what they know.
type edgesSeen struct {
	id       int64
	byNumber map[int]uint64
}

func newMemory() *memory {
	return &memory{spots: map[string]spot{}, ids: map[place]string{}, repos: map[string]*repository{}, readings: map[string]*reading{}, edges: map[string]*edgesSeen{}, gone: map[place]time.Time{}, logins: map[string]string{}}
}

// learn remembers where an issue is.
func (m *memory) learn(id string, at place, node string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if node == "" {
		node = m.spots[id].node
	}
	m.spots[id] = spot{at: at, node: node}
	m.ids[at.fold()] = id
	m.repo(at.repo)
}

// repo must be called with the lock held.
func (m *memory) repo(name string) *repository {
	key := strings.ToLower(name)
	r := m.repos[key]
	if r == nil {
		r = &repository{name: name, ours: map[int64]said{}, remarks: map[int64]heard{}, spoken: map[int]int64{}}
		m.repos[key] = r
	}
	return r
}

func (m *memory) spot(id string) (spot, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.spots[id]
	return s, ok
}

func (m *memory) id(at place) (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	id, ok := m.ids[at.fold()]
	return id, ok
}

// lost remembers that a place leads nowhere.
func (m *memory) lost(at place) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.gone[at.fold()] = time.Now()
}

// goneSince is how long ago a place was found to lead nowhere.
func (m *memory) goneSince(at place) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	return time.Since(m.gone[at.fold()])
}

// with lends a repository's memory for a short while.
func (m *memory) with(name string, use func(*repository)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	use(m.repo(name))
}

// known lists the repositories, sorted.
func (m *memory) known() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.repos))
}

// begin starts a reading of a scope and forgets one that was left unfinished.
func (m *memory) begin(scope string) *reading {
	m.mu.Lock()
	defer m.mu.Unlock()
	id := 1
	if old := m.readings[scope]; old != nil {
		id = old.id + 1
	}
	r := &reading{id: id}
	r.reset()
	m.readings[scope] = r
	return r
}

// resume finds the reading that a cursor belongs to; nil when this process did not begin it.
func (m *memory) resume(scope string, id int) *reading {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r := m.readings[scope]; r != nil && r.id == id {
		return r
	}
	return nil
}

// reset forgets the items read.
func (r *reading) reset() {
	r.seen, r.items, r.names = map[string]struct{}{}, map[string][]work.Ref{}, map[string]string{}
	r.edges, r.whole = map[string]map[int]uint64{}, map[string]bool{}
}

// note counts an item as read.
func (r *reading) note(rec work.Record) {
	key := strings.ToLower(rec.Project)
	r.items[key] = append(r.items[key], rec.Ref)
	r.names[key] = rec.Project
}
