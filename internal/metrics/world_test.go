package metrics_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"strata/internal/cycle"
	"strata/internal/graph"
	"strata/internal/metrics"
	"strata/internal/refine"
	"strata/internal/work"
)

// page returns what /metrics shows of some reports.
func page(t testing.TB, reports ...*cycle.Report) string {
	t.Helper()
	return scrape(t, metrics.New("test", func() time.Time { return now }, func() []*cycle.Report { return reports }))
}

func TestTheMetricsOfAProduct(t *testing.T) {
	text := page(t, shop())
	golden(t, "shop.txt", text)
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	if err != nil || len(problems) > 0 {
		t.Errorf("promlint: %v %v", problems, err)
	}
}

// value finds one series; labels may be left out.
func value(t *testing.T, text, name string, labels ...string) (float64, bool) {
	t.Helper()
	var found []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, name+"{") {
			continue
		}
		if !slices.ContainsFunc(labels, func(l string) bool { return !strings.Contains(line, l) }) {
			found = append(found, strings.TrimSpace(line))
		}
	}
	if len(found) == 0 {
		return 0, false
	}
	if len(found) > 1 {
		t.Fatalf("%s%v is several series:\n%s", name, labels, strings.Join(found, "\n"))
	}
	n, err := strconv.ParseFloat(found[0][strings.LastIndex(found[0], " ")+1:], 64)
	if err != nil {
		t.Fatal(err)
	}
	return n, true
}

func TestAPaceNeedsThreeSprintsOfHistory(t *testing.T) {
	text := page(t, shop())
	// Core delivers 6 points a Sprint; 9 of the 12 planned next are ready.
	if got, ok := value(t, text, "strata_ready_buffer_sprints", `team="Core"`); !ok || got != 1.5 {
		t.Errorf("the buffer of Core is %v %v, want 1.5", got, ok)
	}
	if got, ok := value(t, text, "strata_team_load_ratio", `team="Core"`, `horizon="next"`); !ok || got != 2 {
		t.Errorf("the load of Core is %v %v, want 2", got, ok)
	}
	if _, ok := value(t, text, "strata_ready_buffer_sprints", `team="Web"`); ok {
		t.Error("Web has one Sprint of history, but a buffer")
	}
}

func TestALoadOfItemsWithoutEstimatesIsNotTold(t *testing.T) {
	r := shop()
	for i := range r.Snapshot.Items {
		if r.Snapshot.Items[i].Key == "CORE-21" {
			r.Snapshot.Items[i].Estimate = nil
		}
	}
	if got, ok := value(t, page(t, r), "strata_team_load_ratio", `team="Core"`, `horizon="next"`); ok {
		t.Errorf("half of the items have no estimate, but the load is %v", got)
	}
}

func TestTwoFindingsThatNoLabelTellsApartAreOneSeries(t *testing.T) {
	r := shop()
	twin := r.Assessment.Findings[0]
	twin.Waiting, twin.Since = ref("31"), now.Add(-100*time.Hour)
	other := r.Assessment.Readiness
	other[4].Horizon = "current"
	r.Assessment.Findings = append(r.Assessment.Findings, twin)
	got, ok := value(t, page(t, r), "strata_open_finding_info", `severity="critical"`)
	if want := (100 * time.Hour).Seconds(); !ok || got != want {
		t.Errorf("the finding is %v seconds old, want the older one's %v", got, want)
	}
}

func TestTheWorstFindingsAreListedAndTheRestIsCounted(t *testing.T) {
	r := shop()
	r.Assessment.Findings = nil
	for i := range 700 {
		id := strconv.Itoa(1000 + i)
		r.Snapshot.Items = append(r.Snapshot.Items, story(id, "CORE-"+id, []work.TeamID{"Core"}, work.StateOpen, 1, "jira:c6"))
		severity := refine.Warning
		if i%7 == 0 {
			severity = refine.Critical
		}
		r.Assessment.Findings = append(r.Assessment.Findings, refine.Finding{Rule: "DEP04", Severity: severity, Item: ref(id), Team: "Core", Since: now})
	}
	r.Graph = graph.Build(r.Snapshot.Items)
	text := page(t, r)
	if got := strings.Count(text, "\nstrata_open_finding_info{"); got != 500 {
		t.Errorf("%d findings are listed, want 500", got)
	}
	if got := strings.Count(text, `severity="critical",team="Core",url=`); got != 100 {
		t.Errorf("%d critical findings are listed, want all 100", got)
	}
	if got, _ := value(t, text, "strata_open_findings_hidden"); got != 200 {
		t.Errorf("%v findings are hidden, want 200", got)
	}
}

func TestAgesGrowBetweenReports(t *testing.T) {
	r, at := shop(), now
	m := metrics.New("test", func() time.Time { return at }, func() []*cycle.Report { return []*cycle.Report{r} })
	ages := func() map[string]float64 {
		text, all := scrape(t, m), map[string]float64{}
		all["data"], _ = value(t, text, "strata_data_age_seconds", `scope="core"`)
		all["oldest"], _ = value(t, text, "strata_dependency_oldest_age_seconds", `blocking_team="Core"`)
		all["finding"], _ = value(t, text, "strata_open_finding_info", `severity="critical"`)
		return all
	}
	want := map[string]float64{"data": 3600, "oldest": 48 * 3600, "finding": 26 * 3600}
	if diff := cmp.Diff(want, ages()); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	at = at.Add(time.Minute)
	for _, age := range slices.Collect(maps.Keys(want)) {
		want[age] += 60
	}
	if diff := cmp.Diff(want, ages()); diff != "" {
		t.Errorf("a minute later: want (-), got (+):\n%s", diff)
	}
}

