package jirasim_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/jirasim"
)

func TestALinkStandsOnBothEndsWithOneIDInTheRightDirection(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		a, b := k.created(nil), k.created(nil)
		for _, kind := range []m{named("Blocks"), {"id": "10004"}} { // the second waits: "depends on"
			k.must(201, "POST", api+"/issueLink", m{"type": kind, "inwardIssue": m{"key": a}, "outwardIssue": m{"key": b}, "comment": m{"body": "linked"}})
		}
		speaks, hears := k.field(a, "issuelinks").([]any), k.field(b, "issuelinks").([]any)
		if len(speaks) != 2 || len(hears) != 2 {
			t.Fatalf("got %v, %v", speaks, hears)
		}
		for n := range 2 {
			if path(speaks[n], "outwardIssue", "key") != b || path(speaks[n], "inwardIssue") != nil || path(hears[n], "inwardIssue", "key") != a ||
				path(hears[n], "outwardIssue") != nil || path(speaks[n], "id") != path(hears[n], "id") {
				t.Errorf("got %v, %v", speaks[n], hears[n])
			}
		}
		id := path(speaks[0], "id").(string)
		got := k.must(200, "GET", api+"/issueLink/"+id, nil)
		if path(got.json, "inwardIssue", "key") != a || path(got.json, "outwardIssue", "key") != b || path(got.json, "type", "outward") != "blocks" {
			t.Errorf("got %s", got.text)
		}
		k.must(201, "POST", api+"/issueLink", m{"type": named("Blocks"), "inwardIssue": m{"key": a}, "outwardIssue": m{"key": b}})
		if n := len(k.field(a, "issuelinks").([]any)); n != 2 {
			t.Errorf("the same link twice: got %d", n)
		}
		k.must(204, "DELETE", api+"/issueLink/"+id, nil)
		if n := len(k.field(b, "issuelinks").([]any)); n != 1 {
			t.Errorf("deleted: got %d", n)
		}
		k.must(404, "DELETE", api+"/issueLink/"+id, nil)
		k.must(400, "GET", api+"/issueLink/abc", nil)
		k.refused(404, "No issue link type with name 'Loves'", "POST", api+"/issueLink", m{"type": named("Loves"), "inwardIssue": m{"key": a}, "outwardIssue": m{"key": b}})
		k.refused(404, "does not exist", "POST", api+"/issueLink", m{"type": named("Blocks"), "inwardIssue": m{"key": a}, "outwardIssue": m{"key": "WEB-99999"}})
		k.refused(400, "itself", "POST", api+"/issueLink", m{"type": named("Blocks"), "inwardIssue": m{"key": a}, "outwardIssue": m{"key": a}})
	})
}

func TestARemoteLinkIsReplacedByItsGlobalID(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		at := api + "/issue/" + k.created(nil) + "/remotelink"
		full := m{"globalId": "github:acme/api#7", "relationship": "is blocked by", "application": m{"type": "github", "name": "GitHub"},
			"object": m{"url": "https://github.example/acme/api/issues/7", "title": "Seven", "summary": "s", "status": m{"resolved": true, "icon": m{}}}}
		made := k.must(map[jirasim.Flavour]int{jirasim.Cloud: 201, jirasim.DataCenter: 200}[k.f], "POST", at, full)
		k.must(200, "POST", at, m{"globalId": "github:acme/api#7", "object": m{"url": "https://github.example/acme/api/issues/7", "title": "Seven again"}})
		all := k.must(200, "GET", at, nil).list()
		if len(all) != 1 || path(all[0], "object", "title") != "Seven again" || path(all[0], "relationship") != nil || path(all[0], "id") != made.json["id"] {
			t.Errorf("got %v", all)
		}
		k.refused(400, "'title' is required", "POST", at, m{"object": m{"url": "https://x.example"}})
		k.refused(400, "'object' is required", "POST", at, m{"globalId": "g"})
		k.must(204, "DELETE", at+"?globalId=github%3Aacme%2Fapi%237", nil)
		k.must(404, "DELETE", at+"?globalId=github%3Aacme%2Fapi%237", nil)
		if got := k.must(200, "GET", at, nil).list(); len(got) != 0 {
			t.Errorf("deleted: got %v", got)
		}
	})
}

func TestBesideAnIssueStandWatchersVotesWorkAndFiles(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		key := k.created(nil)
		at := api + "/issue/" + key
		ada, name := k.user("ada"), map[jirasim.Flavour]string{jirasim.Cloud: "accountId", jirasim.DataCenter: "name"}[k.f]
		k.must(204, "POST", at+"/watchers", `"`+ada[name].(string)+`"`)
		if got := k.must(200, "GET", at+"/watchers", nil); path(got.json, "watchers", 1, "displayName") != "Ada A." || got.json["watchCount"] != 2.0 {
			t.Errorf("watchers: got %s", got.text)
		}
		k.must(404, "POST", at+"/watchers", `"nobody"`)
		k.must(204, "DELETE", at+"/watchers?"+map[string]string{"accountId": "accountId", "name": "username"}[name]+"="+ada[name].(string), nil)
		k.must(404, "POST", at+"/votes", nil) // the reporter's own
		k.as("ada").must(204, "POST", at+"/votes", nil)
		if got := k.field(key, "votes"); path(got, "votes") != 1.0 {
			t.Errorf("votes: got %v", got)
		}
		k.must(201, "POST", at+"/worklog", m{"timeSpent": "1d 2h 30m", "comment": "w"})
		if got := k.must(200, "GET", at+"/worklog", nil); path(got.json, "worklogs", 0, "timeSpentSeconds") != 37800.0 {
			t.Errorf("worklog: got %s", got.text)
		}
		k.refused(400, "Invalid time duration", "POST", at+"/worklog", m{"timeSpent": "long"})
		k.refused(403, "XSRF check failed", "POST", at+"/attachments", "x")
		if got := k.field(key, "attachment"); !cmp.Equal(got, []any{}) {
			t.Errorf("attachment: got %v", got)
		}
		if names := told(path(k.must(200, "GET", at+"?expand=changelog", nil).json, "changelog", "histories")); !strings.Contains(strings.Join(names, " "), "WorklogId") {
			t.Errorf("history: got %v", names)
		}
	})
}
