package githubsim_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// linked is what the tests below need of an issue's JSON.
type linked struct {
	ID           int64  `json:"id"`
	Number       int    `json:"number"`
	UpdatedAt    string `json:"updated_at"`
	ParentURL    string `json:"parent_issue_url"`
	Dependencies struct {
		BlockedBy      int `json:"blocked_by"`
		TotalBlockedBy int `json:"total_blocked_by"`
		Blocking       int `json:"blocking"`
		TotalBlocking  int `json:"total_blocking"`
	} `json:"issue_dependencies_summary"`
	Subs struct {
		Total int `json:"total"`
	} `json:"sub_issues_summary"`
	Repository struct {
		FullName string `json:"full_name"`
	} `json:"repository"`
}

// TestDependenciesDoNotMoveUpdatedAt is why polling by since is blind to them.
func TestDependenciesDoNotMoveUpdatedAt(t *testing.T) {
	p := newSmall(t)
	c := goGitHub(t, serve(t, p.World, githubsim.Options{}), false)
	ctx := context.Background()
	call := func(method, path string, body, out any) int {
		t.Helper()
		req, err := c.NewRequest(method, path, body)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := c.Do(ctx, req, out)
		if resp == nil {
			t.Fatal(err)
		}
		return resp.StatusCode
	}
	get := func(path string) (out linked) { call("GET", path, nil, &out); return }
	before, other := get("repos/acme/api/issues/2"), get("repos/acme/web/issues/1")
	*p.clock = today.Add(time.Hour)

	var waiting linked
	if got := call("POST", "repos/acme/api/issues/2/dependencies/blocked_by", map[string]int64{"issue_id": other.ID}, &waiting); got != http.StatusCreated {
		t.Fatalf("POST blocked_by answers %d", got)
	}
	if waiting.Number != 2 || waiting.Dependencies.TotalBlockedBy != 1 || waiting.Dependencies.BlockedBy != 0 {
		t.Errorf("the answer is not the issue that waits for a closed one: %+v", waiting)
	}
	var list []linked
	if call("GET", "repos/acme/api/issues/2/dependencies/blocked_by", nil, &list); len(list) != 1 || list[0].Repository.FullName != "acme/web" {
		t.Errorf("blocked_by lists %+v", list)
	}
	if call("GET", "repos/acme/api/issues/2/dependencies/blocking", nil, &list); len(list) != 1 || list[0].Number != 1 {
		t.Errorf("blocking lists %+v", list)
	}
	if call("GET", "repos/acme/api/issues/1/dependencies/blocked_by", nil, &list); len(list) != 2 {
		t.Errorf("a hidden blocker is shown: %+v", list)
	}
	if got := call("POST", "repos/acme/api/issues/2/dependencies/blocked_by", map[string]int64{"issue_id": other.ID}, nil); got != http.StatusUnprocessableEntity {
		t.Errorf("the same dependency twice answers %d", got)
	}
	if got := call("POST", "repos/acme/api/issues/2/sub_issues", map[string]int64{"sub_issue_id": other.ID}, &waiting); got != http.StatusCreated || waiting.Subs.Total != 1 {
		t.Errorf("POST sub_issues answers %d %+v", got, waiting)
	}
	var parent linked
	if got := call("GET", "repos/acme/web/issues/1/parent", nil, &parent); got != http.StatusOK || parent.Number != 2 {
		t.Errorf("parent answers %d %+v", got, parent)
	}
	after, child := get("repos/acme/api/issues/2"), get("repos/acme/web/issues/1")
	if d := cmp.Diff([]string{after.UpdatedAt, child.UpdatedAt}, []string{before.UpdatedAt, other.UpdatedAt}); d != "" {
		t.Errorf("updated_at moved, got - want +:\n%s", d)
	}
	if child.ParentURL == "" || child.Dependencies.TotalBlocking != 2 {
		t.Errorf("the other end says %+v", child)
	}
	if got := call("DELETE", fmt.Sprintf("repos/acme/api/issues/2/dependencies/blocked_by/%d", other.ID), nil, &waiting); got != http.StatusOK || waiting.Dependencies.TotalBlockedBy != 0 {
		t.Errorf("DELETE blocked_by answers %d %+v", got, waiting)
	}
	if got := call("DELETE", "repos/acme/api/issues/2/sub_issue", map[string]int64{"sub_issue_id": other.ID}, nil); got != http.StatusOK {
		t.Errorf("DELETE sub_issue answers %d", got)
	}
	if got := call("GET", "repos/acme/web/issues/1/parent", nil, nil); got != http.StatusNotFound {
		t.Errorf("no parent answers %d", got)
	}
}

// TestBoardValuesMoveTheCardOnly: a changed iteration is invisible in the issue.
func TestBoardValuesMoveTheCardOnly(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	*p.clock = today
	if err := p.Write(func(s *world.State) error {
		s.SetValue(p.board.Items[0], world.Value{Field: p.board.Field("Team"), Text: "Core"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	out, _ := ask(t, base, `{organization(login:"acme"){projectV2(number:7){items(first:1){nodes{updatedAt content{... on Issue{updatedAt}}}}}}}`, nil)
	want := map[string]any{"updatedAt": "2026-03-11T09:00:00Z", "content": map[string]any{"updatedAt": "2026-02-09T09:00:00Z"}}
	if d := cmp.Diff(dig(out, "data", "organization", "projectV2", "items", "nodes", 0), any(want)); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
}
