package markup

import (
	"strings"

	"strata/internal/work"
)

// table is rows of cells, as streams. Header is its first row where that is one.
type table struct {
	rows   [][]string
	header bool
}

// body returns the rows below the header.
func (t *table) body() [][]string {
	if t.header && len(t.rows) > 0 {
		return t.rows[1:]
	}
	return t.rows
}

// tableAt reads the table at the beginning of lines, and says how many it takes; 0
// when there is none. A line of a table begins with a bar; in Markdown it may do
// without where a line of dashes follows the header.
func tableAt(lines []string, r role) (t table, n int) {
	if r == row {
		for i, source := range strings.Split(strings.Join(lines, "\n"), rowBreak) {
			t.header = t.header || i == 0 && headerRow(source)
			t.rows = append(t.rows, cells(source))
		}
		return t, len(lines)
	}
	if r != prose || !barred(lines[0]) && (len(lines) < 2 || strings.IndexByte(lines[0], '|') < 0 || !delimits(lines[1])) {
		return t, 0
	}
	for n < len(lines) && strings.IndexByte(lines[n], '|') >= 0 {
		switch {
		case delimits(lines[n]):
			t.header = t.header || n == 1
		default:
			t.header = t.header || n == 0 && headerRow(lines[n])
			t.rows = append(t.rows, cells(lines[n]))
		}
		n++
	}
	return t, n
}

// barred says whether a line looks like a table's row.
func barred(line string) bool {
	line = strings.TrimSpace(line)
	return len(line) > 2 && line[0] == '|' && strings.IndexByte(line[1:], '|') >= 0
}

// headerRow says whether a row of wiki markup is a header as a whole: every cell
// begins with two bars.
func headerRow(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "||") && strings.Count(line, "|") == 2*strings.Count(line, "||")
}

// delimits says whether a line divides a header from its rows, such as |---|:--:| does.
func delimits(line string) bool {
	return strings.Contains(line, "--") && strings.IndexByte(line, '|') >= 0 && strings.Trim(line, "|:- \t") == ""
}

// cells divides a row at its bars, but not within code or a link's address.
func cells(stream string) []string {
	stream = strings.TrimSpace(stream)
	var out []string
	start, hidden := 0, byte(0)
	cut := func(end int) {
		if cell := strings.TrimSpace(stream[start:end]); len(out) > 0 || end > 0 {
			out = append(out, cell)
		}
	}
	for i := 0; i < len(stream); i++ {
		switch c := stream[i]; {
		case hidden != 0:
			if c == hidden {
				hidden = 0
			}
		case c == codeMark:
			hidden = codeMark
		case c == linkURL:
			hidden = linkText
		case c == '|':
			cut(i)
			if i+1 < len(stream) && stream[i+1] == '|' {
				i++
			}
			start = i + 1
		}
	}
	if start < len(stream) {
		cut(len(stream))
	}
	return out
}

// table reads a table: columns or rows whose header names a section belong to it;
// within a section every row is an entry.
//
//	| Feature | Acceptance criteria |        | Acceptance criteria | the button is shown |
//	| Login   | the button is shown |        | Dependencies        | none                |
func (s *sectionReading) table(t table) {
	if len(t.rows) == 0 {
		return
	}
	columns := make(map[int]work.SectionName)
	if t.header {
		for i, cell := range t.rows[0] {
			if name, known := s.reader.lookUp(undecorated(visible(cell))); known && len(columns) < 8 {
				columns[i] = name.name
			}
		}
		if len(t.rows[0]) == 2 && len(columns) == 1 && columns[0] != "" && len(t.rows) == 1 {
			clear(columns) // ||Acceptance criteria|the button is shown|
		}
	}
	if len(columns) > 0 {
		for _, row := range t.body() {
			for i, cell := range row {
				if name, ok := columns[i]; ok {
					s.cell(s.of(name), cell)
				}
			}
		}
		return
	}
	for i, row := range t.rows {
		if len(row) >= 2 {
			if name, known := s.reader.lookUp(undecorated(visible(row[0]))); known {
				for _, cell := range row[1:] {
					s.cell(s.of(name.name), cell)
				}
				continue
			}
		}
		if c := s.current(); c != nil && (i > 0 || !t.header) {
			c.row(row)
		}
		if i > 0 || !t.header {
			for _, cell := range row {
				text := visible(cell)
				s.loose.dropped = template(text)
				s.hear(&s.loose, text)
			}
		}
	}
}

// cell takes the lines of a cell that is a section's: entries, whether they have a bullet or not.
func (s *sectionReading) cell(c *collected, cell string) {
	for line := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == '\n' || r == cellBreak }) {
		line = strings.TrimSpace(line)
		if mark := bulletMark(line); mark > 0 {
			line = strings.TrimSpace(line[mark:])
		}
		if line == "" {
			continue
		}
		l := spoke(line)
		c.line(entry, l)
		s.hear(c, l.text)
	}
}
