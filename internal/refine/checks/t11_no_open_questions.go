package checks

import (
	"slices"

	"strata/internal/refine"
	"strata/internal/work"
)

var noOpenQuestions = refine.Check{
	ID:    "T11",
	Layer: work.TeamLayer,
	Documentation: refine.Documentation{
		Name:     "no_open_questions",
		Title:    "No open questions",
		Doc:      "A question that is still open in the Sprint stops the work until somebody has time to answer.",
		When:     "No label says that information is missing, and no checkbox under \"Open questions\" is without a tick.",
		Resolves: "Answer the question, tick it, remove the label.",
	},
	Judge: func(c refine.Case) refine.Result {
		for _, label := range c.Item.Labels {
			if slices.Contains(c.NeedsInfo, label) {
				return refine.Fail
			}
		}
		return passes(c.Item.Sections[work.OpenQuestions].Unchecked == 0)
	},
}
