package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"strata/internal/cycle"
	"strata/internal/refine"
	"strata/internal/work"
)

var (
	planned = desc("strata_items_planned", "Open items that are planned within the lookahead, by how many Sprints away they are.",
		"product", "layer", "team", "horizon")
	ready = desc("strata_items_ready", "Those of strata_items_planned that pass every required readiness check.",
		"product", "layer", "team", "horizon")
	failures = desc("strata_readiness_check_failures", "Planned items that fail a readiness check.",
		"product", "layer", "team", "check")
	buffer = desc("strata_ready_buffer_sprints", "Ready items outside the current Sprint, in Sprints at the team's own pace; absent before three Sprints of history.",
		"product", "team")
	load = desc("strata_team_load_ratio", "Estimates planned for a Sprint, as a share of the team's own pace; absent before three Sprints of history and where a fifth of the items has no estimate.",
		"product", "team", "horizon")
)

// refinement are the metrics of this file.
var refinement = []*prometheus.Desc{planned, ready, failures, buffer, load}

// horizons are the distances of a Sprint that have series of their own.
var horizons = []string{"current", "next", "next2", "next3"}

// enough is the share of items that must have an estimate before a sum of
// estimates says something about all of them.
const enough = 0.8

// shelf is where planned items lie.
type shelf struct {
	layer   work.Layer
	team    work.TeamID
	horizon string
}

// stock is what lies there. Sizes are in the team's own measure.
type stock struct {
	planned, ready, sized int
	size, readySize       float64
}

// failed is what failures of checks are counted by.
type failed struct {
	layer work.Layer
	team  work.TeamID
	check refine.CheckID
}

func (t *tally) readiness(r *cycle.Report) {
	sizes := newSizes(r.Snapshot.Teams)
	shelves, fails := emptyShelves(r.Snapshot.Teams), map[failed]int{}
	for i := range r.Assessment.Readiness {
		entry := &r.Assessment.Readiness[i]
		for check, result := range entry.Checks {
			n := 0 // also of a check that nothing fails: zero is kept
			if result == refine.Fail {
				n = 1
			}
			fails[failed{entry.Layer, entry.Team, check}] += n
		}
		at := shelf{entry.Layer, entry.Team, entry.Horizon}
		if shelves[at] == nil {
			shelves[at] = &stock{}
		}
		shelves[at].add(entry, sizes, item(r, entry.Item))
	}
	for f, n := range fails {
		t.set(failures, float64(n), string(f.layer), string(f.team), string(f.check))
	}
	for at, s := range shelves {
		t.set(planned, float64(s.planned), string(at.layer), string(at.team), at.horizon)
		t.set(ready, float64(s.ready), string(at.layer), string(at.team), at.horizon)
	}
	t.forecast(r, shelves, sizes)
}

// emptyShelves are the shelves that have series also when nothing lies there.
func emptyShelves(teams []work.Team) map[shelf]*stock {
	shelves := map[shelf]*stock{}
	for _, horizon := range horizons {
		shelves[shelf{work.CrossTeam, "", horizon}] = &stock{}
		for i := range teams {
			shelves[shelf{work.TeamLayer, teams[i].ID, horizon}] = &stock{}
		}
	}
	return shelves
}

func (s *stock) add(entry *refine.Readiness, sizes sizes, it *work.Item) {
	size, known := sizes.of(entry.Team, it)
	s.planned++
	s.size += size
	if known {
		s.sized++
	}
	if entry.Ready {
		s.ready++
		s.readySize += size
	}
}

// forecast holds what is planned against what each team delivers in a Sprint.
func (t *tally) forecast(r *cycle.Report, shelves map[shelf]*stock, sizes sizes) {
	for team, pace := range paces(r, sizes) {
		inStock := 0.0
		for _, horizon := range horizons[1:] {
			s := shelves[shelf{work.TeamLayer, team, horizon}]
			if s == nil {
				continue
			}
			inStock += s.readySize
			if float64(s.sized) >= enough*float64(s.planned) {
				t.set(load, s.size/pace, string(team), horizon)
			}
		}
		t.set(buffer, inStock/pace, string(team))
	}
}
