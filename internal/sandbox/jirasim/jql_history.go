package jirasim

import (
	"slices"
	"strings"
	"time"

	"strata/internal/sandbox/jql"
	"strata/internal/sandbox/world"
)

// stay is one value that a field had: from when, till when, and who gave it.
type stay struct {
	value      moved
	start, end time.Time // a zero end: still
	by         *world.User
}

// moved is a value as the changelog tells it, id and name.
type moved struct{ id, name string }

// turn is one change of a field.
type turn struct {
	at       time.Time
	by       *world.User
	from, to moved
}

// past compiles WAS and CHANGED, which the changelog answers.
func (k *compiler) past(f jqlField, t *jql.Term) (test, error) {
	if f.history == "" {
		return nil, badJQL("History searches do not support the '%s' field.", t.Field)
	}
	narrow, err := k.predicates(f, t)
	if err != nil {
		return nil, err
	}
	if t.Op == jql.Changed {
		return func(i *world.JiraIssue) bool { return slices.ContainsFunc(k.turns(f.history, i), narrow.turn) }, nil
	}
	if err := shape(&jql.Term{Field: t.Field, Op: map[bool]jql.Op{true: jql.In, false: jql.Equal}[t.Op.Takes()], Operand: t.Operand}); err != nil {
		return nil, err
	}
	var is []func(moved) bool
	for _, v := range t.Operand.Values() {
		one, err := k.once(f, t.Field.String(), v)
		if err != nil {
			return nil, err
		}
		is = append(is, one)
	}
	return func(i *world.JiraIssue) bool {
		hit := slices.ContainsFunc(k.stays(f, i), func(s stay) bool {
			return slices.ContainsFunc(is, func(one func(moved) bool) bool { return one(s.value) }) && narrow.stay(s)
		})
		return hit != t.Op.Negative()
	}, nil
}

// once recognises a value in the changelog. One that the field does not have now
// and never had is refused.
func (k *compiler) once(f jqlField, name string, v jql.Operand) (func(moved) bool, error) {
	if v.Kind == jql.Empty {
		return func(m moved) bool { return m.id == "" && m.name == "" }, nil
	}
	a := ask{name: name, op: jql.Equal, value: v}
	if v.Kind == jql.Function {
		if err := k.arguments(v); err != nil {
			return nil, err
		}
	}
	switch f.history {
	case "assignee", "reporter":
		who, err := k.people(a)
		return func(m moved) bool {
			return slices.ContainsFunc(who, func(u *world.User) bool {
				return m.id != "" && (m.id == u.AccountID || m.id == u.Login || m.id == u.Key) || m.id == "" && m.name == u.Name && m.name != ""
			})
		}, err
	case "fix version":
		want, err := k.versions(a)
		return func(m moved) bool {
			return slices.ContainsFunc(want, func(v *world.Version) bool { return m.id == id(v.ID) || m.name == v.Name })
		}, err
	}
	if _, err := f.match(k, a); err != nil {
		return nil, err
	}
	if f.history == "resolution" && strings.EqualFold(v.Value(), "unresolved") {
		return func(m moved) bool { return m.id == "" && m.name == "" }, nil
	}
	return func(m moved) bool {
		return strings.EqualFold(m.name, v.Value()) || strings.EqualFold(k.c.tongue(m.name), v.Value()) || m.id != "" && m.id == v.Value()
	}, nil
}

// narrowed are a term's predicates.
type narrowed struct {
	spans    []span
	by       []*world.User
	from, to []func(moved) bool
	asked    map[string]bool // which predicates there are
}

// span is a stretch of time that a predicate names; a zero end is open.
type span struct{ start, end time.Time }

func (k *compiler) predicates(f jqlField, t *jql.Term) (narrowed, error) {
	n := narrowed{asked: map[string]bool{}}
	for _, p := range t.Predicates {
		n.asked[p.Op] = true
		if t.Op != jql.Changed && (p.Op == "from" || p.Op == "to") {
			return n, badJQL("The %s operator does not support the use of the %s %s predicate.", strings.ToUpper(strings.ReplaceAll(string(t.Op), " ", "_")), p.Op, p.Operand)
		}
		values := p.Operand.Values()
		for _, v := range values {
			var err error
			switch p.Op {
			case "by":
				err = k.author(&n, v)
			case "from", "to":
				var is func(moved) bool
				if is, err = k.once(f, t.Field.String(), v); p.Op == "from" {
					n.from = append(n.from, is)
				} else {
					n.to = append(n.to, is)
				}
			}
			if err != nil {
				return n, err
			}
		}
		if err := k.when(&n, p.Op, values); err != nil {
			return n, err
		}
	}
	return n, nil
}

func (k *compiler) author(n *narrowed, v jql.Operand) error {
	if v.Kind == jql.Function {
		if err := k.arguments(v); err != nil {
			return err
		}
	}
	who, err := k.people(ask{name: "by", op: jql.Equal, value: v})
	n.by = append(n.by, who...)
	return err
}

// when reads the predicates of time.
func (k *compiler) when(n *narrowed, op string, values []jql.Operand) error {
	switch op {
	case "before", "after", "on":
		if len(values) != 1 {
			return badJQL("The %s predicate must be supplied with only 1 date value.", strings.ToUpper(op))
		}
	case "during":
		if len(values) != 2 {
			return badJQL("The DURING predicate must be supplied with exactly 2 date values.")
		}
	default:
		return nil
	}
	var at []jql.Span
	for _, v := range values {
		s, err := k.date(v, "predicate", op)
		if err != nil {
			return err
		}
		at = append(at, s)
	}
	switch op {
	case "before":
		n.spans = append(n.spans, span{end: at[0].Start.Add(-time.Millisecond)})
	case "after":
		n.spans = append(n.spans, span{start: at[0].Start})
	case "on":
		n.spans = append(n.spans, span{at[0].Start, at[0].End})
	case "during":
		n.spans = append(n.spans, span{at[0].Start, at[1].End})
	}
	return nil
}

func (s span) holds(at time.Time) bool {
	return !at.Before(s.start) && (s.end.IsZero() || !at.After(s.end))
}

// turn says whether a change is one that the predicates mean.
func (n narrowed) turn(t turn) bool {
	if n.asked["by"] && !slices.Contains(n.by, t.by) {
		return false
	}
	is := func(m moved) func(func(moved) bool) bool { return func(f func(moved) bool) bool { return f(m) } }
	if n.asked["from"] && !slices.ContainsFunc(n.from, is(t.from)) || n.asked["to"] && !slices.ContainsFunc(n.to, is(t.to)) {
		return false
	}
	return !slices.ContainsFunc(n.spans, func(s span) bool { return !s.holds(t.at) })
}

// stay says whether a value was there in every stretch of time, and given by the
// right person.
func (n narrowed) stay(s stay) bool {
	if n.asked["by"] && !slices.Contains(n.by, s.by) {
		return false
	}
	return !slices.ContainsFunc(n.spans, func(w span) bool {
		return !w.end.IsZero() && s.start.After(w.end) || !s.end.IsZero() && !s.end.After(w.start)
	})
}
