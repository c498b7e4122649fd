package cycle_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"strata/internal/comment"
	"strata/internal/cycle"
	"strata/internal/duration"
	"strata/internal/facts"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/refine/checks"
	"strata/internal/refine/rules"
	"strata/internal/store"
	"strata/internal/tracker"
	"strata/internal/tracker/memory"
	"strata/internal/work"
)

// office is a product with its trackers, its store and a clock that stands still.
type office struct {
	t      *testing.T
	jira   *desk
	github *desk
	file   string
	store  *store.Store
	broken *breakable
	config cycle.Config
	owns   facts.Config
	now    time.Time

	product *cycle.Product
}

// wednesday is in the middle of Sprint 1.
var wednesday = time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)

const (
	sprint1 work.SprintID = "jira:1" // 2 to 13 March
	sprint2 work.SprintID = "jira:2" // 16 to 27 March
	sprint3 work.SprintID = "jira:3" // 30 March to 10 April
	sprint4 work.SprintID = "jira:4" // 13 to 24 April
	sprint5 work.SprintID = "jira:5" // 27 April to 8 May
)

// open returns an office that writes at once and without limits.
func open(t *testing.T, change func(*cycle.Config)) *office {
	t.Helper()
	o := &office{t: t, file: filepath.Join(t.TempDir(), "strata.db"), now: wednesday}
	o.jira, o.github = newDesk("jira"), newDesk("github")
	o.sprints(1)
	words := comment.Config{}
	words.Owner = "acme"
	o.config = cycle.Config{
		Product: "shop", Mode: plan.Writing, FullRead: days(1),
		Scopes: []cycle.Scope{
			{Scope: tracker.Scope{Name: "web", JQL: "project = WEB"}, Tracker: "jira", Selector: "web"},
			{Scope: tracker.Scope{Name: "api", JQL: "project = API"}, Tracker: "jira", Selector: "api"},
		},
		EditsNotify: map[string]bool{"jira": true},
		Words:       words, Policy: refine.DefaultPolicy(), Rules: rules.All(), Checks: checks.All(),
	}
	o.config.Policy.Settle = 0
	o.owns = facts.Config{Teams: []facts.TeamConfig{
		{Name: "Web", Match: []facts.Match{{Label: "web"}, {Field: "Web"}}},
		{Name: "Core", Match: []facts.Match{{Label: "core"}, {Field: "Core"}}},
	}}
	o.owns.Calendar.First, o.owns.Calendar.Every = work.Date(2026, 3, 2), days(14)
	if change != nil {
		change(&o.config)
	}
	t.Cleanup(o.close)
	return o
}

// restart lets a fresh process take over the store.
func (o *office) restart() {
	o.close()
	o.store, o.product = nil, nil
}

// loseStore lets a fresh process begin with nothing.
func (o *office) loseStore() {
	o.restart()
	o.file = filepath.Join(o.t.TempDir(), "strata.db")
}

func (o *office) close() {
	if o.store != nil {
		if err := o.store.Close(); err != nil {
			o.t.Error(err)
		}
	}
}

