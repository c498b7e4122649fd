package wire_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"strata/internal/tracker"
	"strata/internal/tracker/wire"
)

func TestTheKindOfAnErrorIsDecidedOnce(t *testing.T) {
	for _, c := range []struct {
		name        string
		resp        *http.Response
		body        string
		read, write tracker.Kind
	}{
		{"bad credentials", reply(401, ""), `{"message":"Bad credentials"}`, tracker.Unauthorized, tracker.Unauthorized},
		{"captcha", reply(403, "", "X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE"), "", tracker.Unauthorized, tracker.Unauthorized},
		{"forbidden", reply(403, ""), `{"message":"Must have push access"}`, tracker.Unauthorized, tracker.Rejected},
		{"locked", reply(403, ""), `{"message":"Unable to create comment because issue is locked."}`, tracker.Unauthorized, tracker.Rejected},
		{"forbidden on Data Center", reply(403, "", "Retry-After", "0"), `{}`, tracker.Unauthorized, tracker.Rejected},
		{"secondary limit by text", reply(403, ""), `{"message":"You have exceeded a secondary rate limit."}`, tracker.RateLimited, tracker.RateLimited},
		{"secondary limit by header", reply(403, "", "Retry-After", "60"), ``, tracker.RateLimited, tracker.RateLimited},
		{"primary limit", reply(403, "", "X-RateLimit-Remaining", "0"), ``, tracker.RateLimited, tracker.RateLimited},
		{"too many", reply(429, ""), `<html>slow down</html>`, tracker.RateLimited, tracker.RateLimited},
		{"missing", reply(404, ""), `{"errorMessages":["Issue does not exist"],"errors":{}}`, tracker.NotFound, tracker.NotFound},
		{"gone", reply(410, ""), ``, tracker.NotFound, tracker.NotFound},
		{"bad query", reply(400, ""), `{"errorMessages":["bad JQL"]}`, tracker.Rejected, tracker.Rejected},
		{"too long", reply(422, ""), `{"message":"Validation Failed","errors":[{"field":"body","code":"too_long"}]}`, tracker.Rejected, tracker.Rejected},
		{"too many comments", reply(413, ""), ``, tracker.Rejected, tracker.Rejected},
		{"conflict", reply(409, ""), ``, tracker.Transient, tracker.Transient},
		{"server error", reply(500, ""), `null`, tracker.Transient, tracker.Unclear},
		{"gateway page", reply(502, ""), `<html>`, tracker.Transient, tracker.Unclear},
		{"maintenance", reply(503, "", "Retry-After", "120"), ``, tracker.RateLimited, tracker.Unclear},
		{"unreadable answer", reply(200, "", "Content-Type", "text/html"), `<html>`, tracker.Transient, tracker.Unclear},
		{"redirect not followed", reply(304, ""), ``, tracker.Rejected, tracker.Rejected},
	} {
		for intent, want := range map[wire.Intent]tracker.Kind{wire.Read: c.read, wire.Write: c.write} {
			got := wire.ErrorOf("do it", c.resp, []byte(c.body), errors.New("not 2xx"), intent)
			if got.Kind != want || got.Status != c.resp.StatusCode || got.Err == nil {
				t.Errorf("%s, write %v: %v; want %s", c.name, intent, got, want)
			}
		}
	}
}

func TestAMessageIsShortAndQuotesNoPage(t *testing.T) {
	for body, want := range map[string]string{
		"":       "bad gateway",
		"null":   "bad gateway",
		`[1,2]`:  "bad gateway",
		"<html>": "bad gateway",
		`{"errors":{"comment":"too long"},"errorMessages":["no"]}`:     "no; comment: too long",
		`{"message":"Validation Failed","errors":[{"code":"c"}]}`:      "Validation Failed; c",
		`{"message":"line\nbreak\u001b[31m"}`:                          "line break [31m",
		`{"message":"` + strings.Repeat("a", 2<<20) + `"}`:             strings.Repeat("a", 300) + "…",
		`{"errors":{"x":{"y":1}},"message":7,"errorMessages":"wrong"}`: "bad gateway",
	} {
		got := wire.ErrorOf("read", reply(502, ""), []byte(body), nil, wire.Read).Error()
		if !strings.HasSuffix(got, want) || len(got) > 400 {
			t.Errorf("error = %.500q; want it to end with %q", got, want)
		}
	}
}

func TestTheResetOfAQuotaTellsHowLongToWait(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for reset, want := range map[string]time.Duration{
		"1772442600": 10 * time.Minute, "2026-03-02T09:10:00Z": 10 * time.Minute, "2026-03-02T09:10Z": 10 * time.Minute, "soon": 0,
	} {
		resp := reply(429, "", "X-RateLimit-Limit", "100", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset, "Date", now.Format(http.TimeFormat))
		if got := wire.ErrorOf("read", resp, nil, nil, wire.Read).RetryAfter; got != want {
			t.Errorf("reset %s: wait %v; want %v", reset, got, want)
		}
	}
}
