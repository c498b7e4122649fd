package jirasim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"strata/internal/sandbox/jirasim"
)

// searched are the keys that a query finds, and the answer.
func (k talk) searched(jql, fields string) ([]string, answer) {
	k.t.Helper()
	path, body := api+"/search", m{"jql": jql, "fields": strings.Split(fields, ","), "maxResults": 100}
	if k.f == jirasim.Cloud {
		path += "/jql"
	}
	got := k.must(200, "POST", path, body)
	var keys []string
	for _, i := range got.json["issues"].([]any) {
		keys = append(keys, i.(m)["key"].(string))
	}
	return keys, got
}

func TestASecurityLevelHidesAnIssueFromWhoIsNotAMember(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		key, other := k.created(nil), k.created(nil)
		child := k.created(m{"issuetype": named("Sub-task"), "parent": m{"key": key}})
		k.must(201, "POST", api+"/issueLink", m{"type": named("Blocks"), "inwardIssue": m{"key": key}, "outwardIssue": m{"key": other}})
		link := path(k.field(other, "issuelinks"), 0, "id").(string)
		k.must(200, "GET", api+"/issueLink/"+link, nil)
		k.mutate(`{"op":"secure","item":"` + key + `","level":"Board"}`)
		for _, p := range []string{"", "/comment", "/transitions", "/editmeta", "/remotelink", "/properties", "/watchers", "/worklog"} {
			k.refused(404, "does not exist or you do not have permission", "GET", api+"/issue/"+key+p, nil)
		}
		k.refused(404, "does not exist", "POST", api+"/issue/"+key+"/comment", m{"body": "x"})
		k.refused(404, "does not exist", "PUT", api+"/issue/"+key, m{"fields": m{"summary": "x"}})
		k.must(404, "GET", api+"/issueLink/"+link, nil)
		k.must(404, "DELETE", api+"/issueLink/"+link, nil)
		if got := k.field(other, "issuelinks"); len(got.([]any)) != 0 {
			t.Errorf("the other end still shows %v", got)
		}
		if got := k.field(child, "parent"); got != nil {
			t.Errorf("the child still shows %v", got)
		}
		if keys, _ := k.searched("project = WEB ORDER BY created DESC", "summary"); slices.Contains(keys, key) || !slices.Contains(keys, other) {
			t.Errorf("search finds %v", keys)
		}
		k.mutate(`{"op":"secure","item":"` + key + `","level":""}`)
		k.must(200, "GET", api+"/issue/"+key, nil)
		if got := path(k.field(other, "issuelinks"), 0, "inwardIssue", "key"); got != key {
			t.Errorf("seen again: got %v", got)
		}
	})
}

func TestAHiddenProjectIsNotThere(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		board := path(k.must(200, "GET", "/rest/agile/1.0/board?projectKeyOrId=CORE", nil).json, "values", 0, "id")
		sprint := path(k.must(200, "GET", fmt.Sprintf("/rest/agile/1.0/board/%v/sprint?state=active", board), nil).json, "values", 0, "id")
		k.mutate(`{"op":"hide","project":"CORE"}`)
		for _, p := range []string{api + "/project/CORE", api + "/project/CORE/components", api + "/issue/CORE-1", api + "/mypermissions?permissions=BROWSE_PROJECTS&projectKey=CORE",
			fmt.Sprintf("/rest/agile/1.0/board/%v", board), fmt.Sprintf("/rest/agile/1.0/sprint/%v", sprint)} {
			k.must(404, "GET", p, nil)
		}
		k.refused(400, "No project could be found", "GET", "/rest/agile/1.0/board?projectKeyOrId=CORE", nil)
		if got := k.must(200, "GET", api+"/project", nil).text; strings.Contains(got, `"key":"CORE"`) {
			t.Errorf("projects: got %s", got)
		}
		k.refused(400, "The value 'CORE' does not exist for the field 'project'.", "POST", map[jirasim.Flavour]string{jirasim.Cloud: api + "/search/jql", jirasim.DataCenter: api + "/search"}[k.f], m{"jql": "project = CORE"})
	})
}

