package markup

import "strings"

// Plain renders a document as text for a terminal or a log: nothing in it can
// move a cursor, and addresses stand after what they belong to.
func Plain(d Document) string {
	var parts []string
	for _, block := range d {
		if text := plainBlock(block); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n\n")
}

// PlainInline renders one run of inlines as one line of text, without addresses.
func PlainInline(p Paragraph) string {
	var b strings.Builder
	for _, in := range joined(p) {
		b.WriteString(words(in))
	}
	return strings.TrimSpace(b.String())
}

func plainBlock(block Block) string {
	switch block := block.(type) {
	case Paragraph:
		return plainLine(block)
	case Heading:
		return plainLine(block)
	case Small:
		return plainLine(block)
	case List:
		var lines []string
		for _, entry := range block {
			if line := plainLine(entry); line != "" {
				lines = append(lines, "- "+line)
			}
		}
		return strings.Join(lines, "\n")
	case Fold:
		return Plain(append(Document{block.Summary}, block.Blocks...))
	case Code:
		return strings.Trim(cleanLines(string(block)), "\n")
	case Table:
		var lines []string
		for _, row := range block {
			cells := make([]string, len(row))
			for i, cell := range row {
				cells[i] = PlainInline(cell)
			}
			lines = append(lines, strings.Join(cells, " | "))
		}
		return strings.Join(lines, "\n")
	}
	return ""
}

func plainLine(p []Inline) string {
	var b strings.Builder
	for _, in := range joined(p) {
		text := words(in)
		b.WriteString(text)
		if link, ok := in.(Link); ok {
			if url := webLink(link.URL); url != "" && url != text {
				b.WriteString(" <" + url + ">")
			}
		}
	}
	return strings.TrimSpace(b.String())
}
