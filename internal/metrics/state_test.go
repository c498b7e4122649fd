package metrics_test

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/cycle"
	"strata/internal/graph"
	"strata/internal/metrics"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/work"
)

var noon = time.Date(2026, 3, 11, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

func ref(id string) work.Ref { return work.Ref{Tracker: "jira", ID: id} }

func item(id string, state work.State, teams ...work.TeamID) work.Item {
	return work.Item{Ref: ref(id), Key: "WEB-" + id, Title: "Secret title", Kind: work.Story, State: state, Teams: teams}
}

// report is a small product with one of everything.
func report(items ...work.Item) *cycle.Report {
	outside := item("9", work.StateUnknown)
	outside.Outside = true
	items = append([]work.Item{
		item("1", work.StateOpen, "Web"), item("2", work.StateDoing, "Core"), item("3", work.StateDelivered, "Core"),
		item("4", work.StateOpen), item("5", work.StateOpen, "Web", "Core"), outside,
	}, items...)
	return &cycle.Report{
		Product: "shop", Taken: noon, Snapshot: work.Snapshot{Items: items}, Graph: graph.Build(items),
		Assessment: refine.Assessment{
			Dependencies: []refine.Dependency{
				{Waiting: ref("1"), Blocker: ref("2"), WaitingTeam: "Web", BlockingTeam: "Core", State: work.StateDoing, Health: refine.OffTrack},
				{Waiting: ref("1"), Blocker: ref("9"), WaitingTeam: "Web", State: work.StateUnknown, Health: refine.HealthUnknown},
			},
			Findings: []refine.Finding{
				{Rule: "DEP01", Severity: refine.Critical, Item: ref("1"), Team: "Web"},
				{Rule: "DEP01", Severity: refine.Critical, Item: ref("1"), Team: "Web", Acknowledged: true},
			},
			Readiness: []refine.Readiness{
				{Item: ref("1"), Layer: work.TeamLayer, Team: "Web", Checks: map[refine.CheckID]refine.Result{"T2": refine.Fail, "T3": refine.Pass}},
			},
			Cycles: [][]work.Ref{{ref("1"), ref("2")}},
		},
		Plan:  plan.Plan{Held: []plan.Hold{{Reason: plan.Budget, Actions: 3}}},
		Rules: []refine.RuleID{"DEP01", "DEP02"},
		Scopes: []cycle.ScopeReading{
			{Scope: "api", Tracker: "github", Err: errors.New("down"), Complete: noon.Add(-time.Hour)},
			{Scope: "never", Tracker: "jira", Err: errors.New("down")},
			{Scope: "web", Tracker: "jira", Complete: noon},
		},
	}
}

// scrape returns the page without what the process says of itself.
func scrape(t testing.TB, m *metrics.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
	body, err := io.ReadAll(w.Result().Body)
	if err != nil || w.Code != 200 {
		t.Fatalf("GET /metrics = %d, %v: %s", w.Code, err, body)
	}
	var ours []string
	for line := range strings.Lines(string(body)) {
		if strings.Contains(line, "strata_") && !strings.HasPrefix(line, "strata_build_info{") {
			ours = append(ours, line)
		}
	}
	return strings.Join(ours, "")
}

func TestTheReportInNumbers(t *testing.T) {
	m := metrics.New("1.0", clock, func() []*cycle.Report { return []*cycle.Report{report()} })
	m.Request("jira", "search", "200")
	m.Remaining("github", "core", 4999)
	m.Wrote("jira", "post", "ok")
	m.Phase("shop", "read", 2*time.Second)
	golden(t, "report.txt", scrape(t, m))
}

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(filepath.Join("testdata", name), []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got):\n%s", name, d)
	}
}

func TestAVanishedLabelSetVanishesAndItsZeroStays(t *testing.T) {
	last := report()
	m := metrics.New("1.0", clock, func() []*cycle.Report { return []*cycle.Report{last} })
	if text := scrape(t, m); !strings.Contains(text, `severity="critical",state="acknowledged",team="Web"} 1`) {
		t.Fatalf("no acknowledged finding in:\n%s", text)
	}
	last = &cycle.Report{Product: "shop", Graph: graph.Build(nil), Rules: []refine.RuleID{"DEP01"}}
	text := scrape(t, m)
	if strings.Contains(text, `team="Web"`) {
		t.Errorf("the team is still there:\n%s", text)
	}
	for _, want := range []string{
		`strata_dependency_findings{product="shop",rule="DEP01",severity="critical",state="open",team=""} 0`,
		`strata_dependencies{blocking_team="",health="off_track",layer="team",product="shop",relation="cross_team",waiting_team=""} 0`,
		`strata_plan_held{product="shop",reason="hold"} 0`,
		`strata_dependency_cycles{product="shop"} 0`,
		`strata_items_unmapped{product="shop",reason="none"} 0`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("missing %s in:\n%s", want, text)
		}
	}
}

