package cycle

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"strata/internal/facts"
	"strata/internal/store"
	"strata/internal/tracker"
	"strata/internal/work"
)

// pasts is how items came to be as they are. What is read from now on we see
// ourselves; what was before that, the tracker's history is asked for, once an
// item, as far as judging needs it.
type pasts struct {
	byItem  map[work.Ref]work.Past
	stale   map[work.Ref]bool // whose changes must be read anew
	sprints []work.Sprint     // by which changes were read
	changes map[work.Ref][]facts.Change
	refused map[string]time.Time // by tracker: when it said that it tells no history
}

func newPasts(stored []work.Past) *pasts {
	p := &pasts{byItem: make(map[work.Ref]work.Past, len(stored)), stale: map[work.Ref]bool{}, changes: map[work.Ref][]facts.Change{}, refused: map[string]time.Time{}}
	p.put(stored...)
	return p
}

func (p *pasts) put(changed ...work.Past) {
	for _, past := range changed {
		p.byItem[past.Ref] = past
		p.stale[past.Ref] = true
	}
}

func (p *pasts) forget(gone ...work.Ref) {
	for _, ref := range gone {
		delete(p.byItem, ref)
		delete(p.changes, ref)
		delete(p.stale, ref)
	}
}

// observe compares a record with what was known of it, and returns the item's
// past when something happened.
func (p *Product) observe(before known, record *work.Record) (work.Past, bool) {
	if before.key == "" { // a first sight is no change
		return work.Past{}, false
	}
	was := work.Record{Status: before.plan.status, Sprints: before.plan.sprints, Due: before.due, Blocked: before.blocked, Updated: before.updated}
	steps := facts.Observe(&was, record, p.now())
	if len(record.Sprints) > 0 && !record.Updated.Equal(before.updated) && p.view.OtherCriteria(record) {
		steps = append(steps, work.Step{Of: work.CriteriaStep, At: record.Updated, Observed: true})
	}
	if len(steps) == 0 {
		return work.Past{}, false
	}
	past := p.pasts.byItem[record.Ref]
	past.Ref = record.Ref
	past.Steps = lastSteps(append(slices.Clone(past.Steps), steps...))
	return past, true
}

func lastSteps(steps []work.Step) []work.Step { return steps[max(0, len(steps)-work.MostSteps):] }

// recent is how far back deliveries tell how fast a team is.
const recent = 90 * 24 * time.Hour

// refusal is how long a tracker that tells no history is not asked again.
const refusal = 24 * time.Hour

// mostDelivered bounds, for each team, the deliveries of which the history is asked.
const mostDelivered = 30

// fetchPasts asks the trackers for the history of items that judging rests on
// and that began before we saw them. It is no harm when they do not answer: the
// rest is asked for in the next cycle. It says whether there is news.
func (p *Product) fetchPasts(ctx context.Context, r *Report) (bool, error) {
	news := false
	wanted := p.pastsWanted(r)
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		t, ok := p.trackers[name].(tracker.Historian)
		if at, refused := p.pasts.refused[name]; !ok || refused && r.Taken.Sub(at) < refusal {
			continue
		}
		found, err := t.History(ctx, wanted[name])
		if err != nil {
			if kind := tracker.KindOf(err); kind == tracker.Rejected || kind == tracker.NotFound {
				p.pasts.refused[name] = r.Taken
			}
			p.log.Warn("the history of items is not known yet", "tracker", name, "items", len(wanted[name]), "error", err)
		}
		if len(found) == 0 {
			continue
		}
		for i := range found {
			p.complete(&found[i], r.Taken)
		}
		if err := p.store.Apply(ctx, p.config.Product, store.Delta{Pasts: found}); err != nil {
			return false, fmt.Errorf("%w: %w", errStopped, err)
		}
		p.pasts.put(found...)
		news = true
	}
	return news, nil
}

// complete joins what a history tells with what we saw after it was written:
// the history is nearer to what happened.
func (p *Product) complete(past *work.Past, now time.Time) {
	past.Asked = now
	criteria := slices.DeleteFunc(slices.Clone(p.pasts.byItem[past.Ref].Steps), func(s work.Step) bool { return s.Of != work.CriteriaStep })
	past.Steps = append(past.Steps, criteria...)
	slices.SortStableFunc(past.Steps, func(a, b work.Step) int { return a.At.Compare(b.At) })
	past.Steps = lastSteps(past.Steps)
}

// pastsWanted lists by tracker the items whose history is not known and matters:
// the two sides of each dependency, and each team's latest deliveries.
func (p *Product) pastsWanted(r *Report) map[string][]work.Ref {
	wanted := map[string][]work.Ref{}
	asked := map[work.Ref]bool{}
	want := func(it *work.Item) {
		if it == nil || it.Outside || it.Unread || asked[it.Ref] || !p.pasts.byItem[it.Ref].Asked.IsZero() {
			return
		}
		if !p.memory.Installed.IsZero() && it.Created.After(p.memory.Installed) {
			return // we saw it all
		}
		asked[it.Ref] = true
		wanted[it.Ref.Tracker] = append(wanted[it.Ref.Tracker], it.Ref)
	}
	for i := range r.Assessment.Dependencies {
		d := &r.Assessment.Dependencies[i]
		want(r.item(d.Blocker))
		want(r.item(d.Waiting))
	}
	for _, it := range r.deliveries() {
		want(it)
	}
	return wanted
}

// deliveries are each team's latest, the newest first.
func (r *Report) deliveries() (list []*work.Item) {
	for i := range r.Snapshot.Items {
		it := &r.Snapshot.Items[i]
		if it.State == work.StateDelivered && it.Team() != "" && it.Layer() == work.TeamLayer && r.Taken.Sub(it.Resolved) < recent {
			list = append(list, it)
		}
	}
	slices.SortFunc(list, func(a, b *work.Item) int { return cmp.Or(b.Resolved.Compare(a.Resolved), a.Ref.Compare(b.Ref)) })
	count := map[work.TeamID]int{}
	return slices.DeleteFunc(list, func(it *work.Item) bool {
		count[it.Team()]++
		return count[it.Team()] > mostDelivered
	})
}

// changesOf returns what all items went through, by the Sprints of a snapshot.
// Only what is new is read anew.
func (p *Product) changesOf(r *Report) map[work.Ref][]facts.Change {
	ps := p.pasts
	if !slices.EqualFunc(ps.sprints, r.Snapshot.Sprints, sameBox) {
		ps.sprints = r.Snapshot.Sprints
		for ref := range ps.byItem {
			ps.stale[ref] = true
		}
	}
	if len(ps.stale) == 0 {
		return ps.changes
	}
	ps.changes = maps.Clone(ps.changes) // reports share what they were given
	for ref := range ps.stale {
		if changes := p.view.Changes(ps.byItem[ref], r.sprints); len(changes) > 0 {
			ps.changes[ref] = changes
		} else {
			delete(ps.changes, ref)
		}
	}
	clear(ps.stale)
	return ps.changes
}

func sameBox(a, b work.Sprint) bool {
	return a.ID == b.ID && a.State == b.State && a.Window == b.Window
}
