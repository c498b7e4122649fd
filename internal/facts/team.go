package facts

import (
	"slices"
	"strings"
	"unicode/utf8"

	"strata/internal/work"
)

// Evidence is a kind of mark by which an item is a team's.
type Evidence int

// The kinds of evidence, as the config's rules name them.
const (
	Field Evidence = iota
	Component
	Label
	Repository
	Project
	Group
	Assignee
	evidences
)

var evidenceNames = [evidences]string{"field", "component", "label", "repository", "project", "group", "assignee"}

// String is the kind as the config writes it.
func (e Evidence) String() string { return evidenceNames[e] }

// groups are the kinds of evidence by strength, the strongest first. The first
// group of which a mark names a team decides alone; what its marks name is all kept.
var groups = [][]Evidence{{Field}, {Component, Label}, {Repository, Project}, {Group, Assignee}}

// evidence returns what a rule looks at, and the value that it wants.
func (m Match) evidence() (Evidence, string) {
	for e, value := range [evidences]string{m.Field, m.Component, m.Label, m.Repository, m.Project, m.Group, m.Assignee} {
		if value != "" {
			return Evidence(e), value
		}
	}
	return Field, ""
}

// marks returns an item's values of a kind. One is the room for a kind that has one value.
func marks(r *work.Record, e Evidence, one *[1]string) []string {
	switch e {
	case Field:
		return r.Team
	case Component:
		return r.Components
	case Label:
		return r.Labels
	case Group:
		return r.Groups
	case Assignee:
		one[0] = r.Assignee
	default: // a repository has a slash in its name, a project's key has none
		if strings.Contains(r.Project, "/") != (e == Repository) {
			return nil
		}
		one[0] = r.Project
	}
	if one[0] == "" {
		return nil
	}
	return one[:]
}

// spelled is a value as values are compared: without case, and with single spaces.
func spelled(value string) string {
	for i := range len(value) {
		if c := value[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' || c <= ' ' {
			return strings.ToLower(strings.Join(strings.Fields(value), " "))
		}
	}
	return value
}

// matcher finds owners among rules, in one look-up a value.
type matcher struct {
	// rules holds for each kind what a value names: places in the config's order.
	rules [evidences]map[string][]int
}

// add notes a rule of the place-th team or objective.
func (m *matcher) add(rule Match, place int) {
	kind, value := rule.evidence()
	if value = spelled(value); value == "" {
		return
	}
	if m.rules[kind] == nil {
		m.rules[kind] = map[string][]int{}
	}
	if !slices.Contains(m.rules[kind][value], place) {
		m.rules[kind][value] = append(m.rules[kind][value], place)
	}
}

// Proof is a mark of an item that names a team.
type Proof struct {
	Evidence Evidence
	Value    string // as the tracker writes it
	place    int
}

// match appends the proofs of the strongest group of evidence that names any.
func (m *matcher) match(r *work.Record, proofs []Proof) []Proof {
	var one [1]string
	for _, group := range groups {
		for _, kind := range group {
			rules := m.rules[kind]
			if len(rules) == 0 {
				continue
			}
			for _, value := range marks(r, kind, &one) {
				for _, place := range rules[spelled(value)] {
					proofs = append(proofs, Proof{kind, value, place})
				}
			}
		}
		if len(proofs) > 0 {
			return proofs
		}
	}
	return proofs
}

// places returns which teams or objectives proofs name, in the config's order.
func places(proofs []Proof) []int {
	if len(proofs) == 1 {
		return []int{proofs[0].place}
	}
	found := make([]int, len(proofs))
	for i, proof := range proofs {
		found[i] = proof.place
	}
	slices.Sort(found)
	return slices.Compact(found)
}
