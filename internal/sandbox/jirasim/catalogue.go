package jirasim

import (
	"net/http"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// flaggedField is the field with which people mark what is blocked.
const flaggedField = "customfield_10021"

func catalogueRoutes(t table) {
	t.on("GET /field", listOf(func(c *call, st *world.State) []any { return each(c.fieldsHere(st), c.fieldJSON) }))
	t.cloud("GET /field/search", pageOf(fieldList))
	t.on("GET /status", listOf(statusList))
	t.on("GET /status/{name}", oneOf(func(st *world.State) []*world.Status { return st.Statuses },
		func(s *world.Status) (int64, string) { return s.ID, s.Name }, (*call).statusJSON, "status"))
	t.cloud("GET /statuses/search", pageOf(statusDetails))
	t.cloud("GET /statuses", listOf(statusDetails))
	t.on("GET /statuscategory", listOf(categoryList))
	t.on("GET /statuscategory/{name}", getCategory)
	t.on("GET /resolution", listOf(resolutionList))
	t.cloud("GET /resolution/search", pageOf(resolutionList))
	t.on("GET /resolution/{name}", oneOf(func(st *world.State) []*world.Named { return st.Resolutions },
		nameOfNamed, func(c *call, n *world.Named) any { return c.namedJSON("resolution", n) }, "resolution"))
	t.on("GET /priority", listOf(priorityList))
	t.cloud("GET /priority/search", pageOf(priorityList))
	t.on("GET /priority/{name}", oneOf(func(st *world.State) []*world.Named { return st.Priorities },
		nameOfNamed, func(c *call, n *world.Named) any { return c.namedJSON("priority", n) }, "priority"))
	t.on("GET /issuetype", listOf(typeList))
	t.cloud("GET /issuetype/project", listOf(typeList))
	t.on("GET /issuetype/{name}", oneOf(func(st *world.State) []*world.IssueType { return st.Types },
		func(t *world.IssueType) (int64, string) { return t.ID, t.Name }, (*call).plainType, "issue type"))
	t.on("GET /securitylevel/{name}", getLevel)
	t.cloud("GET /label", pageOf(labelList))
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

// pageOf serves a catalogue in pages.
func pageOf(f func(*call, *world.State) []any) handler {
	return func(c *call) error {
		w, err := c.window(50, 1000)
		if err != nil {
			return err
		}
		return c.read(func(st *world.State) (any, error) {
			var all []any
			if c.user != nil {
				all = f(c, st)
			}
			out := page(w, all)
			out["self"] = c.base + c.URL.RequestURI()
			return out, nil
		})
	}
}

// oneOf serves one thing of a catalogue by id or name.
func oneOf[T any](list func(*world.State) []T, name func(T) (int64, string), render func(*call, T) any, what string) handler {
	return func(c *call) error {
		return c.read(func(st *world.State) (any, error) {
			asked := c.PathValue("name")
			for _, v := range list(st) {
				if n, text := name(v); c.user != nil && (id(n) == asked || strings.EqualFold(text, asked)) {
					return render(c, v), nil
				}
			}
			return nil, refuse(http.StatusNotFound, "The "+what+" with id '"+asked+"' does not exist")
		})
	}
}

func nameOfNamed(n *world.Named) (int64, string) { return n.ID, n.Name }

// statusList are the statuses; two of one id are one here.
func statusList(c *call, st *world.State) []any { return each(workflow(st), c.statusJSON) }

// statusDetails is Cloud's newer form of the statuses, with the category in
// capitals.
func statusDetails(c *call, st *world.State) []any {
	asked, q := c.words("id"), strings.ToLower(c.URL.Query().Get("searchString"))
	out := []any{}
	for _, s := range workflow(st) {
		if (len(asked) > 0 && !slices.Contains(asked, id(s.ID))) || !strings.Contains(strings.ToLower(s.Name), q) {
			continue
		}
		category := map[string]string{"new": "TODO", "indeterminate": "IN_PROGRESS", "done": "DONE", "undefined": "TODO"}[s.Category]
		if want := c.URL.Query().Get("statusCategory"); want != "" && want != category {
			continue
		}
		out = append(out, obj{"id": id(s.ID), "name": c.tongue(s.Name), "statusCategory": category, "description": "", "scope": obj{"type": "GLOBAL"}})
	}
	return out
}

func categoryList(c *call, _ *world.State) []any {
	return each([]string{"undefined", "new", "done", "indeterminate"}, func(k string) any { return c.categoryJSON(k) })
}

func getCategory(c *call) error {
	return c.read(func(*world.State) (any, error) {
		for key, k := range categories {
			if asked := c.PathValue("name"); c.user != nil && (asked == key || asked == id(int64(k.id)) || strings.EqualFold(asked, k.name)) {
				return c.categoryJSON(key), nil
			}
		}
		return nil, refuse(http.StatusNotFound, "The status category with id '"+c.PathValue("name")+"' does not exist")
	})
}

func resolutionList(c *call, st *world.State) []any {
	return each(st.Resolutions, func(n *world.Named) any { return c.namedJSON("resolution", n) })
}

func priorityList(c *call, st *world.State) []any {
	return each(st.Priorities, func(n *world.Named) any { return c.namedJSON("priority", n) })
}

func typeList(c *call, st *world.State) []any { return each(st.Types, c.plainType) }

func labelList(_ *call, st *world.State) []any {
	return each(labelsOf(st, ""), func(l string) any { return l })
}

// labelsOf are the labels in use that begin with a text.
func labelsOf(st *world.State, with string) []string {
	seen := map[string]bool{}
	for _, i := range st.Jira {
		for _, l := range i.Labels {
			if strings.HasPrefix(strings.ToLower(l), strings.ToLower(with)) {
				seen[l] = true
			}
		}
	}
	return sortedKeys(seen)
}

func getLevel(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		for _, p := range c.projects(st) {
			for _, l := range p.Levels {
				if id(l.ID) == c.PathValue("name") {
					return c.levelJSON(l), nil
				}
			}
		}
		return nil, refuse(http.StatusNotFound, "The security level with id '"+c.PathValue("name")+"' does not exist")
	})
}

