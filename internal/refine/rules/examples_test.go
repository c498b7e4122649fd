package rules_test

import (
	"os"
	"testing"

	"strata/internal/refine/checks"
	"strata/internal/refine/refinetest"
	"strata/internal/refine/rules"
)

func TestEachRuleDoesAsItsExamplesSay(t *testing.T) {
	refinetest.Run(t, "testdata/DEP[012][0-8]/*.txtar", rules.All(), nil, refinetest.Findings)
	refinetest.Run(t, "testdata/DEP09/*.txtar", rules.All(), nil, refinetest.Findings)
}

func TestTheRuleAboutRefinementReadsTheChecks(t *testing.T) {
	refinetest.Run(t, "testdata/DEP19/*.txtar", rules.All(), checks.All(), refinetest.Findings)
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
		kinds := 0
		for _, is := range []bool{r.Pair != nil, r.Circle != nil, r.Item != nil} {
			if is {
				kinds++
			}
		}
		if kinds != 1 {
			t.Errorf("%s must judge pairs, circles or items, and one of them only", r.ID)
		}
		for _, name := range []string{"raises", "nearest_miss", "resolves", "unknown"} {
			if _, err := os.Stat("testdata/" + string(r.ID) + "/" + name + ".txtar"); err != nil {
				t.Errorf("%s has no example %q", r.ID, name)
			}
		}
	}
}
