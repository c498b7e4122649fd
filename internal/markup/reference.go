package markup

import (
	"cmp"
	"slices"
	"strings"

	"strata/internal/work"
)

// Reference is an item that a text names in a phrase of dependency. Exactly one
// of Key, URL and Number is set.
type Reference struct {
	// Kind is Waits ("blocked by X", "depends on X", "waits for X") or Blocks ("blocks X").
	Kind work.LinkKind
	Key  string // "WEB-12", "acme/api#7"
	URL  string // the page of an item, without query and fragment
	// Number is an issue of the same repository: "#7". Only Markdown has these.
	Number int
}

// References finds the phrases of dependency in a text, outside code and quotes,
// sorted and each once. What is not certain is left out: a negation ("not blocked
// by"), a past ("was blocked by"), a condition, a question, a choice ("#7 or
// #8"), another subject ("WEB-5 depends on WEB-7"), a lower-case key.
//
// Struck-out words do not count; a ticked box does, because whether the blocker
// is settled is the blocker's own matter.
func References(dialect work.Dialect, text string) []Reference {
	if !mayRefer(text) {
		return nil
	}
	return Parse(dialect, text).References()
}

// References is the function of that name for a text that was read already.
func (t Writing) References() []Reference {
	if !mayRefer(t.source) {
		return nil
	}
	var out []Reference
	var pending work.LinkKind // of a heading or line that was a phrase alone
	underHeading := false
	for _, b := range t.blocks {
		if b.role == gherkin || b.html {
			continue
		}
		_, stream := splitBox(b.stream)
		p := phrases{tokens: tokens(stream, t.dialect)}
		if pending != "" && (b.role == entry || (b.role == prose || b.role == row) && underHeading) {
			if refs := p.list(0); len(refs) > 0 {
				out = p.take(out, pending, refs)
			}
		} else {
			pending = ""
		}
		found, alone := p.find()
		out = append(out, found...)
		if alone != "" && b.role != entry {
			pending, underHeading = alone, b.role == heading
		}
	}
	slices.SortFunc(out, compareReferences)
	return slices.Compact(out)
}

// mayRefer spares texts without any word of dependency, which are most, the reading.
func mayRefer(text string) bool {
	for i := range len(text) {
		for _, word := range phraseRoots[text[i]|0x20] {
			if len(text)-i >= len(word) && strings.EqualFold(text[i:i+len(word)], word) {
				return true
			}
		}
	}
	return false
}

// phraseRoots are in every phrase of dependency, by their first letter.
var phraseRoots = [256][]string{'b': {"block"}, 'd': {"depend"}, 'w': {"wait"}}

func compareReferences(a, b Reference) int {
	return cmp.Or(
		strings.Compare(string(a.Kind), string(b.Kind)),
		strings.Compare(a.Key, b.Key),
		strings.Compare(a.URL, b.URL),
		cmp.Compare(a.Number, b.Number),
	)
}
