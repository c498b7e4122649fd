package sandbox

import (
	"strata/internal/sandbox/world"
)

// Summary is what the trackers saw: the part of a run's account that the daemon
// has no hand in.
type Summary struct {
	Items          int                                  `json:"items"`
	Comments       world.Count                          `json:"comments"`
	CommentsByKind map[string]world.Count               `json:"comments_by_kind"`
	Requests       map[string]map[string]map[string]int `json:"requests"` // tracker → "METHOD route-template" → status → n
	Points         int                                  `json:"points"`   // of GitHub's GraphQL
	Notifications  int                                  `json:"notifications"`
}

// Summary adds up both trackers.
func (s *Sandbox) Summary() Summary {
	sum := Summary{CommentsByKind: map[string]world.Count{}, Requests: map[string]map[string]map[string]int{}}
	s.World.Read(func(st *world.State) {
		sum.Items = st.Items()
		for _, t := range []world.Tracker{world.Jira, world.GitHub} {
			tally := st.Tally(t)
			sum.Comments = add(sum.Comments, tally.Comments)
			sum.Notifications += tally.Notifications
			for kind, n := range tally.ByKind {
				sum.CommentsByKind[kind] = add(sum.CommentsByKind[kind], n)
			}
		}
	})
	for _, t := range []world.Tracker{world.Jira, world.GitHub} {
		requests := s.World.Meter(t).Read()
		sum.Requests[string(t)] = requests.ByRoute
		sum.Points += requests.Points
	}
	return sum
}

func add(a, b world.Count) world.Count {
	return world.Count{
		Posted: a.Posted + b.Posted, Edited: a.Edited + b.Edited, Folded: a.Folded + b.Folded,
		Erased: a.Erased + b.Erased, Duplicates: a.Duplicates + b.Duplicates,
	}
}
