package jirasim

import (
	"slices"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// rendered are the fields as people see them: texts as HTML, dates in words,
// null for what is shown as it is.
func (c *call) rendered(i *world.JiraIssue, sel selection) obj {
	day := func(t time.Time) any {
		if t.IsZero() {
			return nil
		}
		return t.In(c.user.Location()).Format("02/Jan/06 3:04 PM")
	}
	out := obj{}
	for _, f := range knownFields {
		if sel.wants(f.name) {
			out[f.name] = nil
		}
	}
	for name, value := range map[string]func() any{
		"description":    func() any { return c.html(i.Description) },
		"environment":    func() any { return c.html(i.Rare().Environment) },
		"created":        func() any { return day(i.Created) },
		"updated":        func() any { return day(i.Updated) },
		"resolutiondate": func() any { return day(i.Resolved) },
		"comment": func() any {
			list := each(c.readable(i), func(m *world.Comment) any { return c.remark(i, m, renderedBodies) })
			return obj{"self": c.self("issue/%d/comment", i.ID), "startAt": 0, "maxResults": len(list), "total": len(list), "comments": list}
		},
	} {
		if _, asked := out[name]; asked {
			out[name] = value()
		}
	}
	return out
}

// names are the fields' names by id, in English: administrators translate
// them.
func names(st *world.State) obj {
	out := obj{}
	for _, f := range st.Fields {
		out[f.ID] = f.Name
	}
	return out
}

// schemas are the fields' types by id.
func (c *call) schemas(st *world.State) obj {
	out := obj{}
	for _, f := range st.Fields {
		out[f.ID] = c.schema(f)
	}
	return out
}

// namesAnd adds names and schema to the answer of a search.
func (c *call) namesAnd(st *world.State, expand []string, out obj) obj {
	if slices.Contains(expand, "names") {
		out["names"] = names(st)
	}
	if slices.Contains(expand, "schema") {
		out["schema"] = c.schemas(st)
	}
	return out
}

func isCustom(f *world.FieldDef) bool { return strings.HasPrefix(f.ID, "customfield_") }

// schema is the type of a field's values.
func (c *call) schema(f *world.FieldDef) obj {
	schema := obj{"type": f.Type}
	if f.Items != "" {
		schema["items"] = f.Items
	}
	if !isCustom(f) {
		schema["system"] = f.ID
		if kind, ok := schemaTypes[f.ID]; ok && kind[1] != "" {
			schema["type"], schema["items"] = kind[0], kind[1]
		}
		return schema
	}
	if f.Custom != "" {
		schema["custom"] = f.Custom
	}
	if !c.s.cloud() && f.ID == world.TeamFieldID { // Data Center's teams are another app's
		schema["custom"], schema["type"] = "com.atlassian.teams:rm-teams-custom-field-team", "any"
	}
	schema["customId"] = rawNumber(strings.TrimPrefix(f.ID, "customfield_"))
	return schema
}
