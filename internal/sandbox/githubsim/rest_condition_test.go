package githubsim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

func TestConditionalRequestsAreFreeAndNoticeEveryChange(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	const path = "/repos/acme/api/issues/2"
	first := k.get(path)
	tag, modified := first.header.Get("ETag"), first.header.Get("Last-Modified")
	if modified != "Mon, 09 Feb 2026 09:00:00 GMT" {
		t.Errorf("Last-Modified %q", modified)
	}
	strong := strings.TrimPrefix(tag, "W/")
	for _, header := range []string{
		"If-None-Match: " + tag, "If-None-Match: " + strong, `If-None-Match: "other", ` + tag, "If-None-Match: *",
		"If-Modified-Since: " + modified, "If-Modified-Since: Tue, 10 Feb 2026 09:00:00 GMT",
	} {
		got := k.get(path, header)
		if got.status != 304 || got.body != "" || got.header.Get("X-RateLimit-Used") != "1" || got.header.Get("ETag") != tag {
			t.Errorf("%s: got %d %q, used %s", header, got.status, got.body, got.header.Get("X-RateLimit-Used"))
		}
	}
	for _, header := range []string{`If-None-Match: "other"`, "If-Modified-Since: Sun, 08 Feb 2026 09:00:00 GMT", "If-Modified-Since: soon"} {
		if got := k.get(path, header); got.status != 200 {
			t.Errorf("%s: got %d", header, got.status)
		}
	}
	if got := k.get(path, `If-None-Match: "other"`, "If-Modified-Since: "+modified); got.status != 200 {
		t.Errorf("a tag that differs decides alone: got %d", got.status)
	}
	if got := k.get(path, "If-None-Match: "+tag, "Accept: application/vnd.github.full+json"); got.status != 200 {
		t.Errorf("another form of the same issue is another answer: got %d", got.status)
	}

	// A dependency moves no updated_at, so that the date stays blind; the tag sees it.
	if err := p.Write(func(s *world.State) error { s.Block(p.schema, p.dropped); return nil }); err != nil {
		t.Fatal(err)
	}
	if got := k.get(path, "If-None-Match: "+tag); got.status != 200 {
		t.Errorf("after a dependency: got %d", got.status)
	}
	if got := k.get(path, "If-Modified-Since: "+modified); got.status != 304 {
		t.Errorf("after a dependency, by date: got %d", got.status)
	}
	*p.clock = today.Add(time.Hour)
	if err := p.Write(func(s *world.State) error { s.SetTitle(p.schema, "New"); return nil }); err != nil {
		t.Fatal(err)
	}
	if got := k.get(path, "If-Modified-Since: "+modified); got.status != 200 {
		t.Errorf("after a change, by date: got %d", got.status)
	}
}

func TestListsAndHeadAnswerConditionsToo(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	for _, path := range []string{"/repos/acme/api/issues", "/repos/acme/api", "/rate_limit", "/user", "/repos/acme/api/issues/1/dependencies/blocked_by"} {
		head := k.do("HEAD", path, "")
		if head.status != 200 || head.body != "" || head.header.Get("ETag") == "" || head.header.Get("Content-Type") == "" {
			t.Errorf("HEAD %s: %d %q %v", path, head.status, head.body, head.header)
		}
		if path == "/rate_limit" {
			continue // its answer changes with every request
		}
		if got := k.get(path, "If-None-Match: "+head.header.Get("ETag")); got.status != 304 {
			t.Errorf("GET %s: got %d", path, got.status)
		}
	}
	made := k.do("POST", "/repos/acme/api/issues/1/comments", `{"body":"x"}`)
	if made.header.Get("ETag") == "" || !strings.Contains(made.header.Get("Location"), "/issues/comments/") {
		t.Errorf("a write says %v", made.header)
	}
	if again := k.do("POST", "/repos/acme/api/issues/1/comments", `{"body":"x"}`, "If-None-Match: *"); again.status != 201 {
		t.Errorf("a condition on a write: got %d", again.status)
	}
}

// TestNobodyPaysForUnchangedAnswers: without a token even a 304 counts.
func TestNobodyPaysForUnchangedAnswers(t *testing.T) {
	k := talkTo(t, serve(t, newSmall(t).World, githubsim.Options{})).as("")
	first := k.get("/repos/acme/api")
	second := k.get("/repos/acme/api", "If-None-Match: "+first.header.Get("ETag"))
	if got := fmt.Sprintf("%d %s %s", second.status, second.header.Get("X-RateLimit-Limit"), second.header.Get("X-RateLimit-Used")); got != "304 60 2" {
		t.Errorf("got %s", got)
	}
}
