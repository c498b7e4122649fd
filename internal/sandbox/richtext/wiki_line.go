package richtext

import "strings"

// Some descriptions are one line of a megabyte. What is measured once is kept, by
// its distance from the text's end, which stays when the text is cut at its front.

// measured is the line that was measured last.
type measured struct {
	from, to int
	known    bool
}

// end is where the line that holds a place ends.
func (m *measured) end(text string, at int) int {
	left := len(text) - at
	if m.known && left <= m.from && left >= m.to {
		return len(text) - m.to
	}
	to := 0
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		to = left - n
	}
	*m = measured{from: left, to: to, known: true}
	return len(text) - to
}

// missing is a stretch of text that something was not found in.
type missing struct {
	from, to int
	known    bool
}

// index finds a part between two places; below 0: it is not there.
func (m *missing) index(text, part string, at, limit int) int {
	left, to := len(text)-at, len(text)-limit
	if at > limit || m.known && left <= m.from && to == m.to {
		return -1
	}
	if n := strings.Index(text[at:limit], part); n >= 0 {
		return at + n
	}
	*m = missing{from: left, to: to, known: true}
	return -1
}

// afterCode is the end of the {{code}} at a place, or the place behind its braces
// when the line does not close it.
func afterCode(text string, at, line int, m *missing) int {
	if end := m.index(text, "}}", at+2, line); end >= 0 {
		return end + 2
	}
	return at + 2
}

func cutLine(text string) (line, rest string) {
	line, rest, _ = strings.Cut(text, "\n")
	return line, rest
}

func firstLine(text string) string {
	line, _ := cutLine(text)
	return line
}
