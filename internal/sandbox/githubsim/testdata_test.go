package githubsim_test

import (
	"bufio"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// testdata is the folder of public material beside the project; the test is skipped, and says so, where it is absent.
func testdata(t *testing.T, path ...string) string {
	t.Helper()
	root := os.Getenv("STRATA_TESTDATA")
	if root == "" {
		_, here, _, _ := runtime.Caller(0)
		root = filepath.Join(filepath.Dir(here), "..", "..", "..", "..", "shared", "data")
	}
	full := filepath.Join(append([]string{root}, path...)...)
	if _, err := os.Stat(full); err != nil {
		t.Skipf("SKIPPED: test data is not here: %v (set STRATA_TESTDATA)", err)
	}
	return full
}

// publicSchema is GitHub's own description of its GraphQL API.
func publicSchema(t *testing.T) *ast.Schema {
	t.Helper()
	text, err := os.ReadFile(testdata(t, "contract", "github-schema-2026-06.graphql"))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "public", Input: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// lines reads a file of one record a line.
func lines(t *testing.T, path string) [][]byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out [][]byte
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 16<<20)
	for scan.Scan() {
		out = append(out, append([]byte(nil), scan.Bytes()...))
	}
	if err := scan.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
