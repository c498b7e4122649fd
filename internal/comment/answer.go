package comment

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"strata/internal/facts"
	"strata/internal/work"
)

// answers are the verbs that judging hears, with what they become.
var answers = map[Verb]facts.AnswerKind{
	VerbAck: facts.Acknowledged, VerbAccept: facts.Accepted, VerbCommit: facts.Committed, VerbNeed: facts.Needed,
	VerbDecline: facts.Declined, VerbMitigate: facts.Mitigated, VerbReason: facts.Reasoned, VerbNone: facts.NoneNeeded,
	VerbWaive: facts.WaivedCheck, VerbRefined: facts.Refined, VerbWrong: facts.CalledWrong, VerbSnooze: facts.Snoozed,
}

var ids = regexp.MustCompile(`^(?i)(DEP[0-9]{2}|[XT][0-9]{1,2})$`)

// mostSnooze bounds how long a finding can be put to sleep, in days.
const mostSnooze = 365

// AsAnswer reads what a command means for judging; false for the commands of
// documents. The error says, for the person who gave it, what is not understood.
// The day is the one on which it was said: "next" keeps its meaning.
//
// A blocker is committed by the end of the Sprint that is named, and needed by
// the start of it.
func AsAnswer(c Command, sprints []work.Sprint, said work.Day) (facts.Answer, bool, error) {
	kind, ok := answers[c.Verb]
	if !ok {
		return facts.Answer{}, false, nil
	}
	a := facts.Answer{Kind: kind, Text: c.Text}
	switch c.Verb {
	case VerbCommit, VerbNeed:
		m, rest, err := ReadMoment(c.Text, sprints, said)
		if err != nil {
			return a, true, fmt.Errorf("%s %w", c.Verb, err)
		}
		a.Day, a.Text = m.Window.End, rest
		if c.Verb == VerbNeed {
			a.Day = m.Window.Start
		}
	case VerbSnooze:
		day, err := sleepUntil(c.Text, sprints, said)
		if err != nil {
			return a, true, err
		}
		a.Day, a.Text = day, ""
	case VerbAck, VerbWrong, VerbWaive:
		if word, rest := cutWord(c.Text); ids.MatchString(strings.TrimRight(word, ".,:;")) {
			a.About, a.Text = strings.ToUpper(strings.TrimRight(word, ".,:;")), rest
		}
		if c.Verb == VerbWaive && (a.About == "" || strings.HasPrefix(a.About, "DEP") || a.Text == "") {
			return a, true, fmt.Errorf("waive %q: want a check and a reason, such as \"waive X6 agreed by word\"", c.Text)
		}
	}
	return a, true, nil
}

// sleepUntil reads "7d" and "sprint": the last day of quiet.
func sleepUntil(text string, sprints []work.Sprint, said work.Day) (work.Day, error) {
	word, _ := cutWord(text)
	word = strings.ToLower(strings.TrimRight(word, ".,:;"))
	if word == "sprint" {
		if s := nth(sprints, said, 0); s != nil {
			return max(s.Window.End, said), nil
		}
		return 0, fmt.Errorf("snooze sprint: no Sprint is known for that day; say a number of days such as 7d")
	}
	n, err := strconv.Atoi(strings.TrimSuffix(word, "d"))
	if err != nil || n < 1 || n > mostSnooze {
		return 0, fmt.Errorf("snooze %q: want 1d to %dd, or sprint", text, mostSnooze)
	}
	return said + work.Day(n), nil
}
