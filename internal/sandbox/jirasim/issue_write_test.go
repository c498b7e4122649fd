package jirasim_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/jirasim"
)

type m = map[string]any

func named(name string) m { return m{"name": name} }

func TestAnIssueIsMadeEditedMovedGivenAwayAndDeleted(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		key := k.created(m{"summary": "Pay at once", "description": "h2. Why", "labels": []string{"a", "b"}, "priority": named("High"),
			"components": []m{named("Web")}, "duedate": "2026-04-01", "assignee": k.user("ada"), "customfield_10016": 3, "customfield_10020": 7})
		at := api + "/issue/" + key
		got := k.must(200, "GET", at, nil).json["fields"].(m)
		for name, want := range map[string]any{"summary": "Pay at once", "description": "h2. Why", "labels": []any{"a", "b"}, "duedate": "2026-04-01", "customfield_10016": 3.0} {
			if diff := cmp.Diff(got[name], want); diff != "" {
				t.Errorf("%s (-got +want):\n%s", name, diff)
			}
		}
		for name, steps := range map[string][]any{"High": {"priority", "name"}, "Web": {"components", 0, "name"}, "Ada A.": {"assignee", "displayName"},
			"Strata": {"reporter", "displayName"}, "To Do": {"status", "name"}, "Story": {"issuetype", "name"}} {
			if value := path(got, steps...); value != name {
				t.Errorf("%v: got %v; want %s", steps, value, name)
			}
		}
		k.must(204, "PUT", at, m{"fields": m{"summary": "Pay later", "assignee": nil, "parent": m{}},
			"update": m{"labels": []m{{"add": "c"}, {"remove": "a"}}, "comment": []m{{"add": m{"body": "why not"}}}}})
		if got := k.field(key, "labels"); !cmp.Equal(got, []any{"b", "c"}) {
			t.Errorf("labels: got %v", got)
		}
		if got := path(k.must(200, "GET", at+"/comment", nil).json, "comments", 0, "body"); got != "why not" {
			t.Errorf("the comment of the edit: got %v", got)
		}
		k.must(204, "POST", at+"/transitions", m{"transition": m{"id": "41"}, "fields": m{"resolution": named("Duplicate")}})
		if got := path(k.field(key, "status"), "statusCategory", "key"); got != "done" {
			t.Errorf("status: got %v", got)
		}
		if got := path(k.field(key, "resolution"), "name"); got != "Duplicate" {
			t.Errorf("resolution: got %v", got)
		}
		k.must(204, "POST", at+"/transitions", m{"transition": m{"id": 11}})
		if got := k.must(200, "GET", at+"?fields=resolution,resolutiondate", nil).json["fields"]; !cmp.Equal(got, m{"resolution": nil, "resolutiondate": nil}) {
			t.Errorf("opened again: got %v", got)
		}
		k.must(204, "PUT", at+"/assignee", k.user("ada"))
		if got := path(k.field(key, "assignee"), "displayName"); got != "Ada A." {
			t.Errorf("assignee: got %v", got)
		}
		k.must(204, "DELETE", at, nil)
		k.refused(404, "does not exist", "GET", at, nil)
	})
}

func TestWhatIsWrongWithAnIssueIsToldByField(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		good := m{"project": m{"key": "WEB"}, "issuetype": named("Story"), "summary": "s"}
		for _, tc := range []struct {
			field string
			value any
			says  string
		}{
			{"summary", "  ", "You must specify a summary of the issue."},
			{"summary", strings.Repeat("x", 256), "less than 255"},
			{"summary", "a\nb", "newline"},
			{"summary", 7, "must be a string"},
			{"project", m{"key": "NOPE"}, "project"},
			{"project", m{"key": "PEOPLE"}, "project"}, // hidden
			{"issuetype", named("Legend"), "issue type"},
			{"priority", named("Whenever"), "The priority selected is invalid."},
			{"labels", []string{"two words"}, "contains spaces"},
			{"components", []m{named("Nope")}, "Component name 'Nope' is not valid"},
			{"fixVersions", []m{named("9.9")}, "Version name '9.9' is not valid"},
			{"duedate", "1 April", "Error parsing date"},
			{"description", strings.Repeat("é", 32768), "exceeds the allowed limit of 32,767"},
			{"description", m{"type": "doc"}, "must be a string"},
			{"assignee", m{"name": "nobody-we-know"}, "does not exist"},
			{"assignee", m{}, "expected Object"},
			{"parent", m{"key": "WEB-99999"}, "Could not find issue"},
			{"parent", m{"key": "WEB-5"}, map[jirasim.Flavour]string{jirasim.Cloud: "hierarchy", jirasim.DataCenter: "not a sub-task"}[k.f]},
			{"security", named("Board"), "security level"},
			{"resolution", named("Done"), "cannot be set"},
			{"status", named("Done"), "cannot be set"},
			{"created", "2026-01-01", "cannot be set"},
			{"customfield_99999", 1, "cannot be set. It is not on the appropriate screen, or unknown."},
			{"customfield_10016", "three", "must be a number"},
			{"customfield_10019", "0|i:", "cannot be set"},
			{"customfield_10020", 999, "does not exist"},
			{"customfield_10020", 1, "is closed"},
			{"customfield_10014", "WEB-5", "is not an epic"},
		} {
			fields := m{}
			for name, v := range good {
				fields[name] = v
			}
			fields[tc.field] = tc.value
			got := k.do("POST", api+"/issue", m{"fields": fields})
			errs, _ := got.json["errors"].(m)
			if got.status != 400 || len(errs) == 0 || !strings.Contains(got.text, tc.says) {
				t.Errorf("%s = %.40v: got %d %.300s; want %s", tc.field, tc.value, got.status, got.text, tc.says)
			}
		}
		for _, missing := range []string{"project", "issuetype", "summary"} {
			fields := m{}
			for name, v := range good {
				if name != missing {
					fields[name] = v
				}
			}
			if got := k.do("POST", api+"/issue", m{"fields": fields}); got.status != 400 || path(got.json, "errors", missing) == nil {
				t.Errorf("without %s: got %d %s", missing, got.status, got.text)
			}
		}
		k.refused(400, "sub-task but parent issue key or id not specified", "POST", api+"/issue", m{"fields": m{"project": m{"key": "WEB"}, "issuetype": named("Sub-task"), "summary": "s"}})
		got := k.must(201, "POST", api+"/issue/bulk", m{"issueUpdates": []m{{"fields": good}, {"fields": m{}}}})
		if path(got.json, "errors", 0, "failedElementNumber") != 1.0 || path(got.json, "issues", 0, "key") == nil {
			t.Errorf("bulk: got %s", got.text)
		}
	})
}

func TestAnEditThatIsWrongChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		before := k.must(200, "GET", api+"/issue/WEB-5", nil).text
		at := api + "/issue/WEB-5"
		k.refused(400, "is invalid", "PUT", at, m{"fields": m{"summary": "other", "priority": named("Whenever")}})
		k.refused(400, "both 'fields' and 'update'", "PUT", at, m{"fields": m{"summary": "a"}, "update": m{"summary": []m{{"set": "b"}}}})
		k.refused(400, "does not support operation 'add'", "PUT", at, m{"update": m{"summary": []m{{"add": "b"}}}})
		k.refused(400, "cannot be set", "PUT", at, m{"fields": m{"project": m{"key": "CORE"}}})
		k.refused(400, "cannot be set", "PUT", at, m{"fields": m{"resolution": named("Done")}})
		k.refused(400, "Missing 'transition'", "POST", at+"/transitions", m{"fields": m{}})
		k.refused(400, "not valid", "POST", at+"/transitions", m{"transition": m{"id": "99"}})
		k.refused(400, "cannot be set", "POST", at+"/transitions", m{"transition": m{"id": "21"}, "fields": m{"summary": "x"}})
		k.refused(400, "cannot be set", "POST", at+"/transitions", m{"transition": m{"id": "21"}, "fields": m{"resolution": named("Done")}})
		k.refused(400, "resolution selected is invalid", "POST", at+"/transitions", m{"transition": m{"id": "41"}, "fields": m{"resolution": named("Lost")}})
		if after := k.must(200, "GET", at, nil).text; after != before {
			t.Errorf("got\n%s\nwant\n%s", after, before)
		}
	})
}

func TestWhoMayNotEditIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		zoe, ada := k.as("zoe"), k.as("ada")
		zoe.refused(400, "create issues", "POST", api+"/issue", m{"fields": m{"project": m{"key": "WEB"}, "issuetype": named("Story"), "summary": "s"}})
		zoe.refused(403, "edit issues", "PUT", api+"/issue/WEB-5", m{"fields": m{"summary": "s"}})
		zoe.refused(403, "edit issues", "PUT", api+"/issue/WEB-5/assignee", k.user("ada"))
		zoe.refused(400, "not valid", "POST", api+"/issue/WEB-5/transitions", m{"transition": m{"id": "41"}})
		zoe.refused(401, "No Link Issue Permission", "POST", api+"/issueLink", m{"type": named("Blocks"), "inwardIssue": m{"key": "WEB-5"}, "outwardIssue": m{"key": "WEB-6"}})
		zoe.refused(403, "link this issue", "POST", api+"/issue/WEB-5/remotelink", m{"object": m{"url": "https://x.example", "title": "x"}})
		zoe.refused(403, "edit issues", "PUT", api+"/issue/WEB-5/properties/k", m{})
		zoe.must(201, "POST", api+"/issue/WEB-5/comment", m{"body": "I may say this"})
		if got := zoe.must(200, "GET", api+"/issue/WEB-5/transitions", nil); len(got.json["transitions"].([]any)) != 0 {
			t.Errorf("transitions of a reader: %s", got.text)
		}
		ada.must(204, "PUT", api+"/issue/WEB-5", m{"fields": m{"summary": "s"}})
		ada.refused(403, "delete issues", "DELETE", api+"/issue/WEB-5", nil)
		ada.refused(403, "discard the user notification", "PUT", api+"/issue/WEB-5?notifyUsers=false", m{"fields": m{"summary": "t"}})
	})
}

