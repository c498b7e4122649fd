package jirasim

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

// says compares a value of the query with an entry's id or name, in English or
// in the asker's language.
func (k *compiler) says(a ask, id int64, name string) bool {
	text := a.value.Value()
	return strings.EqualFold(name, text) || strings.EqualFold(k.c.tongue(name), text) || strconv.FormatInt(id, 10) == text
}

func matchStatus(k *compiler, a ask) (part, error) {
	ids := k.statuses(a)
	if len(ids) == 0 || a.call() != "" {
		return part{}, a.unknown()
	}
	return part{holds: func(i *world.JiraIssue) bool { return slices.Contains(ids, i.Status.ID) }}, nil
}

// statuses are the ids that a value names: two workflows may use one name.
func (k *compiler) statuses(a ask) []int64 {
	var ids []int64
	for _, s := range k.st.Statuses {
		if k.says(a, s.ID, s.Name) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

func matchCategory(k *compiler, a ask) (part, error) {
	if a.call() != "" {
		return part{}, a.unfit()
	}
	for key, c := range categories {
		if k.says(a, int64(c.id), c.name) || strings.EqualFold(key, a.value.Value()) {
			return part{holds: func(i *world.JiraIssue) bool { return i.Status.Category == key }}, nil
		}
	}
	return part{}, a.unknown()
}

func matchType(k *compiler, a ask) (part, error) {
	switch a.call() {
	case "subtaskissuetypes":
		return part{holds: func(i *world.JiraIssue) bool { return i.Type.Subtask }}, nil
	case "standardissuetypes":
		return part{holds: func(i *world.JiraIssue) bool { return !i.Type.Subtask }}, nil
	case "":
		var ids []int64
		for _, t := range k.st.Types {
			if k.says(a, t.ID, t.Name) {
				ids = append(ids, t.ID)
			}
		}
		if len(ids) == 0 {
			return part{}, a.unknown()
		}
		return part{holds: func(i *world.JiraIssue) bool { return slices.Contains(ids, i.Type.ID) }}, nil
	}
	return part{}, a.unfit()
}

func matchResolution(k *compiler, a ask) (part, error) {
	if a.call() != "" {
		return part{}, a.unfit()
	}
	if strings.EqualFold(a.value.Value(), "unresolved") {
		return part{holds: func(i *world.JiraIssue) bool { return i.Resolution == nil }}, nil
	}
	return k.named(a, k.st.Resolutions, func(i *world.JiraIssue) *world.Named { return i.Resolution }, 1)
}

// matchPriority orders by importance: the highest has the lowest id.
func matchPriority(k *compiler, a ask) (part, error) {
	if a.call() != "" {
		return part{}, a.unfit()
	}
	return k.named(a, k.st.Priorities, func(i *world.JiraIssue) *world.Named { return i.Priority }, -1)
}

func (k *compiler) named(a ask, all []*world.Named, of func(*world.JiraIssue) *world.Named, sign int) (part, error) {
	at := slices.IndexFunc(all, func(n *world.Named) bool { return k.says(a, n.ID, n.Name) })
	if at < 0 {
		return part{}, a.unknown()
	}
	id := all[at].ID
	return part{holds: func(i *world.JiraIssue) bool {
		have := of(i)
		return have != nil && ordered(a.op, sign*cmp.Compare(have.ID, id))
	}}, nil
}

// matchLabels takes any word: a label that nobody used is one that nobody has.
func matchLabels(_ *compiler, a ask) (part, error) {
	if a.call() != "" {
		return part{}, a.unfit()
	}
	want := a.value.Value()
	return part{holds: func(i *world.JiraIssue) bool {
		return slices.ContainsFunc(i.Labels, func(have string) bool { return strings.EqualFold(have, want) })
	}}, nil
}

// matchComponent knows components by name and id, of whatever project.
func matchComponent(k *compiler, a ask) (part, error) {
	if a.call() != "" {
		return part{}, a.unfit()
	}
	found := false
	id, _ := strconv.ParseInt(a.value.Value(), 10, 64) // 0: a name
	name := a.value.Value()
	for _, p := range k.st.Projects {
		for _, c := range p.Components {
			found = found || k.c.seesProject(p) && k.says(a, c.ID, c.Name)
			if c.ID == id {
				name = c.Name
			}
		}
	}
	if !found {
		return part{}, a.unknown()
	}
	return part{holds: func(i *world.JiraIssue) bool {
		return slices.ContainsFunc(i.Components, func(have string) bool { return strings.EqualFold(have, name) })
	}}, nil
}

func matchLevel(k *compiler, a ask) (part, error) {
	for _, p := range k.st.Projects {
		for _, l := range p.Levels {
			if k.says(a, l.ID, l.Name) && a.call() == "" {
				return part{holds: func(i *world.JiraIssue) bool {
					return i.Rare().Level != nil && k.says(a, i.Rare().Level.ID, i.Rare().Level.Name)
				}}, nil
			}
		}
	}
	return part{}, a.unknown()
}

// teamsOf are the names and ids that an issue's team goes by.
func teamsOf(i *world.JiraIssue) []string {
	if i.Team != "" {
		return []string{i.Team, "team-" + i.Team}
	}
	raw, _ := i.Value(world.TeamFieldID)
	return plainValues(raw)
}

// matchTeam knows a team by name, or by the id that Cloud gives it.
func matchTeam(_ *compiler, a ask) (part, error) {
	if a.call() != "" {
		return part{}, a.unfit()
	}
	want := a.value.Value()
	return part{holds: func(i *world.JiraIssue) bool {
		return slices.ContainsFunc(teamsOf(i), func(have string) bool { return strings.EqualFold(have, want) })
	}}, nil
}

// matchSprint knows ids, names and the three functions of sprints by state.
func matchSprint(k *compiler, a ask) (part, error) {
	in := func(f func(*world.Sprint) bool) (part, error) {
		return part{holds: func(i *world.JiraIssue) bool { return slices.ContainsFunc(i.Sprints, f) }}, nil
	}
	if a.call() != "" {
		state := map[string]string{"opensprints": world.Active, "futuresprints": world.Future, "closedsprints": world.Closed}[a.call()]
		if state == "" {
			return part{}, a.unfit()
		}
		return in(func(s *world.Sprint) bool { return s.State == state })
	}
	var named []*world.Sprint
	for _, s := range k.st.Sprints {
		if strings.EqualFold(s.Name, a.value.Value()) || strconv.FormatInt(s.ID, 10) == a.value.Value() {
			named = append(named, s)
		}
	}
	if len(named) == 0 {
		what := "name"
		if _, err := strconv.ParseInt(a.value.Value(), 10, 64); err == nil {
			what = "id"
		}
		return part{}, badJQL("Sprint with %s '%s' does not exist or you do not have permission to view it.", what, a.value.Value())
	}
	return in(func(s *world.Sprint) bool { return slices.Contains(named, s) })
}
