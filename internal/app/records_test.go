package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"strata/internal/sandbox/jirasim"
)

// recorded finds the recorded issues that are kept beside the repository, or
// skips: they are not a part of it.
func recorded(t *testing.T, name string) string {
	t.Helper()
	folder := os.Getenv("STRATA_TESTDATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "data")
	}
	file := filepath.Join(folder, "records", filepath.FromSlash(name))
	if _, err := os.Stat(file); err != nil {
		t.Skipf("NOT TESTED on recorded issues: %v; set STRATA_TESTDATA to the folder that has records/", err)
	}
	return file
}

const (
	devlake = "jira/dc-devlake-links.issues.jsonl"
	merico  = "jira/cloud-merico-agile.issues.jsonl"
	ants    = "github/ants.issues.jsonl"
)

// The recorded Data Center's Blocks links, two of them half outside the file.
var recordedEdges = []string{
	"DZFNK0168-1<-DZFNK0168-5",
	"DZFNK0168-20<-IP8CUD168-35406",
	"DZFNK0168-22<-DZFNK0168-2",
	"IP8CUD168-35304<-DZFNK0168-20",
}

func TestRecordedIssuesHaveExactlyTheirFourDependenciesAndNoFlag(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		h := build(t, settings{flavour: f, jira: []string{recorded(t, devlake), recorded(t, merico)}, github: []string{recorded(t, ants)}})
		for range 2 {
			r := h.once()
			got := []string{}
			for _, d := range r.JSON().Dependencies {
				got = append(got, d.Waiting+"<-"+d.Blocker)
			}
			slices.Sort(got)
			if d := cmp.Diff(recordedEdges, got); d != "" {
				t.Error(d)
			}
			if findings := r.JSON().Findings; len(findings) != 0 {
				t.Errorf("nothing is planned there, but: %+v", findings)
			}
		}
		if w := h.written(0); len(w) != 0 {
			t.Errorf("written: %+v", w)
		}
		if got := h.flagged(); len(got) != 0 {
			t.Errorf("flagged: %v", got)
		}
	})
}

// A plan moves copies of recorded issues into Sprints, by key.
type sprintPlan map[string]int

// The two blockers go to a second team, or order would be the first team's own business.
var secondTeam = map[string]string{"DZFNK0168-5": "ZWEI-5", "DZFNK0168-2": "ZWEI-2"}

// planned writes a copy of recorded issues with Sprints, in Cloud's form or Data
// Center's, and with some of them dropped.
func planned(t *testing.T, file string, f jirasim.Flavour, sprints sprintPlan, dropped ...string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for old, key := range secondTeam {
		text = bytes.ReplaceAll(text, []byte(`"`+old+`"`), []byte(`"`+key+`"`))
	}
	var out bytes.Buffer
	for line := range bytes.Lines(text) {
		var record map[string]any
		if err := json.Unmarshal(line, &record); err != nil {
			t.Fatal(err)
		}
		key, fields := record["key"].(string), record["fields"].(map[string]any)
		if strings.HasPrefix(key, "ZWEI-") {
			fields["project"] = map[string]any{"id": "99901", "key": "ZWEI", "name": "Second", "projectTypeKey": "software"}
		}
		if n, ok := sprints[key]; ok {
			fields["customfield_19999"] = []any{sprintOf(f, n)}
		}
		if slices.Contains(dropped, key) {
			fields["status"] = map[string]any{"id": "10001", "name": "Done", "statusCategory": map[string]any{"id": 3, "key": "done", "name": "Done"}}
			fields["resolution"] = map[string]any{"id": "10100", "name": "Won't Do"}
			fields["resolutiondate"] = "2026-03-10T10:00:00.000+0000"
		}
		line, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
	}
	name := filepath.Join(t.TempDir(), "planned.issues.jsonl")
	if err := os.WriteFile(name, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// sprintOf is the n-th two-week Sprint from the one that runs, as a flavour writes it.
func sprintOf(f jirasim.Flavour, n int) any {
	begin := time.Date(2026, 3, 9, 8, 0, 0, 0, time.UTC).AddDate(0, 0, 14*(n-1))
	end, state := begin.AddDate(0, 0, 11).Add(8*time.Hour), "future"
	if n == 1 {
		state = "active"
	}
	const form = "2006-01-02T15:04:05.000Z"
	if f == jirasim.Cloud {
		return map[string]any{"id": 900 + n, "name": fmt.Sprintf("Plan %d", n), "state": state, "boardId": 7, "goal": "",
			"startDate": begin.Format(form), "endDate": end.Format(form)}
	}
	return fmt.Sprintf("com.atlassian.greenhopper.service.sprint.Sprint@1f2e[id=%d,rapidViewId=7,state=%s,name=Plan %d,startDate=%s,endDate=%s,"+
		"completeDate=<null>,activatedDate=<null>,sequence=%d,goal=,synced=false]", 900+n, strings.ToUpper(state), n, begin.Format(form), end.Format(form), 900+n)
}

func TestRecordedIssuesThatArePlannedRaiseTheRightFlagsOnTheRightItems(t *testing.T) {
	for _, scene := range []struct {
		name    string
		sprints sprintPlan
		dropped []string
		want    map[string][]string // item → rules
	}{
		{"blocker later than the waiting item", sprintPlan{"DZFNK0168-1": 2, "ZWEI-5": 3}, nil, map[string][]string{"DZFNK0168-1": {"DEP01"}}},
		{"blocker in time", sprintPlan{"DZFNK0168-1": 3, "ZWEI-5": 2}, nil, map[string][]string{}},
		{"both in one Sprint", sprintPlan{"DZFNK0168-22": 2, "ZWEI-2": 2}, nil, map[string][]string{"DZFNK0168-22": {"DEP02"}}},
		{"blocker unscheduled", sprintPlan{"DZFNK0168-22": 2}, nil, map[string][]string{"ZWEI-2": {"DEP03"}}},
		{"blocker dropped", sprintPlan{"DZFNK0168-1": 2, "ZWEI-5": 3}, []string{"ZWEI-5"}, map[string][]string{"DZFNK0168-1": {"DEP12"}}},
		{"blocker that cannot be read", sprintPlan{"DZFNK0168-20": 2}, nil, map[string][]string{}},
		{"waiting item outside", sprintPlan{"DZFNK0168-20": 3}, nil, map[string][]string{}},
	} {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			flavours(t, func(t *testing.T, f jirasim.Flavour) {
				h := build(t, settings{flavour: f, jira: []string{planned(t, recorded(t, devlake), f, scene.sprints, scene.dropped...)}})
				r := h.once()
				got := map[string][]string{}
				for _, x := range r.JSON().Findings {
					if x.Severity != "info" { // such as that a recorded link is years old
						got[x.Item] = append(got[x.Item], string(x.Rule))
					}
				}
				if d := cmp.Diff(scene.want, got); d != "" {
					t.Error(d)
				}
				flags := h.flagged()
				if d := cmp.Diff(keys(scene.want), keys(flags), cmpopts.EquateEmpty()); d != "" {
					t.Errorf("flags: %s", d)
				}
				for item, rules := range scene.want {
					wants(t, h.flag(item).Body, rules...)
				}
				h.once()
				if d := cmp.Diff(flags, h.flagged()); d != "" {
					t.Error(d)
				}
				h.wantNoDuplicates()
			})
		})
	}
}
