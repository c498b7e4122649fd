package richtext

import (
	"slices"
	"strings"
)

// Document is an Atlassian document, version 1.
type Document struct {
	Type    string  `json:"type"`    // doc
	Version int     `json:"version"` // 1
	Content []*Node `json:"content"`
}

// Node is one node of a document: a block, or text and what stands between text.
type Node struct {
	Type    string         `json:"type"`
	Attrs   map[string]any `json:"attrs,omitempty"`
	Content []*Node        `json:"content,omitempty"`
	Text    string         `json:"text,omitempty"`
	Marks   []Mark         `json:"marks,omitempty"`
}

// Mark is how a text is set: strong, em, a link, a colour.
type Mark struct {
	Type  string         `json:"type"`
	Attrs map[string]any `json:"attrs,omitempty"`
}

// Names finds a person by what a mention says: an account id or a login. An
// unknown one is answered with an empty id.
type Names func(handle string) (id, name string)

func document(content []*Node) Document {
	if content == nil {
		content = []*Node{}
	}
	return Document{Type: "doc", Version: 1, Content: content}
}

// Text is a document of plain text, a paragraph for each line.
func Text(text string) Document {
	var out []*Node
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, paragraph(plain(line)))
		}
	}
	return document(out)
}

func plain(text string, marks ...Mark) *Node {
	return &Node{Type: "text", Text: text, Marks: marks}
}

func paragraph(inline ...*Node) *Node { return &Node{Type: "paragraph", Content: inline} }

// attr is a text attribute; empty when it is missing or no text.
func (n *Node) attr(name string) string {
	s, _ := n.Attrs[name].(string)
	return s
}

// number is a numeric attribute, however it came to be.
func (n *Node) number(name string) (float64, bool) {
	switch v := n.Attrs[name].(type) {
	case float64:
		return v, true
	case int:
		return float64(v), true
	}
	return 0, false
}

// mark finds a mark by its type; nil when the text does not bear it.
func (n *Node) mark(kind string) *Mark {
	for i := range n.Marks {
		if n.Marks[i].Type == kind {
			return &n.Marks[i]
		}
	}
	return nil
}

func (m *Mark) attr(name string) string {
	s, _ := m.Attrs[name].(string)
	return s
}

// sameMarks says whether two texts can be one.
func sameMarks(a, b []Mark) bool {
	return slices.EqualFunc(a, b, func(x, y Mark) bool {
		if x.Type != y.Type || len(x.Attrs) != len(y.Attrs) {
			return false
		}
		for k, v := range x.Attrs {
			if y.Attrs[k] != v {
				return false
			}
		}
		return true
	})
}

// words is all text of a subtree, for places that can hold nothing else.
func (n *Node) words() string {
	switch n.Type {
	case "text":
		return n.Text
	case "hardBreak":
		return "\n"
	case "mention", "emoji", "status", "placeholder":
		if text := n.attr("text"); text != "" {
			return text
		}
		return n.attr("shortName") + n.attr("id")
	case "inlineCard", "blockCard", "embedCard":
		return n.attr("url")
	case "date":
		return day(n.attr("timestamp"))
	}
	var b strings.Builder
	for _, c := range n.Content {
		b.WriteString(c.words())
	}
	return b.String()
}
