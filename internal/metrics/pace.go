package metrics

import (
	"strings"

	"strata/internal/cycle"
	"strata/internal/work"
)

// A pace is the mean of three to five closed Sprints.
const (
	leastHistory = 3
	mostHistory  = 5
)

// sizes says which teams estimate. A team that does not counts its items.
type sizes map[work.TeamID]bool

func newSizes(teams []work.Team) sizes {
	s := make(sizes, len(teams))
	for i := range teams {
		s[teams[i].ID] = teams[i].Estimates
	}
	return s
}

// of returns an item's size in its team's measure, and whether it is known.
func (s sizes) of(team work.TeamID, it *work.Item) (size float64, known bool) {
	switch {
	case !s[team]:
		return 1, true
	case it.Estimate == nil:
		return 0, false
	}
	return *it.Estimate, true
}

// paces returns what each team that plans by Sprint delivers in one, as far as
// the snapshot itself shows it: an item counts for the last Sprint it was in.
// Sprints before the first delivery are no history; with fewer than three left,
// or nothing but zeros, a team has no pace.
func paces(r *cycle.Report, sizes sizes) map[work.TeamID]float64 {
	boxes, current := calendar(r)
	delivered := map[work.TeamID]*[mostHistory]float64{} // by Sprints before the current one
	for i := range r.Snapshot.Teams {
		if r.Snapshot.Teams[i].Planning == work.BySprint {
			delivered[r.Snapshot.Teams[i].ID] = &[mostHistory]float64{}
		}
	}
	for i := range r.Snapshot.Items {
		it := &r.Snapshot.Items[i]
		if it.State != work.StateDelivered || it.Kind == work.Subtask || it.Layer() != work.TeamLayer || len(it.Sprints) == 0 {
			continue
		}
		team := delivered[it.Team()]
		last := lastBox(boxes, it.Sprints)
		if team == nil || last == nil || last.State != work.SprintClosed {
			continue
		}
		if ago := current - 1 - last.Seq; ago >= 0 && ago < mostHistory {
			size, _ := sizes.of(it.Team(), it)
			team[ago] += size
		}
	}
	paces := map[work.TeamID]float64{}
	for team, sprints := range delivered {
		history, sum := 0, 0.0
		for ago, size := range sprints {
			sum += size
			if size > 0 {
				history = ago + 1
			}
		}
		if history >= leastHistory {
			paces[team] = sum / float64(history)
		}
	}
	return paces
}

// calendar returns the trackers' boxes by id and the place of the product's
// current Sprint, between two of them the earlier; -1 when none has begun.
func calendar(r *cycle.Report) (boxes map[work.SprintID]*work.Sprint, current int) {
	boxes, current = make(map[work.SprintID]*work.Sprint, len(r.Snapshot.Sprints)), -1
	for i := range r.Snapshot.Sprints {
		s := &r.Snapshot.Sprints[i]
		if !own(s) {
			boxes[s.ID] = s
		} else if s.State != work.SprintFuture {
			current = max(current, s.Seq)
		}
	}
	return boxes, current
}

// own says whether a Sprint is one of the product's calendar.
func own(s *work.Sprint) bool { return strings.HasPrefix(string(s.ID), "product:") }

func lastBox(boxes map[work.SprintID]*work.Sprint, ids []work.SprintID) *work.Sprint {
	var last *work.Sprint
	for _, id := range ids {
		if s := boxes[id]; s != nil && s.Seq >= 0 && (last == nil || s.Window.From() > last.Window.From()) {
			last = s
		}
	}
	return last
}
