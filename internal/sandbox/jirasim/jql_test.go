package jirasim_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// A world of a few issues, small enough to know every answer.
//
//	key  | type    | status      | sprint              | assignee | updated (UTC)    | labels | points | priority | due        | team
//	A-1  | Epic    | To Do       | 1 (active)          | –        | 2026-03-11 08:00 | x      | –      | High     | 2026-03-11 | –
//	A-2  | Story   | In Progress | 9 (closed), 2       | ada      | 2026-03-11 07:00 | x, y   | 3      | Medium   | –          | Core
//	A-3  | Subtask | To Do       | –                   | bob      | 2026-03-11 07:00 | –      | 0.5    | –        | 2026-03-09 | –
//	A-10 | Story   | Done        | –                   | ada      | 2026-03-10 06:00 | –      | –      | Low      | –          | –
//	B-1  | Bug     | To Do       | –                   | –        | 2026-03-01 00:00 | –      | –      | High     | –          | –
//
// belong to. B-1 blocks A-2 and relates to A-10.
// A-10 was To Do, from 1 March In Progress by bob, from 10 March Done by ada.
const known = `{"id":"1","key":"A-1","fields":{"summary":"Pay fast","project":{"id":"1","key":"A","name":"Alpha"},"issuetype":{"id":"1","name":"Epic","hierarchyLevel":1},"status":{"id":"1","name":"To Do","statusCategory":{"key":"new"}},"priority":{"id":"2","name":"High"},"labels":["x"],"duedate":"2026-03-11","reporter":{"name":"ada","displayName":"Ada Lovelace"},"created":"2026-01-01T00:00:00.000+0000","updated":"2026-03-11T08:00:00.000+0000","customfield_10020":[{"id":1,"name":"S1","state":"active","boardId":1}],"customfield_10077":{"value":"Gold","id":"7"}}}
{"id":"2","key":"A-2","fields":{"summary":"Paying later","description":"As a courier I track parcels. 支払いを早く","project":{"id":"1","key":"A","name":"Alpha"},"issuetype":{"id":"2","name":"Story","hierarchyLevel":0},"parent":{"id":"1","key":"A-1"},"status":{"id":"3","name":"In Progress","statusCategory":{"key":"indeterminate"}},"priority":{"id":"3","name":"Medium"},"labels":["x","y"],"assignee":{"name":"ada","displayName":"Ada Lovelace"},"customfield_10016":3,"customfield_10001":"Core","created":"2026-01-01T00:00:00.000+0000","updated":"2026-03-11T07:00:00.000+0000","customfield_10020":[{"id":9,"name":"S0, old","state":"closed","boardId":1},{"id":2,"name":"S2","state":"future","boardId":1}],"issuelinks":[{"id":"500","type":{"id":"10","name":"Blocks","inward":"is blocked by","outward":"blocks"},"inwardIssue":{"id":"11","key":"B-1"}}]}}
{"id":"3","key":"A-3","fields":{"summary":"Part","project":{"id":"1","key":"A","name":"Alpha"},"issuetype":{"id":"3","name":"Sub-task","subtask":true,"hierarchyLevel":-1},"parent":{"id":"2","key":"A-2"},"status":{"id":"1","name":"To Do","statusCategory":{"key":"new"}},"assignee":{"name":"bob","displayName":"Bob"},"duedate":"2026-03-09","customfield_10016":0.5,"created":"2026-01-02T00:00:00.000+0000","updated":"2026-03-11T07:00:00.000+0000"}}
{"id":"10","key":"A-10","fields":{"summary":"Search","project":{"id":"1","key":"A","name":"Alpha"},"issuetype":{"id":"2","name":"Story","hierarchyLevel":0},"parent":{"id":"1","key":"A-1"},"status":{"id":"4","name":"Done","statusCategory":{"key":"done"}},"resolution":{"id":"1","name":"Fixed"},"resolutiondate":"2026-03-10T06:00:00.000+0000","priority":{"id":"4","name":"Low"},"assignee":{"name":"ada","displayName":"Ada Lovelace"},"created":"2026-01-01T00:00:00.000+0000","updated":"2026-03-10T06:00:00.000+0000","issuelinks":[{"id":"501","type":{"id":"11","name":"Relates","inward":"relates to","outward":"relates to"},"inwardIssue":{"id":"11","key":"B-1"}}]},"changelog":{"histories":[{"id":"1","author":{"name":"bob","displayName":"Bob"},"created":"2026-03-01T00:00:00.000+0000","items":[{"field":"status","from":"1","fromString":"To Do","to":"3","toString":"In Progress"},{"field":"assignee","from":"bob","fromString":"Bob","to":"ada","toString":"Ada Lovelace"}]},{"id":"2","author":{"name":"ada","displayName":"Ada Lovelace"},"created":"2026-03-10T06:00:00.000+0000","items":[{"field":"status","from":"3","fromString":"In Progress","to":"4","toString":"Done"},{"field":"resolution","from":null,"fromString":null,"to":"1","toString":"Fixed"}]}]}}
{"id":"11","key":"B-1","fields":{"summary":"pay \"now\"","project":{"id":"2","key":"B","name":"Beta"},"issuetype":{"id":"4","name":"Bug","hierarchyLevel":0},"status":{"id":"1","name":"To Do","statusCategory":{"key":"new"}},"priority":{"id":"2","name":"High"},"components":[{"id":"5","name":"Cart"}],"comment":{"comments":[{"id":"70","author":{"name":"bob","displayName":"Bob"},"body":"waits for the bank","created":"2026-02-01T00:00:00.000+0000","updated":"2026-02-01T00:00:00.000+0000"}],"total":1},"created":"2026-01-01T00:00:00.000+0000","updated":"2026-03-01T00:00:00.000+0000"},"names":{"customfield_10077":"Tier"}}`

