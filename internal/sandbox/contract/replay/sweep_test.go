package replay

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"strata/internal/sandbox/contract"
	"strata/internal/sandbox/jirasim"
)

// unserved are published routes that the simulators do not have, with the reason.
var unserved = map[contract.API]map[string]string{
	contract.JiraCloud: {
		"GET /rest/api/3/webhook": ofApps, "POST /rest/api/3/webhook": ofApps, "DELETE /rest/api/3/webhook": ofApps, "PUT /rest/api/3/webhook/refresh": ofApps,
		"POST /rest/api/3/field": ofAdministrators, "POST /rest/api/3/issueLinkType": ofAdministrators,
		"DELETE /rest/api/3/project/{projectIdOrKey}": ofAdministrators, "PUT /rest/api/3/project/{projectIdOrKey}": ofAdministrators,
	},
	contract.DataCenter: {
		"POST /rest/agile/1.0/board": ofAdministrators, "DELETE /rest/agile/1.0/board/{boardId}": ofAdministrators,
		"POST /rest/api/2/field": ofAdministrators, "POST /rest/api/2/issueLinkType": ofAdministrators, "PUT /rest/api/2/myself": ofPeople,
	},
	contract.GitHub: {
		"GET /orgs/{org}/projectsV2/{project_number}/fields": byGraphQL, "POST /orgs/{org}/projectsV2/{project_number}/fields": byGraphQL,
		"GET /orgs/{org}/projectsV2/{project_number}/items": byGraphQL, "POST /orgs/{org}/projectsV2/{project_number}/items": byGraphQL,
		"PATCH /repos/{owner}/{repo}": ofAdministrators, "DELETE /repos/{owner}/{repo}": ofAdministrators, "PATCH /user": ofPeople,
		"POST /app/installations/{installation_id}/access_tokens": "wants an App's own signature",
	},
}

const (
	ofApps           = "of apps; the webhooks of a daemon are set up by an administrator"
	ofAdministrators = "sets a site up"
	ofPeople         = "changes who somebody is"
	byGraphQL        = "boards are read by GraphQL"
)

// bodies are what the published writes are asked with.
var bodies = map[string]string{
	"POST changelog/bulkfetch":                           `{"issueIdsOrKeys":["{issueIdOrKey}"],"fieldIds":["status"]}`,
	"POST comment/list":                                  `{"ids":[{commentId}]}`,
	"PUT comment/{commentId}/properties/{propertyKey}":   `"b"`,
	"POST issue/bulkfetch":                               `{"issueIdsOrKeys":["{issueIdOrKey}"],"fields":["*all"],"expand":["changelog","names","renderedFields"]}`,
	"PUT issue/{issueIdOrKey}":                           `{"fields":{"summary":"Swept"}}`,
	"POST issue/{issueIdOrKey}/comment":                  `{"body":TEXT}`,
	"PUT issue/{issueIdOrKey}/comment/{id}":              `{"body":TEXT}`,
	"PUT issue/{issueIdOrKey}/properties/{propertyKey}":  `"b"`,
	"POST issue/{issueIdOrKey}/remotelink":               `{"globalId":"g","object":{"url":"https://x.example","title":"x"}}`,
	"POST search/approximate-count":                      `{"jql":"project = CORE"}`,
	"POST search/jql":                                    `{"jql":"project = CORE","fields":["*all"],"maxResults":20}`,
	"POST search":                                        `{"jql":"project = CORE","fields":["*all"],"expand":["names"]}`,
	"POST sprint/{sprintId}":                             `{"goal":"swept"}`,
	"PUT sprint/{sprintId}":                              `{"name":"Swept","state":"future","startDate":"2026-08-03T09:00:00.000+02:00","endDate":"2026-08-14T18:00:00.000+02:00"}`,
	"POST sprint/{sprintId}/issue":                       `{"issues":["{issueIdOrKey}"]}`,
	"POST issues":                                        `{"title":"Swept"}`,
	"PATCH issues/comments/{comment_id}":                 `{"body":"swept"}`,
	"PATCH issues/{issue_number}":                        `{"title":"Swept"}`,
	"POST issues/{issue_number}/comments":                `{"body":"swept"}`,
	"POST issues/{issue_number}/dependencies/blocked_by": `{"issue_id":{another}}`,
	"POST issues/{issue_number}/sub_issues":              `{"sub_issue_id":{another}}`,
}

var parameter = regexp.MustCompile(`\{[A-Za-z_]+\}`)

