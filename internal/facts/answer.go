package facts

import (
	"time"

	"strata/internal/work"
)

// AnswerKind is what a person answered, by the verb of the command.
type AnswerKind string

// The answers that judging reads.
const (
	Acknowledged AnswerKind = "ack"      // seen; About may name one rule
	Accepted     AnswerKind = "accept"   // the waiting side takes the risk or the offered date
	Committed    AnswerKind = "commit"   // the blocking side names its day
	Needed       AnswerKind = "need"     // the waiting side names its day
	Declined     AnswerKind = "decline"  // the blocking side says no
	Mitigated    AnswerKind = "mitigate" // somebody found a way round
	Reasoned     AnswerKind = "reason"   // why a marked item is blocked
	NoneNeeded   AnswerKind = "none"     // "no dependencies"
	WaivedCheck  AnswerKind = "waive"    // About names the check
	Refined      AnswerKind = "refined"  // looked at together
	CalledWrong  AnswerKind = "wrong"    // About may name one rule
	Snoozed      AnswerKind = "snooze"   // say nothing until Day
)

// Answer is one command of a person who had the right to give it.
type Answer struct {
	Kind AnswerKind
	// About is the rule or check it names, "" for all that the comment shows.
	About string
	// Day is the day that commit, need and snooze name; zero else.
	Day work.Day
	// Text is what else was said: a reason, a contact.
	Text string
	By   string // display name
	At   time.Time
}
