package checks

import (
	"strata/internal/facts"
	"strata/internal/refine"
	"strata/internal/work"
)

// These answers are asked for by a check of each layer.

// criteria says whether an item has acceptance criteria that are not a promise to write some.
func criteria(c refine.Case) refine.Result {
	section, ok := c.Item.Sections[work.AcceptanceCriteria]
	return passes(ok && len(section.Entries) > 0 && !section.ToBeDone)
}

// ordered says whether an item has a place in its tracker's order.
func ordered(c refine.Case) refine.Result {
	if c.Item.Rank == "" && !c.Ranks() {
		return refine.NotApplicable
	}
	return passes(c.Item.Rank != "")
}

// answered says whether every open dependency on another team that is needed
// within some Sprints is planned in time or answered. One whose blocker cannot
// be read is neither.
func answered(c refine.Case, within int) refine.Result {
	result := refine.Pass
	for _, link := range c.Links() {
		switch {
		case !link.CrossTeam || link.InTime || link.Answered:
		case !link.Blocker.Known:
			result = refine.NotApplicable
		case link.Within > within && within != everSoFar:
		default:
			return refine.Fail
		}
	}
	return result
}

// freshSprints is how many Sprints ago still counts as recent.
const freshSprints = 3

// fresh says whether an item, or a child of it, changed or was refined of late.
func fresh(c refine.Case) refine.Result {
	since := c.Today() - c.FreshDays(freshSprints)
	recent := func(day work.Day) bool { return day >= since }
	zone := c.Calendar().Zone()
	if c.Item.Updated.IsZero() {
		return refine.NotApplicable
	}
	if recent(work.DayOf(c.Item.Updated, zone)) {
		return refine.Pass
	}
	for _, said := range c.Answers(facts.Refined) {
		if recent(work.DayOf(said.At, zone)) {
			return refine.Pass
		}
	}
	for child := range c.Children() {
		if child.Known && recent(work.DayOf(child.Item.Updated, zone)) {
			return refine.Pass
		}
	}
	return refine.Fail
}

func passes(yes bool) refine.Result {
	if yes {
		return refine.Pass
	}
	return refine.Fail
}
