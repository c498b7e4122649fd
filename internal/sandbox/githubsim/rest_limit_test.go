package githubsim_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"strata/internal/sandbox/githubsim"
)

const aComment = "/repos/acme/api/issues/1/comments"

// post posts n comments and answers how many were refused, with the last refusal.
func post(k talk, n int) (refusals int, last answer) {
	for i := range n {
		if a := k.do("POST", aComment, fmt.Sprintf(`{"body":"%d"}`, i)); a.status != 201 {
			refusals++
			last = a
		}
	}
	return refusals, last
}

func TestF25EightyCommentsAMinuteAndNoMore(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	*p.clock = today.Add(20 * time.Second)
	if n, last := post(k, 80); n != 0 {
		t.Fatalf("%d of the first 80 were refused: %v", n, last)
	}
	*p.clock = today.Add(30 * time.Second)
	n, last := post(k, 1)
	if n != 1 || last.status != 403 || last.header.Get("Retry-After") != "50" || last.header.Get("X-RateLimit-Remaining") == "0" {
		t.Fatalf("the 81st: %d %v", n, last)
	}
	last.wants(403, "You have exceeded a secondary rate limit")
	last.wants(403, "about-secondary-rate-limits")
	k.get("/repos/acme/api/issues/1").wants(200, `"comments":80`) // reading goes on
	k.do("PATCH", "/repos/acme/api/issues/1", `{"title":"still"}`).wants(200, "still")
	*p.clock = today.Add(80 * time.Second)
	if n, last := post(k, 1); n != 0 {
		t.Errorf("after Retry-After: %v", last)
	}
}

func TestF25FiveHundredAnHour(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	for minute := range 10 {
		*p.clock = today.Add(time.Duration(minute) * time.Minute)
		if n, last := post(k, 50); n != 0 {
			t.Fatalf("minute %d: %d refused, %v", minute, n, last)
		}
	}
	*p.clock = today.Add(10 * time.Minute)
	n, last := post(k, 1)
	wait, _ := strconv.Atoi(last.header.Get("Retry-After"))
	if n != 1 || wait != 50*60 {
		t.Fatalf("the 501st: %d, Retry-After %d", n, wait)
	}
	*p.clock = today.Add(10*time.Minute + time.Duration(wait)*time.Second)
	if n, last := post(k, 1); n != 0 {
		t.Errorf("after Retry-After: %v", last)
	}
}

func TestF25NineHundredPointsAMinute(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	for range 100 {
		k.do("PATCH", "/repos/acme/api/issues/1", `{"title":"x"}`).wants(200, "") // 5 points each
	}
	for range 400 {
		if a := k.get("/zen"); a.status != 200 {
			t.Fatalf("below 900 points: %v", a)
		}
	}
	k.get("/zen").wants(403, "secondary rate limit")
	*p.clock = today.Add(time.Minute)
	k.get("/zen").wants(200, "")
}

func TestSecondaryLimitsAreSetAndSwitchedOff(t *testing.T) {
	p := newSmall(t)
	for _, c := range []struct {
		options githubsim.Options
		posts   int
		status  int // of the refusal; 0: none
		retry   string
	}{
		{githubsim.Options{Secondary: &githubsim.Secondary{CreatesPerMinute: 2}}, 3, 403, "60"},
		{githubsim.Options{Secondary: &githubsim.Secondary{CreatesPerMinute: 2, Status: 429}}, 3, 429, "60"},
		{githubsim.Options{Secondary: &githubsim.Secondary{CreatesPerMinute: 2, WithoutRetryAfter: true}}, 3, 403, ""},
		{githubsim.Options{Secondary: &githubsim.Secondary{}}, 100, 0, ""},
		{githubsim.Options{Limit: -1}, 100, 0, ""},
		{githubsim.Options{Limit: 10_000}, 160, 0, ""}, // twice the quota, twice the burst
		{githubsim.Options{Limit: 10_000}, 161, 403, "60"},
	} {
		k := talkTo(t, serve(t, p.World, c.options))
		n, last := post(k, c.posts)
		switch {
		case c.status == 0 && n != 0:
			t.Errorf("%+v: %d refused, %v", c.options.Secondary, n, last)
		case c.status != 0 && (n != 1 || last.status != c.status || last.header.Get("Retry-After") != c.retry):
			t.Errorf("%+v: %d refused, %d %q", c.options.Secondary, n, last.status, last.header.Get("Retry-After"))
		}
	}
}