// asked serves the known issues, at 09:00 UTC on Wednesday 11 March 2026 or when
// it is said.
func asked(t *testing.T, f jirasim.Flavour, zone string, now func() time.Time) *httptest.Server {
	t.Helper()
	w := world.New(now)
	if _, err := w.LoadJira(strings.NewReader(known), "known"); err != nil {
		t.Fatal(err)
	}
	err := w.Write(func(s *world.State) error {
		s.JiraBot.TimeZone = zone
		one := s.VersionOf(s.Project("A"), "1.0")
		one.Released = true
		two := s.VersionOf(s.Project("A"), "2.0")
		for key, v := range map[string][]*world.Version{"A-10": {one}, "A-2": {one, two}} {
			e := s.Edit(s.JiraIssue(key))
			e.FixVersions(v)
			was := s.JiraIssue(key).Updated
			e.Done(nil)
			s.JiraIssue(key).Updated = was
		}
		s.Watch(s.JiraIssue("B-1"), s.JiraBot, true, s.JiraBot)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(published(t, f, jirasim.New(w, jirasim.Options{Flavour: f, Token: token})))
	t.Cleanup(srv.Close)
	return srv
}

// keysOf asks a query and answers the keys in order, or "400 " and the message.
func keysOf(t *testing.T, srv *httptest.Server, f jirasim.Flavour, jql string) string {
	t.Helper()
	path := "/rest/api/2/search?fields=summary&jql="
	if f == jirasim.Cloud {
		path = "/rest/api/3/search/jql?fields=key&jql="
	}
	got := ask(t, srv, f, "GET", path+url.QueryEscape(jql), nil)
	if got.status != 200 {
		text, _ := got.json["errorMessages"].([]any)
		if len(text) == 0 {
			return got.text
		}
		return "400 " + text[0].(string)
	}
	var keys []string
	list, _ := got.json["issues"].([]any)
	for _, i := range list {
		keys = append(keys, i.(map[string]any)["key"].(string))
	}
	return strings.Join(keys, " ")
}

func TestJQL(t *testing.T) {
	srv := asked(t, jirasim.DataCenter, "Asia/Kathmandu", clock) // +05:45
	for jql, want := range map[string]string{
		// logic
		`project = A ORDER BY key`:                                        "A-1 A-2 A-3 A-10",
		`project in (A, B) AND status != Done order by key DESC`:          "B-1 A-3 A-2 A-1",
		`NOT project = A`:                                                 "B-1",
		`(project = B OR key = A-1) AND statusCategory = new ORDER BY id`: "A-1 B-1",
		`project = B OR key = A-1 AND statusCategory = done`:              "B-1", // AND binds more
		`! (project = A) || key = A-1 ORDER BY project, key`:              "A-1 B-1",
		`not (assignee = ada or assignee is empty) & labels is empty`:     "A-3",
		`project = "Beta"`:                                                "B-1",
		`PROJECT = 2`:                                                     "B-1",
		`project not in (B) and project is not empty and type = epic`:     "A-1",
		`key in (A-2, 11) ORDER BY updated ASC`:                           "B-1 A-2",
		`issue = a-2`:                                                     "A-2",
		`id = 2`:                                                          "A-2",
		`key != A-1 and project = A order by key`:                         "A-2 A-3 A-10",
		`project = A AND key > A-2 ORDER BY key`:                          "A-3 A-10",
		`key <= A-2 ORDER BY key desc`:                                    "A-2 A-1",
		// lists
		`status in ("To Do", 3) order by key`:                                 "A-1 A-2 A-3 B-1",
		`statusCategory in ("To Do", Done) order by key`:                      "A-1 A-3 A-10 B-1",
		`statusCategory = 4`:                                                  "A-2",
		`issuetype = Story order by key`:                                      "A-2 A-10",
		`type in standardIssueTypes() order by key`:                           "A-1 A-2 A-10 B-1",
		`type in subtaskIssueTypes()`:                                         "A-3",
		`resolution = Unresolved AND project = B`:                             "B-1",
		`resolution is not empty`:                                             "A-10",
		`resolution != Fixed`:                                                 "", // no resolution matches no negation
		`priority = High order by key`:                                        "A-1 B-1",
		`priority > Medium order by key`:                                      "A-1 B-1",
		`priority <= medium order by key`:                                     "A-2 A-10",
		`priority is empty`:                                                   "A-3",
		`priority != High order by key`:                                       "A-2 A-10",
		`order by priority, key`:                                              "A-1 B-1 A-2 A-10 A-3", // its own direction: the highest first
		`order by priority ASC, key`:                                          "A-3 A-10 A-2 A-1 B-1",
		`labels = y`:                                                          "A-2",
		`labels = nobodyhasit`:                                                "",
		`labels not in (y)`:                                                   "A-1",
		`labels in (y, EMPTY) ORDER BY key`:                                   "A-2 A-3 A-10 B-1",
		`labels not in (y, EMPTY)`:                                            "A-1",
		`component = Cart`:                                                    "B-1",
		`component = 5`:                                                       "B-1",
		`component is empty and type = Epic`:                                  "A-1",
		`fixVersion = 1.0 order by key`:                                       "A-2 A-10",
		`fixVersion in unreleasedVersions()`:                                  "A-2",
		`fixVersion in releasedVersions(A) order by key`:                      "A-2 A-10",
		`fixVersion = latestReleasedVersion(A) and type = Story order by key`: "A-2 A-10",
		`fixVersion > "1.0"`:                                                  "A-2",
		`fixVersion is empty order by key`:                                    "A-1 A-3 B-1",
		// people
		`assignee is EMPTY ORDER BY key`:                                   "A-1 B-1",
		`assignee = ada ORDER BY key`:                                      "A-2 A-10",
		`assignee = "Ada Lovelace" ORDER BY key`:                           "A-2 A-10",
		`assignee != ada`:                                                  "A-3",
		`assignee in (bob, EMPTY) order by key`:                            "A-1 A-3 B-1",
		`assignee in membersOf("jira-software-users") and type = Sub-task`: "A-3",
		`assignee = currentUser()`:                                         "",
		`watcher = currentUser()`:                                          "B-1",
		`hierarchyLevel = 1`:                                               "A-1",
		`issue in watchedIssues()`:                                         "B-1",
		`reporter = ada and creator = ada`:                                 "A-1",
		`order by assignee asc, key`:                                       "A-2 A-10 A-3 A-1 B-1",
		// plans
		`sprint in openSprints()`:                                 "A-1",
		`sprint in (openSprints(), futureSprints()) ORDER BY key`: "A-1 A-2",
		`sprint in closedSprints()`:                               "A-2",
		`Sprint = 2`:                                              "A-2",
		`cf[10020] = "S0, old"`:                                   "A-2",
		`sprint is empty ORDER BY key`:                            "A-3 A-10 B-1",
		`sprint not in (1)`:                                       "A-2",
		`parent = A-2`:                                            "A-3",
		`parent in (A-2, B-1)`:                                    "A-3",
		`"Epic Link" = A-1 order by key`:                          "A-2 A-10",
		`cf[10014] = "pay fast" order by key`:                     "A-2 A-10",
		`"epic link" is not empty order by key`:                   "A-2 A-10",
		`"Story Points" >= 1`:                                     "A-2",
		`cf[10016] < 1.5`:                                         "A-3",
		`cf[10016] < "1.5"`:                                       "A-3",
		`"Story Points" is empty order by key`:                    "A-1 A-10 B-1",
		`Team = Core`:                                             "A-2",
		`Tier = gold`:                                             "A-1",
		`cf[10077] is not empty`:                                  "A-1",
		`cf[10077] ~ "gol*"`:                                      "A-1",
		// links
		`issue in linkedIssues(B-1) order by key`:          "A-2 A-10",
		`issue in linkedIssues(B-1, blocks)`:               "A-2",
		`issuekey in linkedIssues("A-2", "is blocked by")`: "B-1",
		`issue in linkedIssues(A-2, blocks)`:               "",
		`issueLinkType = "is blocked by"`:                  "A-2",
		`issueLinkType = blocks order by key`:              "A-2 B-1", // the type's name, too
		`issueLinkType is empty order by key`:              "A-1 A-3",
		`issueLink = B-1 order by key`:                     "A-2 A-10",
		// texts
		`summary ~ pay ORDER BY key`:              "A-1 A-2 B-1", // endings do not matter
		`summary ~ "pay \"now\""`:                 "B-1",
		`summary ~ "\"pay fast\""`:                "A-1",
		`summary ~ "\"fast pay\""`:                "",
		`summary ~ pa`:                            "",
		`summary ~ "pa*" ORDER BY key`:            "A-1 A-2 A-3 B-1",
		`summary ~ "f?st"`:                        "A-1",
		`summary ~ "pay -now" order by key`:       "A-1 A-2",
		`summary ~ "fast OR search" order by key`: "A-1 A-10",
		`summary ~ "pay AND fast"`:                "A-1",
		`summary !~ pay order by key`:             "A-3 A-10",
		`description ~ "parcel courier"`:          "A-2",
		`description ~ 支払`:                        "A-2",
		`description is empty and status = Done`:  "A-10",
		`comment ~ bank`:                          "B-1",
		`text ~ bank`:                             "B-1",
		`text ~ "track parcels"`:                  "A-2",
		// dates
		`updated >= 1773212400000 ORDER BY key`:                            "A-1 A-2 A-3",
		`updated > 1773212400000`:                                          "A-1",
		`updated = 1773212400000 order by key`:                             "A-2 A-3",
		`updated >= "2026/03/11 13:45"`:                                    "A-1", // 08:00 UTC in Kathmandu
		`updated >= '2026-03-11 13:46'`:                                    "",
		`updated < 2026-03-02`:                                             "B-1",
		`updated >= -90m`:                                                  "A-1",
		`updated >= "-1d" AND updated <= now() ORDER BY key`:               "A-1 A-2 A-3",
		`updated < startOfDay() ORDER BY key`:                              "A-10 B-1",
		`updated >= startOfDay(-1) ORDER BY updated DESC, key ASC`:         "A-1 A-2 A-3 A-10",
		`updated >= startOfWeek() and updated < endOfMonth() order by key`: "A-1 A-2 A-3 A-10",
		`created > "2026-01-01 12:00"`:                                     "A-3",
		`resolved >= "2026-03-10"`:                                         "A-10",
		`resolutiondate is empty and type = Bug`:                           "B-1",
		`due = 2026-03-11`:                                                 "A-1",
		`due <= now() order by due asc`:                                    "A-3 A-1",
		`due < startOfDay()`:                                               "A-3",
		`duedate is empty order by key`:                                    "A-2 A-10 B-1",
		`ORDER BY updated, key`:                                            "A-1 A-2 A-3 A-10 B-1", // its own direction: the newest first
		`ORDER BY created ASC, updated DESC`:                               "A-1 A-2 A-10 B-1 A-3",
		``:                                                                 "B-1 A-10 A-3 A-2 A-1",
		// the past
		`status was Done`:                                                 "A-10",
		`status was "In Progress" order by key`:                           "A-2 A-10",
		`status was not "In Progress" order by key`:                       "A-1 A-3 B-1",
		`status was in (Done, "In Progress") order by key`:                "A-2 A-10",
		`status was "In Progress" BEFORE "2026/03/02" order by key`:       "A-2 A-10",
		`status was "To Do" AFTER 2026-03-05 order by key`:                "A-1 A-3 B-1",
		`status was "In Progress" ON 2026-03-05 order by key`:             "A-2 A-10",
		`status was "To Do" DURING (2026-02-01, 2026-02-10) order by key`: "A-1 A-3 A-10 B-1",
		`status was "In Progress" by bob`:                                 "A-10",
		`status changed`:                                                  "A-10",
		`status changed to Done`:                                          "A-10",
		`status changed from "To Do" to Done`:                             "",
		`status changed after -2d`:                                        "A-10",
		`status changed before "2026-03-05" by bob`:                       "A-10",
		`status changed before "2026-03-05" by ada`:                       "",
		`status changed DURING ("2026-03-10", now()) AND labels is empty`: "A-10",
		`not status changed order by key`:                                 "A-1 A-2 A-3 B-1",
		`assignee was bob order by key`:                                   "A-3 A-10",
		`assignee changed from bob to ada`:                                "A-10",
		`resolution was empty and resolution = Fixed`:                     "A-10",
		`priority changed`:                                                "",
		// refusals
		`project = NOPE`:                      `400 The value 'NOPE' does not exist for the field 'project'.`,
		`project = 99`:                        `400 A value with ID '99' does not exist for the field 'project'.`,
		`key in (A-1, A-9)`:                   `400 An issue with key 'A-9' does not exist for field 'key'.`,
		`key > A-9`:                           `400 An issue with key 'A-9' does not exist for field 'key'.`,
		`issue = nokey`:                       `400 The issue key 'nokey' for field 'issue' is invalid.`,
		`id = 4711`:                           `400 A value with ID '4711' does not exist for the field 'id'.`,
		`parent = A-9`:                        `400 An issue with key 'A-9' does not exist for field 'parent'.`,
		`"Epic Link" = A-9`:                   `400 No issues have a parent epic with key or name 'A-9'`,
		`color = red`:                         `400 Field 'color' does not exist or you do not have permission to view it.`,
		`cf[99999] = 1`:                       `400 Field 'cf[99999]' does not exist`,
		`issue.property[our.key].x = 1`:       `400 Field 'issue.property[our.key].x' does not exist`,
		`status = Gone`:                       `400 The value 'Gone' does not exist for the field 'status'.`,
		`fixVersion = 9`:                      `400 A value with ID '9' does not exist for the field 'fixVersion'.`,
		`component = Nope`:                    `400 The value 'Nope' does not exist for the field 'component'.`,
		`assignee = nobody`:                   `400 The value 'nobody' does not exist for the field 'assignee'.`,
		`sprint = 77`:                         `400 Sprint with id '77' does not exist or you do not have permission to view it.`,
		`sprint = "S 77"`:                     `400 Sprint with name 'S 77' does not exist or you do not have permission to view it.`,
		`assignee in membersOf("x")`:          `400 Function 'membersOf' can not generate a list of usernames for group 'x'; the group does not exist.`,
		`assignee = bogus()`:                  `400 Unable to find JQL function 'bogus()'.`,
		`assignee in currentUser()`:           `400 Operator 'in' does not support the non-list value 'currentUser()' for field 'assignee'.`,
		`assignee = currentUser(1)`:           `400 Function 'currentUser' expected '0' arguments but received '1'.`,
		`sprint = openSprints()`:              `400 Operator '=' does not support the list value 'openSprints()' for field 'sprint'.`,
		`status = currentUser()`:              `400 The value 'currentUser' does not exist for the field 'status'.`,
		`project = now()`:                     `400 A value provided by the function 'now' is invalid for the field 'project'.`,
		`issue in issueHistory()`:             `400 The JQL function 'issueHistory()' is not supported by this server.`,
		`issue in linkedIssues(A-9)`:          `400 Issue 'A-9' could not be found in function 'linkedIssues'.`,
		`issue in linkedIssues(A-1, "likes")`: `400 Issue link type 'likes' could not be found in function 'linkedIssues'.`,
		`project = A AND`:                     `400 Error in the JQL Query: Expecting a field name at the end of the query.`,
		`project ~ A`:                         `400 The operator '~' is not supported by the 'project' field.`,
		`text = x`:                            `400 The operator '=' is not supported by the 'text' field.`,
		`text !~ x`:                           `400 The operator '!~' is not supported by the 'text' field.`,
		`summary ~ ""`:                        `400 The field 'summary' does not support searching for an empty string.`,
		`text ~ "AND"`:                        `400 Unable to parse the text 'AND' for field 'text'.`,
		`updated > yesterday`:                 `400 Date value 'yesterday' for field 'updated' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
		`updated > "2026-03-11 09:00:30"`:     `400 Date value '2026-03-11 09:00:30' for field 'updated' is invalid.`,
		`updated > startOfDay("-6q")`:         `400 Duration for function 'startOfDay' should have the format (+/-)n(yMwdm), e.g -1M for 1 month earlier.`,
		`created > now("-1d")`:                `400 Function 'now' expected '0' arguments but received '1'.`,
		`project is 7`:                        `400 The operator 'IS' can only be used with EMPTY or NULL.`,
		`key is empty`:                        `400 The field 'key' does not support searching for EMPTY values.`,
		`priority > empty`:                    `400 The field 'priority' does not support searching for EMPTY values.`,
		`project = (A)`:                       `400 Operator '=' does not support the list value '("A")' for field 'project'.`,
		`project in A`:                        `400 Operator 'in' does not support the non-list value '"A"' for field 'project'.`,
		`"Story Points" > many`:               `400 'many' is an invalid number for the field 'Story Points'.`,
		`summary was x`:                       `400 History searches do not support the 'summary' field.`,
		`status changed after currentUser()`:  `400 A date for the predicate 'after' provided by the function 'currentUser' is not valid.`,
		`status changed after "20/12/10"`:     `400 Date value '20/12/10' for predicate 'after' is invalid.`,
		`status changed before (11, 12)`:      `400 The BEFORE predicate must be supplied with only 1 date value.`,
		`status changed during 11`:            `400 The DURING predicate must be supplied with exactly 2 date values.`,
		`status changed from fred`:            `400 The value 'fred' does not exist for the field 'status'.`,
		`assignee changed by bogus()`:         `400 Unable to find JQL function 'bogus()'.`,
		`project = A ORDER BY bogus`:          `400 Not able to sort using field 'bogus'.`,
		`project = A ORDER BY comment`:        `400 Field 'comment' does not support sorting.`,
	} {
		got := keysOf(t, srv, jirasim.DataCenter, jql)
		if strings.HasPrefix(want, "400 ") && strings.HasPrefix(got, want) {
			continue
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", jql, got, want)
		}
	}
}

// TestJQLOfCloud is what differs there.
func TestJQLOfCloud(t *testing.T) {
	srv := asked(t, jirasim.Cloud, "UTC", clock)
	for jql, want := range map[string]string{
		`parent = A-1 order by key`:                        "A-2 A-10", // stories, too, have parents
		`parent is not empty and project = A order by key`: "A-2 A-3 A-10",
		`ORDER BY key`: "400 Unbounded JQL queries are not allowed here. Please add a search restriction to your query.",
		``:             "400 Unbounded JQL queries are not allowed here.",
		`project = A ORDER BY a, b, c, d, e, f, g, h`:         "400 The ORDER BY clause supports at most 7 fields, got 8.",
		`key in (A-1, A-9)`:                                   `400 An issue with key 'A-9' does not exist for field 'key'.`,
		`project is not empty and key = B-1 order by created`: "B-1",
	} {
		if got := keysOf(t, srv, jirasim.Cloud, jql); got != want && (!strings.HasPrefix(want, "400 ") || !strings.HasPrefix(got, want)) {
			t.Errorf("%s\n got %s\nwant %s", jql, got, want)
		}
	}
}
