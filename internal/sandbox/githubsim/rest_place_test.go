package githubsim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

func TestARenamedRepositoryIsFoundByItsID(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{})) // the published file does not know 307 for every route
	k.do("PATCH", "/repos/acme/api", `{"name":"prices"}`).wants(200, `"full_name":"acme/prices"`)
	at := fmt.Sprintf("%s/repositories/%d", k.base, p.api.ID)
	for _, c := range []struct {
		method, path, body string
		status             int
		location           string
	}{
		{"GET", "/repos/acme/api", "", 301, at},
		{"GET", "/repos/acme/api/issues?state=all&page=2", "", 301, at + "/issues?state=all&page=2"},
		{"HEAD", "/repos/acme/api/issues/1", "", 301, at + "/issues/1"},
		{"POST", "/repos/acme/api/issues/1/comments", `{"body":"x"}`, 307, at + "/issues/1/comments"},
		{"PATCH", "/repos/acme/api/issues/1", `{"title":"x"}`, 307, at + "/issues/1"},
		{"DELETE", "/repos/acme/api/issues/1/lock", "", 307, at + "/issues/1/lock"},
		{"GET", "/repos/ACME/Prices", "", 200, ""}, // names know no case
	} {
		got := k.do(c.method, c.path, c.body)
		if got.status != c.status || got.header.Get("Location") != c.location {
			t.Errorf("%s %s: got %d %s", c.method, c.path, got.status, got.header.Get("Location"))
		}
	}
	path := strings.TrimPrefix(at, k.base)
	k.get(path+"/issues/1").wants(200, `"repository_url":"`+k.base+`/repos/acme/prices"`)
	k.do("POST", path+"/issues/1/comments", `{"body":"x"}`).wants(201, "")
	k.get("/repos/acme/nowhere").wants(404, "Not Found")
	k.do("PATCH", "/repos/acme/prices", `{"name":"web"}`).wants(422, "name already exists on this account")
}

func TestF16ATransferredIssueLeavesOnlyItsAddress(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(s *world.State) error {
		s.AddComment(p.schema, s.User("ann"), "x", nil)
		s.Transfer(p.schema, p.web)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	to := fmt.Sprintf("%s/repositories/%d/issues/3", k.base, p.web.ID)
	for _, c := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "", "", 301}, {"PATCH", "", `{"title":"x"}`, 301},
		{"GET", "/comments", "", 404}, {"POST", "/comments", `{"body":"x"}`, 404}, {"GET", "/dependencies/blocked_by", "", 404}, {"GET", "/timeline", "", 404}, {"PUT", "/lock", "", 404},
	} {
		got := k.do(c.method, "/repos/acme/api/issues/2"+c.path, c.body)
		if got.status != c.status || c.status < 400 && got.header.Get("Location") != to {
			t.Errorf("%s %s: got %d %s", c.method, c.path, got.status, got.header.Get("Location"))
		}
	}
	k.get("/repos/acme/web/issues/3/comments").wants(200, `"body":"x"`)
	if err := p.Write(func(s *world.State) error { s.Transfer(p.schema, p.secret); return nil }); err != nil {
		t.Fatal(err)
	}
	k.get("/repos/acme/api/issues/2").wants(404, "Not Found") // where the account may not look
}

func TestWhatIsGoneArchivedOrSwitchedOff(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(s *world.State) error { s.DeleteGitHub(p.schema); return nil }); err != nil {
		t.Fatal(err)
	}
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	for _, path := range []string{"", "/comments", "/dependencies/blocked_by", "/timeline"} {
		k.get("/repos/acme/api/issues/2"+path).wants(410, "This issue was deleted")
	}
	k.do("POST", "/repos/acme/api/issues/2/comments", `{"body":"x"}`).wants(410, "This issue was deleted")

	k.do("PATCH", "/repos/acme/web", `{"archived":true}`).wants(200, `"archived":true`)
	for _, c := range [][3]string{
		{"POST", "/issues", `{"title":"x"}`}, {"PATCH", "/issues/1", `{"title":"x"}`}, {"POST", "/issues/1/comments", `{"body":"x"}`}, {"PUT", "/issues/1/lock", ""},
		{"POST", "/issues/1/labels", `["x"]`}, {"POST", "/issues/1/reactions", `{"content":"heart"}`}, {"POST", "/labels", `{"name":"x"}`},
		{"POST", "/issues/1/dependencies/blocked_by", `{"issue_id":1}`}, {"PATCH", "", `{"description":"x"}`},
	} {
		k.do(c[0], "/repos/acme/web"+c[1], c[2]).wants(403, "Repository was archived so is read-only.")
	}
	k.get("/repos/acme/web/issues/1").wants(200, "Old idea") // reading goes on
	k.do("PATCH", "/repos/acme/web", `{"archived":false}`).wants(200, `"archived":false`)

	k.do("PATCH", "/repos/acme/web", `{"has_issues":false}`).wants(200, `"has_issues":false`)
	for _, path := range []string{"/issues/1", "/issues/1/comments"} {
		k.get("/repos/acme/web"+path).wants(410, "Issues are disabled for this repo")
	}
	talkTo(t, serve(t, p.World, githubsim.Options{})).get("/repos/acme/web/issues").wants(410, "Issues are disabled for this repo")
	k.do("POST", "/repos/acme/web/issues", `{"title":"x"}`).wants(410, "Issues are disabled for this repo")
}

