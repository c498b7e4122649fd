package richtext

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Wiki writes a document as Jira's wiki text.
func Wiki(d Document) string { return joinBlocks(d.Content, "\n\n") }

func joinBlocks(nodes []*Node, between string) string {
	parts := make([]string, 0, len(nodes))
	for _, n := range nodes {
		parts = append(parts, writeBlock(n))
	}
	return strings.Join(parts, between)
}

func writeBlock(n *Node) string {
	switch n.Type {
	case "paragraph", "caption":
		return writeInline(n.Content, atStart)
	case "heading":
		level, _ := n.number("level")
		return fmt.Sprintf("h%d. %s", int(level), oneLine(writeInline(n.Content, inLine)))
	case "rule":
		return "----"
	case "blockquote":
		return "{quote}\n" + joinBlocks(n.Content, "\n\n") + "\n{quote}"
	case "panel":
		return writePanel(n)
	case "codeBlock":
		return writeCode(n)
	case "bulletList", "orderedList":
		return writeList(n, "")
	case "taskList":
		return writeTasks(n, "*")
	case "decisionList":
		return writeDecisions(n)
	case "table":
		return writeTable(n)
	case "expand", "nestedExpand":
		return writeExpand(n)
	case "mediaSingle", "mediaGroup":
		return writeMedia(n)
	case "blockCard", "embedCard":
		if address := n.attr("url"); address != "" {
			tip := map[string]string{"blockCard": "smart-card", "embedCard": "smart-embed"}[n.Type]
			return "[" + address + "|" + address + "|" + tip + "]"
		}
	}
	return writeADF(n, "block")
}

// writeADF writes what wiki text has no form for.
func writeADF(n *Node, display string) string {
	b, err := json.Marshal(n)
	if err != nil {
		return ""
	}
	if display == "inline" {
		return "{adf:display=inline}" + string(b) + "{adf}"
	}
	return "{adf:display=block}\n" + string(b) + "\n{adf}"
}

func oneLine(text string) string { return strings.ReplaceAll(text, "\n", " ") }

// writePanel writes the background that stands for the panel's type.
func writePanel(n *Node) string {
	kind := n.attr("panelType")
	background := panelColors[kind]
	if kind == "tip" {
		background = panelColors["success"]
	}
	if own := color(n.attr("panelColor")); kind == "custom" && own != "" {
		background = own
	}
	return "{panel:bgColor=" + background + "}\n" + joinBlocks(n.Content, "\n\n") + "\n{panel}"
}

// wikiLanguages are those that Jira's {code} knows; other code stands in
// {noformat}, as Jira Cloud writes it.
var wikiLanguages = regexp.MustCompile(`^(?:actionscript|ada|applescript|bash|c|c#|c\+\+|cpp|css|erlang|go|groovy|haskell|html|java|javascript|js|` +
	`json|lua|none|objc|perl|php|python|r|rainbow|ruby|scala|sh|sql|swift|visualbasic|xml|yaml)$`)

func writeCode(n *Node) string {
	var b strings.Builder
	for _, c := range n.Content {
		b.WriteString(c.Text)
	}
	text := b.String()
	if lang := n.attr("language"); wikiLanguages.MatchString(lang) && !strings.Contains(text, "{code}") {
		return "{code:" + lang + "}\n" + text + "\n{code}"
	}
	if strings.Contains(text, "{noformat}") {
		if !strings.Contains(text, "{code}") {
			return "{code}\n" + text + "\n{code}"
		}
		return writeADF(n, "block")
	}
	return "{noformat}\n" + text + "\n{noformat}"
}

// writeList writes items with their bullets; what an item holds beside its first
// text stands on the lines after it.
func writeList(n *Node, above string) string {
	sign := map[string]string{"bulletList": "*", "orderedList": "#", "taskList": "*"}[n.Type]
	if n.Type == "taskList" {
		return writeTasks(n, above+sign)
	}
	var lines []string
	for _, item := range n.Content {
		var own []string
		var deeper []string
		for _, c := range item.Content {
			switch c.Type {
			case "bulletList", "orderedList", "taskList":
				deeper = append(deeper, writeList(c, above+sign))
			case "paragraph":
				own = append(own, noBlank(writeInline(c.Content, inLine)))
			default:
				own = append(own, noBlank(writeBlock(c)))
			}
		}
		if text := strings.Join(own, "\n"); text != "" || len(deeper) == 0 {
			if text == "" {
				text = "\u00a0"
			}
			lines = append(lines, above+sign+" "+text)
		}
		lines = append(lines, deeper...)
	}
	return strings.Join(lines, "\n")
}

