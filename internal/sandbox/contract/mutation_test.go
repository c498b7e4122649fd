package contract

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// listener is a test that only listens to what a Watcher tells.
type listener struct {
	testing.TB
	told    []string
	cleanup []func()
}

func (l *listener) Helper()                      {}
func (l *listener) Logf(string, ...any)          {}
func (l *listener) Cleanup(f func())             { l.cleanup = append(l.cleanup, f) }
func (l *listener) Errorf(f string, args ...any) { l.told = append(l.told, fmt.Sprintf(f, args...)) }

// over ends the test that it is.
func (l *listener) over() string {
	for _, f := range l.cleanup {
		f()
	}
	return strings.Join(l.told, "\n")
}

// told is what a test is told of an exchange.
func told(t *testing.T, api API, who Who, e Exchange) string {
	t.Helper()
	Folder(t) // or skip
	l := &listener{TB: t}
	Watch(l, api, who).note(e, false)
	return l.over()
}

// good are exchanges in which nothing is wrong, made of recorded ones.
func good(t *testing.T) map[string]func() (API, Exchange) {
	issues := list(t, "records", "jira", "cloud-merico-agile.issues.jsonl")
	dcIssues := list(t, "records", "jira", "dc-devlake-links.issues.jsonl")
	blocked := strings.Split(string(recorded(t, "records", "github", "dependencies", "IssueDependencies.testAddBlockedBy.txt")), "\n")
	board := part(t, recorded(t, "records", "github", "projects-v2", "api.items.get-not-found__fixtures.json"), "0")
	question := fmt.Sprintf(`{"query":%s,"variables":%s}`, part(t, board, "query"), part(t, board, "variables"))
	const doc = `{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"x"}]}]}`
	const minimize = `{"query":"mutation($input: MinimizeCommentInput!) { minimizeComment(input: $input) { minimizedComment { __typename isMinimized } } }","variables":{"input":{"subjectId":"MDE=","classifier":"OUTDATED"}}}`
	exchange := func(api API, method, address, body string, status int, answer string) func() (API, Exchange) {
		return func() (API, Exchange) { return api, said(t, method, address, body, status, answer) }
	}
	return map[string]func() (API, Exchange){
		"search":    exchange(JiraCloud, "POST", "/rest/api/2/search/jql", `{"jql":"project = EE","fields":["summary"],"maxResults":50}`, 200, `{"isLast":true,"issues":`+issues+`}`),
		"comment":   exchange(JiraCloud, "POST", "/rest/api/3/issue/BTS-1/comment", `{"body":`+doc+`,"properties":[{"key":"k","value":{"a":1}}]}`, 201, `{"id":"10001","body":`+doc+`,"created":"2026-03-11T09:00:00.000+0000","updated":"2026-03-11T09:00:00.000+0000"}`),
		"list":      exchange(JiraCloud, "GET", "/rest/api/2/issue/BTS-1/comment?startAt=0&maxResults=10&expand=properties", "", 200, `{"comments":[],"startAt":0,"maxResults":10,"total":0}`),
		"bulk":      exchange(JiraCloud, "POST", "/rest/api/2/issue/bulkfetch", `{"issueIdsOrKeys":["EE-1"],"fields":["summary"]}`, 200, `{"issues":[],"issueErrors":[]}`),
		"missing":   exchange(JiraCloud, "GET", "/rest/api/2/issue/GONE-1", "", 404, `{"errorMessages":["Issue does not exist or you do not have permission to see it."],"errors":{}}`),
		"dc search": exchange(DataCenter, "POST", "/rest/api/2/search", `{"jql":"project = X","startAt":0,"maxResults":50,"fields":["summary"]}`, 200, `{"startAt":0,"maxResults":50,"total":22,"issues":`+dcIssues+`}`),
		"dc board":  exchange(DataCenter, "GET", "/jira/rest/agile/1.0/board/734/sprint?state=active", "", 200, string(recorded(t, "records", "jira", "objects", "go-jira.sprints.json"))),
		"block":     exchange(GitHub, "POST", "/repos/EnricoMi/PyGithub/issues/24/dependencies/blocked_by", blocked[11+6], 201, blocked[11+9]),
		"issues":    exchange(GitHub, "GET", "/api/v3/repos/acme/api/issues?state=all&per_page=100", "", 200, "[]"),
		"locked":    exchange(GitHub, "POST", "/repos/acme/api/issues/1/comments", `{"body":"x"}`, 403, `{"message":"Unable to create comment because issue is locked.","documentation_url":"https://docs.github.com/rest","status":"403"}`),
		"project":   exchange(GitHub, "POST", "/graphql", question, 200, string(part(t, board, "response/data"))),
		"fold":      exchange(GitHub, "POST", "/graphql", minimize, 200, `{"data":{"minimizeComment":{"minimizedComment":{"__typename":"IssueComment","isMinimized":true}}}}`),
		"no project": exchange(GitHub, "POST", "/api/graphql", `{"query":"{ organization(login: \"acme\") { projectV2(number: 9) { id } } }"}`, 200,
			`{"data":{"organization":{"projectV2":null}},"errors":[{"type":"NOT_FOUND","path":["organization","projectV2"],"locations":[{"line":1,"column":33}],"message":"Could not resolve to a ProjectV2 with the number 9."}]}`),
	}
}

