package cycle

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"strata/internal/comment"
	"strata/internal/duration"
	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/store"
	"strata/internal/tracker"
	"strata/internal/work"
)

// Config is what a product's cycle has to know. App composes it from the operator's file.
type Config struct {
	Product string
	Scopes  []Scope
	// FullRead is the time after which a scope is read from the beginning again.
	FullRead duration.Duration
	Mode     plan.Mode                 // the product's, or the installation's where it has none
	Modes    map[work.TeamID]plan.Mode // of the teams that have their own
	// EditsNotify names the trackers that mail people when a comment is edited.
	EditsNotify map[string]bool
	Comments    plan.Config
	Words       comment.Config
	Policy      refine.Policy
	Rules       []refine.Rule
	Checks      []refine.Check
	Documents   Documents
}

// Scope is what of a tracker belongs to the product.
type Scope struct {
	tracker.Scope
	Tracker string
	// Selector is all that a cursor depends on, in one text: a changed selector is read anew.
	Selector string
}

// Store is what a cycle needs to remember.
type Store interface {
	Load(ctx context.Context, product string) (store.State, error)
	Record(ctx context.Context, product string, ref work.Ref) (work.Record, bool, error)
	Apply(ctx context.Context, product string, delta store.Delta) error
	SaveMemory(ctx context.Context, product string, saved, now facts.Memory) error
	SaveComments(ctx context.Context, product string, comments ...store.Comment) error
	DeleteComment(ctx context.Context, product string, identity comment.Identity, id string) error
	SaveIntent(ctx context.Context, product string, intent store.Intent) error
	ClearIntent(ctx context.Context, product string, identity comment.Identity, outcome ...store.Comment) error
	RecentPosts(ctx context.Context, product string, since time.Time) ([]time.Time, error)
}

// Activity is told what the cycle does, for the metrics.
type Activity interface {
	Wrote(tracker, op, outcome string)
	Phase(product, phase string, took time.Duration)
}

// Product runs the cycles of one product and keeps it warm between them. Its
// methods are not safe for concurrent use: one product, one cycle at a time.
type Product struct {
	config   Config
	trackers map[string]tracker.Tracker
	store    Store
	activity Activity
	now      func() time.Time
	log      *slog.Logger

	view     *facts.Product
	reading  *readings
	ledger   *ledger
	remarks  *remarks
	pasts    *pasts
	memory   facts.Memory
	saved    facts.Memory              // as the store has it
	fetched  map[work.Ref]work.Record  // blockers outside the scopes, as last fetched
	absent   map[work.Target]time.Time // targets that could not be fetched, and when
	absentMu sync.Mutex
}

// New returns the cycles of a product. The view maps records as the config says.
func New(config Config, view *facts.Product, trackers map[string]tracker.Tracker, st Store, activity Activity, now func() time.Time, log *slog.Logger) *Product {
	return &Product{
		config: config, view: view, trackers: trackers, store: st, activity: activity, now: now,
		log: log.With("product", config.Product), fetched: map[work.Ref]work.Record{}, absent: map[work.Target]time.Time{},
	}
}

// Run is one cycle. It always returns a report; the error says that the store
// failed, after which nothing was written.
func (p *Product) Run(ctx context.Context) (*Report, error) {
	r := &Report{Product: p.config.Product, Taken: p.now().UTC()}

	err := r.phase(p, "read", func() error { return p.read(ctx, r) })
	if err != nil {
		return r, err
	}
	err = r.phase(p, "judge", func() error { return p.judge(ctx, r) })
	if err != nil {
		return r, err
	}
	var wanted documents
	err = r.phase(p, "plan", func() (err error) { wanted, err = p.plan(ctx, r); return err })
	if err != nil {
		return r, err
	}
	err = r.phase(p, "write", func() error { return p.write(ctx, r, wanted) })
	p.report(r)
	return r, err
}

