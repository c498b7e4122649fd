package jira_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/contract"
	"strata/internal/sandbox/jirasim"
	"strata/internal/tracker"
)

// TestTheRoutesWithoutAContractAreThese: every test fails when we ask for a route that is neither published nor listed;
// this one fails when a listed one is no longer asked for.
func TestTheRoutesWithoutAContractAreThese(t *testing.T) {
	contract.Folder(t)
	for _, flavour := range []jirasim.Flavour{jirasim.Cloud, jirasim.DataCenter} {
		s := newSite(t, flavour)
		s.config.Groups = []string{"developers"}
		s.tracker = s.fresh(t)
		c := s.controls(t)
		if _, err := s.tracker.Changes(t.Context(), c.Scope, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := s.fresh(t).MayEdit(t.Context(), c.Items[0].Ref, c.Person.ID); err != nil { // whom it never met
			t.Fatal(err)
		}
		for _, p := range s.tracker.Check(t.Context(), []tracker.Scope{c.Scope}) {
			t.Log(p)
		}
		listed := contract.Unpublished[published(flavour)]
		if diff := cmp.Diff(slices.Sorted(maps.Keys(s.watch.Uncovered())), slices.Sorted(maps.Keys(listed))); diff != "" {
			t.Errorf("%s: routes without a contract (-asked +listed):\n%s", flavour, diff)
		}
	}
}
