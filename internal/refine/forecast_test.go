package refine_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/refine"
	"strata/internal/refine/refinetest"
	"strata/internal/work"
)

// forecasts writes what is foreseen: "API-1 S2-S3".
func forecasts(a refine.Assessment, p refinetest.Product) (all []string) {
	name := func(day work.Day, end bool) string {
		for _, s := range p.Snapshot().Sprints {
			if end && s.Window.End == day || !end && s.Window.Start == day {
				return s.Name
			}
		}
		return day.String()
	}
	for _, f := range a.Forecasts {
		all = append(all, fmt.Sprintf("%s %s-%s", f.Item.ID, name(f.Window.Start, false), name(f.Window.End, true)))
	}
	return all
}

func TestRankAndVelocityForecastWhatNobodyPlanned(t *testing.T) {
	for _, c := range []struct {
		name, team, items string
		want              []string
	}{
		{"by estimates, an item without one is of the usual size", "velocity: 10, items: 3",
			"{A-1: {rank: a, estimate: 4}, A-2: {rank: b}, A-3: {rank: c, estimate: 6}, A-4: {rank: d, estimate: 5}}",
			[]string{"A-1 S2-S2", "A-2 S2-S2", "A-3 S2-S3", "A-4 S3-S3"}},
		{"by count where nothing is estimated", "items: 2",
			"{A-1: {rank: a}, A-2: {rank: b}, A-3: {rank: c}, A-4: {rank: d}, A-5: {rank: e}}",
			[]string{"A-1 S2-S2", "A-2 S2-S2", "A-3 S3-S3", "A-4 S3-S3", "A-5 S4-S4"}},
		{"rank decides, not the key", "items: 1", "{A-1: {rank: z}, A-2: {rank: b}}", []string{"A-1 S3-S3", "A-2 S2-S2"}},
		{"behind what is planned there", "items: 2", "{A-1: {rank: a}, A-2: {sprint: S2}, A-3: {sprint: S2}}", []string{"A-1 S3-S3"}},
		{"a large item spans Sprints", "velocity: 10, items: 3", "{A-1: {rank: a, estimate: 25}}", []string{"A-1 S2-S4"}},
		{"what lies beyond the calendar is not foreseen", "velocity: 10, items: 3", "{A-1: {rank: a, estimate: 25}, A-2: {rank: b, estimate: 10}}", []string{"A-1 S2-S4"}},
		{"two closed Sprints tell nothing", "items: 2, sprints: 2", "{A-1: {rank: a}}", nil},
		{"no rank, no forecast", "items: 2", "{A-1: {}}", nil},
		{"nobody compares the ranks of two trackers", "items: 2", "{A-1: {rank: a}, A-2: {rank: b, tracker: github}}", nil},
		{"epics, sub-tasks, begun and delivered items are not foreseen", "items: 9",
			"{A-1: {rank: a, kind: epic}, A-2: {rank: b, kind: subtask}, A-3: {rank: c, state: doing}, A-4: {rank: d, state: delivered}, A-5: {rank: e}}",
			[]string{"A-5 S2-S2"}},
	} {
		p := product(t, calendar+"today: 11 Mar\nteams: {Core: {pace: {"+c.team+"}}}\nitems: "+c.items+"\n")
		for _, it := range p.Items {
			it.Team = refinetest.Some{"Core"}
		}
		if diff := cmp.Diff(forecasts(found(p), p), c.want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", c.name, diff)
		}
	}
}

func TestTheLeadingTrackerOrdersABacklogOfTwo(t *testing.T) {
	p := product(t, calendar+`
today: 11 Mar
leading: example
teams: {Core: {pace: {items: 1}}}
items: {A-1: {team: Core, rank: "9"}, A-2: {team: Core, tracker: github, rank: "1"}}
`)
	if diff := cmp.Diff(forecasts(found(p), p), []string{"A-1 S2-S2", "A-2 S3-S3"}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestAFlowTeamIsNotForecast(t *testing.T) {
	p := product(t, calendar+"today: 11 Mar\nteams: {Core: {planning: flow, pace: {items: 3}}}\nitems: {A-1: {team: Core, rank: a}}\n")
	if a := found(p); len(a.Forecasts) != 0 {
		t.Errorf("forecast: %v", a.Forecasts)
	}
}

func TestAForecastBringsAnItemBeforeTheChecksAndNoComment(t *testing.T) {
	p := product(t, calendar+`
today: 11 Mar
teams: {Core: {pace: {items: 3}}}
items:
  EPIC-1: {kind: epic, team: Core}
  A-1: {team: Core, rank: a, parent: EPIC-1, waits: B-1}
  B-1: {team: Web, sprint: S4}
`)
	a := judge(p, p.Snapshot())
	judged := map[string]bool{}
	for _, r := range a.Readiness {
		judged[r.Item.ID] = true
	}
	if !judged["A-1"] || !judged["EPIC-1"] {
		t.Errorf("judged for refinement: %v; want the item and its epic", judged)
	}
	for _, f := range a.Findings {
		if f.Speaks || f.Severity > refine.Warning {
			t.Errorf("%s speaks of what nobody planned: %s", f.Rule, refinetest.Plain(f.Text))
		}
	}
	if len(a.Findings) == 0 {
		t.Error("the agenda has nothing to say")
	}
}
