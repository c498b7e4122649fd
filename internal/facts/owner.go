package facts

import (
	"fmt"
	"slices"
	"strings"

	"strata/internal/markup"
	"strata/internal/work"
)

// Ownership is why an item is a team's, several teams', or nobody's.
type Ownership struct {
	Teams []work.TeamID
	// Reason is why there is not exactly one team.
	Reason work.Unowned
	// Proofs are the marks that name the teams, all of the strongest group of evidence.
	Proofs []Proof
	// Parent is the item from which a sub-task has its team.
	Parent work.Ref
	// Misses are marks that rules look at and that name no team.
	Misses []Miss

	asked []Evidence // what the rules look at
	teams []work.TeamID
	key   string // of the parent
}

// Miss is a mark that names no team, and what may have been meant.
type Miss struct {
	Evidence Evidence
	Value    string
	// Near is a rule's value that is almost the same, or the same of another kind
	// of evidence; "" when nothing is near.
	Near string
	Kind Evidence // of the rule
	// Team is whose rule it is; with an empty Near it is a team of that very name
	// that has no such rule.
	Team work.TeamID
}

// Why says in words how the item came to its teams, or why it came to none.
func (o Ownership) Why() string {
	switch {
	case !o.Parent.IsZero():
		return fmt.Sprintf("from its parent %s", o.key)
	case o.Reason == work.Owned && len(o.Proofs) > 0:
		return "by " + strings.Join(o.words(func(p Proof) string { return mark(p.Evidence, p.Value) }), " and ")
	case o.Reason == work.Contested:
		return strings.Join(o.words(func(p Proof) string { return mark(p.Evidence, p.Value) + " is " + string(o.teams[p.place]) + "'s" }), ", ")
	}
	var parts []string
	for _, miss := range o.Misses {
		if miss.Evidence != Label || miss.Team != "" {
			parts = append(parts, miss.Words())
		}
	}
	if len(parts) > 0 {
		return strings.Join(parts, "; ")
	}
	if len(o.Misses) > 0 {
		names := make([]string, 0, len(o.Misses))
		for _, miss := range o.Misses {
			names = append(names, quoted(miss.Value))
		}
		return "none of its labels is a team's: " + some(names)
	}
	if len(o.asked) == 0 {
		return "the config has no rules for teams"
	}
	kinds := make([]string, len(o.asked))
	for i, kind := range o.asked {
		kinds[i] = kind.String()
	}
	return "it has no " + strings.Join(kinds, ", no ") + " to go by"
}

func (o Ownership) words(say func(Proof) string) []string {
	var out []string
	for _, proof := range o.Proofs {
		if text := say(proof); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

// Words says what the mark is not, and what may have been meant.
func (m Miss) Words() string {
	text := mark(m.Evidence, m.Value) + " is no team's"
	switch {
	case m.Team == "":
		return text
	case m.Near == "":
		return fmt.Sprintf("%s; team %s has no rule for it", text, m.Team)
	case m.Kind != m.Evidence:
		return fmt.Sprintf("%s; %s is %s's", text, mark(m.Kind, m.Near), m.Team)
	case spelled(m.Near) == spelled(string(m.Team)):
		return fmt.Sprintf("%s; did you mean %s?", text, m.Near)
	}
	return fmt.Sprintf("%s; did you mean %s, which is %s's?", text, m.Near, m.Team)
}

func mark(kind Evidence, value string) string { return kind.String() + " " + quoted(value) }

// quoted shows a tracker's value on one line.
func quoted(value string) string { return `"` + markup.Shorten(markup.Clean(value), 60) + `"` }

// some joins the first few of a list.
func some(list []string) string {
	const few = 5
	if len(list) > few {
		return fmt.Sprintf("%s and %d more", strings.Join(list[:few], ", "), len(list)-few)
	}
	return strings.Join(list, ", ")
}
