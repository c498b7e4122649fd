package jira_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/tracker"
	"strata/internal/tracker/jira"
	"strata/internal/work"
)

// spoken is a comment as Jira sends it, by an author in Jira's words.
func spoken(id, author, body string) string {
	return fmt.Sprintf(`{"id":%q,"author":%s,"updateAuthor":%s,"body":%q,"created":"2026-03-02T10:15:42.000+0100","updated":"2026-03-02T10:16:42.000+0100"}`, id, author, author, body)
}

func TestRemarksComeWithTheSearch(t *testing.T) {
	f := newFake(t, "Cloud", func(c *jira.Config) { c.FormerAccounts = []string{"old-bot"} })
	f.on("POST search/jql", say(200, found(5,
		spoken("12", `{"accountId":"a-2","accountType":"app","displayName":"Sync"}`, "strata ack"),
		spoken("11", `{"accountId":"a-1","accountType":"atlassian","displayName":"Ada A.","emailAddress":"ada@acme.com"}`, "Fine.\n/strata ack"),
		spoken("13", `{"accountId":"bot-1","displayName":"Strata"}`, "strata ack"),
		spoken("14", `{"accountId":"old-bot","displayName":"Strata"}`, "strata ack"),
		spoken("15", `{"accountId":"a-1","displayName":"Ada A."}`, "{quote}strata ack{quote}"))))
	f.on("POST comment/list", say(200, `{"values":[]}`))
	page := read(t, f)
	remark := work.Remark{
		Item: ref, ID: "11", URL: f.URL + "/browse/WEB-1?focusedCommentId=11", Author: work.Person{ID: "a-1", Name: "Ada A."},
		Dialect: work.JiraWiki, Body: "Fine.\n/strata ack",
		Created: time.Date(2026, 3, 2, 9, 15, 42, 0, time.UTC), Updated: time.Date(2026, 3, 2, 9, 16, 42, 0, time.UTC),
	}
	app := remark
	app.ID, app.URL, app.Author, app.Bot, app.Body = "12", f.URL+"/browse/WEB-1?focusedCommentId=12", work.Person{ID: "a-2", Name: "Sync"}, true, "strata ack"
	if diff := cmp.Diff(page.Remarks, []work.Remark{remark, app}); diff != "" {
		t.Errorf("remarks (-got +want):\n%s", diff)
	}
	if calls := f.sent("GET issue/10001/comment"); len(calls) != 0 {
		t.Errorf("comments were listed %d times; want none, the search told them all", len(calls))
	}
}

func TestRemarksOfALongDiscussionComeFromTheList(t *testing.T) {
	f := newFake(t, "Cloud")
	ada := `{"accountId":"a-1","displayName":"Ada A."}`
	f.on("POST search/jql", say(200, found(2, spoken("11", ada, "hello"))))
	f.on("GET issue/10001/comment", say(200, fmt.Sprintf(`{"total":2,"comments":[%s,%s]}`, spoken("11", ada, "hello"), spoken("12", ada, "/strata ack"))))
	page := read(t, f)
	if len(page.Remarks) != 1 || page.Remarks[0].ID != "12" || !slices.Equal(page.Commented, []work.Ref{ref}) {
		t.Errorf("remarks = %+v; want the one behind the embedded comments", page.Remarks)
	}
}

func TestNoAddressIsKeptWhereItIsTheName(t *testing.T) {
	f := newFake(t, "Server")
	f.on("POST search", say(200, found(2,
		spoken("11", `{"name":"ada@acme.com","key":"JIRAUSER10100","displayName":"Ada A.","emailAddress":"ada@acme.com"}`, "/strata ack"),
		spoken("12", `{"name":"ben","key":"JIRAUSER10101","displayName":"Ben B.","emailAddress":"ben@acme.com"}`, "/strata ack"))))
	var people []work.Person
	for _, r := range read(t, f).Remarks {
		people = append(people, r.Author)
	}
	if diff := cmp.Diff(people, []work.Person{{ID: "JIRAUSER10100", Name: "Ada A."}, {ID: "ben", Name: "Ben B."}}); diff != "" {
		t.Errorf("authors (-got +want):\n%s", diff)
	}
	// Asking for her rights needs her name, which this process met.
	f.on("GET user/permission/search", func(w http.ResponseWriter, r *http.Request) {
		if q := r.URL.Query(); q.Get("username") != "ada@acme.com" || q.Get("issueKey") != "WEB-1" || q.Get("permissions") != "EDIT_ISSUES" {
			t.Errorf("asked for %v", q)
		}
		say(200, `[{"name":"ada@acme.com.au","key":"JIRAUSER10777"},{"name":"ada@acme.com","key":"JIRAUSER10100"}]`)(w, r)
	})
	if may, err := f.tracker.MayEdit(t.Context(), ref, "JIRAUSER10100"); !may || err != nil {
		t.Errorf("MayEdit = %v, %v; want yes", may, err)
	}
	if calls := f.sent("GET user"); len(calls) != 0 {
		t.Errorf("users were looked up %d times; want none", len(calls))
	}
}

