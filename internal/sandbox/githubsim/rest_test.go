package githubsim_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v66/github"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// goGitHub is the real client, pointed at the simulator.
func goGitHub(t *testing.T, base string, enterprise bool) *github.Client {
	t.Helper()
	c := github.NewClient(nil).WithAuthToken(token)
	prefix := "/"
	if enterprise {
		prefix = "/api/v3/"
	}
	url, err := c.BaseURL.Parse(base + prefix)
	if err != nil {
		t.Fatal(err)
	}
	c.BaseURL = url
	return c
}

func TestGoGitHubReadsPagesOfIssues(t *testing.T) {
	p := newSmall(t)
	for _, enterprise := range []bool{false, true} {
		c := goGitHub(t, serve(t, p.World, githubsim.Options{}), enterprise)
		var got []string
		options := &github.IssueListByRepoOptions{State: "all", Sort: "created", Direction: "asc", ListOptions: github.ListOptions{PerPage: 2}}
		for {
			page, resp, err := c.Issues.ListByRepo(context.Background(), "acme", "api", options)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range page {
				got = append(got, fmt.Sprintf("%d %v %s", i.GetNumber(), i.IsPullRequest(), i.GetState()))
			}
			if resp.Rate.Limit != 5000 || resp.Rate.Remaining != 5000-options.Page-1+min(options.Page, 1) {
				t.Errorf("rate after page %d: %+v", options.Page, resp.Rate)
			}
			if resp.NextPage == 0 {
				break
			}
			options.Page = resp.NextPage
		}
		if d := cmp.Diff(got, []string{"1 false open", "2 false open", "3 true open"}); d != "" {
			t.Errorf("got - want +:\n%s", d)
		}
	}
}

func TestGoGitHubWritesComments(t *testing.T) {
	p := newSmall(t)
	c := goGitHub(t, serve(t, p.World, githubsim.Options{}), false)
	ctx := context.Background()
	posted, resp, err := c.Issues.CreateComment(ctx, "acme", "api", 1, &github.IssueComment{Body: github.String("one")})
	if err != nil || resp.StatusCode != http.StatusCreated || posted.GetUser().GetLogin() != "strata-bot" {
		t.Fatalf("post: %v %v", posted, err)
	}
	*p.clock = today.Add(time.Hour)
	edited, _, err := c.Issues.EditComment(ctx, "acme", "api", posted.GetID(), &github.IssueComment{Body: github.String("two")})
	if err != nil || edited.GetBody() != "two" || !edited.GetUpdatedAt().Equal(github.Timestamp{Time: today.Add(time.Hour)}) {
		t.Fatalf("edit: %v %v", edited, err)
	}
	all, _, err := c.Issues.ListComments(ctx, "acme", "api", 0, &github.IssueListCommentsOptions{Sort: github.String("updated"), Direction: github.String("asc"), Since: &today})
	if err != nil || len(all) != 1 || !strings.HasSuffix(all[0].GetIssueURL(), "/repos/acme/api/issues/1") {
		t.Fatalf("repository-wide: %v %v", all, err)
	}
	issue, _, err := c.Issues.Get(ctx, "acme", "api", 1)
	if err != nil || issue.GetComments() != 1 || !issue.GetUpdatedAt().Equal(github.Timestamp{Time: today.Add(time.Hour)}) {
		t.Fatalf("a comment moves updated_at: %v %v", issue, err)
	}
	if resp, err := c.Issues.DeleteComment(ctx, "acme", "api", posted.GetID()); err != nil || resp.StatusCode != http.StatusNoContent {
		t.Fatalf("delete: %v", err)
	}
	if _, resp, _ := c.Issues.GetComment(ctx, "acme", "api", posted.GetID()); resp.StatusCode != http.StatusNotFound {
		t.Errorf("a deleted comment answers %d", resp.StatusCode)
	}
	got := p.Meter(world.GitHub).Read().ByRoute
	want := map[string]map[string]int{
		"POST /repos/{owner}/{repo}/issues/{number}/comments":       {"201": 1},
		"PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}":  {"200": 1},
		"GET /repos/{owner}/{repo}/issues/comments":                 {"200": 1},
		"GET /repos/{owner}/{repo}/issues/{number}":                 {"200": 1},
		"DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}": {"204": 1},
		"GET /repos/{owner}/{repo}/issues/comments/{comment_id}":    {"404": 1},
	}
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("accounting, got - want +:\n%s", d)
	}
}

