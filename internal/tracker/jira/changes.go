package jira

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"strata/internal/tracker"
	"strata/internal/work"
)

// Changes reads the next page of a scope.
func (t *Tracker) Changes(ctx context.Context, scope tracker.Scope, from tracker.Cursor) (tracker.Page, error) {
	s, err := t.session(ctx)
	if err != nil {
		return tracker.Page{}, err
	}
	op := "read scope " + scope.Name
	fields := s.fields.names()
	at := parseCursor(from, fingerprint(scope.JQL, fields))
	first := !at.under()
	ask := search{JQL: query(scope.JQL, at.from(t.overlap(s))), Fields: fields, Size: pageSize}
	step := t.byOffset
	if s.cloud {
		step = t.byToken
	}
	answer, next, more, err := step(ctx, s, op, scope.Name, ask, at)
	if err != nil {
		return tracker.Page{}, err
	}
	answer.Issues = distinct(answer.Issues)
	if first && !more && len(answer.Issues) == 0 {
		if err := t.verify(ctx); err != nil {
			return tracker.Page{}, err
		}
	}
	page, err := t.page(ctx, s, scope, answer.Issues)
	if err != nil {
		return tracker.Page{}, err
	}
	for _, r := range page.Records {
		next.saw(r.Updated)
	}
	if first {
		next.began(answer.date)
	}
	page.Full, page.More, page.Expected = at.Full, more, answer.Total
	page.Next = next.rest().text()
	if more {
		page.Next = next.text()
	}
	return page, nil
}

func (t *Tracker) overlap(s *session) time.Duration {
	usual := 2 * time.Minute
	if s.cloud {
		usual = 5 * time.Minute
	}
	return cmp.Or(t.cfg.Overlap.Std(), usual)
}

// page converts what a search found.
func (t *Tracker) page(ctx context.Context, s *session, scope tracker.Scope, issues []issue) (tracker.Page, error) {
	var page tracker.Page
	c := t.converter(s)
	boxes := map[work.SprintID]work.RecordSprint{}
	for _, raw := range issues {
		t.learn(raw.ID, known{key: raw.Key, desk: get[project](raw.Fields, "project").Type == serviceDesk})
		page.Records = append(page.Records, c.record(raw, scope.Name))
		for _, box := range sprintsOf(raw.Fields[s.fields.sprint]) {
			boxes[box.id(t.name)] = box.record(t.name)
		}
	}
	page.Sprints = slices.SortedFunc(maps.Values(boxes), func(a, b work.RecordSprint) int {
		return cmp.Or(cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	if err := t.embedded(ctx, s, issues, &page); err != nil {
		return tracker.Page{}, err
	}
	return page, nil
}

// distinct keeps the first of the items that come twice, and none without an id.
func distinct(issues []issue) []issue {
	seen := map[string]bool{"": true}
	return slices.DeleteFunc(issues, func(raw issue) bool {
		twice := seen[raw.ID]
		seen[raw.ID] = true
		return twice
	})
}

func (t *Tracker) converter(s *session) converter {
	return converter{tracker: t.name, browse: t.browse, fields: s.fields, groups: s.groups}
}

// byToken takes a page of Cloud's search. A token that comes twice would lead
// round in circles; a page without a token is the last.
func (t *Tracker) byToken(ctx context.Context, s *session, op, scope string, ask search, at cursor) (found, cursor, bool, error) {
	ask.Token = at.Token
	answer, err := t.find(ctx, s, op, ask)
	if err != nil {
		return found{}, at, false, err
	}
	if answer.Token == "" {
		if answer.Last != nil && !*answer.Last {
			return found{}, at, false, odd(op, "there are more pages, and no token for them")
		}
		return answer, at, false, nil
	}
	if !t.newToken(scope, at.Token, answer.Token) {
		return found{}, at, false, odd(op, "a page token was given twice")
	}
	at.Token = answer.Token
	return answer, at, true, nil
}

// newToken remembers the tokens of the reading under way; the first page begins a new one.
func (t *Tracker) newToken(scope, before, next string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if before == "" || t.tokens[scope] == nil {
		t.tokens[scope] = map[string]struct{}{before: {}}
	}
	if _, twice := t.tokens[scope][next]; twice {
		return false
	}
	t.tokens[scope][next] = struct{}{}
	return true
}

// byOffset takes a page of Data Center's search. Offsets drift when items leave the
// scope between two pages: those behind them move up, and would be jumped over. So
// a page begins with the last row of the page before; where that row is
// not there, the reading goes back by a page.
func (t *Tracker) byOffset(ctx context.Context, s *session, op, _ string, ask search, at cursor) (found, cursor, bool, error) {
	for start, back := at.Offset, pageSize; ; back *= 2 {
		ask.Start, ask.Size = start, pageSize
		if start > 0 {
			ask.Start, ask.Size = start-1, pageSize+1
		}
		answer, err := t.find(ctx, s, op, ask)
		if err != nil {
			return found{}, at, false, err
		}
		if answer.Start != ask.Start {
			return found{}, at, false, odd(op, "the server gives another page than we asked for")
		}
		fresh, joined := after(answer.Issues, at.Tail)
		if start > 0 && !joined {
			start = max(0, start-back)
			continue
		}
		end := ask.Start + len(answer.Issues)
		if len(fresh) == 0 && end < answer.Total {
			return found{}, at, false, odd(op, "the server says there are more items, and gives none")
		}
		at.Offset, at.Tail = end, tail(answer.Issues)
		answer.Issues = fresh
		// Without a total the reading goes on until nothing new comes.
		return answer, at, len(fresh) > 0 && (end < answer.Total || answer.Total == 0), nil
	}
}

// tailSize is how many ids of a page are remembered: as many of them may vanish
// before the next page without a step back.
const tailSize = 5

func tail(issues []issue) []string {
	var ids []string
	for _, i := range issues[max(0, len(issues)-tailSize):] {
		ids = append(ids, i.ID)
	}
	return ids
}

// after returns the rows behind the last of the known ids, and whether one was there.
func after(issues []issue, ids []string) ([]issue, bool) {
	for i := len(issues) - 1; i >= 0; i-- {
		if slices.Contains(ids, issues[i].ID) {
			return issues[i+1:], true
		}
	}
	return issues, false
}

// odd is an answer that cannot be believed. Nothing is concluded from it.
func odd(op, what string) error {
	return &tracker.Error{Kind: tracker.Transient, Op: op, Err: errors.New(what)}
}
