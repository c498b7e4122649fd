package tracker_test

import (
	"strings"
	"testing"
	"time"

	"strata/internal/tracker"
	"strata/internal/work"
)

func TestOnlyALineThatSpeaksToUsBearsACommand(t *testing.T) {
	for text, want := range map[string]bool{
		"/strata ack":                      true,
		"strata ack":                       true,
		"  \t/STRATA takeaway agree on it": true,
		"Thank you.\r\n\r\nStrata need +2": true,
		"> quoted\n/strata ack":            true,
		"/strata\u00a0ack":                 true, // as editors write a space
		"```\nstrata decline no\n```":      true, // whether it counts is for the reader of commands
		"> strata ack":                     false,
		"* /strata ack":                    false,
		"please, strata ack":               false,
		"//strata ack":                     false,
		"stratagem":                        false,
		"strata":                           false,
		"/strata\nack":                     false,
		"strata: ack":                      false,
		"":                                 false,
		"\u017ftrata ack":                  false,
		strings.Repeat("x", 9000) + "\n/strata ack": false, // behind what is kept
	} {
		if _, got := tracker.RemarkBody(text); got != want {
			t.Errorf("%.40q bears a command: %v; want %v", text, got, want)
		}
	}
}

func TestALongRemarkLosesWholeLines(t *testing.T) {
	first := "/strata takeaway one"
	line := "\n/strata takeaway " + strings.Repeat("ä", 500)
	fits := (tracker.RemarkSize - len(first)) / len(line)
	body, bears := tracker.RemarkBody(first + strings.Repeat(line, 20))
	if want := first + strings.Repeat(line, fits); body != want || !bears {
		t.Errorf("%d bytes, bears %v; want %d whole lines in %d bytes", len(body), bears, fits+1, len(want))
	}
	whole := strings.Repeat("x", tracker.RemarkSize)
	if got, _ := tracker.RemarkBody(whole + "\nmore"); got != whole {
		t.Errorf("%d bytes; want the %d of the line that just fits", len(got), len(whole))
	}
	if got, _ := tracker.RemarkBody("x" + strings.Repeat("ä", 5000)); len(got) != tracker.RemarkSize-1 || !strings.HasSuffix(got, "ä") {
		t.Errorf("%d bytes ending in %q; want a first line cut between two letters", len(got), got[len(got)-2:])
	}
	again, _ := tracker.RemarkBody(body)
	if again != body {
		t.Error("what was cut is cut again")
	}
}

func TestRemarksAreOrderedAsTheyWereWritten(t *testing.T) {
	at := time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)
	item := work.Ref{Tracker: "jira", ID: "9"}
	inOrder := []work.Remark{
		{Item: item, ID: "200", Created: at},
		{Item: item, ID: "9", Created: at.Add(time.Second)},
		{Item: item, ID: "10", Created: at.Add(time.Second)},
		{Item: work.Ref{Tracker: "jira", ID: "10"}, ID: "1", Created: at},
	}
	for i := range inOrder {
		for j := range inOrder {
			if got := tracker.CompareRemarks(inOrder[i], inOrder[j]); (got < 0) != (i < j) || (got == 0) != (i == j) {
				t.Errorf("%s against %s = %d", inOrder[i].ID, inOrder[j].ID, got)
			}
		}
	}
}