func TestDataGrowsOldBetweenTwoReports(t *testing.T) {
	now := noon
	last := report()
	m := metrics.New("1.0", func() time.Time { return now }, func() []*cycle.Report { return []*cycle.Report{last} })
	scrape(t, m)
	now = now.Add(10 * time.Minute)
	if text := scrape(t, m); !strings.Contains(text, `strata_data_age_seconds{product="shop",scope="web",tracker="jira"} 600`) {
		t.Errorf("the age stands still:\n%s", text)
	}
}

func TestHostileTeamsBreakNoPage(t *testing.T) {
	m := metrics.New("1.0", clock, func() []*cycle.Report {
		return []*cycle.Report{report(item("6", work.StateOpen, "a\"b\n\xff{c}"))}
	})
	if text := scrape(t, m); !strings.Contains(text, `team="a\"b\n`+"\ufffd"+`{c}",tracker="jira"} 1`) {
		t.Errorf("the team is not there:\n%s", text)
	}
}

func TestPairsOfTeamsAreBounded(t *testing.T) {
	last := report()
	for i := range 600 {
		d := refine.Dependency{Waiting: ref("1"), Blocker: ref("2"), WaitingTeam: work.TeamID(fmt.Sprintf("T%03d", i)), BlockingTeam: "Core", Health: refine.Healthy}
		last.Assessment.Dependencies = append(last.Assessment.Dependencies, d)
	}
	m := metrics.New("1.0", clock, func() []*cycle.Report { return []*cycle.Report{last} })
	text := scrape(t, m)
	if n := strings.Count(text, "strata_dependencies{"); n > 410 {
		t.Errorf("%d series of dependencies; want them bounded", n)
	}
	if !strings.Contains(text, `strata_dependencies{blocking_team="other",health="healthy",layer="team",product="shop",relation="cross_team",waiting_team="other"} 200`) {
		t.Errorf("the rest is not counted:\n%s", text)
	}
}

func TestAScrapeAddsAReportUpOnce(t *testing.T) {
	last := report()
	m := metrics.New("1.0", clock, func() []*cycle.Report { return []*cycle.Report{last} })
	before := scrape(t, m)
	last.Snapshot.Items = nil // nobody changes a report; it shows whether it was read again
	if d := cmp.Diff(before, scrape(t, m)); d != "" {
		t.Errorf("added up twice:\n%s", d)
	}
}

// BenchmarkScrape is a page of a large product: with the numbers of a report
// that was scraped before, and of a new one.
func BenchmarkScrape(b *testing.B) {
	items := make([]work.Item, 100_000)
	states := []work.State{work.StateOpen, work.StateDoing, work.StateDelivered, work.StateDropped}
	for i := range items {
		items[i] = item(fmt.Sprint(100_000+i), states[i%4], work.TeamID(fmt.Sprintf("Team %02d", i%30)))
	}
	large := func() *cycle.Report {
		r := report()
		r.Snapshot.Items, r.Graph = items, graph.Build(items)
		for i := range 50_000 {
			d := refine.Dependency{Waiting: items[i].Ref, Blocker: items[i+1].Ref, WaitingTeam: items[i].Team(), BlockingTeam: items[i*7%100_000].Team(), Health: refine.Healthy}
			r.Assessment.Dependencies = append(r.Assessment.Dependencies, d)
		}
		for i := range 500 {
			r.Assessment.Findings = append(r.Assessment.Findings, refine.Finding{Rule: "DEP01", Severity: refine.Critical, Item: items[i].Ref, Team: items[i].Team()})
		}
		return r
	}
	reports := []*cycle.Report{large(), large()}
	for name, fresh := range map[string]int{"same report": 0, "new report": 1} {
		b.Run(name, func(b *testing.B) {
			i := 0
			m := metrics.New("1.0", clock, func() []*cycle.Report { return reports[i%2 : i%2+1] })
			scrape(b, m)
			for b.Loop() {
				i += fresh
				scrape(b, m)
			}
		})
	}
}
