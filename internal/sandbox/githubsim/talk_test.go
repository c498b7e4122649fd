package githubsim_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// talk asks a simulator over HTTP, as one account.
type talk struct {
	t     *testing.T
	base  string
	token string // empty: nobody
}

func talkTo(t *testing.T, base string) talk { return talk{t, base, token} }

// as is the same simulator for somebody else.
func (k talk) as(token string) talk { return talk{k.t, k.base, token} }

type answer struct {
	t      *testing.T
	status int
	body   string
	header http.Header
}

// do sends a request; headers are "Name: value". Redirects are not followed.
func (k talk) do(method, path, body string, headers ...string) answer {
	k.t.Helper()
	req, err := http.NewRequest(method, k.base+path, strings.NewReader(body))
	if err != nil {
		k.t.Fatal(err)
	}
	req.Header.Set("User-Agent", "strata-test")
	if k.token != "" {
		req.Header.Set("Authorization", "Bearer "+k.token)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		k.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		k.t.Fatal(err)
	}
	return answer{k.t, resp.StatusCode, string(text), resp.Header}
}

func (k talk) get(path string, headers ...string) answer {
	k.t.Helper()
	return k.do("GET", path, "", headers...)
}

// into reads the answer's JSON.
func (a answer) into(v any) {
	a.t.Helper()
	if err := json.Unmarshal([]byte(a.body), v); err != nil {
		a.t.Fatalf("%d %.300s: %v", a.status, a.body, err)
	}
}

// wants fails unless status and body are as they should be.
func (a answer) wants(status int, says string) {
	a.t.Helper()
	if a.status != status || !strings.Contains(a.body, says) {
		a.t.Errorf("got %d %.500s; want %d %s", a.status, a.body, status, says)
	}
}

// handles lists the issues of an answer as repo#number, for a list or for what a search found.
func (a answer) handles() string {
	a.t.Helper()
	type entry struct {
		Number int    `json:"number"`
		URL    string `json:"repository_url"`
	}
	var list []entry
	if strings.HasPrefix(a.body, "[") {
		a.into(&list)
	} else {
		var found struct {
			Items []entry `json:"items"`
		}
		a.into(&found)
		if a.status != 200 {
			return fmt.Sprintf("%d %.300s", a.status, a.body)
		}
		list = found.Items
	}
	var out []string
	for _, e := range list {
		out = append(out, fmt.Sprintf("%s#%d", e.URL[strings.LastIndex(e.URL, "/")+1:], e.Number))
	}
	return strings.Join(out, " ")
}
