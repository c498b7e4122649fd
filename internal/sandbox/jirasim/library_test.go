package jirasim_test

import (
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	jira "github.com/andygrunwald/go-jira"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// TestGoJirasMethodsWork calls what the library offers beside reading and
// commenting. Each method decodes its answer by itself.
func TestGoJirasMethodsWork(t *testing.T) {
	for _, f := range flavours {
		w := world.Generate(world.Options{Seed: 1, Items: 300, Now: clock})
		srv := httptest.NewServer(published(t, f, jirasim.New(w, jirasim.Options{Flavour: f, Token: token})))
		defer srv.Close()
		k := talk{t: t, w: w, srv: srv, f: f}
		c := client(t, k.f, k.srv.URL)
		check := func(what string, err error) {
			t.Helper()
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
		}
		made, _, err := c.Issue.Create(&jira.Issue{Fields: &jira.IssueFields{Project: jira.Project{Key: "WEB"}, Type: jira.IssueType{Name: "Task"}, Summary: "by the library",
			Description: "text", Labels: []string{"lib"}}})
		check("create", err)
		_, _, err = c.Issue.Update(&jira.Issue{Key: made.Key, Fields: &jira.IssueFields{Summary: "by the library, again"}})
		check("update", err)
		ways, _, err := c.Issue.GetTransitions(made.Key)
		check("transitions", err)
		_, err = c.Issue.DoTransition(made.Key, ways[len(ways)-1].ID)
		check("transition", err)
		who := &jira.User{Name: "ada"}
		if k.f == jirasim.Cloud {
			who = &jira.User{AccountID: k.user("ada")["accountId"].(string)}
		}
		_, err = c.Issue.UpdateAssignee(made.Key, who)
		check("assign", err)
		remote, _, err := c.Issue.AddRemoteLink(made.Key, &jira.RemoteLink{GlobalID: "g", Object: &jira.RemoteLinkObject{URL: "https://x.example", Title: "X"}})
		check("remote link", err)
		_, err = c.Issue.UpdateRemoteLink(made.Key, remote.ID, &jira.RemoteLink{GlobalID: "g", Object: &jira.RemoteLinkObject{URL: "https://y.example", Title: "Y"}})
		check("update remote link", err)
		links, _, err := c.Issue.GetRemoteLinks(made.Key)
		check("remote links", err)
		_, _, err = c.Issue.AddWorklogRecord(made.ID, &jira.WorklogRecord{TimeSpentSeconds: 600})
		check("worklog", err)
		one, _, err := c.Issue.Get(made.Key, &jira.GetQueryOptions{Expand: "changelog,transitions,renderedFields"})
		check("get", err)
		if f := one.Fields; f.Summary != "by the library, again" || f.Status.Name != "Done" || f.Resolution.Name != "Done" || f.Assignee.DisplayName != "Ada A." ||
			f.TimeSpent != 600 || (*links)[0].Object.Title != "Y" || len(one.Changelog.Histories) < 5 {
			t.Errorf("got %+v, %v", f, one.Changelog)
		}
		if k.f == jirasim.Cloud { // of a Data Center's watchers the library falls over the missing account ids
			_, _, err = c.Issue.GetWatchers(made.ID)
			check("watchers", err)
		}
		_, _, err = c.Issue.GetEditMeta(one)
		check("editmeta", err)
		if k.f == jirasim.Cloud {
			_, _, err = c.Issue.GetCreateMeta("WEB")
			check("createmeta", err)
		}
		_, err = c.Issue.Delete(made.Key)
		check("delete", err)
		lists(t, k, c)
	}
}

func TestAFileIsAttachedAndSaved(t *testing.T) {
	for _, f := range flavours {
		srv := httptest.NewServer(published(t, f, jirasim.New(world.Generate(world.Options{Seed: 1, Items: 100, Now: clock}), jirasim.Options{Flavour: f, Token: token})))
		defer srv.Close()
		c := client(t, f, srv.URL)
		made, _, err := c.Issue.PostAttachment("WEB-2", strings.NewReader("<script>x</script>"), "note.html")
		if err != nil || (*made)[0].Filename != "note.html" || (*made)[0].Size != 18 {
			t.Fatalf("%s: attach: %v, %v", f, made, err)
		}
		got, err := c.Issue.DownloadAttachment((*made)[0].ID)
		if err != nil {
			t.Fatalf("%s: download: %v", f, err)
		}
		text, _ := io.ReadAll(got.Body)
		if string(text) != "<script>x</script>" || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: got %q, %v", f, text, got.Header)
		}
		one, _, err := c.Issue.Get("WEB-2", nil)
		if err != nil || len(one.Fields.Attachments) != 1 {
			t.Errorf("%s: the issue shows %v, %v", f, one, err)
		}
	}
}

// lists reads the catalogues with the library.
func lists(t *testing.T, k talk, c *jira.Client) {
	t.Helper()
	for what, read := range map[string]func() (int, error){
		"projects":    func() (int, error) { v, _, err := c.Project.GetList(); return len(*v), err },
		"project":     func() (int, error) { v, _, err := c.Project.Get("WEB"); return len(v.IssueTypes), err },
		"statuses":    func() (int, error) { v, _, err := c.Status.GetAllStatuses(); return len(v), err },
		"categories":  func() (int, error) { v, _, err := c.StatusCategory.GetList(); return len(v), err },
		"resolutions": func() (int, error) { v, _, err := c.Resolution.GetList(); return len(v), err },
		"priorities":  func() (int, error) { v, _, err := c.Priority.GetList(); return len(v), err },
		"link type":   func() (int, error) { v, _, err := c.IssueLinkType.Get("10000"); return len(v.Outward), err },
		"board":       func() (int, error) { v, _, err := c.Board.GetBoard(1); return v.ID, err },
		"sprints":     func() (int, error) { v, _, err := c.Board.GetAllSprints("1"); return len(v), err },
		"board config": func() (int, error) {
			v, _, err := c.Board.GetBoardConfiguration(1)
			return len(v.ColumnConfig.Columns), err
		},
		"sprint issues": func() (int, error) { v, _, err := c.Sprint.GetIssuesForSprint(6); return len(v), err },
		"sprint issue":  func() (int, error) { v, _, err := c.Sprint.GetIssue("WEB-5", nil); return len(v.Key), err },
		"move":          func() (int, error) { _, err := c.Sprint.MoveIssuesToSprint(7, []string{"WEB-5"}); return 1, err },
		"user": func() (int, error) {
			if k.f == jirasim.DataCenter {
				v, _, err := c.User.Find("ada", jira.WithUsername("ada"))
				return len(v), err
			}
			v, _, err := c.User.GetByAccountID(k.user("ada")["accountId"].(string))
			return len(v.DisplayName), err
		},
		"members": func() (int, error) { v, _, err := c.Group.Get("jira-software-users"); return len(v), err },
	} {
		if n, err := read(); err != nil || n == 0 {
			t.Errorf("%s: got %d, %v", what, n, err)
		}
	}
}
