package wire_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/tracker"
	"strata/internal/tracker/wire"
)

const origin = "https://tracker.example/base"

// server answers in memory, so that time in tests is not real time.
type server struct {
	mu       sync.Mutex
	requests []*http.Request
	answer   func(n int, r *http.Request) *http.Response // nil: 200
}

func (s *server) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	s.requests = append(s.requests, r)
	n := len(s.requests)
	s.mu.Unlock()
	if s.answer == nil {
		return reply(200, "{}"), nil
	}
	resp := s.answer(n, r)
	if resp == nil {
		return nil, io.ErrUnexpectedEOF
	}
	return resp, nil
}

func (s *server) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.requests)
}

func reply(status int, body string, headers ...string) *http.Response {
	r := httptest.NewRecorder()
	for i := 0; i < len(headers); i += 2 {
		r.Header().Set(headers[i], headers[i+1])
	}
	r.WriteHeader(status)
	_, _ = r.WriteString(body)
	return r.Result()
}

func config() wire.Config {
	cfg := wire.Default()
	cfg.RatePerSecond, cfg.WritesPerMinute = 0, 0
	return cfg
}

func client(t *testing.T, cfg wire.Config, s *server) *http.Client {
	t.Helper()
	c, err := wire.New(cfg, wire.Options{
		Tracker: "jira", Origin: origin, Base: s,
		Authorise: func(context.Context) (string, string, error) { return "Authorization", "Bearer tok-1", nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func send(c *http.Client, method, url string, ctx context.Context) (*http.Response, error) {
	var body io.Reader
	if method != http.MethodGet {
		body = strings.NewReader(`{"body":"x"}`)
	}
	req, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return nil, err
	}
	return c.Do(req)
}

// kind is what an adapter would make of an answer.
func kind(resp *http.Response, err error, intent wire.Intent) tracker.Kind {
	if err == nil && resp.StatusCode < 300 {
		return ""
	}
	var body []byte
	if resp != nil {
		body, _ = io.ReadAll(resp.Body)
	}
	return wire.ErrorOf("do it", resp, body, err, intent).Kind
}

func TestReadsAreRepeatedAndWritesNever(t *testing.T) {
	for name, broken := range map[string]func() *http.Response{
		"500":            func() *http.Response { return reply(500, "") },
		"502 with HTML":  func() *http.Response { return reply(502, "<html>bad gateway</html>") },
		"503":            func() *http.Response { return reply(503, "", "Retry-After", "2") },
		"429":            func() *http.Response { return reply(429, "", "Retry-After", "1") },
		"429 with 0":     func() *http.Response { return reply(429, "", "Retry-After", "0") },
		"429 with words": func() *http.Response { return reply(429, "<html>", "Retry-After", "soon") },
		"429 bare":       func() *http.Response { return reply(429, "") },
		"no answer":      func() *http.Response { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				first := func(n int, _ *http.Request) *http.Response {
					if n == 1 {
						return broken()
					}
					return reply(200, "{}")
				}
				for _, c := range []struct {
					method string
					ctx    context.Context
					want   int
				}{
					{http.MethodGet, t.Context(), 2},
					{http.MethodPost, wire.Safe(t.Context()), 2},
					{http.MethodPost, t.Context(), 1},
					{http.MethodPut, t.Context(), 1},
					{http.MethodPatch, t.Context(), 1},
					{http.MethodDelete, t.Context(), 1},
				} {
					s := &server{answer: first}
					_, _ = send(client(t, config(), s), c.method, origin, c.ctx)
					if got := s.count(); got != c.want {
						t.Errorf("%s was sent %d times; want %d", c.method, got, c.want)
					}
				}
			})
		})
	}
}

func TestARepeatedSearchSendsItsBodyAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var bodies []string
		s := &server{answer: func(n int, r *http.Request) *http.Response {
			raw, _ := io.ReadAll(r.Body)
			bodies = append(bodies, string(raw))
			return reply(map[bool]int{true: 500, false: 200}[n == 1], "{}")
		}}
		if _, err := send(client(t, config(), s), http.MethodPost, origin, wire.Safe(t.Context())); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(bodies, []string{`{"body":"x"}`, `{"body":"x"}`}); diff != "" {
			t.Errorf("bodies (-got +want):\n%s", diff)
		}
	})
}

func TestTheCredentialGoesToTheOriginAlone(t *testing.T) {
	s := &server{}
	c := client(t, config(), s)
	if _, err := send(c, http.MethodGet, origin+"/rest", t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.requests[0].Header.Get("Authorization"); got != "Bearer tok-1" {
		t.Errorf("Authorization = %q; want the credential", got)
	}
	for _, foreign := range []string{"https://evil.example/x", "http://tracker.example/base", "https://tracker.example:8443/"} {
		_, err := send(c, http.MethodGet, foreign, t.Context())
		if kind(nil, err, wire.Read) != tracker.Rejected || s.count() != 1 {
			t.Errorf("%s: %v after %d requests; want a refusal before sending", foreign, err, s.count())
		}
	}
}

func TestARedirectToAnotherOriginIsRefused(t *testing.T) {
	var stolen bool
	evil := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { stolen = true }))
	defer evil.Close()
	good := httptest.NewServer(http.RedirectHandler(evil.URL, http.StatusFound))
	defer good.Close()
	c, err := wire.New(config(), wire.Options{Origin: good.URL})
	if err != nil {
		t.Fatal(err)
	}
	_, err = send(c, http.MethodGet, good.URL, t.Context())
	if got := kind(nil, err, wire.Read); got != tracker.Rejected || stolen {
		t.Errorf("kind = %q, asked the other host: %v; want a refusal", got, stolen)
	}
}

