package jira_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"strata/internal/sandbox/contract"
	"strata/internal/secret"
	"strata/internal/tracker"
	"strata/internal/tracker/jira"
)

// fake is a Jira whose answers a test writes itself, for what goes wrong.
type fake struct {
	*httptest.Server
	tracker *jira.Tracker

	mu       sync.Mutex
	requests []string // method, path and body
	routes   map[string]http.HandlerFunc
}

// fields are what both flavours of the fake have.
const fields = `[
	{"id":"summary","name":"Summary","schema":{}},
	{"id":"customfield_10020","name":"Sprint","schema":{"custom":"com.pyxis.greenhopper.jira:gh-sprint"}},
	{"id":"customfield_10016","name":"Story Points","schema":{"custom":"com.atlassian.jira.plugin.system.customfieldtypes:float"}},
	{"id":"customfield_10036","name":"Story point estimate","schema":{"custom":"com.pyxis.greenhopper.jira:jsw-story-points"}},
	{"id":"customfield_10014","name":"Epic Link","schema":{"custom":"com.pyxis.greenhopper.jira:gh-epic-link"}},
	{"id":"customfield_10011","name":"Epic Name","schema":{"custom":"com.pyxis.greenhopper.jira:gh-epic-label"}},
	{"id":"customfield_10019","name":"Rank","schema":{"custom":"com.pyxis.greenhopper.jira:gh-lexo-rank"}},
	{"id":"customfield_10001","name":"Team","schema":{"custom":"com.atlassian.jira.plugin.system.customfieldtypes:atlassian-team"}},
	{"id":"customfield_10021","name":"Flagged","schema":{"custom":"com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes"}},
	{"id":"customfield_10015","name":"Start date","schema":{"custom":"com.atlassian.jira.plugin.system.customfieldtypes:datepicker"}},
	{"id":"customfield_10099","name":"Acceptance Criteria","schema":{"custom":"com.atlassian.jira.plugin.system.customfieldtypes:textarea"}}
]`

func newFake(t *testing.T, deployment string, change ...func(*jira.Config)) *fake {
	t.Helper()
	f := &fake{routes: map[string]http.HandlerFunc{}}
	f.on("GET serverInfo", say(200, `{"deploymentType":"`+deployment+`"}`))
	f.on("GET myself", say(200, `{"accountId":"bot-1","name":"bot","displayName":"Strata"}`))
	f.on("GET field", say(200, fields))
	flavour := contract.JiraCloud
	if deployment != "Cloud" {
		flavour = contract.DataCenter
	}
	watch := contract.Watch(t, flavour, contract.Requests)
	f.Server = httptest.NewServer(watch.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		route := r.Method + " " + strings.TrimPrefix(r.URL.Path, "/rest/api/2/")
		f.mu.Lock()
		f.requests = append(f.requests, route+" "+string(body))
		handler := f.routes[route]
		f.mu.Unlock()
		if handler == nil {
			handler = say(404, `{"errorMessages":["null for uri"]}`)
		}
		handler(w, r)
	})))
	t.Cleanup(f.Close)
	cfg := jira.Config{URL: f.URL, Auth: jira.Auth{User: "bot@acme.com", Source: secret.Source{Value: token}}}
	for _, c := range change {
		c(&cfg)
	}
	var err error
	if f.tracker, err = jira.New("jira", cfg, nil); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *fake) on(route string, h http.HandlerFunc) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.routes[route] = h
}

// sent lists the requests of a route, each with its body.
func (f *fake) sent(route string) (bodies []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.requests {
		if rest, ok := strings.CutPrefix(r, route+" "); ok {
			bodies = append(bodies, strings.TrimSpace(rest))
		}
	}
	return bodies
}

func say(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// inTurn answers one request after the other; the last answer stays.
func inTurn(handlers ...http.HandlerFunc) http.HandlerFunc {
	var mu sync.Mutex
	n := 0
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		h := handlers[min(n, len(handlers)-1)]
		n++
		mu.Unlock()
		h(w, r)
	}
}

var web = tracker.Scope{Name: "web", JQL: `project = WEB OR labels = "a) ORDER BY b" order by rank`}

// asked decodes what a search asked for.
func asked(t *testing.T, body string) (q struct {
	JQL   string `json:"jql"`
	Token string `json:"nextPageToken"`
	Start int    `json:"startAt"`
	Size  int    `json:"maxResults"`
}) {
	t.Helper()
	if err := json.Unmarshal([]byte(body), &q); err != nil {
		t.Fatal(err)
	}
	return q
}
