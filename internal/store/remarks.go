package store

import (
	"context"
	"fmt"
	"slices"

	"strata/internal/tracker"
	"strata/internal/work"
)

// RemarkKey names a remark: the item it stands on, and the tracker's id of the comment.
type RemarkKey struct {
	Item work.Ref
	ID   string
}

func (b *batch) remarks(product string, delta Delta) error {
	for _, ref := range delta.Gone {
		if err := b.exec(`DELETE FROM remarks WHERE product = ? AND tracker = ? AND item = ?`, product, ref.Tracker, ref.ID); err != nil {
			return fmt.Errorf("remove remarks on %s: %w", ref, err)
		}
	}
	for _, key := range delta.GoneRemarks {
		err := b.exec(`DELETE FROM remarks WHERE product = ? AND tracker = ? AND item = ? AND comment = ?`,
			product, key.Item.Tracker, key.Item.ID, key.ID)
		if err != nil {
			return fmt.Errorf("remove remark %s on %s: %w", key.ID, key.Item, err)
		}
	}
	for _, r := range delta.Remarks {
		body, _ := tracker.RemarkBody(r.Body)
		err := b.exec(`INSERT INTO remarks (product, tracker, item, comment, url, author, name, bot, dialect, body, created_at, updated_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET url = excluded.url, author = excluded.author, name = excluded.name, bot = excluded.bot,
				dialect = excluded.dialect, body = excluded.body, created_at = excluded.created_at, updated_at = excluded.updated_at`,
			product, r.Item.Tracker, r.Item.ID, r.ID, r.URL, r.Author.ID, r.Author.Name, r.Bot, string(r.Dialect), body,
			moment(r.Created), moment(r.Updated))
		if err != nil {
			return fmt.Errorf("save remark %s on %s: %w", r.ID, r.Item, err)
		}
	}
	return nil
}

func (s *Store) remarks(ctx context.Context, product string) ([]work.Remark, error) {
	var found []work.Remark
	err := s.query(ctx, "remarks", product, func(scan scanner) error {
		var r work.Remark
		err := scan(&r.Item.Tracker, &r.Item.ID, &r.ID, &r.URL, &r.Author.ID, &r.Author.Name, &r.Bot, &r.Dialect, &r.Body,
			(*moment)(&r.Created), (*moment)(&r.Updated))
		found = append(found, r)
		return err
	}, `SELECT tracker, item, comment, url, author, name, bot, dialect, body, created_at, updated_at FROM remarks WHERE product = ?`)
	slices.SortFunc(found, tracker.CompareRemarks)
	return found, err
}
