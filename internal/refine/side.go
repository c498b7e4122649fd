package refine

import (
	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/work"
)

// Side is one item of a pair, with what is known about its plan.
type Side struct {
	Item *work.Item

	node graph.Node
	view *view
	// promised is the day that its team committed in place of a plan, or zero.
	promised work.Day
}

func (v *view) side(n graph.Node) Side { return Side{Item: v.g.Item(n), node: n, view: v} }

// Team returns the team that answers for the item, "" when none or several do.
func (s *Side) Team() work.TeamID { return s.view.teamID(s.node) }

// Planning returns how its team plans.
func (s *Side) Planning() work.Planning { return s.view.planning(s.node) }

// Flow says whether its team works without Sprints.
func (s *Side) Flow() bool { return s.Planning() == work.ByFlow }

// Pace returns how fast its team was; zero when too little was seen.
func (s *Side) Pace() facts.Pace { return s.view.teams[s.view.team(s.node)].pace }

// Window returns when it is planned, also by a day that its team committed; zero
// when it is not, or nothing is known. What is only forecast is not planned.
func (s *Side) Window() work.Window {
	w := s.view.window(s.node)
	switch {
	case s.promised != 0:
		return promised(w, s.promised)
	case s.view.is(s.node, forecast):
		return work.Window{}
	}
	return w
}

// plan is the window as it was planned, for words and facts: a Sprint that still
// runs does not move it.
func (s *Side) plan() work.Window {
	w := s.view.at[s.node].window
	if s.promised != 0 {
		return promised(w, s.promised)
	}
	return w
}

func promised(w work.Window, end work.Day) work.Window {
	if w.Start > end {
		w.Start = 0
	}
	return work.Window{Start: w.Start, End: end}
}

// Forecast says that nobody planned it, and that it comes up by its rank and its team's velocity.
func (s *Side) Forecast() bool { return s.promised == 0 && s.view.is(s.node, forecast) }

// Promised says that its end is a day that its team committed.
func (s *Side) Promised() bool { return s.promised != 0 }

// Sprint returns the Sprint it is in, or nil.
func (s *Side) Sprint() *work.Sprint {
	if at := s.view.at[s.node].sprint; at >= 0 {
		return &s.view.sprints.all[at]
	}
	return nil
}

// Active says that it is in a Sprint that runs now.
func (s *Side) Active() bool { return s.view.inActiveSprint(s.node) }

// Soon says that it is planned in the current or the next Sprint of its team, or its like.
func (s *Side) Soon() bool { return s.view.soon(s.node) }

// SprintsAway returns in how many of the product's Sprints it begins: 0 for the
// current one, a very large number when nobody knows.
func (s *Side) SprintsAway() int { return s.view.distance(s.node) }

// Over says that its window has ended, whatever its state.
func (s *Side) Over() bool {
	if s.promised != 0 {
		return s.promised < s.view.today && s.view.later(s.node, s.view.today, s.promised)
	}
	return s.view.over(s.node)
}

// Vague says that it is planned in a way whose dates cannot be known.
func (s *Side) Vague() bool { return s.view.is(s.node, vague) }

// Undated says that its Sprint has no dates.
func (s *Side) Undated() bool { return s.promised == 0 && s.view.is(s.node, undated) }

// Planned says whether the item's end is known.
func (s *Side) Planned() bool { return s.Window().End != 0 }

// Started says whether work on it has begun.
func (s *Side) Started() bool { return s.Item.State == work.StateDoing }

// Open says whether it is still to be done.
func (s *Side) Open() bool { return s.view.is(s.node, isOpen) }

// Delivered says whether it is delivered, in every tracker that keeps it.
func (s *Side) Delivered() bool {
	return s.Item.State == work.StateDelivered && !s.view.contradicted(s.node)
}

// Epic says whether the item is refined across teams.
func (s *Side) Epic() bool { return s.Item.Layer() == work.CrossTeam }

// Changes returns how its plan and state went, the oldest first.
func (s *Side) Changes() []facts.Change { return s.view.memory.Changes[s.Item.Ref] }