// fieldsHere are the fields that the flavour has.
func (c *call) fieldsHere(st *world.State) []*world.FieldDef {
	return slices.DeleteFunc(slices.Clone(st.Fields), func(f *world.FieldDef) bool {
		return slices.ContainsFunc(knownFields, func(k knownField) bool { return k.name == f.ID && k.only != "" && k.only != c.s.o.Flavour })
	})
}

// fieldJSON is a field of the list; Cloud adds a key.
func (c *call) fieldJSON(f *world.FieldDef) any {
	clauses := []string{f.ID}
	if isCustom(f) {
		clauses = []string{"cf[" + strings.TrimPrefix(f.ID, "customfield_") + "]", f.Name}
	}
	out := obj{"id": f.ID, "name": f.Name, "custom": isCustom(f), "orderable": true, "navigable": !heavy[f.ID], "searchable": true, "clauseNames": clauses, "schema": c.schema(f)}
	if c.s.cloud() {
		out["key"] = f.ID
	}
	return out
}

// fieldList is Cloud's paged form of the fields.
func fieldList(c *call, st *world.State) []any {
	q, kinds, ids := strings.ToLower(c.URL.Query().Get("query")), c.words("type"), c.words("id")
	out := []any{}
	for _, f := range c.fieldsHere(st) {
		kind := "system"
		if isCustom(f) {
			kind = "custom"
		}
		if (len(kinds) > 0 && !slices.Contains(kinds, kind)) || (len(ids) > 0 && !slices.Contains(ids, f.ID)) || !strings.Contains(strings.ToLower(f.Name), q) {
			continue
		}
		out = append(out, obj{"id": f.ID, "key": f.ID, "name": f.Name, "schema": c.schema(f), "description": ""})
	}
	return out
}
