package markup

import "strings"

// step is a kind of line in a scenario: Given, When, Then, and what goes on from one.
type step int

const (
	noStep step = iota
	given
	when
	then
	further // And, But, *: only after another step
)

// stepWords begin the steps of scenarios, in lower case, as Gherkin has them in
// the languages of the usual headings. Longer ones are looked at first.
var stepWords = map[string]step{
	"given": given, "when": when, "then": then, "and": further, "but": further,
	"angenommen": given, "gegeben": given, "wenn": when, "dann": then, "und": further, "aber": further,
	"étant": given, "etant": given, "soit": given, "sachant": given, "quand": when, "lorsque": when, "lorsqu'": when, "alors": then, "donc": then, "et": further, "mais": further,
	"dado": given, "dada": given, "dados": given, "dadas": given, "cuando": when, "entonces": then, "y": further, "pero": further,
	"quando": when, "então": then, "entao": then, "e": further, "mas": further,
	"dato": given, "data": given, "dati": given, "date": given, "allora": then, "ma": further,
	"gegeven": given, "stel": given, "als": when, "wanneer": when, "dan": then, "en": further, "maar": further,
	"zakładając": given, "mając": given, "jeżeli": when, "jeśli": when, "gdy": when, "kiedy": when, "wtedy": then, "oraz": further, "i": further, "ale": further,
}

// stepSigns begin the steps in scripts without spaces between words.
var stepSigns = []struct {
	sign string
	step step
}{
	{"假如", given}, {"假设", given}, {"假定", given}, {"假設", given}, {"给定", given}, {"前提", given}, {"当", when}, {"當", when}, {"もし", when},
	{"那么", then}, {"那麼", then}, {"则", then}, {"ならば", then}, {"而且", further}, {"并且", further}, {"同时", further}, {"但是", further},
	{"並且", further}, {"かつ", further}, {"しかし", further}, {"但し", further}, {"ただし", further},
}

// stepOf says which step of a scenario text is. What goes on from one counts only
// after another step.
func stepOf(text string, after bool) step {
	if text == "" {
		return noStep
	}
	word, rest, _ := strings.Cut(text, " ")
	if len(word) <= 14 {
		switch kind := stepWords[strings.ToLower(strings.TrimRight(word, ":,"))]; {
		case kind == noStep:
		case kind == further && !after, strings.TrimSpace(rest) == "":
			return noStep
		default:
			return kind
		}
	}
	if text[0] < 0x80 {
		return noStep
	}
	for _, s := range stepSigns {
		if rest, ok := strings.CutPrefix(text, s.sign); ok {
			if s.step == further && !after || strings.Trim(rest, " :：、，,") == "" {
				return noStep
			}
			return s.step
		}
	}
	return noStep
}

// stepsSeen says which steps a text outside of all sections has. A condition may
// stand far above what follows from it; an event alone is a step only where the two
// stand in one paragraph, for people begin their tales like that too.
type stepsSeen struct{ given, when, then bool }

func (s *stepsSeen) take(kind step) {
	switch kind {
	case given:
		s.given = true
	case when:
		s.when = true
	case then:
		s.then = s.then || s.given || s.when
	}
}

// paragraph says that another paragraph begins.
func (s *stepsSeen) paragraph() { s.when = false }

// whole says whether the steps make a scenario: a condition and what follows from it.
func (s *stepsSeen) whole() bool { return s.then }
