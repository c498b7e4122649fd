// Package rules holds what Strata says about dependencies: one rule a file, with
// its documentation as data and its examples beside it in testdata.
//
// To add a rule, write its file, its examples, and its line in All.
package rules

import (
	"embed"

	"strata/internal/refine"
)

// examples holds, for each rule, the product in which it is raised.
//
//go:embed testdata/DEP*/raises.txtar
var examples embed.FS

// All returns the rules by id.
func All() []refine.Rule {
	list := []refine.Rule{
		outOfOrder, sameSprint, unscheduledBlocker, overdueBlocker, insufficientLeadTime,
		slippedBlocker, startedWhileBlocked, sprintCommittedWhileBlocked, unownedBlocker, unacknowledged,
		committedLate, droppedBlocker, cycle, brokenChain, bottleneck,
		priorityInversion, undecomposed, crossProduct, unrefinedBlocker, oneSided,
		danglingReference, stateMismatch, staleDependency, blockedWithoutReason, staleBlockMark,
	}
	for i := range list {
		// A missing example is an empty one; the tests say so.
		text, _ := examples.ReadFile("testdata/" + string(list[i].ID) + "/raises.txtar")
		list[i].Example = string(text)
	}
	return list
}
