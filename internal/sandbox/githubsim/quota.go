package githubsim

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// quota counts what an account has used of its hourly limits, per resource.
type quota struct {
	mu    sync.Mutex
	limit int
	used  map[string]window // by account and resource
}

type window struct {
	used  int
	reset time.Time
}

// standing of one resource after a request.
type balance struct {
	Limit     int   `json:"limit"`
	Used      int   `json:"used"`
	Remaining int   `json:"remaining"`
	Reset     int64 `json:"reset"`
}

func newQuota(limit int) *quota { return &quota{limit: limit, used: map[string]window{}} }

// searchLimit is per minute; the others are per hour.
const searchLimit = 30

func (q *quota) size(resource string) (limit int, per time.Duration) {
	if resource == "search" {
		return searchLimit, time.Minute
	}
	return max(q.limit, 0), time.Hour
}

// spend takes n from a resource and says how it stands; a spent resource stays spent until its reset.
func (q *quota) spend(login, resource string, n int, now time.Time) balance {
	q.mu.Lock()
	defer q.mu.Unlock()
	limit, per := q.size(resource)
	key := login + " " + resource
	w := q.used[key]
	if !now.Before(w.reset) {
		w = window{reset: now.Truncate(time.Second).Add(per)}
	}
	w.used = min(w.used+n, limit)
	q.used[key] = w
	return balance{Limit: limit, Used: w.used, Remaining: limit - w.used, Reset: w.reset.Unix()}
}

// exhausted reports whether nothing is left before a request.
func (q *quota) exhausted(login, resource string, now time.Time) bool {
	return q.limit > 0 && q.spend(login, resource, 0, now).Remaining == 0
}

// show writes a balance as headers.
func (b balance) show(h http.Header, resource string) {
	h.Set("X-RateLimit-Limit", strconv.Itoa(b.Limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(b.Remaining))
	h.Set("X-RateLimit-Reset", strconv.FormatInt(b.Reset, 10))
	h.Set("X-RateLimit-Used", strconv.Itoa(b.Used))
	h.Set("X-RateLimit-Resource", resource)
}