// Preview is a cycle that reads and judges but writes nothing, neither to a
// tracker nor to the ledger; its plan shows everything that waits, and why.
func (p *Product) Preview(ctx context.Context) (*Report, error) {
	r := &Report{Product: p.config.Product, Taken: p.now().UTC()}
	if err := p.read(ctx, r); err != nil {
		return r, err
	}
	if err := p.judge(ctx, r); err != nil {
		return r, err
	}
	_, err := p.plan(ctx, r)
	return r, err
}

// judge turns what was read into an assessment, and fetches once what a
// blocker outside the scopes would leave unknown.
func (p *Product) judge(ctx context.Context, r *Report) error {
	p.assess(ctx, r)
	fetched, err := p.fetchOutside(ctx, r)
	if err != nil {
		return err
	}
	told, err := p.fetchPasts(ctx, r)
	if err != nil {
		return err
	}
	if fetched || told {
		p.assess(ctx, r)
	}
	r.Objectives, r.Serves = p.config.Documents.Objectives, p.serves(r)
	return p.remember(ctx, r)
}

// mostParents bounds the way up from an item to an objective: hierarchies that
// are read in pieces may run in circles.
const mostParents = 8

// serves finds the objectives of each item: its own, else its nearest parent's.
func (p *Product) serves(r *Report) map[work.Ref][]string {
	if len(p.config.Documents.Objectives) == 0 {
		return nil
	}
	found := map[work.Ref][]string{}
	for i := range r.Snapshot.Items {
		it := &r.Snapshot.Items[i]
		for up, steps := it, 0; up != nil && !it.Outside && steps < mostParents; up, steps = r.item(up.Parent), steps+1 {
			if names := p.view.Objectives(up.Ref); len(names) > 0 {
				found[it.Ref] = names
				break
			}
		}
	}
	return found
}

func (p *Product) assess(ctx context.Context, r *Report) {
	today := p.today(r)
	r.Snapshot = p.view.Snapshot(r.Taken, today, r.unread())
	r.doubtOutside()
	r.Graph = graph.Build(r.Snapshot.Items)
	r.index(today)
	p.listen(ctx, r)
	p.memory.Changes = p.changesOf(r)
	p.memory.Paces = facts.Paces(r.Snapshot, p.memory.Changes, p.view.Calendar(), today)
	r.Assessment = refine.Judge(r.Snapshot, r.Graph, p.memory, p.config.Policy, today, p.config.Rules, p.config.Checks)
	r.Rules = ruleIDs(p.config.Rules)
}

// phase measures a part of the cycle. The time it takes is the machine's own,
// whatever day it is for the product.
func (r *Report) phase(p *Product, name string, run func() error) error {
	began := time.Now()
	err := run()
	took := time.Since(began)
	r.Phases = append(r.Phases, Phase{Name: name, Took: took})
	p.activity.Phase(p.config.Product, name, took)
	return err
}

// report writes the cycle's one log line.
func (p *Product) report(r *Report) {
	level := slog.LevelInfo
	if !r.OK() {
		level = slog.LevelWarn
	}
	attrs := []any{
		"items", len(r.Snapshot.Items), "dependencies", len(r.Assessment.Dependencies), "findings", len(r.Assessment.Findings),
		"planned", len(r.Plan.Actions), "kept", r.Plan.Kept, "failed", r.Failed(),
	}
	for _, ph := range r.Phases {
		attrs = append(attrs, ph.Name, ph.Took.Round(time.Millisecond).String())
	}
	if len(r.Snapshot.Unread) > 0 {
		attrs = append(attrs, "unread", r.Snapshot.Unread)
	}
	for _, name := range slices.Sorted(maps.Keys(r.Outside)) {
		attrs = append(attrs, "outside_"+name, r.Outside[name].Error())
	}
	if len(r.Plan.Held) > 0 {
		attrs = append(attrs, "held", heldText(r.Plan.Held))
	}
	p.log.Log(context.Background(), level, "cycle", attrs...)
}
