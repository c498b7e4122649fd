package jira_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/contract"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
	"strata/internal/secret"
	"strata/internal/tracker"
	"strata/internal/tracker/jira"
	"strata/internal/tracker/trackertest"
	"strata/internal/work"
)

const token = "tok-secret-1"

func TestJiraKeepsTheContract(t *testing.T) {
	for _, flavour := range []jirasim.Flavour{jirasim.Cloud, jirasim.DataCenter} {
		t.Run(string(flavour), func(t *testing.T) {
			trackertest.Exercise(t, func(t *testing.T) (tracker.Tracker, trackertest.Controls) {
				s := newSite(t, flavour)
				return s.tracker, s.controls(t)
			})
		})
	}
}

// site is a simulated Jira with our adapter before it.
type site struct {
	world   *world.World
	url     string
	tracker *jira.Tracker
	project string
	cloud   bool
	watch   *contract.Watcher
	config  jira.Config
}

func newSite(t *testing.T, flavour jirasim.Flavour) *site {
	t.Helper()
	// Far from the local clock: nothing may depend on it.
	now := func() time.Time { return time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC) }
	s := &site{world: world.Generate(world.Options{Seed: 1, Items: 100, Now: now}), cloud: flavour == jirasim.Cloud}
	s.watch = contract.Watch(t, published(flavour), contract.Daemon)
	server := httptest.NewServer(s.watch.Handler(jirasim.New(s.world, jirasim.Options{Flavour: flavour, Token: token, PageCap: 7})))
	t.Cleanup(server.Close)
	s.url = server.URL
	cfg := jira.Config{URL: s.url, Auth: jira.Auth{Source: secret.Source{Value: token}}}
	s.world.Read(func(st *world.State) {
		count := map[string]int{}
		for _, i := range st.Jira { // the largest project, the first of its size
			if count[i.Project.Key]++; count[i.Project.Key] > count[s.project] {
				s.project = i.Project.Key
			}
		}
		if flavour == jirasim.Cloud {
			cfg.Auth.User = st.JiraBot.Email
		}
	})
	s.config = cfg
	s.tracker = s.fresh(t)
	return s
}

// fresh is another process of ours, which remembers nothing.
func (s *site) fresh(t *testing.T) *jira.Tracker {
	t.Helper()
	made, err := jira.New("jira", s.config, nil)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// published is the contract of a flavour.
func published(flavour jirasim.Flavour) contract.API {
	if flavour == jirasim.DataCenter {
		return contract.DataCenter
	}
	return contract.JiraCloud
}

func (s *site) controls(t *testing.T) trackertest.Controls {
	c := trackertest.Controls{
		Scope: tracker.Scope{Name: "web", JQL: fmt.Sprintf("project = %s ORDER BY created DESC", s.project)},
		Missing: []work.Target{
			{Ref: work.Ref{Tracker: "jira", ID: "999999"}}, {Key: "GONE-1"}, {URL: s.url + "/browse/GONE-2"},
		},
		Touch: func(t testing.TB, ref work.Ref) {
			s.mutate(t, map[string]any{"op": "comment", "item": s.key(t, ref), "body": "touched"})
		},
		Comment: func(t testing.TB, ref work.Ref, text string) string {
			return strconv.FormatInt(s.mutate(t, map[string]any{"op": "comment", "item": s.key(t, ref), "body": text}).Comment, 10)
		},
		Reword: func(t testing.TB, ref work.Ref, id, text string) {
			s.mutate(t, map[string]any{"op": "edit-comment", "item": s.key(t, ref), "comment": json.Number(id), "body": text})
		},
		TakeRights: func(t testing.TB, author string) {
			s.mutate(t, map[string]any{"op": "rights", "author": author, "role": "read"})
		},
		Delete: func(t testing.TB, ref work.Ref, id string) {
			s.mutate(t, map[string]any{"op": "delete-comment", "item": s.key(t, ref), "comment": json.Number(id)})
		},
		LoseAnswer: func(t testing.TB) {
			s.fault(t, `{"fault":"F31","route":"POST /rest/api/2/issue/{issue}/comment","times":1}`)
		},
		Break: func(t testing.TB) func() {
			s.fault(t, `{"fault":"500"}`)
			return func() { s.control(t, http.MethodDelete, "faults", "") }
		},
		Count: func(_ testing.TB, ref work.Ref) (n int) {
			s.world.Read(func(st *world.State) { n = len(st.JiraIssue(ref.ID).Comments) })
			return n
		},
	}
	var quiet, others []work.Target
	s.world.Read(func(st *world.State) {
		c.Person = work.Person{ID: st.User("ada").AccountID, Name: st.User("ada").Name}
		if !s.cloud {
			c.Person.ID = "ada"
		}
		for _, i := range st.Jira {
			if i.Project.Key != s.project {
				continue
			}
			target := work.Target{Ref: work.Ref{Tracker: "jira", ID: strconv.FormatInt(i.ID, 10)}, Key: i.Key, URL: s.url + "/browse/" + i.Key}
			if len(i.Comments) == 0 && !i.Locked && !i.Archived {
				quiet = append(quiet, target)
			} else {
				others = append(others, target)
			}
		}
	})
	if len(quiet) < 5 {
		t.Fatalf("the world has %d items without comments; want 5", len(quiet))
	}
	c.Items = slices.Concat(quiet, others)
	return c
}

func (s *site) key(t testing.TB, ref work.Ref) (key string) {
	s.world.Read(func(st *world.State) { key = st.JiraIssue(ref.ID).Key })
	if key == "" {
		t.Fatalf("no item %s", ref)
	}
	return key
}

func (s *site) mutate(t testing.TB, change map[string]any) world.Outcome {
	t.Helper()
	raw, err := json.Marshal(change)
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.world.Mutate(raw)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (s *site) fault(t testing.TB, fault string) {
	t.Helper()
	s.control(t, http.MethodPost, "faults", fault)
}

func (s *site) control(t testing.TB, method, path, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.url+"/_sandbox/"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		t.Fatalf("%s %s: %s", method, path, resp.Status)
	}
}
