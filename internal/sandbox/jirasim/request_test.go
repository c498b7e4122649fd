package jirasim_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"net/http/httptest"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// answer is what came back, its body both raw and decoded.
type answer struct {
	status int
	header http.Header
	text   string
	json   map[string]any
}

// ask sends a request as the daemon's account; body is a string or any JSON.
func ask(t *testing.T, srv *httptest.Server, f jirasim.Flavour, method, path string, body any) answer {
	t.Helper()
	return askAs(t, srv, method, path, body, func(r *http.Request) {
		if f == jirasim.Cloud {
			r.SetBasicAuth("bot@acme.example", token)
		} else {
			r.Header.Set("Authorization", "Bearer "+token)
		}
	})
}

func askAs(t *testing.T, srv *httptest.Server, method, path string, body any, login func(*http.Request)) answer {
	t.Helper()
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		in = strings.NewReader(b)
	default:
		j, _ := json.Marshal(b)
		in = bytes.NewReader(j)
	}
	req, err := http.NewRequest(method, srv.URL+path, in)
	if err != nil {
		t.Fatal(err)
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	login(req)
	resp, err := srv.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	out := answer{status: resp.StatusCode, header: resp.Header, text: string(text)}
	_ = json.Unmarshal(text, &out.json) // an array or nothing leaves it nil
	return out
}

func nobody(*http.Request) {}

// askWith sends a request as a person with a token of their own.
func askWith(t *testing.T, srv *httptest.Server, f jirasim.Flavour, login, token, method, path string, body any) answer {
	t.Helper()
	return askAs(t, srv, method, path, body, func(r *http.Request) {
		if f == jirasim.Cloud {
			r.SetBasicAuth(login, token)
		} else {
			r.Header.Set("Authorization", "Bearer "+token)
		}
	})
}

func TestAWrongTokenIsSilentInSearchAndLoudInMyself(t *testing.T) {
	_, srv := start(t, jirasim.Cloud)
	wrong := func(r *http.Request) { r.SetBasicAuth("bot@acme.example", "old") }
	got := askAs(t, srv, "GET", "/rest/api/2/search/jql?jql=project%3DWEB", nil, wrong)
	if got.status != 200 || len(got.json["issues"].([]any)) != 0 || got.header.Get("X-Seraph-LoginReason") != "AUTHENTICATED_FAILED" {
		t.Errorf("search: got %d %q %s", got.status, got.header.Get("X-Seraph-LoginReason"), got.text)
	}
	for _, login := range []func(*http.Request){wrong, nobody} {
		if got := askAs(t, srv, "GET", "/rest/api/2/myself", nil, login); got.status != 401 {
			t.Errorf("myself: got %d; want 401", got.status)
		}
	}
	if got := askAs(t, srv, "GET", "/rest/api/2/issue/WEB-1", nil, wrong); got.status != 404 {
		t.Errorf("issue: got %d; want 404", got.status)
	}
	_, dc := start(t, jirasim.DataCenter)
	if got := askAs(t, dc, "GET", "/rest/api/2/search?jql=project%3DWEB", nil, nobody); got.header.Get("X-AUSERNAME") != "anonymous" || got.json["total"] != 0.0 {
		t.Errorf("data center: got %q %s", got.header.Get("X-AUSERNAME"), got.text)
	}
}

func TestCloudSearchIsBoundedAndStrict(t *testing.T) {
	_, srv := start(t, jirasim.Cloud)
	for _, tc := range []struct {
		method, path, body string
		status             int
		says               string
	}{
		{"GET", "/rest/api/3/search?jql=project%3DWEB", "", 410, "/rest/api/3/search/jql"},
		{"POST", "/rest/api/2/search", `{"jql":"project = WEB"}`, 410, "/rest/api/2/search/jql"},
		{"POST", "/rest/api/3/search/jql", `{"jql":"ORDER BY key"}`, 400, "Unbounded"},
		{"POST", "/rest/api/3/search/jql", `{"jql":"project = WEB","startAt":0}`, 400, "startAt"},
		{"POST", "/rest/api/3/search/jql", `{"jql":"project = WEB","expand":["names"]}`, 400, "expand"},
		{"POST", "/rest/api/3/search/jql", `{"jql":"project = WEB","nextPageToken":"x.1"}`, 400, "token"},
		{"POST", "/rest/api/3/search/jql", `{"jql":"key in (WEB-1, GONE-2)"}`, 400, "An issue with key 'GONE-2' does not exist for field 'key'."},
		{"POST", "/rest/api/3/search/jql", `{"jql":"project = WEB"}`, 200, `{"id":"`},
	} {
		got := ask(t, srv, jirasim.Cloud, tc.method, tc.path, tc.body)
		if got.status != tc.status || !strings.Contains(got.text, tc.says) {
			t.Errorf("%s %s %s: got %d %s", tc.method, tc.path, tc.body, got.status, got.text)
		}
	}
}

