package comment_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/facts"
	"strata/internal/refine"
	"strata/internal/work"
)

var (
	web42 = work.Ref{Tracker: "jira", ID: "10042"}
	api7  = work.Ref{Tracker: "github", ID: "I_kwDOAPI7"}
	api9  = work.Ref{Tracker: "github", ID: "I_kwDOAPI9"}
)

func date(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 8, 30, 0, 0, time.UTC)
}

func TestWhatAMarkerRemembersComesBack(t *testing.T) {
	memory := facts.Memory{
		Installed: date(2, 1),
		EdgeSeen: map[facts.Edge]time.Time{
			{Blocker: api7, Waiting: web42}: date(2, 12),
			{Blocker: api9, Waiting: web42}: date(2, 20),
		},
		Raised: map[facts.FindingKey]time.Time{
			{Rule: "DEP01", Item: web42, Blocker: api7, Waiting: web42}: date(2, 13),
			{Rule: "DEP15", Item: web42}:                                date(2, 14),
		},
	}
	text := comment.EncodeFacts(memory)
	if again := comment.EncodeFacts(memory); again != text {
		t.Errorf("EncodeFacts gives %q, then %q; want the same", text, again)
	}
	got, ok := comment.DecodeFacts(text)
	if diff := cmp.Diff(got, memory); !ok || diff != "" {
		t.Errorf("DecodeFacts = %t; got (-), want (+):\n%s", ok, diff)
	}
	if text := comment.EncodeFacts(facts.Memory{}); text != "" {
		t.Errorf("nothing is encoded as %q; want nothing", text)
	}
}

func TestTheOldestAreRememberedWhereRoomIsScarce(t *testing.T) {
	memory := facts.Memory{Installed: date(1, 1), EdgeSeen: map[facts.Edge]time.Time{}}
	for i := range 300 {
		blocker := work.Ref{Tracker: "github", ID: fmt.Sprintf("I_kwDOABCDEFGHIJ%04d", i)}
		memory.EdgeSeen[facts.Edge{Blocker: blocker, Waiting: web42}] = date(2, 1).Add(time.Duration(i) * time.Hour)
	}
	text := comment.EncodeFacts(memory)
	if len(text) > comment.MaxFacts || len(text) < comment.MaxFacts*9/10 {
		t.Errorf("%d bytes; want nearly and at most %d", len(text), comment.MaxFacts)
	}
	got, ok := comment.DecodeFacts(text)
	if !ok || !got.Installed.Equal(memory.Installed) || len(got.EdgeSeen) < 20 {
		t.Fatalf("DecodeFacts = %t, installed %s, %d edges", ok, got.Installed, len(got.EdgeSeen))
	}
	for edge, at := range got.EdgeSeen {
		if age := at.Sub(date(2, 1)); age >= time.Duration(len(got.EdgeSeen))*time.Hour {
			t.Errorf("%v, seen %s, is kept before an older one", edge, at)
		}
	}
}

func TestDamagedFactsAreNoFacts(t *testing.T) {
	for _, text := range []string{"!", "e30=", "W10", strings.Repeat("A", comment.MaxFacts+4), "eyJzIjpbeyJ0Ijo1fV19"} {
		if got, ok := comment.DecodeFacts(text); ok {
			t.Errorf("DecodeFacts(%.20q) = %+v; want nothing", text, got)
		}
	}
	if _, ok := comment.DecodeFacts(""); !ok {
		t.Error("a marker without facts is damaged; want it fine")
	}
}

func TestAMarkerCarriesWhatItsFindingsRestOn(t *testing.T) {
	other := facts.Edge{Blocker: api9, Waiting: web42}
	memory := facts.Memory{
		Installed: date(2, 1),
		EdgeSeen:  map[facts.Edge]time.Time{{Blocker: api7, Waiting: web42}: date(2, 12), other: date(2, 13)},
		Raised:    map[facts.FindingKey]time.Time{{Rule: "DEP02", Item: web42, Blocker: api9, Waiting: web42}: date(2, 14)},
	}
	got := comment.Excerpt(memory, []refine.Finding{{Rule: "DEP01", Item: web42, Blocker: api7, Waiting: web42, Since: date(2, 15)}})
	want := facts.Memory{
		Installed: date(2, 1),
		EdgeSeen:  map[facts.Edge]time.Time{{Blocker: api7, Waiting: web42}: date(2, 12)},
		Raised:    map[facts.FindingKey]time.Time{{Rule: "DEP01", Item: web42, Blocker: api7, Waiting: web42}: date(2, 15)},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got (-), want (+):\n%s", diff)
	}
}

func TestAMarkerRemembersSinceWhenAFindingIsCritical(t *testing.T) {
	key := facts.FindingKey{Rule: "DEP01", Item: web42, Blocker: api7, Waiting: web42}
	memory := facts.Memory{Raised: map[facts.FindingKey]time.Time{key: date(2, 13), key.Critical(): date(2, 20)}}
	part := comment.Excerpt(memory, []refine.Finding{{Rule: "DEP01", Item: web42, Blocker: api7, Waiting: web42}})
	if diff := cmp.Diff(part.Raised, memory.Raised); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	if past := comment.Pasts(part, func(work.Ref) *work.Item { return nil }, func(facts.Edge) bool { return false }); len(past) != 1 {
		t.Errorf("%d findings are past; want one, since when it is critical is none of its own", len(past))
	}
}
