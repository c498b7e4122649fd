package jira

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"strata/internal/comment"
	"strata/internal/tracker"
	"strata/internal/work"
)

// commentPage is how many comments we ask for at once.
const commentPage = 100

// Comments lists our comments on an item.
func (t *Tracker) Comments(ctx context.Context, item work.Ref) ([]tracker.Comment, error) {
	s, err := t.session(ctx)
	if err != nil {
		return nil, err
	}
	all, err := t.list(ctx, item.ID, false)
	if err != nil {
		return nil, err
	}
	ours := t.oursOf(s, item, all)
	if err := t.properties(ctx, s, ours); err != nil {
		return nil, err
	}
	return plain(ours), nil
}

// list reads every comment of an item, page after page.
func (t *Tracker) list(ctx context.Context, id string, withProperties bool) ([]remark, error) {
	c := call{op: "list comments on " + t.written(id), route: "issue/{id}/comment", path: "issue/" + url.PathEscape(id) + "/comment"}
	var all []remark
	seen := map[string]bool{}
	for start := 0; ; {
		c.query = url.Values{"startAt": {strconv.Itoa(start)}, "maxResults": {strconv.Itoa(commentPage)}}
		if withProperties {
			c.query.Set("expand", "properties")
		}
		var page comments
		if _, err := t.do(ctx, c, &page); err != nil {
			return nil, err
		}
		if start > 0 && len(page.Comments) > 0 && !seen[page.Comments[0].ID] {
			start = 0 // rows moved up while we read
			continue
		}
		before := len(all)
		for _, one := range page.Comments {
			if !seen[one.ID] {
				seen[one.ID] = true
				all = append(all, one)
			}
		}
		switch start += len(page.Comments); {
		case start >= page.Total:
			return all, nil
		case len(all) == before:
			return nil, odd(c.op, "Jira says there are more comments, and gives none")
		}
		start-- // the next page begins with the last row of this one
	}
}

// mine is a comment of ours with what its marker is still looked for in.
type mine struct {
	tracker.Comment
	touched bool // last changed by somebody else
}

// oursOf picks our comments, oldest first, with the markers of their anchors.
func (t *Tracker) oursOf(s *session, item work.Ref, all []remark) []mine {
	var ours []mine
	for _, one := range all {
		if !t.ours(s, one.Author) {
			continue
		}
		var body string
		_ = json.Unmarshal(one.Body, &body) // a body of another form has no anchor
		c := tracker.Comment{
			ID: one.ID, Item: item, URL: t.commentURL(item.ID, one.ID), Author: one.Author.id(), Ours: true,
			Body: body, Created: one.Created.Time, Updated: one.Updated.Time,
		}
		if c.Marker, c.Marked = comment.Parse(body); !c.Marked {
			c.Marker, c.Marked = markerIn(one.Properties)
		}
		ours = append(ours, mine{Comment: c, touched: !t.ours(s, one.UpdateAuthor)})
	}
	slices.SortStableFunc(ours, func(a, b mine) int {
		return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	return ours
}

func markerIn(properties []property) (comment.Marker, bool) {
	for _, p := range properties {
		if p.Key == comment.PropertyKey {
			return comment.ParseProperty(p.Value)
		}
	}
	return comment.Marker{}, false
}

// embedded takes the comments that matter out of the items a search found: ours,
// and the remarks of people. Cloud embeds only the first ones: the comments of an
// item that has more are listed.
func (t *Tracker) embedded(ctx context.Context, s *session, issues []issue, page *tracker.Page) error {
	var ours []mine
	for _, raw := range issues {
		ref := work.Ref{Tracker: t.name, ID: raw.ID}
		block := get[*comments](raw.Fields, "comment")
		if block == nil { // the account may not see the field
			continue
		}
		all := block.Comments
		if block.Total > len(all) {
			var err error
			all, err = t.list(ctx, raw.ID, false)
			if tracker.KindOf(err) == tracker.NotFound { // gone in the meantime
				continue
			}
			if err != nil {
				return err
			}
		}
		ours = append(ours, t.oursOf(s, ref, all)...)
		page.Remarks = append(page.Remarks, t.remarksOf(s, ref, all)...)
		page.Commented = append(page.Commented, ref)
	}
	if err := t.properties(ctx, s, ours); err != nil {
		return err
	}
	page.Comments = plain(ours)
	slices.SortFunc(page.Remarks, tracker.CompareRemarks)
	return nil
}

// properties reads the markers of our comments whose anchor is missing. Cloud
// tells many at once. On Data Center an anchor stays unless somebody else edits the
// comment, so only those are asked for, by item.
func (t *Tracker) properties(ctx context.Context, s *session, ours []mine) error {
	if s.cloud {
		return t.propertiesByID(ctx, ours)
	}
	asked := map[work.Ref][]remark{}
	for i, c := range ours {
		if c.Marked || !c.touched {
			continue
		}
		if _, done := asked[c.Item]; !done {
			all, err := t.list(ctx, c.Item.ID, true)
			if err != nil && tracker.KindOf(err) != tracker.NotFound {
				return err
			}
			asked[c.Item] = all
		}
		for _, one := range asked[c.Item] {
			if one.ID == c.ID {
				ours[i].Marker, ours[i].Marked = markerIn(one.Properties)
			}
		}
	}
	return nil
}

// mostIDs is how many comments Cloud gives by id in one call.
const mostIDs = 1000

func (t *Tracker) propertiesByID(ctx context.Context, ours []mine) error {
	var ids []int64
	at := map[string]int{}
	for i, c := range ours {
		if id, err := strconv.ParseInt(c.ID, 10, 64); err == nil && !c.Marked {
			ids, at[c.ID] = append(ids, id), i
		}
	}
	for some := range slices.Chunk(ids, mostIDs) {
		var answer struct {
			Values []remark `json:"values"`
		}
		c := call{
			op: "read comment properties", method: http.MethodPost, route: "comment/list",
			query: url.Values{"expand": {"properties"}}, body: map[string]any{"ids": some},
		}
		if _, err := t.do(ctx, c, &answer); err != nil {
			return err
		}
		for _, one := range answer.Values {
			if i, known := at[one.ID]; known {
				ours[i].Marker, ours[i].Marked = markerIn(one.Properties)
			}
		}
	}
	return nil
}

func plain(ours []mine) []tracker.Comment {
	var list []tracker.Comment
	for _, c := range ours {
		list = append(list, c.Comment)
	}
	return list
}

// written is an item's key where a reading told it, else its id.
func (t *Tracker) written(id string) string {
	if k, ok := t.recall(id); ok {
		return k.key
	}
	return "item " + id
}

func (t *Tracker) commentURL(item, id string) string {
	page := "/secure/ViewIssue.jspa?id=" + url.QueryEscape(item) + "&"
	if k, ok := t.recall(item); ok {
		page = "/browse/" + url.PathEscape(k.key) + "?"
	}
	return t.browse + page + "focusedCommentId=" + url.QueryEscape(id)
}
