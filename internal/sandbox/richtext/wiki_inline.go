package richtext

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// inline reads text within a block.
func (r *reader) inline(src string) []*Node {
	i := &inliner{reader: r, src: src, unclosed: map[string]int{}}
	return i.read()
}

// inliner reads one run. What a mark holds is a run of its own.
type inliner struct {
	*reader
	src      string
	at       int
	marks    []Mark // that hold for all of the run
	level    int    // of runs within runs
	out      []*Node
	buf      strings.Builder
	unclosed map[string]int // closers of which there is none before this place
	eol      measured
	codeless missing
	adfless  missing
}

// line is the text from a place to the end of its line.
func (i *inliner) line() string { return i.src[i.at:i.eol.end(i.src, i.at)] }

// deepestRun is how many marks may stand within each other.
const deepestRun = 16

func (i *inliner) read() []*Node {
	for i.at < len(i.src) {
		if !i.markup() {
			_, size := utf8.DecodeRuneInString(i.src[i.at:])
			i.buf.WriteString(i.src[i.at : i.at+size])
			i.at += size
		}
	}
	i.end()
	return merged(i.out)
}

// merged makes one text of neighbours with the same marks.
func merged(nodes []*Node) []*Node {
	out := make([]*Node, 0, len(nodes))
	for at := 0; at < len(nodes); {
		end := at + 1
		if nodes[at].Type == "text" {
			for end < len(nodes) && nodes[end].Type == "text" && sameMarks(nodes[end].Marks, nodes[at].Marks) {
				end++
			}
		}
		n := nodes[at]
		if end > at+1 {
			parts := make([]string, 0, end-at)
			for _, part := range nodes[at:end] {
				parts = append(parts, part.Text)
			}
			n = plain(strings.Join(parts, ""), n.Marks...)
		}
		out = append(out, n)
		at = end
	}
	return out
}

// end makes a text of what was read so far.
func (i *inliner) end() {
	if i.buf.Len() == 0 {
		return
	}
	text := i.buf.String()
	i.buf.Reset()
	i.out = append(i.out, plain(text, i.marks...))
}

// put adds nodes after the text that was read so far.
func (i *inliner) put(nodes ...*Node) {
	i.end()
	i.out = append(i.out, nodes...)
}

// markup reads what stands here when it is more than a character.
func (i *inliner) markup() bool {
	c := i.src[i.at]
	if i.inCode() && c != '\\' && c != '&' && c != '[' {
		return false
	}
	switch c {
	case '\\':
		return i.escape()
	case '\n':
		i.put(&Node{Type: "hardBreak"})
		i.at++
		return true
	case '&':
		return i.entity()
	case '{':
		return i.brace()
	case '[':
		return i.link()
	case '!':
		return i.picture()
	case ':', ';', '(':
		return i.smile()
	case '*', '_', '+', '^', '~', '?':
		return i.marked(string(c), false)
	case '-':
		return i.dash() || i.marked("-", false)
	case 'h', 'f', 'm', 'i', 'H', 'F', 'M', 'I':
		return i.address()
	}
	return false
}

// escapes are the characters that a backslash makes plain in Jira.
const escapes = `-#*_+?^~|%{}[]()!@`

func (i *inliner) escape() bool {
	rest := i.src[i.at+1:]
	switch {
	case rest == "":
		return false
	case rest[0] == '\\' && !i.inCode():
		stop := strings.IndexAny(rest[1:], " \n\\")
		if stop >= 0 && rest[1+stop] == '\\' { // a path such as \\server\share
			i.buf.WriteString(`\\`)
		} else {
			i.put(&Node{Type: "hardBreak"})
		}
		i.at += 2
		return true
	case strings.IndexByte(escapes, rest[0]) >= 0:
		i.buf.WriteByte(rest[0])
		i.at += 2
		return true
	}
	return false
}

var entities = map[string]string{"amp": "&", "lt": "<", "gt": ">", "quot": `"`, "nbsp": "\u00a0"}

func (i *inliner) entity() bool {
	rest := i.src[i.at+1:]
	end := strings.IndexByte(rest[:min(len(rest), 8)], ';')
	if end < 1 {
		return false
	}
	text, ok := entities[rest[:end]]
	if digits, numeric := strings.CutPrefix(rest[:end], "#"); numeric {
		n, err := strconv.Atoi(digits)
		if err != nil || n < 32 || n > unicode.MaxRune || !utf8.ValidRune(rune(n)) {
			return false
		}
		text, ok = string(rune(n)), true
	}
	if !ok {
		return false
	}
	i.buf.WriteString(text)
	i.at += end + 2
	return true
}

func (i *inliner) smile() bool {
	if i.wordBefore() {
		return false
	}
	id, n := emoticon(i.src[i.at:])
	if id == "" {
		return false
	}
	i.put(emoji(id))
	i.at += n
	return true
}

// dash reads -- and --- between blanks as the dashes that Jira shows.
func (i *inliner) dash() bool {
	n := 1
	for i.at+n < len(i.src) && i.src[i.at+n] == '-' {
		n++
	}
	spaced := (i.at == 0 || i.src[i.at-1] == ' ') && (i.at+n == len(i.src) || i.src[i.at+n] == ' ')
	if n == 1 || n > 3 {
		if n > 3 {
			i.buf.WriteString(i.src[i.at : i.at+n])
			i.at += n
		}
		return n > 3
	}
	text := i.src[i.at : i.at+n]
	if spaced {
		text = map[int]string{2: "\u2013", 3: "\u2014"}[n]
	}
	i.buf.WriteString(text)
	i.at += n
	return true
}

// wordBefore says whether a letter or a digit stands right before this place.
func (i *inliner) wordBefore() bool { return wordlyEnd(i.src[:i.at]) }

// wordly says whether a text begins with a letter or a digit; Jira counts every
// character beyond ASCII as one, but for the space that does not break.
func wordly(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return text != "" && wordRune(r)
}

func wordlyEnd(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return text != "" && wordRune(r)
}

func wordRune(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r > 127 && r != '\u00a0'
}

// within reads a run that more marks hold for.
func (i *inliner) within(src string, more ...Mark) []*Node {
	if i.level >= deepestRun {
		return []*Node{plain(src, i.marks...)}
	}
	in := &inliner{reader: i.reader, src: src, level: i.level + 1, unclosed: map[string]int{}, marks: slices.Clone(i.marks)}
	for _, m := range more {
		if !slices.ContainsFunc(in.marks, func(have Mark) bool { return have.Type == m.Type }) {
			in.marks = append(in.marks, m)
		}
	}
	return in.read()
}
