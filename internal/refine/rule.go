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

// Rule judges dependencies. Exactly one of Pair, Circle and Item is set.
type Rule struct {
	ID RuleID
	Documentation
	// Version counts how often the rule's predicate changed since its first release,
	// which is 0 for the rules of the first catalogue. A product that was judged by
	// another version takes the new one as information for a while.
	Version int

	// Pair judges one dependency. By default it is asked where both items are open
	// and known, the waiting one is near and the teams are two; the next four widen
	// or move that.
	Pair func(*Pair) *Raised
	// About chooses the dependencies by their blocker. Defaults to open ones.
	About Blockers
	// Far asks also where the waiting item is not near.
	Far bool
	// Within asks also where one team owns both items.
	Within bool
	// Timed says that the rule compares dates, so that it may rest on a forecast of
	// the blocker.
	Timed bool

	// Circle judges items that wait for each other, one of them near.
	Circle func(*Circle) *Raised

	// Item judges one item, open or delivered, that can be read and is not exempt.
	Item func(*Member) *Raised

	// Replaces names rules that say the same less well: where both are raised on a
	// dependency, theirs is taken back.
	Replaces []RuleID
	// ReasonOf names a rule that this one gives a reason for: where both are raised on
	// a dependency, the sentence is added to that rule's, and this one is counted.
	ReasonOf RuleID
	// Ends says that an acknowledgement is all that is asked for: it resolves the
	// finding, which is then counted as acknowledged and not said any more.
	Ends bool
}

// Blockers chooses dependencies by the state of their blocker.
type Blockers int

// The choices.
const (
	OpenBlockers       Blockers = iota // open, and read
	LostBlockers                       // dropped, or open and declined by its team
	UnreadableBlockers                 // cannot be read now
)

// Place is where a finding is said.
type Place int

// The places. What would stand on an item outside the scopes stands on the waiting
// one. Of a rule about items they say whether the item waits, so that it is told
// only when it comes up soon, or others wait for it.
const (
	OnWaiting Place = iota
	OnBlocker
	// OnEpic is the waiting item's parent; its team acts.
	OnEpic
)

// Raised is what a rule says when its predicate holds.
type Raised struct {
	Severity Severity
	On       Place
	// Title is the finding in plain words where it is another than the rule's.
	Title string
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
	// Reason is the sentence for the finding of the rule that this one is a reason of.
	Reason markup.Paragraph
	// Weak says that it rests on a forecast or a description: a warning at most.
	Weak bool
	// Once says that it is not said again when plans move: no date is a fact of it.
	Once bool
}

// precedence is the order in which the findings of an edge are shown, where
// their severity is the same.
var precedence = [...]RuleID{
	"DEP21", "DEP13", "DEP12", "DEP04", "DEP03", "DEP01", "DEP11", "DEP07", "DEP08", "DEP06", "DEP14", "DEP05", "DEP09",
	"DEP02", "DEP10", "DEP19", "DEP18", "DEP22", "DEP15", "DEP17", "DEP24", "DEP25", "DEP16", "DEP20", "DEP23",
}

// ranks are the places in the precedence by the rule's number.
var ranks = func() (places [len(precedence) + 1]int) {
	for place, id := range precedence {
		places[number(id)] = place
	}
	return places
}()

// rank returns the rule's place in the precedence; rules without one come last.
func rank(id RuleID) int {
	if n := number(id); n > 0 {
		return ranks[n]
	}
	return len(precedence)
}

// number reads "DEP04"; 0 for what is no rule of the catalogue.
func number(id RuleID) int {
	if len(id) != 5 || id[:3] != "DEP" {
		return 0
	}
	n := int(id[3]-'0')*10 + int(id[4]-'0')
	if n < 1 || n > len(precedence) {
		return 0
	}
	return n
}
