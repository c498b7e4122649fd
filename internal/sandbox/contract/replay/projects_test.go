package replay

import (
	"testing"

	"strata/internal/sandbox/world"
)

// board is a project of ours, with what recordings name.
type board struct {
	*stage
	project, item   string // node ids
	text, iteration string // fields of those types
	sprint          string // an iteration's id
}

const boardQuestion = `{organization(login:"acme"){projectV2(number:7){id
  fields(first:50){nodes{... on ProjectV2FieldCommon{id dataType} ... on ProjectV2IterationField{configuration{iterations{id}}}}}
  items(first:50){nodes{id content{__typename}}}}}}`

// newBoard is a world whose project fills more than two pages.
func newBoard(t *testing.T, items int) *board {
	t.Helper()
	w := generated(items)
	err := w.Write(func(st *world.State) error {
		p := st.GitHubProjects[0]
		p.Fields = append(p.Fields, &world.ProjectField{ID: 190_900_001, Name: "Text", Type: "TEXT", Project: p})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	b := &board{stage: onGitHub(t, w)}
	project := dig(b.ask("POST", "/graphql", map[string]any{"query": boardQuestion}), "data", "organization", "projectV2")
	b.project = dig(project, "id").(string)
	for _, f := range dig(project, "fields", "nodes").([]any) {
		switch id := dig(f, "id").(string); dig(f, "dataType") {
		case "TEXT":
			b.text = id
		case "ITERATION":
			b.iteration = id
			b.sprint, _ = dig(f, "configuration", "iterations", 0, "id").(string)
		}
	}
	for _, one := range dig(project, "items", "nodes").([]any) {
		if dig(one, "content", "__typename") == "Issue" {
			b.item = dig(one, "id").(string)
			break
		}
	}
	return b
}

// dig goes down into an answer.
func dig(value any, path ...any) any {
	for _, step := range path {
		switch at := value.(type) {
		case map[string]any:
			value = at[step.(string)]
		case []any:
			if n := step.(int); n < len(at) {
				value = at[n]
			} else {
				return nil
			}
		default:
			return nil
		}
	}
	return value
}

// TestProjectsAreReadAndWritten replays what github-project asked about a project of its own.
func TestProjectsAreReadAndWritten(t *testing.T) {
	b := newBoard(t, 100)
	names := []string{
		"github-project-fixtures", "acme", `"number":2`, `"number":7`, `"PVT_1"`, `"` + b.project + `"`, `"PVTI_1"`, `"` + b.item + `"`,
		"PVTF_lADOBYMIeM4ADzd0zgCMLPg", b.text, "PVTIF_lADOBYMIeM4ADzd0zgCMUVw", b.iteration, "44d7f5bd", b.sprint,
	}
	for _, name := range []string{"api.getProperties", "api.items.get-not-found", "api.items.update", "api.items.update-iteration"} {
		for _, e := range graphql(t, name) {
			b.play(e, row{names: names})
		}
	}
}

// TestThePagesOfAProject replays a walk over 201 items. Each page is asked for with the cursor of the one before.
func TestThePagesOfAProject(t *testing.T) {
	b := newBoard(t, 1000)
	cursor := ""
	for n, e := range graphql(t, "api.items.list-with-pagination") {
		names := []string{"github-project-fixtures", "acme", `"number":2`, `"number":7`, `"MTAw"`, `"` + cursor + `"`, `"MjAw"`, `"` + cursor + `"`}
		var said any
		decode(t, b.play(e, row{names: names}), &said)
		page := dig(said, "data", "userOrOrganization", "projectV2", "items")
		if size := len(dig(page, "nodes").([]any)); n < 2 && size != 100 {
			t.Errorf("page %d has %d items, want 100", n, size)
		}
		cursor, _ = dig(page, "pageInfo", "endCursor").(string)
	}
}
