package jirasim

import (
	"html/template"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

// wikiHTML renders what comments use of Jira's wiki markup: headings, bold,
// italics, monospace, links, lists, quotes, code, panels' text, escapes with a
// backslash. Everything else stands as text; every character is escaped.
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
	list  string // the open list's tag, empty: none
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
	markAnchor
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
	markAnchor:  regexp.MustCompile(`^\{anchor:[A-Za-z0-9_=-]+\}`),
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
