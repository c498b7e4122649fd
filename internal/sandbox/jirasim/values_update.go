package jirasim

import (
	"encoding/json"
	"slices"

	"strata/internal/sandbox/world"
)

// operations reads "update": a list of add, set, remove and edit for a field.
func (f *form) operations(name string, ops []map[string]json.RawMessage) {
	switch name {
	case "comment":
		f.each(name, ops, []string{"add"}, f.addComment)
	case "issuelinks":
		f.each(name, ops, []string{"add"}, f.addLink)
	case "worklog":
		f.each(name, ops, []string{"add"}, f.addWork)
	case "labels":
		f.changeLabels(name, ops)
	case "components":
		f.changeComponents(name, ops)
	case "fixVersions", "versions":
		f.changeVersions(name, ops)
	default:
		f.each(name, ops, []string{"set", "edit"}, func(field string, raw json.RawMessage) error {
			f.field(field, raw)
			return nil
		})
	}
}

// each does one thing with the value of every operation; others than those that
// the field knows are refused.
func (f *form) each(name string, ops []map[string]json.RawMessage, allowed []string, do func(string, json.RawMessage) error) {
	if !f.screen(name) {
		f.wrong(name, notOnScreen(name))
		return
	}
	for _, op := range ops {
		for verb, raw := range op {
			if !slices.Contains(allowed, verb) {
				f.wrong(name, "Field with id '"+name+"' and name '"+f.nameOf(name)+"' does not support operation '"+verb+"'. Supported operation(s) are: '"+allowed[0]+"'")
				return
			}
			if err := do(name, raw); err != nil {
				f.wrong(name, messageOf(err, name))
				return
			}
		}
	}
}

func messageOf(err error, field string) string {
	p, ok := err.(*problem) //nolint:errorlint // made here, and never wrapped
	if ok && p.fields[field] != "" {
		return p.fields[field]
	}
	if ok {
		for _, text := range p.fields {
			return text
		}
	}
	return err.Error()
}

func (f *form) nameOf(field string) string {
	for _, def := range f.st.Fields {
		if def.ID == field {
			return def.Name
		}
	}
	return field
}

var listVerbs = []string{"set", "add", "remove"}

// changeLabels begins with the labels that the issue has.
func (f *form) changeLabels(name string, ops []map[string]json.RawMessage) {
	var list []string
	if f.issue != nil {
		list = slices.Clone(f.issue.Labels)
	}
	for _, op := range ops {
		for verb, raw := range op {
			var one string
			var many []string
			switch {
			case verb == "set" && json.Unmarshal(raw, &many) == nil:
				list = many
			case verb == "add" && json.Unmarshal(raw, &one) == nil:
				list = append(list, one)
			case verb == "remove" && json.Unmarshal(raw, &one) == nil:
				list = slices.DeleteFunc(list, func(l string) bool { return l == one })
			case slices.Contains(listVerbs, verb):
				f.wrong(name, "data was not an array or a string")
				return
			default:
				f.wrong(name, "Field with id 'labels' and name 'Labels' does not support operation '"+verb+"'. Supported operation(s) are: 'add, set, remove'")
				return
			}
		}
	}
	f.keep(name)(f.labels(name, list))
}

// keep takes what a reader found.
func (f *form) keep(name string) func(setter, error) {
	return func(set setter, err error) {
		switch {
		case !f.screen(name):
			f.wrong(name, notOnScreen(name))
		case err != nil:
			f.wrong(name, messageOf(err, name))
		default:
			f.set = append(f.set, set)
		}
	}
}

// refList applies operations to a list of things that are named by refs.
func refList[T comparable](name string, now []T, ops []map[string]json.RawMessage, find func(string, []ref) ([]T, error)) ([]T, error) {
	list := slices.Clone(now)
	for _, op := range ops {
		for verb, raw := range op {
			refs, err := readRefs(name, raw)
			if verb != "set" {
				var one ref
				one, err = readRef(name, raw)
				refs = []ref{one}
			}
			if err != nil {
				return nil, err
			}
			found, err := find(name, refs)
			switch {
			case err != nil:
				return nil, err
			case verb == "set":
				list = found
			case verb == "add" && !slices.Contains(list, found[0]):
				list = append(list, found...)
			case verb == "remove":
				list = slices.DeleteFunc(list, func(v T) bool { return v == found[0] })
			}
		}
	}
	return list, nil
}

func (f *form) changeComponents(name string, ops []map[string]json.RawMessage) {
	var now []string
	if f.issue != nil {
		now = f.issue.Components
	}
	list, err := refList(name, now, ops, f.componentsOf)
	f.keep(name)(func(e *world.Edit) { e.Components(list) }, err)
}

func (f *form) changeVersions(name string, ops []map[string]json.RawMessage) {
	var now []*world.Version
	if f.issue != nil {
		now = f.issue.Rare().FixVersions
		if name == "versions" {
			now = f.issue.Rare().Versions
		}
	}
	list, err := refList(name, now, ops, f.versionsOf)
	f.keep(name)(func(e *world.Edit) {
		if name == "versions" {
			e.Versions(list)
		} else {
			e.FixVersions(list)
		}
	}, err)
}

// addComment is a comment in the same request.
func (f *form) addComment(name string, raw json.RawMessage) error {
	var in said
	if err := json.Unmarshal(raw, &in); err != nil {
		return refuseField(name, "data was not an object")
	}
	text, props, err := f.c.parse(in)
	if err != nil {
		return err
	}
	if f.issue != nil {
		if err := f.c.touch(f.issue, toComment); err != nil {
			return err
		}
	}
	f.after = append(f.after, func(i *world.JiraIssue) {
		f.st.AddComment(i, f.c.user, text, props).Visible = in.Visibility.restriction()
	})
	return nil
}

// addLink links this issue with another one.
func (f *form) addLink(name string, raw json.RawMessage) error {
	var in linkWish
	if err := json.Unmarshal(raw, &in); err != nil {
		return refuseField(name, "data was not an object")
	}
	t := f.st.LinkType(in.kind())
	if t == nil {
		return refuseField(name, "No issue link type with name '"+in.kind()+"' found.")
	}
	from, to := f.st.JiraIssue(in.Inward.says()), f.st.JiraIssue(in.Outward.says())
	other := to
	if other == nil {
		other = from
	}
	if !f.c.sees(other) || other == f.issue {
		return refuseField(name, "Issue does not exist or you do not have permission to see it.")
	}
	f.after = append(f.after, func(i *world.JiraIssue) {
		if to != nil {
			f.st.LinkIssues(t, i, to, f.c.user)
		} else {
			f.st.LinkIssues(t, from, i, f.c.user)
		}
	})
	return nil
}

// addWork logs work in the same request.
func (f *form) addWork(_ string, raw json.RawMessage) error {
	w, err := f.c.work(raw)
	if err != nil {
		return err
	}
	f.after = append(f.after, func(i *world.JiraIssue) { f.st.LogWork(i, w, f.c.user) })
	return nil
}
