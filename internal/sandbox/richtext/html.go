package richtext

import (
	"fmt"
	"html"
	"html/template"
	"regexp"
	"slices"
	"strings"
)

// Finder knows where a word such as WEB-1 or acme/api#7 leads; empty: nowhere.
type Finder func(word string) string

// HTML renders a document as Jira shows it, with Jira's elements. Every foreign
// character is escaped, links lead to the web alone, and no picture is loaded: its
// name stands for it. Where is asked for words that look like an item; nil asks
// nobody.
func HTML(d Document, where Finder) template.HTML {
	p := &page{where: where}
	for _, n := range d.Content {
		p.block(n)
	}
	return template.HTML(p.b.String()) //nolint:gosec // built from escaped parts alone
}

type page struct {
	b     strings.Builder
	where Finder
}

func (p *page) raw(s string)  { p.b.WriteString(s) }
func (p *page) text(s string) { p.b.WriteString(html.EscapeString(s)) }

// within renders children between two tags.
func (p *page) within(tag string, children []*Node) {
	name, _, _ := strings.Cut(tag, " ")
	p.raw("<" + tag + ">")
	if (name == "li" || name == "td" || name == "th") && len(children) > 0 && children[0].Type == "paragraph" && !several(children) {
		p.blocks(children[0].Content)
		children = children[1:]
	}
	p.blocks(children)
	p.raw("</" + name + ">")
}

// several says whether there is more than one paragraph; the only one of an item
// or a cell needs no element of its own.
func several(nodes []*Node) bool {
	return slices.ContainsFunc(nodes[1:], func(n *Node) bool { return n.Type == "paragraph" })
}

func (p *page) blocks(nodes []*Node) {
	for _, n := range nodes {
		p.block(n)
	}
}

// simple are the blocks that are one element around their children.
var simple = map[string]string{
	"paragraph": "p", "blockquote": "blockquote", "bulletList": "ul", "listItem": "li", "tableRow": "tr", "caption": "figcaption",
	"layoutSection": `div class="columns"`, "layoutColumn": "div", "decisionList": `ul class="decisions"`, "decisionItem": "li",
	"tableHeader": `th class="confluenceTh"`, "tableCell": `td class="confluenceTd"`, "bodiedExtension": "div", "bodiedSyncBlock": "div",
	"mediaGroup": "p",
}

func (p *page) block(n *Node) {
	if tag := simple[n.Type]; tag != "" && !merges(n) {
		p.within(tag, n.Content)
		return
	}
	switch n.Type {
	case "heading":
		level, _ := n.number("level")
		p.within(fmt.Sprintf("h%d", min(max(int(level), 1), 6)), n.Content)
	case "rule":
		p.raw("<hr>")
	case "codeBlock":
		p.code(n)
	case "orderedList":
		tag := "ol"
		if first, ok := n.number("order"); ok && first != 1 {
			tag = fmt.Sprintf(`ol start="%d"`, int(first))
		}
		p.within(tag, n.Content)
	case "panel":
		p.within(`div class="panel panel-`+html.EscapeString(n.attr("panelType"))+`"`, n.Content)
	case "table":
		p.raw(`<div class="table-wrap"><table class="confluenceTable"><tbody>`)
		p.blocks(n.Content)
		p.raw("</tbody></table></div>")
	case "tableHeader", "tableCell":
		p.within(map[string]string{"tableHeader": "th", "tableCell": "td"}[n.Type]+n.spanning("colspan")+n.spanning("rowspan"), n.Content)
	case "expand", "nestedExpand":
		p.raw("<details><summary>")
		p.text(n.attr("title"))
		p.raw("</summary>")
		p.blocks(n.Content)
		p.raw("</details>")
	case "taskList", "taskItem", "blockTaskItem":
		p.task(n)
	case "mediaSingle":
		p.raw("<figure>")
		p.blocks(n.Content)
		p.raw("</figure>")
	case "media":
		p.file(n)
	case "blockCard", "embedCard":
		p.raw("<p>")
		p.link(n.attr("url"), func() { p.text(n.attr("url")) })
		p.raw("</p>")
	case "extension", "syncBlock":
		p.raw(`<p class="missing">`)
		p.text(n.attr("text") + n.attr("extensionKey"))
		p.raw("</p>")
	default:
		p.inline(n)
	}
}

// span is how many columns or rows a cell takes; 0: nothing is said.
func (n *Node) span(name string) int {
	v, _ := n.number(name)
	return min(int(v), 1000)
}

// spanning is a span as HTML says it.
func (n *Node) spanning(name string) string {
	if v := n.span(name); v > 1 {
		return fmt.Sprintf(` %s="%d"`, name, v)
	}
	return ""
}

