package world

import (
	"slices"
	"strings"
	"time"
)

// roll ends the Sprints whose time is over, carries over what is not done, and
// starts the next ones.
func (s *State) roll() {
	now := s.Now()
	s.forget() // the state of a Sprint is a matter of every issue in it
	for _, b := range s.Boards {
		s.extend(b)
		for _, sp := range b.Sprints {
			if sp.State == Active && !sp.End.After(now) {
				s.endSprint(b, sp)
			}
		}
		for _, sp := range b.Sprints {
			if sp.State == Future && !sp.Start.IsZero() && !sp.Start.After(now) && sp.End.After(now) {
				sp.State, sp.Raw = Active, nil
				s.tell(SprintNew, nil, "", "%s is started%s", sp.Name, withGoal(sp.Goal))
			}
		}
	}
	for _, p := range s.GitHubProjects {
		if f := iterationField(p); f != nil {
			s.rollIterations(p, f)
		}
	}
}

func withGoal(goal string) string {
	if goal == "" {
		return ""
	}
	return ": " + goal
}

// endSprint closes a Sprint. What is open goes on in the next one; every sixth
// item goes back to the backlog.
func (s *State) endSprint(b *Board, sp *Sprint) {
	sp.State, sp.Complete, sp.Raw = Closed, sp.End.Add(20*time.Minute), nil
	var next *Sprint
	for _, o := range b.Sprints {
		if o.State == Future && o.Start.After(sp.Start) && (next == nil || o.Start.Before(next.Start)) {
			next = o
		}
	}
	carried, dropped := 0, 0
	for _, i := range s.Jira {
		if !slices.Contains(i.Sprints, sp) {
			continue
		}
		i.Recorded.Drop(SprintFieldID, i.SprintField, "sprint", "closedSprints")
		if !pending(i) || i.Sprints[len(i.Sprints)-1] != sp {
			continue
		}
		to := next
		if (carried+dropped)%6 == 5 {
			to = nil
		}
		s.SetSprint(i, to, s.somebody())
		if to == nil {
			dropped++
			s.tell(Carried, i, "sprint", "goes back to the backlog")
			continue
		}
		carried++
		s.tell(Carried, i, "sprint", "goes on in %s", to.Name)
	}
	s.tell(SprintEnd, nil, "", "%s is over: carried over %d, back in the backlog %d", sp.Name, carried, dropped)
}

// extend keeps three Sprints ahead on a board that has any.
func (s *State) extend(b *Board) {
	if b.retired {
		return
	}
	ahead := 0
	for _, sp := range b.Sprints {
		if sp.State == Future {
			ahead++
		}
	}
	for n := len(b.Sprints); n > 0 && ahead < 4; ahead++ {
		last := b.Sprints[len(b.Sprints)-1]
		if last.Start.IsZero() {
			return
		}
		later := func(t time.Time) time.Time { return t.In(s.zone()).AddDate(0, 0, s.calendar.Every).UTC() }
		sp := &Sprint{ID: s.id("sprint", 1), Name: after(last.Name), State: Future, Board: b.ID, Start: later(last.Start), End: later(last.End)}
		for !sp.End.After(s.Now()) { // a board that rested for long
			sp.Start, sp.End = later(sp.Start), later(sp.End)
		}
		b.Sprints = append(b.Sprints, sp)
		s.Sprints = append(s.Sprints, sp)
	}
}

