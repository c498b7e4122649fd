package jirasim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/jql"
	"strata/internal/sandbox/world"
)

// test judges one issue.
type test = func(*world.JiraIssue) bool

func nothing(*world.JiraIssue) bool { return false }

// part is a piece of a query. Among bounds who can hold, where an index knows;
// nil: anybody.
type part struct {
	holds test
	among list
	apart bool // who can hold cannot do so for another value of the field
}

// compiler turns a parsed query into a test, in the world it is asked in.
type compiler struct {
	c        *call
	st       *world.State
	clock    jql.Clock
	lenient  bool // what cannot be understood matches nothing and is warned of
	timed    bool // the query names a moment that depends on now
	warnings []string
}

func (k *compiler) clause(c jql.Clause) (part, error) {
	switch c := c.(type) {
	case jql.Or:
		return k.or(c)
	case jql.And:
		return k.and(c)
	case jql.Not:
		in, err := k.clause(c.Clause)
		if err != nil {
			return part{}, err
		}
		return part{holds: func(i *world.JiraIssue) bool { return !in.holds(i) }}, nil
	case *jql.Term:
		out, err := k.term(c)
		if err != nil && k.lenient {
			k.warnings = append(k.warnings, message(err))
			return part{holds: nothing, among: exactly()}, nil
		}
		return out, err
	}
	return part{holds: nothing}, nil
}