func TestGoGitHubSeesRefusals(t *testing.T) {
	p := newSmall(t)
	c := goGitHub(t, serve(t, p.World, githubsim.Options{}), false)
	ctx := context.Background()
	if err := p.Write(func(s *world.State) error {
		s.SetLock(p.schema, true, "resolved")
		p.web.Archived = true
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		repo, body string
		number     int
		status     int
		message    string
		errors     []github.Error
	}{
		{"api", strings.Repeat("x", 65537), 1, 422, "Validation Failed", []github.Error{{Resource: "IssueComment", Code: "unprocessable", Field: "data", Message: "Body is too long (maximum is 65536 characters)"}}},
		{"api", "x", 2, 403, "Unable to create comment because issue is locked.", nil},
		{"api", "x", 99, 404, "Not Found", nil},
		{"secret", "x", 1, 404, "Not Found", nil},
		{"web", "x", 1, 403, "Repository was archived so is read-only.", nil},
	} {
		_, _, err := c.Issues.CreateComment(ctx, "acme", step.repo, step.number, &github.IssueComment{Body: &step.body})
		var refused *github.ErrorResponse
		if !errors.As(err, &refused) {
			t.Errorf("%s#%d: %v", step.repo, step.number, err)
			continue
		}
		if refused.Response.StatusCode != step.status || refused.Message != step.message || cmp.Diff(refused.Errors, step.errors) != "" {
			t.Errorf("%s#%d: got %d %q %v", step.repo, step.number, refused.Response.StatusCode, refused.Message, refused.Errors)
		}
	}
}

func TestPersonClosesAndReopens(t *testing.T) {
	p := newSmall(t)
	c := goGitHub(t, serve(t, p.World, githubsim.Options{Token: "other", People: map[string]string{token: "ann"}}), false)
	ctx := context.Background()
	closed, _, err := c.Issues.Edit(ctx, "acme", "api", 1, &github.IssueRequest{State: github.String("closed"), StateReason: github.String("not_planned")})
	if err != nil || closed.GetStateReason() != "not_planned" || closed.GetClosedBy().GetLogin() != "ann" || closed.ClosedAt == nil {
		t.Fatalf("%v %v", closed, err)
	}
	opened, _, err := c.Issues.Edit(ctx, "acme", "api", 1, &github.IssueRequest{State: github.String("open")})
	if err != nil || opened.GetStateReason() != "reopened" || opened.ClosedAt != nil {
		t.Fatalf("%v %v", opened, err)
	}
	made, _, err := c.Issues.Create(ctx, "acme", "api", &github.IssueRequest{Title: github.String("New"), Labels: &[]string{"x"}})
	if err != nil || made.GetNumber() != 4 || made.Labels[0].GetName() != "x" {
		t.Fatalf("%v %v", made, err)
	}
	p.Read(func(s *world.State) {
		var ops []string
		for _, e := range s.Since(world.GitHub, 0) {
			ops = append(ops, e.Op+" "+e.Item+" "+e.Author)
		}
		if d := cmp.Diff(ops, []string{"close acme/api#1 ann", "reopen acme/api#1 ann", "create acme/api#4 ann"}); d != "" {
			t.Errorf("journal, got - want +:\n%s", d)
		}
	})
}

func TestTransferredAndDeletedIssues(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	if err := p.Write(func(s *world.State) error {
		s.Transfer(p.schema, p.web)
		s.DeleteGitHub(p.pull)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	patient := client(token)
	patient.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for path, want := range map[string]string{
		"/repos/acme/api/issues/2":                         fmt.Sprintf("301 %s/repositories/%d/issues/3", base, p.web.ID),
		"/repos/acme/api/issues/2/comments":                "404 ",
		"/repos/acme/api/issues/3":                         "410 ",
		"/repos/acme/web/issues/3":                         "200 ",
		fmt.Sprintf("/repositories/%d/issues/3", p.web.ID): "200 ",
	} {
		resp, err := patient.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if got := fmt.Sprintf("%d %s", resp.StatusCode, resp.Header.Get("Location")); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}
