package facts

import (
	"slices"
	"strings"
	"unicode"

	"github.com/agnivade/levenshtein"

	"strata/internal/work"
)

// owners finds the teams of items and the reasons where there is none.
type owners struct {
	matcher
	teams []work.TeamID
	// sole holds for each team the list of it alone, places the numbers from 0 on:
	// both are lent to all items that one team owns.
	sole   [][]work.TeamID
	places []int
	asked  []Evidence
	rules  []rule
	proofs map[Proof]*Proof // few proofs make many items a team's
	// known holds what was said of a mark before: few marks stand on many items.
	known map[rule]Miss
}

// rule is a value of a kind, as the config writes it.
type rule struct {
	kind  Evidence
	value string
}

func newOwners(teams []TeamConfig) owners {
	o := owners{proofs: map[Proof]*Proof{}, known: map[rule]Miss{}}
	for place, team := range teams {
		o.teams = append(o.teams, work.TeamID(team.Name))
		o.sole = append(o.sole, []work.TeamID{work.TeamID(team.Name)})
		o.places = append(o.places, place)
		for _, match := range team.Match {
			o.add(match, place)
			kind, value := match.evidence()
			o.rules = append(o.rules, rule{kind, value})
		}
	}
	for kind := range evidences {
		if o.matcher.rules[kind] != nil {
			o.asked = append(o.asked, kind)
		}
	}
	return o
}

// shared returns the one copy of a proof.
func (o *owners) shared(proof Proof) *Proof {
	if known := o.proofs[proof]; known != nil {
		return known
	}
	if len(o.proofs) < mostKnown {
		o.proofs[proof] = &proof
	}
	return &proof
}

// misses looks at a record's marks of the kinds that rules ask about.
func (o *owners) misses(r *work.Record) (misses []Miss) {
	var one [1]string
	for _, kind := range o.asked {
		for _, value := range marks(r, kind, &one) {
			misses = append(misses, o.miss(kind, value))
		}
	}
	return misses
}

// reason says why a record without a team has none.
func (o *owners) reason(misses []Miss) work.Unowned {
	switch {
	case slices.ContainsFunc(misses, func(m Miss) bool { return m.Team != "" }):
		return work.Misspelt
	case len(misses) > 0:
		return work.Unrecognised
	}
	return work.Unmarked
}

// mostKnown bounds what is remembered of marks, however many a tracker has.
const mostKnown = 10_000

// miss finds what a mark may have meant: a rule of another kind with the very
// value, a rule of its kind that is a slip away, a team of that name.
func (o *owners) miss(kind Evidence, value string) Miss {
	if m, ok := o.known[rule{kind, value}]; ok {
		return m
	}
	m := Miss{Evidence: kind, Value: value}
	plain := spelled(value)
	best := 3
	for _, rule := range o.rules {
		want := spelled(rule.value)
		distance := best
		switch {
		case rule.kind != kind && want == plain:
			distance = 0
		case rule.kind == kind && kind != Repository && kind != Project && kind != Assignee:
			distance = slip(plain, want)
		}
		if distance < best {
			best = distance
			m.Near, m.Kind, m.Team = rule.value, rule.kind, o.teams[o.matcher.rules[rule.kind][want][0]]
		}
	}
	if m.Team == "" {
		for _, team := range o.teams {
			if spelled(string(team)) == plain {
				m.Team = team
				break
			}
		}
	}
	if len(o.known) < mostKnown {
		o.known[rule{kind, value}] = m
	}
	return m
}

// slip returns how far two words are apart when one may be a slip of the other:
// a letter or two wrong, letters swapped, another sign between the words. Else 3.
func slip(a, b string) int {
	const none = 3
	ra, rb := []rune(a), []rune(b)
	short := min(len(ra), len(rb))
	if short < 2 || max(len(ra), len(rb))-short > 2 || short > 64 {
		return none
	}
	switch bareA, bareB := bare(a), bare(b); {
	case bareA == bareB:
		return 1
	case letters(bareA) == letters(bareB):
		return none // team-1 is another one than team-2
	}
	distance := levenshtein.ComputeDistance(a, b)
	switch {
	case distance == 1 && short > 2, distance == 2 && short > 4:
		return distance
	case distance == 2 && len(ra) == len(rb) && short > 2:
		slices.Sort(ra)
		slices.Sort(rb)
		if slices.Equal(ra, rb) {
			return 2
		}
	}
	return none
}

// bare is a word without what people put between words.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_ ./:", r) {
			return -1
		}
		return r
	}, text)
}

// letters is a word without its numbers.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, text)
}
