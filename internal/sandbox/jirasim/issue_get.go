package jirasim

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"strata/internal/sandbox/world"
)

func issueRoutes(t table) {
	t.on("GET /issue/{issue}", getIssue)
	t.on("POST /issue", createIssue)
	t.on("POST /issue/bulk", createIssues)
	t.on("PUT /issue/{issue}", editIssue)
	t.on("DELETE /issue/{issue}", deleteIssue)
	t.on("PUT /issue/{issue}/assignee", assignIssue)
	t.on("GET /issue/{issue}/transitions", getTransitions)
	t.on("POST /issue/{issue}/transitions", transitionIssue)
	t.on("GET /issue/{issue}/properties", listIssueProperties)
	t.on("GET /issue/{issue}/properties/{key}", getIssueProperty)
	t.on("PUT /issue/{issue}/properties/{key}", setIssueProperty)
	t.on("DELETE /issue/{issue}/properties/{key}", dropIssueProperty)
	t.dc("GET /issue/{issue}/subtask", getSubtasks)
	t.dc("PUT /issue/{issue}/archive", archiveIssue(true))
	t.dc("PUT /issue/{issue}/restore", archiveIssue(false))
	t.cloud("PUT /issue/archive", archiveIssues(true))
	t.cloud("PUT /issue/unarchive", archiveIssues(false))
	t.cloud("POST /issue/bulkfetch", bulkFetch)
	t.cloud("GET /issue/{issue}/changelog", changelog)
	t.cloud("POST /issue/{issue}/changelog/list", changelogList)
	t.cloud("POST /changelog/bulkfetch", bulkChangelogs)
}

// issue finds the issue of the path by id, key or former key; 404 also when it
// is hidden.
func (c *call) issue(st *world.State) (*world.JiraIssue, error) {
	if i := st.JiraIssue(c.PathValue("issue")); c.sees(i) {
		return i, nil
	}
	return nil, gone()
}

// written finds the issue of the path in order to write to it.
func (c *call) written(st *world.State, take right) (*world.JiraIssue, error) {
	i, err := c.issue(st)
	if err != nil {
		return nil, err
	}
	return i, c.touch(i, take)
}

func getIssue(c *call) error {
	v := detail{sel: choose(c.words("fields"), "*all"), expand: c.words("expand"), properties: c.words("properties")}
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		v.sel.onlyID = false
		return c.issueJSON(st, i, v), nil
	})
}

// bulkFetch answers at most 100 issues, by ascending id; what is missing or
// hidden is silently absent. What is no issue's name at all is told.
func bulkFetch(c *call) error {
	var in struct {
		IDs        []any    `json:"issueIdsOrKeys"`
		Fields     []string `json:"fields"`
		Expand     []string `json:"expand"`
		Properties []string `json:"properties"`
		ByKeys     bool     `json:"fieldsByKeys"`
	}
	if err := c.body(&in, true); err != nil {
		return err
	}
	if len(in.IDs) == 0 || len(in.IDs) > 100 {
		return refuse(http.StatusBadRequest, "issueIdsOrKeys: between 1 and 100 issues can be fetched at once.")
	}
	if len(in.Properties) > 5 {
		return refuse(http.StatusBadRequest, "properties: at most 5 properties can be asked for.")
	}
	v := detail{sel: choose(in.Fields, "*navigable"), expand: in.Expand, properties: in.Properties, capped: true}
	return c.read(func(st *world.State) (any, error) {
		list := []json.RawMessage{}
		for _, i := range c.named(st, in.IDs) {
			list = append(list, c.issueJSON(st, i, v))
		}
		wrong := []obj{}
		for _, name := range in.IDs {
			if text := plain(name); text == "" {
				wrong = append(wrong, obj{"id": text, "errorMessage": "The issue id or key is invalid."})
			}
		}
		var out members
		out.add("issues", list)
		out.add("issueErrors", wrong)
		return out.end(), nil
	})
}

// named are the issues that a list of ids and keys names, each once, by
// ascending id; what the asker may not see is left out.
func (c *call) named(st *world.State, names []any) []*world.JiraIssue {
	var found []*world.JiraIssue
	seen := map[*world.JiraIssue]bool{}
	for _, v := range names {
		if i := st.JiraIssue(plain(v)); c.sees(i) && !seen[i] {
			seen[i] = true
			found = append(found, i)
		}
	}
	slices.SortFunc(found, func(a, b *world.JiraIssue) int { return cmp.Compare(a.ID, b.ID) })
	return found
}

// plain is a JSON value that may be a string or a number.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatInt(int64(v), 10)
	}
	return ""
}

// getSubtasks lists the sub-tasks of an issue, on Data Center.
func getSubtasks(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		return c.subtasks(i), nil
	})
}
