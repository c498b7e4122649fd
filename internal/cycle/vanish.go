package cycle

import (
	"context"
	"fmt"
	"slices"
	"time"

	"strata/internal/store"
	"strata/internal/tracker"
	"strata/internal/work"
)

// lost is a link that a record showed before and does not show any more.
type lost struct {
	from work.Ref
	link work.RecordLink
}

// vanished returns the links that the new records do not show any more.
func (p *Product) vanished(scope *Scope, records []work.Record) []lost {
	p.reading.mu.Lock()
	defer p.reading.mu.Unlock()
	var all []lost
	for i := range records {
		for _, before := range p.reading.known[records[i].Ref].links {
			if before.To.Ref.Tracker != scope.Tracker || before.Origin == work.Text {
				continue // another tracker's items do not vanish with a permission of this one
			}
			still := slices.ContainsFunc(records[i].Links, func(now work.RecordLink) bool {
				return now.To.Ref == before.To.Ref && now.Speaks == before.Speaks && now.Kind == before.Kind && now.TypeID == before.TypeID
			})
			if !still {
				all = append(all, lost{records[i].Ref, before})
			}
		}
	}
	return all
}

// unseen fetches the far ends of vanished links. One that can be read has really
// been unlinked; one that cannot is unknown, and its link is kept. Keeping it is
// also right when it is gone for good: "linked to an item that cannot be read"
// is then a finding of its own, and not ours to conclude here.
func (p *Product) unseen(ctx context.Context, scope *Scope, vanished []lost) (map[work.Ref][]work.RecordLink, error) {
	if len(vanished) == 0 {
		return nil, nil
	}
	targets := make([]work.Target, 0, len(vanished))
	for _, l := range vanished {
		targets = append(targets, l.link.To)
	}
	fetched, err := p.trackers[scope.Tracker].Fetch(ctx, targets)
	if err != nil {
		return nil, fmt.Errorf("read the far ends of %d vanished links: %w", len(vanished), err)
	}
	kept := map[work.Ref][]work.RecordLink{}
	for i, f := range fetched {
		switch kind := tracker.KindOf(f.Err); kind {
		case "":
		case tracker.NotFound:
			link := vanished[i].link
			link.To.Stub = nil // what it told is no longer known
			kept[vanished[i].from] = append(kept[vanished[i].from], link)
			p.note(link.To, p.now())
			if _, err := p.doubt(ctx, link.To.Ref); err != nil {
				return nil, err
			}
		default:
			return nil, fmt.Errorf("read the far ends of %d vanished links: %w", len(vanished), f.Err)
		}
	}
	return kept, nil
}

// offBoard fetches the items that a project does not show any more though another
// scope holds them. One that can be read was taken off the project. One that
// cannot is unknown, and keeps its place: without it the item would look unplanned.
func (p *Product) offBoard(ctx context.Context, scope *Scope, now time.Time, seen map[work.Ref]bool) error {
	if scope.Project == "" {
		return nil
	}
	var targets []work.Target
	p.reading.mu.Lock()
	for ref, k := range p.reading.known {
		if seen[ref] || len(k.scopes) < 2 || !slices.Contains(k.scopes, scope.Name) {
			continue
		}
		if target := (work.Target{Ref: ref, Key: k.key}); p.wasAbsent(target, now) {
			seen[ref] = true
		} else {
			targets = append(targets, target)
		}
	}
	p.reading.mu.Unlock()
	if len(targets) == 0 {
		return nil
	}
	slices.SortFunc(targets, func(a, b work.Target) int { return a.Ref.Compare(b.Ref) })
	fetched, err := p.trackers[scope.Tracker].Fetch(ctx, targets)
	if err != nil {
		return fmt.Errorf("read %d items that %s shows no more: %w", len(targets), scope.Name, err)
	}
	for _, f := range fetched {
		switch tracker.KindOf(f.Err) {
		case "":
		case tracker.NotFound:
			p.note(f.Target, now)
			if _, err := p.doubt(ctx, f.Target.Ref); err != nil {
				return err
			}
			seen[f.Target.Ref] = true
		default:
			return fmt.Errorf("read %d items that %s shows no more: %w", len(targets), scope.Name, f.Err)
		}
	}
	return nil
}

// doubt marks an item as unreadable until a reading shows it again. It says
// whether that is news of an item that was read before.
func (p *Product) doubt(ctx context.Context, ref work.Ref) (bool, error) {
	p.reading.mu.Lock() // no other scope may read the item meanwhile
	defer p.reading.mu.Unlock()
	record, ok, err := p.store.Record(ctx, p.config.Product, ref)
	if err != nil {
		return false, fmt.Errorf("%w: %w", errStopped, err)
	}
	if !ok || record.Unreadable {
		return false, nil
	}
	record.Unreadable = true
	if err := p.store.Apply(ctx, p.config.Product, store.Delta{Records: []work.Record{record}}); err != nil {
		return false, fmt.Errorf("%w: %w", errStopped, err)
	}
	p.view.Put(record)
	return true, nil
}
