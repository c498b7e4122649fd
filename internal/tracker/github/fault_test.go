package github

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"strata/internal/comment"
	"strata/internal/markup"
	"strata/internal/sandbox/contract"
	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
	"strata/internal/secret"
	"strata/internal/tracker"
	"strata/internal/work"
)

// fake serves answers that a test writes by hand, and makes a client of it.
func fake(t *testing.T, serve http.HandlerFunc) (*GitHub, *httptest.Server) {
	t.Helper()
	server := httptest.NewServer(contract.Watch(t, contract.GitHub, contract.Requests).Handler(serve))
	t.Cleanup(server.Close)
	cfg := Default()
	cfg.URL, cfg.HTTP = server.URL, quick()
	cfg.Auth.Source = secret.Source{Value: "ghp_sesame"}
	g, err := New("github", cfg, Options{})
	if err != nil {
		t.Fatal(err)
	}
	g.self, g.selfAt = &identity{login: "strata-bot", id: 9001}, time.Now()
	return g, server
}

func answerWith(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
}

var item = work.Ref{Tracker: "github", ID: "5"}

func draft() tracker.Draft {
	return tracker.Draft{
		Body:   markup.Document{markup.Paragraph{markup.Text("API-7 is late")}},
		Marker: comment.Marker{Version: 1, Owner: "acme", Kind: comment.Flag, State: comment.Open, Digest: "d"},
	}
}

func TestErrorsInsideAnAnswerFailThePage(t *testing.T) {
	const whole = `{"data":{"repositoryOwner":{"projectV2":{"items":{"totalCount":1,"pageInfo":{"hasNextPage":false},"nodes":[%s]}}}},"errors":[%s]}`
	issue := `{"id":"PVTI_1","type":"ISSUE","content":{"__typename":"Issue","id":"I_5","fullDatabaseId":"5","number":1,"state":"OPEN","repository":{"nameWithOwner":"acme/api"}}}`
	for _, c := range []struct {
		name, nodes, errors string
		want                tracker.Kind
	}{
		{"not found", `null`, `{"type":"NOT_FOUND","path":["repositoryOwner","projectV2"],"message":"Could not resolve"}`, tracker.NotFound},
		{"forbidden", issue, `{"type":"FORBIDDEN","path":["repositoryOwner","projectV2","items"],"message":"no"}`, tracker.Unauthorized},
		{"dependencies that are hidden", issue, `{"type":"FORBIDDEN","path":["repositoryOwner","projectV2","items","nodes",0,"content","blockedBy"],"message":"no"}`, tracker.Unauthorized},
		{"rate limited", issue, `{"type":"RATE_LIMITED","message":"API rate limit exceeded"}`, tracker.RateLimited},
		{"secondary limit", issue, `{"message":"You have exceeded a secondary rate limit"}`, tracker.RateLimited},
		{"too heavy at every size", `null`, `{"type":"RESOURCE_LIMITS_EXCEEDED","message":"Resource limits for this query exceeded."}`, tracker.Transient},
		{"out of order", `null`, `{"message":"Something went wrong while executing your query on 2026-03-11."}`, tracker.Transient},
		{"wrong question", `null`, `{"message":"Field 'x' doesn't exist on type 'Issue'"}`, tracker.Rejected},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, _ := fake(t, answerWith(fmt.Sprintf(whole, c.nodes, c.errors)))
			page, err := g.Changes(t.Context(), projectScope, "")
			if tracker.KindOf(err) != c.want {
				t.Errorf("Changes = %v; want %s", err, c.want)
			}
			if len(page.Records) != 0 || page.Next != "" {
				t.Errorf("page = %+v; want nothing beside an error", page)
			}
		})
	}
}

func TestAnItemThatRefusesUsIsCountedAsHidden(t *testing.T) {
	g, _ := fake(t, answerWith(`{"data":{"repositoryOwner":{"projectV2":{"items":{"totalCount":1,"pageInfo":{"hasNextPage":false},
		"nodes":[{"id":"PVTI_1","type":"ISSUE","content":null}]}}}},
		"errors":[{"type":"FORBIDDEN","path":["repositoryOwner","projectV2","items","nodes",0,"content"],"message":"Resource protected by organization SAML enforcement."}]}`))
	page, err := g.Changes(t.Context(), projectScope, "")
	if err != nil || page.Hidden != 1 || len(page.Records) != 0 || page.More {
		t.Errorf("Changes = %+v, %v; want one hidden item and the end", page, err)
	}
}

