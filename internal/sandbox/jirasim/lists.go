package jirasim

import (
	"net/http"
	"strings"

	"strata/internal/sandbox/world"
)

func (s *server) lists(both func(string, string, handler)) {
	both("GET", "/serverInfo", serverInfo)
	both("GET", "/myself", myself)
	both("GET", "/mypermissions", permissions)
	both("GET", "/user", getUser)
	both("GET", "/user/permission/search", searchByPermission)
	both("GET", "/field", listOf(func(c *call, st *world.State) []any { return each(st.Fields, c.fieldJSON) }))
	both("GET", "/status", listOf(func(c *call, st *world.State) []any { return each(st.Statuses, c.statusJSON) }))
	both("GET", "/statuscategory", listOf(func(c *call, _ *world.State) []any {
		return each([]string{"undefined", "new", "done", "indeterminate"}, func(k string) any { return c.categoryJSON(k) })
	}))
	both("GET", "/resolution", listOf(func(c *call, st *world.State) []any {
		return each(st.Resolutions, func(n *world.Named) any { return c.namedJSON("resolution", n) })
	}))
	both("GET", "/priority", listOf(func(c *call, st *world.State) []any {
		return each(st.Priorities, func(n *world.Named) any { return c.namedJSON("priority", n) })
	}))
	both("GET", "/issuetype", listOf(func(c *call, st *world.State) []any { return each(st.Types, c.typeJSON) }))
	both("GET", "/project", listOf(func(c *call, st *world.State) []any { return each(c.projects(st), c.projectJSON) }))
	both("GET", "/project/{project}", getProject)
	both("GET", "/issueLinkType", func(c *call) error {
		return c.read(func(st *world.State) (any, error) {
			return obj{"issueLinkTypes": each(st.LinkTypes, func(t *world.LinkType) any { return c.linkTypeJSON(t) })}, nil
		})
	})
	if s.cloud() {
		both("GET", "/project/search", searchProjects)
	}
}

func each[T any](list []T, f func(T) any) []any {
	out := make([]any, 0, len(list))
	for _, v := range list {
		out = append(out, f(v))
	}
	return out
}

// listOf serves a catalogue; anonymous people see an empty one.
func listOf(f func(*call, *world.State) []any) handler {
	return func(c *call) error {
		return c.read(func(st *world.State) (any, error) {
			if c.user == nil {
				return []any{}, nil
			}
			return f(c, st), nil
		})
	}
}

// serverInfo tells the flavour, to anybody.
func serverInfo(c *call) error {
	out := obj{"baseUrl": c.base, "version": "1001.0.0-SNAPSHOT", "versionNumbers": []int{1001, 0, 0}, "deploymentType": "Cloud", "buildNumber": 100290,
		"buildDate": "2026-03-01T00:00:00.000+0000", "scmInfo": "sandbox", "serverTitle": c.s.o.Title, "serverTimeZone": "Europe/Berlin"}
	if !c.s.cloud() {
		out["version"], out["versionNumbers"], out["deploymentType"], out["buildNumber"] = "10.3.5", []int{10, 3, 5}, "Server", 10030005
		delete(out, "serverTimeZone")
	}
	out["serverTime"] = c.s.world.Now().UTC().Format("2006-01-02T15:04:05.000-0700")
	return c.json(http.StatusOK, out)
}

func myself(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	out := c.userJSON(c.user).(obj)
	out["locale"] = "en_US"
	return c.json(http.StatusOK, out)
}

func getUser(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	q := c.URL.Query()
	name := q.Get("accountId")
	if !c.s.cloud() {
		if name = q.Get("username"); name == "" {
			name = q.Get("key")
		}
	}
	return c.read(func(st *world.State) (any, error) {
		if u := st.User(name); u != nil && name != "" {
			return c.userJSON(u), nil
		}
		return nil, refuse(http.StatusNotFound, "Specified user does not exist or you do not have required permissions")
	})
}

// permissions answers for the account, or for a project it may see.
func permissions(c *call) error {
	asked := c.words("permissions")
	if c.s.cloud() && len(asked) == 0 {
		return refuse(http.StatusBadRequest, "The 'permissions' query parameter is required.")
	}
	if len(asked) == 0 {
		asked = []string{"ADD_COMMENTS", "BROWSE_PROJECTS", "DELETE_OWN_COMMENTS", "EDIT_OWN_COMMENTS", "LINK_ISSUES"}
	}
	return c.read(func(st *world.State) (any, error) {
		key := c.URL.Query().Get("projectKey")
		if key != "" && !c.seesProject(st.Project(key)) {
			return nil, refuse(http.StatusNotFound, "No project could be found with key '"+key+"'.")
		}
		out := obj{}
		for _, p := range asked {
			out[p] = obj{"id": "0", "key": p, "name": strings.ToLower(strings.ReplaceAll(p, "_", " ")), "type": "PROJECT", "description": "",
				"havePermission": granted(c.user, p)}
		}
		return obj{"permissions": out}, nil
	})
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

func getProject(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		p := st.Project(c.PathValue("project"))
		if !c.seesProject(p) {
			return nil, refuse(http.StatusNotFound, "No project could be found with key '"+c.PathValue("project")+"'.")
		}
		if p.Raw != nil {
			return p.Raw, nil
		}
		out := c.projectJSON(p).(obj)
		out["components"] = each(p.Components, func(k world.Component) any { return obj{"id": id(k.ID), "name": k.Name} })
		out["issueTypes"] = each(st.Types, c.typeJSON)
		return out, nil
	})
}

func searchProjects(c *call) error {
	start, err := c.number("startAt", 0)
	if err != nil {
		return err
	}
	size, err := c.number("maxResults", 50)
	if err != nil {
		return err
	}
	return c.read(func(st *world.State) (any, error) {
		all := each(c.projects(st), c.projectJSON)
		from, to := min(start, len(all)), min(start+size, len(all))
		return obj{"startAt": start, "maxResults": size, "total": len(all), "isLast": to == len(all), "values": all[from:to]}, nil
	})
}

func (c *call) fieldJSON(f *world.FieldDef) any {
	custom := f.Custom != "" || strings.HasPrefix(f.ID, "customfield_")
	schema := obj{"type": f.Type}
	clauses := []string{f.ID}
	if custom {
		number := strings.TrimPrefix(f.ID, "customfield_")
		schema["custom"], schema["customId"] = f.Custom, rawNumber(number)
		clauses = []string{"cf[" + number + "]", f.Name}
	} else {
		schema["system"] = f.ID
	}
	if f.Items != "" {
		schema["items"] = f.Items
	}
	out := obj{"id": f.ID, "name": f.Name, "custom": custom, "orderable": true, "navigable": !heavy[f.ID], "searchable": true, "clauseNames": clauses, "schema": schema}
	if c.s.cloud() {
		out["key"] = f.ID
	}
	return out
}