func TestCloudPagesByTokenAndNothingIsLost(t *testing.T) {
	w, srv := start(t, jirasim.Cloud)
	seen, token, pages := map[string]bool{}, "", 0
	for {
		body := map[string]any{"jql": "project in (WEB, CORE, PLAT, SHOP) ORDER BY updated ASC", "fields": []string{"summary"}, "maxResults": 30}
		if token != "" {
			body["nextPageToken"] = token
		}
		got := ask(t, srv, jirasim.Cloud, "POST", "/rest/api/3/search/jql", body)
		for _, i := range got.json["issues"].([]any) {
			seen[i.(map[string]any)["key"].(string)] = true
		}
		if _, has := got.json["total"]; has {
			t.Fatal("Cloud told a total")
		}
		pages++
		token, _ = got.json["nextPageToken"].(string)
		if token == "" {
			break
		}
	}
	w.Read(func(s *world.State) {
		want := 0
		for _, i := range s.Jira {
			if slices.Contains([]string{"WEB", "CORE", "PLAT", "SHOP"}, i.Project.Key) && !i.Hidden && !i.Archived && !i.Secret(s.JiraBot) {
				want++
			}
		}
		if len(seen) != want || pages < 3 {
			t.Errorf("got %d issues on %d pages; want %d", len(seen), pages, want)
		}
	})
}

func TestDataCenterPagesByOffsetUpToItsCap(t *testing.T) {
	w := world.Generate(world.Options{Seed: 1, Items: 300, Now: clock})
	srv := httptest.NewServer(published(t, jirasim.DataCenter, jirasim.New(w, jirasim.Options{Flavour: jirasim.DataCenter, Token: token, PageCap: 25})))
	defer srv.Close()
	got := ask(t, srv, jirasim.DataCenter, "POST", "/rest/api/2/search", `{"jql":"project = WEB","startAt":10,"maxResults":1000,"expand":["names"]}`)
	if got.json["maxResults"] != 25.0 || len(got.json["issues"].([]any)) != 25 || got.json["total"].(float64) < 50 {
		t.Errorf("got %v of %v", got.json["maxResults"], got.json["total"])
	}
	fields := got.json["issues"].([]any)[0].(map[string]any)["fields"].(map[string]any)
	if _, has := fields["comment"]; has {
		t.Error("comments came without being asked for")
	}
	one := ask(t, srv, jirasim.DataCenter, "GET", "/rest/api/2/search?jql=sprint+in+openSprints()&fields=customfield_10020,comment&maxResults=1", nil)
	if !strings.Contains(one.text, "com.atlassian.greenhopper.service.sprint.Sprint@") || !strings.Contains(one.text, "state=ACTIVE") || !strings.Contains(one.text, `"comment":{`) {
		t.Errorf("got %s", one.text)
	}
}

func TestACommentCarriesItsPropertyInTheSameRequest(t *testing.T) {
	for _, f := range []jirasim.Flavour{jirasim.Cloud, jirasim.DataCenter} {
		w, srv := start(t, f)
		do := func(method, path string, body any) answer { return ask(t, srv, f, method, path, body) }
		marker := map[string]any{"v": 1, "owner": "acme", "kind": "flag", "period": "", "state": "open", "digest": "d", "facts": ""}
		made := do("POST", "/rest/api/2/issue/WEB-2/comment", map[string]any{"body": "*Off track*", "properties": []any{map[string]any{"key": "strata.comment", "value": marker}}})
		if made.status != 201 {
			t.Fatalf("%s: got %d %s", f, made.status, made.text)
		}
		id := made.json["id"].(string)
		if got := do("GET", "/rest/api/2/issue/WEB-2/comment?expand=properties", nil); !strings.Contains(got.text, `"key":"strata.comment"`) {
			t.Errorf("%s: got %s", f, got.text)
		}
		marker["state"] = "folded"
		if got := do("PUT", "/rest/api/2/comment/"+id+"/properties/strata.comment", marker); got.status != 200 {
			t.Errorf("%s: put: got %d %s", f, got.status, got.text)
		}
		if got := do("GET", "/rest/api/2/comment/"+id+"/properties/strata.comment", nil); !strings.Contains(got.text, "folded") {
			t.Errorf("%s: got %s", f, got.text)
		}
		w.Read(func(s *world.State) {
			if got, want := s.Tally(world.Jira).ByKind["flag"], (world.Count{Posted: 1, Folded: 1}); got != want {
				t.Errorf("%s: got %+v; want %+v", f, got, want)
			}
		})
		if f == jirasim.Cloud {
			if got := do("POST", "/rest/api/3/comment/list?expand=properties", `{"ids":[`+id+`]}`); !strings.Contains(got.text, "strata.comment") || !strings.Contains(got.text, `"type":"doc"`) {
				t.Errorf("list: got %s", got.text)
			}
		}
	}
}

