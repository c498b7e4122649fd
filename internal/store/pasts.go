package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"strata/internal/work"
)

func (b *batch) pasts(product string, delta Delta) error {
	for _, past := range delta.Pasts {
		steps, err := json.Marshal(past.Steps)
		if err != nil {
			return fmt.Errorf("encode the past of %s: %w", past.Ref, err)
		}
		err = b.exec(`INSERT INTO pasts (product, tracker, item, asked_at, steps) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET asked_at = excluded.asked_at, steps = excluded.steps`,
			product, past.Ref.Tracker, past.Ref.ID, moment(past.Asked), steps)
		if err != nil {
			return fmt.Errorf("save the past of %s: %w", past.Ref, err)
		}
	}
	for _, ref := range delta.Gone {
		if err := b.exec(`DELETE FROM pasts WHERE product = ? AND tracker = ? AND item = ?`, product, ref.Tracker, ref.ID); err != nil {
			return fmt.Errorf("remove the past of %s: %w", ref, err)
		}
	}
	return nil
}

func (s *Store) pasts(ctx context.Context, product string) ([]work.Past, error) {
	var found []work.Past
	err := s.query(ctx, "pasts", product, func(scan scanner) error {
		var past work.Past
		var steps []byte
		if err := scan(&past.Ref.Tracker, &past.Ref.ID, (*moment)(&past.Asked), &steps); err != nil {
			return err
		}
		if err := json.Unmarshal(steps, &past.Steps); err != nil {
			return fmt.Errorf("decode the past of %s: %w", past.Ref, err)
		}
		found = append(found, past)
		return nil
	}, `SELECT tracker, item, asked_at, steps FROM pasts WHERE product = ?`)
	slices.SortFunc(found, func(a, b work.Past) int { return a.Ref.Compare(b.Ref) })
	return found, err
}
