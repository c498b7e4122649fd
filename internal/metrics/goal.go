package metrics

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	"strata/internal/cycle"
	"strata/internal/work"
)

var goalSet = desc("strata_sprint_goal_present", "1 when the team's Sprint has a Sprint Goal; absent for a team that no board is known of.",
	"product", "team", "horizon")

// goals are the metrics of this file.
var goals = []*prometheus.Desc{goalSet}

// board is a tracker's board or iteration field.
type board struct{ tracker, name string }

func boardOf(s *work.Sprint) board {
	tracker, _, _ := strings.Cut(string(s.ID), ":")
	return board{tracker, s.Board}
}

func (t *tally) goals(r *cycle.Report) {
	boxes, current := calendar(r)
	if current < 0 {
		return
	}
	for team, home := range boards(r, boxes) {
		for ahead, horizon := range horizons[:2] {
			set := 0.0
			for _, s := range boxes {
				if boardOf(s) == home && s.Seq == current+ahead && strings.TrimSpace(s.Goal) != "" {
					set = 1
				}
			}
			t.set(goalSet, set, string(team), horizon)
		}
	}
}

// boards returns the board of each team that plans by Sprint: the one with most
// of its items in Sprints that are not over, else of all its items.
func boards(r *cycle.Report, boxes map[work.SprintID]*work.Sprint) map[work.TeamID]board {
	type count struct{ open, all int }
	counts := map[work.TeamID]map[board]count{}
	for i := range r.Snapshot.Teams {
		if r.Snapshot.Teams[i].Planning == work.BySprint {
			counts[r.Snapshot.Teams[i].ID] = map[board]count{}
		}
	}
	for i := range r.Snapshot.Items {
		it := &r.Snapshot.Items[i]
		team := counts[it.Team()]
		if team == nil || it.Layer() != work.TeamLayer {
			continue
		}
		for _, id := range it.Sprints {
			s := boxes[id]
			if s == nil {
				continue
			}
			c := team[boardOf(s)]
			c.all++
			if s.State != work.SprintClosed {
				c.open++
			}
			team[boardOf(s)] = c
		}
	}
	homes := map[work.TeamID]board{}
	for team, found := range counts {
		if len(found) > 0 {
			homes[team] = slices.MinFunc(slices.Collect(maps.Keys(found)), func(a, b board) int {
				return cmp.Or(found[b].open-found[a].open, found[b].all-found[a].all,
					strings.Compare(a.tracker, b.tracker), strings.Compare(a.name, b.name))
			})
		}
	}
	return homes
}
