package githubsim_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

func TestFineGrainedTokensOpenWhatTheirPermissionsSay(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(*world.State) error { p.api.Private = true; return nil }); err != nil {
		t.Fatal(err)
	}
	k := talkTo(t, serve(t, p.World, githubsim.Options{Tokens: map[string]githubsim.Token{
		"reads":  {Permissions: map[string]string{"issues": "read"}},
		"writes": {Permissions: map[string]string{"issues": "write"}},
		"pulls":  {Permissions: map[string]string{"pull_requests": "write"}},
		"meta":   {Permissions: map[string]string{}},
		"web":    {Permissions: map[string]string{"issues": "write"}, Repositories: []string{"acme/web"}},
		"api":    {Permissions: map[string]string{"issues": "write"}, Repositories: []string{"acme/api"}},
	}}))
	const inaccessible = "Resource not accessible by personal access token"
	for _, c := range []struct {
		token, method, path, body string
		status                    int
		says, needs               string
	}{
		{"reads", "GET", "/repos/acme/api/issues/1", "", 200, "Checkout", "issues=read"},
		{"reads", "POST", aComment, `{"body":"x"}`, 403, inaccessible, "issues=write; pull_requests=write"},
		{"reads", "PATCH", "/repos/acme/api/issues/1", `{"title":"x"}`, 403, inaccessible, "issues=write"},
		{"writes", "POST", aComment, `{"body":"x"}`, 201, "", "issues=write; pull_requests=write"},
		{"writes", "GET", "/repos/acme/api/issues/1", "", 200, "", "issues=read"}, // write reads
		{"pulls", "POST", aComment, `{"body":"x"}`, 201, "", "issues=write; pull_requests=write"},
		{"pulls", "PATCH", "/repos/acme/api/issues/1", `{"title":"x"}`, 403, inaccessible, "issues=write"},
		{"meta", "GET", "/repos/acme/api", "", 200, "", "metadata=read"}, // always there
		{"meta", "GET", "/repos/acme/api/issues/1", "", 403, inaccessible, "issues=read"},
		{"web", "GET", "/repos/acme/api", "", 404, "Not Found", ""}, // private, and not among its repositories
		{"web", "POST", aComment, `{"body":"x"}`, 404, "Not Found", ""},
		{"api", "GET", "/repos/acme/web/issues/1", "", 200, "Old idea", ""}, // public
		{"api", "POST", "/repos/acme/web/issues/1/comments", `{"body":"x"}`, 403, inaccessible, ""},
		{"api", "GET", "/search/issues?q=schema", "", 422, "Query must include 'is:issue' or 'is:pull-request'", ""},
	} {
		got := k.as(c.token).do(c.method, c.path, c.body)
		if got.status != c.status || !strings.Contains(got.body, c.says) || c.needs != "" && got.header.Get("X-Accepted-GitHub-Permissions") != c.needs {
			t.Errorf("%s: %s %s: got %d %.200s (needs %q)", c.token, c.method, c.path, got.status, got.body, got.header.Get("X-Accepted-GitHub-Permissions"))
		}
		if _, classic := got.header["X-Oauth-Scopes"]; classic {
			t.Errorf("%s: a fine-grained token has no scopes: %v", c.token, got.header)
		}
	}
	if got := k.as("web").get("/search/issues?q=is:issue+schema").handles(); got != "web#2" {
		t.Errorf("a token for one repository finds %q in others", got)
	}
	if got := k.as("web").get("/repos/acme/web/issues/2/dependencies/blocking").handles(); got != "" {
		t.Errorf("blocking lists %q", got)
	}
}

func TestClassicTokensNameTheirScopes(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(*world.State) error { p.api.Private = true; return nil }); err != nil {
		t.Fatal(err)
	}
	expires := today.Add(time.Hour)
	k := talkTo(t, serve(t, p.World, githubsim.Options{Tokens: map[string]githubsim.Token{
		"public": {Scopes: []string{"public_repo"}, Login: "ann"}, "blind": {Scopes: []string{"gist"}}, "ends": {Expires: expires},
	}}))
	got := k.get("/repos/acme/api/issues/1")
	if got.header.Get("X-OAuth-Scopes") != "project, read:org, repo" || got.header.Get("X-Accepted-OAuth-Scopes") != "repo" || got.header.Get("X-Accepted-GitHub-Permissions") != "" {
		t.Errorf("headers %v", got.header)
	}
	public := k.as("public")
	public.get("/repos/acme/api").wants(404, "Not Found") // private
	public.get("/user").wants(200, `"login":"ann"`)
	public.do("POST", "/repos/acme/web/issues/1/comments", `{"body":"x"}`).wants(201, `"login":"ann"`)
	k.as("blind").do("POST", "/repos/acme/web/issues/1/comments", `{"body":"x"}`).wants(404, "Not Found")
	k.as("blind").get("/orgs/acme/teams").wants(403, "read:org")
	if got := k.as("ends").get("/zen"); got.header.Get("GitHub-Authentication-Token-Expiration") != "2026-03-11 10:00:00 UTC" {
		t.Errorf("the end of a token: %v", got.header)
	}
	*p.clock = expires
	k.as("ends").get("/zen").wants(401, "Bad credentials")
}

