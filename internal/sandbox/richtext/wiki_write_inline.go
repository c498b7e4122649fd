package richtext

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// place is where a run of text stands; it decides what must be escaped.
type place int

const (
	inLine  place = iota
	atStart       // begins a line: a star would begin a list
	inCell        // a bar would end the cell
)

// writeInline writes a run of text and what stands between.
func writeInline(nodes []*Node, where place) string {
	w := &inlineWriter{where: where, lively: lively(nodes)}
	for i, n := range nodes {
		next := ""
		if i+1 < len(nodes) && nodes[i+1].Type == "text" {
			next = nodes[i+1].Text
		}
		w.node(n, next)
	}
	return w.b.String()
}

type inlineWriter struct {
	b      strings.Builder
	where  place
	lively map[byte]bool // signs that could find a partner in this run
	inside string        // signs that stand around the text that is being written
	link   bool          // the text is a link's
}

// lively are the signs of marks that a run uses, or that its texts hold twice: a
// single star marks nothing and needs no escape.
func lively(nodes []*Node) map[byte]bool {
	count := map[byte]int{}
	for _, n := range nodes {
		for _, m := range n.Marks {
			if sign := signOf(m); len(sign) == 1 {
				count[sign[0]] += 2
			}
		}
		for i := range len(n.Text) {
			if strings.IndexByte("*_-+^~!", n.Text[i]) >= 0 {
				count[n.Text[i]]++
			}
		}
	}
	out := map[byte]bool{}
	for sign, n := range count {
		out[sign] = n > 1
	}
	return out
}

// signed are the marks that have a sign, from the inside out, as Jira writes them.
var signed = []string{"em", "strike", "strong", "subsup", "underline"}

func signOf(m Mark) string {
	switch m.Type {
	case "strong":
		return "*"
	case "em":
		return "_"
	case "strike":
		return "-"
	case "underline":
		return "+"
	case "subsup":
		if m.attr("type") == "sup" {
			return "^"
		}
		return "~"
	}
	return ""
}

func (w *inlineWriter) node(n *Node, next string) {
	switch n.Type {
	case "text":
		w.text(n, next)
	case "hardBreak":
		w.b.WriteString("\n")
	case "mention":
		w.b.WriteString("[~accountid:" + strings.TrimPrefix(n.attr("id"), "accountid:") + "]")
	case "emoji":
		w.emoji(n)
	case "inlineCard":
		if address := n.attr("url"); address != "" {
			w.b.WriteString("[" + address + "|" + address + "|smart-link]")
			return
		}
		w.b.WriteString(writeADF(n, "inline"))
	case "status":
		tint := statusColors[n.attr("color")]
		if tint == "" {
			tint = statusColors["neutral"]
		}
		w.b.WriteString("{color:" + tint + "}*\\[ " + strings.ToUpper(w.escaped(n.attr("text"), "", "")) + " \\]*{color}")
	case "date":
		w.b.WriteString("{{" + day(n.attr("timestamp")) + "}}")
	case "mediaInline":
		w.b.WriteString("[^" + mediaName(n) + "]")
	case "placeholder":
		w.b.WriteString(w.escaped(n.attr("text"), "", next))
	default:
		w.b.WriteString(writeADF(n, "inline"))
	}
}

func (w *inlineWriter) emoji(n *Node) {
	if e, ok := emojis[n.attr("id")]; ok {
		w.b.WriteString(e.wiki)
		return
	}
	text := n.attr("text")
	if text == "" {
		text = n.attr("shortName")
	}
	w.b.WriteString(text)
}

// text writes a text with its marks, from the inside out: code or signs, colour,
// link. Blanks at the ends stay outside of the signs, where they would undo them.
func (w *inlineWriter) text(n *Node, next string) {
	before := w.b.String()
	if n.mark("code") != nil {
		w.b.WriteString(linked(n, "{{"+codeText(n.Text, w.where == inCell || n.mark("link") != nil)+"}}"))
		return
	}
	if len(n.Marks) == 0 {
		w.b.WriteString(w.escaped(n.Text, before, next))
		return
	}
	core := strings.Trim(n.Text, " \t\n\u00a0")
	if core == "" {
		w.b.WriteString(w.escaped(n.Text, before, next))
		return
	}
	for _, m := range n.Marks {
		w.inside += signOf(m)
		w.link = w.link || m.Type == "link"
	}
	defer func() { w.inside, w.link = "", false }()
	lead, trail, _ := strings.Cut(n.Text, core)
	joined := lead == "" && wordlyEnd(before) || trail == "" && wordly(next)
	text := w.escaped(core, "*", "*")
	out := lead + linked(n, styled(n, text, joined)) + trail
	if (before == "" || strings.HasSuffix(before, "\n")) && bulletLike.MatchString(out) {
		out = lead + linked(n, styled(n, text, true)) + trail // a star and a blank would begin a list
	}
	w.b.WriteString(out)
}