func TestTheFirstFailureOfAWriteIsAnIncrease(t *testing.T) {
	m := metrics.New("test", func() time.Time { return now }, func() []*cycle.Report { return nil })
	m.Request("jira", "GET myself", "200")
	if got, ok := value(t, scrape(t, m), "strata_comments_total", `tracker="jira"`, `op="post"`, `outcome="unauthorized"`); !ok || got != 0 {
		t.Errorf("before the first failure the counter is %v %v, want 0", got, ok)
	}
}

func TestNoLabelBearsAnItemPersonOrSprint(t *testing.T) {
	r := shop()
	for i := range r.Snapshot.Items {
		r.Snapshot.Items[i].Assignee, r.Snapshot.Items[i].Title = "Ann Person", "A secret title"
	}
	keys := regexp.MustCompile(`(CORE|WEB|SHOP|TOOL)-\d|Ann|secret|One-click|c5`)
	for line := range strings.Lines(page(t, r)) {
		if !strings.HasPrefix(line, "strata_open_finding_info{") && keys.MatchString(line) {
			t.Errorf("a label that is not bounded: %s", line)
		}
	}
}

// large is a product of many items, a third of them planned.
func large(n int) *cycle.Report {
	r := shop()
	teams := make([]work.Team, 20)
	for i := range teams {
		teams[i] = work.Team{ID: work.TeamID(fmt.Sprint("Team ", i)), Planning: work.BySprint, Estimates: true}
	}
	r.Snapshot.Teams, r.Snapshot.Items = teams, nil
	r.Assessment = refine.Assessment{}
	checks := map[refine.CheckID]refine.Result{"T2": refine.Pass, "T3": refine.Fail, "T9": refine.Pass, "T11": refine.Pass}
	for i := range n {
		team := teams[i%len(teams)].ID
		it := story(strconv.Itoa(1_000_000+i), "CORE-"+strconv.Itoa(i), []work.TeamID{team}, work.StateOpen, 3, work.SprintID("jira:c"+strconv.Itoa(1+i%7)))
		if i%3 > 0 {
			it.State = work.StateDelivered
		} else {
			r.Assessment.Readiness = append(r.Assessment.Readiness, refine.Readiness{Item: it.Ref, Layer: work.TeamLayer, Team: team, Checks: checks, Horizon: "next"})
		}
		if i > 30 && i%30 == 0 {
			it.Links = []work.Link{{Kind: work.Waits, To: r.Snapshot.Items[i-27].Ref}}
			r.Assessment.Dependencies = append(r.Assessment.Dependencies, refine.Dependency{
				Waiting: it.Ref, Blocker: it.Links[0].To, WaitingTeam: team, BlockingTeam: teams[(i-27)%20].ID, State: work.StateOpen, Health: refine.OffTrack, Since: now,
			})
			r.Assessment.Findings = append(r.Assessment.Findings, refine.Finding{Rule: "DEP01", Severity: refine.Critical, Item: it.Ref, Waiting: it.Ref, Blocker: it.Links[0].To, Team: team, Since: now})
		}
		r.Snapshot.Items = append(r.Snapshot.Items, it)
	}
	r.Graph = graph.Build(r.Snapshot.Items)
	return r
}

func TestScrapesAreServedWhileReportsChange(t *testing.T) {
	var mu sync.Mutex
	current := shop()
	m := metrics.New("test", func() time.Time { return now }, func() []*cycle.Report {
		mu.Lock()
		defer mu.Unlock()
		return []*cycle.Report{current}
	})
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 20 {
				if !strings.Contains(scrape(t, m), `strata_items_planned{horizon="next",layer="team",product="shop",team="Core"} 2`) {
					t.Error("a scrape without the product")
				}
			}
		})
	}
	for range 20 {
		next := shop()
		mu.Lock()
		current = next
		mu.Unlock()
	}
	group.Wait()
}

func TestAReportIsAddedUpWhenItComes(t *testing.T) {
	r := large(20_000)
	m := metrics.New("test", clock, func() []*cycle.Report { return []*cycle.Report{r} })
	m.Reported(r)
	r.Snapshot.Items = nil // a scrape that walked the items would now show none
	if text := scrape(t, m); !strings.Contains(text, "strata_items{") {
		t.Error("the scrape added up again what was added up when the report came")
	}
}

func BenchmarkPage(b *testing.B) {
	r := large(100_000)
	m := metrics.New("test", clock, func() []*cycle.Report { return []*cycle.Report{r} })
	m.Reported(r)
	for b.Loop() {
		scrape(b, m)
	}
}

func BenchmarkReported(b *testing.B) {
	r := large(100_000)
	for b.Loop() {
		metrics.New("test", clock, func() []*cycle.Report { return nil }).Reported(r)
	}
}