func TestNobodySeesWhatIsPublicAndWritesNothing(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{})).as("")
	k.get("/repos/acme/api/issues/1").wants(200, "Checkout")
	k.get("/search/issues?q=repo:acme/api+checkout").wants(200, `"total_count":1`)
	for _, path := range []string{"/user", "/issues", "/user/repos", "/orgs/acme/teams"} {
		k.get(path).wants(401, "Requires authentication")
	}
	k.do("POST", aComment, `{"body":"x"}`).wants(401, "Requires authentication")
	talkTo(t, serve(t, p.World, githubsim.Options{})).as("").do("POST", "/graphql", `{"query":"{viewer{login}}"}`).wants(401, "requires you to be authenticated")
	if err := p.Write(func(*world.State) error { p.api.Private = true; return nil }); err != nil {
		t.Fatal(err)
	}
	k.get("/repos/acme/api/issues/1").wants(404, "Not Found")
}

func TestTokensComeAsBearerTokenOrPassword(t *testing.T) {
	k := talkTo(t, serve(t, newSmall(t).World, githubsim.Options{})).as("")
	basic := func(text string) string {
		return "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(text))
	}
	for header, status := range map[string]int{
		"Authorization: token " + token: 200, "Authorization: BEARER " + token: 200, basic("ann:" + token): 200, basic(token + ":x-oauth-basic"): 200, basic(token + ":"): 200,
		basic("ann:secret"): 401, "Authorization: Basic !": 401, "Authorization: Digest x": 401, "Authorization: Bearer": 401, "Authorization: Bearer " + token + "x": 401,
	} {
		if got := k.get("/user", header); got.status != status {
			t.Errorf("%s: got %d %s", header, got.status, got.body)
		}
	}
	plain := talkTo(t, serve(t, newSmall(t).World, githubsim.Options{}))
	if got := plain.get("/user", "User-Agent: "); got.status != http.StatusForbidden || !strings.HasPrefix(got.header.Get("Content-Type"), "text/html") {
		t.Errorf("without User-Agent: %d %v", got.status, got.header)
	}
}

// TestWhatRolesMayDo: the author may close and rename, triage sorts, write changes what others wrote.
func TestWhatRolesMayDo(t *testing.T) {
	p := newSmall(t)
	people := map[string]string{}
	for _, role := range []string{"read", "triage", "write"} {
		people[role] = role
		if err := p.Write(func(s *world.State) error { s.AddUser(&world.User{Login: role, Role: world.Role(role)}); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	var comment int64
	var own int
	if err := p.Write(func(s *world.State) error {
		comment = s.AddComment(p.checkout, s.User("ann"), "hers", nil).ID
		own = s.CreateGitHub(p.api, world.GitHubIssue{Title: "Mine"}, s.User("read")).Number
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	k := talkTo(t, serve(t, p.World, githubsim.Options{People: people}))
	path := func(n int) string { return "/repos/acme/api/issues/" + string(rune('0'+n)) }
	for _, c := range []struct {
		method, path, body  string
		read, triage, write int
	}{
		{"PATCH", path(1), `{"title":"New"}`, 403, 403, 200},
		{"PATCH", path(1), `{"state":"closed"}`, 403, 200, 200},
		{"PATCH", path(own), `{"title":"Own"}`, 200, 403, 200},
		{"PATCH", path(own), `{"state":"closed"}`, 200, 200, 200},
		{"POST", path(1) + "/labels", `["x"]`, 403, 200, 200},
		{"POST", path(1) + "/assignees", `{"assignees":["ann"]}`, 403, 201, 201},
		{"PUT", path(1) + "/lock", ``, 403, 403, 204},
		{"PATCH", "/repos/acme/api/issues/comments/" + itoa(comment), `{"body":"x"}`, 403, 403, 200},
		{"POST", "/repos/acme/api/labels", `{"name":"L"}`, 404, 404, 201},
		{"POST", "/repos/acme/api/milestones", `{"title":"L"}`, 404, 404, 201},
		{"GET", "/repos/acme/api/collaborators", ``, 403, 403, 200},
		{"PATCH", "/repos/acme/api", `{"description":"x"}`, 403, 403, 403},
	} {
		for role, want := range map[string]int{"read": c.read, "triage": c.triage, "write": c.write} {
			if got := k.as(role).do(c.method, c.path, c.body); got.status != want {
				t.Errorf("%s: %s %s: got %d %.200s, want %d", role, c.method, c.path, got.status, got.body, want)
			}
		}
	}
	k.as("read").do("POST", "/repos/acme/api/issues", `{"title":"T","labels":["x"],"assignees":["ann"],"milestone":1}`).wants(201, `"labels":[],`) // dropped without a word
}
