package markup

import (
	"slices"
	"strings"
	"unicode/utf8"

	"strata/internal/work"
)

// Levels of headings that are not marked as such, below those that are. A label
// at the beginning of a list's entry lies below them all, by the depth of the list.
const (
	boldLevel  = 7
	plainLevel = 8
	entryLevel = 9
)

// sectionReading is where a reading stands.
type sectionReading struct {
	reader   *Reader
	sections []named
	stack    []opened // by level, the innermost last
	loose    collected
	steps    stepsSeen
	values   []string
	said     int
	print    uint64
}

// named is a section as far as it was read. There are few, so that a list is faster than a map.
type named struct {
	name work.SectionName
	*collected
}

// opened is a section that is being read.
type opened struct {
	level int
	*collected
}

func (s *sectionReading) current() *collected {
	if len(s.stack) == 0 {
		return nil
	}
	return s.stack[len(s.stack)-1].collected
}

// close ends the sections that are not above a level.
func (s *sectionReading) close(level int) {
	for len(s.stack) > 0 && s.stack[len(s.stack)-1].level >= level {
		s.stack = s.stack[:len(s.stack)-1]
	}
}

func (s *sectionReading) begin(t title, level int, role role) {
	s.close(level)
	c := s.of(t.name)
	s.stack = append(s.stack, opened{level, c})
	if t.numbered {
		role = entry
	}
	if t.rest != "" {
		c.line(role, spoken{text: t.rest})
		s.hear(c, t.rest)
	}
}

func (s *sectionReading) of(name work.SectionName) *collected {
	for i := range s.sections {
		if s.sections[i].name == name {
			return s.sections[i].collected
		}
	}
	c := &collected{reader: s.reader}
	s.sections = append(s.sections, named{name, c})
	return c
}

func (s *sectionReading) block(b *block) {
	if b.role == heading {
		if t, known := s.reader.title(b.stream, visible(b.stream), heading, false); known {
			s.begin(t, b.level, prose)
		} else {
			s.close(b.level)
		}
		return
	}
	if b.role == entry {
		s.close(entryLevel + b.depth)
	}
	s.steps.paragraph()
	s.value(b)
	lines := b.lines()
	for i := 0; i < len(lines); {
		if t, n := tableAt(lines[i:], b.role); n > 0 {
			s.table(t)
			i += n
			continue
		}
		role := b.role
		if role == entry && i > 0 {
			role = prose
		}
		l := spoke(lines[i])
		if !s.beginsAt(l, role, b.depth, i == 0 || i == len(lines)-1) {
			s.line(l, role, b.role == entry && i > 0)
		}
		i++
	}
}

// line takes a line that is no heading.
func (s *sectionReading) line(l spoken, role role, goesOn bool) {
	c := s.current()
	switch {
	case c == nil:
		c = &s.loose
		s.outside(l, role)
	case goesOn:
		c.goOn(l.text)
	default:
		c.line(role, l)
	}
	s.hear(c, l.text)
}

// outside takes a line outside of all sections: a step of a scenario counts, and a
// sentence that there are no dependencies.
func (s *sectionReading) outside(l spoken, role role) {
	c := &s.loose
	c.reader = s.reader
	if step := stepOf(l.text, role == gherkin || c.scenario); step != noStep {
		s.steps.take(step)
		if step == given && strings.Contains(l.text, " then ") { // the whole scenario in a line
			s.steps.take(then)
		}
		c.line(gherkin, l)
		return
	}
	c.scenario, c.dropped = false, template(l.text)
	if saysNone(l.text) == work.Dependencies {
		s.of(work.Dependencies).none = true
	}
}

// beginsAt reads a line that may be a heading without being marked as one.
func (s *sectionReading) beginsAt(l spoken, role role, depth int, edge bool) bool {
	if role == gherkin || role == row {
		return false
	}
	level := plainLevel
	switch {
	case role == entry && len(s.stack) > 0 && s.stack[0].level < entryLevel:
		return false // within a section an entry is an entry, whatever it begins with
	case role == entry:
		level, edge = entryLevel+depth, false
	case boldLine(l.line):
		level = boldLevel
	}
	if t, known := s.reader.title(l.line, l.text, role, edge); known {
		s.begin(t, level, role)
		return true
	}
	switch {
	case role != prose:
	case level == boldLevel:
		s.close(boldLevel)
		return true
	case len(s.stack) > 0 && endsUnmarked(l.text, edge):
		s.close(boldLevel)
		return true
	}
	return false
}

// hear counts what is said; what a section dropped as a template's is not.
func (s *sectionReading) hear(c *collected, text string) {
	if text == "" || c.dropped {
		return
	}
	s.said = min(MostSaid, s.said+utf8.RuneCountInString(text))
	// FNV-1a, line by line.
	for i := range len(text) {
		s.print = (s.print ^ uint64(text[i])) * 1099511628211
	}
	s.print = (s.print ^ '\n') * 1099511628211
}

// value looks for a user story at the beginning of the block's lines.
func (s *sectionReading) value(b *block) {
	if b.role == gherkin || len(s.values) >= mostValues {
		return
	}
	if sentence := storyIn(b.stream); sentence != "" {
		s.values = append(s.values, sentence)
	}
}

// end puts together what was read.
func (s *sectionReading) end() Reading {
	out := Reading{Said: s.said, Print: s.print}
	if s.steps.whole() {
		if c := s.of(work.AcceptanceCriteria); len(c.got.Entries) == 0 {
			c.got.Entries = s.loose.got.Entries
		}
	}
	for _, sentence := range s.values {
		if c := s.of(work.Value); !strings.Contains(c.got.Prose, sentence) && !slices.Contains(c.got.Entries, sentence) {
			c.got.Entries = append(c.got.Entries, sentence)
		}
	}
	if len(s.sections) == 0 {
		return out
	}
	out.Sections = make(work.Sections, len(s.sections))
	for _, section := range s.sections {
		out.Sections[section.name] = section.section()
	}
	return out
}
