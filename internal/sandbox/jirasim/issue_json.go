package jirasim

import (
	"bytes"
	"encoding/json"
	"slices"

	"strata/internal/sandbox/world"
)

// issueJSON is an issue under its present key.
func (c *call) issueJSON(st *world.State, i *world.JiraIssue, v detail) json.RawMessage {
	var out members
	if v.sel.onlyID && len(v.expand) == 0 && len(v.properties) == 0 {
		out.add("id", id(i.ID))
		return out.end()
	}
	out.add("expand", "renderedFields,names,schema,transitions,operations,editmeta,changelog,versionedRepresentations")
	out.add("id", id(i.ID))
	out.add("self", c.selfOf(i, v))
	out.add("key", i.Key)
	if len(v.properties) > 0 {
		out.add("properties", properties(i, v.properties))
	}
	if v.expands("renderedFields") {
		out.add("renderedFields", c.rendered(i, v.sel))
	}
	if v.expands("names") {
		out.add("names", names(st))
	}
	if v.expands("schema") {
		out.add("schema", c.schemas(st))
	}
	if v.expands("transitions") || v.expands("transitions.fields") {
		out.add("transitions", c.transitions(st, i, v.expands("transitions.fields")))
	}
	if v.expands("operations") {
		out.add("operations", obj{"linkGroups": []any{}})
	}
	if v.expands("editmeta") {
		out.add("editmeta", obj{"fields": c.editMeta(st, i)})
	}
	if v.expands("changelog") {
		out.add("changelog", c.embeddedChangelog(st, i, v.capped))
	}
	if v.expands("versionedRepresentations") {
		out.add("versionedRepresentations", obj{})
	}
	if !v.sel.onlyID {
		out.add("fields", c.fields(st, i, v))
	}
	return out.end()
}

func (c *call) selfOf(i *world.JiraIssue, v detail) string {
	if v.agile {
		return c.base + "/rest/agile/1.0/issue/" + id(i.ID)
	}
	return c.self("issue/%d", i.ID)
}

// properties are the entity properties that were asked for; *all are all.
func properties(i *world.JiraIssue, asked []string) obj {
	out := obj{}
	for key, value := range i.Rare().Properties {
		if slices.Contains(asked, key) || slices.Contains(asked, "*all") {
			out[key] = value
		}
	}
	return out
}

// fields are what an issue shows: the record where there is one and nobody
// changed it, else what the world knows.
func (c *call) fields(st *world.State, i *world.JiraIssue, v detail) json.RawMessage {
	out := members{b: make([]byte, 0, 6<<10)}
	for n := range knownFields {
		f := &knownFields[n]
		if (f.only != "" && f.only != c.s.o.Flavour) || !v.sel.wants(f.name) {
			continue
		}
		if raw, recorded := i.Recorded.Get(f.name); recorded && !c.foreign(f.name, raw) {
			out.add(f.name, raw)
			continue
		}
		if value := f.value(c, i, v); value != nil || !unsaid[f.name] {
			out.add(f.name, value)
		}
	}
	c.custom(st, i, v.sel, &out)
	if v.agile {
		c.agileFields(i, v.sel, &out)
	}
	return out.end()
}

// foreign fields cannot be served as recorded: a version writes texts in its
// own form.
func (c *call) foreign(name string, raw json.RawMessage) bool {
	switch name {
	case "issuelinks", "subtasks", "parent": // may show what a fault hides now
		return len(c.hides) > 0
	case "comment":
		return c.version == 3 || c.stranger(raw) || bytes.Contains(raw, []byte(`"body":{`))
	case "assignee", "reporter", "creator", "worklog", "attachment":
		return c.stranger(raw)
	case "description", "environment":
		return (c.version == 3) != (len(raw) > 0 && raw[0] == '{')
	}
	return false
}

// stranger says whether a record names people as the other flavour does: records
// of one may be served as the other.
func (c *call) stranger(raw json.RawMessage) bool {
	if !bytes.Contains(raw, []byte(`"displayName"`)) {
		return false
	}
	return c.s.cloud() != bytes.Contains(raw, []byte(`"accountId"`))
}

// custom fields are those of the site, and those that a record shows.
func (c *call) custom(st *world.State, i *world.JiraIssue, sel selection, out *members) {
	sprints := i.SprintField
	if sprints == "" {
		sprints = world.SprintFieldID
	}
	for _, f := range i.Recorded {
		if f.Name != sprints && !known[f.Name] && sel.wants(f.Name) {
			if _, set := i.Rare().Values.Get(f.Name); !set {
				out.add(f.Name, f.Value)
			}
		}
	}
	if sel.wants(sprints) {
		if raw, recorded := i.Recorded.Get(sprints); recorded {
			out.add(sprints, raw)
		} else {
			out.add(sprints, c.sprints(i))
		}
	}
	for _, f := range st.Fields {
		if f.ID == sprints || known[f.ID] || !isCustom(f) || !sel.wants(f.ID) {
			continue
		}
		if value, set := i.Rare().Values.Get(f.ID); set {
			out.add(f.ID, value)
		} else if _, recorded := i.Recorded.Get(f.ID); !recorded {
			out.add(f.ID, nil)
		}
	}
}

// sprints are objects on Cloud, texts on Data Center.
func (c *call) sprints(i *world.JiraIssue) any {
	if len(i.Sprints) == 0 {
		return nil
	}
	list := make([]json.RawMessage, 0, len(i.Sprints))
	for _, sp := range i.Sprints {
		list = append(list, c.once("sprint", sp, func() any {
			if c.s.cloud() {
				return sprintJSON(sp)
			}
			return sprintText(sp)
		}))
	}
	return list
}

// agileFields are what the agile API adds: the sprint that is not closed, the
// closed ones, the flag and the epic.
func (c *call) agileFields(i *world.JiraIssue, sel selection, out *members) {
	add := func(name string, value func() any) {
		if sel.wants(name) {
			if _, recorded := i.Recorded.Get(name); !recorded {
				out.add(name, value())
			}
		}
	}
	add("sprint", func() any {
		if sp := i.Sprint(); sp != nil {
			return c.once("agile sprint", sp, func() any { return c.agileSprint(sp) })
		}
		return nil
	})
	add("closedSprints", func() any {
		list := []json.RawMessage{}
		for _, sp := range i.Sprints {
			if sp.State == world.Closed {
				list = append(list, c.once("agile sprint", sp, func() any { return c.agileSprint(sp) }))
			}
		}
		return list
	})
	add("flagged", func() any {
		flag, set := i.Value(flaggedField)
		return set && string(flag) != "null" && string(flag) != "[]"
	})
	add("epic", func() any {
		if p := i.Parent; p != nil && !i.Type.Subtask && c.sees(p) {
			return c.epicJSON(p)
		}
		return nil
	})
}