func TestWhatIsGoodIsTaken(t *testing.T) {
	for name, build := range good(t) {
		api, e := build()
		if complaint := told(t, api, Daemon, e); complaint != "" {
			t.Errorf("%s: %s", name, complaint)
		}
	}
}

// asked replaces in a request's body, replied in an answer's.
func asked(from, to string) func(*Exchange) {
	return func(e *Exchange) { e.Body = bytes.Replace(e.Body, []byte(from), []byte(to), 1) }
}

func replied(from, to string) func(*Exchange) {
	return func(e *Exchange) { e.Answer = bytes.Replace(e.Answer, []byte(from), []byte(to), 1) }
}

func query(name, value string) func(*Exchange) {
	return func(e *Exchange) {
		q := e.URL.Query()
		q.Set(name, value)
		e.URL.RawQuery = q.Encode()
	}
}

// TestEveryDeviationIsTold changes one thing in an exchange that is good.
func TestEveryDeviationIsTold(t *testing.T) {
	originals := good(t)
	for _, c := range []struct {
		name, of string
		change   func(*Exchange)
		want     string // part of what the test is told
	}{
		{"a wrong path", "search", func(e *Exchange) { e.URL.Path = "/rest/api/2/search/jqls" }, "a route that is published"},
		{"a wrong path of GitHub", "issues", func(e *Exchange) { e.URL.Path = "/repos/acme/api/issue" }, "a route that is published"},
		{"a wrong method", "search", func(e *Exchange) { e.Method = "PATCH" }, "a route that is published"},
		{"a wrong method of GitHub", "block", func(e *Exchange) { e.Method = "PUT" }, "a route that is published"},
		{"a wrong query parameter", "list", query("expnd", "properties"), "request query at expnd: one of"},
		{"a query parameter of a wrong type", "list", query("maxResults", "many"), "request query at maxResults"},
		{"a word that is not in a parameter's enum", "issues", query("state", "doing"), "request query at state"},
		{"a parameter of GitHub out of its bounds", "issues", query("since", "yesterday"), "request query at since"},
		{"an extra field in a strict request", "search", asked(`"maxResults":50`, `"startAt":0`), `property "startAt" is unsupported`},
		{"a list where a strict request wants a text", "search", asked(`"maxResults":50`, `"expand":["names"]`), "request body at /expand"},
		{"a field of a wrong type", "search", asked(`"maxResults":50`, `"maxResults":"50"`), "request body at /maxResults"},
		{"a missing required field", "bulk", asked(`"issueIdsOrKeys":["EE-1"],`, ""), `property "issueIdsOrKeys" is missing`},
		{"a missing required field of GitHub", "block", asked(`"issue_id"`, `"issue"`), `property "issue_id" is missing`},
		{"a missing body", "comment", func(e *Exchange) { e.Body = nil }, "value is required but missing"},
		{"a body where none belongs", "missing", func(e *Exchange) { e.Body = []byte("{}") }, "request body"},
		{"a body that is no JSON", "search", asked(`{"jql"`, `{jql`), "request body"},
		{"an extra field in a comment", "comment", asked(`"properties"`, `"property"`), "additional properties 'property' not allowed"},
		{"a text on version 3", "comment", asked(`{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"x"}]}]}`, `"x"`), "request body at /body"},
		{"an empty text in a document", "comment", asked(`"text":"x"`, `"text":""`), "minLength"},
		{"an extra field in a search of Data Center", "dc search", asked(`"startAt"`, `"nextPageToken"`), "additional properties 'nextPageToken' not allowed"},
		{"a missing content type", "search", func(e *Exchange) { e.Header.Del("Content-Type") }, "request header at Content-Type"},
		{"a missing version", "issues", func(e *Exchange) { e.Header.Del("X-GitHub-Api-Version") }, "request header at X-GitHub-Api-Version"},
		{"a write that looks like a foreign page's", "comment", func(e *Exchange) { e.Header.Del("X-Atlassian-Token") }, "request header at X-Atlassian-Token"},
		{"a missing user agent", "issues", func(e *Exchange) { e.Header.Del("User-Agent") }, "request header at User-Agent"},

		{"a wrong status", "search", func(e *Exchange) { e.Status = 206 }, "one of the published statuses"},
		{"a wrong status of a write", "comment", func(e *Exchange) { e.Status = 200 }, "one of the published statuses"},
		{"a refusal that is not GitHub's", "locked", func(e *Exchange) { e.Status = 418 }, "one of the published statuses"},
		{"a missing content type of an answer", "search", func(e *Exchange) { e.AnswerHeader.Del("Content-Type") }, "answer header at Content-Type"},
		{"another content type", "search", func(e *Exchange) { e.AnswerHeader.Set("Content-Type", "text/html") }, "header Content-Type has unexpected value"},
		{"a missing date", "search", func(e *Exchange) { e.AnswerHeader.Del("Date") }, "answer header at Date"},
		{"a missing ETag", "issues", func(e *Exchange) { e.AnswerHeader.Del("ETag") }, "answer header at ETag"},
		{"a redirect to nowhere", "block", func(e *Exchange) { e.Status, e.Answer = 301, nil }, "answer header at Location"},
		{"a limit without an end", "missing", func(e *Exchange) { e.Status = 429 }, "answer header at Retry-After"},
		{"something beside nothing", "missing", func(e *Exchange) { e.Status = 204 }, "nothing with this status"},
		{"an answer that is no JSON", "search", replied(`{"isLast"`, `{isLast`), "answer body"},
		{"an empty answer", "search", func(e *Exchange) { e.Answer = []byte{} }, "answer body"},
		{"an extra field in a strict answer", "search", replied(`"isLast"`, `"total"`), `property "total" is unsupported`},
		{"a field of an answer of a wrong type", "search", replied(`"isLast":true`, `"isLast":"yes"`), "answer body at /isLast"},
		{"an id that is a number", "search", replied(`"id": "10063"`, `"id": 10063`), "/issues/*/id"},
		{"a missing field that we describe", "search", replied(`"statusCategory"`, `"category"`), "missing property 'statusCategory'"},
		{"a category of status that nobody has", "search", replied(`"key": "done"`, `"key": "finished"`), "/statusCategory/key"},
		{"a sprint without a state", "search", replied(`"state": "closed", "boardId"`, `"boardId"`), "answer body at /issues/*/fields/customfield_10020"},
		{"a person without an account", "search", replied(`"accountId"`, `"name"`), "our cloud"},
		{"a link with both of its ends", "dc search", replied(`"inwardIssue"`, `"outwardIssue": {"id": "1", "key": "A-1", "fields": {"summary": "", "status": {"id": "1", "name": "x", "statusCategory": {"id": 2, "key": "new", "name": "x"}}, "issuetype": {"id": "1", "name": "x", "subtask": false}}}, "inwardIssue"`), "issuelinks/*"},
		{"a time with a colon in its zone", "dc search", replied(`.000+0000"`, `.000+00:00"`), "answer body at /issues/*/fields/"},
		{"a page without its end", "dc board", replied(`"isLast": true,`, ""), "missing property 'isLast'"},
		{"a sprint of no state", "dc board", replied(`"state": "closed"`, `"state": "over"`), "answer body at /values/*/state"},
		{"an error in another form", "missing", replied(`"errorMessages"`, `"messages"`), "missing property 'errorMessages'"},
		{"an error that says nothing", "missing", replied(`"Issue does not exist or you do not have permission to see it."`, ""), "answer body"},
		{"an error of GitHub in another form", "locked", replied(`"message"`, `"error"`), "missing property 'message'"},
		{"null for what is never null", "block", replied(`"number":24`, `"number":null`), "answer body at /number"},
		{"a missing field of an answer of GitHub", "block", replied(`"state":"open"`, `"stand":"open"`), "state"},
		{"a time of GitHub in another form", "block", replied(`"created_at":"20`, `"created_at":"on 20`), "answer body at /created_at"},

		{"a field that the schema does not have", "project", asked(`databaseId`, `number2`), "Cannot query field"},
		{"an argument that the schema does not have", "project", asked(`fields(first: 50)`, `fields(top: 50)`), "Unknown argument"},
		{"an unknown fragment type", "project", asked(`ProjectV2FieldCommon`, `ProjectV3FieldCommon`), "GraphQL document"},
		{"a variable that is not declared", "project", asked(`"number": 2`, `"number": 2, "first": 5`), "GraphQL variables at first"},
		{"a variable of a wrong type", "project", asked(`"number": 2`, `"number": "2"`), "GraphQL variables at number: Int, not"},
		{"a missing variable", "project", asked(`"number": 2`, `"login": "x"`), "GraphQL variables"},
		{"null for a variable that is never null", "project", asked(`"number": 2`, `"number": null`), "GraphQL variables at number: Int!, not null"},
		{"a word that is not in an enum", "fold", asked(`"OUTDATED"`, `"OLD"`), "GraphQL variables at input/classifier"},
		{"another case of an enum's word", "fold", asked(`"OUTDATED"`, `"outdated"`), "GraphQL variables at input/classifier"},
		{"an input's field that the schema does not have", "fold", asked(`"classifier"`, `"reason"`), "GraphQL variables at input/reason"},
		{"a document that cannot be read", "fold", asked(`isMinimized }`, `isMinimized (`), "GraphQL document"},
		{"an extra field beside the query", "fold", asked(`"variables"`, `"vars":1,"variables"`), "query, variables and operationName"},
		{"another method for GraphQL", "fold", func(e *Exchange) { e.Method = "GET" }, "POST, not GET"},
		{"an error status for GraphQL", "fold", func(e *Exchange) { e.Status = 400 }, "200, also for errors"},

		{"a missing field of data", "project", replied(`"databaseId"`, `"id2"`), "and it is missing"},
		{"a field of data that nobody asked for", "project", replied(`"databaseId"`, `"number": 1, "databaseId"`), "only what was asked for"},
		{"null for non-null", "project", replied(`"title": "@gr2m's Test Fixtures"`, `"title": null`), "String!, not null"},
		{"a text for a number", "project", replied(`"duration": 14`, `"duration": "14"`), "Int!, not"},
		{"a fraction for a whole number", "project", replied(`"duration": 14`, `"duration": 1.4`), "Int!, not"},
		{"an enum's word that the schema does not have", "project", replied(`"dataType": "TITLE"`, `"dataType": "HEADING"`), "a value of ProjectV2FieldType"},
		{"a date in another form", "project", replied(`"startDate": "20`, `"startDate": "on 20`), "Date!, not"},
		{"an object for a list", "project", replied(`"iterations": [`, `"iterations": {}, "x": [`), "a list"},
		{"a type that the union does not have", "fold", replied(`"IssueComment"`, `"Issue"`), `a Minimizable, not "Issue"`},
		{"an unknown type", "fold", replied(`"IssueComment"`, `"Remark"`), `a Minimizable, not "Remark"`},
		{"an error without a message", "no project", replied(`"message"`, `"text"`), "missing property 'message'"},
		{"an error whose path leads nowhere", "no project", replied(`["organization","projectV2"]`, `["organization","project"]`), "a path to the null"},
		{"neither data nor errors", "fold", func(e *Exchange) { e.Answer = []byte(`{"data":null}`) }, "data or errors"},
		{"an empty list of errors", "fold", replied(`{"data"`, `{"errors":[],"data"`), "a list that is not empty"},
	} {
		api, e := originals[c.of]()
		before := fmt.Sprint(e.Method, e.URL, e.Header, string(e.Body), e.Status, e.AnswerHeader, string(e.Answer))
		c.change(&e)
		if fmt.Sprint(e.Method, e.URL, e.Header, string(e.Body), e.Status, e.AnswerHeader, string(e.Answer)) == before {
			t.Errorf("%s: nothing was changed", c.name)
			continue
		}
		if complaint := told(t, api, Daemon, e); !strings.Contains(complaint, c.want) {
			t.Errorf("%s: told %q, want %q in it", c.name, cut(complaint, 1000), c.want)
		}
	}
}

