package jirasim

import (
	"net/http"
	"strings"

	"strata/internal/sandbox/world"
)

// jqlRoutes help people who write queries.
func jqlRoutes(t table) {
	t.on("GET /jql/autocompletedata", autocomplete)
	t.on("GET /jql/autocompletedata/suggestions", suggestions)
	t.cloud("POST /jql/parse", parseQueries)
	t.cloud("POST /jql/match", matchQueries)
}

// autocomplete names the fields and functions that a query may use.
func autocomplete(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	fields := []obj{}
	for _, name := range sortedKeys(jqlFields) {
		f := jqlFields[name]
		fields = append(fields, obj{"value": name, "displayName": name, "auto": "true", "orderable": yes(f.compare != nil), "searchable": "true",
			"operators": strings.Split(strings.Trim(f.ops, "|"), "|"), "types": []string{"java.lang.String"}})
	}
	functionNames := []obj{}
	for _, name := range sortedKeys(functions) {
		if f := functions[name]; !f.refused {
			functionNames = append(functionNames, obj{"value": f.name + "()", "displayName": f.name + "()", "isList": yes(f.list), "types": []string{"java.lang.String"}})
		}
	}
	return c.json(http.StatusOK, obj{"visibleFieldNames": fields, "visibleFunctionNames": functionNames,
		"jqlReservedWords": []string{"and", "or", "not", "in", "is", "empty", "null", "order", "by", "was", "changed"}})
}

// yes is a truth as this one place spells it.
func yes(v bool) string {
	if v {
		return "true"
	}
	return "false"
}

// suggestions are values that begin with what was typed.
func suggestions(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	q := c.URL.Query()
	with := strings.ToLower(q.Get("fieldValue"))
	return c.read(func(st *world.State) (any, error) {
		var names []string
		switch strings.ToLower(q.Get("fieldName")) {
		case "labels", "label":
			names = labelsOf(st, with)
		case "status":
			for _, s := range workflow(st) {
				names = append(names, s.Name)
			}
		case "project":
			for _, p := range c.projects(st) {
				names = append(names, p.Key)
			}
		case "sprint":
			for _, s := range st.Sprints {
				names = append(names, s.Name)
			}
		case "priority":
			for _, p := range st.Priorities {
				names = append(names, p.Name)
			}
		}
		out := []obj{}
		for _, name := range names {
			if strings.HasPrefix(strings.ToLower(name), with) && len(out) < 15 {
				out = append(out, obj{"value": name, "displayName": name})
			}
		}
		return obj{"results": out}, nil
	})
}

// parseQueries tells of each query what is wrong with it.
func parseQueries(c *call) error {
	var in struct {
		Queries []string `json:"queries"`
	}
	if err := c.body(&in, false); err != nil {
		return err
	}
	if len(in.Queries) == 0 {
		return refuse(http.StatusBadRequest, "queries: at least one query is required.")
	}
	return c.read(func(st *world.State) (any, error) {
		out := []obj{}
		for _, q := range in.Queries {
			one := obj{"query": q}
			if _, err := c.find(st, q, false, false); err != nil {
				one["errors"] = []string{err.Error()}
			}
			out = append(out, one)
		}
		return obj{"queries": out}, nil
	})
}

// matchQueries tells which of some issues each query finds.
func matchQueries(c *call) error {
	var in struct {
		Queries []string `json:"jqls"`
		Issues  []int64  `json:"issueIds"`
	}
	if err := c.body(&in, false); err != nil {
		return err
	}
	return c.read(func(st *world.State) (any, error) {
		out := []obj{}
		for _, q := range in.Queries {
			found, err := c.find(st, q, false, false)
			matched, errs := []int64{}, []string{}
			if err != nil {
				errs = append(errs, err.Error())
			}
			of := map[int64]bool{}
			for _, i := range found {
				of[i.ID] = true
			}
			for _, n := range in.Issues {
				if of[n] {
					matched = append(matched, n)
				}
			}
			out = append(out, obj{"matchedIssues": matched, "errors": errs})
		}
		return obj{"matches": out}, nil
	})
}
