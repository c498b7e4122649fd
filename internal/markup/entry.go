package markup

import (
	"strings"
	"unicode"

	"strata/internal/work"
)

// A section keeps no more than this; a check never needs more.
const (
	maxEntries = 200
	maxEntry   = 300 // runes
	maxProse   = 400 // runes
)

// collected is a section while it is read.
type collected struct {
	reader   *Reader
	got      work.Section
	none     bool
	scenario bool // the line before was Given, When or Then
	taken    bool // the line before became an entry
}

// section returns what was read. None holds only where nothing else is said.
func (c *collected) section() work.Section {
	c.got.None = c.none && len(c.got.Entries) == 0 && c.got.Prose == ""
	return c.got
}

// line takes a line of the section.
func (c *collected) line(role role, stream string) {
	box, stream := splitBox(stream)
	text := visible(stream)
	step := role != entry && scenarioStep(text, c.scenario || role == gherkin)
	c.scenario, c.taken = step, false
	isEntry := role == entry || step || box != noBox
	switch {
	case template(text) && !c.promise(text):
	case len(text) < 40 && nothing[normal(text)] || text == "-" || text == "–":
		c.none = true
	case isEntry:
		if c.promise(text) {
			c.got.ToBeDone = true
		}
		if box == unchecked {
			c.got.Unchecked++
		}
		if len(c.got.Entries) < maxEntries {
			c.got.Entries = append(c.got.Entries, Shorten(text, maxEntry))
			c.taken = true
		}
	case role == gherkin: // Feature, Scenario, Examples
	case c.promise(text):
		c.got.ToBeDone = true
	case len(c.got.Prose) < maxProse:
		c.got.Prose = Shorten(strings.TrimSpace(c.got.Prose+" "+text), maxProse)
	}
}

// goOn takes a further line of the entry before.
func (c *collected) goOn(stream string) {
	text := visible(stream)
	if n := len(c.got.Entries); c.taken && text != "" {
		c.got.Entries[n-1] = Shorten(c.got.Entries[n-1]+" "+text, maxEntry)
		c.got.ToBeDone = c.got.ToBeDone || c.promise(text)
	}
}

// promise says whether text is, or in capitals holds, a word that promises to
// write something. "Todo list shows done items" is none.
func (c *collected) promise(text string) bool {
	for _, word := range c.reader.todo {
		if word == "" {
			continue
		}
		if len(text) >= len(word) && strings.EqualFold(text[:len(word)], word) {
			after := strings.TrimLeft(text[len(word):], " ")
			if after == "" || unicode.IsPunct(firstRune(after)) {
				return true
			}
		}
		if strings.ToUpper(word) == word && holdsWord(text, word) {
			return true
		}
	}
	return false
}

// holdsWord says whether text holds word with nothing but signs and spaces around it.
func holdsWord(text, word string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		i += from
		if !wordRune(lastRune(text[:i])) && !wordRune(firstRune(text[i+len(word):])) {
			return true
		}
		from = i + len(word)
	}
}

// nothing holds the ways to say that a section has no content, in normal form.
var nothing = set("none", "no", "nothing", "n a", "na", "nil", "not applicable", "none known", "none so far", "no dependencies", "no dependency",
	"no known dependencies", "no open questions", "no questions", "no external dependencies",
	"keine", "keine abhängigkeiten", "keine offenen fragen", "nichts", "entfällt", "keine bekannt")

// scenarioStep says whether text is a step of a scenario. And and But count only after another step.
func scenarioStep(text string, after bool) bool {
	word, rest, _ := strings.Cut(text, " ")
	switch strings.ToLower(strings.TrimRight(word, ":,")) {
	case "given", "when", "then", "angenommen", "gegeben", "wenn", "dann":
		return rest != ""
	case "and", "but", "und", "aber":
		return after && rest != ""
	}
	return false
}

// template says whether text is what a template left to fill in, or no words at all.
func template(text string) bool {
	if strings.IndexFunc(text, wordRune) < 0 {
		return text != "-" && text != "–"
	}
	lower := strings.ToLower(strings.TrimRight(text, ".…: "))
	for _, pair := range []string{"<>", "[]", "{}"} {
		if lower[0] == pair[0] && lower[len(lower)-1] == pair[1] && !strings.ContainsAny(lower[1:len(lower)-1], pair) {
			return true
		}
	}
	if strings.HasPrefix(lower, "{{") && strings.HasSuffix(lower, "}}") || placeholders(lower) >= 2 || strings.HasPrefix(lower, "lorem ipsum") {
		return true
	}
	if first, _, _ := strings.Cut(lower, " "); len(lower) > 120 || !templateWords[first] {
		return false
	}
	words := strings.Fields(normal(lower))
	if len(words) == 0 {
		return false
	}
	switch words[0] {
	case "please":
		words = words[1:]
	case "criterion", "criteria", "item", "question", "deliverable", "kriterium":
		return len(words) == 1 || len(words) == 2 && (number(words[1]) > 0 || len(words[1]) == 1)
	}
	if len(words) < 2 || len(words) > 12 {
		return false
	}
	switch words[0] {
	case "describe", "list", "add", "enter", "fill", "write", "insert", "specify":
		last := words[len(words)-1]
		return last == "here" || last == "below" || last == "in" && words[0] == "fill"
	}
	return false
}

// templateWords begin what templates say.
var templateWords = set("please", "criterion", "criteria", "item", "question", "deliverable", "kriterium",
	"describe", "list", "add", "enter", "fill", "write", "insert", "specify")

// placeholders counts <words> and [words] in text: "As a <role>, I want <goal>".
func placeholders(text string) int {
	n := 0
	for _, pair := range []string{"<>", "[]"} {
		rest := text
		for {
			start := strings.IndexByte(rest, pair[0])
			if start < 0 {
				break
			}
			rest = rest[start+1:]
			end := strings.IndexByte(rest, pair[1])
			if end < 0 {
				break
			}
			if end >= 3 && end <= 40 && !strings.ContainsAny(rest[:end], "/=0123456789") {
				n++
			}
			rest = rest[end+1:]
		}
	}
	return n
}

type box int

const (
	noBox box = iota
	unchecked
	checked
)

// splitBox takes the checkbox from the beginning of an entry: [ ], [x], ☐, and Jira's (/) and (x).
func splitBox(stream string) (box, string) {
	text := strings.TrimLeft(stream, " \t")
	for _, mark := range []struct {
		sign string
		box  box
	}{
		{"[ ]", unchecked}, {"[]", unchecked}, {"☐", unchecked}, {"(x)", unchecked}, {"❌", unchecked},
		{"[x]", checked}, {"[X]", checked}, {"☑", checked}, {"☒", checked}, {"✅", checked}, {"✔", checked}, {"(/)", checked},
	} {
		if rest, ok := strings.CutPrefix(text, mark.sign); ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
			return mark.box, strings.TrimSpace(rest)
		}
	}
	return noBox, stream
}