func TestAnIssueGoesOnlyTogetherWithItsSubtasks(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		parent := k.created(nil)
		child := k.created(m{"issuetype": named("Sub-task"), "parent": m{"key": parent}})
		if got := path(k.field(parent, "subtasks"), 0, "key"); got != child {
			t.Errorf("subtasks: got %v; want %s", got, child)
		}
		k.refused(400, "has subtasks", "DELETE", api+"/issue/"+parent, nil)
		k.must(204, "DELETE", api+"/issue/"+parent+"?deleteSubtasks=true", nil)
		k.must(404, "GET", api+"/issue/"+child, nil)
	})
}

func TestAStoryGetsAnEpicAsItsFlavourHasIt(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		key := k.created(m{map[jirasim.Flavour]string{jirasim.Cloud: "parent", jirasim.DataCenter: "customfield_10014"}[k.f]: map[jirasim.Flavour]any{
			jirasim.Cloud: m{"key": "SHOP-3"}, jirasim.DataCenter: "SHOP-3"}[k.f]})
		if got := k.field(key, "customfield_10014"); got != "SHOP-3" {
			t.Errorf("epic link: got %v", got)
		}
		parent, wanted := path(k.field(key, "parent"), "key"), map[jirasim.Flavour]any{jirasim.Cloud: "SHOP-3", jirasim.DataCenter: nil}[k.f]
		if parent != wanted {
			t.Errorf("parent: got %v; want %v", parent, wanted)
		}
		k.must(204, "PUT", api+"/issue/"+key, m{"fields": m{"customfield_10014": nil}})
		if got := k.field(key, "customfield_10014"); got != nil {
			t.Errorf("without epic: got %v", got)
		}
	})
}

func TestMetadataNamesWhatAFormTakes(t *testing.T) {
	onBoth(t, func(t *testing.T, k talk) {
		list := map[jirasim.Flavour]string{jirasim.Cloud: "issueTypes", jirasim.DataCenter: "values"}[k.f]
		types := k.must(200, "GET", api+"/issue/createmeta/WEB/issuetypes", nil)
		if path(types.json, list, 0, "name") != "Epic" {
			t.Errorf("types: got %s", types.text)
		}
		list = map[jirasim.Flavour]string{jirasim.Cloud: "fields", jirasim.DataCenter: "values"}[k.f]
		fields := k.must(200, "GET", api+"/issue/createmeta/WEB/issuetypes/10001", nil)
		if path(fields.json, list, 0, "fieldId") != "summary" || path(fields.json, list, 0, "required") != true {
			t.Errorf("fields: got %.300s", fields.text)
		}
		k.must(404, "GET", api+"/issue/createmeta/NOPE/issuetypes", nil)
		if k.f == jirasim.Cloud {
			got := k.must(200, "GET", api+"/issue/createmeta?projectKeys=WEB&expand=projects.issuetypes.fields", nil)
			if path(got.json, "projects", 0, "issuetypes", 0, "fields", "summary", "required") != true {
				t.Errorf("createmeta: got %.300s", got.text)
			}
		} else {
			k.must(404, "GET", api+"/issue/createmeta?projectKeys=WEB", nil)
		}
		edit := k.must(200, "GET", api+"/issue/WEB-5/editmeta", nil)
		if path(edit.json, "fields", "priority", "allowedValues", 0, "name") != "Highest" {
			t.Errorf("editmeta: got %.300s", edit.text)
		}
		closing := k.must(200, "GET", api+"/issue/WEB-5/transitions?expand=transitions.fields", nil)
		if path(closing.json, "transitions", -1, "fields", "resolution", "allowedValues", 0, "name") != "Done" {
			t.Errorf("transitions: got %.300s", closing.text)
		}
		if n := len(path(k.must(200, "GET", api+"/issue/WEB-5?expand=transitions,editmeta,names,schema,renderedFields,changelog,operations&fields=summary", nil).json, "names").(m)); n < 20 {
			t.Errorf("names: got %d", n)
		}
	})
}

func TestTheJournalKnowsWhoWroteWhat(t *testing.T) {
	k := converse(t, jirasim.Cloud)
	key := k.created(nil)
	k.as("ada").must(204, "PUT", api+"/issue/"+key, m{"fields": m{"summary": "other", "labels": []string{"x"}}})
	k.must(204, "POST", api+"/issue/"+key+"/transitions", m{"transition": m{"id": "41"}})
	k.must(204, "PUT", api+"/issue/"+key+"?notifyUsers=false", m{"fields": m{"summary": "quiet"}})
	got := ""
	for _, e := range journal(k) {
		got += fmt.Sprintln(e.Op, e.Item == key, e.Author, e.Detail, e.Notified > 0)
	}
	want := "create true strata-bot New true\nupdate true ada labels, summary true\ntransition true strata-bot status, resolution true\nupdate true strata-bot summary false\n"
	want = strings.Replace(want, "status, resolution", "resolution, status", 1)
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("journal (-got +want):\n%s", diff)
	}
}
