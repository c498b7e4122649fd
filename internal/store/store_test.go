package store_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/facts"
	"strata/internal/store"
	"strata/internal/work"
)

var noon = time.Date(2026, 3, 11, 12, 0, 0, 123456000, time.UTC)

// open opens a store in a file of the test's own and returns its path.
func open(t testing.TB) (*store.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "memory", "strata.db")
	return reopen(t, path), path
}

func reopen(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: "sqlite://" + path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func load(t testing.TB, s *store.Store, product string) store.State {
	t.Helper()
	state, err := s.Load(context.WithoutCancel(t.Context()), product)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func record(id, title string) work.Record {
	estimate := 3.5
	return work.Record{
		Ref: work.Ref{Tracker: "jira", ID: id}, Key: "WEB-" + id, Title: title, Scopes: []string{"web"},
		Status: work.Status{ID: "3", Name: "In Arbeit", Category: work.CategoryDoing}, Estimate: &estimate,
		Links:   []work.RecordLink{{TypeName: "Blocks", Speaks: true, Origin: work.Typed, To: work.Target{Key: "API-7", Stub: &work.Stub{Title: "stub"}}}},
		Texts:   []work.SourceText{{Dialect: work.JiraWiki, Text: "h3. Acceptance criteria\n* one"}},
		Updated: noon,
	}
}

// past is a history with a step of each kind.
func past(id string) work.Past {
	return work.Past{Ref: work.Ref{Tracker: "jira", ID: id}, Asked: noon, Steps: []work.Step{
		{At: noon.Add(-time.Hour), Of: work.StatusStep, To: work.Status{ID: "3", Category: work.CategoryDoing}},
		{At: noon.Add(-time.Minute), Of: work.SprintStep, FromSprints: []work.SprintID{"jira:7"}, ToSprints: []work.SprintID{"jira:7", "jira:8"}},
		{At: noon, Of: work.DueStep, FromDay: "2026-03-20", Observed: true},
	}}
}

func TestAStateIsReadAsItWasSaved(t *testing.T) {
	s, path := open(t)
	edge := facts.Edge{Blocker: work.Ref{Tracker: "github", ID: "I_1"}, Waiting: work.Ref{Tracker: "jira", ID: "10"}}
	item := facts.FindingKey{Rule: "DEP24", Item: edge.Waiting}
	onEdge := facts.FindingKey{Rule: "DEP01", Item: edge.Waiting, Blocker: edge.Blocker, Waiting: edge.Waiting}
	want := store.State{
		Records: []work.Record{record("9", "nine"), record("10", "ten")},
		Sprints: []work.RecordSprint{{ID: "jira:7", Name: "Sprint 7", State: work.SprintActive, Start: noon, EndDay: work.Date(2026, 3, 27)}},
		Readings: map[string]store.Reading{
			"web": {Scope: "web", Selector: "project = WEB", Cursor: "c1", Read: noon, Full: noon.Add(-time.Hour)},
		},
		Memory: facts.Memory{
			Installed: noon.Add(-24 * time.Hour),
			EdgeSeen:  map[facts.Edge]time.Time{edge: noon},
			Raised:    map[facts.FindingKey]time.Time{item: noon, onEdge: noon.Add(time.Minute)},
			Missing:   map[work.Ref]facts.Missing{{Tracker: "jira", ID: "99"}: {Since: noon, Reads: 3}},
			Judged:    map[string]facts.Judged{"DEP01": {Version: 2, Since: noon}},
		},
		Pasts:    []work.Past{past("10")},
		Comments: []store.Comment{flag("9", "501"), flag("10", "502")},
		Intents:  []store.Intent{intent("11")},
		Remarks:  []work.Remark{remark("9", "702", "/strata ack"), remark("10", "701", "strata need +2")},
	}
	reading := want.Readings["web"]
	must(t, s.Apply(t.Context(), "shop", store.Delta{Records: []work.Record{want.Records[1], want.Records[0]}, Sprints: want.Sprints, Remarks: want.Remarks, Pasts: want.Pasts, Reading: &reading}))
	must(t, s.SaveMemory(t.Context(), "shop", facts.Memory{}, want.Memory))
	must(t, s.SaveComments(t.Context(), "shop", want.Comments[1], want.Comments[0]))
	must(t, s.SaveIntent(t.Context(), "shop", want.Intents[0]))
	must(t, s.Close())

	if diff := cmp.Diff(load(t, reopen(t, path), "shop"), want); diff != "" {
		t.Errorf("after a restart (-got +want):\n%s", diff)
	}
}

func TestProductsDoNotMix(t *testing.T) {
	s, _ := open(t)
	must(t, s.Apply(t.Context(), "shop", store.Delta{
		Records: []work.Record{record("1", "ours")}, Sprints: []work.RecordSprint{{ID: "jira:1"}}, Reading: &store.Reading{Scope: "web", Cursor: "c"},
		Remarks: []work.Remark{remark("1", "701", "/strata ack")},
	}))
	must(t, s.SaveMemory(t.Context(), "shop", facts.Memory{}, facts.Memory{Installed: noon, Raised: map[facts.FindingKey]time.Time{{Rule: "DEP01"}: noon}}))
	must(t, s.SaveIntent(t.Context(), "shop", intent("1")))
	must(t, s.SaveComments(t.Context(), "shop", flag("1", "501")))
	empty := store.State{
		Readings: map[string]store.Reading{},
		Memory:   facts.Memory{EdgeSeen: map[facts.Edge]time.Time{}, Raised: map[facts.FindingKey]time.Time{}, Missing: map[work.Ref]facts.Missing{}, Judged: map[string]facts.Judged{}},
	}
	if diff := cmp.Diff(load(t, s, "bank"), empty); diff != "" {
		t.Errorf("a product never seen (-got +want):\n%s", diff)
	}
}

func TestADeltaIsSavedWholeOrNotAtAll(t *testing.T) {
	s, _ := open(t)
	must(t, s.Apply(t.Context(), "shop", store.Delta{Records: []work.Record{record("1", "old")}, Reading: &store.Reading{Scope: "web", Cursor: "c1"}}))
	before := load(t, s, "shop")

	infinite := record("3", "cannot be encoded")
	notANumber := 0.0
	notANumber /= notANumber
	infinite.Estimate = &notANumber
	err := s.Apply(t.Context(), "shop", store.Delta{
		Records: []work.Record{record("1", "new"), record("2", "second"), infinite}, Reading: &store.Reading{Scope: "web", Cursor: "c2"},
	})
	if err == nil || !strings.Contains(err.Error(), "jira:3") {
		t.Errorf("error = %v; want one that names the record", err)
	}
	if diff := cmp.Diff(load(t, s, "shop"), before); diff != "" {
		t.Errorf("a failed delta left its mark (-got +want):\n%s", diff)
	}
}

func TestWhatIsGoneLeavesNothingBehind(t *testing.T) {
	s, _ := open(t)
	must(t, s.Apply(t.Context(), "shop", store.Delta{
		Records: []work.Record{record("1", "a"), record("2", "b")}, Sprints: []work.RecordSprint{{ID: "jira:1"}, {ID: "jira:2"}},
		Reading: &store.Reading{Scope: "web", Cursor: "c"},
		Remarks: []work.Remark{remark("1", "701", "/strata ack"), remark("2", "702", "/strata ack"), remark("2", "703", "/strata ack")},
		Pasts:   []work.Past{past("1"), past("2")},
	}))
	lost := work.Ref{Tracker: "jira", ID: "99"}
	old := facts.Memory{Installed: noon, Missing: map[work.Ref]facts.Missing{lost: {Since: noon, Reads: 1}, {ID: "98"}: {Since: noon, Reads: 1}}, Raised: map[facts.FindingKey]time.Time{{Rule: "DEP01"}: noon, {Rule: "DEP02"}: noon}, EdgeSeen: map[facts.Edge]time.Time{{Blocker: work.Ref{ID: "1"}}: noon}}
	old.Judged = map[string]facts.Judged{"DEP01": {Version: 1, Since: noon}, "DEP02": {Version: 1, Since: noon}}
	now := facts.Memory{
		Judged:    map[string]facts.Judged{"DEP01": {Version: 2, Since: noon}},
		Installed: noon, Raised: map[facts.FindingKey]time.Time{{Rule: "DEP02"}: noon}, EdgeSeen: map[facts.Edge]time.Time{},
		Missing: map[work.Ref]facts.Missing{lost: {Since: noon, Reads: 2}},
	}
	must(t, s.SaveMemory(t.Context(), "shop", facts.Memory{}, old))

	must(t, s.Apply(t.Context(), "shop", store.Delta{
		Gone: []work.Ref{{Tracker: "jira", ID: "1"}, {Tracker: "jira", ID: "77"}}, GoneSprints: []work.SprintID{"jira:1"}, GoneScopes: []string{"web"},
		GoneRemarks: []store.RemarkKey{{Item: work.Ref{Tracker: "jira", ID: "2"}, ID: "702"}, {Item: work.Ref{Tracker: "jira", ID: "2"}, ID: "777"}},
	}))
	must(t, s.SaveMemory(t.Context(), "shop", old, now))

	want := store.State{
		Records: []work.Record{record("2", "b")}, Sprints: []work.RecordSprint{{ID: "jira:2"}},
		Readings: map[string]store.Reading{}, Memory: now, Remarks: []work.Remark{remark("2", "703", "/strata ack")}, Pasts: []work.Past{past("2")},
	}
	if diff := cmp.Diff(load(t, s, "shop"), want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestTheFileIsForItsOwnerAlone(t *testing.T) {
	_, path := open(t)
	for _, name := range []string{path, path + ".lock", path + "-wal"} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v; want 0600", filepath.Base(name), info.Mode().Perm())
		}
	}
}

func flag(item, id string) store.Comment {
	identity := comment.Identity{Item: work.Ref{Tracker: "jira", ID: item}, Kind: comment.Flag}
	return store.Comment{
		Identity: identity, ID: id, URL: "https://jira.example/browse/WEB-" + item,
		Marker:   comment.Marker{Version: 1, Owner: "acme", Kind: comment.Flag, State: comment.Open, Digest: "d" + id, Facts: "e30"},
		Severity: 3, Reasons: []string{"DEP01", "DEP09"}, Posted: noon, Edits: []time.Time{noon.Add(time.Hour)}, Replied: true,
	}
}

func intent(item string) store.Intent {
	return store.Intent{
		Identity: comment.Identity{Item: work.Ref{Tracker: "jira", ID: item}, Kind: comment.Flag},
		Digest:   "d1", Severity: 2, Reasons: []string{"DEP02"}, Begun: noon,
	}
}

func TestOneRecordIsFoundByItsRef(t *testing.T) {
	s, _ := open(t)
	must(t, s.Apply(t.Context(), "shop", store.Delta{Records: []work.Record{record("1", "one"), record("2", "two")}}))
	got, found, err := s.Record(t.Context(), "shop", work.Ref{Tracker: "jira", ID: "2"})
	if diff := cmp.Diff(got, record("2", "two")); diff != "" || !found || err != nil {
		t.Errorf("found %v, error %v (-got +want):\n%s", found, err, diff)
	}
	for product, ref := range map[string]work.Ref{"shop": {Tracker: "jira", ID: "3"}, "bank": {Tracker: "jira", ID: "2"}} {
		if got, found, err := s.Record(t.Context(), product, ref); found || err != nil {
			t.Errorf("%s %s: %v, %v, %v; want none", product, ref, got, found, err)
		}
	}
}
