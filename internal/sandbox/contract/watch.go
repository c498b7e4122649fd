package contract

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Who asks.
type Who int

const (
	// Daemon is our own program: each of its requests must be right, and go to a route that is published or listed in
	// Unpublished.
	Daemon Who = iota
	// Anyone may ask wrongly, and must then be refused. Other routes are counted.
	Anyone
	// Requests are ours, and the answers are written by a test: nobody looks at them.
	Requests
)

// Watcher looks at every exchange that passes it, and tells the test what is wrong when the test is over. Without the
// published files it looks at nothing, and says so.
type Watcher struct {
	api API
	who Who
	t   testing.TB
	off bool

	slots chan struct{} // as many checks run at once

	mu      sync.Mutex
	idle    *sync.Cond // of pending
	pending int        // checks that have not ended
	seen    int
	excused int
	wrong   map[string]int // complaint → how often
	routes  map[string]int // without a contract
}

// Watch begins to look. It reports in a Cleanup: whatever serves or sends should be closed by a later one.
func Watch(t testing.TB, api API, who Who) *Watcher {
	t.Helper()
	_, err := folder()
	return watch(t, api, who, err)
}

func watch(t testing.TB, api API, who Who, absent error) *Watcher {
	t.Helper()
	w := &Watcher{api: api, who: who, t: t, slots: make(chan struct{}, 2), wrong: map[string]int{}, routes: map[string]int{}}
	w.idle = sync.NewCond(&w.mu)
	if absent != nil {
		w.off = true
		t.Logf("NOT CHECKED: the public contracts are not here: %v (set STRATA_TESTDATA)", absent)
		return w
	}
	t.Cleanup(w.report)
	return w
}

// mostComplaints is how many are told of one test.
const mostComplaints = 20

func (w *Watcher) report() {
	w.t.Helper()
	defer w.settled()()
	if w.excused > 0 {
		w.t.Logf("%s: %d answers that a fault had a hand in are as no contract allows", w.api, w.excused)
	}
	for _, route := range slices.Sorted(maps.Keys(w.routes)) {
		w.t.Logf("%s: no contract covers %s (%d times)", w.api, route, w.routes[route])
	}
	for n, complaint := range slices.Sorted(maps.Keys(w.wrong)) {
		if n == mostComplaints {
			w.t.Errorf("and %d more kinds of mismatch", len(w.wrong)-n)
			break
		}
		w.t.Errorf("%s: %s (%d times)", w.api, complaint, w.wrong[complaint])
	}
}

// settled waits for the checks under way, and locks until the returned function is called.
func (w *Watcher) settled() (unlock func()) {
	w.mu.Lock()
	for w.pending > 0 {
		w.idle.Wait()
	}
	return w.mu.Unlock
}

// Seen counts the exchanges that passed.
func (w *Watcher) Seen() int {
	defer w.settled()()
	return w.seen
}

// Uncovered counts the requests to each route that no contract covers.
func (w *Watcher) Uncovered() map[string]int {
	defer w.settled()()
	return maps.Clone(w.routes)
}

// note checks an exchange beside the test, which goes on. An answer that a fault had a hand in is not held against
// anything, and an error of the server is not while one is on.
func (w *Watcher) note(e Exchange, faulty bool) {
	w.mu.Lock()
	w.pending++
	w.mu.Unlock()
	w.slots <- struct{}{}
	go func() {
		v, known, err := verdictOf(w.api, e)
		<-w.slots
		w.mu.Lock()
		defer w.mu.Unlock()
		w.pending--
		w.idle.Broadcast()
		w.add(e, v, known, err, faulty)
	}()
}

// add takes a verdict down; the lock is held.
func (w *Watcher) add(e Exchange, v Verdict, known bool, err error, faulty bool) {
	if !known {
		return
	}
	w.seen++
	if err != nil {
		w.wrong[err.Error()]++
		return
	}
	for _, complaint := range w.complaints(v, e, faulty) {
		w.wrong[complaint]++
	}
}

// complaints are what a verdict means to the one who watches.
func (w *Watcher) complaints(v Verdict, e Exchange, faulty bool) (all []string) {
	if !v.Covered {
		w.routes[v.Route]++
		if _, listed := Unpublished[w.api][v.Route]; w.who != Anyone && !listed {
			all = append(all, v.Route+": a route that is published, or listed with a reason")
		}
	}
	for _, m := range v.Request {
		if w.who == Anyone && (m.Tolerated || e.refused() || e.refusedByGraphQL()) {
			continue
		}
		all = append(all, v.Route+" "+m.String())
	}
	switch {
	case w.who == Requests:
	case faulty && len(v.Answer) > 0:
		w.excused++
	default:
		for _, m := range v.Answer {
			all = append(all, fmt.Sprintf("%s → %d %s", v.Route, e.Status, m))
		}
	}
	for i, complaint := range all {
		all[i] = digitless(complaint)
	}
	return all
}

// digitless writes places in lists as *, so that one defect of a hundred issues is one complaint.
func digitless(text string) string {
	parts := strings.Split(text, "/")
	for i, part := range parts {
		digits := strings.TrimLeft(part, "0123456789")
		if digits != part && (digits == "" || strings.HasPrefix(digits, ":")) {
			parts[i] = "*" + digits
		}
	}
	return strings.Join(parts, "/")
}
