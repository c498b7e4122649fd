package control_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// probe is one request.
type probe struct{ method, path, body string }

const note = "<!-- strata v=1 owner=acme kind=flag -->\nWaiting."

// probes read and write what faults can touch: WEB-2 and acme/api#2.
var probes = map[world.Tracker][]probe{
	world.Jira: {
		{"POST", "/rest/api/2/search", `{"jql":"project = WEB ORDER BY updated DESC","fields":["*all"],"maxResults":10}`},
		{"POST", "/rest/api/2/search", `{"jql":"project = WEB ORDER BY updated DESC","fields":["updated"],"maxResults":10}`},
		{"GET", "/rest/api/2/search?jql=project%3DWEB&maxResults=10&startAt=3", ""},
		{"GET", "/rest/api/2/issue/WEB-2", ""},
		{"POST", "/rest/api/2/issue/WEB-2/comment", `{"body":"one\ntwo"}`},
		{"GET", "/rest/api/2/issue/WEB-2/comment", ""},
		{"GET", "/rest/api/2/issue/WEB-2", ""},
		{"GET", "/rest/api/2/myself", ""},
	},
	world.GitHub: {
		{"GET", "/repos/acme/api/issues?per_page=10&state=all", ""},
		{"GET", "/repos/acme/api/issues?per_page=10&page=2&state=all", ""},
		{"GET", "/repos/acme/api/issues/2", ""},
		{"POST", "/repos/acme/api/issues/2/comments", `{"body":"one\ntwo"}`},
		{"GET", "/repos/acme/api/issues/2/comments", ""},
		{"POST", "/graphql", `{"query":"query($after:String){repository(owner:\"acme\",name:\"api\"){issues(first:30,after:$after){nodes{number title updatedAt comments(first:5){nodes{body}}}pageInfo{hasNextPage endCursor}}}}","variables":{"after":null}}`},
		{"POST", "/graphql", `{"query":"{organization(login:\"acme\"){projectsV2(first:1){nodes{items(first:5,query:\"is:issue\"){totalCount nodes{id}}}}}}"}`},
		{"GET", "/repos/acme/api/issues/2", ""},
	},
}

// turned are the faults with what they need to show themselves in the probes.
var turned = map[string]control.Fault{
	"F05": {Value: "240h"}, "F08": {Value: "3"}, "F10": {Value: "empty"}, "F44": {Value: "5"}, "F27": {Value: "2"}, "F28": {Value: "3"}, "F26": {},
	"F29": {Item: "ITEM"}, "F17": {Item: "ITEM"}, "F14": {Item: "ITEM"}, "F15": {Item: "ITEM"}, "F16": {Item: "ITEM"}, "F41": {Item: "ITEM"}, "F37": {Item: "ITEM"},
	"F36": {Item: "ITEM"}, "F39": {Item: "ITEM"}, "F43": {Item: "ITEM"}, "F48": {Item: "ITEM"}, "F50": {Item: "ITEM"}, "F20": {Item: "ITEM"}, "F49": {Item: "ITEM"},
	"F21": {Item: "CLOSED"}, "F02": {Item: "OTHER"}, "F04": {Item: "ITEM"}, "F06": {Item: "OTHER"}, "F19": {Item: "ITEM"},
}

