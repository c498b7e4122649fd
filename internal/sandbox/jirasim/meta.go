package jirasim

import (
	"net/http"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

func metaRoutes(t table) {
	t.on("GET /issue/{issue}/editmeta", getEditMeta)
	t.cloud("GET /issue/createmeta", createMeta)
	t.on("GET /issue/createmeta/{project}/issuetypes", createTypes)
	t.on("GET /issue/createmeta/{project}/issuetypes/{type}", createFields)
}

// onCreate are the system fields on the screens for making and editing, in
// their order; custom fields follow.
var onCreate = []string{"summary", "issuetype", "parent", "components", "description", "project", "reporter", "fixVersions", "versions", "priority",
	"labels", "environment", "security", "duedate", "issuelinks", "assignee", "attachment"}

// schemaTypes are the types of system fields that the list of fields spells
// otherwise, or not at all.
var schemaTypes = map[string][2]string{"components": {"array", "component"}, "labels": {"array", "string"}, "fixVersions": {"array", "version"},
	"versions": {"array", "version"}, "issuelinks": {"array", "issuelinks"}, "attachment": {"array", "attachment"}, "duedate": {"date", ""},
	"security": {"securitylevel", ""}, "parent": {"issuelink", ""}, "comment": {"comments-page", ""}, "description": {"string", ""},
	"environment": {"string", ""}, "summary": {"string", ""}, "issuetype": {"issuetype", ""}, "project": {"project", ""}, "priority": {"priority", ""},
	"reporter": {"user", ""}, "assignee": {"user", ""}, "resolution": {"resolution", ""}}

// fieldMeta describes a field of a screen.
func (c *call) fieldMeta(st *world.State, p *world.Project, name string, making bool) obj {
	out := obj{"required": making && (name == "summary" || name == "issuetype" || name == "project"), "name": name, "operations": []string{"set"}}
	if kind, system := schemaTypes[name]; system {
		schema := obj{"type": kind[0], "system": name}
		if kind[1] != "" {
			schema["items"] = kind[1]
		}
		out["schema"] = schema
	}
	for _, f := range st.Fields {
		if f.ID != name {
			continue
		}
		out["name"] = f.Name
		if isCustom(f) {
			out["schema"] = c.schema(f)
		}
	}
	if making || name == "parent" {
		out["hasDefaultValue"] = name == "priority" || name == "reporter"
	}
	switch name {
	case "labels", "components", "fixVersions", "versions":
		out["operations"] = []string{"add", "set", "remove"}
	case "issuelinks", "comment":
		out["operations"] = []string{"add"}
	}
	out[c.either("key", "fieldId")] = name
	if values := c.allowed(st, p, name); values != nil {
		out["allowedValues"] = values
	}
	return out
}

// allowed are the values that a field takes; nil: any.
func (c *call) allowed(st *world.State, p *world.Project, name string) []any {
	switch name {
	case "issuetype":
		return each(st.Types, c.plainType)
	case "project":
		return []any{c.projectJSON(p)}
	case "priority":
		return each(st.Priorities, func(n *world.Named) any { return c.namedJSON("priority", n) })
	case "resolution":
		return each(st.Resolutions, func(n *world.Named) any { return c.namedJSON("resolution", n) })
	case "components":
		return each(p.Components, func(k world.Component) any {
			return obj{"self": c.self("component/%d", k.ID), "id": id(k.ID), "name": k.Name}
		})
	case "fixVersions", "versions":
		return each(p.Versions, func(v *world.Version) any { return c.versionJSON(p, v) })
	case "security":
		return each(p.Levels, func(l *world.Level) any { return c.levelJSON(l) })
	case flaggedField:
		return []any{obj{"self": c.self("customFieldOption/%d", 10019), "value": "Impediment", "id": "10019"}}
	}
	return nil
}

// screenMeta describes some fields of an issue.
func (c *call) screenMeta(st *world.State, i *world.JiraIssue, names []string) obj {
	out := obj{}
	for _, name := range names {
		out[name] = c.fieldMeta(st, i.Project, name, false)
	}
	return out
}

// editMeta describes the fields that may be edited; who may not edit sees none.
func (c *call) editMeta(st *world.State, i *world.JiraIssue) obj {
	if !c.user.MayEdit() || i.Archived {
		return obj{}
	}
	names := slices.DeleteFunc(c.screen(st), func(name string) bool { return name == "project" })
	return c.screenMeta(st, i, append(names, "comment"))
}

// screen are the fields that an issue can be made with.
func (c *call) screen(st *world.State) []string {
	out := slices.Clone(onCreate)
	for _, f := range st.Fields {
		if isCustom(f) && !strings.HasSuffix(f.Custom, ":gh-lexo-rank") {
			out = append(out, f.ID)
		}
	}
	return out
}

func getEditMeta(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		return obj{"fields": c.editMeta(st, i)}, nil
	})
}

