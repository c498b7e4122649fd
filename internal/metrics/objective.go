package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"strata/internal/cycle"
	"strata/internal/work"
)

var (
	objectiveItems = desc("strata_objective_items", "Items that serve an objective of the product, themselves or through a parent. An item may serve several.",
		"product", "objective", "state")
	aimless = desc("strata_planned_items_without_objective", "Planned items that serve no objective; absent where the product has none.",
		"product")
)

// objectives are the metrics of this file.
var objectives = []*prometheus.Desc{objectiveItems, aimless}

func (t *tally) objectives(r *cycle.Report) {
	if len(r.Objectives) == 0 {
		return
	}
	for _, name := range r.Objectives {
		for _, state := range []work.State{work.StateOpen, work.StateDoing, work.StateDelivered} {
			t.set(objectiveItems, 0, name, string(state))
		}
	}
	for i := range r.Snapshot.Items {
		it := &r.Snapshot.Items[i]
		for _, name := range r.Serves[it.Ref] {
			t.add(objectiveItems, 1, name, string(it.State))
		}
	}
	t.set(aimless, 0)
	for i := range r.Assessment.Readiness {
		entry := &r.Assessment.Readiness[i]
		if entry.Layer == work.TeamLayer && len(r.Serves[entry.Item]) == 0 {
			t.add(aimless, 1)
		}
	}
}
