package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/google/go-github/v66/github"
	"github.com/shurcooL/githubv4"

	"strata/internal/comment"
	"strata/internal/markup"
	"strata/internal/tracker"
	"strata/internal/tracker/wire"
	"strata/internal/work"
)

// Post writes a new comment with one request. Only where GitHub answers that the
// issue is elsewhere, and so has written nothing, is it sent there, once.
func (g *GitHub) Post(ctx context.Context, item work.Ref, draft tracker.Draft) (tracker.Comment, error) {
	s, err := g.spot(ctx, item)
	if err != nil {
		return tracker.Comment{}, err
	}
	self, err := g.whoami(ctx)
	if err != nil {
		return tracker.Comment{}, err
	}
	var made restComment
	at := s.at
	resp, err := g.post(ctx, at, draft, &made)
	if elsewhere(resp) {
		moved, lookErr := g.moved(ctx, item, at)
		if lookErr != nil {
			return tracker.Comment{}, lookErr
		}
		if moved != at {
			at = moved
			_, err = g.post(ctx, at, draft, &made)
		}
	}
	if err != nil {
		return tracker.Comment{}, err
	}
	if made.ID == 0 {
		return tracker.Comment{}, &tracker.Error{Kind: tracker.Unclear, Op: "post comment on " + at.key(), Err: errors.New("the answer names no comment")}
	}
	c := g.comment(self, &made)
	c.Item = item
	g.mem.with(at.repo, func(r *repository) { r.ours[made.ID] = said{Comment: c, number: at.number} })
	return c, nil
}

func (g *GitHub) post(ctx context.Context, at place, draft tracker.Draft, made *restComment) (*http.Response, error) {
	path := fmt.Sprintf("repos/%s/issues/%d/comments", at.repo, at.number)
	return g.put(ctx, "post comment on "+at.key(), "repos/{owner}/{repo}/issues/{number}/comments", http.MethodPost, path, body(draft), made)
}

// elsewhere says that GitHub has written nothing, perhaps because the issue is
// in another place now: reads of a transferred issue are redirected, writes are
// redirected or find nothing.
func elsewhere(resp *http.Response) bool {
	return resp != nil && (resp.StatusCode >= 300 && resp.StatusCode < 400 || resp.StatusCode == http.StatusNotFound)
}

// moved asks where an issue is now; it is the same place where it has not moved.
func (g *GitHub) moved(ctx context.Context, item work.Ref, at place) (place, error) {
	row, err := g.issueAt(ctx, at)
	if err != nil {
		return at, err
	}
	now, ok := parseIssueURL(row.URL)
	if !ok || now.fold() == at.fold() {
		return at, nil
	}
	g.mem.learn(item.ID, now, row.NodeID)
	return now, nil
}

// body is what a comment says, with the marker as its hidden first line. What
// GitHub would refuse as too long is cut.
func body(draft tracker.Draft) *github.IssueComment {
	marker := draft.Marker.Line() + "\n"
	text := markup.Within(markup.GitHubLimit-len(marker), markup.GitHub, draft.Body)
	return &github.IssueComment{Body: github.String(marker + text)}
}

// Edit replaces a comment of ours, and hides or shows it where the marker's
// state differs from what GitHub shows. Both may be done again without harm.
func (g *GitHub) Edit(ctx context.Context, item work.Ref, id string, draft tracker.Draft) error {
	at, err := g.commented(ctx, item, id)
	if err != nil {
		return err
	}
	op := "edit comment " + id + " on " + at.key()
	var now restComment
	route := "repos/{owner}/{repo}/issues/comments/{id}"
	resp, err := g.put(ctx, op, route, http.MethodPatch, commentPath(at, id), body(draft), &now)
	if elsewhere(resp) {
		moved, lookErr := g.moved(ctx, item, at)
		if lookErr != nil && tracker.KindOf(lookErr) != tracker.NotFound {
			return lookErr
		}
		if moved != at {
			_, err = g.put(ctx, op, route, http.MethodPatch, commentPath(moved, id), body(draft), &now)
		}
	}
	if err != nil {
		if tracker.KindOf(err) == tracker.NotFound {
			g.forget(at, id)
		}
		return err
	}
	fold := draft.Marker.State == comment.Folded
	if len(now.Minimized) > 0 && now.hidden() == fold {
		return nil
	}
	// An older server does not tell whether it is hidden; asking twice does no harm.
	return g.minimise(ctx, op, now.NodeID, fold)
}

