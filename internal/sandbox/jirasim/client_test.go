package jirasim_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	jira "github.com/andygrunwald/go-jira"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

const token = "t0ken"

func clock() time.Time { return time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC) }

func start(t *testing.T, f jirasim.Flavour) (*world.World, *httptest.Server) {
	t.Helper()
	w := world.Generate(world.Options{Seed: 1, Items: 300, Now: clock})
	srv := httptest.NewServer(published(t, f, jirasim.New(w, jirasim.Options{Flavour: f, Token: token})))
	t.Cleanup(srv.Close)
	return w, srv
}

func client(t *testing.T, f jirasim.Flavour, base string) *jira.Client {
	t.Helper()
	var rt http.RoundTripper = &jira.BasicAuthTransport{Username: "bot@acme.example", Password: token}
	if f == jirasim.DataCenter {
		rt = &jira.PATAuthTransport{Token: token}
	}
	c, err := jira.NewClient(&http.Client{Transport: rt}, base)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestGoJiraWorksUnchanged(t *testing.T) {
	for _, f := range []jirasim.Flavour{jirasim.Cloud, jirasim.DataCenter} {
		t.Run(string(f), func(t *testing.T) {
			_, srv := start(t, f)
			c := client(t, f, srv.URL)
			me, _, err := c.User.GetSelf()
			if err != nil || me.DisplayName != "Strata" {
				t.Fatalf("myself: %v, %v", me, err)
			}
			var issues []jira.Issue
			const jql = "project = WEB AND statusCategory != Done ORDER BY updated ASC, key ASC"
			if f == jirasim.Cloud {
				issues, _, err = c.Issue.SearchV2JQL(jql, &jira.SearchOptionsV2{MaxResults: 20, Fields: []string{"*all"}})
			} else {
				issues, _, err = c.Issue.Search(jql, &jira.SearchOptions{MaxResults: 20})
			}
			if err != nil || len(issues) != 20 {
				t.Fatalf("search: %d issues, %v", len(issues), err)
			}
			one, _, err := c.Issue.Get(issues[0].Key, nil)
			if err != nil || one.ID != issues[0].ID || one.Fields.Summary == "" {
				t.Fatalf("get: %v, %v", one, err)
			}
			said, resp, err := c.Issue.AddComment(one.ID, &jira.Comment{Body: "hello"})
			if err != nil || resp.StatusCode != http.StatusCreated {
				t.Fatalf("comment: %v", err)
			}
			said.Body = "hello again"
			if said, _, err = c.Issue.UpdateComment(one.ID, said); err != nil || said.Body != "hello again" {
				t.Fatalf("update: %v, %v", said, err)
			}
			if err := c.Issue.DeleteComment(one.ID, said.ID); err != nil {
				t.Fatalf("delete: %v", err)
			}
			// go-jira's own GetList expects an array, which no Jira sends.
			var types struct {
				Types []jira.IssueLinkType `json:"issueLinkTypes"`
			}
			req, _ := c.NewRequest("GET", "rest/api/2/issueLinkType", nil)
			if _, err := c.Do(req, &types); err != nil || len(types.Types) < 5 {
				t.Fatalf("link types: %v, %v", types, err)
			}
			boards, _, err := c.Board.GetAllBoards(&jira.BoardListOptions{BoardType: "scrum"})
			if err != nil || len(boards.Values) < 2 {
				t.Fatalf("boards: %v, %v", boards, err)
			}
			sprints, _, err := c.Board.GetAllSprintsWithOptions(boards.Values[0].ID, &jira.GetAllSprintsOptions{State: "active"})
			if err != nil || len(sprints.Values) != 1 || sprints.Values[0].EndDate == nil {
				t.Fatalf("sprints: %v, %v", sprints, err)
			}
			if _, _, err := c.Field.GetList(); err != nil {
				t.Fatalf("fields: %v", err)
			}
			link := &jira.IssueLink{Type: jira.IssueLinkType{Name: "Blocks"}, InwardIssue: &jira.Issue{Key: "WEB-5"}, OutwardIssue: &jira.Issue{Key: one.Key}}
			if _, err := c.Issue.AddLink(link); err != nil {
				t.Fatalf("link: %v", err)
			}
			if one, _, err = c.Issue.Get(one.Key, nil); err != nil {
				t.Fatal(err)
			}
			last := one.Fields.IssueLinks[len(one.Fields.IssueLinks)-1]
			if last.InwardIssue == nil || last.InwardIssue.Key != "WEB-5" {
				t.Errorf("got %+v; want to be blocked by WEB-5", last)
			}
			_, _, err = c.Issue.Get("NOPE-1", nil)
			if err == nil || !strings.Contains(err.Error(), "does not exist or you do not have permission") {
				t.Errorf("got %v; want Jira's 404", err)
			}
		})
	}
}
