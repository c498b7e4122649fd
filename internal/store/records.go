package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"runtime"

	"golang.org/x/sync/errgroup"

	"strata/internal/work"
)

// How many records are read before they are decoded together.
const readBatch = 2048

// Records reads the records of a product one after the other, in no order,
// without holding all of them. Between two records the store may be written to.
func (s *Store) Records(ctx context.Context, product string) iter.Seq2[work.Record, error] {
	return func(yield func(work.Record, error) bool) {
		last := int64(0)
		for {
			bodies := make([][]byte, 0, readBatch)
			err := s.query(ctx, "records", product, func(scan scanner) error {
				var body []byte
				err := scan(&last, &body)
				bodies = append(bodies, body)
				return err
			}, `SELECT row, body FROM records INDEXED BY records_by_product WHERE product = ? AND row > ? ORDER BY row LIMIT ?`, last, readBatch)
			records, decodeErr := decode(bodies)
			if err := errors.Join(err, decodeErr); err != nil {
				yield(work.Record{}, err)
				return
			}
			for _, record := range records {
				if !yield(record, nil) {
					return
				}
			}
			if len(bodies) < readBatch {
				return
			}
		}
	}
}

// decode decodes with every core: at a restart decoding is what takes the time.
func decode(bodies [][]byte) ([]work.Record, error) {
	records := make([]work.Record, len(bodies))
	var group errgroup.Group
	share := len(bodies)/runtime.GOMAXPROCS(0) + 1
	for from := 0; from < len(bodies); from += share {
		group.Go(func() error {
			for i := from; i < min(from+share, len(bodies)); i++ {
				if err := json.Unmarshal(bodies[i], &records[i]); err != nil {
					return fmt.Errorf("store: decode record: %w", err)
				}
			}
			return nil
		})
	}
	return records, group.Wait()
}

// Apply saves what a reading changed, with its cursor, in one transaction.
func (s *Store) Apply(ctx context.Context, product string, delta Delta) error {
	return s.transact(ctx, "save the reading of "+product, func(b *batch) error {
		return errors.Join(
			b.records(product, delta),
			b.sprints(product, delta),
			b.remarks(product, delta),
			b.pasts(product, delta),
			b.reading(product, delta),
		)
	})
}

func (b *batch) records(product string, delta Delta) error {
	for i := range delta.Records {
		record := &delta.Records[i]
		body, err := json.Marshal(record)
		if err != nil {
			return fmt.Errorf("encode record %s: %w", record.Ref, err)
		}
		// An unchanged record is not written again: a full read of a quiet product costs no disk.
		err = b.exec(`INSERT INTO records (product, tracker, item, body) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET body = excluded.body WHERE body IS NOT excluded.body`,
			product, record.Ref.Tracker, record.Ref.ID, body)
		if err != nil {
			return fmt.Errorf("save record %s: %w", record.Ref, err)
		}
	}
	for _, ref := range delta.Gone {
		err := b.exec(`DELETE FROM records WHERE product = ? AND tracker = ? AND item = ?`, product, ref.Tracker, ref.ID)
		if err != nil {
			return fmt.Errorf("remove record %s: %w", ref, err)
		}
	}
	return nil
}

func (b *batch) sprints(product string, delta Delta) error {
	for _, sprint := range delta.Sprints {
		body, err := json.Marshal(sprint)
		if err != nil {
			return fmt.Errorf("encode Sprint %s: %w", sprint.ID, err)
		}
		err = b.exec(`INSERT INTO sprints (product, sprint, body) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET body = excluded.body WHERE body IS NOT excluded.body`, product, sprint.ID, body)
		if err != nil {
			return fmt.Errorf("save Sprint %s: %w", sprint.ID, err)
		}
	}
	for _, id := range delta.GoneSprints {
		if err := b.exec(`DELETE FROM sprints WHERE product = ? AND sprint = ?`, product, id); err != nil {
			return fmt.Errorf("remove Sprint %s: %w", id, err)
		}
	}
	return nil
}

func (b *batch) reading(product string, delta Delta) error {
	for _, scope := range delta.GoneScopes {
		if err := b.exec(`DELETE FROM readings WHERE product = ? AND scope = ?`, product, scope); err != nil {
			return fmt.Errorf("forget scope %s: %w", scope, err)
		}
	}
	r := delta.Reading
	if r == nil {
		return nil
	}
	err := b.exec(`INSERT INTO readings (product, scope, selector, cursor, read_at, full_at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET selector = excluded.selector, cursor = excluded.cursor, read_at = excluded.read_at, full_at = excluded.full_at`,
		product, r.Scope, r.Selector, string(r.Cursor), moment(r.Read), moment(r.Full))
	if err != nil {
		return fmt.Errorf("save cursor of %s: %w", r.Scope, err)
	}
	return nil
}

func (s *Store) sprints(ctx context.Context, product string) ([]work.RecordSprint, error) {
	var found []work.RecordSprint
	err := s.query(ctx, "Sprints", product, func(scan scanner) error {
		var body []byte
		if err := scan(&body); err != nil {
			return err
		}
		var sprint work.RecordSprint
		if err := json.Unmarshal(body, &sprint); err != nil {
			return fmt.Errorf("decode Sprint: %w", err)
		}
		found = append(found, sprint)
		return nil
	}, `SELECT body FROM sprints WHERE product = ?`)
	return found, err
}

// Record returns one record; false when the store has none of that item.
func (s *Store) Record(ctx context.Context, product string, ref work.Ref) (record work.Record, found bool, err error) {
	err = s.query(ctx, "record "+ref.String(), product, func(scan scanner) error {
		var body []byte
		if err := scan(&body); err != nil {
			return err
		}
		found = true
		return json.Unmarshal(body, &record)
	}, `SELECT body FROM records WHERE product = ? AND tracker = ? AND item = ?`, ref.Tracker, ref.ID)
	return record, found, err
}
