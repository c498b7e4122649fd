package jirasim_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// talk is a conversation of one person with one Jira.
type talk struct {
	t     *testing.T
	w     *world.World
	srv   *httptest.Server
	f     jirasim.Flavour
	token string // whose; empty: the daemon's
}

// flavours are both kinds of Jira.
var flavours = []jirasim.Flavour{jirasim.Cloud, jirasim.DataCenter}

// onBoth runs a test in both flavours. Ada may edit, zoe may comment alone.
func onBoth(t *testing.T, run func(t *testing.T, k talk)) {
	t.Helper()
	for _, f := range flavours {
		t.Run(string(f), func(t *testing.T) { run(t, converse(t, f)) })
	}
}

func converse(t *testing.T, f jirasim.Flavour) talk {
	t.Helper()
	w := world.Generate(world.Options{Seed: 1, Items: 300, Now: clock})
	people := map[string]string{"ada-token": "ada", "zoe-token": "zoe"}
	srv := httptest.NewServer(published(t, f, jirasim.New(w, jirasim.Options{Flavour: f, Token: token, People: people})))
	t.Cleanup(srv.Close)
	return talk{t: t, w: w, srv: srv, f: f}
}

// as is the same conversation with another person.
func (k talk) as(login string) talk {
	k.token = login + "-token"
	return k
}

// api is the platform's path in the version that both flavours have.
const api = "/rest/api/2"

func (k talk) do(method, path string, body any) answer {
	k.t.Helper()
	if k.token == "" {
		return ask(k.t, k.srv, k.f, method, path, body)
	}
	return askWith(k.t, k.srv, k.f, strings.TrimSuffix(k.token, "-token"), k.token, method, path, body)
}

// must is do with the status that is expected.
func (k talk) must(status int, method, path string, body any) answer {
	k.t.Helper()
	got := k.do(method, path, body)
	if got.status != status {
		k.t.Fatalf("%s %s %v: got %d %.600s; want %d", method, path, body, got.status, got.text, status)
	}
	return got
}

// refused is do with what a refusal says.
func (k talk) refused(status int, says, method, path string, body any) {
	k.t.Helper()
	if got := k.do(method, path, body); got.status != status || !strings.Contains(got.text, says) {
		k.t.Errorf("%s %s %v: got %d %.600s; want %d %s", method, path, body, got.status, got.text, status, says)
	}
}

// mutate changes the world behind Jira's back.
func (k talk) mutate(say string) world.Outcome {
	k.t.Helper()
	out, err := k.w.Mutate([]byte(say))
	if err != nil {
		k.t.Fatalf("%s: %v", say, err)
	}
	return out
}

// later moves the clock, so that a change has a time of its own.
func (k talk) later() { k.w.Advance(time.Minute) }

// path follows names and numbers into decoded JSON.
func path(v any, steps ...any) any {
	for _, s := range steps {
		switch at := s.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[at]
		case int:
			list, _ := v.([]any)
			if at < 0 {
				at += len(list)
			}
			if at < 0 || at >= len(list) {
				return nil
			}
			v = list[at]
		}
	}
	return v
}

// list decodes an answer that is an array.
func (a answer) list() []any {
	var out []any
	_ = json.Unmarshal([]byte(a.text), &out)
	return out
}

// field is a field of an issue as it is served.
func (k talk) field(key, name string) any {
	k.t.Helper()
	return path(k.must(200, "GET", api+"/issue/"+key+"?fields="+name, nil).json, "fields", name)
}

// created makes an issue and tells its key.
func (k talk) created(fields map[string]any) string {
	k.t.Helper()
	all := map[string]any{"project": map[string]any{"key": "WEB"}, "issuetype": map[string]any{"name": "Story"}, "summary": "New"}
	for name, v := range fields {
		all[name] = v
	}
	return k.must(201, "POST", api+"/issue", map[string]any{"fields": all}).json["key"].(string)
}

// user names a person as the flavour does.
func (k talk) user(login string) map[string]any {
	if k.f == jirasim.DataCenter {
		return map[string]any{"name": login}
	}
	id := ""
	k.w.Read(func(s *world.State) { id = s.User(login).AccountID })
	return map[string]any{"accountId": id}
}
