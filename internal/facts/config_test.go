package facts_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"strata/internal/duration"
	"strata/internal/facts"
	"strata/internal/work"
)

func TestConfigIsReadAsOperatorsWriteIt(t *testing.T) {
	const product = `
calendar: {timezone: Europe/Berlin, first: 2026-03-02, every: 14d, working: Mon-Fri, holidays: [2026-04-03]}
teams:
  - {name: Web, timezone: Europe/Berlin, planning: sprint, home: {jira: WEB-1}, match: [{component: Web}, {label: team-web}]}
  - {name: Core, planning: flow, estimates: true, match: [{field: Core}, {repository: acme/api}, {project: WEB}, {assignee: Olga}]}
objectives: [{name: Faster checkout, match: [{label: obj-checkout}]}]
sections: {acceptance_criteria: [AC], to_be_done: ["???"], needs_info: [question]}
`
	var got facts.Config
	if err := yaml.Unmarshal([]byte(product), &got); err != nil {
		t.Fatal(err)
	}
	yes := true
	want := facts.Config{
		Calendar: facts.CalendarConfig{
			Timezone: "Europe/Berlin", First: march(2), Every: duration.Duration(14 * 24 * time.Hour),
			Working: facts.Weekdays{false, true, true, true, true, true, false}, Holidays: []work.Day{on("2026-04-03")},
		},
		Teams: []facts.TeamConfig{
			{Name: "Web", Timezone: "Europe/Berlin", Planning: work.BySprint, Home: map[string]string{"jira": "WEB-1"}, Match: []facts.Match{{Component: "Web"}, {Label: "team-web"}}},
			{Name: "Core", Planning: work.ByFlow, Estimates: &yes, Match: []facts.Match{{Field: "Core"}, {Repository: "acme/api"}, {Project: "WEB"}, {Assignee: "Olga"}}},
		},
		Objectives: []facts.ObjectiveConfig{{Name: "Faster checkout", Match: []facts.Match{{Label: "obj-checkout"}}}},
		Sections:   facts.SectionsConfig{AcceptanceCriteria: []string{"AC"}, ToBeDone: []string{"???"}, NeedsInfo: []string{"question"}},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	if errs := got.Validate(); errs != nil {
		t.Errorf("got %v, want no mistakes", errs)
	}

	const tracker = `
links: [{type: Blocks, speaker: blocks}, {type: Depends, speaker: waits}, {type: Duplicate, speaker: duplicate}]
resolutions: {dropped: ["Won't Do", "10001"]}
doing: ["3"]
statuses: {doing: [In Progress, In Review]}
kinds: {Anforderung: story}
`
	var gotTracker facts.TrackerConfig
	if err := yaml.Unmarshal([]byte(tracker), &gotTracker); err != nil {
		t.Fatal(err)
	}
	wantTracker := facts.TrackerConfig{
		Links:       []facts.LinkConfig{{Type: "Blocks", Speaker: facts.SpeakerBlocks}, {Type: "Depends", Speaker: facts.SpeakerWaits}, {Type: "Duplicate", Speaker: facts.SpeakerDuplicate}},
		Resolutions: facts.ResolutionsConfig{Dropped: []string{"Won't Do", "10001"}},
		Doing:       []string{"3"},
		Statuses:    facts.StatusesConfig{Doing: []string{"In Progress", "In Review"}},
		Kinds:       map[string]work.Kind{"Anforderung": work.Story},
	}
	if diff := cmp.Diff(gotTracker, wantTracker); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	if errs := gotTracker.Validate(); errs != nil {
		t.Errorf("got %v, want no mistakes", errs)
	}
}
