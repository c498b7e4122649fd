package world

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// planOps move items between sprints.
var planOps = map[string]op{
	"sprint": {`{"op":"sprint","item":"WEB-1","sprint":"Web Sprint 6"}: a name, an id, "active", "next", "+2", or null for the backlog`, true,
		func(s *State, in *wish) (Outcome, error) {
			name, given := text(in.Sprint)
			if !given {
				return Outcome{}, bad("sprint needs a sprint: a name, an id, \"active\", \"next\", \"+2\" or null")
			}
			return s.replan(in.item, name, in.by)
		}},
}

// replan plans an item for a sprint by name, id or distance; "" and "null" are
// the backlog.
func (s *State) replan(it Item, name string, by *User) (Outcome, error) {
	if name == "null" {
		name = ""
	}
	switch i := it.(type) {
	case *JiraIssue:
		if name == "" {
			s.SetSprint(i, nil, by)
			return Outcome{Detail: "backlog"}, nil
		}
		sp, allowed := s.sprintFor(i, name)
		if sp == nil {
			return Outcome{}, &BadMutation{Text: "no sprint " + strconv.Quote(name) + " for " + i.Key, Allowed: allowed}
		}
		s.SetSprint(i, sp, by)
		return Outcome{Detail: sp.Name}, nil
	case *GitHubIssue:
		return s.iterate(i, name, by)
	}
	return Outcome{}, nil
}

// sprintFor finds a sprint on the issue's board; a full name or an id may be
// of any board.
func (s *State) sprintFor(i *JiraIssue, name string) (*Sprint, []string) {
	list := s.sprintsOf(i)
	names := make([]string, 0, len(list))
	for _, sp := range list {
		names = append(names, sp.Name)
	}
	if n, ok := distance(name); ok {
		at := -1
		for k, sp := range list {
			if sp.State != Future {
				at = k
			}
		}
		if at+n >= 0 && at+n < len(list) && (n != 0 || list[at].State == Active) {
			return list[at+n], names
		}
		return nil, names
	}
	for _, sp := range append(slices.Clone(list), s.Sprints...) {
		if strings.EqualFold(sp.Name, name) || strconv.FormatInt(sp.ID, 10) == name {
			return sp, names
		}
	}
	return nil, names
}

// sprintsOf lists the sprints of the issue's board in time's order: the board
// of its sprints, else of its project, else the first there is.
func (s *State) sprintsOf(i *JiraIssue) []*Sprint {
	board := int64(0)
	if n := len(i.Sprints); n > 0 {
		board = i.Sprints[n-1].Board
	}
	for _, b := range s.Boards {
		if board == 0 && b.Project == i.Project && len(b.Sprints) > 0 {
			board = b.ID
		}
	}
	var out []*Sprint
	for _, sp := range s.Sprints {
		if board == 0 || sp.Board == board {
			out = append(out, sp)
		}
	}
	rank := map[string]int{Closed: 0, Active: 1, Future: 2}
	slices.SortStableFunc(out, func(a, b *Sprint) int {
		return cmp.Or(cmp.Compare(rank[a.State], rank[b.State]), a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// iterate plans a GitHub issue: the Iteration of its cards, or of a new card.
func (s *State) iterate(i *GitHubIssue, name string, by *User) (Outcome, error) {
	if len(i.Items) == 0 {
		for _, p := range s.GitHubProjects {
			if strings.EqualFold(p.Owner, i.Repo.Owner) && iterationField(p) != nil {
				s.AddCard(p, i, nil, by)
				break
			}
		}
	}
	var names []string
	for _, card := range i.Items {
		f := iterationField(card.Project)
		if f == nil {
			continue
		}
		if name == "" {
			s.ClearValue(card, f)
			return Outcome{Detail: "backlog"}, nil
		}
		it := f.Iteration(name)
		if n, ok := distance(name); ok {
			it = nil
			for k, o := range f.Iterations {
				if !s.Now().Before(o.Start) && s.Now().Before(o.End()) && k+n >= 0 && k+n < len(f.Iterations) {
					it = f.Iterations[k+n]
				}
			}
		}
		for _, o := range f.Iterations {
			names = append(names, o.Title)
		}
		if it != nil {
			s.SetValue(card, Value{Field: f, Iteration: it})
			return Outcome{Detail: it.Title}, nil
		}
	}
	return Outcome{}, &BadMutation{Text: "no iteration " + strconv.Quote(name) + " for " + i.Handle(), Allowed: names}
}

func iterationField(p *GitHubProject) *ProjectField {
	for _, f := range p.Fields {
		if f.Type == "ITERATION" {
			return f
		}
	}
	return nil
}

// distance reads "active", "next" and "+2" as steps from the running sprint.
func distance(name string) (int, bool) {
	switch lower(name) {
	case "active", "current":
		return 0, true
	case "next":
		return 1, true
	}
	if strings.HasPrefix(name, "+") || strings.HasPrefix(name, "-") {
		if n, err := strconv.Atoi(name); err == nil {
			return n, true
		}
	}
	return 0, false
}

// windowOf is when an item is planned: its sprint's span; zero: it is not.
func windowOf(it Item) (start, end time.Time) {
	switch i := it.(type) {
	case *JiraIssue:
		if sp := i.Sprint(); sp != nil {
			return sp.Start, sp.End
		}
	case *GitHubIssue:
		for _, card := range i.Items {
			for _, v := range card.Values {
				if v.Iteration != nil {
					return v.Iteration.Start, v.Iteration.End()
				}
			}
		}
	}
	return time.Time{}, time.Time{}
}
