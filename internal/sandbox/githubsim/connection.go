package githubsim

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// maxFirst is the most that one connection gives at once.
const maxFirst = 100

// span is what a query says about the part of a connection it wants.
type span struct {
	After, Before *string
	First, Last   *int32
}

// connection is one page of a GraphQL list.
type connection[T any] struct {
	TotalCount int32
	PageInfo   pageInfo
	Nodes      *[]*T
	Edges      *[]*edge[T]
}

type edge[T any] struct {
	Cursor string
	Node   *T
}

type pageInfo struct {
	EndCursor, StartCursor       *string
	HasNextPage, HasPreviousPage bool
}

// connect cuts the wanted page out of a list of total entries and builds only the entries of that page.
// A page without first and last, or larger than 100, is refused in GitHub's words.
func connect[T any](name string, s span, total int, at func(int) *T) (*connection[T], error) {
	from, to, err := s.bounds(name, total)
	if err != nil {
		return nil, err
	}
	nodes, edges := make([]*T, 0, to-from), make([]*edge[T], 0, to-from)
	for i := from; i < to; i++ {
		node := at(i)
		nodes = append(nodes, node)
		edges = append(edges, &edge[T]{Cursor: cursorAt(i + 1), Node: node})
	}
	info := pageInfo{HasNextPage: to < total, HasPreviousPage: from > 0}
	if len(edges) > 0 {
		info.StartCursor, info.EndCursor = &edges[0].Cursor, &edges[len(edges)-1].Cursor
	}
	return &connection[T]{TotalCount: int32(total), PageInfo: info, Nodes: &nodes, Edges: &edges}, nil
}

// bounds says which entries, from inclusive to exclusive, are meant.
func (s span) bounds(name string, total int) (from, to int, err error) {
	if s.First == nil && s.Last == nil {
		return 0, 0, failure("MISSING_PAGINATION_BOUNDARIES",
			"You must provide a `first` or `last` value to properly paginate the `%s` connection.", name)
	}
	if s.First != nil && s.Last != nil {
		return 0, 0, failure("UNPROCESSABLE",
			"Passing both `first` and `last` to paginate the `%s` connection is not supported.", name)
	}
	which, size := "first", s.First
	if size == nil {
		which, size = "last", s.Last
	}
	if *size > maxFirst {
		return 0, 0, failure("EXCESSIVE_PAGINATION",
			"Requesting %d records on the `%s` connection exceeds the `%s` limit of %d records.", *size, name, which, maxFirst)
	}
	if *size < 1 {
		return 0, 0, failure("UNPROCESSABLE", "`%s` on the `%s` connection cannot be less than 1.", which, name)
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
	if s.First != nil {
		return from, min(to, from+int(*s.First)), nil
	}
	return max(from, to-int(*s.Last)), to, nil
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
		return 0, failure("INVALID_CURSOR_ARGUMENTS", "`%s` does not appear to be a valid cursor.", cursor)
	}
	return n, nil
}

// graphError is an error as GitHub types it; the path and place are added where the answer is written.
type graphError struct{ kind, message string }

func failure(kind, format string, args ...any) error {
	return &graphError{kind: kind, message: fmt.Sprintf(format, args...)}
}

func (e *graphError) Error() string { return e.message }

// Extensions carries the kind through the library that executes the query.
func (e *graphError) Extensions() map[string]any { return map[string]any{"type": e.kind} }
