package github

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"strata/internal/tracker"
)

// repositoryPage asks for a page of a repository's issues.
func (s *step) repositoryPage(ctx context.Context, op, query string, variables map[string]any) (reply[repositoryAnswer], error) {
	owner, name, _ := strings.Cut(s.Repo, "/")
	variables["owner"], variables["name"] = owner, name
	answer, err := paged[repositoryAnswer](ctx, s.GitHub, op, query, variables, s.After)
	if err != nil {
		return answer, err
	}
	if err := answer.whole(op); err != nil {
		return answer, err
	}
	if answer.Data.Repository == nil {
		return answer, &tracker.Error{Kind: tracker.NotFound, Op: op, Err: errors.New("no such repository, or the account may not see it")}
	}
	if info := answer.Data.Repository.Issues.PageInfo; info.HasNextPage && (info.EndCursor == "" || info.EndCursor == s.After) {
		return answer, &tracker.Error{Kind: tracker.Transient, Op: op, Err: errors.New("the repository's pages do not advance")}
	}
	return answer, nil
}

// takeIssues reads a page of every issue of the repository, or of every open
// one when the rest is known from an earlier reading.
func (s *step) takeIssues(ctx context.Context) error {
	variables := map[string]any{}
	if !s.Full {
		variables["states"] = []string{"OPEN"}
	}
	answer, err := s.repositoryPage(ctx, "read issues of "+s.Repo, everyIssueQuery, variables)
	if err != nil {
		return err
	}
	repo := answer.Data.Repository
	if s.After == "" {
		s.Began = answer.Time
	}
	if s.Full {
		s.page.Expected = repo.Issues.TotalCount
	}
	for _, n := range repo.Issues.Nodes {
		if n == nil {
			s.page.Hidden++
			continue
		}
		if err := s.takeIssue(ctx, n); err != nil {
			return err
		}
	}
	s.keep()
	if repo.Issues.PageInfo.HasNextPage {
		s.After = repo.Issues.PageInfo.EndCursor
		return nil
	}
	s.reading.whole[strings.ToLower(s.Repo)] = true
	s.mem.with(s.Repo, func(r *repository) { r.placed = r.placed || s.Full })
	if !s.Full {
		s.startChanges()
		return nil
	}
	// What changed after its page was read is younger than the beginning, by GitHub's clock.
	s.note(s.Repo, func(m *marks) {
		if !s.Began.IsZero() && m.Issues.After(s.Began) {
			m.Issues = s.Began
		}
	})
	s.startComments()
	return nil
}

// takeIssue turns an issue into a record and remembers its edges.
func (s *step) takeIssue(ctx context.Context, n *issueNode) error {
	if err := s.restOfEdges(ctx, n); err != nil {
		return err
	}
	s.remember(n)
	s.record(s.issue(n), n.place(), n.NodeID)
	return nil
}

func (s *step) remember(n *issueNode) {
	s.note(s.Repo, func(m *marks) { m.Issues = younger(m.Issues, n.UpdatedAt.UTC()) })
	s.mem.with(s.Repo, func(r *repository) { r.private = n.Repository.IsPrivate })
	s.found(n)
}

// takeChanges reads a page of the issues that changed, in the order of their
// changes. REST tells which they are; for those with dependencies GraphQL tells
// the rest, all of a page in one request.
func (s *step) takeChanges(ctx context.Context) error {
	op := "read changes of " + s.Repo
	var rows []*restIssue
	route := "repos/{owner}/{repo}/issues"
	if err := s.get(ctx, op, route, "repos/"+s.Repo+"/issues?state=all&"+s.Walk.query(), &rows); err != nil {
		return err
	}
	private := false
	s.mem.with(s.Repo, func(r *repository) { private = r.private })
	var more []string
	for _, row := range rows {
		if row == nil || row.ID == 0 || row.UpdatedAt.IsZero() {
			return &tracker.Error{Kind: tracker.Transient, Op: op, Err: errors.New("an issue without id or time")}
		}
		s.note(s.Repo, func(m *marks) { m.Issues = younger(m.Issues, row.UpdatedAt.UTC()) })
		switch {
		case row.pull():
		case row.incomplete():
			more = append(more, row.NodeID)
		default:
			r, err := s.rest(row)
			if err != nil {
				return &tracker.Error{Kind: tracker.Rejected, Op: op, Err: err}
			}
			r.Private = r.Private || private
			at, _ := parseKey(r.Key)
			s.found(&issueNode{Number: row.Number, UpdatedAt: row.UpdatedAt})
			s.record(r, at, row.NodeID)
		}
	}
	if err := s.takeNodes(ctx, op, more); err != nil {
		return err
	}
	s.keep()
	if len(rows) > 0 {
		if next, goOn := s.Walk.next(len(rows), rows[0].UpdatedAt.UTC(), rows[len(rows)-1].UpdatedAt.UTC()); goOn {
			s.Walk = next
			return nil
		}
	}
	s.Phase, s.After = edges, ""
	if !s.Began.IsZero() {
		// This very reading began with the open issues themselves.
		s.startComments()
	}
	return nil
}

// takeEdges reads a page of the dependencies of open issues, which change
// without moving an update time, and asks again for the issues whose did.
func (s *step) takeEdges(ctx context.Context) error {
	op := "read dependencies of " + s.Repo
	answer, err := s.repositoryPage(ctx, op, edgesQuery, map[string]any{})
	if err != nil {
		return err
	}
	var differ []string
	list := answer.Data.Repository.Issues
	known, found := s.edgesKnown(), s.reading.edges[strings.ToLower(s.Repo)]
	for _, n := range list.Nodes {
		if n == nil {
			continue
		}
		now := fingerprint(n)
		if was, ok := found[n.Number]; ok && was == now || !ok && known[n.Number] == now {
			continue
		}
		differ = append(differ, n.NodeID)
	}
	if err := s.takeNodes(ctx, op, differ); err != nil {
		return err
	}
	s.keep()
	if list.PageInfo.HasNextPage {
		s.After = list.PageInfo.EndCursor
		return nil
	}
	s.startComments()
	return nil
}

// takeNodes reads issues of this repository by their node ids. One that is gone
// meanwhile is left out: the next full reading tells.
func (s *step) takeNodes(ctx context.Context, op string, ids []string) error {
	found, err := s.issuesByNode(ctx, op, ids)
	if err != nil {
		return err
	}
	for _, n := range found {
		if n == nil || n.Typename == "PullRequest" {
			continue
		}
		if err := s.takeIssue(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

// query writes a walk as parameters of a list.
func (w walk) query() string {
	q := url.Values{"sort": {"updated"}, "direction": {"asc"}, "per_page": {strconv.Itoa(pageSize)}}
	if !w.Since.IsZero() {
		q.Set("since", w.Since.UTC().Format(time.RFC3339))
	}
	if w.Page > 1 {
		q.Set("page", fmt.Sprint(w.Page))
	}
	return q.Encode()
}
