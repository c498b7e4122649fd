package comment

import (
	"slices"
	"strconv"
	"strings"

	"strata/internal/markup"
	"strata/internal/work"
)

// Verb is what a person asks of us. One that Known denies is none of ours.
type Verb string

// The verbs of the commands.
const (
	VerbAck      Verb = "ack"
	VerbAccept   Verb = "accept"
	VerbCommit   Verb = "commit"
	VerbNeed     Verb = "need"
	VerbDecline  Verb = "decline"
	VerbMitigate Verb = "mitigate"
	VerbReason   Verb = "reason"
	VerbNone     Verb = "none"
	VerbWaive    Verb = "waive"
	VerbRefined  Verb = "refined"
	VerbSnooze   Verb = "snooze"
	VerbOff      Verb = "off"
	VerbOn       Verb = "on"
	VerbWrong    Verb = "wrong"
	VerbRecheck  Verb = "recheck"
	VerbTakeaway Verb = "takeaway"
	VerbFeedback Verb = "feedback"
	VerbDone     Verb = "done"
	VerbGoal     Verb = "goal"
	VerbDecide   Verb = "decide"
)

// Spot is what an item is in the eyes of a command: one or more of the spots below.
type Spot uint

// The spots. Every item is at least AnyItem.
const (
	AnyItem      Spot = 1 << iota
	FlaggedItem       // it bears an open flag
	WaitingItem       // an open dependency of it
	BlockingItem      // an open item waits for it
	BlockedItem       // people marked it as blocked
	EpicItem          // it is refined across teams
	ProductHome       // the product's documents live on it
	TeamHome          // a team's documents live on it
	ReviewItem        // the Sprint Reviews live on it
)

// form is what a verb takes behind it.
type form int

const (
	nothing form = iota
	maybeText
	text
	number // "done 3"
	result // "goal met"
)

// rule is what the table of commands says of one verb.
type rule struct {
	on     Spot
	takes  form
	anyone bool // whoever can comment may give it
}

var verbs = map[Verb]rule{
	VerbAck:      {on: FlaggedItem, takes: maybeText},
	VerbAccept:   {on: WaitingItem, takes: maybeText},
	VerbCommit:   {on: BlockingItem, takes: text},
	VerbNeed:     {on: WaitingItem, takes: text},
	VerbDecline:  {on: BlockingItem, takes: text},
	VerbMitigate: {on: FlaggedItem, takes: text},
	VerbReason:   {on: BlockedItem, takes: text},
	VerbNone:     {on: AnyItem, takes: nothing},
	VerbWaive:    {on: AnyItem, takes: text},
	VerbRefined:  {on: AnyItem, takes: nothing},
	VerbSnooze:   {on: AnyItem, takes: text},
	VerbOff:      {on: AnyItem, takes: nothing},
	VerbOn:       {on: AnyItem, takes: nothing},
	VerbWrong:    {on: FlaggedItem, takes: maybeText},
	VerbRecheck:  {on: AnyItem, takes: nothing},
	VerbTakeaway: {on: EpicItem | ProductHome, takes: text, anyone: true},
	VerbFeedback: {on: ReviewItem | ProductHome | TeamHome, takes: text, anyone: true},
	VerbDone:     {on: ReviewItem | ProductHome | TeamHome, takes: number},
	VerbGoal:     {on: ProductHome | TeamHome, takes: result},
	VerbDecide:   {on: ProductHome, takes: text},
}

// Known says whether the verb is one of the table.
func (v Verb) Known() bool { _, ok := verbs[v]; return ok }

// NeedsRights says whether the verb asks for more than the right to comment. A
// verb that we do not know asks for everything.
func NeedsRights(v Verb) bool { return !verbs[v].anyone }

// ValidOn says whether the verb means something on such an item.
func (v Verb) ValidOn(spot Spot) bool { return verbs[v].on&(spot|AnyItem) != 0 }

// Command is a person's request to us.
type Command struct {
	Verb Verb   // lower case
	Text string // what follows the verb: one line, trimmed
}

// The bounds of what is read from one comment.
const (
	mostCommandsRead = 20
	longestVerb      = 24  // runes
	longestCommand   = 500 // runes of text
)

// Commands returns the commands of a person's comment in their order: lines of
// their own, outside quotes and code, that begin with "/strata" or "strata",
// whatever the case. Verbs that we do not know are returned too, so that they can
// be answered and counted.
//
// Without the slash a line is a command only when it says what the verb takes:
// "Strata is down" and "strata none of these" are somebody's sentences.
func Commands(dialect work.Dialect, body string) []Command {
	var found []Command
	for _, line := range markup.Lines(dialect, body) {
		if c, ok := command(line); ok && len(found) < mostCommandsRead {
			found = append(found, c)
		}
	}
	return found
}

// command reads one line.
func command(line string) (Command, bool) {
	lead, rest := cutWord(line)
	slash := strings.HasPrefix(lead, "/")
	if !strings.EqualFold(strings.TrimPrefix(lead, "/"), "strata") {
		return Command{}, false
	}
	verb, said := cutWord(rest)
	if verb == "" {
		return Command{}, false
	}
	c := Command{
		Verb: Verb(markup.Shorten(strings.ToLower(strings.TrimRight(verb, ".:,;!")), longestVerb)),
		Text: markup.Shorten(said, longestCommand),
	}
	if c.Verb == "" || !slash && !c.whole() {
		return Command{}, false
	}
	return c, true
}

// whole says whether the verb is known and followed by what it takes.
func (c Command) whole() bool {
	known, ok := verbs[c.Verb]
	first, _ := cutWord(c.Text)
	switch {
	case !ok:
		return false
	case known.takes == nothing:
		return strings.Trim(c.Text, ".!") == ""
	case known.takes == text:
		return c.Text != ""
	case known.takes == number:
		_, err := strconv.Atoi(strings.Trim(first, "#.,"))
		return err == nil
	case known.takes == result:
		return slices.Contains([]string{"met", "partly", "missed"}, strings.ToLower(strings.Trim(first, ".,:;")))
	}
	return true
}

// cutWord returns the first word of a line and the trimmed rest.
func cutWord(line string) (word, rest string) {
	line = strings.TrimSpace(markup.Clean(line))
	word, rest, _ = strings.Cut(line, " ")
	return word, strings.TrimSpace(rest)
}