// scene is a tracker over a world of its own; two of them are alike.
func scene(t *testing.T, of world.Tracker, gone bool) *httptest.Server {
	t.Helper()
	w := world.Generate(world.Options{Seed: 5, Items: 200, Now: now})
	err := w.Write(func(s *world.State) error {
		for _, name := range []string{"WEB-2", "acme/api#2"} {
			it, err := s.Find(name)
			if err != nil {
				return err
			}
			by, body := s.JiraBot, "Waiting. {anchor:strata-dj0xIG93bmVyPWFjbWUga2luZD1mbGFn}"
			if it.Tracker() == world.GitHub {
				by, body = s.GitHubBot, note
			}
			s.AddComment(it, by, body, nil)
			s.AddComment(it, s.Users[0], "ok", nil)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []string{
		`{"op":"reopen","item":"WEB-2"}`, `{"op":"reopen","item":"acme/api#2"}`, `{"op":"link","item":"WEB-2","blocker":"WEB-3"}`, `{"op":"link","item":"acme/api#2","blocker":"acme/api#3"}`,
	} {
		if _, err := w.Mutate([]byte(m)); err != nil {
			t.Fatal(err)
		}
	}
	if gone {
		for _, m := range []string{`{"op":"close","item":"WEB-2"}`, `{"op":"close","item":"acme/api#2"}`} {
			if _, err := w.Mutate([]byte(m)); err != nil {
				t.Fatal(err)
			}
		}
	}
	h := jirasim.New(w, jirasim.Options{Flavour: jirasim.DataCenter})
	if of == world.GitHub {
		h = githubsim.New(w, githubsim.Options{})
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv
}

// hear is what a probe's answer looks like.
func hear(t *testing.T, srv *httptest.Server, p probe) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), p.method, srv.URL+p.path, strings.NewReader(p.body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer any")
	req.Header.Set("X-Idempotency-Key", "") // the transport shall not repeat it
	resp, err := srv.Client().Do(req)
	if err != nil {
		return "no answer"
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return "half an answer"
	}
	resp.Header.Del("Content-Length")
	var heads bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(resp.Header)) {
		fmt.Fprintln(&heads, name, resp.Header[name])
	}
	return strings.ReplaceAll(fmt.Sprint(resp.StatusCode, heads.String(), string(text)), srv.URL, "")
}

func TestEachRowOfTheCatalogueIsCausedOrRefusedWithTheReason(t *testing.T) {
	for _, of := range []world.Tracker{world.Jira, world.GitHub} {
		plain, shut := map[bool][]string{}, map[bool]bool{}
		for n := 1; n <= 56; n++ {
			name := fmt.Sprintf("F%02d", n)
			t.Run(fmt.Sprint(of, " ", name), func(t *testing.T) {
				fault := turned[name]
				fault.Name = name
				gone := fault.Item == "CLOSED"
				if fault.Item != "" {
					fault.Item = map[world.Tracker]string{world.Jira: "WEB-2", world.GitHub: "acme/api#2"}[of]
				}
				if turned[name].Item == "OTHER" { // nobody has touched it yet
					fault.Item = map[world.Tracker]string{world.Jira: "WEB-4", world.GitHub: "acme/api#4"}[of]
				}
				if name == "F13" {
					fault.Value = map[world.Tracker]string{world.Jira: "3", world.GitHub: "2"}[of]
				}
				faulty := scene(t, of, gone)
				wish, err := json.Marshal(fault)
				if err != nil {
					t.Fatal(err)
				}
				status, text := do(t, faulty, "POST", "/_sandbox/faults", string(wish))
				if status == http.StatusBadRequest {
					if strings.Contains(text, "unknown fault") || !strings.Contains(text, name) {
						t.Errorf("refused without a reason: %.300s", text)
					}
					return
				}
				if name == "F54" {
					return // webhooks have their own tests
				}
				if !shut[gone] {
					well := scene(t, of, gone)
					for _, p := range probes[of] {
						plain[gone] = append(plain[gone], hear(t, well, p))
					}
					shut[gone] = true
				}
				differ := false
				for n, p := range probes[of] {
					differ = hear(t, faulty, p) != plain[gone][n] || differ
				}
				_, text = do(t, faulty, "GET", "/_sandbox/faults", "")
				if !differ || strings.Contains(text, `"fired": 0`) && name != "F17" {
					t.Errorf("answers differ: %v; %s", differ, text)
				}
			})
		}
	}
}

func TestFaultsAreSwitchedOffOneByOne(t *testing.T) {
	srv := start(t)
	do(t, srv, "POST", "/_sandbox/faults", `{"fault":"500","probability":0}`)
	do(t, srv, "POST", "/_sandbox/faults", `{"fault":"F22"}`)
	if status, _ := do(t, srv, "DELETE", "/_sandbox/faults?fault=500", ""); status != http.StatusNoContent {
		t.Errorf("got %d", status)
	}
	if _, text := do(t, srv, "GET", "/_sandbox/faults", ""); strings.Contains(text, `"500"`) || !strings.Contains(text, "F22") {
		t.Errorf("got %s", text)
	}
	if status, _ := do(t, srv, "DELETE", "/_sandbox/faults/F24", ""); status != http.StatusNotFound {
		t.Errorf("got %d; want 404 of a fault that is not on", status)
	}
	do(t, srv, "DELETE", "/_sandbox/faults/F22", "")
	if _, text := do(t, srv, "GET", "/_sandbox/faults", ""); strings.TrimSpace(text) != "[]" {
		t.Errorf("got %s", text)
	}
}

func TestWhatAFaultTookComesBackWhenItEnds(t *testing.T) {
	srv := scene(t, world.GitHub, false)
	issue := probe{"GET", "/repos/acme/api/issues/2", ""}
	for _, name := range []string{"F17", "F41"} {
		do(t, srv, "POST", "/_sandbox/faults", `{"fault":"`+name+`","item":"acme/api#2"}`)
		got := hear(t, srv, issue)
		if !strings.HasPrefix(got, "404") && !strings.Contains(got, `"locked":true`) {
			t.Errorf("%s: got %.80s", name, got)
		}
		do(t, srv, "DELETE", "/_sandbox/faults", "")
		if got := hear(t, srv, issue); !strings.HasPrefix(got, "200") || strings.Contains(got, `"locked":true`) {
			t.Errorf("after %s: got %.80s", name, got)
		}
	}
}

func TestChanceIsTheSameForTheSameSeed(t *testing.T) {
	run := func() (out string) {
		srv := start(t)
		do(t, srv, "POST", "/_sandbox/faults", `{"fault":"500","probability":0.4}`)
		for range 30 {
			status, _ := do(t, srv, "GET", "/rest/api/2/myself", "")
			out += fmt.Sprint(status, " ")
		}
		return out
	}
	if first, second := run(), run(); first != second || !strings.Contains(first, "500") || !strings.Contains(first, "200") {
		t.Errorf("got\n%s\n%s", first, second)
	}
}
