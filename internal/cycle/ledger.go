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
	rows    map[comment.Identity][]store.Comment // each list by time of posting
	intents map[comment.Identity]store.Intent

	mu   sync.Mutex
	seen map[work.Ref][]tracker.Comment // what this cycle's reading listed in full
	turn sync.Mutex                     // held while the ledger is brought to what was seen
}

func newLedger(state store.State) *ledger {
	l := &ledger{
		rows: map[comment.Identity][]store.Comment{}, intents: map[comment.Identity]store.Intent{},
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

// reconcileLedger brings the ledger to what the reading showed: comments of ours
// that it does not know are adopted; comments it knows that were not shown are
// listed again, because a search may lag, and only then taken for deleted.
//
// It is called before a scope's cursor is kept: a comment behind the cursor is
// not shown again, and one that nobody adopted would be posted twice.
func (p *Product) reconcileLedger(ctx context.Context, now time.Time) error {
	p.ledger.turn.Lock()
	defer p.ledger.turn.Unlock()
	seen := p.ledger.takeSeen()
	byItem := map[work.Ref][]store.Comment{}
	for identity, rows := range p.ledger.rows {
		if _, ok := seen[identity.Item]; ok {
			byItem[identity.Item] = append(byItem[identity.Item], rows...)
		}
	}
	maps.DeleteFunc(seen, func(item work.Ref, shown []tracker.Comment) bool { return len(shown)+len(byItem[item]) == 0 })
	var changed, adopted []store.Comment
	for _, item := range slices.SortedFunc(maps.Keys(seen), work.Ref.Compare) {
		rows, shown := byItem[item], seen[item]
		if missing(rows, shown) {
			listed, err := p.trackers[item.Tracker].Comments(ctx, item)
			if err == nil {
				shown = listed
				changed = append(changed, deleted(rows, shown, now)...)
			} // else nothing is concluded from silence
		}
		known, unknown := p.compare(rows, shown)
		changed, adopted = append(changed, known...), append(adopted, unknown...)
	}
	p.recall(adopted...)
	return p.keep(ctx, append(changed, adopted...))
}

// lastOf returns each item's youngest comment of a kind.
func (l *ledger) lastOf(kind comment.Kind) map[work.Ref]store.Comment {
	last := map[work.Ref]store.Comment{}
	for identity, rows := range l.rows {
		if identity.Kind != kind {
			continue
		}
		for _, row := range rows {
			if had, ok := last[row.Item]; row.ID != "" && (!ok || row.Posted.After(had.Posted)) {
				last[row.Item] = row
			}
		}
	}
	return last
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
	return slices.ContainsFunc(rows, func(row store.Comment) bool { return isMissing(row, shown) })
}

func isMissing(row store.Comment, shown []tracker.Comment) bool {
	return row.ID != "" && row.Deleted.IsZero() && !slices.ContainsFunc(shown, func(c tracker.Comment) bool { return c.ID == row.ID })
}

// deleted returns the rows whose comments a person deleted. What they said
// stays: it is what people did not want to read.
func deleted(rows []store.Comment, shown []tracker.Comment, now time.Time) []store.Comment {
	var gone []store.Comment
	for _, row := range rows {
		if isMissing(row, shown) {
			row.Deleted = now
			gone = append(gone, row)
		}
	}
	return gone
}

// compare returns the rows that the shown comments change, and rows for those of
// ours that the ledger does not know.
func (p *Product) compare(rows []store.Comment, shown []tracker.Comment) (changed, adopted []store.Comment) {
	for _, c := range shown {
		at := slices.IndexFunc(rows, func(row store.Comment) bool { return row.ID == c.ID })
		switch {
		case at >= 0:
			if row := rows[at]; refresh(&row, c) {
				changed = append(changed, row)
			}
		case p.isOurs(c):
			adopted = append(adopted, adopt(c))
		}
	}
	return changed, adopted
}

// isOurs says whether a comment is this installation's: by its author and by its
// marker, of which anybody can forge only one.
func (p *Product) isOurs(c tracker.Comment) bool {
	return c.Ours && c.Marked && c.Marker.Owner == p.config.Words.Owner
}

// refresh brings a row to what its tracker shows, and says whether that changed it.
func refresh(row *store.Comment, c tracker.Comment) bool {
	before := *row
	row.Replied, row.Deleted = c.Replied, zero // a comment that is shown was only out of sight
	// A reading may be older than our last edit: its marker counts only when it is not.
	newer := !c.Updated.Before(latest(slices.Concat(row.Edits, []time.Time{row.Posted, row.Folded})...))
	if c.Marked && newer && c.Marker.Digest != "" && c.Marker.Owner == row.Marker.Owner && c.Marker.Identity(row.Item) == row.Identity {
		row.Marker = c.Marker
	}
	switch {
	case row.Marker.State != comment.Folded:
		row.Folded = zero
	case row.Folded.IsZero():
		row.Folded = c.Updated
	}
	return row.Replied != before.Replied || !row.Deleted.Equal(before.Deleted) || row.Marker != before.Marker || !row.Folded.Equal(before.Folded)
}

// adopt makes a row of a comment of ours that the ledger has lost. The severity
// it speaks of is not known.
func adopt(c tracker.Comment) store.Comment {
	row := store.Comment{
		Identity: c.Marker.Identity(c.Item), ID: c.ID, URL: c.URL, Marker: c.Marker, Posted: c.Created, Replied: c.Replied,
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