func TestAWriteNeverBecomesARead(t *testing.T) {
	for _, status := range []int{301, 302, 303} {
		s := &server{answer: func(int, *http.Request) *http.Response { return reply(status, "", "Location", origin+"/other") }}
		_, err := send(client(t, config(), s), http.MethodPost, origin, t.Context())
		if kind(nil, err, wire.Write) != tracker.Rejected || s.count() != 1 {
			t.Errorf("%d: %v after %d requests; want a refusal after one", status, err, s.count())
		}
	}
}

func TestAReadFollowsARedirectOnItsOrigin(t *testing.T) {
	s := &server{answer: func(n int, _ *http.Request) *http.Response {
		if n == 1 {
			return reply(301, "", "Location", origin+"/moved")
		}
		return reply(200, "{}")
	}}
	resp, err := send(client(t, config(), s), http.MethodGet, origin, t.Context())
	if err != nil || resp.StatusCode != http.StatusOK || s.requests[1].URL.Path != "/base/moved" {
		t.Errorf("answer = %v, %v; want the redirect followed", resp, err)
	}
}

func TestAWriteThatWasSentIsUnclearAndOneThatWasNotIsTransient(t *testing.T) {
	dropping := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		panic(http.ErrAbortHandler)
	}))
	defer dropping.Close()
	c, err := wire.New(wire.Config{}, wire.Options{Origin: dropping.URL})
	if err != nil {
		t.Fatal(err)
	}
	_, err = send(c, http.MethodPost, dropping.URL, t.Context())
	if got := kind(nil, err, wire.Write); got != tracker.Unclear {
		t.Errorf("dropped after sending: %q (%v); want unclear", got, err)
	}
	dropping.Close()
	_, err = send(c, http.MethodPost, dropping.URL, t.Context())
	if got := kind(nil, err, wire.Write); got != tracker.Transient {
		t.Errorf("nobody listens: %q (%v); want transient", got, err)
	}
}

func TestAnAnswerThatBreaksOffIsABrokenRequest(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, `{"half":`)
	}))
	defer s.Close()
	c, err := wire.New(wire.Config{}, wire.Options{Origin: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	for intent, want := range map[wire.Intent]tracker.Kind{wire.Read: tracker.Transient, wire.Write: tracker.Unclear} {
		_, err := send(c, http.MethodPost, s.URL, t.Context())
		if got := kind(nil, err, intent); got != want {
			t.Errorf("kind = %q (%v); want %q", got, err, want)
		}
	}
}

func TestAnAnswerIsBounded(t *testing.T) {
	s := &server{answer: func(int, *http.Request) *http.Response {
		r := reply(200, "")
		r.Body = io.NopCloser(io.LimitReader(zeros{}, wire.MaxAnswer+10))
		return r
	}}
	cfg := config()
	cfg.MaxRetries = 0
	if _, err := send(client(t, cfg, s), http.MethodGet, origin, t.Context()); err == nil || !strings.Contains(err.Error(), "more than 64 MiB") {
		t.Errorf("error = %v; want one that tells the bound", err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func TestAMissingSecretIsUnauthorizedAndNothingIsSent(t *testing.T) {
	s := &server{}
	c, err := wire.New(config(), wire.Options{Origin: origin, Base: s, Authorise: func(context.Context) (string, string, error) {
		return "", "", errors.New("read token: file /run/secrets/jira is empty")
	}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = send(c, http.MethodPost, origin, t.Context())
	if got := kind(nil, err, wire.Write); got != tracker.Unauthorized || s.count() != 0 {
		t.Errorf("kind = %q after %d requests; want unauthorized after none", got, s.count())
	}
}

type seen struct{ requests, quota []string }

func (s *seen) Request(tracker, route, code string) {
	s.requests = append(s.requests, tracker+" "+route+" "+code)
}
func (s *seen) Remaining(tracker, resource string, n float64) {
	s.quota = append(s.quota, tracker+" "+resource+" "+time.Duration(n).String())
}

func TestEveryRequestIsObservedByItsTemplate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o seen
		s := &server{answer: func(n int, _ *http.Request) *http.Response {
			switch n {
			case 1:
				return reply(500, "")
			case 2:
				return nil
			}
			return reply(200, "{}", "X-RateLimit-Limit", "5000", "X-RateLimit-Remaining", "4999", "X-RateLimit-Resource", "core")
		}}
		c, err := wire.New(config(), wire.Options{Tracker: "jira", Origin: origin, Base: s, Observer: &o})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := send(c, http.MethodGet, origin+"/issue/10001/comment", wire.Route(t.Context(), "issue/{id}/comment")); err != nil {
			t.Fatal(err)
		}
		want := seen{
			requests: []string{"jira GET issue/{id}/comment 500", "jira GET issue/{id}/comment broken", "jira GET issue/{id}/comment 200"},
			quota:    []string{"jira core 4.999µs"},
		}
		if diff := cmp.Diff(o, want, cmp.AllowUnexported(seen{})); diff != "" {
			t.Errorf("observed (-got +want):\n%s", diff)
		}
	})
}
