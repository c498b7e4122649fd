package comment_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/facts"
	"strata/internal/work"
)

func day(text string) work.Day {
	d, err := work.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

// laid is a calendar of three Sprints, with two boards on which one name means two things.
func laid() []work.Sprint {
	box := func(name, board, from, to string, seq int) work.Sprint {
		return work.Sprint{Name: name, Board: board, Window: work.Window{Start: day(from), End: day(to)}, Seq: seq}
	}
	return []work.Sprint{
		box("Sprint 1", "", "2026-03-02", "2026-03-13", 0),
		box("Sprint 2", "", "2026-03-16", "2026-03-27", 1),
		box("Sprint 3", "", "2026-03-30", "2026-04-10", 2),
		box("Sprint 2", "Core", "2026-03-16", "2026-03-27", 1),
		box("Sprint 21", "Core", "2026-05-04", "2026-05-15", 3),
		box("Beta", "Core", "2026-03-16", "2026-03-27", 1),
		box("Beta", "Web", "2026-03-23", "2026-04-03", 1),
		{Name: "Someday", Board: "Web", Seq: -1},
	}
}

// TestAnAnswerMeansOneDay is the table of what people write behind commit, need and snooze.
func TestAnAnswerMeansOneDay(t *testing.T) {
	for _, c := range []struct {
		verb      comment.Verb
		text      string
		day, rest string
	}{
		{comment.VerbCommit, "2026-03-20", "2026-03-20", ""},
		{comment.VerbCommit, "2026-03-20, with the stub", "2026-03-20", "with the stub"},
		{comment.VerbCommit, "Sprint 2", "2026-03-27", ""},
		{comment.VerbCommit, "sprint 2 if nobody is ill", "2026-03-27", "if nobody is ill"},
		{comment.VerbCommit, "Sprint 21", "2026-05-15", ""},
		{comment.VerbCommit, "next", "2026-03-27", ""},
		{comment.VerbCommit, "+2", "2026-04-10", ""},
		{comment.VerbNeed, "Sprint 3 the endpoint", "2026-03-30", "the endpoint"},
		{comment.VerbNeed, "2026-03-20 the endpoint", "2026-03-20", "the endpoint"},
		{comment.VerbSnooze, "7d", "2026-03-18", ""},
		{comment.VerbSnooze, "7", "2026-03-18", ""},
		{comment.VerbSnooze, "sprint", "2026-03-13", ""},
	} {
		got, ok, err := comment.AsAnswer(comment.Command{Verb: c.verb, Text: c.text}, laid(), day("2026-03-11"))
		if !ok || err != nil {
			t.Errorf("%s %q: %v, %v", c.verb, c.text, ok, err)
			continue
		}
		if got.Day.String() != c.day || got.Text != c.rest {
			t.Errorf("%s %q means %s, %q; want %s, %q", c.verb, c.text, got.Day, got.Text, c.day, c.rest)
		}
	}
}

// TestAnAnswerNobodyCouldKeepIsExplained holds that nothing is guessed.
func TestAnAnswerNobodyCouldKeepIsExplained(t *testing.T) {
	for _, c := range []struct {
		verb       comment.Verb
		text, says string
	}{
		{comment.VerbCommit, "soon", "neither a date nor a Sprint"},
		{comment.VerbCommit, "Someday", "neither a date nor a Sprint"},
		{comment.VerbCommit, "2026-02-30", "neither a date nor a Sprint"},
		{comment.VerbCommit, "Beta", "Beta (2026-03-27), Beta (2026-04-03); say the date"},
		{comment.VerbCommit, "+9", "not laid out so far"},
		{comment.VerbSnooze, "for ever", "want 1d to 365d"},
		{comment.VerbSnooze, "9999d", "want 1d to 365d"},
		{comment.VerbWaive, "X6", "want a check and a reason"},
		{comment.VerbWaive, "DEP01 no need", "want a check and a reason"},
	} {
		_, ok, err := comment.AsAnswer(comment.Command{Verb: c.verb, Text: c.text}, laid(), day("2026-03-11"))
		if !ok || err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s %q: %v; want an error with %q", c.verb, c.text, err, c.says)
		}
	}
}

// TestAnAnswerMayNameOneRule holds what an answer speaks of.
func TestAnAnswerMayNameOneRule(t *testing.T) {
	for _, c := range []struct {
		verb       comment.Verb
		text       string
		about, say string
	}{
		{comment.VerbAck, "", "", ""},
		{comment.VerbAck, "we talked", "", "we talked"},
		{comment.VerbAck, "dep04 we talked", "DEP04", "we talked"},
		{comment.VerbWrong, "DEP01", "DEP01", ""},
		{comment.VerbWaive, "x11: agreed by word", "X11", "agreed by word"},
	} {
		got, _, err := comment.AsAnswer(comment.Command{Verb: c.verb, Text: c.text}, nil, day("2026-03-11"))
		if diff := cmp.Diff([]string{c.about, c.say}, []string{got.About, got.Text}); diff != "" || err != nil {
			t.Errorf("%s %q: %v\n%s", c.verb, c.text, err, diff)
		}
	}
	if _, ok, _ := comment.AsAnswer(comment.Command{Verb: comment.VerbTakeaway, Text: "x"}, nil, 1); ok {
		t.Error("a takeaway is no answer for judging")
	}
	got, _, _ := comment.AsAnswer(comment.Command{Verb: comment.VerbDecline, Text: "no room"}, nil, 1)
	if want := (facts.Answer{Kind: facts.Declined, Text: "no room"}); got != want {
		t.Errorf("decline: %+v", got)
	}
}
