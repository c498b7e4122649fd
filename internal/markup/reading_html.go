package markup

import (
	"html"
	"strings"
)

// htmlBlocks reads a block of HTML as GitHub shows it in Markdown: headings, the
// summary of a fold, lists, lines. Comments, quotes, code and pictures are left
// out, as they are in Markdown.
func htmlBlocks(source string) []block {
	r := htmlReader{}
	for len(source) > 0 {
		start := strings.IndexByte(source, '<')
		if start < 0 {
			r.text(source)
			break
		}
		r.text(source[:start])
		source = r.tag(source[start:])
	}
	r.flush()
	return r.out
}

type htmlReader struct {
	out    []block
	stream strings.Builder
	next   block // what the words in stream will be
	depth  int   // of lists
	hidden int   // how many quotes and blocks of code are open
}

func (r *htmlReader) text(text string) {
	if r.hidden == 0 {
		r.stream.WriteString(strings.Join(strings.Fields(unmarked(html.UnescapeString(text))), " "))
		if text != "" && strings.TrimSpace(text[len(text)-1:]) == "" {
			r.stream.WriteByte(' ')
		}
	}
}

// flush ends the running block.
func (r *htmlReader) flush() {
	if stream := strings.TrimSpace(r.stream.String()); stream != "" {
		r.next.stream, r.next.html = stream, true
		r.out = append(r.out, r.next)
	}
	r.stream.Reset()
	r.next = block{}
}

// tag reads a tag or a comment, and returns what follows it.
func (r *htmlReader) tag(source string) string {
	if rest, ok := strings.CutPrefix(source, "<!--"); ok {
		_, rest, closed := strings.Cut(rest, "-->")
		if !closed {
			return ""
		}
		return rest
	}
	end := strings.IndexByte(source, '>')
	if end < 0 {
		return ""
	}
	name := strings.ToLower(source[1:end])
	closing := strings.HasPrefix(name, "/")
	name = strings.TrimPrefix(name, "/")
	if i := strings.IndexFunc(name, func(c rune) bool { return c < '0' || c > 'z' }); i >= 0 {
		name = name[:i]
	}
	r.element(name, closing)
	return source[end+1:]
}

func (r *htmlReader) element(name string, closing bool) {
	switch name {
	case "blockquote", "pre", "code", "script", "style":
		r.flush()
		if r.hidden++; closing {
			r.hidden = max(0, r.hidden-2)
		}
	case "b", "strong":
		r.stream.WriteRune(boldMark)
	case "s", "del", "strike":
		r.stream.WriteRune(struckMark)
	case "br":
		r.stream.WriteByte('\n')
	case "ul", "ol":
		r.flush()
		if r.depth++; closing {
			r.depth = max(0, r.depth-2)
		}
	default:
		if of, ok := htmlElements[name]; ok {
			r.flush()
			if !closing {
				r.next = of
				if of.role == entry {
					r.next.depth = max(1, r.depth)
				}
			}
		}
	}
}

// htmlElements are the elements that begin a block. A fold's summary is as good as
// a heading of its lowest level.
var htmlElements = map[string]block{
	"h1": {role: heading, level: 1}, "h2": {role: heading, level: 2}, "h3": {role: heading, level: 3},
	"h4": {role: heading, level: 4}, "h5": {role: heading, level: 5}, "h6": {role: heading, level: 6},
	"summary": {role: heading, level: 6}, "li": {role: entry}, "p": {}, "div": {}, "details": {}, "tr": {}, "td": {}, "th": {}, "table": {}, "section": {},
}
