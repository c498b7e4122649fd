package jira

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"strata/internal/sandbox/contract"
	"strata/internal/work"
)

// objects are what real sites answered: a list, a page of a list, one object, or one object a line.
func objects(t *testing.T, path ...string) []json.RawMessage {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(append([]string{contract.Folder(t), "records", "jira"}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	var list []json.RawMessage
	if strings.HasSuffix(path[len(path)-1], ".jsonl") {
		lines := bufio.NewScanner(bytes.NewReader(raw))
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			list = append(list, append(json.RawMessage(nil), lines.Bytes()...))
		}
		return list
	}
	var page struct {
		Values, Issues, IssueLinkTypes []json.RawMessage
	}
	switch {
	case json.Unmarshal(raw, &list) == nil:
	case json.Unmarshal(raw, &page) == nil && len(page.Values)+len(page.Issues)+len(page.IssueLinkTypes) > 0:
		list = append(append(page.Values, page.Issues...), page.IssueLinkTypes...)
	default:
		list = []json.RawMessage{raw}
	}
	return list
}

// each decodes every object of some files and tells what is wrong with one.
func each[T any](t *testing.T, least int, wrong func(got T, plain map[string]any) string, files ...string) {
	t.Helper()
	n := 0
	for _, file := range files {
		for _, raw := range objects(t, "objects", file) {
			var got T
			var plain map[string]any
			if err := json.Unmarshal(raw, &got); err != nil {
				t.Errorf("%s: %v in %.200s", file, err, raw)
				continue
			}
			if err := json.Unmarshal(raw, &plain); err != nil {
				t.Fatal(err)
			}
			if problem := wrong(got, plain); problem != "" {
				t.Errorf("%s: %s in %.300s", file, problem, raw)
			}
			n++
		}
	}
	if n < least {
		t.Errorf("%d objects were read, want %d and more", n, least)
	}
}

func TestRecordedSprintsAreRead(t *testing.T) {
	each(t, 30, func(s sprint, plain map[string]any) string {
		r := s.record("jira")
		switch {
		case s.ID == 0 || s.Name != plain["name"]:
			return "no id, or another name"
		case r.State != work.SprintState(strings.ToLower(plain["state"].(string))):
			return "the state is " + string(r.State)
		case plain["startDate"] != nil && r.Start.IsZero() || plain["endDate"] != nil && r.End.IsZero():
			return "its days are missing"
		case plain["originBoardId"] != nil && r.Board == "":
			return "its board is missing"
		}
		return ""
	}, "cloud-merico.sprints.jsonl", "go-jira.sprints.json", "go-jira.sprints_filtered.json", "jira-cli.sprints.json", "jira-cli.sprints-2.json", "jira-cli.sprints-3.json")
}

func TestRecordedStatusesAreRead(t *testing.T) {
	each(t, 53, func(s status, plain map[string]any) string {
		switch {
		case s.ID != plain["id"] || s.Name != plain["name"]:
			return "another id or name"
		case s.neutral().Category == work.CategoryNone && s.Category.Key != "undefined":
			return "the category " + s.Category.Key + " is not understood"
		}
		return ""
	}, "cloud-merico.status.jsonl", "go-jira.all_statuses.json")
}

func TestRecordedIssueTypesHaveALevel(t *testing.T) {
	each(t, 5, func(k issueType, plain map[string]any) string {
		switch level := (converter{}).level(k, nil); {
		case k.Name != plain["name"]:
			return "another name"
		case plain["subtask"] == true && level >= 0, plain["hierarchyLevel"] == 1.0 && level != 1:
			return "another level"
		}
		return ""
	}, "cloud-merico.issue_types.jsonl")
}

func TestRecordedPeopleAreRead(t *testing.T) {
	each(t, 10, func(u user, plain map[string]any) string {
		if plain["accountId"] != "" && plain["accountId"] != nil && u.id() != plain["accountId"] {
			return "another id: " + u.id()
		}
		if u.DisplayName != plain["displayName"] && plain["displayName"] != nil {
			return "another name"
		}
		return ""
	}, "cloud-merico.users.jsonl", "jira-cli.users.json", "jira-cli.myself.json")
}

func TestRecordedProjectsAreRead(t *testing.T) {
	each(t, 12, func(p project, plain map[string]any) string {
		if p.Key == "" || p.Key != plain["key"] {
			return "another key"
		}
		return ""
	}, "cloud-merico.projects.jsonl", "go-jira.all_projects.json", "go-jira.project.json", "jira-cli.projects.json")
}

func TestRecordedChangelogsAreRead(t *testing.T) {
	changes := 0
	each(t, 279, func(h history, plain map[string]any) string {
		if h.Created.IsZero() {
			return "no time"
		}
		items, _ := plain["items"].([]any)
		if len(items) != len(h.Items) {
			return "changes are missing"
		}
		for i, item := range h.Items {
			changes++
			if want := items[i].(map[string]any); item.Field != want["field"] || (item.To == nil) != (want["to"] == nil) || item.ToStr != nil && *item.ToStr != want["toString"] {
				return "a change was read otherwise"
			}
		}
		return ""
	}, "cloud-merico.issue_changelogs.jsonl")
	if changes < 279 {
		t.Errorf("%d changes", changes)
	}
}

func TestRecordedFieldsAreChosen(t *testing.T) {
	var all []field
	each(t, 5, func(f field, plain map[string]any) string {
		if f.ID != plain["id"] || f.Name != plain["name"] {
			return "another id or name"
		}
		all = append(all, f)
		return ""
	}, "go-jira.all_fields.json", "jira-cli.fields.json")
	choose(all, Fields{}) // nothing in there may stop it

	var cloud []field
	raw, err := os.ReadFile(filepath.Join(contract.Folder(t), "contract", "atlascode-wiremock", "field.json"))
	if err != nil {
		t.Fatal(err)
	}
	var stub struct{ Response struct{ Body string } }
	if err := json.Unmarshal(raw, &stub); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(stub.Response.Body), &cloud); err != nil {
		t.Fatal(err)
	}
	if set := choose(cloud, Fields{}); set.sprint == "" || set.rank == "" || len(set.estimates) == 0 || len(set.teams) == 0 {
		t.Errorf("of %d fields of a Cloud site these are chosen: %+v", len(cloud), set)
	}
}

