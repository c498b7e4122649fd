package githubsim

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Secondary are the limits on bursts, which GitHub counts for each account beside the hourly quota. A number of 0 does
// not limit. They are counted by the world's clock.
type Secondary struct {
	CreatesPerMinute  int  // requests that create content
	CreatesPerHour    int  // likewise
	PointsPerMinute   int  // of REST: 1 for a reading request, 5 for a writing one
	GraphQLPerMinute  int  // points of GraphQL: 1 for a query, 5 for a mutation
	Concurrent        int  // requests under way at once
	Status            int  // of the refusal. Defaults to 403; GitHub says 429 as well.
	WithoutRetryAfter bool // GitHub leaves the header out now and then
}

// Secondaries are GitHub's own numbers.
func Secondaries() Secondary {
	return Secondary{CreatesPerMinute: 80, CreatesPerHour: 500, PointsPerMinute: 900, GraphQLPerMinute: 2000, Concurrent: 100}
}

// times raises every limit, as an hourly quota is raised.
func (l Secondary) times(factor int) Secondary {
	for _, n := range []*int{&l.CreatesPerMinute, &l.CreatesPerHour, &l.PointsPerMinute, &l.GraphQLPerMinute, &l.Concurrent} {
		*n *= factor
	}
	return l
}

// crowd counts what each account has asked lately.
type crowd struct {
	mu      sync.Mutex
	limits  Secondary
	asked   map[string]*asked
	running map[string]int
}

type asked struct {
	rest, graph, creates window60
	hourly               window60
}

// window60 is a sliding window of sixty parts: seconds of a minute, or minutes of an hour.
type window60 struct {
	parts [60]int
	last  int64 // the part that now is
	sum   int
}

// slide moves the window to a part.
func (w *window60) slide(part int64) {
	if part-w.last >= 60 || part < w.last {
		*w = window60{last: part}
		return
	}
	for w.last < part {
		w.last++
		at := w.last % 60
		w.sum -= w.parts[at]
		w.parts[at] = 0
	}
}

func (w *window60) add(n int) {
	w.parts[w.last%60] += n
	w.sum += n
}

// room says in how many parts n more will fit below a limit: 0 when they do now.
func (w *window60) room(n, limit int) int {
	if limit <= 0 || w.sum+n <= limit {
		return 0
	}
	left := w.sum + n - limit
	for wait := int64(1); wait <= 60; wait++ {
		left -= w.parts[(w.last+wait)%60]
		if left <= 0 {
			return int(wait)
		}
	}
	return 60
}

func newCrowd(l Secondary) *crowd {
	return &crowd{limits: l, asked: map[string]*asked{}, running: map[string]int{}}
}

// ask is a request's weight in the secondary limits.
type ask struct {
	points  int
	graphQL bool
	creates bool
}

// enter counts a request of an account; when it is one too many it answers how long to wait and counts nothing.
func (c *crowd) enter(who string, a ask, now time.Time) (wait time.Duration, refused bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	seen := c.asked[who]
	if seen == nil {
		seen = &asked{}
		c.asked[who] = seen
	}
	second, minute := now.Unix(), now.Unix()/60
	for _, w := range []*window60{&seen.rest, &seen.graph, &seen.creates} {
		w.slide(second)
	}
	seen.hourly.slide(minute)
	points, limit := &seen.rest, c.limits.PointsPerMinute
	if a.graphQL {
		points, limit = &seen.graph, c.limits.GraphQLPerMinute
	}
	seconds := points.room(a.points, limit)
	if a.creates {
		seconds = max(seconds, seen.creates.room(1, c.limits.CreatesPerMinute))
		if minutes := seen.hourly.room(1, c.limits.CreatesPerHour); minutes > 0 {
			seconds = max(seconds, minutes*60-int(second%60))
		}
	}
	if c.limits.Concurrent > 0 && c.running[who] >= c.limits.Concurrent {
		seconds = max(seconds, 1)
	}
	if seconds > 0 {
		return time.Duration(seconds) * time.Second, true
	}
	points.add(a.points)
	if a.creates {
		seen.creates.add(1)
		seen.hourly.add(1)
	}
	c.running[who]++
	return 0, false
}

// leave ends a request that was let in.
func (c *crowd) leave(who string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running[who]--; c.running[who] <= 0 {
		delete(c.running, who)
	}
}

// secondaryLimits are those of Options: GitHub's own by default, raised as far as the hourly quota is; none on
// Enterprise Server.
func (o Options) secondaryLimits() Secondary {
	switch {
	case o.Secondary != nil:
		return *o.Secondary
	case o.Limit < 0:
		return Secondary{}
	}
	return Secondaries().times(max(1, int(math.Ceil(float64(o.Limit)/usualLimit))))
}

// crowded is the refusal of a burst; nil when the request may go on, and then leave must be called.
func (s *Simulator) crowded(c *call) *reply {
	wait, refusedNow := s.crowd.enter(c.who.payer(), s.weigh(c), s.world.Now())
	if !refusedNow {
		return nil
	}
	limits := s.crowd.limits
	status := limits.Status
	if status == 0 {
		status = http.StatusForbidden
	}
	out := refused(secondary(status))
	if !limits.WithoutRetryAfter {
		out.header = http.Header{"Retry-After": {strconv.Itoa(int(wait.Seconds()))}}
	}
	return &out
}

// weigh says what a request counts: reading 1, writing 5. What a POST makes, and what a mutation makes, is content.
func (s *Simulator) weigh(c *call) ask {
	if c.isGraphQL() {
		if mutates(c.body) {
			return ask{points: 5, graphQL: true, creates: creates(c.body)}
		}
		return ask{points: 1, graphQL: true}
	}
	if !c.route.writes() {
		return ask{points: 1}
	}
	return ask{points: 5, creates: c.route.creates}
}