// createMeta is Cloud's older form: projects with types, and with fields when
// they are asked for.
func createMeta(c *call) error {
	fields := slices.Contains(c.words("expand"), "projects.issuetypes.fields")
	keys, ids := c.words("projectKeys"), c.words("projectIds")
	types, names := c.words("issuetypeIds"), c.words("issuetypeNames")
	return c.read(func(st *world.State) (any, error) {
		projects := []obj{}
		for _, p := range c.projects(st) {
			if len(keys)+len(ids) > 0 && !slices.Contains(keys, p.Key) && !slices.Contains(ids, id(p.ID)) {
				continue
			}
			list := []any{}
			for _, t := range st.Types {
				if len(types)+len(names) > 0 && !slices.Contains(types, id(t.ID)) && !slices.Contains(names, t.Name) {
					continue
				}
				list = append(list, c.typeMeta(st, p, t, fields))
			}
			project := c.project(p)
			projects = append(projects, obj{"expand": "issuetypes", "self": project["self"], "id": id(p.ID), "key": p.Key, "name": p.Name,
				"avatarUrls": project["avatarUrls"], "issuetypes": list})
		}
		return obj{"expand": "projects", "projects": projects}, nil
	})
}

func (c *call) typeMeta(st *world.State, p *world.Project, t *world.IssueType, fields bool) obj {
	out := c.issueType(t)
	if c.s.cloud() {
		out["untranslatedName"] = t.Name
	}
	if fields {
		out["expand"], out["fields"] = "fields", c.createMetaOf(st, p)
	}
	return out
}

func (c *call) createMetaOf(st *world.State, p *world.Project) obj {
	out := obj{}
	for _, name := range c.screen(st) {
		out[name] = c.fieldMeta(st, p, name, true)
	}
	return out
}

// createTypes lists the types that a project's issues may have.
func createTypes(c *call) error {
	return c.metaPage(func(st *world.State, p *world.Project) ([]any, error) {
		return each(st.Types, func(t *world.IssueType) any { return c.typeMeta(st, p, t, false) }), nil
	}, "issueTypes")
}

// createFields lists the fields that an issue of a type is made with.
func createFields(c *call) error {
	return c.metaPage(func(st *world.State, p *world.Project) ([]any, error) {
		if !slices.ContainsFunc(st.Types, func(t *world.IssueType) bool { return id(t.ID) == c.PathValue("type") }) {
			return nil, refuse(http.StatusNotFound, "Issue type with id '"+c.PathValue("type")+"' does not exist or you do not have permission to view it.")
		}
		return each(c.screen(st), func(name string) any {
			field := c.fieldMeta(st, p, name, true)
			field["fieldId"] = name // in a list the name is nowhere else
			return field
		}), nil
	}, "fields")
}

// metaPage is a page of a project's metadata; Cloud names the list, Data Center
// calls it values.
func (c *call) metaPage(f func(*world.State, *world.Project) ([]any, error), name string) error {
	w, err := c.window(50, 200)
	if err != nil {
		return err
	}
	return c.read(func(st *world.State) (any, error) {
		p, err := c.projectOf(st)
		if err != nil {
			return nil, err
		}
		all, err := f(st, p)
		if err != nil {
			return nil, err
		}
		out := page(w, all)
		if c.s.cloud() {
			out = obj{"startAt": w.start, "maxResults": w.size, "total": len(all), name: out["values"]}
		}
		return out, nil
	})
}
