package rules_test

import (
	"os"
	"testing"

	"strata/internal/refine/refinetest"
	"strata/internal/refine/rules"
)

func TestEachRuleDoesAsItsExamplesSay(t *testing.T) {
	refinetest.Run(t, "testdata/DEP*/*.txtar", rules.All(), nil, refinetest.Findings)
}

func TestTheSixteenDecisionsHold(t *testing.T) {
	refinetest.Run(t, "testdata/decisions/*.txtar", rules.All(), nil, refinetest.Findings)
}

func TestEachRuleHasDocumentationAndExamples(t *testing.T) {
	for _, r := range rules.All() {
		refinetest.Documented(t, string(r.ID), r.Documentation)
		if r.Severity == "" {
			t.Errorf("%s does not say how grave it is", r.ID)
		}
		if (r.Pair == nil) == (r.Circle == nil) {
			t.Errorf("%s must judge pairs or circles, and not both", r.ID)
		}
		for _, name := range []string{"raises", "nearest_miss", "resolves", "unknown"} {
			if _, err := os.Stat("testdata/" + string(r.ID) + "/" + name + ".txtar"); err != nil {
				t.Errorf("%s has no example %q", r.ID, name)
			}
		}
	}
}
