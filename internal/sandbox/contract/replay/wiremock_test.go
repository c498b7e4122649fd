package replay

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strata/internal/sandbox/contract"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// stub is one of the answers that Atlassian wrote for its own tests.
type stub struct {
	Request struct {
		Method  string
		Path    string `json:"urlPath"`
		Pattern string `json:"urlPathPattern"`
	}
	Response struct {
		Status int
		JSON   json.RawMessage `json:"jsonBody"`
		Body   string
	}
}

// put says how a stub's pattern becomes a request.
type put struct {
	row
	query map[string]string
	body  string // what fits the pattern
}

// elsewhere are stubs of what no client of the simulator needs; it must not say that it has them.
var elsewhere = map[string]string{
	"addAttachment": "there are no attachments", "attachment-test-image": "there are no attachments", "commentWithImage": "there are no attachments",
}

const (
	document = `{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"Add e2e test for this functionality"}]}]}`
	newIssue = `"issuetype":{"name":"Task"},"project":{"key":"CORE"},"summary":"Test Issue Created via E2E Test"`
)

// puts say what is asked where the stub has a pattern alone.
var puts = map[string]put{
	"projects":                         {row: row{unserved: cloudProjects}},
	"attachment-test-thumbnail":        {row: row{mistake: "the picture is not in the stub"}},
	"BTS-1__watchers":                  {row: row{unserved: hiddenAddress}},
	"BTS-1__assignablesearch":          {query: map[string]string{"issueKey": "BTS-1"}, row: row{unserved: hiddenAddress}},
	"BTS-1__suggestlabels":             {query: map[string]string{"fieldName": "Labels", "fieldValue": "t"}},
	"assignee":                         {body: `{"accountId":"ADA"}`},
	"createmeta":                       {query: map[string]string{"projectKeys": "BTS", "expand": "projects.issuetypes.fields"}, row: row{unserved: form}},
	"BTS-1__bts1":                      {query: map[string]string{"expand": "transitions,renderedFields,names,schema,changelog,editmeta"}, row: row{unserved: with(sitesOwn, teamManaged, hiddenAddress, editor)}},
	"BTS-1__bts1-dc":                   {query: map[string]string{"expand": "transitions,renderedFields,names,schema,changelog,editmeta"}, row: row{unserved: with(sitesOwn, teamManaged, cloudTypes, cloudIssue, editor, cloudEditor)}},
	"BTS-1__removeassignee":            {body: `{"fields":{"assignee":null}}`},
	"BTS-1__removeassignee-dc":         {body: `{"fields":{"assignee":null}}`},
	"BTS-1__setassignee":               {body: `{"fields":{"assignee":{"accountId":"ADA"}}}`},
	"BTS-1__setassignee-dc":            {body: `{"fields":{"assignee":{"name":"ada"}}}`},
	"BTS-1__updatelabels":              {body: `{"fields":{"labels":["testing"]}}`},
	"BTS-1__updatelabels-dc":           {body: `{"fields":{"labels":["testing"]}}`},
	"addComment":                       {body: `{"body":` + document + `}`, row: row{mistake: "the stub's body is text, and version 3 has documents"}},
	"addComment-dc":                    {body: `{"body":"hello"}`, row: row{mistake: cloudPeople}},
	"addComment-dc-reject-object-body": {body: `{"body":` + document + `}`},
	"createIssue":                      {body: `{"fields":{` + newIssue + `,"description":` + document + `}}`, row: row{unserved: map[string]string{"/fields": "the stub gives the issue back, Jira its key alone"}}},
	"createIssue-dc":                   {body: `{"fields":{` + newIssue + `,"description":"x"}}`, row: row{unserved: map[string]string{"/fields": "the stub gives the issue back, Jira its key alone"}}},
	"mypermissions":                    {query: map[string]string{"projectKey": "CORE", "permissions": "CREATE_ISSUES"}},
	"search":                           {query: map[string]string{"jql": "project=CORE", "fields": "*all", "expand": "renderedFields,transitions"}, row: row{unserved: with(oldSearch, teamManaged), unlike: map[string]string{"/issues/*/fields/description": "the stub has the text of version 2"}}},
	"search-dc":                        {query: map[string]string{"jql": "project=CORE", "expand": "renderedFields,transitions"}, row: row{unserved: with(teamManaged, cloudTypes)}},
	"updateIssue":                      {body: `{"fields":{"description":` + document + `}}`},
	"updateIssue-dc":                   {body: `{"fields":{"description":"Add e2e test for this functionality"}}`},
	"updateStatus":                     {body: `{"transition":{"id":"TRANSITION"}}`},
	"updateSummary":                    {body: `{"fields":{"summary":"Check if renaming works"}}`},
	"updateSummary-dc":                 {body: `{"fields":{"summary":"Check if renaming works"}}`},
	"usersearch":                       {query: map[string]string{"query": "ada"}, row: row{unserved: hiddenAddress}},
	"usersearch-dc":                    {query: map[string]string{"username": "ada"}, row: row{mistake: cloudPeople}},
}

