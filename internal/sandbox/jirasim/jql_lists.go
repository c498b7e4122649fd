package jirasim

import (
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

// is compares a word of the query with an entry's id or name.
func is(v jqlValue, id int64, name string) bool {
	return strings.EqualFold(name, v.string()) || strconv.FormatInt(id, 10) == v.string()
}

func matchStatus(k *compiler, name, _ string, v jqlValue) (test, error) {
	known := false
	for _, s := range k.st.Statuses {
		known = known || is(v, s.ID, s.Name)
	}
	if !known || v.isFunction() {
		return nil, unknownValue(name, v)
	}
	return func(i *world.JiraIssue) bool { return is(v, i.Status.ID, i.Status.Name) }, nil
}

func matchCategory(_ *compiler, name, _ string, v jqlValue) (test, error) {
	for key, c := range categories {
		if is(v, int64(c.id), c.name) || strings.EqualFold(key, v.string()) {
			return func(i *world.JiraIssue) bool { return i.Status.Category == key }, nil
		}
	}
	return nil, unknownValue(name, v)
}

func matchResolution(k *compiler, name, _ string, v jqlValue) (test, error) {
	if strings.EqualFold(v.string(), "unresolved") {
		return func(i *world.JiraIssue) bool { return i.Resolution == nil }, nil
	}
	for _, r := range k.st.Resolutions {
		if is(v, r.ID, r.Name) {
			return func(i *world.JiraIssue) bool { return i.Resolution != nil && is(v, i.Resolution.ID, i.Resolution.Name) }, nil
		}
	}
	return nil, unknownValue(name, v)
}

func matchPriority(k *compiler, name, _ string, v jqlValue) (test, error) {
	for _, p := range k.st.Priorities {
		if is(v, p.ID, p.Name) {
			return func(i *world.JiraIssue) bool { return i.Priority != nil && is(v, i.Priority.ID, i.Priority.Name) }, nil
		}
	}
	return nil, unknownValue(name, v)
}

func matchType(k *compiler, name, _ string, v jqlValue) (test, error) {
	if v.isFunction() {
		switch strings.ToLower(v.Word) {
		case "subtaskissuetypes":
			return func(i *world.JiraIssue) bool { return i.Type.Subtask }, nil
		case "standardissuetypes":
			return func(i *world.JiraIssue) bool { return !i.Type.Subtask }, nil
		}
		return nil, unknownFunction(name, v)
	}
	for _, t := range k.st.Types {
		if is(v, t.ID, t.Name) {
			return func(i *world.JiraIssue) bool { return is(v, i.Type.ID, i.Type.Name) }, nil
		}
	}
	return nil, unknownValue(name, v)
}

// matchSprint knows ids, names and the three functions of sprints by state.
func matchSprint(k *compiler, name, _ string, v jqlValue) (test, error) {
	in := func(f func(*world.Sprint) bool) test {
		return func(i *world.JiraIssue) bool {
			for _, s := range i.Sprints {
				if f(s) {
					return true
				}
			}
			return false
		}
	}
	if v.isFunction() {
		state := map[string]string{"opensprints": world.Active, "futuresprints": world.Future, "closedsprints": world.Closed}[strings.ToLower(v.Word)]
		if state == "" {
			return nil, unknownFunction(name, v)
		}
		return in(func(s *world.Sprint) bool { return s.State == state }), nil
	}
	for _, s := range k.st.Sprints {
		if is(v, s.ID, s.Name) {
			return in(func(s *world.Sprint) bool { return is(v, s.ID, s.Name) }), nil
		}
	}
	return nil, unknownValue(name, v)
}

func userField(f func(*world.JiraIssue) *world.User) jqlField {
	return jqlField{
		ops:   opsEqual,
		empty: func(i *world.JiraIssue) bool { return f(i) == nil },
		compare: by(func(i *world.JiraIssue) string {
			if u := f(i); u != nil {
				return u.Name
			}
			return "\uffff"
		}),
		match: func(k *compiler, name, _ string, v jqlValue) (test, error) {
			if v.isFunction() {
				if !strings.EqualFold(v.Word, "currentUser") {
					return nil, unknownFunction(name, v)
				}
				return func(i *world.JiraIssue) bool { return k.c.user != nil && f(i) == k.c.user }, nil
			}
			who := k.st.User(v.string())
			if who == nil {
				return nil, unknownValue(name, v)
			}
			return func(i *world.JiraIssue) bool { return f(i) == who }, nil
		},
	}
}
