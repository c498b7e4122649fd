package cycle

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"strata/internal/comment"
	"strata/internal/store"
	"strata/internal/tracker"
	"strata/internal/work"
)

// ledger is every comment of ours, by identity, as the store and the trackers tell.
type ledger struct {
	owner   string
	rows    map[comment.Identity][]store.Comment // each list by time of posting
	intents map[comment.Identity]store.Intent

	mu   sync.Mutex
	seen map[work.Ref][]tracker.Comment // what this cycle's reading listed in full
}

func newLedger(owner string, state store.State) *ledger {
	l := &ledger{
		owner: owner, rows: map[comment.Identity][]store.Comment{}, intents: map[comment.Identity]store.Intent{},
		seen: map[work.Ref][]tracker.Comment{},
	}
	for _, c := range state.Comments {
		l.rows[c.Identity] = append(l.rows[c.Identity], c)
	}
	for _, i := range state.Intents {
		l.intents[i.Identity] = i
	}
	return l
}

// see remembers the comments that came with a page, until they are reconciled.
func (l *ledger) see(page tracker.Page) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, ref := range page.Commented {
		l.seen[ref] = nil
	}
	for _, c := range page.Comments {
		l.seen[c.Item] = append(l.seen[c.Item], c)
	}
}

// put replaces or adds a row.
func (l *ledger) put(c store.Comment) {
	rows := l.rows[c.Identity]
	at := slices.IndexFunc(rows, func(r store.Comment) bool { return r.ID == c.ID })
	if at < 0 {
		rows = append(rows, c)
	} else {
		rows[at] = c
	}
	slices.SortFunc(rows, func(a, b store.Comment) int {
		return cmp.Or(a.Posted.Compare(b.Posted), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	l.rows[c.Identity] = rows
}

func (l *ledger) drop(identity comment.Identity, id string) {
	l.rows[identity] = slices.DeleteFunc(l.rows[identity], func(r store.Comment) bool { return r.ID == id })
	if len(l.rows[identity]) == 0 {
		delete(l.rows, identity)
	}
}

// of returns the rows of an item, by identity.
func (l *ledger) of(item work.Ref) []store.Comment {
	var all []store.Comment
	for identity, rows := range l.rows {
		if identity.Item == item {
			all = append(all, rows...)
		}
	}
	return all
}

// reconcileLedger brings the ledger to what the reading showed: comments of ours
// that it does not know are adopted; comments it knows that were not shown are
// listed again, because a search may lag, and only then taken for deleted.
func (p *Product) reconcileLedger(ctx context.Context, r *Report) error {
	seen := p.ledger.takeSeen()
	byItem := map[work.Ref][]store.Comment{}
	for _, rows := range p.ledger.rows {
		for _, row := range rows {
			if _, ok := seen[row.Item]; ok {
				byItem[row.Item] = append(byItem[row.Item], row)
			}
		}
	}
	var changed []store.Comment
	for _, item := range slices.SortedFunc(maps.Keys(seen), work.Ref.Compare) {
		shown := seen[item]
		if missing(byItem[item], shown) {
			listed, err := p.trackers[item.Tracker].Comments(ctx, item)
			if err != nil {
				continue // the ledger stays as it is: nothing is concluded from silence
			}
			shown = listed
		}
		changed = append(changed, p.compare(byItem[item], shown, r.Taken)...)
	}
	return p.keep(ctx, changed)
}

func (l *ledger) takeSeen() map[work.Ref][]tracker.Comment {
	l.mu.Lock()
	defer l.mu.Unlock()
	seen := l.seen
	l.seen = map[work.Ref][]tracker.Comment{}
	return seen
}

// missing says whether a comment that the ledger holds for posted is not among those shown.
func missing(rows []store.Comment, shown []tracker.Comment) bool {
	return slices.ContainsFunc(rows, func(row store.Comment) bool {
		return row.ID != "" && row.Deleted.IsZero() &&
			!slices.ContainsFunc(shown, func(c tracker.Comment) bool { return c.ID == row.ID })
	})
}

// compare returns the rows that the shown comments change.
func (p *Product) compare(rows []store.Comment, shown []tracker.Comment, now time.Time) []store.Comment {
	var changed []store.Comment
	for _, c := range shown {
		at := slices.IndexFunc(rows, func(row store.Comment) bool { return row.ID == c.ID })
		switch {
		case at >= 0:
			if row := rows[at]; refresh(&row, c) {
				changed = append(changed, row)
			}
		case c.Ours && c.Marked && c.Marker.Owner == p.config.Words.Owner:
			changed = append(changed, p.adopt(c))
		}
	}
	for _, row := range rows {
		gone := row.ID != "" && row.Deleted.IsZero() && !slices.ContainsFunc(shown, func(c tracker.Comment) bool { return c.ID == row.ID })
		if gone {
			row.Deleted, row.Folded = now, now
			changed = append(changed, row)
		}
	}
	return changed
}

// refresh brings a row to what its tracker shows, and says whether that changed it.
func refresh(row *store.Comment, c tracker.Comment) bool {
	wasReplied, wasDeleted, marker := row.Replied, !row.Deleted.IsZero(), row.Marker
	row.Replied = c.Replied
	if wasDeleted { // it was only out of sight
		row.Deleted, row.Folded = time.Time{}, time.Time{}
	}
	// A reading may be older than our last edit: its marker counts only when it is not.
	if c.Marked && !c.Updated.Before(latest(append(row.Edits, row.Posted, row.Folded)...)) && c.Marker.Digest != "" {
		row.Marker = c.Marker
	}
	return wasReplied != row.Replied || wasDeleted || marker != row.Marker
}

// adopt makes a row of a comment of ours that the ledger has lost. The severity
// it speaks of is not known; what its marker remembers goes into memory.
func (p *Product) adopt(c tracker.Comment) store.Comment {
	p.recall(c)
	row := store.Comment{
		Identity: comment.Identity{Item: c.Item, Kind: c.Marker.Kind, Period: c.Marker.Period},
		ID:       c.ID, URL: c.URL, Marker: c.Marker, Posted: c.Created, Replied: c.Replied,
	}
	if c.Marker.State == comment.Folded {
		row.Folded = c.Updated
	}
	return row
}

// keep saves changed rows, then lets the ledger in memory follow.
func (p *Product) keep(ctx context.Context, changed []store.Comment) error {
	if len(changed) == 0 {
		return nil
	}
	if err := p.store.SaveComments(ctx, p.config.Product, changed...); err != nil {
		return fmt.Errorf("keep the ledger: %w", err)
	}
	for _, row := range changed {
		p.ledger.put(row)
	}
	return nil
}

func latest(times ...time.Time) time.Time {
	return slices.MaxFunc(times, time.Time.Compare)
}
