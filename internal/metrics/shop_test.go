package metrics_test

import (
	"errors"
	"time"

	"strata/internal/cycle"
	"strata/internal/graph"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/work"
)

// now is a Wednesday in the middle of Sprint 5.
var now = time.Date(2026, time.May, 6, 9, 0, 0, 0, time.UTC)

func points(n float64) *float64 { return &n }

// shop is a product with two teams that plan by Sprint and one in flow. Core
// delivers 4, 6 and 8 points in its last three Sprints; Web has no history.
func shop() *cycle.Report {
	r := &cycle.Report{
		Product: "shop", Taken: now.Add(-time.Minute), Rules: []refine.RuleID{"DEP01", "DEP04"},
		Scopes: []cycle.ScopeReading{
			{Scope: "web", Tracker: "jira", Complete: now.Add(-time.Minute)},
			{Scope: "core", Tracker: "jira", Complete: now.Add(-time.Hour), Err: errors.New("HTTP 502")},
			{Scope: "api", Tracker: "github", Err: errors.New("unauthorized")},
		},
		Objectives: []string{"Faster checkout", "Trusted payments"},
		Serves:     map[work.Ref][]string{ref("1"): {"Faster checkout"}, ref("20"): {"Faster checkout"}, ref("22"): {"Faster checkout"}},
		Plan:       plan.Plan{Held: []plan.Hold{{Reason: plan.Whole, Actions: 7}}},
	}
	s := &r.Snapshot
	s.Product, s.Taken = r.Product, r.Taken
	s.Teams = []work.Team{
		{ID: "Core", Planning: work.BySprint, Estimates: true}, {ID: "Web", Planning: work.BySprint}, {ID: "Platform", Planning: work.ByFlow},
	}
	first := work.Date(2026, time.March, 2)
	for i := range work.Day(7) {
		window := work.Window{Start: first + 14*i, End: first + 14*i + 11}
		state := work.SprintClosed
		if i == 4 {
			state = work.SprintActive
		} else if i > 4 {
			state = work.SprintFuture
		}
		n := string(rune('1' + i))
		goal := ""
		if i == 4 {
			goal = "One-click payment"
		}
		s.Sprints = append(s.Sprints,
			work.Sprint{ID: work.SprintID("product:" + n), State: state, Window: window, Seq: int(i)},
			work.Sprint{ID: work.SprintID("jira:c" + n), Board: "core", Goal: goal, State: state, Window: window, Seq: int(i)},
			work.Sprint{ID: work.SprintID("jira:w" + n), Board: "web", State: state, Window: window, Seq: int(i)},
		)
	}
	in := func(ids ...work.SprintID) []work.SprintID { return ids }
	core, web := []work.TeamID{"Core"}, []work.TeamID{"Web"}
	s.Items = []work.Item{
		{Ref: ref("1"), Kind: work.Story, State: work.StateDelivered, Teams: core, Estimate: points(4), Sprints: in("jira:c2")},
		{Ref: ref("2"), Kind: work.Story, State: work.StateDelivered, Teams: core, Estimate: points(6), Sprints: in("jira:c2", "jira:c3")}, // carried over: counts once
		{Ref: ref("3"), Kind: work.Story, State: work.StateDelivered, Teams: core, Estimate: points(8), Sprints: in("jira:c4")},
		{Ref: ref("4"), Kind: work.Subtask, State: work.StateDelivered, Teams: core, Estimate: points(50), Sprints: in("jira:c4")},
		{Ref: ref("5"), Kind: work.Story, State: work.StateDropped, Teams: core, Estimate: points(50), Sprints: in("jira:c4")},
		{Ref: ref("6"), Kind: work.Story, State: work.StateDelivered, Teams: core, Estimate: points(50), Sprints: in("jira:c5")}, // this Sprint is not over
		{Ref: ref("7"), Kind: work.Story, State: work.StateDelivered, Teams: web, Sprints: in("jira:w4")},

		story("20", "CORE-20", core, work.StateOpen, 9, "jira:c6"),
		story("21", "CORE-21", core, work.StateOpen, 3, "jira:c6"),
		story("22", "CORE-22", core, work.StateDoing, 3, "jira:c5"),
		story("30", "WEB-30", web, work.StateDoing, 0, "jira:w5"),
		story("31", "WEB-31", web, work.StateOpen, 0, "jira:w6"),
		{Ref: ref("32"), Key: "WEB-32", Kind: work.Story, State: work.StateOpen, Teams: web, Blocked: true},
		{Ref: ref("40"), Key: "SHOP-40", Kind: work.Epic, State: work.StateOpen},
		{Ref: ref("41"), Key: "SHOP-41", Kind: work.Story, State: work.StateOpen, Teams: []work.TeamID{"Core", "Web"}},
		{Ref: ref("50"), Key: "TOOL-50", Kind: work.Story, State: work.StateOpen, Outside: true},
		{Ref: ref("51"), Key: "TOOL-51", State: work.StateUnknown, Outside: true, Stub: true},
	}
	for i := range s.Items {
		if it := &s.Items[i]; it.Key == "WEB-30" {
			it.Links = []work.Link{{Kind: work.Waits, To: ref("22")}}
		} else if it.Key == "CORE-22" {
			it.Links = []work.Link{{Kind: work.Waits, To: ref("50")}}
		}
	}
	r.Graph = graph.Build(s.Items)
	late := -3
	r.Assessment = refine.Assessment{
		Dependencies: []refine.Dependency{
			{Waiting: ref("20"), Blocker: ref("21"), WaitingTeam: "Core", BlockingTeam: "Core", State: work.StateOpen, Health: refine.Healthy, Since: now.Add(-time.Hour)},
			{Waiting: ref("22"), Blocker: ref("50"), WaitingTeam: "Core", State: work.StateOpen, Health: refine.HealthUnknown, Since: now.Add(-2 * time.Hour)},
			{Waiting: ref("30"), Blocker: ref("22"), WaitingTeam: "Web", BlockingTeam: "Core", State: work.StateDoing, Health: refine.OffTrack, Slack: &late, Since: now.Add(-48 * time.Hour)},
			{Waiting: ref("31"), Blocker: ref("22"), WaitingTeam: "Web", BlockingTeam: "Core", State: work.StateDoing, Health: refine.AtRisk, Slack: new(int), Since: now.Add(-24 * time.Hour)},
		},
		Findings: []refine.Finding{
			{Rule: "DEP04", Severity: refine.Critical, Item: ref("22"), Waiting: ref("30"), Blocker: ref("22"), Team: "Core", Since: now.Add(-26 * time.Hour)},
			{Rule: "DEP04", Severity: refine.Warning, Item: ref("22"), Waiting: ref("31"), Blocker: ref("22"), Team: "Core", Since: now.Add(-2 * time.Hour)},
			{Rule: "DEP01", Severity: refine.Warning, Item: ref("31"), Waiting: ref("31"), Blocker: ref("22"), Team: "Web", Since: now.Add(-2 * time.Hour), Acknowledged: true},
			{Rule: "DEP20", Severity: refine.Info, Item: ref("31"), Waiting: ref("31"), Blocker: ref("22"), Team: "Web", Since: now.Add(-2 * time.Hour)},
		},
		Readiness: []refine.Readiness{
			judged("20", work.TeamLayer, "Core", "next", true), judged("21", work.TeamLayer, "Core", "next", false), judged("22", work.TeamLayer, "Core", "current", true),
			judged("30", work.TeamLayer, "Web", "current", true), judged("31", work.TeamLayer, "Web", "next", true), judged("40", work.CrossTeam, "", "next2", false),
		},
		Cycles: [][]work.Ref{{ref("20"), ref("21")}},
	}
	return r
}

func story(id, key string, teams []work.TeamID, state work.State, size float64, sprint work.SprintID) work.Item {
	it := work.Item{
		Ref: ref(id), Key: key, URL: "https://jira.example/browse/" + key, Kind: work.Story, State: state, Teams: teams, Sprints: []work.SprintID{sprint},
	}
	if size > 0 {
		it.Estimate = &size
	}
	return it
}

func judged(id string, layer work.Layer, team work.TeamID, horizon string, ready bool) refine.Readiness {
	check, result := refine.CheckID("T2"), refine.Pass
	if layer == work.CrossTeam {
		check = "X6"
	}
	if !ready {
		result = refine.Fail
	}
	return refine.Readiness{Item: ref(id), Layer: layer, Team: team, Horizon: horizon, Ready: ready, Checks: map[refine.CheckID]refine.Result{check: result}}
}
