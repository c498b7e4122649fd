package githubsim_test

import (
	"net/http"
	"strings"
	"testing"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

func TestPersonReadsAnIssueWithItsComments(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	if err := p.Write(func(s *world.State) error {
		s.AddComment(p.checkout, s.GitHubBot, "<!-- strata v=1 owner=o kind=flag -->\n**Waits** for `acme/api#2` <script>alert(1)</script>\n\n| a | b |\n|---|---|\n| 1 | 2 |", nil)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	status, body, header := send(t, "GET", base+"/acme/api/issues/1", nil)
	if status != 200 || !strings.HasPrefix(header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Fatalf("%d %v", status, header)
	}
	for _, want := range []string{
		"Checkout | @team {code} &lt;script&gt;", "<h2>Goal</h2>", "<strong>Waits</strong>", "<td>1</td>", "strata-bot",
		`<a href="/acme/api/issues/2">acme/api#2 Schema (open)</a>`, "Status: In Progress", "Estimate: 5",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q:\n%s", want, body)
		}
	}
	for _, never := range []string{"<script", "kind=flag", "hidden -->"} {
		if strings.Contains(body, never) {
			t.Errorf("the page shows %q", never)
		}
	}
	for path, want := range map[string]string{"/": "acme/api", "/acme/api/issues": "Schema", "/acme/api/pull/3": "Add schema", "/assets/page.css": "body {"} {
		if status, body, _ := send(t, "GET", base+path, nil); status != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d", path, status)
		}
	}
	if status, _, _ := send(t, "GET", base+"/acme/api/issues/99", nil); status != 404 {
		t.Errorf("an issue that is not there answers %d", status)
	}
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
	_, body, _ := send(t, "GET", base+"/acme/api/issues/1", nil)
	for _, want := range []string{"<strong>Agenda</strong> <sub>since 2 Mar &lt;b&gt;</sub>", "<details><summary>2 more</summary>", "<strong>one</strong>", "</details>"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q:\n%s", want, body)
		}
	}
	for _, never := range []string{"<img", "onclick", "<iframe", "<script", "onerror"} {
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
