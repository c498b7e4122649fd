package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"strata/internal/cycle"
	"strata/internal/refine"
	"strata/internal/work"
)

var (
	items = desc("strata_items", "Items of the product's scopes.",
		"product", "tracker", "layer", "team", "state")
	dependencies = desc("strata_dependencies", "Unresolved dependencies: the waiting item is open, the blocker is not delivered.",
		"product", "waiting_team", "blocking_team", "health", "relation", "layer")
	findings = desc("strata_dependency_findings", "Findings of the dependency rules; kept at zero for rules without one.",
		"product", "team", "rule", "severity", "state")
	failures = desc("strata_readiness_check_failures", "Planned items that fail a readiness check.",
		"product", "layer", "team", "check")
	sourceUp = desc("strata_source_up", "1 when the last reading of the scope was complete.",
		"product", "tracker", "scope")
	dataAge = desc("strata_data_age_seconds", "Age of the scope's last complete reading.",
		"product", "tracker", "scope")
	unknown = desc("strata_items_unknown", "Items whose state cannot be read now.",
		"product")
	unmapped = desc("strata_items_unmapped", "Open items without exactly one team.",
		"product", "reason")
	held = desc("strata_plan_held", "Planned writes that wait, by the reason why.",
		"product", "reason")
	loops = desc("strata_dependency_cycles", "Groups of items that wait for each other.",
		"product")
)

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

// state computes the world's numbers from the last reports, at scrape.
type state struct {
	reports func() []*cycle.Report
	now     func() time.Time
}

// Describe implements prometheus.Collector.
func (s *state) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{items, dependencies, findings, failures, sourceUp, dataAge, unknown, unmapped, held, loops} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (s *state) Collect(out chan<- prometheus.Metric) {
	for _, r := range s.reports() {
		t := tally{product: r.Product, now: s.now(), counts: map[*prometheus.Desc]map[string]*sample{}}
		t.items(r)
		t.dependencies(r)
		t.findings(r)
		t.readiness(r)
		t.scopes(r)
		t.plan(r)
		t.send(out)
	}
}

func (t *tally) items(r *cycle.Report) {
	t.set(unknown, 0)
	t.set(unmapped, 0, "none")
	t.set(unmapped, 0, "conflict")
	for i := range r.Snapshot.Items {
		it := &r.Snapshot.Items[i]
		if it.State == work.StateUnknown {
			t.add(unknown, 1)
		}
		if it.Outside {
			continue
		}
		t.add(items, 1, it.Ref.Tracker, string(it.Layer()), string(it.Team()), string(it.State))
		if it.State.Open() && len(it.Teams) == 0 {
			t.add(unmapped, 1, "none")
		}
		if it.State.Open() && len(it.Teams) > 1 {
			t.add(unmapped, 1, "conflict")
		}
	}
}

func (t *tally) dependencies(r *cycle.Report) {
	t.set(loops, float64(len(r.Assessment.Cycles)))
	layers := make(map[work.Ref]work.Layer, len(r.Assessment.Dependencies))
	outside := map[work.Ref]bool{}
	for i := range r.Snapshot.Items {
		layers[r.Snapshot.Items[i].Ref] = r.Snapshot.Items[i].Layer()
		outside[r.Snapshot.Items[i].Ref] = r.Snapshot.Items[i].Outside
	}
	for _, d := range r.Assessment.Dependencies {
		relation := "cross_team"
		switch {
		case outside[d.Blocker] || outside[d.Waiting]:
			relation = "cross_product"
		case d.WaitingTeam == d.BlockingTeam && d.WaitingTeam != "":
			relation = "intra_team"
		}
		t.add(dependencies, 1, string(d.WaitingTeam), string(d.BlockingTeam), string(d.Health), relation, string(layers[d.Waiting]))
	}
}

func (t *tally) findings(r *cycle.Report) {
	for _, rule := range r.Rules {
		for _, severity := range []refine.Severity{refine.Critical, refine.Warning} {
			t.set(findings, 0, "", string(rule), severity.String(), "open")
		}
	}
	for _, f := range r.Assessment.Findings {
		state := "open"
		if f.Acknowledged {
			state = "acknowledged"
		}
		t.add(findings, 1, string(f.Team), string(f.Rule), f.Severity.String(), state)
	}
}

func (t *tally) readiness(r *cycle.Report) {
	for _, entry := range r.Assessment.Readiness {
		for check, result := range entry.Checks {
			n := 0.0
			if result == refine.Fail {
				n = 1
			}
			t.add(failures, n, string(entry.Layer), string(entry.Team), string(check))
		}
	}
}

func (t *tally) scopes(r *cycle.Report) {
	for _, s := range r.Scopes {
		up := 1.0
		if s.Err != nil {
			up = 0
		}
		t.set(sourceUp, up, s.Tracker, s.Scope)
		if !s.Complete.IsZero() {
			t.set(dataAge, t.now.Sub(s.Complete).Seconds(), s.Tracker, s.Scope)
		}
	}
}

func (t *tally) plan(r *cycle.Report) {
	for _, h := range r.Plan.Held {
		t.add(held, float64(h.Actions), string(h.Reason))
	}
}