// sitesOwn are what the stubs of an issue have because their site or their question has it.
var sitesOwn = map[string]string{
	"…/fields/customfield_*": "the site's own", "…/renderedFields/customfield_*": "the site's own",
	"…/fields/issuerestriction": "a setting that the site has", "…/renderedFields/issuerestriction": "a setting that the site has",
	"/transitions/*/fields": "was not asked for: the stub gives them always",
}

// editor is what a form to edit an issue needs, and no client here.
var editor = map[string]string{
	"…/autoCompleteUrl": "helps who types", "…/schema/configuration": "of one field's kind", "…/allowedValues/*/entityId": "of team-managed projects",
}

// cloudEditor is what a stub of Data Center has of Cloud.
var cloudEditor = map[string]string{"/editmeta/fields/*/key": "Cloud's alone", "…/allowedValues/*/hierarchyLevel": "Cloud's alone"}

// teamManaged are what only team-managed projects have.
var teamManaged = map[string]string{"…/issuetype/entityId": "of team-managed projects, and ours are not"}

// cloudIssue is what a stub of an issue of Data Center has of Cloud.
var cloudIssue = map[string]string{
	"…/accountId": "Cloud's alone", "…/accountType": "Cloud's alone", "/fields/statusCategory": "Cloud's alone", "/fields/statuscategorychangedate": "Cloud's alone",
	"…/project/simplified": "Cloud's alone",
}

// with joins tables.
func with(tables ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	return all
}

// hiddenAddress: people of Cloud show their address to nobody, as most do.
var hiddenAddress = map[string]string{"…/emailAddress": "hidden by its owner"}

// cloudProjects are what a stub of Data Center has of Cloud.
var cloudProjects = map[string]string{"/*/style": "Cloud's alone", "/*/simplified": "Cloud's alone", "/*/isPrivate": "Cloud's alone", "/*/properties": "Cloud's alone"}

// form is what a form to create an issue needs, and no client here.
var form = map[string]string{
	"…/autoCompleteUrl": "helps who types", "…/schema/configuration": "of one field's kind", "…/fields/customfield_*": "the site's own", "…/fields/issuerestriction": "not set here",
	"…/issuetypes/*/scope": "of team-managed projects", "…/allowedValues/*/entityId": "of team-managed projects",
}

// cloudTypes are what a stub of Data Center has of Cloud.
var cloudTypes = map[string]string{"…/issuetype/hierarchyLevel": "Cloud's alone"}

// TestAtlassiansOwnStubs asks for each of the answers that Atlassian's extension is tested with.
func TestAtlassiansOwnStubs(t *testing.T) {
	cloud, datacenter := onJira(t, jirasim.Cloud), onJira(t, jirasim.DataCenter)
	files, err := filepath.Glob(filepath.Join(contract.Folder(t), "contract", "atlascode-wiremock", "*.json"))
	if err != nil || len(files) < 40 {
		t.Fatalf("%d stubs: %v", len(files), err)
	}
	for _, path := range files {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var one stub
		decode(t, string(raw), &one)
		s := cloud
		if strings.Contains(name, "-dc") || name == "projects" { // its address is a Data Center's
			s = datacenter
		}
		t.Run(name, func(t *testing.T) {
			s := *s
			s.t = t
			s.stub(name, one)
		})
	}
}

func (s *stage) stub(name string, one stub) {
	s.t.Helper()
	p := somewhere(s, "CORE")
	var ada, transition string
	s.world.Read(func(st *world.State) { ada = st.User("ada").AccountID })
	path := one.Request.Path + one.Request.Pattern
	e := exchange{name: name, method: one.Request.Method, path: path, header: http.Header{}, status: one.Response.Status, answer: one.Response.Body + string(one.Response.JSON)}
	if _, none := elsewhere[name]; none {
		e.answer = ""
		if resp, said := s.send(e, row{names: []string{"BTS-1", p.issue}}); resp.StatusCode < http.StatusBadRequest {
			s.t.Errorf("answers %d, and should have been taken out of the table: %.200s", resp.StatusCode, said)
		}
		return
	}
	how := puts[name]
	if strings.Contains(how.body, "TRANSITION") {
		list := s.ask("GET", "/rest/api/2/issue/"+p.issue+"/transitions", nil)
		transition, _ = dig(list, "transitions", 0, "id").(string)
	}
	e.body, e.query = how.body, url.Values{}
	for name, value := range how.query {
		e.query.Set(name, value)
	}
	if e.body != "" {
		e.header.Set("Content-Type", "application/json")
	}
	how.names = []string{"BTS-1", p.issue, "BTS", "CORE", "ADA", ada, "TRANSITION", transition}
	s.play(e, how.row)
}
