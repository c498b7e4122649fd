package richtext

import "strings"

// cell is one cell of a table: ||head||head|| or |cell|cell|.
type cell struct {
	header bool
	text   string
}

// table reads consecutive rows.
func (b *blockReader) table() {
	n := &Node{Type: "table", Attrs: map[string]any{"isNumberColumnEnabled": false, "layout": "default"}}
	for b.rest != "" && tableLine.MatchString(b.rest) {
		row := &Node{Type: "tableRow"}
		for _, c := range b.row() {
			kind := "tableCell"
			if c.header {
				kind = "tableHeader"
			}
			content := fit("tableCell", b.blocks(strings.Trim(c.text, " \t\n"), false))
			if len(content) == 0 {
				content = []*Node{paragraph()}
			}
			row.Content = append(row.Content, &Node{Type: kind, Attrs: map[string]any{}, Content: content})
		}
		if len(row.Content) > 0 {
			n.Content = append(n.Content, row)
		}
	}
	if len(n.Content) > 0 {
		b.add(n)
	}
}

// row cuts one row into cells. Bars in links, pictures, macros, code spans and
// behind a backslash are text; a cell goes on over lines until a bar or a blank
// line.
func (b *blockReader) row() []cell {
	var cells []cell
	at := strings.IndexByte(b.rest, '|')
	for {
		c := cell{}
		at++
		if at < len(b.rest) && b.rest[at] == '|' {
			c.header = true
			at++
		}
		end, bar := b.cellEnd(at)
		c.text = b.rest[at:end]
		if bar || strings.TrimSpace(c.text) != "" {
			cells = append(cells, c)
		}
		if !bar {
			b.rest = strings.TrimPrefix(b.rest[end:], "\n")
			return cells
		}
		eol := b.eol.end(b.rest, end)
		if strings.TrimSpace(strings.TrimPrefix(b.rest[end+1:eol], "|")) == "" {
			b.rest = b.rest[min(eol+1, len(b.rest)):]
			return cells
		}
		at = end
	}
}

// cellEnd is where a cell ends, and whether a bar ends it.
func (b *blockReader) cellEnd(at int) (end int, bar bool) {
	for at < len(b.rest) {
		switch b.rest[at] {
		case '|':
			return at, true
		case '\n':
			next, _ := cutLine(b.rest[at+1:])
			if strings.TrimSpace(next) == "" || tableLine.MatchString(next) {
				return at, false
			}
			at++
		default:
			at = b.skip(at)
		}
	}
	return len(b.rest), false
}

// skip steps over one character, or over what may hold a bar.
func (b *blockReader) skip(at int) int {
	line := b.eol.end(b.rest, at)
	switch b.rest[at] {
	case '\\':
		return min(at+2, len(b.rest))
	case '[':
		if end := linkEnd(b.rest[at:line]); end > 0 {
			return at + end
		}
	case '!':
		if end := pictureEnd(b.rest[at:line]); end > 0 {
			return at + end
		}
	case '{':
		if strings.HasPrefix(b.rest[at:], "{{") {
			return afterCode(b.rest, at, line, &b.codeless)
		}
		if m, ok := b.macroAt(b.rest, at); ok {
			return m.end
		}
	}
	return at + 1
}
