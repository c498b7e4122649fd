package metrics

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// tally adds up one product's numbers, so that a label set is sent once.
type tally struct {
	product string
	counts  map[*prometheus.Desc]map[string]*sample
}

// sample is a number, or with a since the time that has passed from then on.
type sample struct {
	labels []string
	value  float64
	since  time.Time
}

func newTally(product string) *tally {
	return &tally{product: product, counts: map[*prometheus.Desc]map[string]*sample{}}
}

func (t *tally) set(d *prometheus.Desc, value float64, labels ...string) {
	s, _ := t.at(d, labels)
	s.value = value
}

func (t *tally) add(d *prometheus.Desc, value float64, labels ...string) {
	s, _ := t.at(d, labels)
	s.value += value
}

func (t *tally) least(d *prometheus.Desc, value float64, labels ...string) {
	if s, fresh := t.at(d, labels); fresh || value < s.value {
		s.value = value
	}
}

func (t *tally) most(d *prometheus.Desc, value float64, labels ...string) {
	if s, fresh := t.at(d, labels); fresh || value > s.value {
		s.value = value
	}
}

// age lets the number grow with time; of several beginnings the earliest counts.
func (t *tally) age(d *prometheus.Desc, since time.Time, labels ...string) {
	if s, fresh := t.at(d, labels); fresh || since.Before(s.since) {
		s.since = since
	}
}

func (t *tally) at(d *prometheus.Desc, labels []string) (s *sample, fresh bool) {
	samples := t.counts[d]
	if samples == nil {
		samples = map[string]*sample{}
		t.counts[d] = samples
	}
	key := strings.Join(labels, "\x00")
	if s = samples[key]; s != nil {
		return s, false
	}
	s = &sample{labels: append([]string{t.product}, labels...)}
	for i, l := range s.labels {
		s.labels[i] = strings.ToValidUTF8(l, "\ufffd")
	}
	samples[key] = s
	return s, true
}

// aging is a number that grows between two reports.
type aging struct {
	desc   *prometheus.Desc
	labels []string
	since  time.Time
}

func (a aging) at(now time.Time) prometheus.Metric {
	return prometheus.MustNewConstMetric(a.desc, prometheus.GaugeValue, now.Sub(a.since).Seconds(), a.labels...)
}

// metrics returns what was added up: what stands until the next report, ready to
// be sent, and what grows.
func (t *tally) metrics() (standing []prometheus.Metric, growing []aging) {
	for d, samples := range t.counts {
		for _, key := range slices.Sorted(maps.Keys(samples)) {
			s := samples[key]
			if !s.since.IsZero() {
				growing = append(growing, aging{d, s.labels, s.since})
				continue
			}
			standing = append(standing, prometheus.MustNewConstMetric(d, prometheus.GaugeValue, s.value, s.labels...))
		}
	}
	return standing, growing
}
