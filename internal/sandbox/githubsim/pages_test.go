package githubsim_test

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// page reads a page as a browser does, and does not follow where it leads.
func page(t *testing.T, address string, cookies ...string) (status int, body string, header http.Header) {
	t.Helper()
	return browse(t, http.MethodGet, address, nil, map[string]string{"Cookie": strings.Join(cookies, "; ")})
}

// press sends a form as the page's own browser would.
func press(t *testing.T, address, person string, form url.Values) (status int, body, to string) {
	t.Helper()
	status, body, header := browse(t, http.MethodPost, address, form, map[string]string{"Cookie": "sandbox_person=" + person, "Sec-Fetch-Site": "same-origin"})
	return status, body, header.Get("Location")
}

func browse(t *testing.T, method, address string, form url.Values, header map[string]string) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequest(method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range header {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body), resp.Header
}

// shows fails unless a page has all of these.
func shows(t *testing.T, body string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q:\n%s", want, body)
		}
	}
}

func TestPersonReadsAnIssueWithItsComments(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	if err := p.Write(func(s *world.State) error {
		s.AddComment(p.checkout, s.GitHubBot, "<!-- strata v=1 owner=o kind=flag -->\n**Waits** for `acme/api#2` <script>alert(1)</script>\n\n| a | b |\n|---|---|\n| 1 | 2 |", nil)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	status, body, _ := page(t, base+"/acme/api/issues/1")
	if status != 200 {
		t.Fatalf("answers %d", status)
	}
	shows(t, body, "Checkout | @team {code} &lt;script&gt;", "<h2>Goal</h2>", "<strong>Waits</strong>", "<td>1</td>", "strata-bot", `<article class="say bot"`,
		`<a href="/acme/api/issues/2"><bdi>Schema</bdi></a> <small>acme/api#2</small>`, `<option value="47fc9ee4" selected>In Progress</option>`,
		`<option value="aa000002" selected>Sprint 2, 2 Mar to 15 Mar</option>`, `value="5"`, `value="2026-03-20"`, "Bug", "March", "team-web")
	for _, never := range []string{"<script", "kind=flag", "hidden -->"} {
		if strings.Contains(body, never) {
			t.Errorf("the page shows %q", never)
		}
	}
	for path, want := range map[string]string{
		"/": "acme/api", "/acme": "/orgs/acme/projects/7", "/acme/api": "Schema", "/acme/api/issues": "Schema", "/acme/api/pulls": "Add schema", "/acme/api/pull/3": "Add schema",
		"/acme/api/issues/new": "New issue", "/assets/page.css": "body {", "/acme/web/issues/2": `of <a href="/acme/api/issues/2">acme/api#2</a>`,
	} {
		if status, body, _ := page(t, base+path); status != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d lacks %q", path, status, want)
		}
	}
	for _, path := range []string{"/acme/api/issues/99", "/acme/api/issues/x", "/acme/none", "/none", "/none/api/issues/1", "/orgs/acme/projects/99", "/acme/api/milestone/9", "/avatars/%3Cscript%3E"} {
		if status, _, _ := page(t, base+path); status != 404 {
			t.Errorf("%s is not there and answers %d", path, status)
		}
	}
}

// TestPagesLeadToEachOther follows what leads elsewhere.
func TestPagesLeadToEachOther(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(s *world.State) error {
		s.Transfer(p.dropped, p.api)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	base := serve(t, p.World, githubsim.Options{})
	for path, want := range map[string]string{
		"/acme/api/pull/1":          "/acme/api/issues/1",
		"/acme/api/issues/3":        "/acme/api/pull/3",
		"/ACME/Api/issues/1":        "/acme/api/issues/1",
		"/acme/web/issues/1":        fmt.Sprintf("/acme/api/issues/%d", p.dropped.Number),
		"/acme/api/labels/a b\"":    "/acme/api/issues?q=is%3Aissue+label%3A%22a+b%22%22",
		"/acme/api/milestone/1":     "/acme/api/issues?q=milestone%3A%22March%22",
		"/acme/api/labels/team-web": "/acme/api/issues?q=is%3Aissue+label%3A%22team-web%22",
	} {
		status, _, header := page(t, base+(&url.URL{Path: path}).EscapedPath())
		if status != http.StatusSeeOther || header.Get("Location") != want {
			t.Errorf("%s leads to %q with %d, want %q", path, header.Get("Location"), status, want)
		}
	}
}

func TestPagesRunNothingAndLoadNothing(t *testing.T) {
	base := serve(t, newSmall(t).World, githubsim.Options{})
	for _, path := range []string{"/", "/acme/api/issues", "/acme/api/issues/1", "/orgs/acme/projects/7", "/assets/page.css", "/nothing/here", "/avatars/ann"} {
		_, body, header := page(t, base+path)
		policy := header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "script") || strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: the policy is %q", path, policy)
		}
		if header.Get("X-Content-Type-Options") != "nosniff" || strings.Contains(body, "<script") || strings.Contains(body, "style=") || strings.Contains(body, " on") && regexp.MustCompile(`<[^>]* on\w+=`).MatchString(body) {
			t.Errorf("%s is not what a browser need trust", path)
		}
	}
}

