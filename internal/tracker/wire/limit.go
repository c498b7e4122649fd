package wire

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// again says whether a harmless request is worth repeating now.
func (a *attempt) again(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, nil //nolint:nilerr // an ended request is not repeated; its own error stands
	}
	if err != nil {
		var b *broken
		return errors.As(err, &b), nil
	}
	if !limited(resp) && !passing(resp.StatusCode) {
		return false, nil
	}
	wait, _ := waitOf(resp)
	if deadline, bounded := ctx.Deadline(); bounded && wait > time.Until(deadline) {
		return false, nil
	}
	return wait <= a.cfg.MaxWait.Std(), nil
}

// backoff waits as long as the tracker asks and never shorter than the doubling
// wait of our own; up to a quarter more, so that clients do not come back together.
func backoff(least, most time.Duration, n int, resp *http.Response) time.Duration {
	wait := retryablehttp.DefaultBackoff(least, most, n, nil)
	wait += time.Duration(rand.Float64() * float64(wait) / 4)
	if resp == nil {
		return wait
	}
	asked, _ := waitOf(resp)
	return max(wait, asked)
}

// limited says whether the answer asks us to slow down.
func limited(resp *http.Response) bool {
	switch resp.StatusCode {
	case http.StatusTooManyRequests:
		return true
	case http.StatusServiceUnavailable:
		return asksToWait(resp.Header)
	case http.StatusForbidden: // GitHub's form of a limit
		return asksToWait(resp.Header) || resp.Header.Get("X-RateLimit-Remaining") == "0"
	}
	return false
}

// asksToWait leaves out the 0 that Data Center sends with every answer.
func asksToWait(h http.Header) bool {
	text := strings.TrimSpace(h.Get("Retry-After"))
	return text != "" && text != "0"
}

// passing says whether a status tells of trouble that may pass by itself.
func passing(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly:
		return true
	}
	return status >= 500 && status != http.StatusNotImplemented
}

// perIssue says that a limit of Jira Cloud concerns one issue only.
func perIssue(resp *http.Response) bool {
	return strings.Contains(resp.Header.Get("RateLimit-Reason"), "per-issue")
}

// waitOf reads how long the tracker asks to wait, by its own clock where it tells one.
func waitOf(resp *http.Response) (time.Duration, bool) {
	h := resp.Header
	text := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		return clamp(time.Duration(min(seconds, maxAsked.Seconds()) * float64(time.Second))), true
	}
	if at, err := http.ParseTime(text); err == nil {
		return clamp(at.Sub(serverTime(h))), true
	}
	if q, ok := quotaOf(h); ok && q.remaining == 0 && q.reset > 0 {
		return q.reset, true
	}
	return 0, false
}

// maxAsked bounds what we believe of a Retry-After.
const maxAsked = 24 * time.Hour

func clamp(d time.Duration) time.Duration { return min(max(d, 0), maxAsked) }

func serverTime(h http.Header) time.Time {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		return at
	}
	return time.Now()
}

// quota is what a tracker says is left.
type quota struct {
	resource         string
	remaining, limit float64
	reset            time.Duration // from now; 0 when it does not say
}

// quotaOf reads the X-RateLimit headers, which GitHub and Jira share. A limit of
// 0 or less means that limits are switched off (GitHub Enterprise, Data Center).
func quotaOf(h http.Header) (quota, bool) {
	remaining, err := strconv.ParseFloat(h.Get("X-RateLimit-Remaining"), 64)
	limit, err2 := strconv.ParseFloat(h.Get("X-RateLimit-Limit"), 64)
	if errors.Join(err, err2) != nil || limit <= 0 || remaining < 0 {
		return quota{}, false
	}
	q := quota{resource: "requests", remaining: remaining, limit: limit}
	if r := h.Get("X-RateLimit-Resource"); r != "" {
		q.resource = r
	}
	text := h.Get("X-RateLimit-Reset")
	if epoch, err := strconv.ParseInt(text, 10, 64); err == nil {
		q.reset = clamp(time.Unix(epoch, 0).Sub(serverTime(h)))
	} else if at, err := parseISO(text); err == nil {
		q.reset = clamp(at.Sub(serverTime(h)))
	}
	return q, true
}

// parseISO reads Jira's form of the reset, which may leave out the seconds.
func parseISO(text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		at, err = time.Parse("2006-01-02T15:04Z07:00", text)
	}
	return at, err
}