func TestF41WhoMayStillComment(t *testing.T) {
	p := newSmall(t)
	people := map[string]string{"ann": "ann", "reader": "reader"}
	if err := p.Write(func(s *world.State) error { s.AddUser(&world.User{Login: "reader", Role: world.Reader}); return nil }); err != nil {
		t.Fatal(err)
	}
	k := talkTo(t, serve(t, p.World, githubsim.Options{People: people, Secondary: &githubsim.Secondary{}}))
	say := func(who string) answer { return k.as(who).do("POST", aComment, `{"body":"x"}`) }

	k.as("ann").do("PUT", "/repos/acme/api/issues/1/lock", "").wants(204, "")
	say("ann").wants(201, "") // with write access
	say("reader").wants(403, "Unable to create comment because issue is locked.")
	say(token).wants(403, "Unable to create comment because issue is locked.") // a bot, whatever it may do
	k.as("reader").do("POST", "/repos/acme/api/issues/1/reactions", `{"content":"heart"}`).wants(403, "locked")
	k.do("DELETE", "/repos/acme/api/issues/1/lock", "").wants(204, "")
	say("reader").wants(201, "")

	const limits = "/repos/acme/api/interaction-limits"
	k.get(limits).wants(200, "{}")
	k.do("PUT", limits, `{"limit":"collaborators_only","expiry":"one_day"}`).wants(200, `"expires_at":"2026-03-12T09:00:00Z"`)
	say("reader").wants(403, "has limited the ability to comment")
	k.as("reader").do("POST", "/repos/acme/api/issues", `{"title":"x"}`).wants(403, "has limited")
	say("ann").wants(201, "")
	say(token).wants(201, "")
	*p.clock = today.Add(24 * time.Hour)
	say("reader").wants(201, "") // over
	k.do("PUT", limits, `{"limit":"contributors_only"}`).wants(200, "contributors_only")
	say("reader").wants(403, "has limited")
	k.do("DELETE", limits, "").wants(204, "")
	k.as("reader").do("POST", "/repos/acme/api/issues", `{"title":"x"}`).wants(201, "")
	k.do("PUT", limits, `{"limit":"contributors_only"}`).wants(200, "contributors_only")
	say("reader").wants(201, "") // has contributed by now
	k.do("PUT", "/orgs/acme/interaction-limits", `{"limit":"collaborators_only"}`).wants(200, `"origin":"organization"`)
	k.do("DELETE", limits, "").wants(204, "")
	say("reader").wants(403, "has limited")
	k.as("ann").get(limits).wants(403, "Must have admin rights to Repository.")

	if err := p.Write(func(s *world.State) error {
		for range 2500 - len(p.checkout.Comments) {
			s.AddComment(p.checkout, s.User("ann"), "x", nil)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	say("ann").wants(403, "Commenting is disabled on issues with more than 2500 comments")
}

func TestSubIssuesAreMovedAndGuarded(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	const path = "/repos/acme/api/issues/1/sub_issues"
	add := func(to string, child *world.GitHubIssue, more string) answer {
		return k.do("POST", to, fmt.Sprintf(`{"sub_issue_id":%d%s}`, child.ID, more))
	}
	for _, i := range []*world.GitHubIssue{p.schema, p.dropped, p.duplicate} {
		add(path, i, "").wants(201, `"number":1`)
	}
	k.do("PATCH", path+"/priority", fmt.Sprintf(`{"sub_issue_id":%d,"before_id":%d}`, p.duplicate.ID, p.schema.ID)).wants(200, "")
	k.do("PATCH", path+"/priority", fmt.Sprintf(`{"sub_issue_id":%d,"after_id":%d}`, p.schema.ID, p.dropped.ID)).wants(200, "")
	if got := k.get(path).handles(); got != "web#2 web#1 api#2" {
		t.Errorf("order %s", got)
	}
	const prefix = "An error occurred while adding the sub-issue to the parent issue. "
	add(path, p.schema, "").wants(422, prefix+"Issue may not contain duplicate sub-issues")
	add("/repos/acme/web/issues/1/sub_issues", p.schema, "").wants(422, prefix+"Sub issue may only have one parent")
	add("/repos/acme/api/issues/2/sub_issues", p.checkout, "").wants(422, prefix+"Sub issue may not create a circular dependency")
	add(path, p.pull, "").wants(422, prefix+"Sub issue may only be an issue")
	add(path, p.hidden, "").wants(422, "The provided sub-issue does not exist")
	add("/repos/acme/web/issues/1/sub_issues", p.schema, `,"replace_parent":true`).wants(201, `"number":1`)
	k.get("/repos/acme/api/issues/2/parent").wants(200, `"full_name":"acme/web"`)
	k.do("PATCH", path+"/priority", fmt.Sprintf(`{"sub_issue_id":%d}`, p.dropped.ID)).wants(422, "Exactly one of")
	k.do("PATCH", path+"/priority", fmt.Sprintf(`{"sub_issue_id":%d,"after_id":%d}`, p.dropped.ID, p.schema.ID)).wants(422, "must be sub-issues")
	k.do("DELETE", "/repos/acme/api/issues/1/sub_issue", fmt.Sprintf(`{"sub_issue_id":%d}`, p.schema.ID)).wants(422, "not a sub-issue")
	k.do("POST", path, `{}`).wants(422, "wasn't supplied")

	const deps = "/repos/acme/api/issues/1/dependencies/blocked_by"
	for body, says := range map[string]string{
		fmt.Sprintf(`{"issue_id":%d}`, p.pull.ID): "Target issue may only be an issue", fmt.Sprintf(`{"issue_id":%d}`, p.schema.ID): "already been taken",
		fmt.Sprintf(`{"issue_id":%d}`, p.checkout.ID): "cannot be the same", `{}`: "wasn't supplied", `{"issue_id":"2"}`: "is not an integer",
	} {
		k.do("POST", deps, body).wants(422, says)
	}
	k.do("POST", deps, fmt.Sprintf(`{"issue_id":%d}`, p.hidden.ID)).wants(404, "Not Found")
	k.do("DELETE", deps+"/"+itoa(p.pull.ID), "").wants(404, "Not Found")
}

func TestPeopleTeamsAndTypes(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(s *world.State) error {
		s.AddGitHubTeam("acme", "Core Team", s.User("ann"))
		s.AddUser(&world.User{Login: "guest", Role: world.Reader})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	k.get("/orgs/acme").wants(200, `"type":"Organization"`)
	k.get("/orgs/ann").wants(404, "Not Found")
	k.get("/users/acme").wants(200, `"type":"Organization"`)
	k.get("/orgs/acme/members").wants(200, `"login":"ann"`)
	k.get("/orgs/acme/members/ann").wants(204, "")
	k.get("/orgs/acme/members/guest").wants(404, "not a member")
	k.get("/orgs/acme/teams").wants(200, `"slug":"core-team"`)
	k.get("/orgs/acme/teams/core-team/members").wants(200, `"login":"ann"`)
	k.get("/orgs/acme/teams/nobody").wants(404, "Not Found")
	k.get("/users?per_page=1").wants(200, `"login"`)
	k.get("/orgs/acme/repos").wants(200, `"full_name":"acme/web"`)
	k.get("/user/repos?visibility=private").wants(200, "[]")
	k.get("/repositories").wants(200, "acme/api")
	k.get("/orgs/acme/issue-types").wants(200, `"name":"Bug"`)
	k.do("POST", "/orgs/acme/issue-types", `{"name":"Epic","is_enabled":true,"color":"purple"}`).wants(200, `"color":"purple"`)
	k.do("PATCH", "/repos/acme/api/issues/2", `{"type":"Epic"}`).wants(200, `"name":"Epic"`)
	k.do("POST", "/orgs/acme/issue-types", `{"name":"epic","is_enabled":true}`).wants(422, "already_exists")
	k.do("DELETE", "/orgs/acme/issue-types/601", "").wants(204, "")
	k.get("/repos/acme/api/issues/1").wants(200, `"type":null`)
}
