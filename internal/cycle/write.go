package cycle

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"strata/internal/comment"
	"strata/internal/plan"
	"strata/internal/store"
	"strata/internal/tracker"
	"strata/internal/work"
)

// WRITE: the plan's allowed actions, most urgent first, one after the other on
// each tracker, the trackers beside each other.
func (p *Product) write(ctx context.Context, r *Report, wanted documents) error {
	r.Wrote = true
	byTracker := map[string][]int{}
	for i, a := range r.Plan.Actions {
		byTracker[a.Identity.Item.Tracker] = append(byTracker[a.Identity.Item.Tracker], i)
	}
	outcomes := make([]*Outcome, len(r.Plan.Actions))
	var group errgroup.Group
	for _, name := range slices.Sorted(maps.Keys(byTracker)) {
		group.Go(func() error {
			w := writer{Product: p, tracker: p.trackers[name], report: r, wanted: wanted, failed: map[work.Ref]bool{}}
			return w.run(ctx, byTracker[name], outcomes)
		})
	}
	err := group.Wait()
	for _, o := range outcomes {
		if o != nil {
			r.Outcomes = append(r.Outcomes, *o)
		}
	}
	return err
}

// writer carries out one tracker's share of a plan.
type writer struct {
	*Product
	tracker tracker.Tracker
	report  *Report
	wanted  documents
	failed  map[work.Ref]bool // their later actions wait for the next cycle
}

func (w *writer) run(ctx context.Context, actions []int, outcomes []*Outcome) error {
	for _, i := range actions {
		action := w.report.Plan.Actions[i]
		if ctx.Err() != nil || w.failed[action.Identity.Item] {
			continue
		}
		err := w.begun(ctx, action)
		outcomes[i] = &Outcome{Action: action, Err: err}
		w.activity.Wrote(w.tracker.Name(), string(action.Op), outcomeLabel(err))
		if err == nil {
			continue
		}
		w.failed[action.Identity.Item] = true
		w.log.Warn("write failed", "op", action.Op, "item", action.Key, "error", err)
		if errors.Is(err, errStopped) {
			return err
		}
		if kind := tracker.KindOf(err); kind == tracker.RateLimited || kind == tracker.Unauthorized {
			return nil // the rest of this tracker's plan waits for the next cycle
		}
	}
	return nil
}

// lastWrite is how long a write that has begun may take once the cycle shall end.
const lastWrite = 20 * time.Second

// begun carries an action out to its end: to be told to stop in the middle of a
// write would only leave it unclear.
func (w *writer) begun(ctx context.Context, a plan.Action) error {
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(lastWrite, cancel) })()
	return w.act(own, a)
}

func (w *writer) act(ctx context.Context, a plan.Action) error {
	switch a.Op {
	case plan.Post:
		return w.post(ctx, a)
	case plan.Edit, plan.Unfold:
		return w.edit(ctx, a, w.wanted[a.Identity].draft(w.config.Words), func(row *store.Comment) {
			row.Edits, row.Folded, row.Unwanted = append(slices.Clone(row.Edits), w.now()), zero, zero
			row.Severity, row.Reasons = w.wanted[a.Identity].want.Severity, a.Reasons
		})
	case plan.Fold:
		return w.edit(ctx, a, w.folded(a), func(row *store.Comment) { row.Folded, row.Unwanted = w.now(), zero })
	case plan.Erase:
		return w.erase(ctx, a)
	}
	return fmt.Errorf("unknown operation %q", a.Op)
}

// post sends one new comment, once. The intent is saved before and ends with the
// outcome; an outcome that is not clear is looked up by listing.
func (w *writer) post(ctx context.Context, a plan.Action) error {
	doc, ok := w.wanted[a.Identity]
	if !ok {
		return fmt.Errorf("post on %s: nothing to say", a.Key)
	}
	intent := store.Intent{Identity: a.Identity, Digest: a.Digest, Severity: doc.want.Severity, Reasons: a.Reasons, Begun: w.now()}
	if err := w.locked(func() error { return w.store.SaveIntent(ctx, w.config.Product, intent) }); err != nil {
		return fmt.Errorf("%w: %w", errStopped, err)
	}
	draft := doc.draft(w.config.Words)
	posted, err := w.tracker.Post(ctx, a.Identity.Item, draft)
	switch tracker.KindOf(err) {
	case "":
		row := w.rowOf(posted, doc.want, draft.Marker)
		return w.end(ctx, a.Identity, row)
	case tracker.Rejected, tracker.NotFound:
		refused := store.Comment{
			Identity: a.Identity, Severity: doc.want.Severity, Reasons: a.Reasons,
			Refused: string(tracker.KindOf(err)), RefusedItem: w.report.updated(a.Identity.Item),
		}
		return errors.Join(err, w.end(ctx, a.Identity, refused))
	case tracker.Unclear:
		if found, settleErr := w.settle(ctx, intent, false); settleErr == nil && found {
			return nil
		}
		return err
	default: // nothing was written
		return errors.Join(err, w.end(ctx, a.Identity))
	}
}

