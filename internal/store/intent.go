package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"strata/internal/comment"
)

// Intent is a post that was begun. As long as it stands nobody knows whether
// the comment exists: the item's comments are listed before anything of its
// identity is posted again.
type Intent struct {
	comment.Identity
	Digest   string
	Severity int
	Reasons  []string
	Begun    time.Time
}

// How long a post counts as recent; budgets look back a day at most.
const recent = 7 * 24 * time.Hour

// SaveIntent remembers, before a post is sent, that it will be. From now on it
// is spent from the budget. A second intent of one identity is an error: the
// first must be cleared before.
func (s *Store) SaveIntent(ctx context.Context, product string, intent Intent) error {
	return s.transact(ctx, fmt.Sprintf("begin %s of %s", intent.Kind, intent.Item), func(b *batch) error {
		reasons, err := json.Marshal(intent.Reasons)
		if err != nil {
			return err
		}
		err = b.exec(`INSERT INTO intents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			product, intent.Item.Tracker, intent.Item.ID, string(intent.Kind), intent.Period,
			intent.Digest, intent.Severity, string(reasons), moment(intent.Begun))
		if err != nil {
			return err
		}
		err = b.exec(`DELETE FROM posts WHERE product = ? AND at < ?`, product, moment(intent.Begun.Add(-recent)))
		if err != nil {
			return err
		}
		return b.exec(`INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?)`,
			product, intent.Item.Tracker, intent.Item.ID, string(intent.Kind), intent.Period, moment(intent.Begun))
	})
}

// ClearIntent ends an intent, since its outcome is known, and saves that outcome
// in the same transaction: the comment it posted, those found by listing, a
// refusal (a row without an ID), or nothing. Where no comment came of it the
// budget gets it back.
func (s *Store) ClearIntent(ctx context.Context, product string, identity comment.Identity, outcome ...Comment) error {
	return s.transact(ctx, fmt.Sprintf("end %s of %s", identity.Kind, identity.Item), func(b *batch) error {
		if !slices.ContainsFunc(outcome, func(c Comment) bool { return c.ID != "" }) {
			err := b.exec(`DELETE FROM posts WHERE (product, tracker, item, kind, period, at) IN
				(SELECT product, tracker, item, kind, period, begun_at FROM intents
				WHERE product = ? AND tracker = ? AND item = ? AND kind = ? AND period = ?)`,
				product, identity.Item.Tracker, identity.Item.ID, string(identity.Kind), identity.Period)
			if err != nil {
				return err
			}
		}
		err := b.exec(`DELETE FROM intents WHERE product = ? AND tracker = ? AND item = ? AND kind = ? AND period = ?`,
			product, identity.Item.Tracker, identity.Item.ID, string(identity.Kind), identity.Period)
		if err != nil {
			return err
		}
		return b.comments(product, outcome)
	})
}

// Intents returns the posts of a product whose outcome is not known, by item, kind and period.
func (s *Store) Intents(ctx context.Context, product string) ([]Intent, error) {
	var found []Intent
	err := s.query(ctx, "intents", product, func(scan scanner) error {
		var i Intent
		var reasons []byte
		err := scan(&i.Item.Tracker, &i.Item.ID, &i.Kind, &i.Period, &i.Digest, &i.Severity, &reasons, (*moment)(&i.Begun))
		if err != nil {
			return err
		}
		if err := json.Unmarshal(reasons, &i.Reasons); err != nil {
			return err
		}
		found = append(found, i)
		return nil
	}, `SELECT tracker, item, kind, period, digest, severity, reasons, begun_at FROM intents WHERE product = ?`)
	slices.SortFunc(found, func(a, b Intent) int { return compareIdentity(a.Identity, b.Identity) })
	return found, err
}

// RecentPosts returns when new comments of a product were posted since a
// moment, at most a week back, oldest first: what is spent of its budgets.
// Intents count, erased comments too.
func (s *Store) RecentPosts(ctx context.Context, product string, since time.Time) ([]time.Time, error) {
	var found []time.Time
	err := s.query(ctx, "posts", product, func(scan scanner) error {
		var at moment
		err := scan(&at)
		found = append(found, time.Time(at))
		return err
	}, `SELECT at FROM posts WHERE product = ? AND at >= ? ORDER BY at`, moment(since))
	return found, err
}
