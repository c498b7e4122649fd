package metrics

import "github.com/prometheus/client_golang/prometheus"

// reload counts changes of the config while the daemon runs.
type reload struct {
	success prometheus.Gauge
	total   *prometheus.CounterVec
}

func newReload(r prometheus.Registerer) *reload {
	l := &reload{
		success: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "strata_config_reload_success",
			Help: "1 when the config file is in force; 0 when its last change was refused and an earlier one stays in force.",
		}),
		total: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "strata_config_reloads_total",
			Help: "Changes of the config file by outcome.",
		}, []string{"outcome"}),
	}
	l.success.Set(1)
	for _, outcome := range []string{applied, refused} {
		l.total.WithLabelValues(outcome)
	}
	r.MustRegister(l.success, l.total)
	return l
}

// The outcomes of a changed config.
const (
	applied = "applied"
	refused = "refused"
)

// Reloaded counts a change of the config that was applied or refused.
func (m *Metrics) Reloaded(ok bool) {
	if ok {
		m.reload.success.Set(1)
		m.reload.total.WithLabelValues(applied).Inc()
		return
	}
	m.reload.success.Set(0)
	m.reload.total.WithLabelValues(refused).Inc()
}
