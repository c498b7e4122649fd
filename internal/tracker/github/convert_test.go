package github

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/work"
)

func converter() *GitHub { return &GitHub{name: "github", cfg: Default()} }

func TestRecordedIssuesBecomeRecords(t *testing.T) {
	raw, err := os.ReadFile(testdata(t, "records", "github", "ants.issues.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	byKey := map[string]work.Record{}
	pulls := 0
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row restIssue
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		r, err := converter().rest(&row)
		if err != nil {
			t.Fatal(err)
		}
		if !row.incomplete() {
			t.Errorf("%s: complete without a summary of its dependencies", r.Key)
		}
		if r.Pull {
			pulls++
		}
		byKey[r.Key] = r
	}
	if len(byKey) != 41 || pulls != 15 {
		t.Errorf("%d issues, %d of them pull requests; want 41, 15", len(byKey), pulls)
	}
	got := byKey["panjf2000/ants#4"]
	got.Texts = nil
	want := work.Record{
		Ref: work.Ref{Tracker: "github", ID: "344340088"}, Key: "panjf2000/ants#4", URL: "https://github.com/panjf2000/ants/pull/4",
		Title: "pre-allocate the capacity of the worker list", Pull: true,
		Status:     work.Status{ID: "merged", Name: "Merged", Category: work.CategoryDone},
		Resolution: work.Resolution{ID: "merged", Name: "merged"},
		Project:    "panjf2000/ants", Labels: []string{"enhancement"},
		Created:  time.Date(2018, 7, 25, 8, 19, 30, 0, time.UTC),
		Updated:  time.Date(2018, 8, 29, 4, 11, 46, 0, time.UTC),
		Resolved: time.Date(2018, 7, 26, 2, 32, 41, 0, time.UTC),
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("pull request 4 (-got +want):\n%s", diff)
	}
}

// exchange is one recorded request with its answer, in ten lines.
func exchanges(t *testing.T, name string) (bodies []string) {
	t.Helper()
	raw, err := os.ReadFile(testdata(t, "records", "github", "dependencies", name))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(raw), "\n")
	for i := 9; i < len(lines); i += 11 {
		bodies = append(bodies, lines[i])
	}
	return bodies
}

func TestARecordedDependencyAsksForItsOtherEnd(t *testing.T) {
	found := 0
	for _, body := range exchanges(t, "IssueDependencies.testAddBlockedBy.txt") {
		var row restIssue
		if json.Unmarshal([]byte(body), &row) != nil || row.ID != 4570308119 || row.Dependencies == nil {
			continue
		}
		found++
		r, err := converter().rest(&row)
		if err != nil {
			t.Fatal(err)
		}
		if r.Ref.ID != "4570308119" || r.Key != "EnricoMi/PyGithub#24" {
			t.Errorf("record = %s %s; want an id beyond 32 bits", r.Ref.ID, r.Key)
		}
		if total := row.Dependencies.BlockedBy + row.Dependencies.Blocking; row.incomplete() != (total > 0 || row.ParentURL != "") {
			t.Errorf("incomplete = %v with %d dependencies", row.incomplete(), total)
		}
	}
	if found == 0 {
		t.Error("no recorded issue found: this test proves nothing")
	}
}

