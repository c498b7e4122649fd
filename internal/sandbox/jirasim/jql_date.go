package jirasim

import (
	"cmp"
	"strings"
	"time"

	"strata/internal/sandbox/jql"
	"strata/internal/sandbox/world"
)

// matchDate compares a moment of an issue. Since a moment on, an index of the
// world may know who there is.
func matchDate(of func(*world.JiraIssue) time.Time, index world.Order) func(*compiler, ask) (part, error) {
	return func(k *compiler, a ask) (part, error) {
		span, err := k.date(a.value, "field", a.name)
		if err != nil {
			return part{}, err
		}
		at := span.Start
		out := part{holds: func(i *world.JiraIssue) bool {
			t := of(i)
			return !t.IsZero() && ordered(a.op, t.Compare(at))
		}}
		if a.op == jql.Greater || a.op == jql.GreaterEqual || a.op == jql.Equal || a.op == jql.In {
			switch index {
			case world.ByUpdated:
				out.among = func() [][]*world.JiraIssue { return whole(k.st.JiraUpdated(at)) }
			case world.ByCreated:
				out.among = func() [][]*world.JiraIssue { return whole(k.st.JiraCreated(at)) }
			}
		}
		return out, nil
	}
}

// matchDue compares days: a moment counts as its day in the asker's zone.
func matchDue(k *compiler, a ask) (part, error) {
	span, err := k.date(a.value, "field", a.name)
	if err != nil {
		return part{}, err
	}
	day := span.Start.In(k.clock.Zone).Format(time.DateOnly)
	return part{holds: func(i *world.JiraIssue) bool { return i.Due != "" && ordered(a.op, cmp.Compare(i.Due, day)) }}, nil
}

// date reads a value as a date; what it is for, a field or a predicate, stands in
// the refusal.
func (k *compiler) date(v jql.Operand, what, name string) (jql.Span, error) {
	if v.Kind == jql.Function {
		if what == "predicate" && !jql.IsDate(v.Text) {
			return jql.Span{}, badJQL("A date for the predicate '%s' provided by the function '%s' is not valid.", name, v.Text)
		}
		if !jql.IsDate(v.Text) {
			return jql.Span{}, ask{name: name, value: v}.unfit()
		}
		k.timed = true
		at, err := k.clock.Call(v.Text, v.Args)
		if err != nil {
			return jql.Span{}, badJQL("%s", err)
		}
		return jql.Span{Start: at, End: at}, nil
	}
	span, ok := k.clock.Date(v)
	if !ok {
		return jql.Span{}, badJQL("Date value '%s' for %s '%s' is invalid. %s", v.Value(), what, name, jql.DateForms)
	}
	if v.Kind == jql.Text && strings.ContainsAny(v.Text, "wdhmWDHM") {
		k.timed = true // a period is counted from now
	}
	return span, nil
}