func TestAnArchivedIssueIsReadOnlyAndNotFound(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		key, other := k.created(nil), k.created(nil)
		k.must(201, "POST", api+"/issue/"+key+"/comment", m{"body": "before"})
		if k.f == jirasim.Cloud {
			got := k.must(200, "PUT", api+"/issue/archive", m{"issueIdsOrKeys": []string{key}})
			if got.json["numberOfIssuesUpdated"] != 1.0 {
				t.Errorf("archive: got %s", got.text)
			}
		} else {
			k.must(204, "PUT", api+"/issue/"+key+"/archive", nil)
			if got := k.field(key, "archivedby"); path(got, "displayName") != "Strata" {
				t.Errorf("archivedby: got %v", got)
			}
		}
		at := api + "/issue/" + key
		k.must(200, "GET", at, nil)
		k.refused(400, "archived", "POST", at+"/comment", m{"body": "x"})
		k.refused(400, "archived", "PUT", at, m{"fields": m{"summary": "x"}})
		k.refused(400, "archived", "PUT", at+"/assignee", k.user("ada"))
		k.refused(400, "archived", "POST", at+"/transitions", m{"transition": m{"id": "21"}})
		k.refused(400, "archived", "POST", api+"/issueLink", m{"type": named("Blocks"), "inwardIssue": m{"key": key}, "outwardIssue": m{"key": other}})
		k.refused(400, "archived", "PUT", at+"/properties/k", m{})
		k.refused(400, "archived", "POST", "/rest/agile/1.0/sprint/7/issue", m{"issues": []string{key}})
		if keys, _ := k.searched("project = WEB AND key = "+other+" OR key = "+key, "summary"); fmt.Sprint(keys) != "["+other+"]" {
			t.Errorf("search: got %v", keys)
		}
		k.mutate(`{"op":"archive","item":"` + key + `","on":false}`)
		k.must(201, "POST", at+"/comment", m{"body": "x"})
	})
}

func TestAMovedIssueIsFoundUnderItsFormerKeyEverywhere(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		key, other := k.created(nil), k.created(nil)
		id := k.must(200, "GET", api+"/issue/"+key, nil).json["id"]
		k.must(201, "POST", api+"/issueLink", m{"type": named("Depends"), "inwardIssue": m{"key": other}, "outwardIssue": m{"key": key}})
		k.mutate(`{"op":"move","item":"` + key + `","project":"CORE"}`)
		got := k.must(200, "GET", api+"/issue/"+key, nil)
		moved := got.json["key"].(string)
		if got.json["id"] != id || !strings.HasPrefix(moved, "CORE-") || path(got.json, "fields", "project", "key") != "CORE" {
			t.Errorf("got %s, %v", moved, got.json["id"])
		}
		if stub := path(k.field(other, "issuelinks"), 0, "outwardIssue", "key"); stub != moved {
			t.Errorf("the stub: got %v; want %s", stub, moved)
		}
		k.must(201, "POST", api+"/issue/"+key+"/comment", m{"body": "under the former key"})
		if keys, _ := k.searched("key = "+key, "summary"); fmt.Sprint(keys) != "["+moved+"]" {
			t.Errorf("search: got %v", keys)
		}
	})
}

func TestAFaultHidesAlsoInWhatWasRecorded(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		key, other := k.created(nil), k.created(nil)
		k.must(201, "POST", api+"/issueLink", m{"type": named("Blocks"), "inwardIssue": m{"key": key}, "outwardIssue": m{"key": other}})
		k.must(200, "POST", "/_sandbox/faults", m{"fault": "F17", "item": key})
		k.must(404, "GET", api+"/issue/"+key, nil)
		if got := k.field(other, "issuelinks"); len(got.([]any)) != 0 {
			t.Errorf("got %v", got)
		}
	})
}
