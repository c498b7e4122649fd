package cycle

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"strata/internal/store"
	"strata/internal/tracker"
	"strata/internal/work"
)

// readings is what is known of every scope and, leanly, of every record: enough
// to merge the next page into it.
type readings struct {
	mu      sync.Mutex
	scopes  map[string]store.Reading
	sprints map[work.SprintID]work.RecordSprint
	known   map[work.Ref]known
}

// known is what the next reading of a record is compared with.
type known struct {
	scopes []string
	key    string
	old    []string // keys it had before it moved: texts still name it by them
	links  []work.RecordLink
	plan   planning

	due     string
	blocked bool
	updated time.Time
}

// planning are the facts that only a project's items carry, and that reading
// the same issue through its repository must not wipe out.
type planning struct {
	status   work.Status
	team     []string
	sprints  []work.SprintID
	start    string
	neededBy string
	estimate *float64
	rank     string
}

// errStopped says that a store failed and the cycle must end.
var errStopped = errors.New("the store failed")

// READ: every scope at once, page by page; a page's records are kept with the
// page, the cursor only with the last, once the comments that came are in the ledger.
func (p *Product) read(ctx context.Context, r *Report) error {
	if err := p.load(ctx); err != nil {
		return err
	}
	var mu sync.Mutex
	var group errgroup.Group
	for i := range p.config.Scopes {
		scope := &p.config.Scopes[i]
		group.Go(func() error {
			reading := p.readScope(ctx, scope, r.Taken)
			mu.Lock()
			defer mu.Unlock()
			r.Scopes = append(r.Scopes, reading)
			if errors.Is(reading.Err, errStopped) {
				return reading.Err
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	slices.SortFunc(r.Scopes, func(a, b ScopeReading) int { return strings.Compare(a.Scope, b.Scope) })
	p.view.SetSprints(slices.Collect(maps.Values(p.reading.sprints))...)
	if err := p.reconcileLedger(ctx, r.Taken); err != nil { // what came with a reading that failed half-way
		return err
	}
	return p.settleIntents(ctx, r.Taken)
}

func (p *Product) readScope(ctx context.Context, scope *Scope, now time.Time) ScopeReading {
	result := ScopeReading{Scope: scope.Name, Tracker: scope.Tracker}
	reading := p.reading.of(scope, now, p.config.FullRead.Std())
	result.Complete = reading.Read

	seen := map[work.Ref]bool{}
	cursor, full := reading.Cursor, false
	for more := true; more; {
		page, err := p.trackers[scope.Tracker].Changes(ctx, scope.Scope, cursor)
		if err != nil {
			result.Err = fmt.Errorf("read %s: %w", scope.Name, err)
			return result
		}
		if err := p.merge(ctx, scope, page, seen); err != nil {
			result.Err = err
			return result
		}
		result.Calls++
		result.Items += len(page.Records)
		cursor, more, full = page.Next, page.More, full || page.Full
		if result.Calls%20 == 0 {
			p.log.Info("reading", "scope", scope.Name, "items", result.Items, "expected", page.Expected)
		}
	}
	if err := p.reconcileLedger(ctx, now); err != nil {
		result.Err = fmt.Errorf("%w: %w", errStopped, err)
		return result
	}
	reading.Cursor, reading.Read = cursor, now
	if full {
		reading.Full = now
		if err := p.offBoard(ctx, scope, now, seen); err != nil {
			result.Err = err
			return result
		}
	}
	if err := p.finish(ctx, scope, reading, seen, full); err != nil {
		result.Err = err
		return result
	}
	result.Complete = now
	return result
}

// of returns where a scope's reading stands. A changed selector, a full reading
// that is due, and a scope never read begin at the empty cursor.
func (rs *readings) of(scope *Scope, now time.Time, fullRead time.Duration) store.Reading {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	reading, ok := rs.scopes[scope.Name]
	if !ok || reading.Selector != scope.Selector {
		return store.Reading{Scope: scope.Name, Selector: scope.Selector}
	}
	if fullRead > 0 && now.Sub(reading.Full) >= fullRead {
		reading.Cursor = ""
	}
	return reading
}

// merge takes one page in: into the store, the view and the ledger.
func (p *Product) merge(ctx context.Context, scope *Scope, page tracker.Page, seen map[work.Ref]bool) error {
	lost := p.vanished(scope, page.Records)
	kept, err := p.unseen(ctx, scope, lost)
	if err != nil {
		return err
	}
	delta := store.Delta{Records: page.Records, Sprints: page.Sprints}
	p.reading.mu.Lock()
	defer p.reading.mu.Unlock()
	for i := range page.Records {
		record := &page.Records[i]
		seen[record.Ref] = true
		before := p.reading.known[record.Ref]
		if scope.Project == "" && p.config.inProject(before.scopes) {
			before.plan.restore(record)
		}
		record.Scopes = withScope(before.scopes, scope.Name)
		record.OldKeys = before.names(record)
		record.Links = append(record.Links, kept[record.Ref]...)
		if past, happened := p.observe(before, record); happened {
			delta.Pasts = append(delta.Pasts, past)
		}
		p.reading.known[record.Ref] = lean(record)
	}
	for _, sprint := range page.Sprints {
		p.reading.sprints[sprint.ID] = sprint
	}
	delta.Remarks, delta.GoneRemarks = p.remarks.delta(page)
	if err := p.store.Apply(ctx, p.config.Product, delta); err != nil {
		return fmt.Errorf("%w: %w", errStopped, err)
	}
	p.view.Put(page.Records...)
	p.remarks.apply(delta.Remarks, delta.GoneRemarks, nil)
	p.pasts.put(delta.Pasts...)
	p.ledger.see(page)
	return nil
}

// finish ends a reading: what a full reading did not name is no longer in the
// scope, and the cursor is kept together with that.
func (p *Product) finish(ctx context.Context, scope *Scope, reading store.Reading, seen map[work.Ref]bool, full bool) error {
	p.reading.mu.Lock()
	defer p.reading.mu.Unlock()
	delta := store.Delta{Reading: &reading}
	if full {
		for ref, k := range p.reading.known {
			if seen[ref] || !slices.Contains(k.scopes, scope.Name) {
				continue
			}
			if err := p.leave(ctx, scope, ref, &delta); err != nil {
				return err
			}
		}
	}
	if err := p.store.Apply(ctx, p.config.Product, delta); err != nil {
		return fmt.Errorf("%w: %w", errStopped, err)
	}
	p.view.Put(delta.Records...)
	p.view.Remove(delta.Gone...)
	p.remarks.apply(nil, nil, delta.Gone)
	p.pasts.forget(delta.Gone...)
	p.reading.scopes[scope.Name] = reading
	return nil
}

// leave takes a record out of a scope, and out of the product when that was its last.
func (p *Product) leave(ctx context.Context, scope *Scope, ref work.Ref, delta *store.Delta) error {
	k := p.reading.known[ref]
	k.scopes = slices.DeleteFunc(slices.Clone(k.scopes), func(s string) bool { return s == scope.Name })
	if len(k.scopes) == 0 {
		delete(p.reading.known, ref)
		delta.Gone = append(delta.Gone, ref)
		return nil
	}
	record, ok, err := p.store.Record(ctx, p.config.Product, ref)
	if err != nil || !ok {
		return errors.Join(errStopped, err)
	}
	record.Scopes = k.scopes
	if scope.Project != "" && !p.config.inProject(k.scopes) {
		planning{status: record.Status}.restore(&record)
	}
	p.reading.known[ref] = lean(&record)
	delta.Records = append(delta.Records, record)
	return nil
}

func (c *Config) inProject(scopes []string) bool {
	return slices.ContainsFunc(c.Scopes, func(s Scope) bool { return s.Project != "" && slices.Contains(scopes, s.Name) })
}

func lean(r *work.Record) known {
	return known{
		scopes: r.Scopes, key: r.Key, old: r.OldKeys, links: r.Links,
		plan: planning{r.Status, r.Team, r.Sprints, r.Start, r.NeededBy, r.Estimate, r.Rank}, due: r.Due, blocked: r.Blocked, updated: r.Updated,
	}
}

// names returns the keys by which a record went before, with those it is known by.
func (k known) names(r *work.Record) []string {
	all := slices.Concat(k.old, r.OldKeys, []string{k.key})
	all = slices.DeleteFunc(all, func(key string) bool { return key == "" || key == r.Key })
	slices.Sort(all)
	return slices.Compact(all)
}

// restore puts a project's facts back into a record that was read without them.
// The status is the project's only as long as the issue's own state agrees.
func (pl planning) restore(r *work.Record) {
	if r.Status.Category == pl.status.Category || (r.Status.Category != work.CategoryDone && pl.status.Category != work.CategoryDone) {
		r.Status = pl.status
	}
	r.Team, r.Sprints, r.Start, r.NeededBy, r.Estimate, r.Rank = pl.team, pl.sprints, pl.start, pl.neededBy, pl.estimate, pl.rank
}

func withScope(scopes []string, name string) []string {
	if slices.Contains(scopes, name) {
		return scopes
	}
	return slices.Sorted(slices.Values(append(slices.Clone(scopes), name)))
}
