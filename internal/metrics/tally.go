package metrics

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// tally adds up one product's numbers before they are sent, so that a label set is sent once.
type tally struct {
	product string
	now     time.Time
	counts  map[*prometheus.Desc]map[string]*sample
}

type sample struct {
	labels []string
	value  float64
}

func (t *tally) set(d *prometheus.Desc, value float64, labels ...string) {
	t.at(d, labels).value = value
}

func (t *tally) add(d *prometheus.Desc, value float64, labels ...string) {
	t.at(d, labels).value += value
}

func (t *tally) at(d *prometheus.Desc, labels []string) *sample {
	samples := t.counts[d]
	if samples == nil {
		samples = map[string]*sample{}
		t.counts[d] = samples
	}
	key := strings.Join(labels, "\x00")
	s := samples[key]
	if s == nil {
		s = &sample{labels: append([]string{t.product}, labels...)}
		for i, l := range s.labels {
			s.labels[i] = strings.ToValidUTF8(l, "�")
		}
		samples[key] = s
	}
	return s
}

func (t *tally) send(out chan<- prometheus.Metric) {
	for d, samples := range t.counts {
		for _, key := range slices.Sorted(maps.Keys(samples)) {
			s := samples[key]
			out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, s.value, s.labels...)
		}
	}
}
