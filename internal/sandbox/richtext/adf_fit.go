package richtext

import (
	"encoding/json"
	"fmt"
	"strings"
)

// allows says whether a node may stand in a parent; its marks aside.
func allows(parent string, n *Node) bool {
	_, ok := specs[parent].children[n.Type]
	return ok
}

// fit brings nodes into a parent that cannot hold them all: a heading becomes a
// strong line, a container its contents, anything else its words.
func fit(parent string, nodes []*Node) []*Node {
	var out []*Node
	for _, n := range nodes {
		if allows(parent, n) {
			out = append(out, n)
			continue
		}
		switch {
		case n.Type == "rule":
		case n.Type == "heading":
			out = append(out, paragraph(bearing(n.Content, "strong")...))
		case n.Type == "table":
			for _, row := range n.Content {
				for _, c := range row.Content {
					out = append(out, fit(parent, c.Content)...)
				}
			}
		case len(n.Content) > 0 && n.Type != "paragraph" && n.Type != "codeBlock":
			out = append(out, fit(parent, n.Content)...)
		default:
			out = append(out, worded(parent, n)...)
		}
	}
	return out
}

// worded is a node as plain words, where it cannot stand itself.
func worded(parent string, n *Node) []*Node {
	text := strings.TrimSpace(n.words())
	if n.Type == "media" || n.Type == "mediaSingle" {
		text = mediaName(n)
	}
	if text == "" {
		return nil
	}
	if p := paragraph(plain(text)); allows(parent, p) {
		return []*Node{p}
	}
	return []*Node{plain(text)}
}

// bearing sets one more mark on all text, where nothing forbids it.
func bearing(nodes []*Node, mark string) []*Node {
	out := make([]*Node, 0, len(nodes))
	for _, n := range nodes {
		if n.Type == "text" && n.mark("code") == nil && n.mark(mark) == nil {
			n = plain(n.Text, append(n.Marks[:len(n.Marks):len(n.Marks)], Mark{Type: mark})...)
		}
		out = append(out, n)
	}
	return out
}

func nodeFromJSON(raw json.RawMessage) (*Node, error) {
	n := &Node{}
	if err := json.Unmarshal(raw, n); err != nil {
		return nil, fmt.Errorf("read a node: %w", err)
	}
	return n, nil
}

// mustJSON writes what consists of texts, numbers, lists and maps, which cannot
// fail; should it, nothing is a document that no check lets through.
func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return b
}