func (k *compiler) parts(clauses []jql.Clause) ([]part, error) {
	out := make([]part, 0, len(clauses))
	for _, c := range clauses {
		p, err := k.clause(c)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

func (k *compiler) or(clauses []jql.Clause) (part, error) {
	some, err := k.parts(clauses)
	return part{holds: func(i *world.JiraIssue) bool {
		return slices.ContainsFunc(some, func(p part) bool { return p.holds(i) })
	}}, err
}

// and asks the shortest list that any of its clauses is bounded by.
func (k *compiler) and(clauses []jql.Clause) (part, error) {
	all, err := k.parts(clauses)
	out := part{holds: func(i *world.JiraIssue) bool {
		return !slices.ContainsFunc(all, func(p part) bool { return !p.holds(i) })
	}}
	for _, p := range all {
		out.among = shortest(out.among, p.among)
	}
	return out, err
}

// term compiles one comparison. Every way to be wrong names itself.
func (k *compiler) term(t *jql.Term) (part, error) {
	name := t.Field.String()
	f, ok := k.field(t.Field)
	if !ok {
		return part{}, badJQL("Field '%s' does not exist or you do not have permission to view it.", name)
	}
	if t.Op.Historic() {
		holds, err := k.past(f, t)
		return part{holds: holds}, err
	}
	if !strings.Contains(f.ops, "|"+string(t.Op)+"|") {
		return part{}, badJQL("The operator '%s' is not supported by the '%s' field.", t.Op, name)
	}
	if err := shape(t); err != nil {
		return part{}, err
	}
	return k.compare(f, t)
}

// shape checks that an operator got what it wants: a list, a single value or
// EMPTY.
func shape(t *jql.Term) error {
	name, o := t.Field.String(), *t.Operand
	many := o.Kind == jql.List || o.Kind == jql.Function && functions[strings.ToLower(o.Text)].list
	switch {
	case o.Kind == jql.Function && !isFunction(o.Text):
		return unknownFunction(o)
	case t.Op.Takes() && !many:
		return badJQL("Operator '%s' does not support the non-list value '%s' for field '%s'.", t.Op, o, name)
	case !t.Op.Takes() && many:
		return badJQL("Operator '%s' does not support the list value '%s' for field '%s'.", t.Op, o, name)
	case (t.Op == jql.Is || t.Op == jql.IsNot) && o.Kind != jql.Empty:
		return badJQL("The operator '%s' can only be used with EMPTY or NULL.", strings.ToUpper(string(t.Op)))
	}
	for _, v := range o.Values() {
		if v.Kind == jql.Function && !isFunction(v.Text) {
			return unknownFunction(v)
		}
	}
	return nil
}

// compare makes a test of the values of a term. A field without a value matches
// no negation but IS NOT EMPTY, and NOT IN a list that names EMPTY.
func (k *compiler) compare(f jqlField, t *jql.Term) (part, error) {
	values := t.Operand.Values()
	some := make([]part, 0, len(values))
	empty := false
	for _, v := range values {
		p, err := k.value(f, t, v)
		if err != nil {
			if !k.lenient || !t.Op.Takes() {
				return part{}, err
			}
			k.warnings = append(k.warnings, message(err)) // the other values of the list still count
			continue
		}
		empty = empty || v.Kind == jql.Empty
		some = append(some, p)
	}
	hit := func(i *world.JiraIssue) bool {
		return slices.ContainsFunc(some, func(p part) bool { return p.holds(i) })
	}
	if len(some) == 1 {
		hit = some[0].holds
	}
	if t.Op.Negative() {
		return part{holds: func(i *world.JiraIssue) bool {
			return !hit(i) && (empty || f.empty == nil || !f.empty(i))
		}}, nil
	}
	return part{holds: hit, among: together(some)}, nil
}

// together are the lists of alternatives; nil when one of them has none.
func together(some []part) list {
	if len(some) == 1 {
		return some[0].among
	}
	apart := true
	for _, p := range some {
		if p.among == nil {
			return nil
		}
		apart = apart && p.apart
	}
	return func() [][]*world.JiraIssue {
		var out [][]*world.JiraIssue
		for _, p := range some {
			for _, piece := range p.among() {
				again := func(o []*world.JiraIssue) bool { return len(o) == len(piece) && o[0] == piece[0] }
				if len(piece) > 0 && (!apart || !slices.ContainsFunc(out, again)) {
					out = append(out, piece)
				}
			}
		}
		if apart {
			return out
		}
		return [][]*world.JiraIssue{once(out)}
	}
}

// once are issues of lists that may overlap, each once.
func once(parts [][]*world.JiraIssue) []*world.JiraIssue {
	out := make([]*world.JiraIssue, 0, size(parts))
	seen := make(map[*world.JiraIssue]bool, size(parts))
	for _, p := range parts {
		for _, i := range p {
			if !seen[i] {
				seen[i] = true
				out = append(out, i)
			}
		}
	}
	return out
}

func (k *compiler) value(f jqlField, t *jql.Term, v jql.Operand) (part, error) {
	name := t.Field.String()
	if v.Kind == jql.Empty {
		if f.empty == nil || f.never || t.Op == jql.Less || t.Op == jql.LessEqual || t.Op == jql.Greater || t.Op == jql.GreaterEqual || t.Op == jql.Like || t.Op == jql.NotLike {
			return part{}, badJQL("The field '%s' does not support searching for EMPTY values.", name)
		}
		return part{holds: f.empty}, nil
	}
	if v.Kind == jql.Function {
		if err := k.arguments(v); err != nil {
			return part{}, err
		}
	}
	return f.match(k, ask{name: name, op: t.Op, value: v})
}

// ask is one value that a field is compared with.
type ask struct {
	name  string // of the field, as the query says it
	op    jql.Op
	value jql.Operand
}

// call is the name of the function that a value is, in lower case; empty: none.
func (a ask) call() string {
	if a.value.Kind != jql.Function {
		return ""
	}
	return strings.ToLower(a.value.Text)
}

// unknown says that a field has no such value.
func (a ask) unknown() error {
	if a.value.Kind == jql.Number {
		return badJQL("A value with ID '%s' does not exist for the field '%s'.", a.value.Value(), a.name)
	}
	return badJQL("The value '%s' does not exist for the field '%s'.", a.value.Value(), a.name)
}

// unfit says that a function gives nothing that the field could be.
func (a ask) unfit() error {
	return badJQL("A value provided by the function '%s' is invalid for the field '%s'.", a.value.Text, a.name)
}
