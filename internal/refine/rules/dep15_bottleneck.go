package rules

import (
	"strconv"

	"strata/internal/refine"
	"strata/internal/work"
)

const (
	// bottleneckItems is how many items wait for a bottleneck, of at least bottleneckTeams teams.
	bottleneckItems = 5
	bottleneckTeams = 2
)

var bottleneck = refine.Rule{
	ID:      "DEP15",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "bottleneck",
		Title: "At risk: many wait for one item",
		Doc: "When one item holds up the work of several teams, each day it takes costs all of them. " +
			"It is worth more attention than its size suggests.",
		When: "At least five open items of at least two teams, none of them the item's own, wait for it and come up within the lookahead. " +
			"That a whole team is a bottleneck stands in the product's documents and metrics alone.",
		Resolves: "Fewer items or teams wait.",
		Severity: "warning",
	},
	Item: func(m *refine.Member) *refine.Raised {
		if !m.Open() || m.FanOut() < bottleneckItems {
			return nil
		}
		items, earliest := 0, work.Day(0)
		teams := map[work.TeamID]bool{}
		for n := range m.Waiting() {
			if !n.CrossTeam || !n.Near() {
				continue
			}
			items++
			if team := n.Team(); team != "" {
				teams[team] = true
			}
			if n.Need != 0 && (earliest == 0 || n.Need < earliest) {
				earliest = n.Need
			}
		}
		if items < bottleneckItems || len(teams) < bottleneckTeams {
			return nil
		}
		r := &refine.Raised{Severity: refine.Warning, On: refine.OnBlocker, Next: m.Acts(), Commands: []string{"commit <date>", "ack", "snooze 7d", "wrong"}}
		when := "."
		if earliest != 0 {
			when = "; the earliest needs it by " + m.Day(earliest) + "."
		}
		r.Text = refine.Say("%v items of %v teams wait for %v%v", strconv.Itoa(items), strconv.Itoa(len(teams)), m.Named(), when)
		r.Action = refine.Say("Name the day on which %v is there, or slice it so that the first can begin.", m.Item)
		return r
	},
}
