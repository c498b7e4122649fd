package jirasim

import (
	"slices"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// test judges one issue.
type test func(*world.JiraIssue) bool

// compiler turns a parsed query into a test, with the world it is asked in.
type compiler struct {
	c       *call
	st      *world.State
	now     time.Time
	lenient bool // Data Center's validateQuery=false: a value that is not there matches nothing
}

func (k *compiler) or(o *jqlOr) (test, error) {
	var some []test
	for i := range o.Any {
		t, err := k.and(&o.Any[i])
		if err != nil {
			return nil, err
		}
		some = append(some, t)
	}
	if len(some) == 1 {
		return some[0], nil
	}
	return func(i *world.JiraIssue) bool {
		return slices.ContainsFunc(some, func(t test) bool { return t(i) })
	}, nil
}

func (k *compiler) and(a *jqlAnd) (test, error) {
	var all []test
	for i := range a.All {
		t, err := k.term(&a.All[i])
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	if len(all) == 1 {
		return all[0], nil
	}
	return func(i *world.JiraIssue) bool {
		return !slices.ContainsFunc(all, func(t test) bool { return !t(i) })
	}, nil
}

func (k *compiler) term(t *jqlTerm) (test, error) {
	switch {
	case t.Not != nil:
		in, err := k.term(t.Not)
		if err != nil {
			return nil, err
		}
		return func(i *world.JiraIssue) bool { return !in(i) }, nil
	case t.Group != nil:
		return k.or(t.Group)
	}
	return k.clause(t.Clause)
}

// clause compiles one comparison. Every way to be wrong names itself.
func (k *compiler) clause(cl *jqlClause) (test, error) {
	name, op := strings.ToLower(unquote(cl.Field)), cl.op()
	if op == "was" || op == "changed" {
		return nil, badJQL("The operator '%s' is not supported by this server.", strings.ToUpper(op))
	}
	values := cl.values()
	if len(values) == 0 {
		return nil, badJQL("Error in the JQL Query: Expecting a value after '%s %s'.", unquote(cl.Field), cl.Op)
	}
	f, ok := jqlFields[name]
	if !ok {
		return nil, badJQL("Field '%s' does not exist or you do not have permission to view it.", unquote(cl.Field))
	}
	list := op == "in" || op == "not in"
	if !list && cl.Value.One == nil {
		return nil, badJQL("Operator '%s' does not support the list value for field '%s'.", op, unquote(cl.Field))
	}
	if op == "is" || op == "is not" {
		if !values[0].isEmpty() {
			return nil, badJQL("The operator '%s' can only be used with EMPTY or NULL.", strings.ToUpper(op))
		}
	}
	if !strings.Contains(f.ops, "|"+op+"|") {
		return nil, badJQL("The operator '%s' is not supported by the '%s' field.", op, unquote(cl.Field))
	}
	negated := op == "!=" || op == "not in" || op == "is not" || op == "!~"
	var some []test
	for _, v := range values {
		t, err := k.value(f, unquote(cl.Field), op, v)
		if err != nil {
			return nil, err
		}
		some = append(some, t)
	}
	hit := func(i *world.JiraIssue) bool { return slices.ContainsFunc(some, func(t test) bool { return t(i) }) }
	if !negated {
		return hit, nil
	}
	emptyAsked := slices.ContainsFunc(values, jqlValue.isEmpty)
	return func(i *world.JiraIssue) bool { // JQL: a field without a value matches no negation but IS NOT EMPTY
		return !hit(i) && (emptyAsked || f.empty == nil || !f.empty(i))
	}, nil
}

func (k *compiler) value(f jqlField, name, op string, v jqlValue) (test, error) {
	if v.isEmpty() {
		if f.empty == nil {
			return func(*world.JiraIssue) bool { return false }, nil
		}
		return f.empty, nil
	}
	if f.date != nil {
		return k.dateTest(f, name, op, v)
	}
	t, err := f.match(k, name, op, v)
	if err != nil && k.lenient {
		return func(*world.JiraIssue) bool { return false }, nil
	}
	return t, err
}

func unknownFunction(name string, v jqlValue) error {
	return badJQL("Unable to find JQL function '%s()' for the field '%s'.", v.Word, name)
}

func unknownValue(name string, v jqlValue) error {
	return badJQL("The value '%s' does not exist for the field '%s'.", v.string(), name)
}
