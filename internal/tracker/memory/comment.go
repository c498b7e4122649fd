package memory

import (
	"context"
	"errors"
	"slices"

	"strata/internal/comment"
	"strata/internal/markup"
	"strata/internal/tracker"
	"strata/internal/work"
)

// said is a comment as the tracker keeps it.
type said struct {
	tracker.Comment
}

// Comments lists our comments on an item.
func (t *Tracker) Comments(_ context.Context, ref work.Ref) ([]tracker.Comment, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.enter(Comments, "list comments on "+ref.String()); err != nil {
		return nil, err
	}
	if _, err := t.visible(ref, "list comments on "); err != nil {
		return nil, err
	}
	return t.ours(ref), nil
}

// Post writes a comment, once.
func (t *Tracker) Post(_ context.Context, ref work.Ref, draft tracker.Draft) (tracker.Comment, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.enter(Post, "post comment on "+ref.String()); err != nil {
		return tracker.Comment{}, err
	}
	it, err := t.visible(ref, "post comment on ")
	if err != nil {
		return tracker.Comment{}, err
	}
	c := t.say(it, Account, body(draft))
	if f := t.fault(Post, true); f != nil {
		return tracker.Comment{}, &tracker.Error{Kind: f.kind, Op: "post comment on " + ref.String(), Err: errors.New("told to lose the answer")}
	}
	return t.judged(c), nil
}

// Edit replaces a comment of ours.
func (t *Tracker) Edit(_ context.Context, ref work.Ref, id string, draft tracker.Draft) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	op := "edit comment " + id + " on " + ref.String()
	if err := t.enter(Edit, op); err != nil {
		return err
	}
	c := t.comment(ref, id)
	switch {
	case c == nil:
		return notFound(op)
	case c.Author != Account:
		return &tracker.Error{Kind: tracker.Rejected, Op: op, Status: 403, Err: errors.New("not ours")}
	}
	c.Body = body(draft)
	t.changed(t.items[ref.ID])
	c.Updated = t.now()
	if f := t.fault(Edit, true); f != nil {
		return &tracker.Error{Kind: f.kind, Op: op, Err: errors.New("told to lose the answer")}
	}
	return nil
}

// Erase deletes a comment of ours.
func (t *Tracker) Erase(_ context.Context, ref work.Ref, id string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	op := "erase comment " + id + " on " + ref.String()
	if err := t.enter(Erase, op); err != nil {
		return err
	}
	c := t.comment(ref, id)
	if c == nil {
		return nil
	}
	if c.Author != Account {
		return &tracker.Error{Kind: tracker.Rejected, Op: op, Status: 403, Err: errors.New("not ours")}
	}
	t.unsay(ref, id)
	return nil
}

func (t *Tracker) visible(ref work.Ref, op string) (*item, error) {
	it := t.items[ref.ID]
	if it == nil || it.hidden || ref.Tracker != t.name {
		return nil, notFound(op + ref.String())
	}
	return it, nil
}

func (t *Tracker) say(it *item, author, text string) *said {
	id := t.next()
	c := &said{tracker.Comment{
		ID: id, Item: it.record.Ref, Author: author, Body: text,
		URL: it.record.URL + "#comment-" + id, Created: t.now(), Updated: t.now(),
	}}
	ref := it.record.Ref
	t.comments[ref.ID] = append(t.comments[ref.ID], c)
	it.changed, it.record.Updated = t.tick, t.now()
	return c
}

func (t *Tracker) unsay(ref work.Ref, id string) {
	t.comments[ref.ID] = slices.DeleteFunc(t.comments[ref.ID], func(c *said) bool { return c.ID == id })
	t.changed(t.items[ref.ID])
}

func (t *Tracker) comment(ref work.Ref, id string) *said {
	for _, c := range t.comments[ref.ID] {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// ours lists what our account said on an item, with the markers read back from the text.
func (t *Tracker) ours(ref work.Ref) []tracker.Comment {
	var list []tracker.Comment
	for _, c := range t.comments[ref.ID] {
		if c.Author == Account {
			list = append(list, t.judged(c))
		}
	}
	return list
}

func (t *Tracker) judged(c *said) tracker.Comment {
	out := c.Comment
	out.Ours = true
	out.Marker, out.Marked = comment.Parse(out.Body)
	out.Hidden = out.Marked && out.Marker.State == comment.Folded
	return out
}

func body(draft tracker.Draft) string {
	return draft.Marker.Anchor() + markup.Wiki(draft.Body)
}
