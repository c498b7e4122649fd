package richtext

import "strings"

// entry is one item of a list: its bullets tell depth and kind.
type entry struct {
	bullets string
	lines   []string
}

// list reads consecutive items; a line without a bullet belongs to the item
// above it, a blank line ends the list.
func (b *blockReader) list() {
	var entries []entry
	for b.rest != "" {
		line, rest := b.line()
		m := listLine.FindStringSubmatch(line)
		if m != nil && !ruleLine.MatchString(line) {
			b.rest = b.rest[len(line)-len(m[2]):]
			entries = append(entries, entry{bullets: m[1], lines: []string{b.entryText()}})
			continue
		}
		if strings.TrimSpace(line) == "" || headingLine.MatchString(line) || quoteLine.MatchString(line) || tableLine.MatchString(line) || ruleLine.MatchString(line) {
			break
		}
		last := &entries[len(entries)-1]
		last.lines = append(last.lines, line)
		b.rest = rest
	}
	b.add(b.listsOf(entries)...)
}

// entryText takes an item's text: the line, and when macros begin on it, all of
// them and the line that the last ends on.
func (b *blockReader) entryText() string {
	start := b.rest
	for b.rest != "" {
		line, rest := b.line()
		m, ok := b.macro(len(line))
		if !ok {
			b.rest = rest
			break
		}
		b.rest = b.rest[m.end:]
	}
	return strings.TrimSuffix(start[:len(start)-len(b.rest)], "\n")
}

// level is one list that is being built, at a depth.
type level struct {
	node *Node
}

// listsOf nests entries by their bullets. A change of kind at the outermost
// level begins a new list.
func (b *blockReader) listsOf(entries []entry) []*Node {
	var out []*Node
	var open []level
	for _, e := range entries {
		depth, kind := len(e.bullets), "bulletList"
		if strings.HasSuffix(e.bullets, "#") {
			kind = "orderedList"
		}
		open = open[:min(len(open), depth)]
		if len(open) == depth && open[depth-1].node.Type != kind {
			open = open[:depth-1]
		}
		for len(open) < depth {
			n := &Node{Type: kind}
			if len(open) == 0 {
				out = append(out, n)
			} else {
				lastItem(open[len(open)-1].node).Content = append(lastItem(open[len(open)-1].node).Content, n)
			}
			open = append(open, level{n})
		}
		content := fit("listItem", b.blocks(strings.Join(e.lines, "\n"), true))
		if len(content) == 0 {
			content = []*Node{paragraph()}
		}
		list := open[depth-1].node
		list.Content = append(list.Content, &Node{Type: "listItem", Content: content})
	}
	return out
}

// lastItem is the item that a deeper list belongs to; a list that begins too deep
// gets an empty one.
func lastItem(list *Node) *Node {
	if len(list.Content) == 0 {
		list.Content = append(list.Content, &Node{Type: "listItem", Content: []*Node{paragraph()}})
	}
	return list.Content[len(list.Content)-1]
}
