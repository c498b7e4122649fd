package jirasim

import (
	"net/http"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

func projectRoutes(t table) {
	t.on("GET /project", listProjects)
	t.cloud("GET /project/search", searchProjects)
	t.on("GET /project/type", listOf(func(*call, *world.State) []any {
		return each([]string{"software", "service_desk", "business"}, func(k string) any { return obj{"key": k, "formattedKey": k} })
	}))
	t.on("GET /project/{project}", getProject)
	t.on("GET /project/{project}/statuses", projectStatuses)
	t.on("GET /project/{project}/components", ofProject(func(c *call, p *world.Project) []any {
		return each(p.Components, func(k world.Component) any { return c.componentJSON(p, k) })
	}))
	t.on("GET /project/{project}/versions", ofProject(versionList))
	t.on("GET /project/{project}/securitylevel", projectLevels)
	t.on("GET /project/{project}/role", rolesOfProject)
	t.on("GET /project/{project}/role/{role}", roleOfProject)
	t.on("GET /project/{project}/version", pagedVersions)
	t.on("GET /component/{component}", getComponent)
	t.on("GET /version/{version}", getVersion)
	t.on("POST /version", createVersion)
}

func (c *call) projects(st *world.State) []*world.Project {
	var out []*world.Project
	for _, p := range st.Projects {
		if c.seesProject(p) {
			out = append(out, p)
		}
	}
	return out
}

// projectOf finds the project of the path by key, former key or id.
func (c *call) projectOf(st *world.State) (*world.Project, error) {
	if p := st.Project(c.PathValue("project")); c.seesProject(p) {
		return p, nil
	}
	return nil, refuse(http.StatusNotFound, "No project could be found with key '"+c.PathValue("project")+"'.")
}

// listed is a project of a list, with what was asked for.
func (c *call) listed(st *world.State, p *world.Project, expand []string) any {
	out := c.project(p)
	out["expand"] = "description,lead,issueTypes,url,projectKeys,permissions,insight"
	if c.s.cloud() {
		out["style"], out["isPrivate"], out["properties"] = "classic", false, obj{}
	}
	for _, name := range expand {
		switch name {
		case "lead":
			out["lead"] = c.userJSON(leadOf(st, p))
		case "description":
			out["description"] = ""
		case "issueTypes":
			out["issueTypes"] = each(st.Types, c.plainType)
		case "projectKeys":
			out["projectKeys"] = append([]string{p.Key}, p.FormerKeys...)
		}
	}
	if p.Raw != nil {
		return merged(out, p.Raw)
	}
	return out
}

// leadOf is who leads a project; where nobody is named, the first who may edit.
func leadOf(st *world.State, p *world.Project) *world.User {
	if p.Lead != nil {
		return p.Lead
	}
	for _, u := range st.Users {
		if isHere(u) && u.MayEdit() && !u.Bot {
			return u
		}
	}
	return nil
}

func listProjects(c *call) error {
	expand := c.words("expand")
	return listOf(func(c *call, st *world.State) []any {
		return each(c.projects(st), func(p *world.Project) any { return c.listed(st, p, expand) })
	})(c)
}

func searchProjects(c *call) error {
	w, err := c.window(50, 100)
	if err != nil {
		return err
	}
	keys, ids, kinds := c.words("keys"), c.words("id"), c.words("typeKey")
	q, order := strings.ToLower(c.URL.Query().Get("query")), c.URL.Query().Get("orderBy")
	return c.read(func(st *world.State) (any, error) {
		found := slices.DeleteFunc(c.projects(st), func(p *world.Project) bool {
			return (len(keys) > 0 && !slices.Contains(keys, p.Key)) || (len(ids) > 0 && !slices.Contains(ids, id(p.ID))) ||
				(len(kinds) > 0 && !slices.Contains(kinds, p.Kind)) || !strings.Contains(strings.ToLower(p.Key+" "+p.Name), q)
		})
		slices.SortStableFunc(found, func(a, b *world.Project) int {
			if strings.HasSuffix(order, "name") {
				return strings.Compare(a.Name, b.Name)
			}
			return strings.Compare(a.Key, b.Key)
		})
		if strings.HasPrefix(order, "-") {
			slices.Reverse(found)
		}
		out := page(w, found)
		out["self"] = c.base + c.URL.RequestURI()
		out["values"] = each(cut(w, found), func(p *world.Project) any { return c.listed(st, p, c.words("expand")) })
		return out, nil
	})
}

func getProject(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		p, err := c.projectOf(st)
		if err != nil {
			return nil, err
		}
		out := c.project(p)
		out["expand"], out["description"], out["assigneeType"] = "description,lead,issueTypes,url,projectKeys,permissions,insight", "", "UNASSIGNED"
		out["lead"] = c.userJSON(leadOf(st, p))
		out["components"] = each(p.Components, func(k world.Component) any { return c.componentJSON(p, k) })
		out["issueTypes"] = each(st.Types, c.plainType)
		out["versions"] = versionList(c, p)
		roles := obj{}
		for _, name := range roleNames() {
			roles[name] = c.self("project/%d/role/%d", p.ID, roleID(name))
		}
		out["roles"] = roles
		if c.s.cloud() {
			out["style"], out["isPrivate"], out["properties"] = "classic", false, obj{}
		}
		if p.Raw != nil {
			return merged(out, p.Raw), nil
		}
		return out, nil
	})
}

// ofProject serves a list of a project's.
func ofProject(f func(*call, *world.Project) []any) handler {
	return func(c *call) error {
		return c.read(func(st *world.State) (any, error) {
			p, err := c.projectOf(st)
			if err != nil {
				return nil, err
			}
			return f(c, p), nil
		})
	}
}

func versionList(c *call, p *world.Project) []any {
	return each(p.Versions, func(v *world.Version) any { return c.versionJSON(p, v) })
}

// projectStatuses lists the statuses of each type.
func projectStatuses(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		if _, err := c.projectOf(st); err != nil {
			return nil, err
		}
		return each(st.Types, func(t *world.IssueType) any {
			return obj{"self": c.self("issuetype/%d", t.ID), "id": id(t.ID), "name": c.tongue(t.Name), "subtask": t.Subtask, "statuses": statusList(c, st)}
		}), nil
	})
}

func projectLevels(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		p, err := c.projectOf(st)
		if err != nil {
			return nil, err
		}
		return obj{"levels": each(p.Levels, func(l *world.Level) any { return c.levelJSON(l) })}, nil
	})
}

func pagedVersions(c *call) error {
	w, err := c.window(50, 50)
	if err != nil {
		return err
	}
	return c.read(func(st *world.State) (any, error) {
		p, err := c.projectOf(st)
		if err != nil {
			return nil, err
		}
		return page(w, versionList(c, p)), nil
	})
}
