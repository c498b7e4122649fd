package markup

import (
	"encoding/json"
	"strings"
)

// adfNode is a node of the Atlassian Document Format.
// https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
type adfNode struct {
	Type    string    `json:"type"`
	Text    string    `json:"text"`
	Content []adfNode `json:"content"`
	Attrs   struct {
		Level    int    `json:"level"`
		Language string `json:"language"`
		Title    string `json:"title"`
		State    string `json:"state"`
		URL      string `json:"url"`
		Text     string `json:"text"`
	} `json:"attrs"`
	Marks []struct {
		Type  string `json:"type"`
		Attrs struct {
			Href string `json:"href"`
		} `json:"attrs"`
	} `json:"marks"`
}

// maxNesting bounds how deep a document is read.
const maxNesting = 64

// adfBlocks reads a document; what is none has no blocks.
func adfBlocks(source string) []block {
	var doc adfNode
	if len(source) > maxADF || json.Unmarshal([]byte(source), &doc) != nil {
		return nil
	}
	r := adfReader{}
	r.blocks(doc.Content, 0)
	return r.out
}

// maxADF is how long a document may be, in bytes: Jira stores 32,767 characters of text,
// which marks and nodes make longer.
const maxADF = 4 << 20

type adfReader struct {
	out    []block
	depth  int // of lists
	stream strings.Builder
}

func (r *adfReader) blocks(nodes []adfNode, nesting int) {
	if nesting > maxNesting {
		return
	}
	for i := range nodes {
		n := &nodes[i]
		switch n.Type {
		case "heading":
			r.add(block{role: heading, level: min(max(n.Attrs.Level, 1), lowestLevel)}, n)
		case "paragraph":
			r.add(block{role: prose}, n)
		case "bulletList", "orderedList", "taskList", "decisionList":
			r.list(n, nesting)
		case "codeBlock":
			switch strings.ToLower(n.Attrs.Language) {
			case "gherkin", "feature", "cucumber":
				r.add(block{role: gherkin}, n)
			}
		case "expand", "nestedExpand":
			r.out = append(r.out, block{role: heading, level: lowestLevel, stream: unmarked(n.Attrs.Title)})
			r.blocks(n.Content, nesting+1)
			r.out = append(r.out, block{role: heading, level: lowestLevel})
		case "table":
			r.table(n)
		case "blockquote":
		default: // panels, columns, extensions with a body
			r.blocks(n.Content, nesting+1)
		}
	}
}

func (r *adfReader) list(list *adfNode, nesting int) {
	r.depth++
	for i := range list.Content {
		item := &list.Content[i]
		before := len(r.out)
		switch item.Type {
		case "taskItem", "decisionItem": // their words stand in them, without a paragraph
			r.add(block{role: entry, depth: r.depth}, item)
		case "taskList", "decisionList":
			r.list(item, nesting+1)
		default:
			r.blocks(item.Content, nesting+1)
			if before < len(r.out) && r.out[before].role == prose {
				r.out[before].role, r.out[before].depth = entry, r.depth
			}
		}
	}
	r.depth--
}

func (r *adfReader) add(b block, n *adfNode) {
	r.stream.Reset()
	if n.Type == "taskItem" {
		r.stream.WriteString(map[bool]string{true: "[x] ", false: "[ ] "}[n.Attrs.State == "DONE"])
	}
	r.inlines(n.Content, 0)
	b.stream = r.stream.String()
	r.out = append(r.out, b)
}

func (r *adfReader) inlines(nodes []adfNode, nesting int) {
	if nesting > maxNesting {
		return
	}
	for i := range nodes {
		n := &nodes[i]
		switch n.Type {
		case "text":
			r.text(n)
		case "hardBreak":
			r.stream.WriteByte('\n')
		case "inlineCard", "blockCard":
			r.stream.WriteString(" " + unmarked(strings.ReplaceAll(n.Attrs.URL, "\n", "")) + " ")
		case "mention", "status":
			r.stream.WriteString(unmarked(strings.ReplaceAll(n.Attrs.Text, "\n", " ")))
		default:
			r.inlines(n.Content, nesting+1)
		}
	}
}

// text writes words with their marks around them.
func (r *adfReader) text(n *adfNode) {
	var open, end strings.Builder
	for _, mark := range n.Marks {
		var sign, behind rune
		switch mark.Type {
		case "strong":
			sign, behind = boldMark, boldMark
		case "code":
			sign, behind = codeMark, codeMark
		case "strike":
			sign, behind = struckMark, struckMark
		case "link":
			open.WriteRune(linkURL)
			open.WriteString(strings.ReplaceAll(unmarked(mark.Attrs.Href), "\n", ""))
			sign, behind = linkText, linkEnd
		default:
			continue
		}
		open.WriteRune(sign)
		closing := end.String()
		end.Reset()
		end.WriteRune(behind)
		end.WriteString(closing)
	}
	r.stream.WriteString(open.String() + unmarked(n.Text) + end.String())
}

// table writes each row with bars, and two where it is a header.
func (r *adfReader) table(table *adfNode) {
	var rows []string
	for i := range table.Content {
		cells := table.Content[i].Content
		bar, header := "|", len(cells) > 0
		for j := range cells {
			header = header && cells[j].Type == "tableHeader"
		}
		if header {
			bar = "||"
		}
		var b strings.Builder
		b.WriteString(bar)
		for j := range cells {
			b.WriteString(r.cell(&cells[j]) + bar)
		}
		rows = append(rows, b.String())
	}
	r.out = append(r.out, block{role: row, stream: strings.Join(rows, rowBreak)})
}

// cell returns a cell's blocks line by line, entries with a bullet.
func (r *adfReader) cell(cell *adfNode) string {
	inner := adfReader{}
	inner.blocks(cell.Content, maxNesting/2)
	var lines []string
	for _, b := range inner.out {
		line := strings.ReplaceAll(b.stream, "|", "/")
		if b.role == entry {
			line = "* " + line
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
