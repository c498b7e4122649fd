// Package checks holds the questions that make an epic or a story ready: one
// check a file, with its documentation as data and its examples beside it in
// testdata.
//
// To add a check, write its file, its examples, and its line in All.
package checks

import (
	"embed"

	"strata/internal/refine"
	"strata/internal/work"
)

// examples holds, for each check, the product in which it fails.
//
//go:embed testdata/*/fails.txtar
var examples embed.FS

// All returns the checks, those of the cross-team layer first.
func All() []refine.Check {
	list := []refine.Check{
		acceptanceCriteriaOfEpic,
		decomposed,
		teamForecast,
		dependenciesIdentified,
		acceptanceCriteria,
		estimated,
		oneOwningTeam,
		noOpenQuestions,
	}
	for i := range list {
		// A missing example is an empty one; the tests say so.
		text, _ := examples.ReadFile("testdata/" + string(list[i].ID) + "/fails.txtar")
		list[i].Example = string(text)
	}
	return list
}

// criteria says whether an item has acceptance criteria that are not a promise to write some.
func criteria(c refine.Case) refine.Result {
	section, ok := c.Item.Sections[work.AcceptanceCriteria]
	return passes(ok && len(section.Entries) > 0 && !section.ToBeDone)
}

func passes(yes bool) refine.Result {
	if yes {
		return refine.Pass
	}
	return refine.Fail
}
