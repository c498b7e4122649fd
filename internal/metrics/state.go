package metrics

import (
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"strata/internal/cycle"
	"strata/internal/plan"
	"strata/internal/work"
)

var (
	items = desc("strata_items", "Items of the product's scopes.",
		"product", "tracker", "layer", "team", "state")
	underWay = desc("strata_wip_items", "Items that are being worked on, without sub-tasks.",
		"product", "layer", "team")
	sourceUp = desc("strata_source_up", "1 when the last reading of the scope was complete.",
		"product", "tracker", "scope")
	dataAge = desc("strata_data_age_seconds", "Age of the scope's last complete reading.",
		"product", "tracker", "scope")
	lastSuccess = desc("strata_last_success_timestamp_seconds", "When the tracker last answered a reading of a scope to its end, as Unix time.",
		"tracker")
	unknown = desc("strata_items_unknown", "Items whose state cannot be read now.",
		"product")
	unmapped = desc("strata_items_unmapped", "Open items of the team layer without exactly one team, by what they carry: no mark, unknown or misspelt ones, or those of several teams.",
		"product", "reason")
	held = desc("strata_plan_held", "Planned writes that wait, by the reason why.",
		"product", "reason")
)

// standing are the metrics of this file.
var standing = []*prometheus.Desc{items, underWay, sourceUp, dataAge, lastSuccess, unknown, unmapped, held}

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

// state shows the world's numbers from the last reports. A report never changes,
// so that its numbers are added up once, and no scrape waits for that.
type state struct {
	reports func() []*cycle.Report
	now     func() time.Time

	mu    sync.Mutex
	tolds map[string][]told // by product: the newest two, because a scrape may still show the one before
}

// told is what one report comes to.
type told struct {
	report  *cycle.Report
	metrics []prometheus.Metric
	growing []aging
}

// Describe implements prometheus.Collector.
func (s *state) Describe(out chan<- *prometheus.Desc) {
	for _, d := range slices.Concat(standing, waiting, found, refinement, goals, objectives) {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (s *state) Collect(out chan<- prometheus.Metric) {
	now, success := s.now(), map[string]time.Time{}
	for _, r := range s.reports() {
		t := s.of(r)
		for _, m := range t.metrics {
			out <- m
		}
		for _, a := range t.growing {
			out <- a.at(now)
		}
		for _, scope := range r.Scopes {
			if scope.Complete.After(success[scope.Tracker]) {
				success[scope.Tracker] = scope.Complete
			}
		}
	}
	for tracker, at := range success {
		out <- prometheus.MustNewConstMetric(lastSuccess, prometheus.GaugeValue, float64(at.UnixMilli())/1000, tracker)
	}
}

// of returns the numbers of a report.
func (s *state) of(r *cycle.Report) told {
	if before, ok := s.known(r); ok {
		return before
	}
	t := newTally(r.Product)
	t.items(r)
	t.dependencies(r)
	t.findings(r)
	t.readiness(r)
	t.goals(r)
	t.objectives(r)
	t.scopes(r)
	t.plan(r)
	fresh := told{report: r}
	fresh.metrics, fresh.growing = t.metrics()

	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tolds == nil {
		s.tolds = map[string][]told{}
	}
	before := s.tolds[r.Product]
	s.tolds[r.Product] = append(slices.Clone(before[max(0, len(before)-1):]), fresh)
	return fresh
}

func (s *state) known(r *cycle.Report) (told, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.tolds[r.Product] {
		if t.report == r {
			return t, true
		}
	}
	return told{}, false
}

// group is what items are counted by.
type group struct {
	tracker string
	kind    work.Kind
	team    work.TeamID
	state   work.State
}

func (t *tally) items(r *cycle.Report) {
	counts := map[group]int{}
	hidden := 0
	lacking := map[work.Unowned]int{work.Unmarked: 0, work.Unrecognised: 0, work.Misspelt: 0, work.Contested: 0}
	for i := range r.Snapshot.Items {
		it := &r.Snapshot.Items[i]
		if it.State == work.StateUnknown {
			hidden++
		}
		if it.Outside {
			continue
		}
		counts[group{it.Ref.Tracker, it.Kind, it.Team(), it.State}]++
		if it.State.Open() && it.Layer() == work.TeamLayer && len(it.Teams) != 1 { // an epic belongs to all its teams
			lacking[lack(it)]++
		}
	}
	for i := range r.Snapshot.Teams {
		t.set(underWay, 0, string(work.TeamLayer), string(r.Snapshot.Teams[i].ID))
	}
	for g, n := range counts {
		t.add(items, float64(n), g.tracker, string(g.kind.Layer()), string(g.team), string(g.state))
		if g.state == work.StateDoing && g.kind != work.Subtask {
			t.add(underWay, float64(n), string(g.kind.Layer()), string(g.team))
		}
	}
	t.set(unknown, float64(hidden))
	for reason, n := range lacking {
		t.set(unmapped, float64(n), reason.String())
	}
}

// lack is why an item has not exactly one team.
func lack(it *work.Item) work.Unowned {
	switch {
	case it.Unowned != work.Owned:
		return it.Unowned
	case len(it.Teams) > 1:
		return work.Contested
	}
	return work.Unmarked
}

func (t *tally) scopes(r *cycle.Report) {
	for _, s := range r.Scopes {
		up := 1.0
		if s.Err != nil {
			up = 0
		}
		t.set(sourceUp, up, s.Tracker, s.Scope)
		if !s.Complete.IsZero() {
			t.age(dataAge, s.Complete, s.Tracker, s.Scope)
		}
	}
}

// reasons are all for which a plan holds actions back.
var reasons = []plan.Reason{
	plan.Unread, plan.ReportOnly, plan.Refused, plan.Snoozed, plan.Baseline, plan.Settling, plan.Quiet,
	plan.Hours, plan.Edits, plan.Renotify, plan.Whole, plan.Budget,
}

func (t *tally) plan(r *cycle.Report) {
	for _, reason := range reasons {
		t.set(held, 0, string(reason))
	}
	for _, h := range r.Plan.Held {
		t.set(held, float64(h.Actions), string(h.Reason))
	}
}
