package githubsim

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// quota counts what an account has used of its limits, per resource.
type quota struct {
	mu     sync.Mutex
	limit  int
	limits map[string]int    // of accounts that have another hourly limit than the rest
	used   map[string]window // by account and resource
}

type window struct {
	used  int
	reset time.Time
}

// balance is how one resource stands after a request.
type balance struct {
	Limit     int   `json:"limit"`
	Used      int   `json:"used"`
	Remaining int   `json:"remaining"`
	Reset     int64 `json:"reset"`
}

// usualLimit is GitHub's hourly limit of a person, in requests and in GraphQL points.
const usualLimit = 5000

// anonymousPayer begins the names under which nobody is counted: each machine has its own.
const anonymousPayer = "ip "

// What a resource gives, and in what time. core and graphql follow the hourly limit.
var resources = []struct {
	name      string
	limit     int // 0: the hourly limit
	anonymous int
	per       time.Duration
}{
	{"core", 0, 60, time.Hour}, {"graphql", 0, 0, time.Hour}, {"search", 30, 10, time.Minute}, {"code_search", 10, 10, time.Minute},
	{"integration_manifest", 5000, 5000, time.Hour}, {"source_import", 100, 5, time.Minute},
	{"actions_runner_registration", 10000, 60, time.Hour}, {"scim", 15000, 60, time.Hour}, {"dependency_snapshots", 100, 60, time.Minute},
	{"code_scanning_autofix", 10, 60, time.Minute},
}

func newQuota(limit int) *quota {
	return &quota{limit: limit, limits: map[string]int{}, used: map[string]window{}}
}

// allow gives an account an hourly limit of its own.
func (q *quota) allow(who string, limit int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.limits[who] = limit
}

func (q *quota) size(who, resource string) (limit int, per time.Duration) {
	hourly, own := q.limits[who]
	if !own {
		hourly = max(q.limit, 0)
	}
	for _, r := range resources {
		switch {
		case r.name != resource:
		case strings.HasPrefix(who, anonymousPayer):
			return r.anonymous, r.per
		case r.limit > 0:
			return r.limit, r.per
		default:
			return hourly, r.per
		}
	}
	return hourly, time.Hour
}

// spend takes n from a resource and says how it stands; a spent resource stays spent until its reset.
func (q *quota) spend(who, resource string, n int, now time.Time) balance {
	q.mu.Lock()
	defer q.mu.Unlock()
	limit, per := q.size(who, resource)
	key := who + " " + resource
	w := q.used[key]
	if !now.Before(w.reset) {
		w = window{reset: now.Truncate(time.Second).Add(per)}
	}
	w.used = min(w.used+n, limit)
	q.used[key] = w
	return balance{Limit: limit, Used: w.used, Remaining: limit - w.used, Reset: w.reset.Unix()}
}

// shrink leaves n of a window at most, once in each: another limit than the account's own.
func (q *quota) shrink(who, resource string, n int, now time.Time) {
	left := q.spend(who, resource, 0, now)
	if left.Used < left.Limit-n {
		q.spend(who, resource, left.Limit-n-left.Used, now)
	}
}

// exhausted reports whether nothing is left before a request.
func (q *quota) exhausted(who, resource string, now time.Time) bool {
	return q.limit > 0 && q.spend(who, resource, 0, now).Remaining == 0
}

// show writes a balance as headers.
func (b balance) show(h http.Header, resource string) {
	h.Set("X-RateLimit-Limit", strconv.Itoa(b.Limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(b.Remaining))
	h.Set("X-RateLimit-Reset", strconv.FormatInt(b.Reset, 10))
	h.Set("X-RateLimit-Used", strconv.Itoa(b.Used))
	h.Set("X-RateLimit-Resource", resource)
}
