package main

import (
	"strings"
	"testing"

	"strata/internal/sandbox/world"
)

func TestAuditFindsWhatTheReportDoesNotSay(t *testing.T) {
	t.Parallel()
	l := startLiving(t, 7)
	l.once()
	o := options{items: 300}
	l.account.audit(l.box, o)
	if len(l.account.errors) != 0 {
		t.Fatalf("at rest: %q", l.account.errors)
	}
	last := l.account.last["shop"]
	truth := l.box.World.Truth()
	gone := truth.Unresolved[0]
	truth.Unresolved = append(truth.Unresolved[1:], world.Dependency{Waiting: "WEB-1", Blocker: "WEB-2", State: "open", Why: "the blocker is open"})
	truth.Unresolved[0].State = "delivered"
	all := strings.Join(differences(last, truth), "\n")
	for _, want := range []string{
		"says that " + gone.Waiting + " waits for " + gone.Blocker, "WEB-1 waits for WEB-2, and the report does not say so: the blocker is open",
		truth.Unresolved[0].Blocker + ", which is delivered; the report says ",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	if _, err := l.box.World.Mutate([]byte(`{"op":"link","item":"` + gone.Blocker + `","blocker":"WEB-2","author":"ada"}`)); err != nil {
		t.Fatal(err)
	}
	if !meddled(l.box) {
		t.Error("a person wrote, and nobody knows")
	}
	l.account.audit(l.box, o) // the report is older than what the person did
	if len(l.account.errors) != 0 {
		t.Errorf("after somebody wrote: %q", l.account.errors)
	}
}