// rollIterations moves the open cards of iterations that are over to the running
// one, and keeps three iterations ahead.
func (s *State) rollIterations(p *GitHubProject, f *ProjectField) {
	now := s.Now()
	for n := len(f.Iterations); n > 0; n = len(f.Iterations) {
		last := f.Iterations[n-1]
		if last.Start.After(now.AddDate(0, 0, 3*last.Days)) {
			break
		}
		f.Iterations = append(f.Iterations, &Iteration{ID: iterationID(n), Title: after(last.Title), Start: last.End(), Days: last.Days})
	}
	at := slices.IndexFunc(f.Iterations, func(it *Iteration) bool { return !now.Before(it.Start) && now.Before(it.End()) })
	if at < 0 {
		return
	}
	carried := 0
	for _, card := range p.Items {
		v := card.Value(f.Name)
		if v == nil || v.Iteration == nil || card.Issue == nil || card.Archived || !pending(card.Issue) || v.Iteration.End().After(now) {
			continue
		}
		s.SetValue(card, Value{Field: f, Iteration: f.Iterations[at]})
		s.tell(Carried, card.Issue, "sprint", "goes on in %s", f.Iterations[at].Title)
		carried++
	}
	if carried > 0 && at > 0 {
		s.tell(SprintEnd, nil, "", "%s of the board %s is over: carried over %d", f.Iterations[at-1].Title, p.Title, carried)
	}
}

func iterationID(n int) string {
	const hex = "0123456789abcdef"
	id := []byte("5b000000")
	for k := 7; n > 0; k, n = k-1, n/16 {
		id[k] = hex[n%16]
	}
	return string(id)
}

// plan refines: as many new stories a day as were delivered, and once a Sprint
// stories of the backlog are planned for the Sprint after the next, and boards
// get their next goal.
func (s *State) plan() {
	stories := 0
	for _, e := range s.live.day.Events {
		if e.Kind == Delivered {
			stories++
		}
	}
	for range max(stories, 2) {
		s.live.written++
		team := ""
		if n := len(s.calendar.Teams); n > 0 {
			team = s.calendar.Teams[s.live.written%n].Name
		}
		if like := s.drawn(func(it Item) bool { return s.teamOf(it) == team }); like != nil {
			s.tell(Written, s.another(like), "create", "is written")
		}
	}
	if s.live.day.Place != s.lastPlace()-2 {
		return
	}
	for _, b := range s.Boards {
		for _, sp := range b.Sprints {
			if sp.State == Future && sp.Goal == "" {
				team := strings.TrimSuffix(b.Name, " board")
				if list := boardGoals[team]; len(list) > 0 {
					sp.Goal, sp.Raw = list[int(sp.ID)%len(list)], nil
					s.tell(GoalSet, nil, "", "%s proposes the goal of %s: %s", team, sp.Name, sp.Goal)
				}
				break
			}
			if sp.State == Future {
				break
			}
		}
	}
	planned := map[string]int{}
	for _, it := range s.stories(func(it Item) bool { start, _ := windowOf(it); return start.IsZero() && !s.flows(it) }) {
		home := homeOf(it)
		if planned[home] == most*2/3 {
			continue
		}
		if out, err := s.replan(it, "+2", s.somebody()); err == nil {
			planned[home]++
			s.tell(Planned, it, "sprint", "is planned for %s", out.Detail)
		}
	}
}

// homeOf names the project or repository of an item.
func homeOf(it Item) string {
	switch i := it.(type) {
	case *JiraIssue:
		return i.Project.Key
	case *GitHubIssue:
		return i.Repo.FullName()
	}
	return ""
}

// flows reports work of a team without Sprints, and work of nobody.
func (s *State) flows(it Item) bool {
	name := s.teamOf(it)
	at := slices.IndexFunc(s.calendar.Teams, func(t Team) bool { return t.Name == name })
	return at < 0 || s.calendar.Teams[at].Planning == "flow"
}

// teamOf names the team by whose evidence an item is known; "" is nobody.
func (s *State) teamOf(it Item) string {
	for _, t := range s.calendar.Teams {
		mine := slices.Contains(t.Repos, homeOf(it)) || slices.Contains(t.Projects, homeOf(it))
		if i, ok := it.(*JiraIssue); ok {
			has := func(list []string) func(string) bool { return func(v string) bool { return slices.Contains(list, v) } }
			mine = mine || slices.ContainsFunc(t.Components, has(i.Components)) || slices.ContainsFunc(t.Labels, has(i.Labels))
		}
		if mine {
			return t.Name
		}
	}
	return ""
}
