package jirasim

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"strata/internal/sandbox/jql"
	"strata/internal/sandbox/world"
)

// mostSorts is how many keys Cloud lets an order have.
const mostSorts = 7

// search is a query that was understood in a world.
type search struct {
	holds    test
	among    list                      // who may be found, in some order; nil: everybody
	near     func() []*world.JiraIssue // everybody, nearly in order; nil: the world keeps no such list
	order    func(a, b *world.JiraIssue) int
	warnings []string
	timed    bool // the answer depends on when it is asked
}

// list gives some of the world's issues, in parts that an index knows and that do
// not overlap. They are not to be changed.
type list = func() [][]*world.JiraIssue

// find runs a query: the issues that the asker may see, in order. Bounded
// refuses a query without any restriction, as Cloud does; lenient, Data Center's
// validateQuery=false, makes a part that cannot be understood match nothing and
// leaves a warning in the call.
//
// What a query found is remembered and brought up to date with what was written
// since, so that the pages of a listing cost a page each.
func (c *call) find(st *world.State, text string, bounded, lenient bool) ([]*world.JiraIssue, error) {
	if c.user == nil {
		return nil, nil // anonymous people see no project: 200 and nothing
	}
	q, err := c.understand(st, text, lenient)
	if err != nil {
		return nil, err
	}
	if bounded && q.holds == nil {
		return nil, refuse(http.StatusBadRequest, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.")
	}
	c.warnings = q.warnings
	lag := c.lag(st)
	question := world.Question[*world.JiraIssue]{
		Order: q.order,
		Holds: func(i *world.JiraIssue) bool {
			return !i.Archived && c.sees(i) && (lag.IsZero() || !i.Updated.After(lag)) && (q.holds == nil || q.holds(i))
		},
	}
	question.Among = q.candidates(st)
	if !q.timed && len(c.hides) == 0 && lag.IsZero() {
		question.Name = fmt.Sprint(c.asker(), "\x00", lenient, "\x00", text)
	}
	return c.s.answers.Ask(st, question), nil
}

// candidates are the issues to look at: those that an index bounds the query by, or
// of many all in nearly the right order, which costs less than to sort.
func (q *search) candidates(st *world.State) func() []*world.JiraIssue {
	return func() []*world.JiraIssue {
		if q.among != nil {
			if parts := q.among(); q.near == nil || size(parts) < len(st.Jira)/8 {
				return slices.Concat(parts...)
			}
		}
		if q.near != nil {
			return q.near()
		}
		return st.Jira
	}
}

// understand parses a query and compiles it against the world it is asked in.
func (c *call) understand(st *world.State, text string, lenient bool) (*search, error) {
	parsed, err := jql.Parse(text)
	if err != nil {
		return nil, refuse(http.StatusBadRequest, err.Error())
	}
	if c.s.cloud() && len(parsed.Order) > mostSorts {
		return nil, badJQL("The ORDER BY clause supports at most %d fields, got %d.", mostSorts, len(parsed.Order))
	}
	k := &compiler{c: c, st: st, clock: jql.Clock{Now: st.Now(), Zone: c.user.Location()}, lenient: lenient}
	out := &search{}
	if parsed.Where != nil {
		part, err := k.clause(parsed.Where)
		if err != nil {
			return nil, err
		}
		out.holds, out.among = part.holds, part.among
	}
	sorts, err := k.sorts(parsed.Order)
	if err != nil {
		return nil, err
	}
	out.order = compareBy(sorts)
	out.near = k.sorted(sorts)
	out.warnings, out.timed = k.warnings, k.timed
	return out, nil
}

// badJQL is a query refused in Jira's words.
func badJQL(format string, args ...any) error {
	return refuse(http.StatusBadRequest, fmt.Sprintf(format, args...))
}

// message is what an answer says of a mistake.
func message(err error) string {
	var p *problem
	if errors.As(err, &p) {
		return p.Error()
	}
	return err.Error()
}

// shortest is the shorter of two lists that may be found; nil is everybody.
func shortest(a, b list) list {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return func() [][]*world.JiraIssue {
		one, other := a(), b()
		if size(other) < size(one) {
			return other
		}
		return one
	}
}

func size(parts [][]*world.JiraIssue) int {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	return n
}

// exactly are these issues, each once.
func exactly(issues ...*world.JiraIssue) list {
	slices.SortFunc(issues, func(a, b *world.JiraIssue) int { return int(a.ID - b.ID) })
	issues = slices.Compact(issues)
	return func() [][]*world.JiraIssue { return whole(issues) }
}

// whole is a list that is known in one piece.
func whole(issues []*world.JiraIssue) [][]*world.JiraIssue { return [][]*world.JiraIssue{issues} }
