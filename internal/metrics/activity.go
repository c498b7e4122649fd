package metrics

import (
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"strata/internal/plan"
	"strata/internal/tracker"
)

// Activity counts what Strata does. Its methods are the small interfaces that
// the packages below ask for; all are safe for concurrent use.
type Activity struct {
	requests  *prometheus.CounterVec
	remaining *prometheus.GaugeVec
	comments  *prometheus.CounterVec
	phases    *prometheus.HistogramVec
	trackers  sync.Map // names of those with counters
}

// newActivity registers the counters.
func newActivity(r prometheus.Registerer) *Activity {
	a := &Activity{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "strata_tracker_requests_total",
			Help: "Requests to a tracker by route template and HTTP status (\"broken\": no answer).",
		}, []string{"tracker", "route", "code"}),
		remaining: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "strata_rate_limit_remaining",
			Help: "What the tracker last said is left of a quota.",
		}, []string{"tracker", "resource"}),
		comments: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "strata_comments_total",
			Help: "Writes of comments by operation and outcome.",
		}, []string{"tracker", "op", "outcome"}),
		phases: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "strata_cycle_duration_seconds",
			Help:    "Time a cycle spent in each phase.",
			Buckets: []float64{.001, .005, .025, .1, .5, 1, 5, 15, 60, 300, 1800},
		}, []string{"product", "phase"}),
	}
	r.MustRegister(a.requests, a.remaining, a.comments, a.phases)
	return a
}

// Request counts a request to a tracker by its answer, "broken" when there was none.
func (a *Activity) Request(tracker, route, code string) {
	a.begin(tracker)
	a.requests.WithLabelValues(tracker, route, code).Inc()
}

// begin starts the counters of a tracker's comments at zero: the first failure of
// a series that did not exist before is no increase.
func (a *Activity) begin(name string) {
	if _, known := a.trackers.LoadOrStore(name, true); known {
		return
	}
	for _, op := range []plan.Op{plan.Post, plan.Edit, plan.Fold, plan.Unfold, plan.Erase} {
		a.comments.WithLabelValues(name, string(op), "ok")
		for _, kind := range []tracker.Kind{tracker.Transient, tracker.RateLimited, tracker.Unauthorized, tracker.NotFound, tracker.Rejected, tracker.Unclear} {
			a.comments.WithLabelValues(name, string(op), string(kind))
		}
	}
}

// Remaining notes what is left of a quota.
func (a *Activity) Remaining(tracker, resource string, n float64) {
	a.remaining.WithLabelValues(tracker, resource).Set(n)
}

// Wrote counts a write of a comment: op is the plan's, outcome "ok" or the kind of error.
func (a *Activity) Wrote(tracker, op, outcome string) {
	a.comments.WithLabelValues(tracker, op, outcome).Inc()
}

// Phase notes how long a product's cycle spent in one phase.
func (a *Activity) Phase(product, phase string, took time.Duration) {
	a.phases.WithLabelValues(product, phase).Observe(took.Seconds())
}