func TestABoardThatComesShortIsReadOnceMoreAndThenGivenUp(t *testing.T) {
	var asked atomic.Int32
	g, _ := fake(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = io.WriteString(w, `{"data":{"repositoryOwner":{"projectV2":{"items":{"totalCount":2,"pageInfo":{"hasNextPage":false},
			"nodes":[{"id":"PVTI_1","type":"DRAFT_ISSUE"}]}}}}}`)
	})
	first, err := g.Changes(t.Context(), projectScope, "")
	if err != nil || !first.More {
		t.Fatalf("Changes = %+v, %v; want to go on", first, err)
	}
	if _, err := g.Changes(t.Context(), projectScope, first.Next); tracker.KindOf(err) != tracker.Transient || asked.Load() != 2 {
		t.Errorf("Changes = %v after %d requests; want transient after 2", err, asked.Load())
	}
}

func TestRecordedErrorsHaveTheirKind(t *testing.T) {
	raw, err := os.ReadFile(testdata(t, "contract", "github-graphql-errors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var recorded map[string]graphError
	if err := json.Unmarshal(raw, &recorded); err != nil {
		t.Fatal(err)
	}
	want := map[string]tracker.Kind{"NOT_FOUND": tracker.NotFound, "UNPROCESSABLE": tracker.Rejected, "null": tracker.Rejected}
	for name, kind := range want {
		if got := judge("ask", []graphError{recorded[name]}, nil, false).Kind; recorded[name].Message == "" || got != kind {
			t.Errorf("%s %+v = %s; want %s", name, recorded[name], got, kind)
		}
	}
}

func TestALimitIsRateLimitedAndNothingIsSentTwice(t *testing.T) {
	const secondary = `{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}`
	for _, c := range []struct {
		name   string
		status int
		wait   string
	}{
		{"403 with Retry-After", 403, "60"}, {"403 without", 403, ""},
		{"429 with Retry-After", 429, "60"}, {"429 without", 429, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var posts atomic.Int32
			g, _ := fake(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost {
					posts.Add(1)
				}
				if c.wait != "" {
					w.Header().Set("Retry-After", c.wait)
				}
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, secondary)
			})
			g.mem.learn(item.ID, place{"acme/api", 1}, "I_5")
			_, err := g.Post(t.Context(), item, draft())
			if tracker.KindOf(err) != tracker.RateLimited || posts.Load() != 1 {
				t.Errorf("Post = %v with %d requests; want rate limited with one", err, posts.Load())
			}
			if _, err := g.issueAt(t.Context(), place{"acme/api", 1}); tracker.KindOf(err) != tracker.RateLimited {
				t.Errorf("reading = %v; want rate limited", err)
			}
		})
	}
}

func TestAPostWithoutAnAnswerIsUnclearAndSentOnce(t *testing.T) {
	for _, how := range []string{"F31", "502-after", "502"} {
		t.Run(how, func(t *testing.T) {
			b := open(t, 1)
			read(t, b.GitHub, repoScope, "")
			b.fault(how, func(f *control.Fault) { f.Route = "POST /repos" })
			b.counted()
			if _, err := b.Post(t.Context(), refOf(b.repo.Issues[0]), draft()); tracker.KindOf(err) != tracker.Unclear {
				t.Errorf("Post = %v; want unclear", err)
			}
			if got := b.counted()["POST /repos/acme/api/issues/N/comments"]; got != 1 {
				t.Errorf("%d posts; want 1", got)
			}
		})
	}
}

func TestAPostToATransferredIssueGoesToItsNewPlaceOnce(t *testing.T) {
	b := open(t, 2)
	read(t, b.GitHub, repoScope, "")
	moved := b.repo.Issues[0]
	b.write(func(s *world.State) { s.Transfer(moved, s.AddRepo("acme", "web")) })
	b.counted()
	c, err := b.Post(t.Context(), refOf(moved), draft())
	if err != nil {
		t.Fatalf("Post: %v", err)
	}
	calls := b.counted()
	if calls["POST /repos/acme/api/issues/N/comments"] != 1 || calls["POST /repos/acme/web/issues/N/comments"] != 1 || len(moved.Comments) != 1 {
		t.Errorf("requests = %v with %d comments; want one at each place and one comment", calls, len(moved.Comments))
	}
	if err := b.Edit(t.Context(), refOf(moved), c.ID, draft()); err != nil {
		t.Errorf("Edit: %v", err)
	}
}