// TestAnyoneMayAskWronglyAndIsRefused: of other clients' requests only those count that the simulator took.
func TestAnyoneMayAskWronglyAndIsRefused(t *testing.T) {
	api, e := good(t)["search"]()
	asked(`"maxResults":50`, `"startAt":0`)(&e)
	if complaint := told(t, api, Anyone, e); !strings.Contains(complaint, "startAt") {
		t.Errorf("a wrong request was taken and nobody told: %q", complaint)
	}
	e.Status, e.Answer = http.StatusBadRequest, []byte(`{"errorMessages":["Invalid request payload."],"warningMessages":[]}`)
	if complaint := told(t, api, Anyone, e); complaint != "" {
		t.Errorf("a wrong request was refused: %s", complaint)
	}
	if complaint := told(t, api, Daemon, e); !strings.Contains(complaint, "startAt") {
		t.Errorf("the daemon asked wrongly and nobody told: %q", complaint)
	}
}

// TestOneAliasOverTwoStatesIsTolerated: gh asks so, and github.com answers. We do not.
func TestOneAliasOverTwoStatesIsTolerated(t *testing.T) {
	e := said(t, "POST", "/graphql", `{"query":"{ node(id: \"x\") { __typename ... on Issue { state } ... on PullRequest { state } } }"}`, 200, `{"data":{"node":{"__typename":"Issue","state":"OPEN"}}}`)
	if complaint := told(t, GitHub, Anyone, e); complaint != "" {
		t.Error(complaint)
	}
	if complaint := told(t, GitHub, Daemon, e); !strings.Contains(complaint, "conflict") {
		t.Errorf("the daemon relied on it and nobody told: %q", complaint)
	}
	replied(`"OPEN"`, `"MERGED"`)(&e)
	if complaint := told(t, GitHub, Anyone, e); !strings.Contains(complaint, "a value of IssueState") {
		t.Errorf("an issue was merged and nobody told: %q", complaint)
	}
	asked(`... on PullRequest { state }`, `... on PullRequest { state: title }`)(&e)
	if complaint := told(t, GitHub, Anyone, e); !strings.Contains(complaint, "conflict") {
		t.Errorf("two fields of one name and nobody told: %q", complaint)
	}
}
