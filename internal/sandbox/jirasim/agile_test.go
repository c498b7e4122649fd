package jirasim_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/jirasim"
)

const agile = "/rest/agile/1.0"

// issuesOf are the keys of a page of issues.
func issuesOf(a answer) string {
	var out []string
	for _, i := range a.json["issues"].([]any) {
		out = append(out, path(i, "key").(string))
	}
	return strings.Join(out, " ")
}

func TestASprintIsMadePlannedStartedAndClosed(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		made := k.must(201, "POST", agile+"/sprint", m{"name": "Next one", "goal": "Commas, = and [brackets]", "originBoardId": 1,
			"startDate": "2026-06-01T08:00:00.000Z", "endDate": "2026-06-12T18:00:00.000+02:00"})
		if made.json["state"] != "future" || made.json["endDate"] != "2026-06-12T16:00:00.000Z" {
			t.Errorf("made: got %s", made.text)
		}
		sprint := fmt.Sprintf("%s/sprint/%v", agile, made.json["id"])
		key := k.created(nil)
		k.must(204, "POST", sprint+"/issue", m{"issues": []string{key}})
		if got := issuesOf(k.must(200, "GET", sprint+"/issue?fields=summary", nil)); got != key {
			t.Errorf("issues: got %q", got)
		}
		field := fmt.Sprint(path(k.field(key, "customfield_10020"), 0))
		if k.f == jirasim.Cloud && !strings.Contains(field, "goal:Commas, = and [brackets]") || k.f == jirasim.DataCenter && !strings.Contains(field, ",goal=Commas, = and [brackets],") {
			t.Errorf("sprint field: got %s", field)
		}
		k.refused(400, "from future to active", "POST", sprint, m{"state": "closed"})
		k.must(200, "POST", sprint, m{"state": "active"})
		k.refused(400, "cannot be deleted", "DELETE", sprint, nil)
		k.refused(400, "from future to active", "POST", sprint, m{"state": "future"})
		closed := k.must(200, "PUT", sprint, m{"name": "Renamed", "state": "closed", "startDate": "2026-06-01T08:00:00.000Z", "endDate": "2026-06-12T18:00:00.000Z"})
		if closed.json["completeDate"] == nil || closed.json["name"] != "Renamed" || closed.json["goal"] != "" {
			t.Errorf("closed: got %s", closed.text)
		}
		k.refused(400, "closed sprint", "POST", sprint+"/issue", m{"issues": []string{key}})
		if !strings.Contains(strings.ToLower(fmt.Sprint(k.field(key, "customfield_10020"))), "closed") {
			t.Errorf("the issue shows %v", k.field(key, "customfield_10020"))
		}
		k.must(204, "DELETE", sprint, nil)
		if got := k.field(key, "customfield_10020"); got != nil {
			t.Errorf("deleted: the issue shows %v", got)
		}
		k.refused(404, "Sprint does not exist", "GET", sprint, nil)
		k.refused(400, "does not support sprints", "GET", agile+"/board/3/sprint", nil)
		k.refused(400, "not one of future", "GET", agile+"/board/1/sprint?state=open", nil)
		k.refused(400, "Invalid date format", "POST", agile+"/sprint", m{"name": "x", "originBoardId": 1, "startDate": "soon"})
	})
}

func TestTheBacklogIsRanked(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		a, b, c := k.created(nil), k.created(nil), k.created(nil)
		order := func() string {
			return issuesOf(k.must(200, "GET", agile+"/board/1/backlog?fields=summary&maxResults=100&jql=key%20in%20("+a+","+b+","+c+")%20ORDER%20BY%20Rank", nil))
		}
		if got := order(); got != a+" "+b+" "+c {
			t.Errorf("made: got %s", got)
		}
		k.must(204, "PUT", agile+"/issue/rank", m{"issues": []string{c}, "rankBeforeIssue": a})
		if got := order(); got != c+" "+a+" "+b {
			t.Errorf("before: got %s", got)
		}
		k.must(204, "PUT", agile+"/issue/rank", m{"issues": []string{c, a}, "rankAfterIssue": b})
		if got := order(); got != b+" "+c+" "+a {
			t.Errorf("after: got %s", got)
		}
		k.must(400, "PUT", agile+"/issue/rank", m{"issues": []string{c}, "rankBeforeIssue": "WEB-99999"})
		k.must(204, "POST", agile+"/sprint/7/issue", m{"issues": []string{a}})
		if got := order(); got != b+" "+c {
			t.Errorf("planned: got %s", got)
		}
		k.must(204, "POST", agile+"/backlog/issue", m{"issues": []string{a}})
		if got := order(); got != b+" "+c+" "+a {
			t.Errorf("back: got %s", got)
		}
	})
}

