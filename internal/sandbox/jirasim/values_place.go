package jirasim

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

func readComponents(f *form, name string, raw json.RawMessage) (setter, error) {
	refs, err := readRefs(name, raw)
	if err != nil {
		return nil, err
	}
	list, err := f.componentsOf(name, refs)
	return func(e *world.Edit) { e.Components(list) }, err
}

func readRefs(name string, raw json.RawMessage) ([]ref, error) {
	var refs []ref
	if string(raw) != "null" && json.Unmarshal(raw, &refs) != nil {
		return nil, refuseField(name, "data was not an array")
	}
	return refs, nil
}

// componentsOf are the names of the components that refs mean.
func (f *form) componentsOf(field string, refs []ref) ([]string, error) {
	list := []string{}
	for _, r := range refs {
		at := slices.IndexFunc(f.project.Components, func(c world.Component) bool { return r.fits(c.ID, c.Name) })
		if at < 0 {
			return nil, refuseField(field, "Component name '"+r.says()+"' is not valid")
		}
		if name := f.project.Components[at].Name; !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list, nil
}

func readFixVersions(f *form, name string, raw json.RawMessage) (setter, error) {
	list, err := f.versionList(name, raw)
	return func(e *world.Edit) { e.FixVersions(list) }, err
}

func readVersions(f *form, name string, raw json.RawMessage) (setter, error) {
	list, err := f.versionList(name, raw)
	return func(e *world.Edit) { e.Versions(list) }, err
}

func (f *form) versionList(field string, raw json.RawMessage) ([]*world.Version, error) {
	refs, err := readRefs(field, raw)
	if err != nil {
		return nil, err
	}
	return f.versionsOf(field, refs)
}

func (f *form) versionsOf(field string, refs []ref) ([]*world.Version, error) {
	var list []*world.Version
	for _, r := range refs {
		at := slices.IndexFunc(f.project.Versions, func(v *world.Version) bool { return r.fits(v.ID, v.Name) })
		if at < 0 {
			return nil, refuseField(field, "Version name '"+r.says()+"' is not valid")
		}
		if v := f.project.Versions[at]; !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list, nil
}

// readParent takes {"key":…}, {"id":…}, null and {"set":"none"}; {} says nothing.
func readParent(f *form, name string, raw json.RawMessage) (setter, error) {
	r, err := readRef(name, raw)
	switch {
	case err != nil:
		return nil, err
	case string(raw) == "null" || r.Set == "none":
		return func(e *world.Edit) { e.Parent(nil, f.c.user) }, nil
	case r.empty():
		return nil, nil
	}
	p := f.st.JiraIssue(r.says())
	if !f.c.sees(p) || p == f.issue {
		return nil, refuseField(name, "Could not find issue by id or key.")
	}
	return func(e *world.Edit) { e.Parent(p, f.c.user) }, f.fitsBelow(p)
}

// fitsBelow checks that the issue may stand below another: a sub-task below a
// story, a story below an epic, which on Data Center is the matter of the field
// Epic Link.
func (f *form) fitsBelow(p *world.JiraIssue) error {
	if f.kind == nil {
		return nil // that is another field's mistake
	}
	switch {
	case f.kind.Subtask && (p.Type.Subtask || p.Project != f.project || p.Type.Level > 0):
		return refuseField("parentId", "Given parent issue does not belong to appropriate hierarchy.")
	case f.kind.Subtask:
		return nil
	case !f.c.s.cloud():
		return refuseField("issuetype", "Issue type is not a sub-task but parent issue key or id specified.")
	case p.Type.Level != f.kind.Level+1:
		return refuseField("parentId", "Given parent issue does not belong to appropriate hierarchy.")
	}
	return nil
}

func readEpicLink(f *form, name string, raw json.RawMessage) (setter, error) {
	key := word(raw)
	if key == "" {
		return func(e *world.Edit) { e.Parent(nil, f.c.user) }, nil
	}
	p := f.st.JiraIssue(key)
	if !f.c.sees(p) || p.Type.Level < 1 {
		return nil, refuseField(name, "'"+key+"' is not an epic that exists.")
	}
	return func(e *world.Edit) { e.Parent(p, f.c.user) }, nil
}

// readSprint takes the id of a sprint that is not closed.
func readSprint(f *form, name string, raw json.RawMessage) (setter, error) {
	if string(raw) == "null" || string(raw) == "[]" {
		return func(e *world.Edit) { e.Sprint(nil) }, nil
	}
	n, err := strconv.ParseInt(strings.Trim(word(raw), `"`), 10, 64)
	if err != nil {
		return nil, refuseField(name, "Number value expected as the Sprint id.")
	}
	sp := f.st.SprintByID(n)
	switch {
	case sp == nil:
		return nil, refuseField(name, "Sprint with id '"+id(n)+"' does not exist.")
	case sp.State == world.Closed:
		return nil, refuseField(name, "Sprint with id '"+id(n)+"' is closed.")
	}
	return func(e *world.Edit) { e.Sprint(sp) }, nil
}
