package markup

import (
	"strings"

	"strata/internal/work"
)

// Lines returns the lines of a text that its author says in person: what stands
// in code blocks and in quotes is left out, and so are empty lines and what a
// reader does not see. Words in a code span keep a backtick on either side, the
// first line of a list's entry its hyphen.
//
// Where a dialect leaves open what belongs to a quote, all that might is left out.
func Lines(dialect work.Dialect, text string) []string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	if dialect == work.JiraWiki {
		return wikiLines(text)
	}
	var lines []string
	for _, b := range markdownBlocks(text) {
		lines = append(lines, ownLines(b)...)
	}
	return lines
}

// ownLines returns the lines of a block of prose as a reader sees them.
func ownLines(b block) (lines []string) {
	if b.role != prose && b.role != entry || b.html {
		return nil
	}
	for i, stream := range strings.Split(b.stream, "\n") {
		line := visible(strings.ReplaceAll(stream, string(codeMark), "`"))
		switch {
		case line == "":
		case b.role == entry && i == 0:
			lines = append(lines, "- "+line)
		default:
			lines = append(lines, line)
		}
	}
	return lines
}

// wikiLines reads Jira wiki markup. Code and quotes are blocks there: what stands
// before or after one on the same line is a line of its own.
func wikiLines(source string) (lines []string) {
	source = withoutNested(source)
	until, quoted := "", false
	for line := range strings.Lines(source) {
		line = strings.TrimSuffix(line, "\n")
		if until == "" && strings.TrimSpace(line) == "" {
			quoted = false
		}
		for line != "" {
			if until != "" {
				end := strings.Index(line, until)
				if end < 0 {
					break
				}
				line, until = line[end+len(until):], ""
				continue
			}
			own := line
			start, name, rest := hiding(line)
			if line = ""; start >= 0 {
				own = own[:start]
				until, line = "{"+name+"}", rest[strings.IndexByte(rest, '}')+1:]
			}
			own = strings.TrimSpace(own)
			// "bq. " quotes its paragraph; mail programs quote by a bracket.
			quoted = quoted || strings.HasPrefix(own, "bq. ")
			if !quoted && !strings.HasPrefix(own, ">") {
				lines = append(lines, wikiOwn(own)...)
			}
		}
	}
	return lines
}

// wikiOwn returns a line as a reader sees it, two where "\\" breaks it.
func wikiOwn(line string) (lines []string) {
	role := prose
	if mark := bulletMark(line); mark > 0 {
		role, line = entry, strings.TrimSpace(line[mark:])
	}
	for i, part := range strings.Split(line, `\\`) {
		if i > 0 {
			role = prose
		}
		lines = append(lines, ownLines(block{role: role, stream: wikiInline(strings.TrimSpace(part))})...)
	}
	return lines
}

const quoteMark = "{quote}"

// withoutNested leaves out what may be a quote within a quote. The marks of its
// beginning and its end are the same in wiki markup, so that only a quote with
// nothing in it tells of one; then everything from the first mark to the last is left out.
func withoutNested(source string) string {
	parts := strings.Split(source, quoteMark)
	for i, part := range parts[:len(parts)-1] {
		if i%2 == 1 && strings.TrimSpace(part) == "" {
			return parts[0] + "\n" + parts[len(parts)-1]
		}
	}
	return source
}
