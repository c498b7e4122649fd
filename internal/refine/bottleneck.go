package refine

import (
	"cmp"
	"slices"

	"strata/internal/work"
)

const (
	// bottleneckShare is the per cent of all open dependencies between teams that make
	// the team they wait for a bottleneck.
	bottleneckShare = 30
	// fairShares is how often a team's fair share that must be, too.
	fairShares = 2
	// fewestBlocked is how many dependencies make a pattern.
	fewestBlocked = 3
)

// bottlenecks finds the teams that more wait for than is their share: more than 30 % of
// the open dependencies between teams, and more than twice what would fall to each team; a few alone are no pattern.
func (j *judge) bottlenecks() []Bottleneck {
	found := map[work.TeamID]*Bottleneck{}
	total := 0
	for i := range j.result.Dependencies {
		d := &j.result.Dependencies[i]
		if d.BlockingTeam == d.WaitingTeam || d.State == work.StateUnknown || d.State == work.StateDropped {
			continue
		}
		total++
		if d.BlockingTeam == "" {
			continue
		}
		b := found[d.BlockingTeam]
		if b == nil {
			b = &Bottleneck{Team: d.BlockingTeam}
			found[d.BlockingTeam] = b
		}
		b.Blocks++
		if d.WaitingTeam != "" && !slices.Contains(b.Waiting, d.WaitingTeam) {
			b.Waiting = append(b.Waiting, d.WaitingTeam)
		}
	}
	var all []Bottleneck
	for _, b := range found {
		teams := len(j.view.teams) - 1
		if b.Blocks >= fewestBlocked && b.Blocks*100 > bottleneckShare*total && b.Blocks*teams > fairShares*total {
			b.Of = total
			slices.Sort(b.Waiting)
			all = append(all, *b)
		}
	}
	slices.SortFunc(all, func(a, b Bottleneck) int { return cmp.Or(cmp.Compare(b.Blocks, a.Blocks), cmp.Compare(a.Team, b.Team)) })
	return all
}
