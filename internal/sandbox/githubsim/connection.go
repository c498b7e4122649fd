package githubsim

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
)

// maxFirst is the most that one connection gives at once.
const maxFirst = 100

// span is what a query says about the part of a connection it wants.
type span struct {
	After, Before *string
	First, Last   *int
	Asked         graphql.Selected
}

// connection is one page of a GraphQL list.
type connection[T any] struct {
	TotalCount int
	PageInfo   pageInfo
	Nodes      []T
	Edges      []edge[T]
}

type edge[T any] struct {
	Cursor string
	Node   T
}

type pageInfo struct {
	EndCursor, StartCursor       *string
	HasNextPage, HasPreviousPage bool
}

// connect cuts the wanted page out of a list of total entries and builds only the entries of that page. A page that is
// too large is refused in GitHub's words, and so is one without first and last, unless nothing but the count is asked.
func connect[T any](name string, s span, total int, at func(int) T) (*connection[T], error) {
	from, to, err := s.bounds(name, total)
	if err != nil {
		return nil, err
	}
	out := &connection[T]{TotalCount: total, PageInfo: pageInfo{HasNextPage: to < total, HasPreviousPage: from > 0}}
	out.Nodes = make([]T, 0, to-from)
	for i := from; i < to; i++ {
		out.Nodes = append(out.Nodes, at(i))
	}
	if slices.Contains(s.Asked, "edges") {
		for i, node := range out.Nodes {
			out.Edges = append(out.Edges, edge[T]{Cursor: cursorAt(from + i + 1), Node: node})
		}
	}
	if out.Edges == nil {
		out.Edges = []edge[T]{}
	}
	if to > from {
		first, last := cursorAt(from+1), cursorAt(to)
		out.PageInfo.StartCursor, out.PageInfo.EndCursor = &first, &last
	}
	return out, nil
}

// none is a connection of what the simulated GitHub has none of.
func none(name string, s span) (*connection[any], error) {
	return connect(name, s, 0, func(int) any { return nil })
}

// counts reports whether nothing of a connection's entries is asked for.
func (s span) counts() bool {
	return !slices.Contains(s.Asked, "nodes") && !slices.Contains(s.Asked, "edges") && !slices.Contains(s.Asked, "pageInfo")
}

// bounds says which entries, from inclusive to exclusive, are meant.
func (s span) bounds(name string, total int) (from, to int, err error) {
	if err := s.check(name); err != nil {
		return 0, 0, err
	}
	from, to = 0, total
	if s.After != nil && *s.After != "" {
		if from, err = position(*s.After); err != nil {
			return 0, 0, err
		}
	}
	if s.Before != nil && *s.Before != "" {
		if to, err = position(*s.Before); err != nil {
			return 0, 0, err
		}
		to--
	}
	from, to = min(from, total), min(to, total)
	to = max(from, to)
	switch {
	case s.First != nil:
		return from, min(to, from+*s.First), nil
	case s.Last != nil:
		return max(from, to-*s.Last), to, nil
	}
	return from, from, nil
}

// check refuses pages that may not be asked for.
func (s span) check(name string) error {
	if s.First == nil && s.Last == nil {
		if s.counts() {
			return nil
		}
		return graphql.Failure("MISSING_PAGINATION_BOUNDARIES",
			"You must provide a `first` or `last` value to properly paginate the `%s` connection.", name)
	}
	if s.First != nil && s.Last != nil {
		return graphql.Failure("UNPROCESSABLE",
			"Passing both `first` and `last` to paginate the `%s` connection is not supported.", name)
	}
	which, size := "first", s.First
	if size == nil {
		which, size = "last", s.Last
	}
	if *size > maxFirst {
		return graphql.Failure("EXCESSIVE_PAGINATION",
			"Requesting %d records on the `%s` connection exceeds the `%s` limit of %d records.", *size, name, which, maxFirst)
	}
	if *size < 0 {
		return graphql.Failure("UNPROCESSABLE", "`%s` on the `%s` connection cannot be less than zero.", which, name)
	}
	return nil
}

// cursorAt names the position of an entry, counted from 1. GitHub's cursors of project items are positions too
// (recorded: "MTAw" after 100 items), which is why a board that is reordered while it is read repeats and skips.
func cursorAt(n int) string { return base64.StdEncoding.EncodeToString([]byte(strconv.Itoa(n))) }

func position(cursor string) (int, error) {
	raw, err := base64.StdEncoding.DecodeString(cursor)
	if err != nil {
		raw, err = base64.RawURLEncoding.DecodeString(strings.TrimRight(cursor, "="))
	}
	n, bad := strconv.Atoi(string(raw))
	if err != nil || bad != nil || n < 0 {
		return 0, graphql.Failure("INVALID_CURSOR_ARGUMENTS", "`%s` does not appear to be a valid cursor.", cursor)
	}
	return n, nil
}

func failure(kind, format string, args ...any) error { return graphql.Failure(kind, format, args...) }
