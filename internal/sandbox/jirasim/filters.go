package jirasim

import (
	"net/http"
	"strings"

	"strata/internal/sandbox/world"
)

// filterRoutes serve the filters of the boards: a board shows what its filter
// finds.
func filterRoutes(t table) {
	t.on("GET /filter/{filter}", getFilter)
	t.on("GET /filter/favourite", listOf(func(*call, *world.State) []any { return []any{} }))
	t.cloud("GET /filter/my", listOf(func(*call, *world.State) []any { return []any{} }))
	t.cloud("GET /filter/search", pageOf(filterList))
	t.on("GET /issue/picker", pickIssues)
}

// filterID is the id of a board's filter.
func filterID(b *world.Board) string { return id(20000 + b.ID) }

func (c *call) filterJSON(st *world.State, b *world.Board) obj {
	query := "ORDER BY Rank ASC"
	if b.Project != nil {
		query = "project = " + b.Project.Key + " " + query
	}
	out := obj{"self": c.self("filter/%s", filterID(b)), "id": filterID(b), "name": "Filter for " + b.Name, "jql": query, "favourite": false,
		"viewUrl": c.base + "/issues/?filter=" + filterID(b), "searchUrl": c.self("search?jql=%s", escapeQuery(query)), "sharePermissions": []any{}}
	if b.Project != nil {
		out["owner"] = c.userJSON(leadOf(st, b.Project))
	}
	return out
}

func getFilter(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		for _, b := range st.Boards {
			if filterID(b) == c.PathValue("filter") && c.user != nil && (b.Project == nil || c.seesProject(b.Project)) {
				return c.filterJSON(st, b), nil
			}
		}
		return nil, refuse(http.StatusBadRequest, "The selected filter is not available to you, perhaps it has been deleted or had its permissions changed.")
	})
}

func filterList(c *call, st *world.State) []any {
	out := []any{}
	for _, b := range st.Boards {
		if b.Project == nil || c.seesProject(b.Project) {
			out = append(out, c.filterJSON(st, b))
		}
	}
	return out
}

// pickIssues finds issues by a part of their key or summary, for a picker.
func pickIssues(c *call) error {
	const longest = 20
	q := strings.ToLower(c.URL.Query().Get("query"))
	return c.read(func(st *world.State) (any, error) {
		list := []obj{}
		for _, i := range st.Jira {
			if len(list) < longest && q != "" && !i.Archived && c.sees(i) && strings.Contains(strings.ToLower(i.Key+" "+i.Summary), q) {
				list = append(list, obj{"id": i.ID, "key": i.Key, "keyHtml": i.Key, "img": "/images/icons/issuetypes/story.svg", "summary": i.Summary, "summaryText": i.Summary})
			}
		}
		return obj{"sections": []obj{{"label": "Current Search", "id": "cs", "sub": "", "issues": list}}}, c.needsUser()
	})
}
