package facts

import (
	"strings"

	"strata/internal/work"
)

// evidence is a kind of proof that an item is a team's, the strongest first.
type evidence int

const (
	byField evidence = iota
	byComponentOrLabel
	byRepositoryOrProject
	byAssignee
	evidences
)

// matcher finds owners among rules, in one look-up a value.
type matcher struct {
	// rules holds, for each kind of evidence, what a value names: places in the config's order.
	rules [evidences]map[string][]int
}

// The prefixes keep a label from matching a component's rule.
const (
	componentRule = "component\x00"
	labelRule     = "label\x00"
	repoRule      = "repository\x00"
	projectRule   = "project\x00"
)

// add notes a rule of the place-th team or objective.
func (m *matcher) add(rule Match, place int) {
	var kind evidence
	var value string
	switch {
	case rule.Field != "":
		kind, value = byField, rule.Field
	case rule.Component != "":
		kind, value = byComponentOrLabel, componentRule+rule.Component
	case rule.Label != "":
		kind, value = byComponentOrLabel, labelRule+rule.Label
	case rule.Repository != "":
		kind, value = byRepositoryOrProject, repoRule+rule.Repository
	case rule.Project != "":
		kind, value = byRepositoryOrProject, projectRule+rule.Project
	case rule.Assignee != "":
		kind, value = byAssignee, rule.Assignee
	default:
		return
	}
	if m.rules[kind] == nil {
		m.rules[kind] = map[string][]int{}
	}
	value = strings.ToLower(value)
	m.rules[kind][value] = append(m.rules[kind][value], place)
}

// match returns which of n places the strongest evidence names, in the config's
// order: the first kind of evidence that names any decides alone.
func (m *matcher) match(r *work.Record, n int) []int {
	for kind := range evidences {
		rules := m.rules[kind]
		if len(rules) == 0 {
			continue
		}
		var found []bool
		look := func(prefix string, values ...string) {
			for _, value := range values {
				for _, place := range rules[strings.ToLower(prefix+value)] {
					if found == nil {
						found = make([]bool, n)
					}
					found[place] = true
				}
			}
		}
		switch kind {
		case byField:
			look("", r.Team...)
		case byComponentOrLabel:
			look(componentRule, r.Components...)
			look(labelRule, r.Labels...)
		case byRepositoryOrProject:
			look(repoRule, r.Project)
			look(projectRule, r.Project)
		case byAssignee:
			look("", r.Assignee)
		}
		if found != nil {
			var places []int
			for place, ok := range found {
				if ok {
					places = append(places, place)
				}
			}
			return places
		}
	}
	return nil
}
