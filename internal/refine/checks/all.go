// Package checks holds the questions that make an epic or a story ready: one
// check a file, with its documentation as data and its examples beside it in
// testdata.
//
// To add a check, write its file, its examples, and its line in All.
package checks

import (
	"embed"

	"strata/internal/refine"
)

// examples holds, for each check, the product in which it fails.
//
//go:embed testdata/*/fails.txtar
var examples embed.FS

// All returns the checks, those of the cross-team layer first.
func All() []refine.Check {
	list := []refine.Check{
		productGoal,
		sprintGoalOfEpic,
		keyOutcomes,
		deliverables,
		qualityStandards,
		acceptanceCriteriaOfEpic,
		orderedEpic,
		decomposed,
		teamForecast,
		singleTeams,
		dependenciesIdentified,
		dependenciesMinimised,
		dependenciesAnswered,
		externalDependencies,
		sized,
		fitsCapacity,
		freshEpic,
		value,
		acceptanceCriteria,
		estimated,
		fitsOneSprint,
		dependenciesIdentifiedByTeam,
		dependenciesOpen,
		definitionOfDone,
		orderedStory,
		oneOwningTeam,
		ofRefinedFeature,
		noOpenQuestions,
		servesSprintGoal,
		stable,
		freshStory,
	}
	for i := range list {
		// A missing example is an empty one; the tests say so.
		text, _ := examples.ReadFile("testdata/" + string(list[i].ID) + "/fails.txtar")
		list[i].Example = string(text)
	}
	return list
}
