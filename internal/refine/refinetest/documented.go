package refinetest

import (
	"testing"

	"strata/internal/refine"
)

// Documented reports what a rule or a check leaves unsaid.
func Documented(t *testing.T, id string, d refine.Documentation) {
	t.Helper()
	for _, part := range []struct{ name, text string }{
		{"name", d.Name}, {"title", d.Title}, {"reason why it matters", d.Doc}, {"predicate in words", d.When},
		{"word on how it resolves", d.Resolves}, {"example", d.Example},
	} {
		if part.text == "" {
			t.Errorf("%s has no %s", id, part.name)
		}
	}
}
