package wire_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"strata/internal/duration"
	"strata/internal/tracker"
	"strata/internal/tracker/wire"
)

func TestAWaitThatTheTrackerAsksForIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, header := range map[string]func() string{
			"seconds": func() string { return "30" },
			"date":    func() string { return time.Now().Add(30 * time.Second).UTC().Format(http.TimeFormat) },
		} {
			s := &server{answer: func(n int, _ *http.Request) *http.Response {
				if n == 1 {
					return reply(429, "", "Retry-After", header(), "Date", time.Now().UTC().Format(http.TimeFormat))
				}
				return reply(200, "{}")
			}}
			start := time.Now()
			if resp, err := send(client(t, config(), s), http.MethodGet, origin, t.Context()); err != nil || resp.StatusCode != http.StatusOK {
				t.Fatalf("%s: %v, %v", name, resp, err)
			}
			if waited := time.Since(start); waited < 29*time.Second || waited > 31*time.Second {
				t.Errorf("%s: waited %v; want 30s", name, waited)
			}
		}
	})
}

func TestAWaitThatIsTooLongEndsTheRequestAndHoldsTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{answer: func(n int, _ *http.Request) *http.Response {
			if n == 1 {
				return reply(429, "", "Retry-After", "600")
			}
			return reply(200, "{}")
		}}
		c := client(t, config(), s)
		resp, err := send(c, http.MethodGet, origin, t.Context())
		got := wire.ErrorOf("read", resp, nil, err, wire.Read)
		if got.Kind != tracker.RateLimited || got.RetryAfter != 10*time.Minute {
			t.Errorf("error = %v after %v; want rate limited for 10m", got, got.RetryAfter)
		}
		time.Sleep(4 * time.Minute)
		_, err = send(c, http.MethodPost, origin, t.Context())
		if got := wire.ErrorOf("post", nil, nil, err, wire.Write); got.Kind != tracker.RateLimited || got.RetryAfter != 6*time.Minute {
			t.Errorf("error = %v after %v; want rate limited for 6m", got, got.RetryAfter)
		}
		if s.count() != 1 {
			t.Errorf("%d requests; want the second not to be sent", s.count())
		}
		time.Sleep(6 * time.Minute)
		if resp, err := send(c, http.MethodGet, origin, t.Context()); err != nil || resp.StatusCode != http.StatusOK {
			t.Errorf("after the wait: %v, %v; want 200", resp, err)
		}
	})
}

func TestTheReserveOfTheQuotaIsLeftToOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		reset := time.Now().Add(30 * time.Minute)
		s := &server{answer: func(int, *http.Request) *http.Response {
			return reply(200, "{}", "X-RateLimit-Limit", "5000", "X-RateLimit-Remaining", "400", "X-RateLimit-Reset", reset.Format(time.RFC3339))
		}}
		c := client(t, config(), s)
		ctx := wire.Route(t.Context(), "search")
		if _, err := send(c, http.MethodGet, origin, ctx); err != nil {
			t.Fatal(err)
		}
		_, err := send(c, http.MethodGet, origin, ctx)
		if got := kind(nil, err, wire.Read); got != tracker.RateLimited {
			t.Errorf("kind = %q; want rate limited below the reserve", got)
		}
	})
}

func TestLimitsOfZeroAreSwitchedOff(t *testing.T) {
	s := &server{answer: func(int, *http.Request) *http.Response {
		return reply(200, "{}", "X-RateLimit-Limit", "0", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "4102444800")
	}}
	c := client(t, config(), s)
	for range 2 {
		if _, err := send(c, http.MethodGet, origin, t.Context()); err != nil {
			t.Errorf("error = %v; want none", err)
		}
	}
}

func TestRequestsKeepThePace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := config()
		cfg.RatePerSecond, cfg.Burst, cfg.WritesPerMinute = 10, 1, 30
		s := &server{}
		c := client(t, cfg, s)
		for _, step := range []struct {
			method string
			want   time.Duration
		}{{http.MethodGet, 1 * time.Second}, {http.MethodPost, 20 * time.Second}} {
			start := time.Now()
			for range 11 {
				if _, err := send(c, step.method, origin, t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if took := time.Since(start); took < step.want || took > step.want*11/10 {
				t.Errorf("11 × %s took %v; want %v", step.method, took, step.want)
			}
		}
	})
}

func TestARequestWithoutAnswerIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := config()
		cfg.Timeout, cfg.MaxRetries = duration.Duration(5*time.Second), 0
		c, err := wire.New(cfg, wire.Options{Origin: origin, Base: hanging{}})
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if _, err = send(c, http.MethodGet, origin, t.Context()); err == nil || !strings.Contains(err.Error(), "no answer within 5s") {
			t.Errorf("error = %v; want one that tells the time-out", err)
		}
		if took := time.Since(start); took != 5*time.Second {
			t.Errorf("took %v; want 5s", took)
		}
	})
}

type hanging struct{}

func (hanging) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}
