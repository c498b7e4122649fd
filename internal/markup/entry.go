package markup

import (
	"strings"

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
	scenario bool // the line before was a step of a scenario
	taken    bool // the line before became an entry
	dropped  bool // the line before was a template's
}

// section returns what was read. None holds only where nothing else is said.
func (c *collected) section() work.Section {
	c.got.None = c.none && len(c.got.Entries) == 0 && c.got.Prose == ""
	return c.got
}

// line takes a line of the section.
func (c *collected) line(role role, l spoken) {
	text := l.text
	step := role != entry && stepOf(text, c.scenario || role == gherkin) != noStep
	c.scenario, c.taken, c.dropped = step, false, false
	promised := c.reader.promises.in(text)
	switch {
	case text == "-" || text == "–" || text == "—" || saysNone(text) != "":
		c.none = true
	case !promised && template(text):
		c.dropped = true
		c.got.Template = c.got.Template || text != ""
	case role == entry || step || l.box != noBox:
		c.got.ToBeDone = c.got.ToBeDone || promised
		c.tick(l.box)
		if len(c.got.Entries) < maxEntries {
			c.got.Entries = append(c.got.Entries, Shorten(text, maxEntry))
			c.taken = true
		}
	case role == gherkin: // Feature, Scenario, Examples
	case promised:
		c.got.ToBeDone = true
	case len(c.got.Prose) < maxProse:
		c.got.Prose = Shorten(strings.TrimSpace(c.got.Prose+" "+text), maxProse)
	}
}

func (c *collected) tick(b box) {
	switch b {
	case unchecked:
		c.got.Unchecked++
	case checked:
		c.got.Checked++
	}
}

// goOn takes a further line of the entry before.
func (c *collected) goOn(text string) {
	if c.dropped = text != "" && template(text); c.dropped || !c.taken || text == "" {
		return
	}
	n := len(c.got.Entries)
	c.got.Entries[n-1] = Shorten(c.got.Entries[n-1]+" "+text, maxEntry)
	c.got.ToBeDone = c.got.ToBeDone || c.reader.promises.in(text)
}

// row takes a table's row as one entry: its cells with words of their own.
func (c *collected) row(cells []string) {
	var said []string
	var ticked box
	for i, cell := range cells {
		l := spoke(cell)
		if l.box != noBox {
			ticked = l.box
		}
		switch {
		case !c.reader.promises.in(l.text) && template(l.text):
			c.got.Template = c.got.Template || l.text != ""
		case i == 0 && len(cells) > 1 && number(l.text) > 0: // the row's number
		default:
			said = append(said, l.text)
		}
	}
	if len(said) > 0 {
		c.line(entry, spoken{box: ticked, text: strings.Join(said, " – ")})
	}
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

type box int

const (
	noBox box = iota
	unchecked
	checked
)

// boxes are how a checkbox is written: Markdown's, Jira's (/) and (x), and signs.
var boxes = []struct {
	sign string
	box  box
}{
	{"[ ]", unchecked}, {"[]", unchecked}, {"☐", unchecked}, {"□", unchecked}, {"⬜", unchecked}, {"(x)", unchecked}, {"❌", unchecked}, {"(off)", unchecked},
	{"[x]", checked}, {"[X]", checked}, {"☑", checked}, {"☒", checked}, {"✅", checked}, {"✔", checked}, {"(/)", checked}, {"(on)", checked},
}

// splitBox takes the checkbox from the beginning of an entry.
func splitBox(stream string) (box, string) {
	text := strings.TrimLeft(stream, " \t")
	if text == "" || wordByte(text[0]) {
		return noBox, stream
	}
	for _, mark := range boxes {
		rest, ok := strings.CutPrefix(text, mark.sign)
		rest = strings.TrimPrefix(rest, "\ufe0f") // shown as a picture
		if ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
			return mark.box, strings.TrimSpace(rest)
		}
	}
	return noBox, stream
}