func TestAUserOfDataCenterIsLookedUpAfterAStart(t *testing.T) {
	f := newFake(t, "Server")
	f.on("GET issue/10001", say(200, `{"id":"10001","key":"WEB-1","fields":{"project":{"key":"WEB"}}}`))
	f.on("GET user", func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Query().Encode() {
		case "username=ben", "key=JIRAUSER10101":
			say(200, `{"name":"ben","key":"JIRAUSER10101"}`)(w, r)
		case "key=JIRAUSER10100":
			say(200, `{"name":"ada@acme.com","key":"JIRAUSER10100"}`)(w, r)
		default:
			say(404, `{"errorMessages":["The user does not exist"]}`)(w, r)
		}
	})
	// The beginning of a name fits others too; only the user herself counts.
	f.on("GET user/permission/search", say(200, `[{"name":"benjamin","key":"JIRAUSER10900"},{"name":"ada@acme.com","key":"JIRAUSER10100"}]`))
	for author, want := range map[string]bool{"ben": false, "JIRAUSER10100": true} {
		if may, err := f.tracker.MayEdit(t.Context(), ref, author); may != want || err != nil {
			t.Errorf("MayEdit of %s = %v, %v; want %v", author, may, err, want)
		}
	}
	for _, stranger := range []string{"nobody", "JIRAUSER10101"} { // the second is remembered as ben
		if may, err := f.tracker.MayEdit(t.Context(), ref, stranger); may || tracker.KindOf(err) != tracker.NotFound {
			t.Errorf("MayEdit of %s = %v, %v; want not found", stranger, may, err)
		}
	}
}

func TestRightsThatJiraDoesNotTellAreAnError(t *testing.T) {
	f := newFake(t, "Cloud")
	f.on("POST search/jql", say(200, found(0)))
	read(t, f)
	logins := len(f.sent("GET myself"))
	f.on("GET user/permission/search", say(403, `{"errorMessages":["Forbidden"]}`))
	may, err := f.tracker.MayEdit(t.Context(), ref, "a-1")
	if may || tracker.KindOf(err) != tracker.Rejected || !strings.Contains(fmt.Sprint(err), "ADMINISTER_PROJECTS") {
		t.Errorf("MayEdit = %v, %v; want rejected, with the permission that is missing", may, err)
	}
	f.on("GET user/permission/search", say(404, `{"errorMessages":["Issue does not exist"]}`))
	if may, err := f.tracker.MayEdit(t.Context(), ref, "a-1"); may || tracker.KindOf(err) != tracker.NotFound {
		t.Errorf("MayEdit = %v, %v; want not found", may, err)
	}
	if n := len(f.sent("GET myself")); n != logins {
		t.Errorf("%d logins; want the %d of before: the login is not in doubt", n, logins)
	}
	f.on("GET user/permission/search", say(401, ``))
	if may, err := f.tracker.MayEdit(t.Context(), ref, "a-1"); may || tracker.KindOf(err) != tracker.Unauthorized {
		t.Errorf("MayEdit = %v, %v; want unauthorized", may, err)
	}
	f.on("GET user/permission/search", say(200, `[{"accountId":"a-1"}]`))
	if may, err := f.tracker.MayEdit(t.Context(), ref, "a-1"); !may || err != nil {
		t.Errorf("MayEdit = %v, %v; want yes", may, err)
	}
}

func TestManyUsersOfOneNameAreAskedForInPages(t *testing.T) {
	f := newFake(t, "Server")
	f.on("POST search", say(200, found(1, spoken("11", `{"name":"ann","key":"JIRAUSER1","displayName":"Ann"}`, "/strata ack"))))
	read(t, f)
	many := strings.TrimSuffix(strings.Repeat(`{"name":"anna","key":"JIRAUSER2"},`, 1000), ",")
	f.on("GET user/permission/search", func(w http.ResponseWriter, r *http.Request) {
		answer := map[string]string{"0": many, "1000": `{"name":"ann","key":"JIRAUSER1"}`}
		say(200, "["+answer[r.URL.Query().Get("startAt")]+"]")(w, r)
	})
	if may, err := f.tracker.MayEdit(t.Context(), ref, "ann"); !may || err != nil {
		t.Errorf("MayEdit = %v, %v; want yes", may, err)
	}
}
