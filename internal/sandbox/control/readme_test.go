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
	for _, r := range control.Rows() {
		if line := r.Line(); !strings.Contains(string(text), line) {
			t.Errorf("the README lacks the line\n%s", line)
		}
	}
	for name, why := range control.Elsewhere() {
		if line := "| `" + name + "` | " + why + " |"; !strings.Contains(string(text), line) {
			t.Errorf("the README lacks the line\n%s", line)
		}
	}
}
