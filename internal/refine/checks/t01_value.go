package checks

import (
	"strata/internal/refine"
	"strata/internal/work"
)

// enoughSaid is how many characters say what something is good for.
const enoughSaid = 40

var value = refine.Check{
	ID:    "T1",
	Layer: work.TeamLayer,
	Documentation: refine.Documentation{
		Name:     "value_stated",
		Title:    "Value stated",
		Doc:      "A team that knows what it is good for can say when something smaller would do.",
		When:     "Its description says at least 40 characters that are no template, or has a sentence of the form \"As a … I want … so that …\".",
		Resolves: "Write one sentence: who wants what, and why.",
	},
	Judge: func(c refine.Case) refine.Result {
		return passes(c.Item.Said >= enoughSaid || c.Item.Sections[work.Value].Written())
	},
}