func (p *page) code(n *Node) {
	p.raw(`<div class="code panel"><pre`)
	if lang := n.attr("language"); language.MatchString(lang) {
		p.raw(` class="code-` + html.EscapeString(lang) + `"`)
	}
	p.raw(">")
	for _, c := range n.Content {
		p.text(c.Text)
	}
	p.raw("</pre></div>")
}

func (p *page) task(n *Node) {
	if n.Type == "taskList" {
		p.within(`ul class="tasks"`, n.Content)
		return
	}
	p.raw(`<li><input type="checkbox" disabled`)
	if n.attr("state") == "DONE" {
		p.raw(" checked")
	}
	p.raw("> ")
	p.blocks(n.Content)
	p.raw("</li>")
}

func (p *page) file(n *Node) {
	p.raw(`<span class="file">`)
	p.text(mediaName(n))
	p.raw("</span> ")
}

// inline renders text and what stands between; what nobody knows leaves its
// children.
func (p *page) inline(n *Node) {
	switch n.Type {
	case "text":
		p.marked(n)
	case "hardBreak":
		p.raw("<br>")
	case "mention":
		p.raw(`<span class="mention">`)
		p.text("@" + strings.TrimPrefix(n.words(), "@"))
		p.raw("</span>")
	case "emoji":
		text := n.attr("text")
		if e, ok := emojis[n.attr("id")]; ok {
			text = e.shown
		}
		if text == "" {
			text = n.attr("shortName")
		}
		p.text(text)
	case "status":
		tint := n.attr("color")
		if statusColors[tint] == "" {
			tint = "neutral"
		}
		p.raw(`<span class="status status-` + tint + `">`)
		p.text(n.attr("text"))
		p.raw("</span>")
	case "date":
		p.raw("<time>")
		p.text(day(n.attr("timestamp")))
		p.raw("</time>")
	case "inlineCard":
		p.link(n.attr("url"), func() { p.text(n.attr("url")) })
	case "mediaInline":
		p.file(n)
	case "placeholder", "inlineExtension":
		p.text(n.attr("text"))
	default:
		p.blocks(n.Content)
	}
}

func (p *page) link(address string, label func()) {
	if !safe(address) {
		label()
		return
	}
	p.raw(`<a class="external-link" rel="nofollow noreferrer" href="`)
	p.text(address)
	p.raw(`">`)
	label()
	p.raw("</a>")
}

// elements are what Jira writes for each mark.
var elements = map[string]string{"strong": "b", "em": "em", "strike": "del", "underline": "ins", "code": "tt", "link": "", "textColor": "font"}

func (p *page) marked(n *Node) {
	m := n.mark("link")
	if m != nil {
		p.link(m.attr("href"), func() { p.styled(n, n.Marks, false) })
		return
	}
	p.styled(n, n.Marks, n.mark("code") == nil)
}

// styled renders the marks from the outside in; found says that words may lead
// to items.
func (p *page) styled(n *Node, marks []Mark, found bool) {
	if len(marks) == 0 {
		if !found {
			p.text(n.Text)
			return
		}
		p.words(n.Text)
		return
	}
	m, rest := marks[0], marks[1:]
	tag, open := elements[m.Type], ""
	switch m.Type {
	case "subsup":
		tag = m.attr("type")
		if tag != "sub" && tag != "sup" {
			tag = ""
		}
	case "textColor":
		if c := color(m.attr("color")); c != "" {
			open = ` color="` + c + `"`
		}
	}
	if tag == "" {
		p.styled(n, rest, found)
		return
	}
	p.raw("<" + tag + open + ">")
	p.styled(n, rest, found)
	p.raw("</" + tag + ">")
}

// itemWord is what an item's name looks like in a text.
var itemWord = regexp.MustCompile(`\b[A-Z][A-Z0-9_]{1,19}-[1-9][0-9]{0,8}\b|\b[A-Za-z0-9][\w.-]{0,38}/[\w.-]{1,99}#[1-9][0-9]{0,8}\b`)

func (p *page) words(text string) {
	if p.where == nil {
		p.text(text)
		return
	}
	last := 0
	for _, at := range itemWord.FindAllStringIndex(text, -1) {
		word := text[at[0]:at[1]]
		address := p.where(word)
		if address == "" {
			continue
		}
		p.text(text[last:at[0]])
		p.raw(`<a class="issue-link" href="`)
		p.text(address)
		p.raw(`">`)
		p.text(word)
		p.raw("</a>")
		last = at[1]
	}
	p.text(text[last:])
}