func TestStatesAndLevels(t *testing.T) {
	subs := &subIssues{Total: 2}
	for _, c := range []struct {
		name string
		node issueNode
		want [4]any // category, resolution, level, pull
	}{
		{"open", issueNode{State: "OPEN"}, [4]any{work.CategoryNew, "", 0, false}},
		{"reopened", issueNode{State: "OPEN", StateReason: "REOPENED"}, [4]any{work.CategoryNew, "", 0, false}},
		{"completed", issueNode{State: "CLOSED", StateReason: "COMPLETED"}, [4]any{work.CategoryDone, "completed", 0, false}},
		{"closed long ago", issueNode{State: "CLOSED"}, [4]any{work.CategoryDone, "", 0, false}},
		{"not planned", issueNode{State: "CLOSED", StateReason: "NOT_PLANNED"}, [4]any{work.CategoryDone, "not_planned", 0, false}},
		{"duplicate", issueNode{State: "CLOSED", StateReason: "DUPLICATE"}, [4]any{work.CategoryDone, "duplicate", 0, false}},
		{"epic by type", issueNode{State: "OPEN", IssueType: &named{"Epic"}}, [4]any{work.CategoryNew, "", 1, false}},
		{"epic by label", issueNode{State: "OPEN", Labels: &nodes[named]{Nodes: []named{{"Epic"}}}}, [4]any{work.CategoryNew, "", 1, false}},
		{"initiative", issueNode{State: "OPEN", IssueType: &named{"Initiative"}}, [4]any{work.CategoryNew, "", 2, false}},
		{"feature with parts", issueNode{State: "OPEN", IssueType: &named{"Feature"}, SubIssues: subs}, [4]any{work.CategoryNew, "", 1, false}},
		{"feature without parts", issueNode{State: "OPEN", IssueType: &named{"Feature"}}, [4]any{work.CategoryNew, "", 0, false}},
		{"story with parts", issueNode{State: "OPEN", IssueType: &named{"Task"}, SubIssues: subs}, [4]any{work.CategoryNew, "", 0, false}},
		{"open pull request", issueNode{Typename: "PullRequest", PullState: "OPEN"}, [4]any{work.CategoryDoing, "", 0, true}},
		{"merged pull request", issueNode{Typename: "PullRequest", PullState: "MERGED"}, [4]any{work.CategoryDone, "merged", 0, true}},
		{"closed pull request", issueNode{Typename: "PullRequest", PullState: "CLOSED"}, [4]any{work.CategoryDone, "closed", 0, true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := converter().issue(&c.node)
			got := [4]any{r.Status.Category, r.Resolution.ID, r.Level, r.Pull}
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Errorf("category, resolution, level, pull (-got +want):\n%s", diff)
			}
		})
	}
}

func TestRecordedFieldValuesAreRead(t *testing.T) {
	raw, err := os.ReadFile(testdata(t, "records", "github", "projects-v2", "api.items.list-with-pagination__fixtures.json"))
	if err != nil {
		t.Fatal(err)
	}
	var exchanges []struct {
		Response struct {
			Data struct {
				Data struct {
					Owner struct {
						Project struct {
							Items nodes[struct {
								Type        string            `json:"type"`
								FieldValues nodes[fieldValue] `json:"fieldValues"`
							}] `json:"items"`
						} `json:"projectV2"`
					} `json:"userOrOrganization"`
				} `json:"data"`
			} `json:"data"`
		} `json:"response"`
	}
	if err := json.Unmarshal(raw, &exchanges); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, e := range exchanges {
		for _, item := range e.Response.Data.Data.Owner.Project.Items.Nodes {
			for _, v := range item.FieldValues.Nodes {
				n := itemNode{Content: &issueNode{State: "OPEN"}}
				switch v.Typename {
				case "ProjectV2ItemFieldIterationValue":
					n.Iteration = &v
					if got := converter().item(&n, 1).Sprints; len(got) != 1 || got[0] == "github:" {
						t.Errorf("sprints of %+v = %v", v, got)
					}
				case "ProjectV2ItemFieldNumberValue":
					n.Estimate = &v
					if got := converter().item(&n, 1).Estimate; got == nil {
						t.Errorf("estimate of %+v is missing", v)
					}
				case "ProjectV2ItemFieldDateValue":
					n.Due = &v
					if _, err := work.ParseDay(converter().item(&n, 1).Due); err != nil {
						t.Error(err)
					}
				case "ProjectV2ItemFieldTextValue":
					n.Team = &v
					if got := converter().item(&n, 1).Team; len(got) != 1 {
						t.Errorf("team of %+v = %v", v, got)
					}
				}
				kinds[v.Typename]++
			}
		}
	}
	t.Logf("values read: %v", kinds)
	if len(kinds) == 0 {
		t.Error("no recorded value found: this test proves nothing")
	}
}
