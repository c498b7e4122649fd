package refine

import (
	"strings"

	"strata/internal/graph"
	"strata/internal/work"
)

// mostUp bounds the walk up a hierarchy: read in pieces, it may run in circles.
const mostUp = 8

// Objectives returns the objectives that the item serves: its own, else those of
// its nearest parent that has any.
func (c Case) Objectives() []string {
	for n, steps := c.node, 0; n != graph.None && steps < mostUp; n, steps = c.view.g.Parent(n), steps+1 {
		if own := c.view.g.Item(n).Objectives; len(own) > 0 {
			return own
		}
	}
	return nil
}

// Goals returns the Sprint Goals that are known for the time of a Sprint: of the
// boxes of every board that lie over the same Sprint of the product.
func (c Case) Goals(s *work.Sprint) (goals []string) {
	for i := range c.view.sprints.all {
		if other := &c.view.sprints.all[i]; other.Goal != "" && (other.ID == s.ID || s.Seq >= 0 && other.Seq == s.Seq) {
			goals = append(goals, other.Goal)
		}
	}
	return goals
}

// Named says whether a Sprint Goal speaks of the item: by its key, its title, an
// objective that it serves, or the key or title of its parent.
func (c Case) Named(goal string) bool {
	names := append([]string{c.Item.Key, c.Item.Title}, c.Objectives()...)
	if parent, ok := c.Parent(); ok {
		names = append(names, parent.Item.Key, parent.Item.Title)
	}
	goal = strings.ToLower(goal)
	for _, name := range names {
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" && strings.Contains(goal, name) {
			return true
		}
	}
	return false
}

// Ranks says whether the item's tracker ranks items at all.
func (c Case) Ranks() bool {
	if c.view.ranks == nil {
		c.view.ranks = map[string]bool{}
		for n := range graph.Node(c.view.g.Len()) {
			if it := c.view.g.Item(n); it.Rank != "" {
				c.view.ranks[it.Ref.Tracker] = true
			}
		}
	}
	return c.view.ranks[c.Item.Ref.Tracker]
}

// Estimates says whether a team estimates its items; a team that is not known does not.
func (c Case) Estimates(team work.TeamID) bool {
	for i := range c.view.teams {
		if c.view.teams[i].ID == team {
			return team != "" && c.view.teams[i].Estimates
		}
	}
	return false
}

// ParentCase puts the item's parent before a check; false when it has none that we know.
func (c Case) ParentCase() (Case, bool) {
	p := c.view.g.Parent(c.node)
	if p == graph.None {
		return Case{}, false
	}
	parent := c.view.hold(p)
	parent.critical = c.critical
	return parent, true
}

// load is a team's work in one Sprint.
type load struct {
	team   work.TeamID
	sprint work.SprintID
}

// Planned returns how much work the team of a part has planned in the part's
// Sprint, in the unit of its pace: estimates where the team estimates, else
// items. False when it is in no Sprint, or the team's pace is not known.
func (c Case) Planned(p Part) (planned, velocity float64, ok bool) {
	v := c.view
	n, found := v.g.Find(p.Item.Ref)
	if !found || p.Team == "" || v.at[n].sprint < 0 {
		return 0, 0, false
	}
	own := &v.teams[v.team(n)]
	if !own.pace.Forecasts() {
		return 0, 0, false
	}
	byEstimate := own.Estimates && own.pace.Velocity > 0
	if v.loads == nil {
		v.loads = map[load][2]float64{}
		for n := range graph.Node(v.g.Len()) {
			it := v.g.Item(n)
			if st := &v.at[n]; st.sprint >= 0 && it.State.Open() && it.Layer() == work.TeamLayer && it.Kind != work.Subtask {
				key := load{v.teamID(n), v.sprints.all[st.sprint].ID}
				sum := v.loads[key]
				sum[0]++
				if it.Estimate != nil {
					sum[1] += *it.Estimate
				}
				v.loads[key] = sum
			}
		}
	}
	sum := v.loads[load{p.Team, v.sprints.all[v.at[n].sprint].ID}]
	if byEstimate {
		return sum[1], own.pace.Velocity, true
	}
	return sum[0], own.pace.Items, true
}

// ParentReady says whether the item's parent passes what the profile requires of
// it; it passes when there is no parent, and is not known when that was not read.
func (c Case) ParentReady() Result {
	p := c.view.g.Parent(c.node)
	switch {
	case p == graph.None:
		return Pass
	case c.view.unknown(p):
		return NotApplicable
	}
	if known, ok := c.view.ready[p]; ok {
		return known
	}
	parent, result := c.view.hold(p), Pass
	parent.critical = c.critical
	if parent.Item.Layer() != c.Item.Layer() { // a sub-task's parent is judged on its own
		for i := range c.view.checks {
			check := &c.view.checks[i]
			if answer, _ := c.view.check(check, parent); answer == Fail && c.view.policy.Profile(c.view.teamID(p)).Requires(check.ID) {
				result = Fail
				break
			}
		}
	}
	if c.view.ready == nil {
		c.view.ready = map[graph.Node]Result{}
	}
	c.view.ready[p] = result
	return result
}

// FreshDays is how many days back something counts as recent: so many Sprints.
func (c Case) FreshDays(sprints int) work.Day { return c.view.sprints.every * work.Day(sprints) }