func (w *writer) edit(ctx context.Context, a plan.Action, draft tracker.Draft, change func(*store.Comment)) error {
	row, ok := w.row(a)
	if !ok {
		return fmt.Errorf("%s on %s: the ledger has no comment %s", a.Op, a.Key, a.CommentID)
	}
	err := w.tracker.Edit(ctx, a.Identity.Item, a.CommentID, draft)
	switch tracker.KindOf(err) {
	case "":
		row.Marker, row.Refused, row.RefusedItem = draft.Marker, "", zero
		change(&row)
	case tracker.NotFound:
		row.Deleted, err = w.now(), nil // a person was faster
	case tracker.Rejected:
		row.Refused, row.RefusedItem = string(tracker.Rejected), w.report.updated(a.Identity.Item)
	default:
		return err
	}
	return errors.Join(err, w.save(ctx, row))
}

func (w *writer) erase(ctx context.Context, a plan.Action) error {
	if err := w.tracker.Erase(ctx, a.Identity.Item, a.CommentID); err != nil && tracker.KindOf(err) != tracker.NotFound {
		return err
	}
	return w.locked(func() error {
		if err := w.store.DeleteComment(ctx, w.config.Product, a.Identity, a.CommentID); err != nil {
			return fmt.Errorf("%w: %w", errStopped, err)
		}
		w.ledger.drop(a.Identity, a.CommentID)
		return nil
	})
}

// A post that nobody can find may still be under way for as long as findings
// take to settle, within these bounds.
const (
	leastPatience = 2 * time.Second
	mostPatience  = time.Minute
)

// settleIntents finds out what became of posts that a kill or a broken
// connection left open: the item's comments are listed before anything of its
// kind is planned again. What cannot be listed now stays open, and freezes its
// identity. A post that is not found is given up only after a while: the tracker
// may still be busy with it.
func (p *Product) settleIntents(ctx context.Context, now time.Time) error {
	w := writer{Product: p}
	patience := max(leastPatience, min(mostPatience, p.config.Policy.Settle.Std()))
	for _, intent := range slices.Collect(maps.Values(p.ledger.intents)) {
		t, ok := p.trackers[intent.Item.Tracker]
		if !ok {
			continue
		}
		w.tracker = t
		if _, err := w.settle(ctx, intent, now.Sub(intent.Begun) >= patience); errors.Is(err, errStopped) {
			return err
		} else if err != nil {
			p.log.Warn("an earlier post is still unclear", "item", intent.Item, "error", err)
		}
	}
	return nil
}

// settle lists an item's comments and ends the intent with the comment that it
// posted; or, if it may be given up, with nothing. It says whether the comment
// was found.
func (w *writer) settle(ctx context.Context, intent store.Intent, giveUp bool) (bool, error) {
	listed, err := w.tracker.Comments(ctx, intent.Item)
	if err != nil && tracker.KindOf(err) != tracker.NotFound {
		_ = w.locked(func() error { w.ledger.intents[intent.Identity] = intent; return nil })
		return false, err
	}
	var found []store.Comment
	for _, c := range listed {
		if w.isOurs(c) && c.Marker.Identity(intent.Item) == intent.Identity && c.Marker.Digest == intent.Digest && c.Marker.State != comment.Folded {
			row := w.known(c)
			row.Severity, row.Reasons = intent.Severity, intent.Reasons
			found = append(found, row)
		}
	}
	if len(found) == 0 && !giveUp {
		return false, w.locked(func() error { w.ledger.intents[intent.Identity] = intent; return nil })
	}
	return len(found) > 0, w.end(ctx, intent.Identity, found...)
}

// known returns the ledger's row of a comment, or a new one.
func (w *writer) known(c tracker.Comment) store.Comment {
	if row, ok := w.row(plan.Action{Identity: c.Marker.Identity(c.Item), CommentID: c.ID}); ok {
		return row
	}
	return adopt(c)
}

// end clears an intent together with its outcome.
func (w *writer) end(ctx context.Context, identity comment.Identity, outcome ...store.Comment) error {
	return w.locked(func() error {
		if err := w.store.ClearIntent(context.WithoutCancel(ctx), w.config.Product, identity, outcome...); err != nil {
			return fmt.Errorf("%w: %w", errStopped, err)
		}
		delete(w.ledger.intents, identity)
		for _, row := range outcome {
			w.ledger.put(row)
		}
		return nil
	})
}

func (w *writer) save(ctx context.Context, row store.Comment) error {
	return w.locked(func() error {
		if err := w.store.SaveComments(context.WithoutCancel(ctx), w.config.Product, row); err != nil {
			return fmt.Errorf("%w: %w", errStopped, err)
		}
		w.ledger.put(row)
		return nil
	})
}

func (w *writer) row(a plan.Action) (row store.Comment, ok bool) {
	_ = w.locked(func() error {
		rows := w.ledger.rows[a.Identity]
		if at := slices.IndexFunc(rows, func(r store.Comment) bool { return r.ID == a.CommentID }); at >= 0 {
			row, ok = rows[at], true
		}
		return nil
	})
	return row, ok
}

func (w *writer) rowOf(posted tracker.Comment, want plan.Wanted, marker comment.Marker) store.Comment {
	at := posted.Created
	if at.IsZero() {
		at = w.now()
	}
	return store.Comment{
		Identity: want.Identity, ID: posted.ID, URL: posted.URL, Marker: marker, Severity: want.Severity, Reasons: want.Reasons, Posted: at,
	}
}

// locked guards the ledger, which the writers of several trackers share.
func (p *Product) locked(do func() error) error {
	p.ledger.mu.Lock()
	defer p.ledger.mu.Unlock()
	return do()
}

func outcomeLabel(err error) string {
	if err == nil {
		return "ok"
	}
	return string(tracker.KindOf(err))
}
