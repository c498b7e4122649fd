package control_test

import (
	"os"
	"strings"
	"testing"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
)

func TestTheReadmeNamesEveryMutationAndFault(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, usage := range world.Ops() {
		op, _, _ := strings.Cut(usage, `",`)
		if !strings.Contains(string(text), op+`"`) {
			t.Errorf("no %s in the README", op)
		}
	}
	for _, k := range control.NewFaults(0, nil).Known() {
		name, _, _ := strings.Cut(k, ":")
		if !strings.Contains(string(text), "`"+name+"`") {
			t.Errorf("no fault %s in the README", name)
		}
	}
}
