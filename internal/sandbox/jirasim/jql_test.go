package jirasim_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// A world of four issues, small enough to know every answer.
//
//	key  | project | status      | sprint     | assignee | updated (UTC)    | labels
//	A-1  | A       | To Do       | 1 (active) | –        | 2026-03-11 08:00 | x
//	A-2  | A       | In Progress | 2 (future) | ada      | 2026-03-11 07:00 | x, y
//	A-10 | A       | Done        | –          | ada      | 2026-03-10 06:00 | –
//	B-1  | B       | To Do       | –          | –        | 2026-03-01 00:00 | –
const four = `{"id":"1","key":"A-1","fields":{"summary":"Pay fast","project":{"id":"1","key":"A","name":"Alpha"},"status":{"id":"1","name":"To Do","statusCategory":{"key":"new"}},"labels":["x"],"created":"2026-01-01T00:00:00.000+0000","updated":"2026-03-11T08:00:00.000+0000","customfield_10020":[{"id":1,"name":"S1","state":"active","boardId":1}]}}
{"id":"2","key":"A-2","fields":{"summary":"Pay later","project":{"id":"1","key":"A","name":"Alpha"},"parent":{"id":"1","key":"A-1"},"status":{"id":"3","name":"In Progress","statusCategory":{"key":"indeterminate"}},"labels":["x","y"],"assignee":{"name":"ada","displayName":"Ada"},"created":"2026-01-01T00:00:00.000+0000","updated":"2026-03-11T07:00:00.000+0000","customfield_10020":[{"id":2,"name":"S2","state":"future","boardId":1}]}}
{"id":"10","key":"A-10","fields":{"summary":"Search","project":{"id":"1","key":"A","name":"Alpha"},"status":{"id":"4","name":"Done","statusCategory":{"key":"done"}},"resolution":{"id":"1","name":"Fixed"},"assignee":{"name":"ada","displayName":"Ada"},"created":"2026-01-01T00:00:00.000+0000","updated":"2026-03-10T06:00:00.000+0000"}}
{"id":"11","key":"B-1","fields":{"summary":"pay \"now\"","project":{"id":"2","key":"B","name":"Beta"},"status":{"id":"1","name":"To Do","statusCategory":{"key":"new"}},"components":[{"id":"5","name":"Cart"}],"created":"2026-01-01T00:00:00.000+0000","updated":"2026-03-01T00:00:00.000+0000"}}`

func TestJQL(t *testing.T) {
	w := world.New(clock) // 2026-03-11 09:00 UTC
	if _, err := w.LoadJira(strings.NewReader(four), "four"); err != nil {
		t.Fatal(err)
	}
	w.Read(func(s *world.State) { s.JiraBot.TimeZone = "Asia/Kathmandu" }) // +05:45
	srv := httptest.NewServer(jirasim.New(w, jirasim.Options{Flavour: jirasim.DataCenter, Token: token}))
	defer srv.Close()
	for jql, want := range map[string]string{
		`project = A ORDER BY key`: "A-1 A-2 A-10",
		`project = "Beta"`:         "B-1",
		`project in (A, B) AND status != Done order by key DESC`: "B-1 A-2 A-1",
		`NOT project = A`: "B-1",
		`(project = B OR key = A-1) AND statusCategory = new ORDER BY id`: "A-1 B-1",
		`key in (A-2, 11) ORDER BY updated ASC`:                           "B-1 A-2",
		`project = A AND key > A-2`:                                       "A-10",
		`assignee is EMPTY ORDER BY key`:                                  "A-1 B-1",
		`assignee = ada ORDER BY key`:                                     "A-2 A-10",
		`assignee != ada`:                                                 "",
		`labels = y`:                                                      "A-2",
		`labels not in (y)`:                                               "A-1",
		`labels in (x, EMPTY) ORDER BY key`:                               "A-1 A-2 A-10 B-1",
		`component = Cart`:                                                "B-1",
		`sprint in openSprints()`:                                         "A-1",
		`sprint in (openSprints(), futureSprints()) ORDER BY key`:         "A-1 A-2",
		`Sprint = 2`:                                                      "A-2",
		`sprint is empty ORDER BY key`:                                    "A-10 B-1",
		`parent = A-1`:                                                    "A-2",
		`resolution = Unresolved AND project = B`:                         "B-1",
		`resolution is not empty`:                                         "A-10",
		`summary ~ pay ORDER BY key`:                                      "A-1 A-2 B-1",
		`summary ~ "pay \"now\""`:                                         "B-1",
		`summary !~ pay`:                                                  "A-10",
		`updated >= 1773212400000 ORDER BY key`:                           "A-1 A-2",
		`updated >= "2026/03/11 13:45"`:                                   "A-1", // 08:00 UTC in Kathmandu
		`updated >= '2026-03-11 13:46'`:                                   "",
		`updated < 2026-03-02`:                                            "B-1",
		`updated >= -90m`:                                                 "A-1",
		`updated >= "-1d" AND updated <= now() ORDER BY key`:              "A-1 A-2",
		`updated < startOfDay() ORDER BY key`:                             "A-10 B-1",
		`updated >= startOfDay(-1) ORDER BY updated DESC, key ASC`:        "A-1 A-2 A-10",
		`issuetype = Story AND project = B`:                               "B-1",
		`! (project = A) || key = A-1 ORDER BY project, key`:              "A-1 B-1",
		`ORDER BY created ASC, updated DESC`:                              "A-1 A-2 A-10 B-1",
		`project = NOPE`:                                                  `400 The value 'NOPE' does not exist for the field 'project'.`,
		`key in (A-1, A-3)`:                                               `400 An issue with key 'A-3' does not exist for field 'key'.`,
		`color = red`:                                                     `400 Field 'color' does not exist`,
		`status was Done`:                                                 `400 The operator 'WAS' is not supported`,
		`assignee = membersOf("x")`:                                       `400 Unable to find JQL function 'membersOf()'`,
		`project = A AND`:                                                 `400 Error in the JQL Query`,
		`project ~ A`:                                                     `400 The operator '~' is not supported by the 'project' field.`,
		`updated > yesterday`:                                             `400 Date value 'yesterday' for field 'updated' is invalid`,
		`status = In Progress`:                                            `400 Error in the JQL Query`,
		`project = A ORDER BY a, b, c, d, e, f, g, h`:                     `400 The ORDER BY clause supports at most 7`,
		`project is 7`:                                                    `400 The operator 'IS' can only be used with EMPTY or NULL.`,
		`project = A ORDER BY labels`:                                     `400 Field 'labels' does not support sorting`,
		`issue in linkedIssues(A-1)`:                                      "",
		`project = (A)`:                                                   `400 Operator '=' does not support the list value`,
	} {
		got := ask(t, srv, jirasim.DataCenter, "GET", "/rest/api/2/search?fields=summary&jql="+url.QueryEscape(jql), nil)
		if strings.HasPrefix(want, "400 ") {
			text, _ := got.json["errorMessages"].([]any)
			if got.status != 400 || len(text) == 0 || !strings.Contains(text[0].(string), want[4:]) {
				t.Errorf("%s: got %d %s; want %s", jql, got.status, got.text, want)
			}
			continue
		}
		var keys []string
		list, _ := got.json["issues"].([]any)
		for _, i := range list {
			keys = append(keys, i.(map[string]any)["key"].(string))
		}
		if have := strings.Join(keys, " "); got.status != 200 || have != want {
			t.Errorf("%s: got %d %q; want %q %s", jql, got.status, have, want, got.json["errorMessages"])
		}
	}
}