// styled puts signs and colour around a text; joined ones touch a word.
func styled(n *Node, text string, joined bool) string {
	for _, kind := range signed {
		if m := n.mark(kind); m != nil {
			sign := signOf(*m)
			if joined {
				sign = "{" + sign + "}"
			}
			text = overLines(text, sign)
		}
	}
	if m := n.mark("textColor"); m != nil {
		text = "{color:" + strings.ToLower(m.attr("color")) + "}" + text + "{color}"
	}
	return text
}

// overLines puts a sign around each line: a mark ends with its line.
func overLines(text, sign string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.TrimSpace(l) != "" {
			lines[i] = sign + strings.TrimSpace(l) + sign
		}
	}
	return strings.Join(lines, "\n")
}

func linked(n *Node, text string) string {
	m := n.mark("link")
	if m == nil || !safe(m.attr("href")) {
		return text
	}
	address := strings.NewReplacer("|", "%7C", "]", "%5D", "[", "%5B", "\\", "%5C", "\n", "").Replace(m.attr("href"))
	if text == address {
		return "[" + address + "]"
	}
	return "[" + oneLine(text) + "|" + address + "]"
}

// codeEscapes keep a code span's braces and what is read within it plain.
var codeEscapes = strings.NewReplacer("{", `\{`, "}", `\}`, "[", `\[`, "\n", " ", `\`, "&#92;")

// codeText is a code span's text; one that stands in a link or a cell keeps its
// bars and brackets plain as well.
func codeText(text string, held bool) string {
	text = codeEscapes.Replace(entityWithin.ReplaceAllString(text, "&amp;$1"))
	if held {
		text = strings.NewReplacer("]", `\]`, "|", `\|`).Replace(text)
	}
	return text
}

var (
	entityWithin = regexp.MustCompile(`&(#[0-9]{2,7};|(?:amp|lt|gt|quot|nbsp);)`)
	entityLike   = regexp.MustCompile(`^&(?:#[0-9]{2,7}|amp|lt|gt|quot|nbsp);`)
	blockLike    = regexp.MustCompile(`^(?:h[1-6]\.|bq\.)(?:\s|$)`)
	bulletLike   = regexp.MustCompile(`^\s*(?:[*#]+|-)\s`)
)

// escaped writes plain text so that none of it is read as markup; before and next
// are what stands around it.
func (w *inlineWriter) escaped(text, before, next string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		start := i == 0 && before == "" || i > 0 && text[i-1] == '\n' || i == 0 && strings.HasSuffix(before, "\n")
		if n := w.startEscape(&b, text[i:], start); n > 0 {
			i += n
			continue
		}
		prev, after := before, text[i+1:]
		if i > 0 {
			prev = text[:i]
		}
		if after == "" {
			after = next
		}
		b.WriteString(w.charEscape(text[i:], prev, after))
		_, size := utf8.DecodeRuneInString(text[i:])
		b.WriteString(text[i+1 : i+size])
		i += size
	}
	return b.String()
}

// startEscape writes what would begin a block at the start of a line.
func (w *inlineWriter) startEscape(b *strings.Builder, text string, start bool) int {
	if !start {
		return 0
	}
	line := firstLine(text)
	switch {
	case blockLike.MatchString(line):
		dot := strings.IndexByte(text, '.')
		b.WriteString(text[:dot] + "&#46;")
		return dot + 1
	case bulletLike.MatchString(line), ruleLine.MatchString(line), strings.HasPrefix(line, "|"):
		at := len(text) - len(strings.TrimLeft(text, " \t"))
		b.WriteString(text[:at] + `\` + text[at:at+1])
		return at + 1
	}
	return 0
}

// charEscape is one byte of text, with a backslash where it could be a sign.
func (w *inlineWriter) charEscape(text, before, after string) string {
	c := text[:1]
	plainly := false
	switch text[0] {
	case '\\':
		return "&#92;"
	case '&':
		if entityLike.MatchString(text) {
			return "&amp;"
		}
		plainly = true
	case '{', '[', ']', '}':
	case '|':
		plainly = w.where != inCell && !w.link
	case '*', '_', '-', '+', '^', '~':
		opens := !wordlyEnd(before) && after != "" && after[0] != ' '
		closes := strings.Contains(w.inside, c) && before != "" && !strings.HasSuffix(before, " ") && !wordly(after)
		plainly = !w.lively[text[0]] || !opens && !closes
		if text[0] == '-' && strings.HasPrefix(text, "--") && (before == "" || strings.HasSuffix(before, " ")) {
			plainly = false
		}
	case '!':
		plainly = !w.lively['!'] || after == "" || after[0] == ' '
	case '?':
		plainly = !strings.HasPrefix(text, "??")
	case ':', ';', '(':
		id, _ := emoticon(text)
		if plainly = id == "" || wordlyEnd(before); !plainly && text[0] != '(' {
			return map[byte]string{':': "&#58;", ';': "&#59;"}[text[0]]
		}
	default:
		plainly = true
	}
	if plainly {
		return c
	}
	return `\` + c
}