func (o *office) daemon() *cycle.Product {
	o.t.Helper()
	if o.product != nil {
		return o.product
	}
	var err error
	if o.store, err = store.Open(o.t.Context(), store.Config{URL: "sqlite://" + o.file}); err != nil {
		o.t.Fatal(err)
	}
	view, err := facts.NewProduct("shop", o.owns, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	o.config.Policy.Calendar = view.Calendar()
	o.broken = &breakable{Store: o.store}
	trackers := map[string]tracker.Tracker{"jira": o.jira, "github": o.github}
	o.product = cycle.New(o.config, view, trackers, o.broken, silent{}, func() time.Time { return o.now }, slog.New(slog.DiscardHandler))
	return o.product
}

// run is one cycle whose store must not fail.
func (o *office) run() *cycle.Report {
	o.t.Helper()
	r, err := o.daemon().Run(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

// after lets time go by, then runs a cycle.
func (o *office) after(d time.Duration) *cycle.Report {
	o.t.Helper()
	o.now = o.now.Add(d)
	return o.run()
}

// sprints says which of the Sprints is the active one.
func (o *office) sprints(active int) {
	var all []work.RecordSprint
	for i := range 6 {
		start := work.Date(2026, 3, 2) + work.Day(14*i)
		s := work.RecordSprint{
			ID: work.SprintID("jira:" + string(rune('1'+i))), Name: "Sprint " + string(rune('1'+i)),
			State: work.SprintFuture, StartDay: start, EndDay: start + 11, Board: "1",
		}
		switch {
		case i+1 < active:
			s.State = work.SprintClosed
		case i+1 == active:
			s.State = work.SprintActive
		}
		all = append(all, s)
	}
	o.jira.PutSprints(all...)
	o.github.PutSprints(all...)
}

// story is an open, assigned and refined item in one scope.
func story(tracker, scope, id, team string, sprint work.SprintID) work.Record {
	r := work.Record{
		Ref: work.Ref{Tracker: tracker, ID: id}, Key: "WEB-" + id, URL: "https://" + tracker + ".example/browse/WEB-" + id, Title: "Story " + id,
		Type: "Story", Status: work.Status{ID: "1", Name: "To Do", Category: work.CategoryNew}, Labels: []string{team}, Assignee: "Kim",
		Scopes: []string{scope}, Created: wednesday.AddDate(0, 0, -9),
		Texts: []work.SourceText{{Dialect: work.JiraWiki, Text: "h3. Acceptance criteria\n* it works"}},
	}
	if sprint != "" {
		r.Sprints = []work.SprintID{sprint}
	}
	return r
}

// waits links two records as Jira shows it at the waiting item.
func waits(w work.Record, blockers ...work.Record) work.Record {
	for _, b := range blockers {
		w.Links = append(w.Links, work.RecordLink{
			TypeID: "1", TypeName: "Blocks", Origin: work.Typed,
			To: work.Target{Ref: b.Ref, Key: b.Key, Stub: &work.Stub{Title: b.Title, Status: b.Status}},
		})
	}
	return w
}

func done(r work.Record, at time.Time) work.Record {
	r.Status, r.Resolved = work.Status{ID: "3", Name: "Done", Category: work.CategoryDone}, at
	return r
}

// pair puts WEB-1 of team Web into Sprint 2 and lets it wait for WEB-2 of team
// Core in another scope and another Sprint.
func (o *office) pair(blocker work.SprintID) (w, b work.Record) {
	b = story("jira", "api", "2", "core", blocker)
	w = waits(story("jira", "web", "1", "web", sprint2), b)
	o.jira.Put(b, w)
	return w, b
}

// ours are the comments with our marker on an item.
func (o *office) ours(ref work.Ref) (found []comment.Marker) {
	o.t.Helper()
	d := o.jira
	if ref.Tracker == "github" {
		d = o.github
	}
	for _, c := range d.Said(ref) {
		if m, ok := comment.Parse(c.Body); ok && c.Author == memory.Account {
			found = append(found, m)
		}
	}
	return found
}

// wantFlag says how many flags an item must bear, and in which state the last is.
func (o *office) wantFlag(ref work.Ref, n int, last comment.State) {
	o.t.Helper()
	var flags []comment.Marker
	for _, m := range o.ours(ref) {
		if m.Kind == comment.Flag {
			flags = append(flags, m)
		}
	}
	if len(flags) != n {
		o.t.Fatalf("%d flags on %s; want %d", len(flags), ref, n)
	}
	if n > 0 && flags[n-1].State != last {
		o.t.Fatalf("the flag on %s is %s; want %s", ref, flags[n-1].State, last)
	}
}

// writes counts every request that writes.
func (o *office) writes() int {
	n := 0
	for _, d := range []*desk{o.jira, o.github} {
		n += d.Calls(memory.Post) + d.Calls(memory.Edit) + d.Calls(memory.Erase)
	}
	return n
}

// wantQuiet runs a cycle that must write nothing.
func (o *office) wantQuiet() *cycle.Report {
	o.t.Helper()
	before := o.writes()
	r := o.run()
	if n := o.writes() - before; n != 0 || len(r.Plan.Actions) > 0 {
		o.t.Fatalf("%d writes, planned %+v; want none", n, r.Plan.Actions)
	}
	return r
}

func held(r *cycle.Report, reason plan.Reason) int {
	for _, h := range r.Plan.Held {
		if h.Reason == reason {
			return h.Actions
		}
	}
	return 0
}

// desk is the fake tracker with hands on what it shows.
type desk struct {
	*memory.Tracker
	unread  map[string]bool                    // scopes that cannot be read
	mute    bool                               // pages come without comments
	show    func(scope string, r *work.Record) // changes what a scope shows of a record
	posting func(ctx context.Context)          // called before a post
	asked   func(targets []work.Target)        // called before a fetch
}

func newDesk(name string) *desk {
	return &desk{Tracker: memory.New(name), unread: map[string]bool{}}
}

func (d *desk) Changes(ctx context.Context, scope tracker.Scope, from tracker.Cursor) (tracker.Page, error) {
	if d.unread[scope.Name] {
		return tracker.Page{}, &tracker.Error{Kind: tracker.Transient, Op: "read " + scope.Name, Err: errors.New("down")}
	}
	page, err := d.Tracker.Changes(ctx, scope, from)
	if d.mute {
		page.Comments, page.Commented = nil, nil
	}
	for i := range page.Records {
		if d.show != nil {
			d.show(scope.Name, &page.Records[i])
		}
	}
	return page, err
}

func (d *desk) Fetch(ctx context.Context, targets []work.Target) ([]tracker.Fetched, error) {
	if d.asked != nil {
		d.asked(targets)
	}
	return d.Tracker.Fetch(ctx, targets)
}

func (d *desk) Post(ctx context.Context, item work.Ref, draft tracker.Draft) (tracker.Comment, error) {
	if d.posting != nil {
		d.posting(ctx)
	}
	if err := ctx.Err(); err != nil {
		return tracker.Comment{}, &tracker.Error{Kind: tracker.Unclear, Op: "post", Err: err}
	}
	return d.Tracker.Post(ctx, item, draft)
}

// breakable is the store of a process that is killed: from a moment on nothing
// of what it still wants to remember arrives.
type breakable struct {
	*store.Store
	clear  bool // killed when a post's outcome is to be saved
	cursor bool // killed once a cursor is saved
	dead   atomic.Bool
}

var errKilled = errors.New("killed")

func (b *breakable) ClearIntent(ctx context.Context, product string, id comment.Identity, outcome ...store.Comment) error {
	if b.clear || b.dead.Load() {
		b.dead.Store(true)
		return errKilled
	}
	return b.Store.ClearIntent(ctx, product, id, outcome...)
}

func (b *breakable) Apply(ctx context.Context, product string, delta store.Delta) error {
	if b.dead.Load() {
		return errKilled
	}
	err := b.Store.Apply(ctx, product, delta)
	if b.cursor && delta.Reading != nil {
		b.dead.Store(true)
	}
	return err
}

func (b *breakable) SaveComments(ctx context.Context, product string, comments ...store.Comment) error {
	if b.dead.Load() {
		return errKilled
	}
	return b.Store.SaveComments(ctx, product, comments...)
}

func (b *breakable) SaveMemory(ctx context.Context, product string, saved, now facts.Memory) error {
	if b.dead.Load() {
		return errKilled
	}
	return b.Store.SaveMemory(ctx, product, saved, now)
}

// silent is nobody who counts.
type silent struct{}

func (silent) Wrote(string, string, string)        {}
func (silent) Phase(string, string, time.Duration) {}

func days(n int) duration.Duration { return duration.Duration(time.Duration(n) * 24 * time.Hour) }
