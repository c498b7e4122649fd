package jira_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"strata/internal/duration"
	"strata/internal/secret"
	"strata/internal/tracker"
	"strata/internal/tracker/jira"
)

func TestCheckTellsEverythingThatIsNotAsConfigured(t *testing.T) {
	f := newFake(t, "Cloud", func(c *jira.Config) {
		c.Fields.Team = "Squad"
		c.LinkTypes = []string{"Blocks", "10005"}
	})
	f.on("GET issueLinkType", say(200, `{"issueLinkTypes":[
		{"id":"10000","name":"Blocks","inward":"is blocked by","outward":"blocks"},
		{"id":"10005","name":"Blocked","inward":"Blocked","outward":"Blocked"},
		{"id":"10003","name":"Relates","inward":"relates to","outward":"relates to"}]}`))
	f.on("POST search/jql", say(200, `{"issues":[
		{"id":"1","fields":{"project":{"key":"WEB","projectTypeKey":"software"}}},
		{"id":"2","fields":{"project":{"key":"WEB","projectTypeKey":"software"}}},
		{"id":"3","fields":{"project":{"key":"HELP","projectTypeKey":"service_desk"}}}]}`))
	f.on("GET mypermissions", say(200, `{"permissions":{"BROWSE_PROJECTS":{"havePermission":true},"ADD_COMMENTS":{"havePermission":false},
		"EDIT_OWN_COMMENTS":{"havePermission":true},"DELETE_OWN_COMMENTS":{"havePermission":true}}}`))
	var got []string
	for _, p := range f.tracker.Check(t.Context(), []tracker.Scope{web}) {
		if p.Tracker != "jira" || p.Remedy == "" {
			t.Errorf("problem %+v; want tracker and remedy", p)
		}
		got = append(got, fmt.Sprintf("%s %s %s", p.Severity, p.Scope, p.Text))
	}
	want := []string{
		`error  fields.team: no field "Squad"`,
		`error  link type "Blocked" says "Blocked" from both ends: nobody can tell who waits`,
		`warning  link type "Relates" (relates to, relates to) is not in links and is not read`,
		`error web the account lacks the permission ADD_COMMENTS in project WEB`,
		`warning web the account lacks the permission ADMINISTER_PROJECTS in project WEB: Jira does not tell it who may edit an item, so commands that need that right cannot be followed`,
		`warning web project HELP is of Jira Service Management: nothing is written there, because customers would read it`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("Check:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if n := len(f.sent("GET mypermissions")); n != 1 {
		t.Errorf("permissions were asked %d times; want once a project", n)
	}
}

func TestCheckOfABrokenLoginOrQueryIsAFault(t *testing.T) {
	f := newFake(t, "Cloud")
	f.on("POST search/jql", say(400, `{"errorMessages":["Error in the JQL Query: expecting 'x'"]}`))
	f.on("GET issueLinkType", say(200, `{}`))
	got := f.tracker.Check(t.Context(), []tracker.Scope{web})
	if len(got) != 1 || got[0].Severity != tracker.Fault || !strings.Contains(got[0].Text, "expecting 'x'") {
		t.Errorf("Check = %+v; want what Jira says of the JQL", got)
	}
	f.on("GET myself", say(401, ""))
	got = f.tracker.Check(t.Context(), []tracker.Scope{web})
	if len(got) != 1 || got[0].Severity != tracker.Fault || strings.Contains(got[0].Text, token) {
		t.Errorf("Check = %+v; want one fault about the login", got)
	}
}

func TestEveryMistakeOfAConfigIsTold(t *testing.T) {
	bad := jira.Config{URL: "http://jira.internal", BrowseURL: "jira.internal"}
	bad.HTTP.Reserve = 2
	if got := bad.Validate(); len(got) != 4 {
		t.Errorf("Validate = %v; want errors for url, browse_url, auth and http.reserve", got)
	}
	good := jira.Default()
	good.URL, good.Auth.Source = "https://acme.atlassian.net", secret.Source{Env: "JIRA_TOKEN"}
	good.Overlap = duration.Duration(0)
	if got := good.Validate(); len(got) != 0 {
		t.Errorf("Validate = %v; want none", got)
	}
}
