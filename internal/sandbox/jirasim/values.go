package jirasim

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"

	"strata/internal/sandbox/world"
)

// setter changes a field of an issue to a value that was found right.
type setter func(e *world.Edit)

// form is what a request wants to write into one issue: read whole, and found
// right or wrong, before anything is changed.
type form struct {
	c       *call
	st      *world.State
	issue   *world.JiraIssue // nil: it is about to be made
	project *world.Project
	kind    *world.IssueType // what the issue is, or becomes
	screen  func(field string) bool
	closing bool // the issue is being closed: its resolution may be said

	fields map[string]json.RawMessage
	update map[string][]map[string]json.RawMessage

	set    []setter
	after  []func(i *world.JiraIssue) // comments, links, worklogs: once the fields are written
	errors map[string]string
}

// filled is the body of a request that writes fields.
type filled struct {
	Fields     map[string]json.RawMessage              `json:"fields"`
	Update     map[string][]map[string]json.RawMessage `json:"update"`
	Properties []property                              `json:"properties"`
}

type property struct {
	Key   string          `json:"key"`
	Value json.RawMessage `json:"value"`
}

func (c *call) form(st *world.State, i *world.JiraIssue, in filled) *form {
	f := &form{c: c, st: st, issue: i, fields: in.Fields, update: in.Update, errors: map[string]string{}, screen: func(string) bool { return true }}
	if i != nil {
		f.project, f.kind = i.Project, i.Type
	}
	return f
}

// wrong notes what is wrong with a field.
func (f *form) wrong(field, message string) { f.errors[field] = message }

// refusal is Jira's answer to a form with mistakes; nil: there is none.
func (f *form) refusal() error {
	if len(f.errors) == 0 {
		return nil
	}
	return &problem{status: http.StatusBadRequest, fields: f.errors}
}

// read takes every field and every operation of the form.
func (f *form) read() error {
	for _, name := range slices.Sorted(maps.Keys(f.fields)) {
		if _, twice := f.update[name]; twice {
			f.wrong(name, "Field '"+name+"' cannot appear in both 'fields' and 'update'")
			continue
		}
		f.field(name, f.fields[name])
	}
	for _, name := range slices.Sorted(maps.Keys(f.update)) {
		if _, twice := f.fields[name]; !twice {
			f.operations(name, f.update[name])
		}
	}
	return f.refusal()
}

// field reads one value.
func (f *form) field(name string, raw json.RawMessage) {
	read, ok := fieldReaders[name]
	if !ok {
		read = f.customReader(name)
	}
	if read == nil || !f.screen(name) {
		f.wrong(name, notOnScreen(name))
		return
	}
	set, err := read(f, name, raw)
	if p, bad := err.(*problem); bad { //nolint:errorlint // made here, and never wrapped
		maps.Copy(f.errors, p.fields)
		if len(p.fields) == 0 {
			f.wrong(name, p.Error())
		}
		return
	}
	if set != nil {
		f.set = append(f.set, set)
	}
}

func notOnScreen(name string) string {
	return "Field '" + name + "' cannot be set. It is not on the appropriate screen, or unknown."
}

// apply writes the fields into an issue.
func (f *form) apply(e *world.Edit) {
	for _, set := range f.set {
		set(e)
	}
}

// finish writes what stands beside the fields.
func (f *form) finish(i *world.JiraIssue) {
	for _, add := range f.after {
		add(i)
	}
}

// reader reads the value of a field. What is wrong is a problem of that field.
type reader func(f *form, name string, raw json.RawMessage) (setter, error)

// fieldReaders are the fields that can be written under their own name.
var fieldReaders = map[string]reader{
	"summary": readSummary, "description": readDescription, "environment": readEnvironment,
	"issuetype": readType, "priority": readPriority, "resolution": readResolution, "security": readSecurity,
	"assignee": readAssignee, "reporter": readReporter, "labels": readLabels, "components": readComponents,
	"fixVersions": readFixVersions, "versions": readVersions, "duedate": readDue, "parent": readParent, "timetracking": readAnything,
	world.PointsFieldID: readPoints, world.EpicLinkFieldID: readEpicLink, world.TeamFieldID: readTeam, world.SprintFieldID: readSprint,
}

// customReader is how a field of the site is read by its type; nil: it cannot
// be set.
func (f *form) customReader(name string) reader {
	for _, def := range f.st.Fields {
		if def.ID != name || !isCustom(def) {
			continue
		}
		if name == f.sprintField() || def.Custom == "com.pyxis.greenhopper.jira:gh-sprint" {
			return readSprint
		}
		if def.Custom == "com.pyxis.greenhopper.jira:gh-lexo-rank" {
			return nil
		}
		return typed(def.Type)
	}
	return nil
}

// sprintField is the site's field for sprints.
func (f *form) sprintField() string {
	if f.issue != nil && f.issue.SprintField != "" {
		return f.issue.SprintField
	}
	return world.SprintFieldID
}

// typed reads a value of a type that the world gives no meaning to.
func typed(kind string) reader {
	return func(_ *form, name string, raw json.RawMessage) (setter, error) {
		var v any
		_ = json.Unmarshal(raw, &v) // it was JSON before
		wrong := ""
		switch kind {
		case "number":
			if _, ok := v.(float64); !ok && v != nil {
				wrong = "Operation value must be a number"
			}
		case "string", "date", "datetime":
			if _, ok := v.(string); !ok && v != nil {
				wrong = "Operation value must be a string"
			}
		case "array":
			if _, ok := v.([]any); !ok && v != nil {
				wrong = "data was not an array"
			}
		}
		if wrong != "" {
			return nil, refuseField(name, wrong)
		}
		return func(e *world.Edit) { e.Value(name, raw) }, nil
	}
}

func readAnything(_ *form, name string, raw json.RawMessage) (setter, error) {
	return func(e *world.Edit) { e.Value(name, raw) }, nil
}
