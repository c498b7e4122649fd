package markup

import (
	"html"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// markdown parses blocks and inlines. Tables, bare links and checkboxes are read
// from the words, as in wiki markup; only struck-out words need the extension.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Strikethrough)).Parser()

// markdownBlocks reads GitHub Markdown.
func markdownBlocks(source string) []block {
	source = bounded(source)
	r := markdownReader{source: []byte(source)}
	r.blocks(markdown.Parse(text.NewReader(r.source), parser.WithContext(parser.NewContext())))
	return r.out
}

type markdownReader struct {
	source []byte
	out    []block
	depth  int // of the list
	stream strings.Builder
}

func (r *markdownReader) blocks(parent ast.Node) {
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		switch node := node.(type) {
		case *ast.Heading:
			r.add(block{role: heading, level: node.Level}, node)
		case *ast.Paragraph, *ast.TextBlock:
			r.add(block{role: prose}, node)
		case *ast.List:
			r.list(node)
		case *ast.HTMLBlock:
			r.out = append(r.out, htmlBlocks(r.htmlSource(node))...)
		case *ast.FencedCodeBlock:
			switch strings.ToLower(string(node.Language(r.source))) {
			case "gherkin", "feature", "cucumber":
				r.out = append(r.out, block{role: gherkin, stream: unmarked(string(node.Lines().Value(r.source)))})
			}
		}
	}
}

// htmlSource is a block of HTML; the line that closes a comment or code stands apart.
func (r *markdownReader) htmlSource(node *ast.HTMLBlock) string {
	source := string(node.Lines().Value(r.source))
	if node.HasClosure() {
		source += string(node.ClosureLine.Value(r.source))
	}
	return source
}

func (r *markdownReader) list(list *ast.List) {
	r.depth++
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		before := len(r.out)
		r.blocks(item)
		if before < len(r.out) && r.out[before].role == prose {
			r.out[before].role, r.out[before].depth = entry, r.depth
		}
	}
	r.depth--
}

func (r *markdownReader) add(b block, node ast.Node) {
	r.stream.Reset()
	r.inlines(node)
	b.stream = r.stream.String()
	r.out = append(r.out, b)
}

func (r *markdownReader) inlines(parent ast.Node) {
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		switch node := node.(type) {
		case *ast.Text:
			r.stream.WriteString(unescape(unmarked(string(node.Segment.Value(r.source)))))
			if node.SoftLineBreak() || node.HardLineBreak() {
				r.stream.WriteByte('\n')
			}
		case *ast.String:
			r.stream.WriteString(unmarked(string(node.Value)))
		case *ast.CodeSpan:
			r.stream.WriteRune(codeMark)
			r.stream.WriteString(strings.ReplaceAll(unmarked(string(literal(node, r.source))), "\n", " "))
			r.stream.WriteRune(codeMark)
		case *ast.Emphasis:
			mark := node.Level >= 2
			if mark {
				r.stream.WriteRune(boldMark)
			}
			r.inlines(node)
			if mark {
				r.stream.WriteRune(boldMark)
			}
		case *east.Strikethrough:
			r.stream.WriteRune(struckMark)
			r.inlines(node)
			r.stream.WriteRune(struckMark)
		case *ast.Link:
			r.link(string(node.Destination), node)
		case *ast.AutoLink:
			r.stream.WriteString(" " + string(node.URL(r.source)) + " ")
		case *ast.RawHTML:
			r.html(string(node.Segments.Value(r.source)))
		}
	}
}

func (r *markdownReader) link(url string, node ast.Node) {
	r.stream.WriteRune(linkURL)
	r.stream.WriteString(strings.ReplaceAll(unmarked(url), "\n", ""))
	r.stream.WriteRune(linkText)
	r.inlines(node)
	r.stream.WriteRune(linkEnd)
}

// html keeps line breaks and what is no HTML but a placeholder: "As a <role>".
func (r *markdownReader) html(tag string) {
	name := strings.ToLower(strings.Trim(tag, "</> "))
	switch {
	case name == "br" && r.inRow():
		r.stream.WriteRune(cellBreak)
	case name == "br":
		r.stream.WriteByte('\n')
	case name == "b" || name == "strong":
		r.stream.WriteRune(boldMark)
	case strings.HasPrefix(tag, "<!"), strings.ContainsAny(name, "=\"\n"), inlineTags[name]:
	default:
		r.stream.WriteString(unmarked(tag))
	}
}

// inRow says whether the line that is being written is a table's row.
func (r *markdownReader) inRow() bool {
	written := r.stream.String()
	line := strings.TrimLeft(written[strings.LastIndexByte(written, '\n')+1:], " ")
	return strings.HasPrefix(line, "|")
}

var inlineTags = map[string]bool{
	"a": true, "b": true, "code": true, "del": true, "details": true, "div": true, "em": true, "i": true, "img": true,
	"ins": true, "kbd": true, "mark": true, "p": true, "s": true, "samp": true, "small": true, "span": true,
	"strike": true, "strong": true, "sub": true, "summary": true, "sup": true, "tt": true, "u": true, "var": true,
}

func literal(node ast.Node, source []byte) []byte {
	var out []byte
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		if t, ok := child.(*ast.Text); ok {
			out = append(out, t.Segment.Value(source)...)
		}
	}
	return out
}

// unescape resolves backslash escapes and entities of Markdown text.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && punctuation(s[i+1]):
			i++
			b.WriteByte(s[i])
		case s[i] == '&':
			end := strings.IndexByte(s[i:min(len(s), i+32)], ';')
			if end < 0 {
				b.WriteByte('&')
				continue
			}
			b.WriteString(unmarked(html.UnescapeString(s[i : i+end+1])))
			i += end
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func punctuation(c byte) bool {
	return c > ' ' && c < 0x7f && !wordByte(c)
}
