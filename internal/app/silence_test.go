package app_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/app"
	"strata/internal/plan"
	"strata/internal/sandbox"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

func TestReportOnlySendsNoWriteToAnyTracker(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		h := build(t, settings{flavour: f, production: []sandbox.Limit{sandbox.Mode}})
		var pairs [][2]string
		for _, p := range places() {
			waiting, blocker := h.pair(p)
			pairs = append(pairs, [2]string{waiting, blocker})
		}
		start := len(h.journal(0))
		r := h.once()
		for _, pair := range pairs {
			if got := held(r, pair[0]); !slices.Equal(got, []plan.Reason{plan.ReportOnly}) {
				t.Errorf("%s: held by %v, want report-only", pair[0], got)
			}
		}
		if len(r.Plan.Actions) != 0 || len(r.Outcomes) != 0 {
			t.Errorf("plans %v and did %v in report-only", r.Plan.Actions, r.Outcomes)
		}
		h.once()
		h.restart()
		h.once()
		h.wantNothingWritten(start, calls{}, calls{})
	})
}

// The most specific mode decides: team, then product, then installation.
func TestTeamThatIsReportOnlyIsLeftAloneWhileOthersAreWrittenTo(t *testing.T) {
	h := build(t, settings{change: func(config string) string {
		head, tail, _ := strings.Cut(config, `name: "Web"`)
		return head + `name: "Web"` + strings.Replace(tail, "mode: write", "mode: report-only", 1)
	}})
	quiet, _ := h.pair(places()[0])
	loud, _ := h.pair(places()[2])
	h.once()
	h.silent(quiet)
	h.flag(loud)
}

func TestReportOnlyAfterwardsLeavesWhatWasSaid(t *testing.T) {
	h := build(t, settings{})
	waiting, blocker := h.pair(places()[0])
	h.once()
	h.flag(waiting)
	h.close()
	h.configure(strings.ReplaceAll(h.text, "mode: write", "mode: report-only"))
	before := len(h.journal(0))
	h.do("close", blocker)
	h.once()
	if w := h.written(before); len(w) != 0 {
		t.Errorf("written in report-only: %+v", w)
	}
	h.flag(waiting)
}

// content is the folder of the store, file by file.
func (h *house) content() map[string]string {
	h.t.Helper()
	files, err := filepath.Glob(filepath.Join(h.folder, "*"))
	// A reader of SQLite may leave its empty log and its index beside the file.
	files = slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "-wal") || strings.HasSuffix(f, "-shm") })
	if err != nil {
		h.t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			h.t.Fatal(err)
		}
		sum := sha256.Sum256(text)
		all[filepath.Base(f)] = hex.EncodeToString(sum[:])
	}
	return all
}

// preview is the plan of a second process beside, or without, the daemon.
func (h *house) preview() []string {
	h.t.Helper()
	a, err := app.Open(h.t.Context(), h.config, app.Options{Version: "test", Now: h.clock.now, Preview: true})
	if err != nil {
		h.t.Fatal(err)
	}
	reports, err := a.Plan(h.t.Context())
	if err != nil || len(reports) != 1 {
		h.t.Fatalf("%d reports: %v", len(reports), err)
	}
	if err := a.Close(); err != nil {
		h.t.Error(err)
	}
	lines := []string{}
	for _, action := range reports[0].JSON().Plan.Actions {
		lines = append(lines, string(action.Op)+" "+action.Item)
	}
	slices.Sort(lines)
	return lines
}

func TestPlanShowsWhatWouldBeWrittenAndTouchesNothing(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		h := build(t, settings{flavour: f})
		files, start := h.content(), len(h.journal(0))
		first := h.preview()
		if d := cmp.Diff(files, h.content()); d != "" {
			t.Errorf("without a store one was made: %s", d)
		}
		h.wantNothingWritten(start, calls{}, calls{})

		h.once()
		var want []string
		for item := range h.flagged() {
			want = append(want, "post "+item)
		}
		slices.Sort(want)
		if d := cmp.Diff(want, first); d != "" {
			t.Errorf("was written, was planned: %s", d)
		}

		waiting, blocker := h.pair(places()[2])
		h.once()
		h.flag(waiting)
		h.do("close", blocker)
		h.close()
		files, start = h.content(), len(h.journal(0))
		jira, github := h.calls(world.Jira), h.calls(world.GitHub)
		if d := cmp.Diff([]string{"fold " + waiting, "post " + waiting}, h.preview()); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(files, h.content()); d != "" {
			t.Errorf("the store was touched: %s", d)
		}
		h.wantNothingWritten(start, jira, github)
	})
}

func TestPlanBesideARunningDaemonReadsTheStoreAsItIs(t *testing.T) {
	h := build(t, settings{})
	h.once() // and stays open
	if got := h.preview(); len(got) != 0 {
		t.Errorf("plans what has been said: %v", got)
	}
	waiting, _ := h.pair(places()[0])
	if d := cmp.Diff([]string{"post " + waiting}, h.preview()); d != "" {
		t.Error(d)
	}
	h.silent(waiting)
	h.once()
	h.flag(waiting)
}
