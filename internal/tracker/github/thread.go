package github

import (
	"context"
	"fmt"
	"strconv"

	"strata/internal/tracker"
	"strata/internal/work"
)

// Comments lists every comment of ours on an item, oldest first.
func (g *GitHub) Comments(ctx context.Context, item work.Ref) ([]tracker.Comment, error) {
	s, err := g.spot(ctx, item)
	if err != nil {
		return nil, err
	}
	self, err := g.whoami(ctx)
	if err != nil {
		return nil, err
	}
	at := s.at
	rows, err := g.thread(ctx, at)
	if tracker.KindOf(err) == tracker.NotFound {
		// The comments of a transferred issue are not redirected; the issue is.
		moved, lookErr := g.moved(ctx, item, at)
		if lookErr != nil || moved == at {
			return nil, err
		}
		at = moved
		rows, err = g.thread(ctx, at)
	}
	if err != nil {
		return nil, err
	}
	g.reviseRemarks(self, item, at, rows)
	var ours []tracker.Comment
	spoken := int64(0)
	for _, row := range rows {
		if row.person() {
			spoken = max(spoken, row.ID)
		}
		if c := g.comment(self, row); c.Ours {
			c.Item = item
			ours = append(ours, c)
		}
	}
	for i := range ours {
		id, _ := strconv.ParseInt(ours[i].ID, 10, 64)
		ours[i].Replied = ours[i].Replied || spoken > id
	}
	return ours, nil
}

// thread reads all comments of an issue, all pages, oldest first.
func (g *GitHub) thread(ctx context.Context, at place) ([]*restComment, error) {
	op := "list comments of " + at.key()
	var all []*restComment
	for page := 1; ; page++ {
		var rows []*restComment
		path := fmt.Sprintf("repos/%s/issues/%d/comments?per_page=%d&page=%d", at.repo, at.number, pageSize, page)
		if err := g.get(ctx, op, "repos/{owner}/{repo}/issues/{number}/comments", path, &rows); err != nil {
			return nil, err
		}
		for _, row := range rows {
			if row != nil {
				all = append(all, row)
			}
		}
		if len(rows) < pageSize {
			return all, nil
		}
	}
}
