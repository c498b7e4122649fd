package metrics

import (
	"net/http"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"strata/internal/cycle"
)

// Metrics is everything that /metrics shows.
type Metrics struct {
	*Activity
	registry *prometheus.Registry
	state    *state
	reload   *reload
}

// New returns the metrics of a daemon. Reports gives the last report of every
// product at the moment of a scrape; it must not block.
func New(version string, now func() time.Time, reports func() []*cycle.Report) *Metrics {
	registry := prometheus.NewRegistry()
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name:        "strata_build_info",
		Help:        "Always 1; the labels tell which build runs.",
		ConstLabels: prometheus.Labels{"version": version, "go": runtime.Version()},
	})
	build.Set(1)
	world := &state{reports: reports, now: now}
	registry.MustRegister(
		build,
		world,
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return &Metrics{Activity: newActivity(registry), registry: registry, state: world, reload: newReload(registry)}
}

// Reported adds a new report up, so that the next scrape need not.
func (m *Metrics) Reported(r *cycle.Report) { m.state.of(r) }

// Handler serves the metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
