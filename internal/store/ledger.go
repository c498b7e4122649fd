package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"strata/internal/comment"
	"strata/internal/work"
)

// Comment is a row of the ledger: a comment of ours as we left it, or with an
// empty ID a comment that the tracker refused for good.
type Comment struct {
	comment.Identity
	ID     string // the tracker's
	URL    string
	Marker comment.Marker // as last posted or edited; its kind and period are the identity's

	Severity int      // the worst of what it says, as plan.Wanted counts it
	Reasons  []string // ids of the rules that speak, worst first

	Posted   time.Time
	Edits    []time.Time // oldest first; the last twenty are kept
	Folded   time.Time   // zero: open
	Unwanted time.Time   // since when nothing of it holds; zero: it holds
	// Deleted is when we first missed it: a person deleted it. Severity and the
	// marker's digest then stay what people did not want to read.
	Deleted time.Time
	Replied bool // people answered or reacted to it

	// Refused is why the tracker will not take it; RefusedItem is when the item
	// had last changed then: it is tried again only after a later change.
	Refused     string
	RefusedItem time.Time
}

// How many edits of a comment are kept; the policy looks back one day.
const keptEdits = 20

// SaveComments saves rows of the ledger, new and changed ones, in one transaction.
func (s *Store) SaveComments(ctx context.Context, product string, comments ...Comment) error {
	return s.transact(ctx, "save comments of "+product, func(b *batch) error {
		return b.comments(product, comments)
	})
}

func (b *batch) comments(product string, comments []Comment) error {
	for _, c := range comments {
		reasons, err := json.Marshal(c.Reasons)
		if err != nil {
			return err
		}
		edits, err := json.Marshal(c.Edits[max(0, len(c.Edits)-keptEdits):])
		if err != nil {
			return err
		}
		err = b.exec(`INSERT INTO comments (product, tracker, item, kind, period, comment, url, version, owner, state, digest, facts,
				severity, reasons, posted_at, edits, folded_at, unwanted_since, deleted_at, replied, refused, refused_item)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET url = excluded.url, version = excluded.version, owner = excluded.owner, state = excluded.state,
				digest = excluded.digest, facts = excluded.facts, severity = excluded.severity, reasons = excluded.reasons,
				posted_at = excluded.posted_at, edits = excluded.edits, folded_at = excluded.folded_at,
				unwanted_since = excluded.unwanted_since, deleted_at = excluded.deleted_at, replied = excluded.replied,
				refused = excluded.refused, refused_item = excluded.refused_item`,
			product, c.Item.Tracker, c.Item.ID, string(c.Kind), c.Period, c.ID, c.URL, c.Marker.Version, c.Marker.Owner,
			string(c.Marker.State), c.Marker.Digest, c.Marker.Facts, c.Severity, string(reasons),
			moment(c.Posted), string(edits), moment(c.Folded), moment(c.Unwanted), moment(c.Deleted),
			c.Replied, c.Refused, moment(c.RefusedItem))
		if err != nil {
			return fmt.Errorf("save %s of %s: %w", c.Kind, c.Item, err)
		}
	}
	return nil
}

// DeleteComment removes a row: we erased the comment, or a refusal no longer counts.
func (s *Store) DeleteComment(ctx context.Context, product string, identity comment.Identity, id string) error {
	return s.transact(ctx, "remove a comment of "+product, func(b *batch) error {
		return b.exec(`DELETE FROM comments WHERE product = ? AND tracker = ? AND item = ? AND kind = ? AND period = ? AND comment = ?`,
			product, identity.Item.Tracker, identity.Item.ID, string(identity.Kind), identity.Period, id)
	})
}

// Comments returns the ledger of a product, by item, kind and period, then in the order of posting.
func (s *Store) Comments(ctx context.Context, product string) ([]Comment, error) {
	var found []Comment
	err := s.query(ctx, "comments", product, func(scan scanner) error {
		var c Comment
		var reasons, edits []byte
		err := scan(&c.Item.Tracker, &c.Item.ID, &c.Kind, &c.Period, &c.ID, &c.URL, &c.Marker.Version, &c.Marker.Owner,
			&c.Marker.State, &c.Marker.Digest, &c.Marker.Facts, &c.Severity, &reasons,
			(*moment)(&c.Posted), &edits, (*moment)(&c.Folded), (*moment)(&c.Unwanted), (*moment)(&c.Deleted),
			&c.Replied, &c.Refused, (*moment)(&c.RefusedItem))
		if err != nil {
			return err
		}
		c.Marker.Kind, c.Marker.Period = c.Kind, c.Period
		if err := json.Unmarshal(reasons, &c.Reasons); err != nil {
			return err
		}
		if err := json.Unmarshal(edits, &c.Edits); err != nil {
			return err
		}
		found = append(found, c)
		return nil
	}, `SELECT tracker, item, kind, period, comment, url, version, owner, state, digest, facts, severity, reasons,
			posted_at, edits, folded_at, unwanted_since, deleted_at, replied, refused, refused_item
		FROM comments WHERE product = ?`)
	slices.SortFunc(found, func(a, b Comment) int {
		return cmp.Or(compareIdentity(a.Identity, b.Identity), a.Posted.Compare(b.Posted), compareID(a.ID, b.ID))
	})
	return found, err
}

func compareIdentity(a, b comment.Identity) int {
	return cmp.Or(a.Item.Compare(b.Item), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Period, b.Period))
}

func compareID(a, b string) int { return work.Ref{ID: a}.Compare(work.Ref{ID: b}) }
