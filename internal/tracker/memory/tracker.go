package memory

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"strata/internal/tracker"
	"strata/internal/work"
)

// Account is who writes our comments here.
const Account = "strata-bot"

// PageSize is how many records one page of a reading holds.
const PageSize = 3

// Op names a method of the contract, to break it and to count its calls.
type Op string

// The methods.
const (
	Changes  Op = "changes"
	Fetch    Op = "fetch"
	Comments Op = "comments"
	Post     Op = "post"
	Edit     Op = "edit"
	Erase    Op = "erase"
	MayEdit  Op = "may edit"
	History  Op = "history"
)

// Tracker is the fake. It is safe for use by several goroutines.
type Tracker struct {
	name string

	mu       sync.Mutex
	tick     int // stands for time: each change takes one
	items    map[string]*item
	sprints  []work.RecordSprint
	comments map[string][]*said // by item id, oldest first
	robots   map[string]bool    // authors that are apps
	readers  map[string]bool    // people who may comment and not edit
	problems []tracker.Problem
	faults   map[Op][]fault
	calls    map[Op]int
}

type item struct {
	record  work.Record
	changed int
	hidden  bool
	history []work.Step
}

type fault struct {
	kind      tracker.Kind
	committed bool
	left      int
}

// New returns a tracker without items.
func New(name string) *Tracker {
	return &Tracker{
		name:     name,
		items:    map[string]*item{},
		comments: map[string][]*said{},
		robots:   map[string]bool{},
		readers:  map[string]bool{},
		faults:   map[Op][]fault{},
		calls:    map[Op]int{},
	}
}

// Name is the tracker's name in every Ref it gives.
func (t *Tracker) Name() string { return t.name }

// Check returns the problems that were set.
func (t *Tracker) Check(context.Context, []tracker.Scope) []tracker.Problem {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.problems)
}

// Changes reads a scope; a record belongs to it when its Scopes name it.
func (t *Tracker) Changes(_ context.Context, scope tracker.Scope, c tracker.Cursor) (tracker.Page, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.enter(Changes, "read "+scope.Name); err != nil {
		return tracker.Page{}, err
	}
	at := parseCursor(c)
	if at.mark < 0 {
		at.mark = t.tick
	}
	var rest []*item
	for _, it := range t.inOrder() {
		if !it.hidden && it.changed > at.since && slices.Contains(it.record.Scopes, scope.Name) && work.Ref.Compare(it.record.Ref, at.after) > 0 {
			rest = append(rest, it)
		}
	}
	page := tracker.Page{Full: at.since == 0, More: len(rest) > PageSize, Sprints: slices.Clone(t.sprints)}
	for _, it := range rest[:min(len(rest), PageSize)] {
		page.Records = append(page.Records, it.record)
		page.Commented = append(page.Commented, it.record.Ref)
		page.Comments = append(page.Comments, t.ours(it.record.Ref)...)
		page.Remarks = append(page.Remarks, t.remarks(it.record.Ref)...)
		at.after = it.record.Ref
	}
	page.Next = cursor{since: at.mark, mark: -1}.text()
	if page.More {
		page.Next = at.text()
	}
	return page, nil
}

// Fetch reads items by ref, key or URL.
func (t *Tracker) Fetch(_ context.Context, targets []work.Target) ([]tracker.Fetched, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.enter(Fetch, "fetch items"); err != nil {
		return nil, err
	}
	fetched := make([]tracker.Fetched, len(targets))
	for i, target := range targets {
		fetched[i] = tracker.Fetched{Target: target}
		if it := t.find(target); it != nil {
			fetched[i].Record = it.record
		} else {
			fetched[i].Err = notFound("fetch " + cmp.Or(target.Key, target.URL, target.Ref.String()))
		}
	}
	return fetched, nil
}

func (t *Tracker) find(target work.Target) *item {
	for _, it := range t.inOrder() {
		r := it.record
		switch {
		case it.hidden:
		case !target.Ref.IsZero() && target.Ref == r.Ref,
			target.Key != "" && (target.Key == r.Key || slices.Contains(r.OldKeys, target.Key)),
			target.URL != "" && target.URL == r.URL:
			return it
		}
	}
	return nil
}

func (t *Tracker) inOrder() []*item {
	return slices.SortedFunc(maps.Values(t.items), func(a, b *item) int { return a.record.Ref.Compare(b.record.Ref) })
}

// enter counts a call and fails it when it is told to.
func (t *Tracker) enter(op Op, what string) error {
	t.calls[op]++
	f := t.fault(op, false)
	if f == nil {
		return nil
	}
	return &tracker.Error{Kind: f.kind, Op: what, Err: errors.New("told to fail")}
}

func (t *Tracker) fault(op Op, committed bool) *fault {
	queue := t.faults[op]
	if len(queue) == 0 || queue[0].committed != committed {
		return nil
	}
	f := queue[0]
	if queue[0].left--; queue[0].left == 0 {
		t.faults[op] = queue[1:]
	}
	return &f
}

func notFound(op string) error {
	return &tracker.Error{Kind: tracker.NotFound, Op: op, Status: 404, Err: errors.New("gone, or hidden from us")}
}

// cursor is where a reading stands: it began at mark, asks for changes later than
// since, and has given everything up to after.
type cursor struct {
	since, mark int
	after       work.Ref
}

func (c cursor) text() tracker.Cursor {
	return tracker.Cursor(fmt.Sprintf("%d %d %s %s", c.since, c.mark, c.after.Tracker, c.after.ID))
}

func parseCursor(text tracker.Cursor) cursor {
	c := cursor{mark: -1}
	if n, _ := fmt.Sscanf(string(text), "%d %d %s %s", &c.since, &c.mark, &c.after.Tracker, &c.after.ID); n < 2 {
		return cursor{mark: -1}
	}
	return c
}

// now is the time of the last change, in seconds of an invented day.
func (t *Tracker) now() time.Time {
	return time.Date(2026, 3, 2, 9, 0, t.tick, 0, time.UTC)
}

func (t *Tracker) next() string {
	t.tick++
	return strconv.Itoa(100 + t.tick)
}
