package contract

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// simulator is a tracker whose answers a test writes; its control desk tells of as many faults as fired.
type simulator struct {
	status int
	answer string
	faults []map[string]any
	fire   bool // a fault fires with each request
}

func (s *simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/_sandbox/faults" {
		_ = json.NewEncoder(w).Encode(s.faults)
		return
	}
	if s.fire {
		s.faults[0]["fired"] = s.faults[0]["fired"].(int) + 1
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Date", "Wed, 11 Mar 2026 09:00:00 GMT")
	w.WriteHeader(s.status)
	_, _ = io.WriteString(w, s.answer)
}

const deviating = `{"comments":[{"id":1}],"startAt":0,"maxResults":1,"total":1}`

// comments asks a server for a list of comments.
func comments(t *testing.T, client *http.Client, base, path string) string {
	t.Helper()
	resp, err := client.Get(base + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestAHandlerTellsWhatPassesIt(t *testing.T) {
	Folder(t)
	for _, c := range []struct {
		name string
		path string
		s    simulator
		want string // part of what is told
	}{
		{"a deviation", "/rest/api/2/issue/A-1/comment", simulator{status: 200, answer: deviating},
			"Jira Cloud: GET /rest/api/*/issue/{issueIdOrKey}/comment → 200 answer body at /comments/*/id: value must be a string"},
		{"a fault", "/rest/api/2/issue/A-1/comment", simulator{status: 200, answer: deviating, fire: true, faults: []map[string]any{{"fault": "F07", "fired": 3}}}, ""},
		{"a fault that did not fire", "/rest/api/2/issue/A-1/comment", simulator{status: 200, answer: deviating, faults: []map[string]any{{"fault": "F07", "fired": 3}}}, "/comments/*/id"},
		{"a fault that is a state", "/rest/api/2/issue/A-1/comment", simulator{status: 500, answer: "{}", faults: []map[string]any{{"fault": "F13", "fired": 0}}}, ""},
		{"an error of the server without a fault", "/rest/api/2/issue/A-1/comment", simulator{status: 500, answer: "{}"}, "not 500"},
		{"the control desk", "/_sandbox/state", simulator{status: 500, answer: "{}"}, ""},
		{"a person's page", "/browse/A-1", simulator{status: 500, answer: "{}"}, ""},
	} {
		l := &listener{TB: t}
		server := httptest.NewServer(Watch(l, JiraCloud, Daemon).Handler(&c.s))
		if got := comments(t, server.Client(), server.URL, c.path); got != c.s.answer {
			t.Errorf("%s: %q came through, want %q", c.name, got, c.s.answer)
		}
		server.Close()
		if told := l.over(); c.want == "" && told != "" || !strings.Contains(told, c.want) {
			t.Errorf("%s: told %q, want %q in it", c.name, told, c.want)
		}
	}
}

func TestABrokenConnectionIsNoAnswer(t *testing.T) {
	Folder(t)
	for name, breaks := range map[string]http.HandlerFunc{
		"panic": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"hijack": func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_ = conn.Close()
		},
	} {
		l := &listener{TB: t}
		desk := http.NewServeMux()
		desk.HandleFunc("/rest/", breaks)
		server := httptest.NewServer(Watch(l, JiraCloud, Daemon).Handler(desk))
		if resp, err := server.Client().Get(server.URL + "/rest/api/2/myself"); err == nil {
			resp.Body.Close()
			t.Errorf("%s: the connection was not broken", name)
		}
		server.Close()
		if told := l.over(); told != "" {
			t.Errorf("%s: %s", name, told)
		}
	}
}

func TestATransportTellsWhatPassesIt(t *testing.T) {
	Folder(t)
	server := httptest.NewServer(&simulator{status: 200, answer: deviating})
	defer server.Close()
	l := &listener{TB: t}
	client := &http.Client{Transport: Watch(l, DataCenter, Daemon).Transport(http.DefaultTransport)}
	if got := comments(t, client, server.URL, "/rest/api/2/issue/A-1/comment?page=2"); got != deviating {
		t.Errorf("%q came through", got)
	}
	told := l.over()
	for _, want := range []string{"request query at page", "answer body at /comments/*/id"} {
		if !strings.Contains(told, want) {
			t.Errorf("told %q, want %q in it", told, want)
		}
	}
}

func TestRequestsAloneMayBeWatched(t *testing.T) {
	Folder(t)
	l := &listener{TB: t}
	server := httptest.NewServer(Watch(l, DataCenter, Requests).Handler(&simulator{status: 200, answer: deviating}))
	comments(t, server.Client(), server.URL, "/rest/api/2/issue/A-1/comment?page=2")
	server.Close()
	if told := l.over(); !strings.Contains(told, "page") || strings.Contains(told, "answer") {
		t.Errorf("told %q, want the request alone", told)
	}
}

func TestRoutesWithoutAContractAreCounted(t *testing.T) {
	Folder(t)
	l := &listener{TB: t}
	w := Watch(l, JiraCloud, Anyone)
	server := httptest.NewServer(w.Handler(&simulator{status: 200, answer: "[]"}))
	for _, path := range []string{"/rest/api/2/issue/A-1/votes", "/rest/api/3/issue/A-2/votes", "/rest/api/2/myself", "/rest/api/2/screens"} {
		comments(t, server.Client(), server.URL, path)
	}
	server.Close()
	want := map[string]int{"GET /issue/{id}/votes": 2, "GET /screens": 1}
	if diff := cmp.Diff(want, w.Uncovered()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if w.Seen() != 4 {
		t.Errorf("%d exchanges were seen, want 4", w.Seen())
	}
}

func TestWithoutTheFilesNothingIsWatched(t *testing.T) {
	l := &listener{TB: t}
	w := watch(l, JiraCloud, Daemon, errors.New("no such folder"))
	s := &simulator{}
	if w.Handler(s) != http.Handler(s) || w.Transport(http.DefaultTransport) != http.DefaultTransport {
		t.Error("something stands in between")
	}
	if len(l.cleanup) != 0 {
		t.Error("something will be reported")
	}
}

// TestWhatWasGoodBeforeHidesNothing: issues that were judged before are left out of later answers, and only they.
func TestWhatWasGoodBeforeHidesNothing(t *testing.T) {
	const first, bad = `{"id":"1","key":"A-1"}`, `{"id":2,"key":"A-2"}`
	page := func(issues string) Exchange {
		return said(t, "POST", "/rest/api/3/search/jql", `{"jql":"project = A"}`, 200, `{"isLast":true,"issues":[`+issues+`]}`)
	}
	for _, c := range []struct{ issues, want string }{
		{first, ""}, {first + "," + bad, "/issues/*/id"}, {bad, "/issues/*/id"}, {first + "," + bad, "/issues/*/id"}, {bad + "," + first, "/issues/*/id"},
	} {
		if complaint := told(t, JiraCloud, Daemon, page(c.issues)); (complaint == "") != (c.want == "") || !strings.Contains(complaint, c.want) {
			t.Errorf("%s: told %q, want %q in it", c.issues, complaint, c.want)
		}
	}
	e := page(first)
	e.URL.Path = "/rest/api/2/search"
	if complaint := told(t, DataCenter, Daemon, e); complaint == "" {
		t.Error("what Cloud may answer was taken from Data Center")
	}
}