func TestEpicsHaveTheirStories(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		epic := k.created(m{"issuetype": named("Epic"), "summary": "An epic"})
		a, b := k.created(nil), k.created(nil)
		k.must(204, "POST", agile+"/epic/"+epic+"/issue", m{"issues": []string{a, b}})
		if got := issuesOf(k.must(200, "GET", agile+"/epic/"+epic+"/issue", nil)); got != a+" "+b {
			t.Errorf("got %s", got)
		}
		shown := k.must(200, "GET", agile+"/issue/"+a, nil)
		if path(shown.json, "fields", "epic", "key") != epic || path(shown.json, "fields", "flagged") != false || path(shown.json, "fields", "closedSprints") == nil {
			t.Errorf("agile form: got %.300s", shown.text)
		}
		k.must(204, "PUT", api+"/issue/"+a, m{"fields": m{"customfield_10021": []m{{"value": "Impediment"}}}})
		if got := path(k.must(200, "GET", agile+"/issue/"+a+"?fields=flagged", nil).json, "fields"); !cmp.Equal(got, m{"flagged": true}) {
			t.Errorf("flagged: got %v", got)
		}
		if got := k.must(200, "GET", agile+"/board/1/epic", nil).text; !strings.Contains(got, `"key":"`+epic+`"`) {
			t.Errorf("board's epics: got %s", got)
		}
		k.must(204, "POST", agile+"/epic/none/issue", m{"issues": []string{a}})
		if got := issuesOf(k.must(200, "GET", agile+"/epic/"+epic+"/issue", nil)); got != b {
			t.Errorf("left: got %s", got)
		}
		k.refused(400, "an epic or a sub-task", "POST", agile+"/epic/"+epic+"/issue", m{"issues": []string{a, epic}})
		if got := k.must(200, "POST", agile+"/epic/"+epic, m{"name": "Short", "done": true}); got.json["name"] != "Short" || got.json["done"] != true {
			t.Errorf("updated: got %s", got.text)
		}
		k.refused(404, "epic", "GET", agile+"/epic/"+b, nil)
	})
}

func TestABoardNamesItsFields(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		got := k.must(200, "GET", agile+"/board/1/configuration", nil)
		if path(got.json, "estimation", "field", "fieldId") != "customfield_10016" || path(got.json, "ranking", "rankCustomFieldId") != 10019.0 ||
			path(got.json, "columnConfig", "columns", -1, "name") != "Done" {
			t.Errorf("got %s", got.text)
		}
		page := k.must(200, "GET", agile+"/board/1/issue?maxResults=2&startAt=1&fields=summary", nil)
		if n := len(page.json["issues"].([]any)); n != 2 || page.json["total"].(float64) < 50 || page.json["startAt"] != 1.0 {
			t.Errorf("issues: got %.300s", page.text)
		}
		k.refused(404, "board cannot be viewed", "GET", agile+"/board/999", nil)
		if k.f == jirasim.Cloud { // the newer form: every issue once, by token
			seen, token := map[string]bool{}, ""
			for {
				next := k.must(200, "GET", "/rest/software/1.0/board/1/issue?maxResults=40&fields=summary&nextPageToken="+token, nil)
				for key := range strings.FieldsSeq(issuesOf(next)) {
					seen[key] = true
				}
				if token, _ = next.json["nextPageToken"].(string); token == "" {
					break
				}
			}
			if want := k.must(200, "GET", "/rest/software/1.0/board/1/issue/approximate-count", nil).json["count"]; float64(len(seen)) != want || want != page.json["total"] {
				t.Errorf("by token: got %d; want %v and %v", len(seen), want, page.json["total"])
			}
		}
		if got := k.must(200, "PUT", agile+"/issue/WEB-5/estimation?boardId=1", m{"value": "8"}); got.json["value"] != 8.0 {
			t.Errorf("estimation: got %s", got.text)
		}
	})
}
