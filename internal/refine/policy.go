package refine

import (
	"fmt"
	"slices"

	"strata/internal/facts"
	"strata/internal/work"
)

// Policy is how a product wants to be judged.
type Policy struct {
	Config
	// Readiness is the product's `readiness`: starter, standard or strict.
	// Defaults to starter.
	Readiness Profile
	// Calendar counts working days. Defaults to Monday to Friday.
	Calendar Calendar
	// NeedsInfo lists the labels that mark an item as having an open question, from
	// `sections.needs_info`. Defaults to needs-info and question.
	NeedsInfo []string
}

// DefaultPolicy returns the policy of an operator who wrote none.
func DefaultPolicy() Policy {
	return Policy{Config: Default(), Readiness: Starter, Calendar: weekdays(), NeedsInfo: []string{"needs-info", "question"}}
}

// Profile is a list of required checks. A longer list asks for more.
type Profile string

// The profiles.
const (
	Starter  Profile = "starter"
	Standard Profile = "standard"
	Strict   Profile = "strict"
)

// Validate says whether the profile exists.
func (p Profile) Validate() error {
	if !slices.Contains([]Profile{Starter, Standard, Strict}, p) {
		return fmt.Errorf("readiness: %q; want starter, standard or strict", string(p))
	}
	return nil
}

var (
	starter  = []CheckID{"X6", "X8", "X9", "X11", "T2", "T3", "T9"}
	standard = []CheckID{"X1", "X2", "X3", "X5", "X13", "T1", "T6", "T8"}
)

// Requires says whether an item must pass the check to be ready.
func (p Profile) Requires(id CheckID) bool {
	switch p {
	case Strict:
		return true
	case Standard:
		return slices.Contains(starter, id) || slices.Contains(standard, id)
	}
	return slices.Contains(starter, id)
}

// Calendar counts working days.
type Calendar interface {
	// WorkingDaysBetween counts the working days after one day up to and including
	// another; negative when the other lies before.
	WorkingDaysBetween(a, b work.Day) int
}

// weekdays is the calendar of a product that configured none: Monday to Friday.
func weekdays() Calendar {
	c, _ := facts.CalendarConfig{}.Calendar() // nothing in an empty config can be wrong
	return c
}

// exempts says whether an item is taken out of judging on a day.
func (c Config) exempts(it *work.Item, today work.Day) bool {
	for i := range c.Exempt {
		e := &c.Exempt[i]
		if today <= e.Until && (e.Key != "" && e.Key == it.Key || e.Label != "" && slices.Contains(it.Labels, e.Label)) {
			return true
		}
	}
	return false
}