func TestGraphQLCountsWithREST(t *testing.T) {
	k := talkTo(t, serve(t, newSmall(t).World, githubsim.Options{Secondary: &githubsim.Secondary{CreatesPerMinute: 1}}))
	k.do("POST", aComment, `{"body":"x"}`).wants(201, "")
	k.do("POST", "/graphql", `{"query":"{viewer{login}}"}`).wants(200, "strata-bot")
	k.do("POST", "/graphql", `{"query":"mutation{addComment(input:{subjectId:\"I_x\",body:\"y\"}){clientMutationId}}"}`).wants(403, "secondary rate limit")
}

// held is an answer that waits before it is written: the request stays under way.
type held struct {
	http.ResponseWriter
	entered chan<- struct{}
	release <-chan struct{}
	once    *sync.Once
}

func (h held) WriteHeader(status int) {
	h.once.Do(func() { h.entered <- struct{}{}; <-h.release })
	h.ResponseWriter.WriteHeader(status)
}

func TestNoMoreThanSoManyRequestsAtOnce(t *testing.T) {
	sim := githubsim.New(newSmall(t).World, githubsim.Options{Secondary: &githubsim.Secondary{Concurrent: 2}})
	ask := func() *http.Request {
		r := httptest.NewRequest(http.MethodGet, "/zen", nil)
		r.Header.Set("User-Agent", "strata-test")
		r.Header.Set("Authorization", "Bearer x")
		return r
	}
	entered, release := make(chan struct{}), make(chan struct{})
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			sim.ServeHTTP(held{httptest.NewRecorder(), entered, release, new(sync.Once)}, ask())
		})
		<-entered
	}
	third := httptest.NewRecorder()
	sim.ServeHTTP(third, ask())
	if third.Code != 403 || !strings.Contains(third.Body.String(), "secondary rate limit") {
		t.Errorf("the third at once: %d %s", third.Code, third.Body)
	}
	close(release)
	group.Wait()
	after := httptest.NewRecorder()
	sim.ServeHTTP(after, ask())
	if after.Code != 200 {
		t.Errorf("when the others are done: %d %s", after.Code, after.Body)
	}
}

func TestPrimaryLimitsOfEachResource(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	for n := range 30 {
		got := k.get("/search/issues?q=is:issue")
		if got.status != 200 || got.header.Get("X-RateLimit-Resource") != "search" || got.header.Get("X-RateLimit-Remaining") != strconv.Itoa(29-n) {
			t.Fatalf("search %d: %d %v", n, got.status, got.header)
		}
	}
	over := k.get("/search/issues?q=is:issue")
	over.wants(403, "API rate limit exceeded for user ID")
	if over.header.Get("X-RateLimit-Remaining") != "0" || over.header.Get("X-RateLimit-Reset") != strconv.FormatInt(today.Add(time.Minute).Unix(), 10) {
		t.Errorf("headers %v", over.header)
	}
	k.get("/repos/acme/api").wants(200, "api") // another resource
	var limits struct {
		Resources map[string]struct{ Limit, Used, Remaining int }
		Rate      struct{ Limit, Used int }
	}
	asked := k.get("/rate_limit")
	asked.into(&limits)
	if got := limits.Resources["search"]; got.Limit != 30 || got.Used != 30 {
		t.Errorf("search %+v", got)
	}
	if limits.Rate.Used != 1 || k.get("/rate_limit").header.Get("X-RateLimit-Used") != "1" {
		t.Errorf("asking is free: %+v", limits.Rate)
	}
	*p.clock = today.Add(time.Minute)
	k.get("/search/issues?q=is:issue").wants(200, "total_count")

	nobody := k.as("")
	for range 60 {
		nobody.get("/repos/acme/api").wants(200, "api")
	}
	nobody.get("/repos/acme/api").wants(403, "But here's the good news")
	enterprise := talkTo(t, serve(t, p.World, githubsim.Options{Limit: -1}))
	enterprise.get("/rate_limit").wants(404, "Rate limiting is not enabled.")
}