// noBlank keeps a blank line, or one that would begin something else, from ending
// the item it stands in.
func noBlank(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if i > 0 && strings.TrimSpace(l) == "" {
			lines[i] = `\\`
		}
	}
	return strings.Join(lines, "\n")
}

// writeTasks writes a task as an item, a done one struck through.
func writeTasks(n *Node, bullets string) string {
	var lines []string
	for _, item := range n.Content {
		if item.Type == "taskList" {
			lines = append(lines, writeTasks(item, bullets+"*"))
			continue
		}
		inline := item.Content
		if item.attr("state") == "DONE" {
			inline = bearing(inline, "strike")
		}
		text := noBlank(writeInline(inline, inLine))
		if item.Type == "blockTaskItem" {
			text = noBlank(joinBlocks(item.Content, "\n"))
		}
		if text == "" {
			text = "\u00a0"
		}
		lines = append(lines, bullets+" "+text)
	}
	return strings.Join(lines, "\n")
}

func writeDecisions(n *Node) string {
	var lines []string
	for _, item := range n.Content {
		lines = append(lines, "* <> "+noBlank(writeInline(item.Content, inLine)))
	}
	return strings.Join(lines, "\n")
}

// writeTable writes rows; one with merged cells has no form in wiki text.
func writeTable(n *Node) string {
	lines := make([]string, 0, len(n.Content))
	for _, row := range n.Content {
		line, bar := strings.Builder{}, ""
		for _, c := range row.Content {
			if merges(c) {
				return writeADF(n, "block")
			}
			bar = "|"
			if c.Type == "tableHeader" {
				bar = "||"
			}
			text := noBlank(strings.TrimSpace(writeCell(c)))
			if text == "" {
				text = " "
			}
			line.WriteString(bar + text)
		}
		if bar != "" {
			lines = append(lines, line.String()+bar)
		}
	}
	return strings.Join(lines, "\n")
}

// merges says whether a cell spans others.
func merges(c *Node) bool { return c.span("colspan") > 1 || c.span("rowspan") > 1 }

func writeCell(c *Node) string {
	parts := make([]string, 0, len(c.Content))
	for _, n := range c.Content {
		if n.Type == "paragraph" {
			parts = append(parts, writeInline(n.Content, inCell))
			continue
		}
		parts = append(parts, writeBlock(n))
	}
	return strings.Join(parts, "\n")
}

// writeExpand writes the title as a strong line; wiki text cannot fold.
func writeExpand(n *Node) string {
	title := writeInline([]*Node{plain(n.attr("title"), Mark{Type: "strong"})}, atStart)
	if n.attr("title") == "" {
		return joinBlocks(n.Content, "\n\n")
	}
	return title + "\n\n" + joinBlocks(n.Content, "\n\n")
}

func writeMedia(n *Node) string {
	var lines []string
	for _, c := range n.Content {
		switch {
		case c.Type == "caption":
			lines = append(lines, writeBlock(c))
		case n.Type == "mediaGroup":
			lines = append(lines, "[^"+mediaName(c)+"]")
		default:
			lines = append(lines, writePicture(c))
		}
	}
	return strings.Join(lines, "\n")
}

func writePicture(c *Node) string {
	name, options := c.attr("id"), []string{}
	if c.attr("type") == "external" {
		name = c.attr("url")
	}
	for _, key := range []string{"width", "height"} {
		if v, ok := c.number(key); ok {
			options = append(options, key+"="+strconv.FormatFloat(v, 'f', -1, 64))
		}
	}
	if alt := c.attr("alt"); alt != "" {
		options = append(options, `alt="`+strings.NewReplacer(`"`, "", "!", "", "|", "", ",", "").Replace(alt)+`"`)
	}
	if len(options) == 0 {
		options = []string{"thumbnail"}
	}
	return "!" + name + "|" + strings.Join(options, ",") + "!"
}

// day is a document's date, milliseconds of UTC midnight, as people write it.
func day(timestamp string) string {
	ms, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return timestamp
	}
	return time.UnixMilli(ms).UTC().Format(time.DateOnly)
}
