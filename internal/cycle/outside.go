package cycle

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"strata/internal/store"
	"strata/internal/tracker"
	"strata/internal/work"
)

// retryAbsent is how long a target that could not be seen is not asked for again.
const retryAbsent = time.Hour

// fetchOutside reads the blockers outside the scopes that planned items wait
// for, in bulk, a few calls in all. What cannot be seen stays as its link's stub
// tells. It says whether anything was learned.
func (p *Product) fetchOutside(ctx context.Context, r *Report) (bool, error) {
	learned := false
	wanted := p.outsideTargets(r)
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		t, ok := p.trackers[name]
		if !ok {
			continue
		}
		fetched, err := t.Fetch(ctx, wanted[name])
		if err != nil {
			r.Outside = fmt.Errorf("fetch %d blockers outside the scopes: %w", len(wanted[name]), err)
			continue
		}
		var records []work.Record
		for _, f := range fetched {
			switch {
			case f.Err == nil:
				f.Record.Scopes = nil
				records = append(records, f.Record)
			case tracker.KindOf(f.Err) == tracker.NotFound:
				p.note(f.Target, r.Taken)
			}
		}
		if len(records) == 0 {
			continue
		}
		if err := p.store.Apply(ctx, p.config.Product, store.Delta{Records: records}); err != nil {
			return false, err
		}
		p.view.Put(records...)
		learned = true
	}
	return learned, nil
}

// outsideTargets lists by tracker the blockers outside the scopes whose waiting
// item is planned. They are read again in each cycle, because no scope's reading
// would tell that they changed.
func (p *Product) outsideTargets(r *Report) map[string][]work.Target {
	targets := map[string][]work.Target{}
	asked := map[work.Ref]bool{}
	for i := range r.Graph.Edges() {
		e := &r.Graph.Edges()[i]
		waiting, it := r.Graph.Item(e.Waiting), r.Graph.Item(e.Blocker)
		if !it.Outside || waiting.Outside || asked[it.Ref] || !waiting.State.Open() || !r.planned(waiting) {
			continue
		}
		asked[it.Ref] = true
		target := work.Target{Ref: it.Ref, Key: it.Key, URL: it.URL}
		if !p.wasAbsent(target, r.Taken) {
			targets[it.Ref.Tracker] = append(targets[it.Ref.Tracker], target)
		}
	}
	return targets
}

// note remembers that a target could not be seen.
func (p *Product) note(t work.Target, now time.Time) {
	p.absentMu.Lock()
	defer p.absentMu.Unlock()
	if p.absent == nil {
		p.absent = map[work.Target]time.Time{}
	}
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
