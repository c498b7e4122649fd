package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// reach bounds how far an opening mark looks for its end, so that a line of
// opening marks costs no more than any other.
const reach = 2048

// wikiInline turns a line of Jira wiki markup into a stream.
func wikiInline(line string) string {
	line = unmarked(line)
	if !strings.ContainsAny(line, `\{[*-_+!`) {
		return line
	}
	w := wikiLineReader{line: line}
	for w.at < len(line) {
		if !w.special() {
			_, size := utf8.DecodeRuneInString(line[w.at:])
			w.out.WriteString(line[w.at : w.at+size])
			w.at += size
		}
	}
	return w.out.String()
}

type wikiLineReader struct {
	line      string
	at        int
	out       strings.Builder
	struckEnd int // where the words struck out now end
	sought    int // up to here there is no end of struck-out words
}

// special reads what is special at this place, and says whether there was anything.
func (w *wikiLineReader) special() bool {
	rest := w.line[w.at:]
	switch rest[0] {
	case 'h', 'H':
		return w.url(rest)
	case '\\':
		switch {
		case strings.HasPrefix(rest, `\\`):
			w.out.WriteByte('\n')
			w.at += 2
			return true
		case len(rest) > 1 && punctuation(rest[1]):
			w.out.WriteByte(rest[1])
			w.at += 2
			return true
		}
	case '{':
		return w.macro(rest)
	case '[':
		return w.link(rest)
	case '!':
		return w.image(rest)
	case '*':
		if w.opens() || w.closes() {
			w.out.WriteRune(boldMark)
			w.at++
			return true
		}
	case '_', '+':
		if w.opens() || w.closes() {
			w.out.WriteRune(seamMark)
			w.at++
			return true
		}
	case '-':
		return w.struck()
	}
	return false
}

func (w *wikiLineReader) url(rest string) bool {
	if !startsWithURL(rest) || wordRune(lastRune(w.line[:w.at])) {
		return false
	}
	n := urlLength(rest)
	w.out.WriteString(rest[:n])
	w.at += n
	return true
}

// macro leaves out {color:red} and its like, and reads {{code spans}} and {*}.
func (w *wikiLineReader) macro(rest string) bool {
	if inner, ok := strings.CutPrefix(rest, "{{"); ok {
		end := within(inner, "}}")
		if end < 0 {
			return false
		}
		w.out.WriteRune(codeMark)
		w.out.WriteString(inner[:end])
		w.out.WriteRune(codeMark)
		w.at += end + 4
		return true
	}
	end := within(rest, "}")
	if end < 0 {
		return false
	}
	name := rest[1:end]
	switch {
	case name == "*":
		w.out.WriteRune(boldMark)
	case name == "" || !wordByte(name[0]) || strings.ContainsAny(name, "{ ") && !strings.Contains(name, ":"):
		return false
	default:
		w.out.WriteRune(seamMark)
	}
	w.at += end + 1
	return true
}

// link reads [words|url] and [url]; other brackets stay as they are.
func (w *wikiLineReader) link(rest string) bool {
	end := within(rest, "]")
	if end < 0 {
		return false
	}
	inner := rest[1:end]
	text, url, piped := strings.Cut(inner, "|")
	if !piped {
		url = inner
	}
	url, _, _ = strings.Cut(url, "|") // [words|url|smart-link]
	if !piped && !startsWithURL(url) {
		if strings.HasPrefix(inner, "~") { // a person
			w.out.WriteString("@")
			w.at += end + 1
			return true
		}
		return false
	}
	w.out.WriteRune(linkURL)
	w.out.WriteString(strings.TrimSpace(url))
	w.out.WriteRune(linkText)
	w.out.WriteString(strings.TrimSpace(text))
	w.out.WriteRune(linkEnd)
	w.at += end + 1
	return true
}

func (w *wikiLineReader) image(rest string) bool {
	end := within(rest[1:], "!")
	if end <= 0 || rest[1] == ' ' || !strings.Contains(rest[1:end+1], ".") {
		return false
	}
	w.out.WriteRune(seamMark)
	w.at += end + 2
	return true
}

// struck reads -struck out-, which must end on the same line.
func (w *wikiLineReader) struck() bool {
	if w.struckEnd > 0 {
		if w.at != w.struckEnd {
			return false
		}
		w.struckEnd = 0
		w.out.WriteRune(struckMark)
		w.at++
		return true
	}
	if !w.opens() {
		return false
	}
	for i := max(w.at+2, w.sought); i < min(len(w.line), w.at+reach); i++ {
		w.sought = i + 1
		if w.line[i] == '-' && w.closesAt(i) {
			w.struckEnd = i
			w.out.WriteRune(struckMark)
			w.at++
			return true
		}
	}
	return false
}

// opens says whether the mark at this place can begin a phrase: a space or a
// sign before it, no space and no second mark after it.
func (w *wikiLineReader) opens() bool {
	before, after := lastRune(w.line[:w.at]), firstRune(w.line[w.at+1:])
	return (w.at == 0 || !wordRune(before) && before != rune(w.line[w.at]) && before != '/') &&
		w.at+1 < len(w.line) && !unicode.IsSpace(after) && after != rune(w.line[w.at])
}

func (w *wikiLineReader) closes() bool { return w.closesAt(w.at) }

func (w *wikiLineReader) closesAt(i int) bool {
	before, after := lastRune(w.line[:i]), firstRune(w.line[i+1:])
	return i > 0 && !unicode.IsSpace(before) && before != rune(w.line[i]) &&
		(i+1 == len(w.line) || !wordRune(after) && after != rune(w.line[i]))
}

// within finds a mark's end in reach, -1 when there is none.
func within(text, end string) int { return strings.Index(text[:min(len(text), reach)], end) }
