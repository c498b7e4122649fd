package github

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
)

// testdata finds a file of the public material that tests share, or skips.
func testdata(t *testing.T, parts ...string) string {
	t.Helper()
	root := os.Getenv("STRATA_TESTDATA")
	if root == "" {
		dir, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				break
			}
			if filepath.Dir(dir) == dir {
				t.Fatal("no go.mod above the test")
			}
			dir = filepath.Dir(dir)
		}
		root = filepath.Join(dir, "..", "shared", "data")
	}
	path := filepath.Join(append([]string{root}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("NOT TESTED: %s is missing; set STRATA_TESTDATA to the folder of the public material", filepath.Join(parts...))
	}
	return path
}

func everyDocument() map[string]string {
	all := ProjectFields{Status: "S", Iteration: "I", Estimate: "E", Team: "T", Start: "B", Due: "D", NeededBy: "N"}
	byNumber, _ := placesQueryFor([]place{{"acme/api", 1}, {"acme/web", 2}})
	return map[string]string{
		"project with every field": projectQuery(all),
		"project without fields":   projectQuery(ProjectFields{}),
		"every issue":              everyIssueQuery,
		"edges":                    edgesQuery,
		"places":                   placesQuery,
		"nodes":                    nodesQuery,
		"by number":                byNumber,
		"more blocked by":          moreBlockedByQuery,
		"more blocking":            moreBlockingQuery,
		"viewer":                   "query { viewer { login databaseId } }",
		"project check":            projectCheckQuery,
		"repository check":         repositoryCheckQuery,
		"minimise":                 "mutation($input: MinimizeCommentInput!) { minimizeComment(input: $input) { minimizedComment { isMinimized } } }",
		"unminimise":               "mutation($input: UnminimizeCommentInput!) { unminimizeComment(input: $input) { unminimizedComment { isMinimized } } }",
	}
}

func TestEveryDocumentIsValidInThePublicSchema(t *testing.T) {
	raw, err := os.ReadFile(testdata(t, "contract", "github-schema-2026-06.graphql"))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "github.graphql", Input: string(raw)})
	if err != nil {
		t.Fatal(err)
	}
	for name, document := range everyDocument() {
		doc, errs := gqlparser.LoadQueryWithRules(schema, document, nil)
		if len(errs) > 0 {
			t.Errorf("%s: %v", name, errs)
			continue
		}
		if name != "project with every field" {
			continue
		}
		_, err := validator.VariableValues(schema, doc.Operations[0], map[string]any{
			"owner": "acme", "number": 7, "first": 100, "head": true,
			"status": "S", "iteration": "I", "estimate": "E", "team": "T", "start": "B", "due": "D", "neededBy": "N",
		})
		if err != nil {
			t.Errorf("variables of %s: %v", name, err)
		}
	}
	if _, errs := gqlparser.LoadQueryWithRules(schema, `query { viewer { nonsense } }`, nil); len(errs) == 0 {
		t.Error("the schema accepts a field that does not exist: this test proves nothing")
	}
}
