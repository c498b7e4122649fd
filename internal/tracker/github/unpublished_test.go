package github

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/contract"
	"strata/internal/tracker"
)

// TestTheRoutesWithoutAContractAreThese: every test fails when we ask for a route that is neither published nor listed;
// this one fails when a listed one is no longer asked for.
func TestTheRoutesWithoutAContractAreThese(t *testing.T) {
	contract.Folder(t)
	b := open(t, 1)
	g := b.client(func(c *Config) { c.Groups = []string{"acme/core"} })
	read(t, g, repoScope, "")
	// Of an account that we never met we know the id alone.
	if _, err := g.MayEdit(t.Context(), refOf(b.repo.Issues[0]), strconv.FormatInt(b.person.ID, 10)); err != nil {
		t.Fatal(err)
	}
	for _, p := range g.Check(t.Context(), []tracker.Scope{repoScope, projectScope}) {
		t.Log(p)
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(b.watch.Uncovered())), slices.Sorted(maps.Keys(contract.Unpublished[contract.GitHub]))); diff != "" {
		t.Errorf("routes without a contract (-asked +listed):\n%s", diff)
	}
}
