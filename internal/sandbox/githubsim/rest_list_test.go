package githubsim_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

func TestListsOfIssuesHeedEveryFilter(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(s *world.State) error {
		bob := s.AddUser(&world.User{Login: "bob"})
		late := s.CreateGitHub(p.api, world.GitHubIssue{Title: "Late", Body: "ask @ann, not `@bob`", Labels: []*world.Label{s.LabelIn(p.api, "team-web"), s.LabelIn(p.api, "urgent")}}, bob)
		s.AddComment(late, bob, "one", nil)
		s.AddComment(p.schema, bob, "one", nil)
		s.AddComment(p.schema, bob, "two", nil)
		s.CloseIssue(p.schema, world.Completed, bob)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	for query, want := range map[string]string{
		"":                                     "api#4 api#3 api#1", // open, pull requests included, newest first
		"state=closed":                         "api#2",
		"state=all&direction=asc":              "api#1 api#2 api#3 api#4",
		"state=all&sort=comments":              "api#2 api#4 api#3 api#1",
		"state=all&sort=updated&direction=asc": "api#1 api#3 api#2 api#4",
		"state=all&since=2026-03-11T08:59:59Z": "api#4 api#2",
		"state=all&since=2026-03-11T09:00:01Z": "",
		"labels=team-web":                      "api#4 api#1",
		"labels=TEAM-WEB,urgent":               "api#4", // all of them
		"labels=nowhere":                       "",
		"assignee=ann":                         "api#1",
		"assignee=none":                        "api#4 api#3",
		"assignee=*":                           "api#1",
		"creator=bob":                          "api#4",
		"mentioned=ann":                        "api#4",
		"mentioned=bob":                        "", // in code nobody is mentioned
		"milestone=1":                          "api#1",
		"milestone=none":                       "api#4 api#3",
		"milestone=*":                          "api#1",
		"type=Bug":                             "api#1",
		"type=none":                            "api#4 api#3",
		"type=*":                               "api#1",
		"per_page=2&page=2":                    "api#1",
		"per_page=2&page=9":                    "",
	} {
		if got := k.get("/repos/acme/api/issues?" + query).handles(); got != want {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
	for query, says := range map[string]string{
		"state=sleeping": `{"value":"sleeping","resource":"Issue","code":"invalid","field":"state"}`, "sort=mood": `"field":"sort"`, "direction=up": `"field":"direction"`,
		"assignee=nobody": `"field":"assignee"`, "creator=nobody": `"field":"creator"`, "mentioned=nobody": `"field":"mentioned"`, "milestone=99": `"field":"milestone"`,
		"milestone=March": `"field":"milestone"`, "type=Chore": `"field":"type"`,
		"since=yesterday": "The since parameter needs to be in ISO 8601 format: YYYY-MM-DDTHH:MM:SSZ",
	} {
		k.get("/repos/acme/api/issues?"+query).wants(422, says)
	}
}

func TestIssuesAcrossRepositories(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{Token: "other", People: map[string]string{token: "ann"}}))
	for path, want := range map[string]string{
		"/issues":                                "api#1",
		"/user/issues?filter=created":            "api#1 api#2 api#3",
		"/issues?filter=all&state=all":           "web#2 web#1 api#3 api#2 api#1",
		"/orgs/acme/issues?filter=all&state=all": "web#2 web#1 api#3 api#2 api#1",
		"/issues?filter=mentioned":               "",
	} {
		got := strings.Fields(k.get(path).handles())
		if want := strings.Fields(want); len(got) != len(want) {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	k.get("/issues?filter=hers").wants(422, `"field":"filter"`)
	k.as("").get("/issues").wants(401, "Requires authentication")
}

func TestCommentsOfARepositoryAreSortedAndCut(t *testing.T) {
	p := newSmall(t)
	var first, second, third int64
	if err := p.Write(func(s *world.State) error {
		first = s.AddComment(p.checkout, s.User("ann"), "a", nil).ID
		second = s.AddComment(p.schema, s.User("ann"), "b", nil).ID
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	*p.clock = today.Add(time.Hour)
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	var made struct{ ID int64 }
	k.do("POST", "/repos/acme/api/issues/1/comments", `{"body":"c"}`).into(&made)
	third = made.ID
	k.do("PATCH", fmt.Sprintf("/repos/acme/api/issues/comments/%d", first), `{"body":"a2"}`).wants(200, `"body":"a2"`)
	for query, want := range map[string][]int64{
		"":                                         {first, second, third},
		"direction=desc":                           {first, second, third}, // without sort it means nothing
		"sort=created&direction=desc":              {third, second, first},
		"sort=updated&direction=asc":               {second, first, third},
		"since=2026-03-11T09:30:00Z":               {first, third},
		"sort=created&per_page=1&page=2":           {second},
		"since=2026-03-11T10:00:00Z&sort=updated&": {first, third},
	} {
		var got []struct{ ID int64 }
		k.get("/repos/acme/api/issues/comments?" + query).into(&got)
		var ids []int64
		for _, c := range got {
			ids = append(ids, c.ID)
		}
		if fmt.Sprint(ids) != fmt.Sprint(want) {
			t.Errorf("%s: got %v, want %v", query, ids, want)
		}
	}
	k.get("/repos/acme/api/issues/comments?sort=length").wants(422, `"field":"sort"`)
	k.get("/repos/acme/api/issues/1/comments?since=2026-03-11T09:30:00Z").wants(200, `"a2"`)
	k.get("/repos/acme/web/issues/comments").wants(200, "[]")
	k.get(fmt.Sprintf("/repos/acme/web/issues/comments/%d", first)).wants(404, "Not Found") // of another repository
}

// TestLongListsLeadOnByCursor: page numbers end before the ten thousandth issue; links carry a cursor that holds while
// the list changes.
func TestLongListsLeadOnByCursor(t *testing.T) {
	const many = 10_050
	p := newSmall(t)
	var long *world.Repo
	if err := p.Write(func(s *world.State) error {
		long = s.AddRepo("acme", "long")
		for n := range many {
			s.CreateGitHub(long, world.GitHubIssue{Title: fmt.Sprint(n)}, s.User("ann"))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	k := talkTo(t, serve(t, p.World, githubsim.Options{Secondary: &githubsim.Secondary{}}))
	k.get("/repos/acme/long/issues?per_page=100&page=99").wants(200, "number")
	k.get("/repos/acme/long/issues?per_page=100&page=100").wants(422, "Pagination with the page parameter is not supported for large datasets, please use cursor based pagination (after/before)")
	enterprise := talkTo(t, serve(t, p.World, githubsim.Options{Limit: -1}))
	enterprise.get("/repos/acme/long/issues?per_page=100&page=100").wants(200, "number")

	seen := map[string]bool{}
	next := "/repos/acme/long/issues?per_page=100&sort=updated&direction=asc"
	for pages := 0; next != ""; pages++ {
		got := k.get(next)
		for _, handle := range strings.Fields(got.handles()) {
			if seen[handle] && handle != "long#1" {
				t.Fatalf("%s comes twice", handle)
			}
			seen[handle] = true
		}
		if pages == 3 { // one that was read goes to the end, and comes again; nothing is lost
			*p.clock = today.Add(time.Minute)
			if err := p.Write(func(s *world.State) error { s.SetTitle(long.Issue(1), "moved"); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		next = ""
		for _, link := range strings.Split(got.header.Get("Link"), ", ") {
			if at, rel, _ := strings.Cut(link, ">; "); rel == `rel="next"` {
				u, err := url.Parse(strings.TrimPrefix(at, "<"))
				if err != nil || u.Query().Get("after") == "" {
					t.Fatalf("%s: %v", link, err)
				}
				next = u.RequestURI()
			}
		}
	}
	if len(seen) != many {
		t.Errorf("%d issues were read, want %d", len(seen), many)
	}
	k.get("/repos/acme/long/issues?after=nonsense").wants(422, "cursor")
}
