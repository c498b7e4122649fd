package jirasim_test

import (
	"strings"
	"testing"

	"strata/internal/sandbox/jirasim"
)

func TestEveryListAnswersAndNamesItsThings(t *testing.T) {
	both := map[string]string{
		"/serverInfo": `"deploymentType"`, "/myself?expand=groups": "jira-administrators", "/permissions": "EDIT_ISSUES", "/configuration": "timeTrackingEnabled",
		"/field": "gh-sprint", "/status": "In Review", "/status/10002": "Done", "/status/in%20review": "In Review", "/statuscategory": "indeterminate", "/statuscategory/new": "To Do",
		"/resolution": "Won't Do", "/resolution/10001": "Won't Do", "/priority": "Highest", "/priority/3": "Medium", "/issuetype": "Sub-task", "/issuetype/10001": "Story",
		"/project": `"WEB"`, "/project/WEB": "components", "/project/WEB/statuses": "In Review", "/project/WEB/components": "Web", "/project/WEB/versions": "[", "/project/WEB/role": "Developers",
		"/project/WEB/role/10002": "Strata", "/project/WEB/securitylevel": "levels", "/issueLinkType": "is blocked by", "/issueLinkType/10000": "Blocks",
		"/group/member?groupname=jira-administrators": "Strata", "/groups/picker?query=jira": "jira-software-users", "/user/picker?query=ada": "Ada",
		"/user/assignable/search?project=WEB&$=ada": "Ada", "/user/search?$=ada": "Ada", "/jql/autocompletedata": "visibleFieldNames", "/filter/20001": "project = WEB", "/filter/favourite": "[", "/issue/picker?query=web-5": "WEB-5",
		"/jql/autocompletedata/suggestions?fieldName=priority&fieldValue=hi": "Highest",
	}
	cloud := map[string]string{"/project/search?query=web": `"WEB"`, "/statuses/search": "IN_PROGRESS", "/statuses?id=3": "In Progress", "/priority/search": "Highest", "/resolution/search": "Done",
		"/field/search?type=custom": "Sprint", "/issuetype/project?projectId=1": "Story", "/label": "team-core", "/users/search": "Ada"}
	onBoth(t, func(t *testing.T, k talk) {
		all := map[string]string{}
		for p, says := range both {
			all[strings.ReplaceAll(p, "$", map[jirasim.Flavour]string{jirasim.Cloud: "query", jirasim.DataCenter: "username"}[k.f])] = says
		}
		for p, says := range cloud {
			if k.f == jirasim.Cloud {
				all[p] = says
			}
		}
		for p, says := range all {
			if got := k.do("GET", api+p, nil); got.status != 200 || !strings.Contains(got.text, says) {
				t.Errorf("%s: got %d %.400s; want %s", p, got.status, got.text, says)
			}
		}
		for _, p := range []string{"/status/99", "/resolution/99", "/priority/99", "/issuetype/99", "/project/NOPE", "/issueLinkType/99", "/statuscategory/99", "/group/member?groupname=nope"} {
			k.must(404, "GET", api+p, nil)
		}
	})
}

func TestPermissionsAreAskedByNameOnCloud(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		if k.f == jirasim.Cloud {
			k.refused(400, "'permissions' query parameter is required", "GET", api+"/mypermissions", nil)
		} else {
			k.must(200, "GET", api+"/mypermissions", nil)
		}
		k.must(400, "GET", api+"/mypermissions?permissions=RULE_THE_WORLD", nil)
		got := k.as("zoe").must(200, "GET", api+"/mypermissions?issueKey=WEB-5&permissions=EDIT_ISSUES,ADD_COMMENTS", nil)
		if path(got.json, "permissions", "EDIT_ISSUES", "havePermission") != false || path(got.json, "permissions", "ADD_COMMENTS", "havePermission") != true {
			t.Errorf("got %s", got.text)
		}
	})
}

func TestNamesComeInTheLanguageOfTheAccount(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		k.must(200, "POST", "/_sandbox/faults", m{"fault": "translated", "value": "zh_CN"})
		key := k.created(nil)
		k.must(204, "POST", api+"/issue/"+key+"/transitions", m{"transition": m{"id": "41"}})
		status, kind, resolution := k.field(key, "status"), k.field(key, "issuetype"), k.field(key, "resolution")
		if path(status, "name") != "完成" || path(status, "statusCategory", "key") != "done" || path(status, "id") != "10002" || path(resolution, "name") != "完成" || path(resolution, "id") != "10000" {
			t.Errorf("got %v, %v", status, resolution)
		}
		if path(kind, "name") != "故事" || (k.f == jirasim.Cloud && path(kind, "untranslatedName") != "Story") {
			t.Errorf("got %v", kind)
		}
	})
}

func TestFieldsAreChosenByNameAndGroup(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		for query, want := range map[string][2]string{ // there, not there
			"*all": {"comment", "nothing"}, "*navigable": {"status", "comment"}, "-status": {"summary", "status"}, "summary,status": {"status", "priority"}, "*all,-comment": {"summary", "comment"},
		} {
			fields := path(k.must(200, "GET", api+"/issue/WEB-5?fields="+query, nil).json, "fields").(m)
			if _, there := fields[want[0]]; !there {
				t.Errorf("%s: no %s", query, want[0])
			}
			if _, there := fields[want[1]]; there {
				t.Errorf("%s: %s", query, want[1])
			}
		}
		if k.f == jirasim.Cloud {
			got := k.must(200, "POST", api+"/search/jql", m{"jql": "key = WEB-5"})
			if got.text != `{"issues":[{"id":"`+path(got.json, "issues", 0, "id").(string)+`"}],"isLast":true}` {
				t.Errorf("got %s; want the id alone", got.text)
			}
			all := k.must(200, "POST", api+"/search/jql", m{"jql": "project = WEB", "fields": []string{"key"}, "maxResults": 5000})
			if n := len(all.json["issues"].([]any)); n <= 100 || all.json["isLast"] != true {
				t.Errorf("keys alone: got %d", n)
			}
			k.must(400, "POST", api+"/search/jql", m{"jql": "key = WEB-5", "properties": []string{"1", "2", "3", "4", "5", "6"}})
		}
	})
}
