package jirasim

import (
	"html/template"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

// wikiHTML renders what comments use of Jira's wiki markup: headings, bold,
// italics, monospace, colours, links, lists, tables, quotes, code, panels' text,
// escapes with a backslash and entities. Everything else stands as text; every character is escaped.
func wikiHTML(text string) template.HTML {
	r := &renderer{}
	for _, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		r.line(line)
	}
	r.close()
	return template.HTML(r.b.String()) //nolint:gosec // built from escaped parts only
}

type renderer struct {
	b     strings.Builder
	list  string // the tag of the open list or table, empty: none
	para  bool
	fence string // {code} or {noformat} until it comes again
}

var (
	heading = regexp.MustCompile(`^h([1-6])\.\s+(.*)$`)
	item    = regexp.MustCompile(`^([*#-])\s+(.*)$`)
	fence   = regexp.MustCompile(`^\{(code|noformat)(:[^}]*)?\}(.*)$`)
)

func (r *renderer) line(line string) {
	if r.fence != "" {
		before, _, found := strings.Cut(line, "{"+r.fence+"}")
		r.b.WriteString(template.HTMLEscapeString(before))
		if !found {
			r.b.WriteString("\n")
			return
		}
		r.b.WriteString("</pre>\n")
		r.fence = ""
		return
	}
	if m := fence.FindStringSubmatch(line); m != nil {
		r.close()
		r.b.WriteString("<pre>")
		r.fence = m[1]
		if m[3] != "" {
			r.line(m[3])
		}
		return
	}
	if m := heading.FindStringSubmatch(line); m != nil {
		r.close()
		r.b.WriteString("<h" + m[1] + ">" + inline(m[2]) + "</h" + m[1] + ">\n")
		return
	}
	if m := item.FindStringSubmatch(line); m != nil {
		tag := map[string]string{"*": "ul", "-": "ul", "#": "ol"}[m[1]]
		if r.list != tag {
			r.close()
			r.b.WriteString("<" + tag + ">\n")
			r.list = tag
		}
		r.b.WriteString("<li>" + inline(m[2]) + "</li>\n")
		return
	}
	switch {
	case strings.HasPrefix(line, "|"):
		r.row(line)
	case strings.TrimSpace(line) == "":
		r.close()
	case strings.HasPrefix(line, "bq. "):
		r.close()
		r.b.WriteString("<blockquote>" + inline(line[4:]) + "</blockquote>\n")
	case line == "----":
		r.close()
		r.b.WriteString("<hr>\n")
	default:
		r.text(line)
	}
}

// row writes a line of a table: ||head||head|| or |cell|cell|.
func (r *renderer) row(line string) {
	if r.list != "table" {
		r.close()
		r.b.WriteString("<table>\n")
		r.list = "table"
	}
	tag, bar := "td", "|"
	if strings.HasPrefix(line, "||") {
		tag, bar = "th", "||"
	}
	line = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(line), bar), bar)
	r.b.WriteString("<tr>")
	for _, cell := range cells(line, bar) {
		r.b.WriteString("<" + tag + ">" + inline(strings.TrimSpace(cell)) + "</" + tag + ">")
	}
	r.b.WriteString("</tr>\n")
}

// cells cuts a row at its bars, but not inside a link or behind a backslash.
func cells(line, bar string) (out []string) {
	start, depth := 0, 0
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\':
			i++
		case line[i] == '[':
			depth++
		case line[i] == ']' && depth > 0:
			depth--
		case depth == 0 && strings.HasPrefix(line[i:], bar):
			out = append(out, line[start:i])
			i += len(bar) - 1
			start = i + 1
		}
	}
	return append(out, line[start:])
}

func (r *renderer) text(line string) {
	if r.list != "" {
		r.close()
	}
	if r.para {
		r.b.WriteString("<br>\n")
	} else {
		r.b.WriteString("<p>")
		r.para = true
	}
	r.b.WriteString(inline(line))
}

func (r *renderer) close() {
	if r.para {
		r.b.WriteString("</p>\n")
	}
	if r.list != "" {
		r.b.WriteString("</" + r.list + ">\n")
	}
	if r.fence != "" {
		r.b.WriteString("</pre>\n")
	}
	r.para, r.list, r.fence = false, "", ""
}

// The marks of a line, tried in this order; those from bold on are no marks
// inside a word.
const (
	markEscape = iota
	markEntity
	markAnchor
	markColor
	markCode
	markMacro
	markMention
	markLink
	markURL
	markBold
	markItalic
)

var marks = []*regexp.Regexp{
	markEscape:  regexp.MustCompile(`^\\([\\{}\[\]*_+\-^~!|#@&<>?().:"'` + "`" + `])`),
	markEntity:  regexp.MustCompile(`^&(?:lt|gt|amp|quot|#[0-9]{2,5});`),
	markAnchor:  regexp.MustCompile(`^\{anchor:[A-Za-z0-9_=-]+\}`),
	markColor:   regexp.MustCompile(`^\{color:(#[0-9A-Fa-f]{6})\}(.*?)\{color\}`),
	markCode:    regexp.MustCompile(`^\{\{(.+?)\}\}`),
	markMacro:   regexp.MustCompile(`^\{(?:panel|quote|color|info|note|warning|tip)(?::[^}]*)?\}`),
	markMention: regexp.MustCompile(`^\[~([^\]|]+)\]`),
	markLink:    regexp.MustCompile(`^\[((?:\\.|[^\]|\\])+)\|([^\]|]+)\]`),
	markURL:     regexp.MustCompile(`^\[((https?://[^\]|]+))\]`),
	markBold:    regexp.MustCompile(`^\*((?:\\.|[^*\\\s])(?:(?:\\.|[^*\\])*(?:\\.|[^*\\\s]))?)\*`),
	markItalic:  regexp.MustCompile(`^_((?:\\.|[^_\\\s])(?:(?:\\.|[^_\\])*(?:\\.|[^_\\\s]))?)_`),
}

func render(mark int, m []string) string {
	switch mark {
	case markEscape:
		return template.HTMLEscapeString(m[1])
	case markEntity: // a character that would begin markup, as Jira shows it
		return m[0]
	case markColor:
		return `<span style="color:` + m[1] + `">` + inline(m[2]) + "</span>"
	case markCode:
		return "<code>" + inline(m[1]) + "</code>"
	case markMention:
		return `<b class="mention">@` + template.HTMLEscapeString(m[1]) + "</b>"
	case markLink, markURL:
		return link(m)
	case markBold:
		return "<b>" + inline(m[1]) + "</b>"
	case markItalic:
		return "<i>" + inline(m[1]) + "</i>"
	}
	return "" // anchors and panels leave nothing
}

// link is inert unless it leads to a page on the web.
func link(m []string) string {
	u, err := url.Parse(m[2])
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return inline(m[1])
	}
	return `<a rel="noreferrer" href="` + template.HTMLEscapeString(u.String()) + `">` + inline(m[1]) + "</a>"
}

// inline renders one line's markup; a mark inside a word is text.
func inline(text string) string {
	var b strings.Builder
	word := false
next:
	for text != "" {
		for mark, pattern := range marks {
			if word && mark >= markBold {
				break
			}
			if m := pattern.FindStringSubmatch(text); m != nil {
				b.WriteString(render(mark, m))
				text = text[len(m[0]):]
				word = false
				continue next
			}
		}
		r, size := utf8.DecodeRuneInString(text)
		b.WriteString(template.HTMLEscapeString(string(r))) // a broken byte becomes U+FFFD
		word = r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r > 127
		text = text[size:]
	}
	return b.String()
}