func TestABadCommentIsRefusedAsJiraRefusesIt(t *testing.T) {
	w, srv := start(t, jirasim.Cloud)
	if _, err := w.Mutate([]byte(`{"op":"lock","item":"WEB-3"}`)); err != nil {
		t.Fatal(err)
	}
	out, err := w.Mutate([]byte(`{"op":"comment","item":"WEB-2","author":"ada","body":"mine"}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, method, path string
		body               any
		status             int
		says               string
	}{
		{"too long", "POST", "/rest/api/2/issue/WEB-2/comment", map[string]any{"body": strings.Repeat("é", 32768)}, 400, "exceeds the allowed limit of 32,767 characters"},
		{"empty", "POST", "/rest/api/2/issue/WEB-2/comment", map[string]any{"body": ""}, 400, "can not be empty"},
		{"a document on version 2", "POST", "/rest/api/2/issue/WEB-2/comment", map[string]any{"body": map[string]any{"type": "doc"}}, 400, "must be a string"},
		{"text on version 3", "POST", "/rest/api/3/issue/WEB-2/comment", map[string]any{"body": "text"}, 400, "INVALID_INPUT"},
		{"no such issue", "POST", "/rest/api/2/issue/WEB-9999/comment", map[string]any{"body": "x"}, 404, "does not exist or you do not have permission"},
		{"locked", "POST", "/rest/api/2/issue/WEB-3/comment", map[string]any{"body": "x"}, 400, "permission to comment"},
		{"another's", "PUT", fmt.Sprintf("/rest/api/2/issue/WEB-2/comment/%d", out.Comment), map[string]any{"body": "x"}, 400, "permission to edit"},
		{"silently", "PUT", "/rest/api/2/issue/WEB-2/comment/1?notifyUsers=false", map[string]any{"body": "x"}, 404, "Can not find a comment"},
		{"no route", "GET", "/rest/api/2/nonsense", nil, 404, "null for uri"},
	} {
		if got := ask(t, srv, jirasim.Cloud, tc.method, tc.path, tc.body); got.status != tc.status || !strings.Contains(got.text, tc.says) {
			t.Errorf("%s: got %d %s", tc.name, got.status, got.text)
		}
	}
}

func TestMovedAndHiddenIssues(t *testing.T) {
	w, srv := start(t, jirasim.Cloud)
	for _, say := range []string{`{"op":"move","item":"WEB-5","project":"CORE"}`, `{"op":"rename-project","project":"PLAT","key":"BASE"}`, `{"op":"hide","item":"WEB-6"}`} {
		if _, err := w.Mutate([]byte(say)); err != nil {
			t.Fatal(err)
		}
	}
	if got := ask(t, srv, jirasim.Cloud, "GET", "/rest/api/2/issue/WEB-5?fields=summary", nil); got.status != 200 || !strings.HasPrefix(got.json["key"].(string), "CORE-") {
		t.Errorf("moved: got %d %s", got.status, got.text)
	}
	if got := ask(t, srv, jirasim.Cloud, "GET", "/rest/api/2/issue/PLAT-1?fields=summary", nil); got.json["key"] != "BASE-1" {
		t.Errorf("renamed: got %s", got.text)
	}
	if got := ask(t, srv, jirasim.Cloud, "GET", "/rest/api/2/issue/WEB-6", nil); got.status != 404 {
		t.Errorf("hidden: got %d", got.status)
	}
	bulk := ask(t, srv, jirasim.Cloud, "POST", "/rest/api/3/issue/bulkfetch", `{"issueIdsOrKeys":["WEB-6","WEB-5","GONE-1"],"fields":["summary"],"expand":[]}`)
	if n := len(bulk.json["issues"].([]any)); n != 1 {
		t.Errorf("bulk: got %s", bulk.text)
	}
}

func TestRecordedIssuesComeBackVerbatim(t *testing.T) {
	dir := os.Getenv("STRATA_TESTDATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "data")
	}
	data, err := os.ReadFile(filepath.Join(dir, "records", "jira", "dc-devlake-links.issues.jsonl"))
	if err != nil {
		t.Skipf("SKIPPED: recorded data is not here (set STRATA_TESTDATA): %v", err)
	}
	w := world.New(clock)
	if _, err := w.LoadJira(bytes.NewReader(data), "dc"); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(published(t, jirasim.DataCenter, jirasim.New(w, jirasim.Options{Flavour: jirasim.DataCenter, Token: token})))
	defer srv.Close()
	for line := range bytes.Lines(data) {
		var want struct {
			Key    string
			Fields map[string]json.RawMessage
		}
		if err := json.Unmarshal(line, &want); err != nil {
			t.Fatal(err)
		}
		got := ask(t, srv, jirasim.DataCenter, "GET", "/rest/api/2/issue/"+want.Key, nil)
		fields := got.json["fields"].(map[string]any)
		for name, v := range want.Fields {
			var value any
			_ = json.Unmarshal(v, &value)
			if fmt.Sprint(fields[name]) != fmt.Sprint(value) {
				t.Errorf("%s %s: got %v; want %v", want.Key, name, fields[name], value)
			}
		}
	}
	if got := ask(t, srv, jirasim.DataCenter, "GET", "/rest/api/2/issue/IP8CUD168-35304", nil); got.status != 404 {
		t.Errorf("an outside issue: got %d; want 404", got.status)
	}
	if got := ask(t, srv, jirasim.DataCenter, "GET", "/rest/api/2/search?jql="+url.QueryEscape("project = DZFNK0168 ORDER BY key"), nil); got.json["total"] != 22.0 {
		t.Errorf("got %v; want 22", got.json["total"])
	}
}