// TestEveryPublishedRouteIsServed asks for each route in each of the files: first all that read, then those that write, and
// at last those that delete. The watcher looks at what comes back.
func TestEveryPublishedRouteIsServed(t *testing.T) {
	contract.Folder(t)
	const expanded = "expand=names,schema,renderedFields,changelog,transitions,editmeta,operations"
	for _, flavour := range []jirasim.Flavour{jirasim.Cloud, jirasim.DataCenter} {
		s := onJira(t, flavour)
		p := somewhere(s, "CORE")
		comment := s.ask("POST", "/rest/api/2/issue/"+p.issue+"/comment", map[string]any{"body": "x"})["id"].(string)
		s.put("/rest/api/2/issue/"+p.issue+"/properties/known", `"a"`) // Data Center declares a text
		s.put("/rest/api/2/comment/"+comment+"/properties/known", `{"a":1}`)
		s.sweep(map[string]string{
			"issueIdOrKey": p.issue, "projectIdOrKey": "CORE", "boardId": fmt.Sprint(p.board), "sprintId": fmt.Sprint(p.later), "commentId": comment,
			"id": comment, "propertyKey": "known", "linkId": s.someLink(p),
		}, map[string]string{
			"GET search/jql": "jql=project%3DCORE&fields=*all&expand=names,schema", "GET search": "jql=project%3DCORE&fields=*all&expand=names,schema",
			"GET mypermissions": "permissions=BROWSE_PROJECTS", "GET user/search": "query=ada", "GET issue/{issueIdOrKey}": expanded,
			"GET project/{projectIdOrKey}": "expand=description,lead,issueTypes", "GET issue/{issueIdOrKey}/comment": "expand=renderedBody,properties",
			"DELETE issue/{issueIdOrKey}/remotelink": "globalId=g",
		})
	}
	s := onGitHub(t, generated(300))
	parent, _ := create(s, "acme/api", "whole")
	child, id := create(s, "acme/api", "part")
	_, blocker := create(s, "acme/api", "before")
	_, another := create(s, "acme/api", "another")
	s.ask("POST", "/repos/acme/api/issues/"+parent+"/sub_issues", map[string]any{"sub_issue_id": number(id)})
	s.ask("POST", "/repos/acme/api/issues/"+child+"/dependencies/blocked_by", map[string]any{"issue_id": number(blocker)})
	comment := s.ask("POST", "/repos/acme/api/issues/"+child+"/comments", map[string]any{"body": "x"})["id"]
	s.sweep(map[string]string{
		"owner": "acme", "repo": "api", "org": "acme", "issue_number": child, "comment_id": fmt.Sprint(int64(comment.(float64))), "project_number": "7",
		"installation_id": "1", "another": another,
	}, map[string]string{"GET search/issues": "q=repo:acme/api+is:issue"})
}

func (s *stage) put(path, body string) {
	s.t.Helper()
	if resp, said := s.send(exchange{method: http.MethodPut, path: path, body: body, header: http.Header{"Content-Type": {"application/json"}}}, row{}); resp.StatusCode >= 300 {
		s.t.Fatalf("PUT %s: %d %s", path, resp.StatusCode, said)
	}
}

// someLink links two issues and tells the link's id.
func (s *stage) someLink(p places) string {
	s.t.Helper()
	s.mutate("link", p.issue, "blocker", p.second)
	links := dig(s.ask("GET", "/rest/api/2/issue/"+p.issue, nil), "fields", "issuelinks").([]any)
	return dig(links[len(links)-1], "id").(string)
}

// sweep asks for every published route with the given values of its parameters. Of what is deleted, the inner goes first.
func (s *stage) sweep(values, queries map[string]string) {
	s.t.Helper()
	operations, err := s.api.Operations()
	if err != nil {
		s.t.Fatal(err)
	}
	turn := []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
	slices.SortStableFunc(operations, func(a, b contract.Operation) int {
		if by := slices.Index(turn, a.Method) - slices.Index(turn, b.Method); by != 0 || a.Method != http.MethodDelete {
			return by
		}
		if last := strings.HasSuffix(a.Path, "/{issueIdOrKey}"); last != strings.HasSuffix(b.Path, "/{issueIdOrKey}") {
			return map[bool]int{true: 1, false: -1}[last]
		}
		return len(b.Path) - len(a.Path)
	})
	for _, o := range operations {
		route, short := o.Method+" "+o.Path, o.Method+" "+shortened(o.Path)
		fill := func(text string) string {
			return parameter.ReplaceAllStringFunc(text, func(name string) string {
				if value, known := values[strings.Trim(name, "{}")]; known {
					return value
				}
				return name
			})
		}
		query, err := url.ParseQuery(queries[short])
		if err != nil {
			s.t.Fatal(err)
		}
		e := exchange{method: o.Method, path: fill(o.Path), query: query, header: agent()}
		if body := bodies[short]; body != "" {
			e.body = fill(strings.ReplaceAll(body, "TEXT", s.text(o.Path)))
			e.header.Set("Content-Type", "application/json")
		}
		resp, said := s.send(e, row{})
		_, listed := unserved[s.api][route]
		switch {
		case listed && resp.StatusCode < 300:
			s.t.Errorf("%s: %s is served: take it out of the table", s.api, route)
		case !listed && resp.StatusCode >= 300:
			s.t.Errorf("%s: %s answers %d %.200s", s.api, route, resp.StatusCode, said)
		}
	}
}

var prefixes = regexp.MustCompile(`^/(rest/api/\d/|rest/agile/1.0/|repos/\{owner\}/\{repo\}/|)`)

// shortened is a path without what all of its API begin with.
func shortened(path string) string { return prefixes.ReplaceAllString(path, "") }

// text is the body of a comment on a path's version.
func (s *stage) text(path string) string {
	if strings.Contains(path, "/api/3/") {
		return document
	}
	return `"swept"`
}