// TestAPersonIsRemembered chooses as whom the pages act.
func TestAPersonIsRemembered(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(s *world.State) error {
		s.AddUser(&world.User{Login: "zoe", Role: world.Reader})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	base := serve(t, p.World, githubsim.Options{})
	for back, want := range map[string]string{"/acme/api/issues?q=x": "/acme/api/issues?q=x", "//evil.example": "/", "https://evil.example": "/", `/\evil.example`: "/", "": "/"} {
		status, _, header := browse(t, http.MethodPost, base+"/person", url.Values{"person": {"zoe"}, "back": {back}}, nil)
		cookie := header.Get("Set-Cookie")
		if status != http.StatusSeeOther || header.Get("Location") != want || !strings.HasPrefix(cookie, "sandbox_person=zoe") || !strings.Contains(cookie, "HttpOnly; SameSite=Strict") {
			t.Errorf("%q leads to %q with %d, cookie %q", back, header.Get("Location"), status, cookie)
		}
	}
	_, body, _ := page(t, base+"/acme/api/issues/2", "sandbox_person=zoe")
	shows(t, body, "<option selected>zoe</option>", `name="do" value="comment"`)
	for _, never := range []string{`value="close"`, `value="marks"`, "?edit="} {
		if strings.Contains(body, never) {
			t.Errorf("a reader is shown %s", never)
		}
	}
	if _, body, _ := page(t, base+"/", "sandbox_person=<b>"); !strings.Contains(body, "<option selected>ann</option>") {
		t.Error("somebody unknown is not the first person")
	}
}

func TestListIsSearchedAndPaged(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(s *world.State) error {
		for n := range 120 {
			i := s.CreateGitHub(p.web, world.GitHubIssue{Title: fmt.Sprintf("Task %03d", n)}, p.checkout.Author)
			if n%2 == 0 {
				s.CloseIssue(i, world.Completed, p.checkout.Author)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	base := serve(t, p.World, githubsim.Options{})
	titles := regexp.MustCompile(`<bdi>(Task \d+)</bdi>`)
	next, seen := "/acme/web/issues", map[string]bool{}
	for pages := 0; next != "" && pages < 5; pages++ {
		_, body, _ := page(t, base+next)
		shows(t, body, "60 open", "62 closed", "60 found")
		for _, m := range titles.FindAllStringSubmatch(body, -1) {
			seen[m[1]] = true
		}
		next = ""
		if m := regexp.MustCompile(`href="([^"]*)">Next`).FindStringSubmatch(body); m != nil {
			next = html.UnescapeString(m[1])
		}
	}
	if len(seen) != 60 {
		t.Errorf("%d of 60 open issues were listed", len(seen))
	}
	for query, want := range map[string]int{"Task 007": 1, "is:closed Task": 50, "author:ann Task 119": 1, "author:bob Task": 0, "is:closed is:open Task": 0, "(is:closed OR is:open) Task 007": 1, "label:none": 0, "label:team-web": 0} {
		_, body, _ := page(t, base+"/acme/web/issues?"+url.Values{"q": {query}}.Encode())
		if got := len(titles.FindAllString(body, -1)); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	for _, path := range []string{"/acme/web/issues?page=99", "/acme/web/issues?page=-4", "/acme/web/issues?page=x", "/acme/web/issues?q=%00%ff%22%22%28", "/acme/web/issues?q="} {
		if status, _, _ := page(t, base+path); status != 200 {
			t.Errorf("%s answers %d", path, status)
		}
	}
	_, body, _ := page(t, base+"/acme/api/issues?q=label%3Ateam-web")
	shows(t, body, "Checkout", "waits for 1", `fill="#ededed"`, "/avatars/ann")
}

func TestRawHTMLIsHarmless(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	if err := p.Write(func(s *world.State) error {
		s.AddComment(p.checkout, s.GitHubBot, "<strong>Agenda</strong> <sub>since 2 Mar &lt;b&gt;</sub> <img src=x onerror=y> <sub onclick=x>no</sub>\n\n"+
			"<details><summary>2 more</summary>\n\n- **one**\n\n</details>\n\n<iframe src=x>\n<script>alert(1)</script>", nil)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	_, body, _ := page(t, base+"/acme/api/issues/1")
	for _, want := range []string{"<strong>Agenda</strong> <sub>since 2 Mar &lt;b&gt;</sub>", "<details><summary>2 more</summary>", "<strong>one</strong>", "</details>"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q:\n%s", want, body)
		}
	}
	for _, never := range []string{"<img src=x", "onclick", "<iframe", "<script", "onerror"} {
		if strings.Contains(body, never) {
			t.Errorf("the page shows %q:\n%s", never, body)
		}
	}
}

func TestControlIsServedBesideTheAPI(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	resp, err := http.Post(base+"/_sandbox/mutate", "application/json", strings.NewReader(`{"op":"drop","item":"acme/api#2"}`))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if _, body, _ := send(t, "GET", base+"/repos/acme/api/issues/2", nil); resp.StatusCode != http.StatusOK || !strings.Contains(body, `"state_reason":"not_planned"`) {
		t.Errorf("mutate answers %d, the issue reads %s", resp.StatusCode, body)
	}
	for path, want := range map[string]string{"/_sandbox/state": `"tracker": "github"`, "/_sandbox/accounting": `"requests"`, "/_sandbox/journal": "["} {
		if status, body, _ := send(t, "GET", base+path, nil); status != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
}