// minimise hides a comment as resolved, or shows it again.
func (g *GitHub) minimise(ctx context.Context, op, node string, fold bool) error {
	ctx = context.WithValue(ctx, intentKey{}, wire.Write)
	if fold {
		var m struct {
			MinimizeComment struct {
				MinimizedComment struct{ IsMinimized bool }
			} `graphql:"minimizeComment(input: $input)"`
		}
		input := githubv4.MinimizeCommentInput{SubjectID: githubv4.ID(node), Classifier: githubv4.ReportedContentClassifiersResolved}
		return smallError(op, wire.Write, g.small.Mutate(wire.Route(ctx, "graphql/minimizeComment"), &m, input, nil))
	}
	var m struct {
		UnminimizeComment struct {
			UnminimizedComment struct{ IsMinimized bool }
		} `graphql:"unminimizeComment(input: $input)"`
	}
	input := githubv4.UnminimizeCommentInput{SubjectID: githubv4.ID(node)}
	return smallError(op, wire.Write, g.small.Mutate(wire.Route(ctx, "graphql/unminimizeComment"), &m, input, nil))
}

// smallError gives an error of the small client our words.
func smallError(op string, intent wire.Intent, err error) error {
	if err == nil {
		return nil
	}
	var judged *tracker.Error
	if errors.As(err, &judged) {
		named := *judged
		named.Op = op
		return &named
	}
	return wire.ErrorOf(op, nil, nil, err, intent)
}

// Erase deletes a comment of ours; one that is gone already is no error.
func (g *GitHub) Erase(ctx context.Context, item work.Ref, id string) error {
	at, err := g.commented(ctx, item, id)
	if tracker.KindOf(err) == tracker.NotFound {
		return nil // the item is gone, and its comments with it
	}
	if err != nil {
		return err
	}
	op, route := "erase comment "+id+" on "+at.key(), "repos/{owner}/{repo}/issues/comments/{id}"
	resp, err := g.put(ctx, op, route, http.MethodDelete, commentPath(at, id), nil, nil)
	if elsewhere(resp) {
		moved, lookErr := g.moved(ctx, item, at)
		if lookErr != nil && tracker.KindOf(lookErr) != tracker.NotFound {
			return lookErr
		}
		if moved != at {
			_, err = g.put(ctx, op, route, http.MethodDelete, commentPath(moved, id), nil, nil)
		}
	}
	if err != nil && tracker.KindOf(err) != tracker.NotFound {
		return err
	}
	g.forget(at, id)
	return nil
}

// commented finds the place of an item under which a comment stands.
func (g *GitHub) commented(ctx context.Context, item work.Ref, id string) (place, error) {
	if n, err := strconv.ParseInt(id, 10, 64); err != nil || n <= 0 {
		return place{}, &tracker.Error{Kind: tracker.Rejected, Op: "find comment " + strconv.Quote(id), Err: errors.New("not the id of a comment on GitHub")}
	}
	s, err := g.spot(ctx, item)
	return s.at, err
}

func commentPath(at place, id string) string { return "repos/" + at.repo + "/issues/comments/" + id }

// forget drops a comment that is known to be gone.
func (g *GitHub) forget(at place, id string) {
	n, _ := strconv.ParseInt(id, 10, 64)
	g.mem.with(at.repo, func(r *repository) { delete(r.ours, n) })
}
