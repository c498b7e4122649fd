package store

import (
	"context"
	"errors"
	"time"

	"strata/internal/facts"
)

// SaveMemory saves what changed from the memory that was loaded or last saved
// to the present one. Both are values: changing one must not change the other.
func (s *Store) SaveMemory(ctx context.Context, product string, saved, now facts.Memory) error {
	edges := differ[facts.Edge]{
		save: func(b *batch, e facts.Edge, at time.Time) error {
			return b.exec(`INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at`,
				product, e.Blocker.Tracker, e.Blocker.ID, e.Waiting.Tracker, e.Waiting.ID, moment(at))
		},
		remove: func(b *batch, e facts.Edge) error {
			return b.exec(`DELETE FROM edges WHERE product = ? AND blocker_tracker = ? AND blocker = ? AND waiting_tracker = ? AND waiting = ?`,
				product, e.Blocker.Tracker, e.Blocker.ID, e.Waiting.Tracker, e.Waiting.ID)
		},
	}
	findings := differ[facts.FindingKey]{
		save: func(b *batch, k facts.FindingKey, at time.Time) error {
			return b.exec(`INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET raised_at = excluded.raised_at`,
				product, k.Rule, k.Item.Tracker, k.Item.ID, k.Blocker.Tracker, k.Blocker.ID, k.Waiting.Tracker, k.Waiting.ID, moment(at))
		},
		remove: func(b *batch, k facts.FindingKey) error {
			return b.exec(`DELETE FROM findings WHERE product = ? AND rule = ? AND item_tracker = ? AND item = ?
				AND blocker_tracker = ? AND blocker = ? AND waiting_tracker = ? AND waiting = ?`,
				product, k.Rule, k.Item.Tracker, k.Item.ID, k.Blocker.Tracker, k.Blocker.ID, k.Waiting.Tracker, k.Waiting.ID)
		},
	}
	return s.transact(ctx, "save the memory of "+product, func(b *batch) error {
		if !now.Installed.Equal(saved.Installed) {
			err := b.exec(`INSERT INTO products VALUES (?, ?) ON CONFLICT DO UPDATE SET installed = excluded.installed`,
				product, moment(now.Installed))
			if err != nil {
				return err
			}
		}
		return errors.Join(
			edges.apply(b, saved.EdgeSeen, now.EdgeSeen),
			findings.apply(b, saved.Raised, now.Raised),
		)
	})
}

// differ writes only what differs between two maps of first sights.
type differ[K comparable] struct {
	save   func(*batch, K, time.Time) error
	remove func(*batch, K) error
}

func (d differ[K]) apply(b *batch, saved, now map[K]time.Time) error {
	for key, at := range now {
		if before, ok := saved[key]; ok && before.Equal(at) {
			continue
		}
		if err := d.save(b, key, at); err != nil {
			return err
		}
	}
	for key := range saved {
		if _, ok := now[key]; ok {
			continue
		}
		if err := d.remove(b, key); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) memory(ctx context.Context, product string) (facts.Memory, error) {
	found := facts.Memory{EdgeSeen: map[facts.Edge]time.Time{}, Raised: map[facts.FindingKey]time.Time{}}
	err := s.query(ctx, "the installation", product, func(scan scanner) error {
		return scan((*moment)(&found.Installed))
	}, `SELECT installed FROM products WHERE product = ?`)
	if err != nil {
		return found, err
	}
	err = s.query(ctx, "dependencies", product, func(scan scanner) error {
		var e facts.Edge
		var at moment
		err := scan(&e.Blocker.Tracker, &e.Blocker.ID, &e.Waiting.Tracker, &e.Waiting.ID, &at)
		found.EdgeSeen[e] = time.Time(at)
		return err
	}, `SELECT blocker_tracker, blocker, waiting_tracker, waiting, seen_at FROM edges WHERE product = ?`)
	if err != nil {
		return found, err
	}
	err = s.query(ctx, "findings", product, func(scan scanner) error {
		var k facts.FindingKey
		var at moment
		err := scan(&k.Rule, &k.Item.Tracker, &k.Item.ID, &k.Blocker.Tracker, &k.Blocker.ID, &k.Waiting.Tracker, &k.Waiting.ID, &at)
		found.Raised[k] = time.Time(at)
		return err
	}, `SELECT rule, item_tracker, item, blocker_tracker, blocker, waiting_tracker, waiting, raised_at FROM findings WHERE product = ?`)
	return found, err
}
