package jira

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"strata/internal/comment"
	"strata/internal/markup"
	"strata/internal/tracker"
	"strata/internal/tracker/wire"
	"strata/internal/work"
)

// draftBody is a comment as Jira takes it: the text and, in the same request,
// the marker as a property. The library's own AddComment cannot send properties.
type draftBody struct {
	Body       string          `json:"body"`
	Properties []draftProperty `json:"properties"`
}

type draftProperty struct {
	Key   string `json:"key"`
	Value any    `json:"value"`
}

func bodyOf(draft tracker.Draft) draftBody {
	return draftBody{
		Body:       anchored(draft.Marker.Anchor(), markup.Wiki(draft.Body)),
		Properties: []draftProperty{{Key: comment.PropertyKey, Value: draft.Marker.Property()}},
	}
}

// anchored puts the anchor, which shows nothing, in front of a text: on its
// line, unless that line only means something at its beginning.
func anchored(anchor, text string) string {
	for _, start := range []string{"h4. ", "* ", "|", "{"} {
		if strings.HasPrefix(text, start) {
			return anchor + "\n" + text
		}
	}
	return anchor + " " + text
}

// Post writes a comment, once.
func (t *Tracker) Post(ctx context.Context, item work.Ref, draft tracker.Draft) (tracker.Comment, error) {
	s, err := t.session(ctx)
	if err != nil {
		return tracker.Comment{}, err
	}
	op := "post comment on " + t.written(item.ID)
	if err := t.refuseServiceDesk(ctx, op, item.ID); err != nil {
		return tracker.Comment{}, err
	}
	c := call{
		op: op, method: http.MethodPost, intent: wire.Write, body: bodyOf(draft),
		route: "issue/{id}/comment", path: "issue/" + url.PathEscape(item.ID) + "/comment",
	}
	var answer remark
	if _, err := t.do(ctx, c, &answer); err != nil {
		return tracker.Comment{}, err
	}
	if answer.ID == "" {
		return tracker.Comment{}, &tracker.Error{Kind: tracker.Unclear, Op: op, Err: errors.New("the answer does not tell the id of the comment")}
	}
	posted := tracker.Comment{
		ID: answer.ID, Item: item, URL: t.commentURL(item.ID, answer.ID), Author: s.me.id(), Ours: true,
		Marker: draft.Marker, Marked: true, Body: bodyOf(draft).Body, Created: answer.Created.Time, Updated: answer.Updated.Time,
	}
	return posted, nil
}

// Edit replaces a comment of ours with its marker, in one request. Jira mails the
// watchers, and keeping it from doing so needs the rights of an administrator.
func (t *Tracker) Edit(ctx context.Context, item work.Ref, id string, draft tracker.Draft) error {
	if _, err := t.session(ctx); err != nil {
		return err
	}
	c := t.onComment("edit", item, id)
	c.method, c.body = http.MethodPut, bodyOf(draft)
	var answer remark
	_, err := t.do(ctx, c, &answer)
	return err
}

// Erase deletes a comment of ours.
func (t *Tracker) Erase(ctx context.Context, item work.Ref, id string) error {
	if _, err := t.session(ctx); err != nil {
		return err
	}
	c := t.onComment("erase", item, id)
	c.method = http.MethodDelete
	_, err := t.do(ctx, c, nil)
	if tracker.KindOf(err) == tracker.NotFound {
		return nil
	}
	return err
}

func (t *Tracker) onComment(verb string, item work.Ref, id string) call {
	return call{
		op: verb + " comment " + id + " on " + t.written(item.ID), intent: wire.Write,
		route: "issue/{id}/comment/{id}", path: "issue/" + url.PathEscape(item.ID) + "/comment/" + url.PathEscape(id),
	}
}

// refuseServiceDesk refuses items of Jira Service Management, where a comment
// goes to the customer. An item that was not read in this run is looked up.
func (t *Tracker) refuseServiceDesk(ctx context.Context, op, id string) error {
	k, err := t.lookUp(ctx, op, id)
	if err != nil {
		return err
	}
	if k.desk {
		return &tracker.Error{Kind: tracker.Rejected, Op: op, Err: errors.New("a Jira Service Management project: customers would read the comment")}
	}
	return nil
}

// lookUp is what a reading taught us of an item, or what Jira says now.
func (t *Tracker) lookUp(ctx context.Context, op, id string) (known, error) {
	if k, read := t.recall(id); read {
		return k, nil
	}
	var raw issue
	c := call{op: op, route: "issue/{id}", path: "issue/" + url.PathEscape(id), query: url.Values{"fields": {"project"}}}
	if _, err := t.do(ctx, c, &raw); err != nil {
		return known{}, err
	}
	k := known{key: raw.Key, desk: get[project](raw.Fields, "project").Type == serviceDesk}
	t.learn(id, k)
	return k, nil
}
