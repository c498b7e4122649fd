package markup

import "strata/internal/work"

// Headings are the words that begin each section, in the languages people write.
type Headings map[work.SectionName][]string

// Reader reads sections; it is made once of the operator's words.
type Reader struct {
	names    map[string]work.SectionName
	promises promises
}

// NewReader returns a Reader. Headings compare without case, accents, signs and
// what stands in parentheses. ToBeDone are the words of a promise to write
// something: TBD, ???. A heading that is given to two sections belongs to the first by name.
func NewReader(headings Headings, toBeDone []string) *Reader {
	r := &Reader{names: map[string]work.SectionName{}, promises: newPromises(toBeDone)}
	for name, words := range headings {
		for _, word := range words {
			norm := normal(word)
			if had, ok := r.names[norm]; norm != "" && (!ok || name < had) {
				r.names[norm] = name
			}
		}
	}
	return r
}

// Reading is what a description says.
type Reading struct {
	Sections work.Sections
	// Said counts the characters that are no heading and no template's, up to 1000.
	Said int
	// Print is the same for texts that say the same; 0 where nothing is said.
	Print uint64
}

// MostSaid is how far Said counts.
const MostSaid = 1000

// Sections reads the sections of a description.
func (r *Reader) Sections(dialect work.Dialect, text string) work.Sections {
	return r.Read(Parse(dialect, text)).Sections
}

// Read reads the sections of a description. A section begins at a heading, a line
// in bold, a line that ends in a colon, a line of nothing but its name, a label in
// a list or a table, and ends at the next heading that is not below it. Code,
// quotes and what a template left in comments are not read, but for a scenario in
// a block of the language gherkin.
//
// A scenario outside of all sections is acceptance criteria where there are no
// others, and a user story is a value wherever it stands.
func (r *Reader) Read(text Writing) Reading {
	s := sectionReading{reader: r}
	for i := range text.blocks {
		s.block(&text.blocks[i])
	}
	return s.end()
}

// Field reads a custom field that is a section as a whole: without bullets each line is an entry.
func (r *Reader) Field(text Writing) work.Section {
	c := collected{reader: r}
	for _, b := range text.blocks {
		if b.role == heading {
			continue
		}
		lines := b.lines()
		for i := 0; i < len(lines); {
			if t, n := tableAt(lines[i:], b.role); n > 0 {
				for _, cells := range t.body() {
					c.row(cells)
				}
				i += n
				continue
			}
			l := spoke(lines[i])
			t, known := r.title(l.line, l.text, b.role, false)
			switch {
			case known && t.rest != "":
				c.line(entry, spoken{text: t.rest})
			case !known:
				c.line(entry, l)
			}
			i++
		}
	}
	return c.section()
}

// Story returns the user or job story that a line of text is, "" when it is none.
func (r *Reader) Story(line string) string { return storyIn(unmarked(line)) }
