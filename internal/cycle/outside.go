package cycle

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"strata/internal/facts"
	"strata/internal/store"
	"strata/internal/tracker"
	"strata/internal/work"
)

// retryAbsent is how long a target that could not be seen is not asked for again.
const retryAbsent = time.Hour

// fetchOutside reads the blockers outside the scopes that planned items wait
// for, in bulk, a few calls in all. What was never seen stays as its link's stub
// tells; what was, and cannot be seen any more, is unknown. It says whether the
// product must be judged anew.
func (p *Product) fetchOutside(ctx context.Context, r *Report) (bool, error) {
	news := false
	wanted, asked := p.outsideTargets(r)
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		t, ok := p.trackers[name]
		if !ok {
			continue
		}
		fetched, err := t.Fetch(ctx, wanted[name])
		if err != nil {
			if r.Outside == nil {
				r.Outside = map[string]error{}
			}
			r.Outside[name] = fmt.Errorf("fetch %d blockers outside the scopes: %w", len(wanted[name]), err)
			news = true
			continue
		}
		p.miss(r, fetched, asked)
		learned, err := p.learn(ctx, r, fetched)
		if err != nil {
			return false, err
		}
		news = news || learned
	}
	return news, nil
}

// mostReads is up to where failed readings of one item are counted.
const mostReads = 1000

// miss counts the items that could not be read, and forgets those that could.
func (p *Product) miss(r *Report, fetched []tracker.Fetched, asked map[work.Target]work.Ref) {
	missing := cloned(p.memory.Missing)
	for _, f := range fetched {
		ref := asked[plain(f.Target)]
		switch m := missing[ref]; {
		case f.Err == nil:
			delete(missing, ref)
			delete(missing, f.Record.Ref)
		case tracker.KindOf(f.Err) == tracker.NotFound && m.Reads < mostReads:
			if m.Reads == 0 {
				m.Since = r.Taken
			}
			m.Reads++
			missing[ref] = m
		}
	}
	p.memory.Missing = missing
}

// learn takes fetched blockers in, and says whether they tell anything new.
func (p *Product) learn(ctx context.Context, r *Report, fetched []tracker.Fetched) (bool, error) {
	var records []work.Record
	doubted := false
	for _, f := range fetched {
		switch {
		case f.Err == nil:
			if record := p.outsider(f.Record); !reflect.DeepEqual(record, p.fetched[record.Ref]) {
				p.fetched[record.Ref] = record
				records = append(records, record)
			}
		case tracker.KindOf(f.Err) == tracker.NotFound:
			p.note(f.Target, r.Taken)
			delete(p.fetched, f.Target.Ref)
			news, err := p.doubt(ctx, f.Target.Ref)
			if err != nil {
				return false, err
			}
			doubted = doubted || news
		}
	}
	if len(records) == 0 {
		return doubted, nil
	}
	if err := p.store.Apply(ctx, p.config.Product, store.Delta{Records: records}); err != nil {
		return false, err
	}
	p.view.Put(records...)
	return true, nil
}

// outsider makes a fetched record one of no scope; unless it is an item of ours
// after all, under a key that it had before it moved. That one stays where it is.
func (p *Product) outsider(record work.Record) work.Record {
	before := p.reading.known[record.Ref]
	if p.config.inProject(before.scopes) {
		before.plan.restore(&record)
	}
	if had, ok := p.fetched[record.Ref]; ok && len(before.scopes) == 0 { // texts name it as they did when it was asked for first
		before.old = slices.Concat(before.old, had.OldKeys, []string{had.Key})
	}
	record.Scopes, record.OldKeys = before.scopes, before.names(&record)
	if len(before.scopes) > 0 {
		before.old = record.OldKeys
		p.reading.known[record.Ref] = before
	}
	return record
}

// outsideTargets lists by tracker the blockers outside the scopes whose waiting
// item is planned. They are read again in each cycle, because no scope's reading
// would tell that they changed. The second map says which item each target is.
func (p *Product) outsideTargets(r *Report) (map[string][]work.Target, map[work.Target]work.Ref) {
	targets, known := map[string][]work.Target{}, map[work.Target]work.Ref{}
	asked := map[work.Ref]bool{}
	for i := range r.Graph.Edges() {
		e := &r.Graph.Edges()[i]
		waiting, it := r.Graph.Item(e.Waiting), r.Graph.Item(e.Blocker)
		if !it.Outside && it.State != work.StateUnknown || waiting.Outside || asked[it.Ref] || !waiting.State.Open() || !r.planned(waiting) {
			continue
		}
		asked[it.Ref] = true
		target := facts.FetchTarget(it)
		known[plain(target)] = it.Ref
		if !p.wasAbsent(target, r.Taken) {
			targets[it.Ref.Tracker] = append(targets[it.Ref.Tracker], target)
		}
	}
	return targets, known
}

// note remembers that a target could not be seen.
func (p *Product) note(t work.Target, now time.Time) {
	p.absentMu.Lock()
	defer p.absentMu.Unlock()
	p.absent[plain(t)] = now
}

func (p *Product) wasAbsent(t work.Target, now time.Time) bool {
	p.absentMu.Lock()
	defer p.absentMu.Unlock()
	at, ok := p.absent[plain(t)]
	return ok && now.Sub(at) < retryAbsent
}

// plain is a target without its stub, as a key of a map.
func plain(t work.Target) work.Target { return work.Target{Ref: t.Ref, Key: t.Key} }
