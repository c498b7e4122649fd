package checks_test

import (
	"os"
	"testing"

	"strata/internal/refine/checks"
	"strata/internal/refine/refinetest"
)

func TestEachCheckDoesAsItsExamplesSay(t *testing.T) {
	for _, c := range checks.All() {
		refinetest.Run(t, "testdata/"+string(c.ID)+"/*.txtar", nil, checks.All(), refinetest.Readiness(c.ID))
	}
}

func TestEachCheckHasDocumentationAndExamples(t *testing.T) {
	for _, c := range checks.All() {
		refinetest.Documented(t, string(c.ID), c.Documentation)
		for _, name := range []string{"fails", "passes", "unknown"} {
			if _, err := os.Stat("testdata/" + string(c.ID) + "/" + name + ".txtar"); err != nil {
				t.Errorf("%s has no example %q", c.ID, name)
			}
		}
	}
}
