package richtext

import (
	"regexp"
	"strings"
)

// FromWiki reads Jira's wiki text. It never fails: what is no markup is text.
func FromWiki(text string, names Names) Document {
	r := &reader{names: names}
	text = strings.ToValidUTF8(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\ufffd")
	return document(fit("doc", r.blocks(text, false)))
}

// deepest is how many macros, cells and items may stand within each other.
const deepest = 12

type reader struct {
	names Names
	depth int
}

// blocks reads a text of its own: the whole, or what a macro, a cell or an item
// holds. A flat one knows no headings, lists and tables.
func (r *reader) blocks(text string, flat bool) []*Node {
	r.depth++
	defer func() { r.depth-- }()
	b := &blockReader{reader: r, rest: text, flat: flat || r.depth > deepest, unclosed: map[string]bool{}}
	for b.rest != "" {
		b.block()
	}
	b.flush()
	return b.out
}

type blockReader struct {
	*reader
	rest     string // begins a line, or follows a macro
	flat     bool
	lines    []string // of the running paragraph
	out      []*Node
	unclosed map[string]bool // macros that are not closed in what is left
	eol      measured
	codeless missing // closing braces of code spans
}

// line is the text up to the line's end, and what comes after it.
func (b *blockReader) line() (line, rest string) {
	end := b.eol.end(b.rest, 0)
	return b.rest[:end], b.rest[min(end+1, len(b.rest)):]
}

var (
	ruleLine    = regexp.MustCompile(`^-{4,5}\s*$`)
	headingLine = regexp.MustCompile(`^\s*h([1-6])\.(?:\s+|$)(.*)$`)
	quoteLine   = regexp.MustCompile(`^\s*bq\.\s+(.*)$`)
	listLine    = regexp.MustCompile(`^\s*([*#]{1,20}|-)\s+(\S.*)$`)
	tableLine   = regexp.MustCompile(`^[ \t]*\|`)
)

func (b *blockReader) block() {
	line, rest := b.line()
	switch {
	case strings.TrimSpace(line) == "":
		b.flush()
		b.rest = rest
	case b.flat:
		b.text(line, rest)
	case ruleLine.MatchString(line):
		b.add(&Node{Type: "rule"})
		b.rest = rest
	case headingLine.MatchString(line):
		m := headingLine.FindStringSubmatch(line)
		b.add(&Node{Type: "heading", Attrs: map[string]any{"level": int(m[1][0] - '0')}, Content: inlineOnly(b.inline(m[2]))})
		b.rest = rest
	case quoteLine.MatchString(line):
		m := quoteLine.FindStringSubmatch(line)
		b.add(container("blockquote", lift(b.inline(m[1])))...)
		b.rest = rest
	case listLine.MatchString(line):
		b.list()
	case tableLine.MatchString(line):
		b.table()
	default:
		b.text(line, rest)
	}
}

// add ends the running paragraph and puts blocks after it.
func (b *blockReader) add(nodes ...*Node) {
	b.flush()
	b.out = append(b.out, nodes...)
}

func (b *blockReader) flush() {
	if len(b.lines) > 0 {
		b.out = append(b.out, lift(b.inline(strings.Join(b.lines, "\n")))...)
		b.lines = nil
	}
}

// text takes a line of a paragraph, up to the first macro that makes a block.
func (b *blockReader) text(line, rest string) {
	m, ok := b.macro(len(line))
	if !ok {
		b.lines = append(b.lines, line)
		b.rest = rest
		return
	}
	if before := b.rest[:m.at]; strings.TrimSpace(before) != "" {
		b.lines = append(b.lines, before)
	}
	b.add(b.build(m)...)
	b.rest = b.rest[m.end:]
	if line, rest := b.line(); strings.TrimSpace(line) == "" {
		b.rest = rest
	}
}

// container holds blocks; without any it is not there.
func container(kind string, nodes []*Node) []*Node {
	if nodes = fit(kind, nodes); len(nodes) == 0 {
		return nil
	}
	return []*Node{{Type: kind, Content: nodes}}
}

// lift takes blocks such as pictures out of a run of inlines: what stands before
// and after them becomes paragraphs.
func lift(inline []*Node) []*Node {
	var out, run []*Node
	end := func() {
		if run = trimBreaks(run); len(run) > 0 {
			out = append(out, paragraph(run...))
		}
		run = nil
	}
	for _, n := range inline {
		switch n.Type {
		case "mediaSingle", "blockCard", "embedCard":
			end()
			out = append(out, n)
		default:
			run = append(run, n)
		}
	}
	end()
	return out
}

// trimBreaks drops line breaks and blanks at both ends of a run.
func trimBreaks(run []*Node) []*Node {
	blank := func(n *Node) bool {
		return n.Type == "hardBreak" || n.Type == "text" && strings.TrimSpace(n.Text) == "" && n.mark("code") == nil
	}
	for len(run) > 0 && blank(run[0]) {
		run = run[1:]
	}
	for len(run) > 0 && blank(run[len(run)-1]) {
		run = run[:len(run)-1]
	}
	if len(run) > 0 && run[0].Type == "text" && run[0].mark("code") == nil {
		run[0] = plain(strings.TrimLeft(run[0].Text, " \t"), run[0].Marks...)
	}
	if last := len(run) - 1; last >= 0 && run[last].Type == "text" && run[last].mark("code") == nil {
		run[last] = plain(strings.TrimRight(run[last].Text, " \t"), run[last].Marks...)
	}
	return run
}

// inlineOnly turns blocks within a run into words, where no block may stand.
func inlineOnly(nodes []*Node) []*Node {
	out := make([]*Node, 0, len(nodes))
	for _, n := range nodes {
		switch n.Type {
		case "mediaSingle":
			if text := n.words() + mediaName(n); text != "" {
				out = append(out, plain(text))
			}
		case "blockCard", "embedCard":
			out = append(out, &Node{Type: "inlineCard", Attrs: map[string]any{"url": n.attr("url")}})
		default:
			out = append(out, n)
		}
	}
	return out
}
