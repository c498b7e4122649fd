package refine

import "strata/internal/markup"

// Documentation is what people may ask about a rule or a check.
type Documentation struct {
	// Name is the id in words, as file names have it: "out_of_order".
	Name string
	// Title is the finding in plain words: "Off track: a blocker is planned later".
	Title string
	// Doc says why it matters.
	Doc string
	// When is the predicate in words.
	When string
	// Resolves says what ends it.
	Resolves string
	// Severity says how grave it is, when. Checks have none.
	Severity string
	// Example is a product in which it can be seen, with what comes out.
	Example string
}

// Rule judges dependencies. Exactly one of Pair and Circle is set.
type Rule struct {
	ID RuleID
	Documentation
	// Pair judges one dependency. By default it is asked where both items are
	// open and known, the waiting one is near and the teams are two; the next
	// three widen that.
	Pair func(*Pair) *Raised
	// Dropped asks about blockers that were dropped, in place of open ones.
	Dropped bool
	// Far asks also where the waiting item is not near.
	Far bool
	// Within asks also where one team owns both items.
	Within bool
	// Circle judges items that wait for each other, one of them near.
	Circle func(*Circle) *Raised
}

// Place is where a finding is said.
type Place int

// The places. What would stand on an item outside the scopes stands on the waiting one.
const (
	OnWaiting Place = iota
	OnBlocker
)

// Raised is what a rule says when its predicate holds.
type Raised struct {
	Severity Severity
	On       Place
	// Text is one sentence that names both items, their teams, Sprints and dates.
	Text markup.Paragraph
	// Action is the one recommended step.
	Action markup.Paragraph
	// Next says who acts, when.
	Next markup.Paragraph
	// Commands are the answers that are valid, without the prefix.
	Commands []string
	// Facts are what it rests on beyond what every finding of a pair rests on, as "name=value".
	Facts []string
}

// precedence is the order in which the findings of an edge are shown, where
// their severity is the same.
var precedence = [...]RuleID{
	"DEP21", "DEP13", "DEP12", "DEP04", "DEP03", "DEP01", "DEP11", "DEP07", "DEP08", "DEP06", "DEP14", "DEP05", "DEP09",
	"DEP02", "DEP10", "DEP19", "DEP18", "DEP22", "DEP15", "DEP17", "DEP24", "DEP25", "DEP16", "DEP20", "DEP23",
}

// rank returns the rule's place in the precedence; rules without one come last.
func rank(id RuleID) int {
	for i, known := range precedence {
		if id == known {
			return i
		}
	}
	return len(precedence)
}