func TestRefusalsOfAPostHaveTheirKind(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		want   tracker.Kind
	}{
		{403, `{"message":"Unable to create comment because issue is locked."}`, tracker.Rejected},
		{403, `{"message":"Repository was archived so is read-only."}`, tracker.Rejected},
		{404, `{"message":"Not Found"}`, tracker.NotFound},
		{410, `{"message":"Issues has been disabled in this repository."}`, tracker.NotFound},
		{422, `{"message":"Validation Failed","errors":[{"resource":"IssueComment","code":"unprocessable","field":"data","message":"Body is too long (maximum is 65536 characters)"}]}`, tracker.Rejected},
		{401, `{"message":"Bad credentials"}`, tracker.Unauthorized},
		{500, ``, tracker.Unclear},
		{201, `<html>a login page</html>`, tracker.Unclear},
		{201, `{}`, tracker.Unclear},
		{301, `{"message":"Moved Permanently"}`, tracker.NotFound},
	} {
		t.Run(fmt.Sprint(c.status, " ", c.body), func(t *testing.T) {
			var posts atomic.Int32
			g, _ := fake(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodPost {
					http.Error(w, `{"message":"Not Found"}`, http.StatusNotFound)
					return
				}
				posts.Add(1)
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			})
			g.mem.learn(item.ID, place{"acme/api", 1}, "I_5")
			_, err := g.Post(t.Context(), item, draft())
			if tracker.KindOf(err) != c.want || posts.Load() != 1 {
				t.Errorf("Post = %v with %d requests; want %s with one", err, posts.Load(), c.want)
			}
			if err != nil && strings.Contains(err.Error(), "ghp_sesame") {
				t.Error("the error shows the token")
			}
		})
	}
}

func TestTheTokenNeverFollowsARedirectToAnotherHost(t *testing.T) {
	var leaked atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		leaked.Add(1)
		t.Errorf("the other host was asked with Authorization %q", r.Header.Get("Authorization"))
	}))
	defer other.Close()
	g, _ := fake(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+r.URL.Path, http.StatusMovedPermanently)
	})
	g.mem.learn(item.ID, place{"acme/api", 1}, "I_5")
	if _, err := g.issueAt(t.Context(), place{"acme/api", 1}); tracker.KindOf(err) != tracker.Rejected {
		t.Errorf("reading = %v; want rejected", err)
	}
	if _, err := g.Post(t.Context(), item, draft()); err == nil {
		t.Error("Post succeeded; want an error")
	}
	if err := g.Edit(t.Context(), item, "7", draft()); err == nil {
		t.Error("Edit succeeded; want an error")
	}
	if _, err := g.Changes(t.Context(), projectScope, ""); err == nil {
		t.Error("Changes succeeded; want an error")
	}
	if leaked.Load() != 0 {
		t.Errorf("%d requests left the tracker's origin", leaked.Load())
	}
}

func TestAListThatDidNotChangeCostsNoQuota(t *testing.T) {
	b := open(t, 3)
	first, _ := read(t, b.GitHub, repoScope, "")
	second, _ := read(t, b.GitHub, repoScope, first.Next)
	b.counted()
	third, _ := read(t, b.GitHub, repoScope, second.Next)
	if len(third.Records) != len(second.Records) {
		t.Errorf("%d records; want the %d that the kept answer tells", len(third.Records), len(second.Records))
	}
	if got := b.counted()["not modified"]; got != 2 {
		t.Errorf("%d answers were not modified; want 2: issues and comments", got)
	}
}

func TestOnlyTheFoldThatDiffersIsSent(t *testing.T) {
	b := open(t, 1)
	read(t, b.GitHub, repoScope, "")
	ref := refOf(b.repo.Issues[0])
	c, err := b.Post(t.Context(), ref, draft())
	if err != nil {
		t.Fatal(err)
	}
	folded := draft()
	folded.Marker.State = comment.Folded
	for _, step := range []struct {
		draft     tracker.Draft
		mutations int
		hidden    bool
	}{{draft(), 0, false}, {folded, 1, true}, {folded, 0, true}, {draft(), 1, false}} {
		b.counted()
		if err := b.Edit(t.Context(), ref, c.ID, step.draft); err != nil {
			t.Fatalf("Edit: %v", err)
		}
		list, err := b.Comments(t.Context(), ref)
		if err != nil || len(list) != 1 || list[0].Hidden != step.hidden {
			t.Fatalf("Comments = %+v, %v; want one, hidden %v", list, err, step.hidden)
		}
		if got := b.counted()["POST /graphql"]; got != step.mutations {
			t.Errorf("%d mutations; want %d", got, step.mutations)
		}
	}
	b.world.Read(func(*world.State) {
		if reason := b.repo.Issues[0].Comments[0].Minimised; reason != "" {
			t.Errorf("minimised as %q; want shown", reason)
		}
	})
}

func TestAWaitInsideAnAnswerIsReadFromItsHeaders(t *testing.T) {
	g, _ := fake(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "17")
		_, _ = io.WriteString(w, `{"data":null,"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}`)
	})
	_, err := g.Changes(t.Context(), projectScope, "")
	var judged *tracker.Error
	if !errors.As(err, &judged) || judged.RetryAfter != 17*time.Second {
		t.Errorf("Changes = %v; want to wait 17 s", err)
	}
}
