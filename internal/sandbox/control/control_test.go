package control_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/contract"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

func now() time.Time { return time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC) }

func start(t *testing.T) *httptest.Server {
	t.Helper()
	w := world.Generate(world.Options{Seed: 1, Items: 100, Now: now})
	srv := httptest.NewServer(contract.Watch(t, contract.JiraCloud, contract.Anyone).Handler(jirasim.New(w, jirasim.Options{Flavour: jirasim.Cloud})))
	t.Cleanup(srv.Close)
	return srv
}

func do(t *testing.T, srv *httptest.Server, method, path, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequest(method, srv.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := srv.Client().Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(text)
}

func TestTheJournalTellsEveryWriteSinceANumber(t *testing.T) {
	srv := start(t)
	do(t, srv, "POST", "/rest/api/2/issue/WEB-2/comment", `{"body":"one"}`)
	do(t, srv, "POST", "/_sandbox/mutate", `{"op":"close","item":"acme/api#2"}`) // the other tracker's
	do(t, srv, "POST", "/_sandbox/mutate", `{"op":"close","item":"WEB-2"}`)
	var got []world.Entry
	_, text := do(t, srv, "GET", "/_sandbox/journal?since=1", "")
	if err := json.Unmarshal([]byte(text), &got); err != nil || len(got) != 1 || got[0].Op != "close" || got[0].Item != "WEB-2" || got[0].Seq != 3 {
		t.Errorf("got %s, %v", text, err)
	}
	_, text = do(t, srv, "GET", "/_sandbox/journal", "")
	if !strings.Contains(text, `"author": "strata-bot"`) || !strings.Contains(text, `"bytes": 3`) {
		t.Errorf("got %s", text)
	}
}

func TestAccountingCountsByRouteTemplate(t *testing.T) {
	srv := start(t)
	do(t, srv, "GET", "/rest/api/2/issue/WEB-1", "")
	do(t, srv, "GET", "/rest/api/2/issue/WEB-2", "")
	do(t, srv, "GET", "/rest/api/2/issue/WEB-9999", "")
	do(t, srv, "GET", "/rest/api/2/nonsense", "")
	_, text := do(t, srv, "GET", "/_sandbox/accounting", "")
	var got struct {
		Requests map[string]map[string]int
		Comments world.Count
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	if by := got.Requests["GET /rest/api/2/issue/{issue}"]; by["200"] != 2 || by["404"] != 1 || got.Requests["GET (no route)"]["404"] != 1 {
		t.Errorf("got %v", got.Requests)
	}
}

func TestFaultsFireAsOftenAndWhereTheyShould(t *testing.T) {
	srv := start(t)
	for _, tc := range []struct {
		fault  string
		status int
	}{
		{`{"fault":"F24","times":1,"value":"3"}`, 429}, {`{"fault":"500","times":1}`, 500}, {`{"fault":"502","times":1}`, 502},
		{`{"fault":"drop","times":1}`, 0}, {`{"fault":"500","route":"/comment","times":1}`, 200},
		{`{"fault":"500","item":"WEB-3","times":1}`, 200}, {`{"fault":"500","probability":0}`, 200},
	} {
		if status, text := do(t, srv, "POST", "/_sandbox/faults", tc.fault); status != 200 {
			t.Fatalf("%s: got %d %s", tc.fault, status, text)
		}
		// POST, so that the transport does not repeat it by itself
		status, _ := do(t, srv, "POST", "/rest/api/3/issue/bulkfetch", `{"issueIdsOrKeys":["WEB-1"]}`)
		if status != tc.status {
			t.Errorf("%s: got %d; want %d", tc.fault, status, tc.status)
		}
		do(t, srv, "DELETE", "/_sandbox/faults", "")
	}
	if status, text := do(t, srv, "POST", "/_sandbox/faults", `{"fault":"F99"}`); status != 400 || !strings.Contains(text, "F31: ") {
		t.Errorf("an unknown fault: got %d %s", status, text)
	}
}

func TestF31CommitsBeforeTheConnectionBreaks(t *testing.T) {
	srv := start(t)
	do(t, srv, "POST", "/_sandbox/faults", `{"fault":"F31","route":"POST","times":1}`)
	if status, _ := do(t, srv, "POST", "/rest/api/2/issue/WEB-2/comment", `{"body":"heard"}`); status != 0 {
		t.Errorf("got %d; want a broken connection", status)
	}
	if _, text := do(t, srv, "GET", "/rest/api/2/issue/WEB-2/comment", ""); !strings.Contains(text, "heard") {
		t.Errorf("the comment was not committed: %s", text)
	}
}

func TestF05HidesFreshWritesFromSearchUnlessReconciled(t *testing.T) {
	srv := start(t)
	do(t, srv, "POST", "/_sandbox/clock", `{"advance":"1h"}`)
	do(t, srv, "POST", "/_sandbox/mutate", `{"op":"title","item":"WEB-2","title":"fresh"}`)
	do(t, srv, "POST", "/_sandbox/faults", `{"fault":"F05","value":"10m"}`)
	_, text := do(t, srv, "GET", "/_sandbox/state?item=WEB-2", "")
	var shown world.Shown
	if err := json.Unmarshal([]byte(text), &shown); err != nil {
		t.Fatal(err)
	}
	const body = `{"jql":"project = WEB","fields":["summary"],"maxResults":100`
	if _, text := do(t, srv, "POST", "/rest/api/3/search/jql", body+`}`); strings.Contains(text, "fresh") {
		t.Error("the index did not lag")
	}
	if _, text := do(t, srv, "POST", "/rest/api/3/search/jql", body+`,"reconcileIssues":[`+jsonNumber(shown.ID)+`]}`); !strings.Contains(text, "fresh") {
		t.Error("the reconciled issue is missing")
	}
}

func jsonNumber(n int64) string {
	b, _ := json.Marshal(n)
	return string(b)
}

func TestMistakesAreAnsweredWithWhatIsAllowed(t *testing.T) {
	srv := start(t)
	for path, body := range map[string]string{
		"/_sandbox/mutate": `{"op":"explode"}`, "/_sandbox/clock": `{"advance":"soon"}`, "/_sandbox/faults": `[]`,
	} {
		if status, text := do(t, srv, "POST", path, body); status != 400 || !strings.Contains(text, `"error"`) {
			t.Errorf("%s: got %d %s", path, status, text)
		}
	}
	if status, _ := do(t, srv, "GET", "/_sandbox/nothing", ""); status != 404 {
		t.Errorf("got %d; want 404", status)
	}
}

func TestOtherMachinesAreRefused(t *testing.T) {
	w := world.Generate(world.Options{Seed: 1, Items: 100, Now: now})
	h := jirasim.New(w, jirasim.Options{})
	for _, tc := range []struct {
		addr, origin string
		status       int
	}{{"192.0.2.7:1234", "", 403}, {"127.0.0.1:1", "http://evil.example", 403}, {"[::1]:1", "", 200}} {
		r := httptest.NewRequest(http.MethodGet, "/_sandbox/state", nil)
		r.RemoteAddr = tc.addr
		if tc.origin != "" {
			r.Header.Set("Origin", tc.origin)
		}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		if rec.Code != tc.status {
			t.Errorf("%+v: got %d", tc, rec.Code)
		}
	}
}