// TestRecordedIssuesOfOtherClientsAreRead reads what the tests of go-jira and jira-cli keep of issues.
func TestRecordedIssuesOfOtherClientsAreRead(t *testing.T) {
	c := converter{tracker: "jira", browse: "https://jira.example"}
	each(t, 5, func(i issue, plain map[string]any) string {
		r := c.record(i)
		fields, _ := plain["fields"].(map[string]any)
		switch {
		case r.Key != plain["key"]:
			return "another key"
		case fields["summary"] != nil && r.Title != fields["summary"]:
			return "another title"
		case fields["status"] != nil && r.Status.Name != fields["status"].(map[string]any)["name"]:
			return "another status"
		}
		links, _ := fields["issuelinks"].([]any)
		links = slices.DeleteFunc(links, func(l any) bool { return l.(map[string]any)["type"] == nil }) // shortened by whoever kept them
		if len(links) > len(r.Links) {
			return "links are missing"
		}
		return ""
	}, "go-jira.issues_in_sprint.json", "jira-cli.issue.json", "jira-cli.issue-1.json", "jira-cli.issue-2.json", "jira-cli.search.json")
}

func TestRecordedLinkTypesAreRead(t *testing.T) {
	each(t, 5, func(k named, plain map[string]any) string {
		if k.ID != plain["id"] || k.Name != plain["name"] {
			return "another id or name"
		}
		return ""
	}, "go-jira.all_issuelinktypes.json", "jira-cli.issue-link-types.json")
}
