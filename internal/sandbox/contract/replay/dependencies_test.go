package replay

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func agent() http.Header { return http.Header{"User-Agent": {"test"}} }

// create opens an issue and tells its number and its id.
func create(s *stage, repository, title string) (number, id string) {
	s.t.Helper()
	_, number, _ = strings.Cut(s.mutate("create", "", "repository", repository, "title", title).Item, "#")
	return number, fmt.Sprint(int64(s.ask("GET", "/repos/"+repository+"/issues/"+number, nil)["id"].(float64)))
}

// TestDependenciesAreAddedAndRemoved replays PyGithub's tests of dependencies, in the order in which they were recorded.
func TestDependenciesAreAddedAndRemoved(t *testing.T) {
	s := onGitHub(t, generated(100))
	s.login = func(r *http.Request) { r.Header.Set("Authorization", "token "+fine) }
	waiting, _ := create(s, "acme/api", "waits")
	blocker, id := create(s, "acme/api", "blocks")
	names := []string{"EnricoMi/PyGithub", "acme/api", "/issues/24", "/issues/" + waiting, "/issues/13", "/issues/" + blocker, "2435613241", id}
	for _, name := range []string{"IssueDependencies.setUp", "IssueDependencies.testAddBlockedBy", "IssueDependencies.testRemoveBlockedBy"} {
		for _, e := range pygithub(t, name) {
			s.play(e, row{names: names, like: issueFor(e)})
		}
	}
}

// issueFor is a published route that answers an issue, as the deletions do that are not published.
func issueFor(e exchange) string {
	if e.method == http.MethodDelete {
		return "GET /repos/acme/api/issues/1"
	}
	return ""
}

// TestSubIssuesAreAddedAndRemoved replays PyGithub's tests of sub-issues. The issue has one before.
func TestSubIssuesAreAddedAndRemoved(t *testing.T) {
	s := onGitHub(t, generated(100))
	parent, _ := create(s, "acme/api", "parent")
	_, first := create(s, "acme/api", "first")
	child, id := create(s, "acme/api", "second")
	s.ask("POST", "/repos/acme/api/issues/"+parent+"/sub_issues", map[string]any{"sub_issue_id": number(first)})
	names := []string{"PyGithub/PyGithub", "acme/api", "/issues/5", "/issues/" + parent, "/issues/39", "/issues/" + child, "3235984940", id}
	for _, name := range []string{"SubIssue.testListSubIssues", "SubIssue.testAddSubIssue", "SubIssue.testRemoveSubIssue"} {
		for _, e := range pygithub(t, name) {
			s.play(e, row{names: names, like: issueFor(e)})
		}
	}
}

// TestACommentIsMinimized replays a mutation.
func TestACommentIsMinimized(t *testing.T) {
	s := onGitHub(t, generated(100))
	issue, _ := create(s, "acme/api", "commented")
	node := s.ask("POST", "/repos/acme/api/issues/"+issue+"/comments", map[string]any{"body": "x"})["node_id"].(string)
	for _, e := range pygithub(t, "IssueComment.testMinimize") {
		s.play(e, row{names: []string{"MDEyOklzc3VlQ29tbWVudDIwMjI3NzUz", node}})
	}
}

func number(text string) (n int64) {
	_, _ = fmt.Sscan(text, &n)
	return n
}
