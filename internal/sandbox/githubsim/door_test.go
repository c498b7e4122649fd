package githubsim_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-github/v66/github"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// send makes a request with exactly these headers and answers status, body and headers.
func send(t *testing.T, method, url string, header map[string]string) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("User-Agent", "strata-test")
	req.Header.Set("Authorization", "Bearer "+token)
	for name, value := range header {
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(req)
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

func TestDoorTurnsStrangersAway(t *testing.T) {
	base := serve(t, newSmall(t).World, githubsim.Options{})
	for _, c := range []struct {
		path   string
		header map[string]string
		status int
		says   string
	}{
		{"/user", map[string]string{"Authorization": "Bearer wrong"}, 401, "Bad credentials"},
		{"/user", map[string]string{"Authorization": ""}, 401, "Requires authentication"},
		{"/user", map[string]string{"Authorization": "token " + token}, 200, `"login":"strata-bot"`},
		{"/users/ANN", nil, 200, `"login":"ann"`},
		{"/repos/acme/api", nil, 200, `"full_name":"acme/api"`},
		{"/repos/acme/secret", nil, 404, "Not Found"},
		{"/repos/acme/api/labels", nil, 200, "team-web"},
		{"/repos/acme/api/milestones", nil, 200, "March"},
		{"/repos/acme/api/issues?state=sleeping", nil, 422, "Validation Failed"},
		{"/repos/acme/api/nowhere", nil, 404, "documentation_url"},
		{"/rate_limit", nil, 200, `"graphql":{"limit":5000`},
	} {
		status, body, _ := send(t, "GET", base+c.path, c.header)
		if status != c.status || !strings.Contains(body, c.says) {
			t.Errorf("%s %v: got %d %.300s, want %d %s", c.path, c.header, status, body, c.status, c.says)
		}
	}
}

func TestUnchangedAnswersCostNothing(t *testing.T) {
	base := serve(t, newSmall(t).World, githubsim.Options{})
	_, _, first := send(t, "GET", base+"/repos/acme/api/issues/1", nil)
	status, body, again := send(t, "GET", base+"/repos/acme/api/issues/1", map[string]string{"If-None-Match": first.Get("ETag")})
	if status != http.StatusNotModified || body != "" {
		t.Fatalf("got %d %q", status, body)
	}
	if first.Get("X-RateLimit-Used") != "1" || again.Get("X-RateLimit-Used") != "1" {
		t.Errorf("used %s, then %s", first.Get("X-RateLimit-Used"), again.Get("X-RateLimit-Used"))
	}
	if got := first.Get("Date"); got != "Wed, 11 Mar 2026 09:00:00 GMT" {
		t.Errorf("the server's clock says %q", got)
	}
}

func TestLinksNameTheRepositoryByID(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	_, _, header := send(t, "GET", base+"/repos/acme/api/issues?state=all&per_page=1&page=2", nil)
	at := fmt.Sprintf("<%s/repositories/%d/issues?state=all&per_page=1&page=%%d>", base, p.api.ID)
	want := fmt.Sprintf(at+`; rel="prev", `+at+`; rel="next", `+at+`; rel="last", `+at+`; rel="first"`, 1, 3, 3, 1)
	if got := header.Get("Link"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestQuotaRunsOutAndComesBack(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{Limit: 2})
	c := goGitHub(t, base, false)
	for range 2 {
		if _, _, err := c.Issues.Get(context.Background(), "acme", "api", 1); err != nil {
			t.Fatal(err)
		}
	}
	_, _, err := goGitHub(t, base, false).Issues.Get(context.Background(), "acme", "api", 1)
	var limited *github.RateLimitError
	if !errors.As(err, &limited) || !limited.Rate.Reset.Equal(github.Timestamp{Time: today.Add(time.Hour)}) {
		t.Fatalf("got %v", err)
	}
	*p.clock = today.Add(time.Hour)
	if _, _, err := goGitHub(t, base, false).Issues.Get(context.Background(), "acme", "api", 1); err != nil {
		t.Errorf("after the reset: %v", err)
	}
	if got, _, header := send(t, "GET", serve(t, p.World, githubsim.Options{Limit: -1})+"/repos/acme/api", nil); got != 200 || header.Get("X-RateLimit-Limit") != "" {
		t.Errorf("without limits: %d %v", got, header)
	}
}

func TestFaultsHappenOnDemand(t *testing.T) {
	p := newSmall(t)
	for _, c := range []struct {
		fault  control.Fault
		query  string // empty: GET issues
		status int
		says   string
		header string
	}{
		{control.Fault{Name: "429", Value: "7"}, "", 429, "secondary rate limit", "Retry-After: 7"},
		{control.Fault{Name: "F25", Value: "30"}, "", 403, "secondary-rate-limits", "Retry-After: 30"},
		{control.Fault{Name: "secondary-bare"}, "", 403, "secondary rate limit", ""},
		{control.Fault{Name: "rate-limited"}, "", 403, "API rate limit exceeded", "X-Ratelimit-Remaining: 0"},
		{control.Fault{Name: "rate-limited"}, `{viewer{login}}`, 200, `"type":"RATE_LIMITED"`, "X-Ratelimit-Remaining: 0"},
		{control.Fault{Name: "500"}, "", 500, "Server Error", ""},
		{control.Fault{Name: "502"}, "", 502, "<html>", ""},
		{control.Fault{Name: "F28", Value: "25"}, boardQuery, 502, "<html>", ""},
		{control.Fault{Name: "F28", Value: "50"}, boardQuery, 200, `"totalCount":4`, ""},
		{control.Fault{Name: "resource-limits"}, `{viewer{login}}`, 200, `{"data":null,"errors":[{"type":"RESOURCE_LIMITS_EXCEEDED"`, ""},
		{control.Fault{Name: "F13", Value: "1"}, "?page=1", 500, "Server Error", ""},
		{control.Fault{Name: "F26", Value: "3000"}, "", 200, `"number":1`, "X-Ratelimit-Used: 3001"},
		{control.Fault{Name: "F22"}, "", 200, `"number":1`, "X-Ratelimit-Used: "},
		{control.Fault{Name: "skew", Value: "10m"}, "", 200, `"number":1`, "Date: Wed, 11 Mar 2026 09:10:00 GMT"},
	} {
		t.Run(c.fault.Name+c.fault.Value, func(t *testing.T) {
			sim := githubsim.New(p.World, githubsim.Options{Token: token})
			base := serveHandler(t, sim)
			if err := sim.Faults().Add(c.fault); err != nil {
				t.Fatal(err)
			}
			method, url, body := "GET", base+"/repos/acme/api/issues", ""
			if strings.HasPrefix(c.query, "?") {
				url += c.query
			} else if c.query != "" {
				method, url, body = "POST", base+"/graphql", graphBody(c.query)
			}
			req, err := http.NewRequest(method, url, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if body != "" {
				req.Header.Set("Content-Type", "application/json")
			}
			resp, err := client(token).Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			text, err := io.ReadAll(resp.Body)
			if err != nil {
				t.Fatal(err)
			}
			name, value, _ := strings.Cut(c.header, ": ")
			if resp.StatusCode != c.status || !strings.Contains(string(text), c.says) || name != "" && resp.Header.Get(name) != value {
				t.Errorf("got %d %.200s\n%v", resp.StatusCode, text, resp.Header)
			}
		})
	}
}

func TestPostIsCarriedOutBeforeTheConnectionBreaks(t *testing.T) {
	p := newSmall(t)
	sim := githubsim.New(p.World, githubsim.Options{Token: token})
	c := goGitHub(t, serveHandler(t, sim), false)
	if err := sim.Faults().Add(control.Fault{Name: "F31", Times: 1, Route: "POST"}); err != nil {
		t.Fatal(err)
	}
	_, _, err := c.Issues.CreateComment(context.Background(), "acme", "api", 1, &github.IssueComment{Body: github.String("once")})
	if err == nil {
		t.Error("the client heard nothing of the fault")
	}
	p.Read(func(*world.State) {
		if got := len(p.checkout.Comments); got != 1 {
			t.Errorf("%d comments, want 1", got)
		}
	})
	counted := func() int {
		return p.Meter(world.GitHub).Read().ByRoute["POST /repos/{owner}/{repo}/issues/{number}/comments"]["0"]
	}
	for wait := 0; counted() == 0 && wait < 500; wait++ {
		time.Sleep(10 * time.Millisecond) // the client hears of the break before the server has counted it
	}
	if got := counted(); got != 1 {
		t.Errorf("accounting counts %d broken answers, want 1", got)
	}
}

func TestServerMayKeepBodiesDifferently(t *testing.T) {
	p := newSmall(t)
	sim := githubsim.New(p.World, githubsim.Options{Token: token})
	c := goGitHub(t, serveHandler(t, sim), false)
	if err := sim.Faults().Add(control.Fault{Name: "F35"}); err != nil {
		t.Fatal(err)
	}
	got, _, err := c.Issues.CreateComment(context.Background(), "acme", "api", 1, &github.IssueComment{Body: github.String("one  \ntwo\n")})
	if err != nil || got.GetBody() != "one\r\ntwo" {
		t.Errorf("got %q, %v", got.GetBody(), err)
	}
}
