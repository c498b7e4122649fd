package jirasim_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

func journal(k talk) []world.Entry {
	var out []world.Entry
	k.w.Read(func(s *world.State) { out = s.Since(world.Jira, 0) })
	return out
}

// told is a history in short: field, from → to.
func told(v any) []string {
	var out []string
	list, _ := v.([]any)
	for _, h := range list {
		for _, it := range path(h, "items").([]any) {
			out = append(out, fmt.Sprintf("%v %v → %v", path(it, "field"), path(it, "fromString"), path(it, "toString")))
		}
	}
	return out
}

func TestEveryChangeHasItsHistory(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		key, other := k.created(nil), k.created(nil)
		at := api + "/issue/" + key
		for _, step := range []func(){
			func() { k.must(204, "POST", at+"/transitions", m{"transition": m{"id": "21"}}) },
			func() { k.must(204, "PUT", at+"/assignee", k.user("ada")) },
			func() {
				k.must(204, "POST", "/rest/agile/1.0/sprint/7/issue", m{"issues": []string{key}})
			},
			func() {
				k.must(201, "POST", api+"/issueLink", m{"type": named("Blocks"), "inwardIssue": m{"key": other}, "outwardIssue": m{"key": key}})
			},
			func() { k.must(204, "POST", at+"/transitions", m{"transition": m{"id": "41"}}) },
			func() { k.mutate(`{"op":"move","item":"` + key + `","project":"CORE"}`) },
			func() {
				k.do("POST", at+"/remotelink", m{"object": m{"url": "https://x.example", "title": "X"}})
			},
		} {
			k.later()
			step()
		}
		got := k.must(200, "GET", at+"?expand=changelog&fields=summary", nil)
		moved := got.json["key"].(string)
		want := []string{
			"status To Do → In Progress", "assignee <nil> → Ada A.", "Sprint  → Web Sprint 7", "Link <nil> → This issue is blocked by " + other,
			"resolution <nil> → Done", "status In Progress → Done", "project Web → Core", "Key " + key + " → " + moved,
			`RemoteIssueLink <nil> → This issue links to "X (Web Link)"`,
		}
		history := told(path(got.json, "changelog", "histories"))
		if k.f == jirasim.Cloud { // newest first; items stay in their order
			history = told(k.must(200, "GET", at+"/changelog", nil).json["values"])
			if first := told(path(got.json, "changelog", "histories"))[0]; first != want[len(want)-1] {
				t.Errorf("newest first: got %s", first)
			}
		}
		if diff := cmp.Diff(history, want); diff != "" {
			t.Errorf("(-got +want):\n%s", diff)
		}
		seen := told(path(k.must(200, "GET", api+"/issue/"+other+"?expand=changelog&fields=summary", nil).json, "changelog", "histories"))
		if diff := cmp.Diff(seen, []string{"Link <nil> → This issue blocks " + key}); diff != "" {
			t.Errorf("the other end (-got +want):\n%s", diff)
		}
	})
}

func TestUsersAndFieldsOfAHistoryAreNamedAsTheFlavourDoes(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		k.must(204, "PUT", api+"/issue/WEB-5/assignee", k.user("ada"))
		k.must(204, "PUT", api+"/issue/WEB-5", m{"fields": m{"customfield_10016": 8}})
		histories := path(k.must(200, "GET", api+"/issue/WEB-5?expand=changelog", nil).json, "changelog", "histories").([]any)
		var given, points any
		for _, h := range histories {
			switch it := path(h, "items", 0); path(it, "field") {
			case "assignee":
				given = it
			case "Story Points":
				points = it
			}
		}
		want := map[jirasim.Flavour]string{jirasim.Cloud: "5f0000000000000000abc0", jirasim.DataCenter: "JIRAUSER10100"}[k.f]
		if to, _ := path(given, "to").(string); !strings.HasPrefix(to, want[:2]) || !strings.HasSuffix(to, want[len(want)-4:]) {
			t.Errorf("assignee: got %v", given)
		}
		if k.f == jirasim.Cloud && (path(points, "fieldId") != "customfield_10016" || path(given, "tmpToAccountId") != path(given, "to")) {
			t.Errorf("got %v, %v", points, given)
		}
		if path(points, "fieldtype") != "custom" {
			t.Errorf("got %v", points)
		}
	})
}

func TestCloudCutsALongHistoryInSearchesAndPagesItElsewhere(t *testing.T) {
	k := converse(t, jirasim.Cloud)
	for n := range 45 {
		k.later()
		k.must(204, "PUT", api+"/issue/WEB-5", m{"fields": m{"summary": fmt.Sprintf("s%d", n)}})
	}
	search := k.must(200, "POST", "/rest/api/3/search/jql", m{"jql": "key = WEB-5", "fields": []string{"summary"}, "expand": "changelog"})
	log := path(search.json, "issues", 0, "changelog")
	if n := len(path(log, "histories").([]any)); n != 40 || path(log, "total").(float64) < 45 || told(path(log, "histories"))[0] != "summary s43 → s44" {
		t.Errorf("search: got %d of %v, %s first", n, path(log, "total"), told(path(log, "histories"))[0])
	}
	bulk := k.must(200, "POST", "/rest/api/3/issue/bulkfetch", m{"issueIdsOrKeys": []string{"WEB-5"}, "fields": []string{"summary"}, "expand": []string{"changelog"}})
	if n := len(path(bulk.json, "issues", 0, "changelog", "histories").([]any)); n != 40 {
		t.Errorf("bulk: got %d", n)
	}
	if n := len(path(k.must(200, "GET", api+"/issue/WEB-5?expand=changelog", nil).json, "changelog", "histories").([]any)); n < 45 {
		t.Errorf("get: got %d", n)
	}
	page := k.must(200, "GET", "/rest/api/3/issue/WEB-5/changelog?maxResults=10&startAt=10", nil)
	if path(page.json, "isLast") != false || !strings.Contains(path(page.json, "nextPage").(string), "startAt=20") || len(page.json["values"].([]any)) != 10 {
		t.Errorf("page: got %.300s", page.text)
	}
	read, token := 0, ""
	for {
		body := m{"issueIdsOrKeys": []string{"WEB-5", "WEB-6"}, "maxResults": 20, "fieldIds": []string{"summary"}}
		if token != "" {
			body["nextPageToken"] = token
		}
		got := k.must(200, "POST", "/rest/api/3/changelog/bulkfetch", body)
		read += len(path(got.json, "issueChangeLogs", 0, "changeHistories").([]any))
		if token, _ = got.json["nextPageToken"].(string); token == "" {
			break
		}
	}
	if read != 45 {
		t.Errorf("bulk changelogs: got %d; want 45", read)
	}
	one := path(page.json, "values", 0, "id").(string)
	if got := k.must(200, "POST", "/rest/api/3/issue/WEB-5/changelog/list", `{"changelogIds":[`+one+`]}`); path(got.json, "histories", 0, "id") != one {
		t.Errorf("by id: got %s", got.text)
	}
	for _, body := range []m{{"issueIdsOrKeys": []string{}}, {"issueIdsOrKeys": []string{"WEB-5"}, "maxResults": 10001}, {"issueIdsOrKeys": []string{"WEB-5"}, "startAt": 0},
		{"issueIdsOrKeys": []string{"WEB-5"}, "nextPageToken": "nonsense"}} {
		k.must(400, "POST", "/rest/api/3/changelog/bulkfetch", body)
	}
}
