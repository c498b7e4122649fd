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

func searchWorld(t *testing.T) *small {
	t.Helper()
	p := newSmall(t)
	if err := p.Write(func(s *world.State) error {
		bob, ann := s.AddUser(&world.User{Login: "bob"}), s.User("ann")
		urgent := s.CreateGitHub(p.web, world.GitHubIssue{
			Title: "Basket loses items", Body: "see @ann", Labels: []*world.Label{s.LabelIn(p.web, "team web"), s.LabelIn(p.web, "bug")}, Assignees: []*world.User{bob},
		}, bob)
		s.AddComment(urgent, ann, "a second basket", nil)
		s.AddComment(urgent, bob, "yes", nil)
		s.React(urgent, nil, ann, "heart")
		s.AddSub(p.schema, urgent)
		p.web.Language = "Go"
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return p
}

func found(k talk, query string) string {
	k.t.Helper()
	return k.get("/search/issues?q=" + url.QueryEscape(query)).handles()
}

func TestSearchUnderstandsQualifiers(t *testing.T) {
	p := searchWorld(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{Token: "other", Limit: -1, People: map[string]string{token: "ann"}}))
	for query, want := range map[string]string{
		"basket":                               "web#3",
		"schema":                               "api#2 api#3 web#2", // in the title; equals by age
		`"add schema"`:                         "api#3",
		"second":                               "web#3", // in a comment
		"second in:title":                      "",
		"second in:comments":                   "web#3",
		"faster in:title,body":                 "api#1",
		"schema -again":                        "api#2 api#3",
		"schema NOT again":                     "api#2 api#3",
		"is:pr":                                "api#3",
		"type:pr schema":                       "api#3",
		"is:issue is:open":                     "web#3 api#1 api#2",
		"is:issue is:closed":                   "web#1 web#2",
		"state:closed reason:duplicate":        "web#2",
		`is:closed reason:"not planned"`:       "web#1",
		"repo:acme/web":                        "web#3 web#1 web#2",
		"repo:acme/web repo:acme/api is:open":  "web#3 api#1 api#2 api#3", // either place
		"org:acme is:issue is:open":            "web#3 api#1 api#2",
		"user:ACME basket":                     "web#3",
		"author:bob":                           "web#3",
		"author:@me is:pr":                     "api#3",
		"author:ann author:bob is:open":        "web#3 api#1 api#2 api#3",
		"assignee:bob":                         "web#3",
		"assignee:* is:open":                   "web#3 api#1",
		"no:assignee is:issue is:open":         "api#2",
		"mentions:ann":                         "web#3",
		"commenter:ann":                        "web#3",
		"involves:bob":                         "web#3",
		"involves:ann is:open":                 "web#3 api#1 api#2 api#3",
		`label:"team web"`:                     "web#3",
		`label:"team web" label:bug`:           "web#3",
		"label:bug,team-web":                   "web#3 api#1",
		"-label:bug is:open is:issue":          "api#1 api#2",
		"milestone:March":                      "api#1",
		"no:milestone is:open is:issue":        "web#3 api#2",
		"type:Bug":                             "api#1",
		"no:type is:issue is:open":             "web#3 api#2",
		"project:acme/7":                       "api#1 api#2 api#3",
		"is:blocked":                           "api#1",
		"is:blocking":                          "api#2",
		"blocked-by:acme/api#2":                "api#1",
		"blocking:acme/api#1 is:open":          "api#2",
		"parent-issue:acme/api#2":              "web#3",
		"has:sub-issue":                        "api#2",
		"comments:>1":                          "web#3",
		"comments:0 is:pr":                     "api#3",
		"comments:1..5":                        "web#3",
		"reactions:>=1":                        "web#3",
		"interactions:>2":                      "web#3",
		"created:2026-03-11":                   "web#3",
		"created:<2026-03-11 is:pr":            "api#3",
		"created:>2026-02-09 is:issue":         "web#3", // the day itself is not after it
		"created:>=2026-02-09 is:pr":           "api#3",
		"created:2026-02-01..2026-02-28 is:pr": "api#3",
		"created:2026-03-11T09:00:00Z":         "web#3",
		"created:@today":                       "web#3",
		"updated:>@today-1d":                   "web#3",
		"closed:2026-02-09 reason:duplicate":   "web#2",
		"merged:>2020-01-01":                   "",
		"draft:true":                           "",
		"archived:false basket":                "web#3",
		"is:locked":                            "",
		"label:bug OR milestone:March":         "web#3 api#1",
		"is:open (label:bug OR type:Bug)":      "web#3 api#1",
		"is:pr OR (is:issue AND basket)":       "web#3 api#3",
		"is:issue sort:created-asc is:open":    "api#1 api#2 web#3",
		"is:issue is:open sort:comments":       "web#3 api#1 api#2",
		"nothing:here":                         "", // no qualifier: a text
		`"is:pr"`:                              "", // in quotes: a text
	} {
		got := strings.Fields(found(k, query))
		want := strings.Fields(want)
		if !sameSet(got, want) {
			t.Errorf("%s: got %v, want %v", query, got, want)
		}
	}
	if got := found(k, "is:issue is:open sort:created-asc"); got != "api#1 api#2 web#3" {
		t.Errorf("by age: %s", got)
	}
	if got := k.get("/search/issues?q=is:open&sort=comments&order=desc").handles(); !strings.HasPrefix(got, "web#3") {
		t.Errorf("by comments: %s", got)
	}
	if got := k.get("/search/issues?q=is:open+is:issue&sort=created&order=asc").handles(); got != "api#1 api#2 web#3" {
		t.Errorf("by parameter: %s", got)
	}
}

func sameSet(a, b []string) bool {
	count := map[string]int{}
	for _, s := range a {
		count[s]++
	}
	for _, s := range b {
		count[s]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

func TestSearchRefusesWhatMakesNoSense(t *testing.T) {
	p := searchWorld(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{Limit: -1}))
	for query, says := range map[string]string{
		"q=":                                  `"code":"missing"`,
		"":                                    `"code":"missing"`,
		"q=repo:acme/nowhere":                 "The listed users and repositories cannot be searched",
		"q=repo:acme/secret":                  "The listed users and repositories cannot be searched", // hidden
		"q=user:nobody":                       "The listed users and repositories cannot be searched",
		"q=author:nobody":                     "The listed users cannot be searched",
		"q=assignee:nobody+is:open":           "The listed users cannot be searched",
		"q=created:soon":                      `\"soon\" is not a recognized date/time format. Please provide an ISO 8601 date/time value, such as YYYY-MM-DD.`,
		"q=comments:many":                     `\"many\" is not a number`,
		"q=is:purple":                         "is not simulated",
		"q=saved:mine":                        `The qualifier \"saved\" is not simulated`,
		"q=" + url.QueryEscape("(is:open"):    "ERROR_TYPE_QUERY_PARSING_FATAL",
		"q=" + url.QueryEscape("is:open OR"):  "ERROR_TYPE_QUERY_PARSING_FATAL",
		"q=" + url.QueryEscape("AND is:open"): "ERROR_TYPE_QUERY_PARSING_FATAL",
		"q=" + url.QueryEscape("a OR b OR c OR d OR e OR f OR g"): "More than five AND / OR / NOT operators were used.",
		"q=" + strings.Repeat("x", 257):                           "The search is longer than 256 characters.",
		"q=basket&page=35":                                        "Only the first 1000 search results are available",
		"q=basket&per_page=100&page=11":                           "Only the first 1000 search results are available",
		"q=basket&order=up":                                       `"field":"order"`,
	} {
		k.get("/search/issues?"+query).wants(422, says)
	}
	if got := found(k, "repo:acme/nowhere repo:acme/web basket"); got != "web#3" {
		t.Errorf("one of several places is enough: %s", got)
	}
	if got := found(k, "-author:nobody basket"); got != "web#3" {
		t.Errorf("what nobody wrote may be left out: %s", got)
	}
}

func TestSearchGivesAwayAThousand(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(s *world.State) error {
		for n := range 1005 {
			s.CreateGitHub(p.web, world.GitHubIssue{Title: fmt.Sprintf("copy %d", n)}, s.User("ann"))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	got := k.get("/search/issues?q=copy&per_page=100&page=10")
	got.wants(200, `"total_count":1005,"incomplete_results":false`)
	if n := len(strings.Fields(got.handles())); n != 100 || strings.Contains(got.header.Get("Link"), `rel="next"`) {
		t.Errorf("the last page has %d: %s", n, got.header.Get("Link"))
	}
	if first := k.get("/search/issues?q=copy&per_page=100").header.Get("Link"); !strings.Contains(first, "page=10") || !strings.Contains(first, "/search/issues?") {
		t.Errorf("links %s", first)
	}
}

func TestSearchOfRepositories(t *testing.T) {
	p := searchWorld(t)
	if err := p.Write(func(s *world.State) error {
		s.EditRepo(p.api, nil, func(r *world.Repo) { r.About, r.Topics = "Prices and stock", []string{"shop"} })
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	*p.clock = today.Add(time.Hour)
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	for query, want := range map[string]string{
		"user:acme": `"total_count":2`, "stock": `"full_name":"acme/api"`, "topic:shop": `"total_count":1`, "language:go": `"full_name":"acme/web"`, "web org:acme": `"total_count":1`,
		"nothing": `"total_count":0`, "archived:true": `"total_count":0`,
	} {
		k.get("/search/repositories?q="+url.QueryEscape(query)).wants(200, want)
	}
	k.get("/search/repositories?q=stars:1").wants(422, "is not simulated")
	k.get("/search/repositories?q=user:nobody").wants(422, "cannot be searched")
}
