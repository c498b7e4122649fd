package markup

import (
	"strings"
	"unicode"

	"strata/internal/work"
)

// Headings are the words that begin each section, in the languages people write.
type Headings map[work.SectionName][]string

// Reader reads sections; it is made once of the operator's words.
type Reader struct {
	names map[string]work.SectionName
	todo  []string
}

// NewReader returns a Reader. Headings compare without case, signs and what
// stands in parentheses. ToBeDone are the words of a promise to write something:
// TBD, ???. A heading that is given to two sections belongs to the first by name.
func NewReader(headings Headings, toBeDone []string) *Reader {
	r := &Reader{names: map[string]work.SectionName{}, todo: toBeDone}
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

// Levels of headings that are not marked as such, below those that are.
const (
	boldLevel  = 7
	colonLevel = 8
)

// Sections reads the sections of a description. A section begins at a heading, a
// line in bold or a line that ends in a colon, and ends at the next heading that
// is not below it. Code and quotes are not read, but for a scenario in a block of
// the language gherkin.
func (r *Reader) Sections(dialect work.Dialect, text string) work.Sections {
	if len(r.names) == 0 || strings.TrimSpace(text) == "" {
		return nil
	}
	reading := sectionReading{reader: r, sections: map[work.SectionName]*collected{}}
	for _, b := range blocks(dialect, text) {
		reading.block(b)
	}
	if len(reading.sections) == 0 {
		return nil
	}
	out := make(work.Sections, len(reading.sections))
	for name, c := range reading.sections {
		out[name] = c.section()
	}
	return out
}

// Field reads a custom field that is a section as a whole: without bullets each line is an entry.
func (r *Reader) Field(dialect work.Dialect, text string) work.Section {
	c := collected{reader: r}
	for _, b := range blocks(dialect, text) {
		for line := range strings.SplitSeq(b.stream, "\n") {
			if b.role == heading {
				continue
			}
			if _, _, known := r.heading(line, b.role); known {
				continue
			}
			c.line(entry, line)
		}
	}
	return c.section()
}

// sectionReading is where a reading stands.
type sectionReading struct {
	reader   *Reader
	sections map[work.SectionName]*collected
	open     *collected
	level    int
}

func (s *sectionReading) block(b block) {
	if b.role == heading {
		name, _, known := s.reader.heading(b.stream, heading)
		switch {
		case known:
			s.begin(name, b.level)
		case b.level <= s.level:
			s.open = nil
		}
		return
	}
	for i, line := range strings.Split(b.stream, "\n") {
		role := b.role
		if role == entry && i > 0 {
			role = prose
		}
		if s.beginsAt(role, line) {
			continue
		}
		switch {
		case s.open == nil:
		case b.role == entry && i > 0:
			s.open.goOn(line)
		default:
			s.open.line(role, line)
		}
	}
}

// beginsAt reads a line that may be a heading without being marked as one.
func (s *sectionReading) beginsAt(role role, line string) bool {
	if role == gherkin || role == entry && s.open != nil {
		return false
	}
	name, rest, known := s.reader.heading(line, role)
	bold := boldLine(line)
	level := colonLevel
	if bold {
		level = boldLevel
	}
	switch {
	case known:
		s.begin(name, level)
		if rest != "" {
			s.open.line(prose, rest)
		}
		return true
	case bold && role == prose && s.level >= boldLevel:
		s.open = nil
		return true
	}
	return false
}

func (s *sectionReading) begin(name work.SectionName, level int) {
	if s.sections[name] == nil {
		s.sections[name] = &collected{reader: s.reader}
	}
	s.open, s.level = s.sections[name], level
}

// maxHeading is how long a line may be, in bytes, that is a heading without being marked as one.
const maxHeading = 400

// heading says whether a line names a section. Outside a marked heading the line
// must be in bold or hold a colon; what follows the colon is the section's first words.
func (r *Reader) heading(line string, role role) (name work.SectionName, rest string, known bool) {
	bold := role == heading || boldLine(line)
	if !bold && strings.IndexByte(line, ':') < 0 || len(line) > maxHeading && role != heading {
		return "", "", false
	}
	text := visible(line)
	if bold {
		if name, known = r.names[normal(text)]; known {
			return name, "", true
		}
	}
	before, after, colon := strings.Cut(text, ":")
	if !colon || len(before) > maxHeading {
		return "", "", false
	}
	name, known = r.names[normal(before)]
	return name, strings.TrimSpace(after), known
}

// boldLine says whether all words of a line are in bold.
func boldLine(line string) bool {
	line = strings.TrimRight(strings.TrimLeft(line, " \t"+string(seamMark)), ": \t"+string(seamMark))
	inner, ok := strings.CutPrefix(line, string(boldMark))
	if !ok {
		return false
	}
	inner, ok = strings.CutSuffix(inner, string(boldMark))
	return ok && inner != "" && !strings.ContainsRune(inner, boldMark)
}

// normal reduces a heading to its words: "## 2. Acceptance Criteria (AC):" and
// "acceptance criteria" are the same.
func normal(text string) string {
	var b strings.Builder
	depth, space := 0, false
	for _, r := range text {
		switch {
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth = max(0, depth-1)
		case depth > 0:
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) && b.Len() > 0:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		default:
			space = true
		}
	}
	return b.String()
}
