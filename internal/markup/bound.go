package markup

import (
	"strings"
	"unicode/utf8"
)

// The Markdown parser's time grows with the square of a paragraph's length and of
// the depth of quotes and lists. These bounds are far above what people write, and
// keep a hostile text in proportion to its length.
const (
	// maxMarkdown is how much of a text is read, in bytes: GitHub stores no body
	// above 262,144 bytes, so what is longer was not written for it.
	maxMarkdown = 256 << 10
	// maxLine and maxParagraph are in bytes; what is longer becomes several.
	maxLine      = 2 << 10
	maxParagraph = 6 << 10
	// maxDepth is how many quotes and lists may begin on one line.
	maxDepth = 16
)

// bounded returns a Markdown text that keeps to the bounds.
func bounded(source string) string {
	source = source[:wholeRunes(source, maxMarkdown)]
	var b strings.Builder
	b.Grow(len(source) + len(source)/maxLine)
	paragraph := 0
	for line := range strings.Lines(source) {
		if tooDeep(line) {
			line = "\n"
		}
		for len(line) > 0 {
			part := line
			if len(part) > maxLine {
				cut := wholeRunes(part, maxLine)
				if space := strings.LastIndexByte(part[:cut], ' '); space > 0 {
					cut = space + 1
				}
				part = part[:cut]
			}
			line = line[len(part):]
			if len(strings.TrimSpace(part)) == 0 {
				paragraph = 0
			} else if paragraph += len(part); paragraph > maxParagraph {
				b.WriteByte('\n')
				paragraph = len(part)
			}
			b.WriteString(part)
			if line != "" {
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

// wholeRunes returns the largest length up to n that ends no rune in its middle.
func wholeRunes(text string, n int) int {
	if len(text) <= n {
		return len(text)
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return n
}

// tooDeep says whether a line begins more quotes and lists than anyone reads.
func tooDeep(line string) bool {
	depth := 0
	for i := 0; i < len(line) && depth <= maxDepth; {
		switch c := line[i]; {
		case c == ' ' || c == '\t':
			i++
		case c == '>':
			depth++
			i++
		case c == '-' || c == '*' || c == '+' || digit(c):
			for i < len(line) && digit(line[i]) {
				i++
			}
			if i+1 >= len(line) || line[i+1] != ' ' && line[i+1] != '\t' {
				return false
			}
			depth++
			i++
		default:
			return false
		}
	}
	return depth > maxDepth
}
