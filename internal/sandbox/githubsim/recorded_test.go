package githubsim_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"strata/internal/sandbox/githubsim"
)

// TestAnswersHaveTheRecordedShape holds our answers against recorded ones: every field that GitHub sent is there, with
// a value of the same kind.
func TestAnswersHaveTheRecordedShape(t *testing.T) {
	p := newSmall(t)
	c := goGitHub(t, serve(t, p.World, githubsim.Options{}), false)
	for _, r := range []struct {
		file     string
		exchange int
		method   string
		path     string
		body     any
	}{
		{"IssueDependencies.testAddBlockedBy.txt", 1, "POST", "repos/acme/api/issues/2/dependencies/blocked_by", map[string]int64{"issue_id": p.duplicate.ID}},
		{"IssueDependencies.testAddBlockedBy.txt", 2, "GET", "repos/acme/api/issues/2/dependencies/blocked_by", nil},
		{"SubIssue.testAddSubIssue.txt", 2, "POST", "repos/acme/api/issues/2/sub_issues", map[string]int64{"sub_issue_id": p.duplicate.ID}},
		{"SubIssue.testListSubIssues.txt", 0, "GET", "repos/acme/api/issues/2/sub_issues", nil},
		{"IssueDependencies.setUp.txt", 0, "GET", "repos/acme/api/issues/1", nil},
	} {
		recorded := exchange(t, testdata(t, "records", "github", "dependencies", r.file), r.exchange)
		req, err := c.NewRequest(r.method, r.path, r.body)
		if err != nil {
			t.Fatal(err)
		}
		var got any
		resp, err := c.Do(context.Background(), req, &got)
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(resp.StatusCode) != recorded.status {
			t.Errorf("%s %s answers %d, recorded %s", r.method, r.path, resp.StatusCode, recorded.status)
		}
		var want any
		if err := json.Unmarshal([]byte(recorded.body), &want); err != nil {
			t.Fatalf("%s: %v in %.200s", r.file, err, recorded.body)
		}
		for _, problem := range shapeProblems(got, want, r.path) {
			t.Error(problem)
		}
	}
}

type recordedExchange struct{ method, path, status, body string }

// exchange reads one of the recorded exchanges: ten lines each, an empty line after each.
func exchange(t *testing.T, file string, n int) recordedExchange {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Split(string(raw), "\n")[n*11:]
	return recordedExchange{method: line[1], path: line[4], status: line[7], body: line[9]}
}

// unserved are fields of recorded answers that nobody needs: settings that only administrators see.
var unserved = map[string]bool{
	"allow_auto_merge": true, "allow_merge_commit": true, "allow_rebase_merge": true, "allow_squash_merge": true, "allow_update_branch": true,
	"delete_branch_on_merge": true, "use_squash_pr_title_as_default": true, "squash_merge_commit_message": true, "squash_merge_commit_title": true,
	"merge_commit_message": true, "merge_commit_title": true, "security_and_analysis": true, "temp_clone_token": true, "parent": true, "source": true,
	"web_commit_signoff_required": true, "license": true, "organization": true, "custom_properties": true, "has_pull_requests": true,
	"pull_request_creation_policy": true,
}

func shapeProblems(got, want any, path string) []string {
	var out []string
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			if got != nil {
				out = append(out, path+": not an object")
			}
			return out
		}
		for _, name := range sorted(w) {
			if unserved[name] {
				continue
			}
			value, there := g[name]
			if !there {
				out = append(out, path+"."+name+": missing")
				continue
			}
			out = append(out, shapeProblems(value, w[name], path+"."+name)...)
		}
	case []any:
		g, ok := got.([]any)
		switch {
		case !ok:
			out = append(out, path+": not a list")
		case len(g) > 0 && len(w) > 0:
			out = append(out, shapeProblems(g[0], w[0], path+"[0]")...)
		}
	case nil:
	default:
		if got != nil && fmt.Sprintf("%T", got) != fmt.Sprintf("%T", want) {
			out = append(out, fmt.Sprintf("%s: %T, recorded %T", path, got, want))
		}
	}
	return out
}
