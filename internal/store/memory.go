package store

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"strata/internal/facts"
	"strata/internal/work"
)

// SaveMemory saves what changed from the memory that was loaded or last saved
// to the present one: the first sights, what is missing and the rules that judged. Answers, changes and
// paces are not kept here: they follow from the remarks, the pasts and the records. Both are values: changing one must not change the other.
func (s *Store) SaveMemory(ctx context.Context, product string, saved, now facts.Memory) error {
	edges := differ[facts.Edge, time.Time]{
		same: time.Time.Equal,
		save: func(b *batch, e facts.Edge, at time.Time) error {
			return b.exec(`INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at`,
				product, e.Blocker.Tracker, e.Blocker.ID, e.Waiting.Tracker, e.Waiting.ID, moment(at))
		},
		remove: func(b *batch, e facts.Edge) error {
			return b.exec(`DELETE FROM edges WHERE product = ? AND blocker_tracker = ? AND blocker = ? AND waiting_tracker = ? AND waiting = ?`,
				product, e.Blocker.Tracker, e.Blocker.ID, e.Waiting.Tracker, e.Waiting.ID)
		},
	}
	findings := differ[facts.FindingKey, time.Time]{
		same: time.Time.Equal,
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
	missing := differ[work.Ref, facts.Missing]{
		same: func(a, b facts.Missing) bool { return a.Reads == b.Reads && a.Since.Equal(b.Since) },
		save: func(b *batch, ref work.Ref, m facts.Missing) error {
			return b.exec(`INSERT INTO missing VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET since = excluded.since, reads = excluded.reads`,
				product, ref.Tracker, ref.ID, moment(m.Since), m.Reads)
		},
		remove: func(b *batch, ref work.Ref) error {
			return b.exec(`DELETE FROM missing WHERE product = ? AND tracker = ? AND item = ?`, product, ref.Tracker, ref.ID)
		},
	}
	judged := differ[string, facts.Judged]{
		same: func(a, b facts.Judged) bool { return a == b },
		save: func(b *batch, rule string, j facts.Judged) error {
			body, err := json.Marshal(j)
			if err != nil {
				return err
			}
			return b.exec(`INSERT INTO judged VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body`, product, rule, body)
		},
		remove: func(b *batch, rule string) error {
			return b.exec(`DELETE FROM judged WHERE product = ? AND rule = ?`, product, rule)
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
			missing.apply(b, saved.Missing, now.Missing),
			judged.apply(b, saved.Judged, now.Judged),
		)
	})
}

// differ writes only what differs between two maps.
type differ[K comparable, V any] struct {
	same   func(V, V) bool
	save   func(*batch, K, V) error
	remove func(*batch, K) error
}

func (d differ[K, V]) apply(b *batch, saved, now map[K]V) error {
	for key, value := range now {
		if before, ok := saved[key]; ok && d.same(before, value) {
			continue
		}
		if err := d.save(b, key, value); err != nil {
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
	found := facts.Memory{EdgeSeen: map[facts.Edge]time.Time{}, Raised: map[facts.FindingKey]time.Time{}, Missing: map[work.Ref]facts.Missing{}, Judged: map[string]facts.Judged{}}
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
	err = s.query(ctx, "the rules that judge", product, func(scan scanner) error {
		var rule string
		var body []byte
		if err := scan(&rule, &body); err != nil {
			return err
		}
		var j facts.Judged
		err := json.Unmarshal(body, &j)
		found.Judged[rule] = j
		return err
	}, `SELECT rule, body FROM judged WHERE product = ?`)
	if err != nil {
		return found, err
	}
	err = s.query(ctx, "missing items", product, func(scan scanner) error {
		var ref work.Ref
		var m facts.Missing
		err := scan(&ref.Tracker, &ref.ID, (*moment)(&m.Since), &m.Reads)
		found.Missing[ref] = m
		return err
	}, `SELECT tracker, item, since, reads FROM missing WHERE product = ?`)
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
