package richtext

import "strings"

// markOf is what each sign of wiki text stands for. Jira shows a citation in
// italics.
func markOf(sign string) Mark {
	switch sign {
	case "*":
		return Mark{Type: "strong"}
	case "_", "??":
		return Mark{Type: "em"}
	case "-":
		return Mark{Type: "strike"}
	case "+":
		return Mark{Type: "underline"}
	case "^":
		return Mark{Type: "subsup", Attrs: map[string]any{"type": "sup"}}
	}
	return Mark{Type: "subsup", Attrs: map[string]any{"type": "sub"}}
}

// marked reads *strong* and its like. Free ones stand in braces, {*}strong{*},
// and may touch words.
//
// A sign opens when no letter stands before it and no blank follows, and closes
// when no blank stands before it and no letter follows, on the same line.
func (i *inliner) marked(sign string, free bool) bool {
	if sign == "?" {
		if !strings.HasPrefix(i.src[i.at:], "??") {
			return false
		}
		sign = "??"
	}
	token := sign
	if free {
		token = "{" + sign + "}"
	}
	start := i.at + len(token)
	if !free && i.wordBefore() || start >= len(i.src) || i.src[start] == ' ' || i.src[start] == '\n' {
		return false
	}
	if end, known := i.unclosed[token]; known && start < end {
		return false
	}
	end, stop := i.closer(token, start, free)
	if end < 0 {
		i.unclosed[token] = stop
		return false
	}
	i.put(i.within(i.src[start:end], markOf(sign))...)
	i.at = end + len(token)
	return true
}

// closer finds where a mark closes; without one it tells the end of the line.
// Links, code spans and escapes are flown over.
func (i *inliner) closer(token string, start int, free bool) (at, stop int) {
	for at = start; at < len(i.src); {
		switch {
		case i.src[at] == '\n':
			return -1, at
		case i.src[at] == '\\':
			at += 2
		case i.src[at] == '[':
			at += max(linkEnd(i.src[at:i.eol.end(i.src, at)]), 1)
		case strings.HasPrefix(i.src[at:], "{{"):
			at = afterCode(i.src, at, i.eol.end(i.src, at), &i.codeless)
		case strings.HasPrefix(i.src[at:], token):
			after := at + len(token)
			if at > start && i.src[at-1] != ' ' && (free || !wordly(i.src[min(after, len(i.src)):])) {
				return at, at
			}
			at = after
		default:
			at++
		}
	}
	return -1, len(i.src)
}

// brace reads {{code}}, {color}, {anchor}, an inline {adf} and marks in braces.
func (i *inliner) brace() bool {
	rest := i.src[i.at:]
	switch {
	case strings.HasPrefix(rest, "{{"):
		return i.code()
	case hasFold(rest, "{color:"):
		return i.colored()
	case hasFold(rest, "{anchor:"):
		end := strings.IndexAny(rest[:min(len(rest), longestOpening)], "}\n")
		if end < 0 || rest[end] != '}' {
			return false
		}
		i.at += end + 1
		return true
	case hasFold(rest, "{adf:display=inline}"):
		return i.adf()
	case len(rest) > 2 && strings.IndexByte("*_-+^~", rest[1]) >= 0 && rest[2] == '}':
		return i.marked(rest[1:2], true)
	case strings.HasPrefix(rest, "{??}"):
		return i.marked("??", true)
	}
	return false
}

func hasFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

// code reads a code span: no markup within, but escapes, entities and links.
func (i *inliner) code() bool {
	line := i.line()
	end := i.codeless.index(i.src, "}}", i.at+2, i.at+len(line)) - i.at - 2
	if end <= 0 {
		return false
	}
	for strings.HasPrefix(line[2+end+2:], "}") { // {{a}}} ends with the last braces
		end++
	}
	link := Mark{Type: "code"}
	in := i.within(line[2:2+end], link)
	for _, n := range in {
		if n.Type != "text" {
			n = plain(n.words(), link)
		}
		if n.Text != "" {
			i.put(plain(n.Text, codeMarks(n)...))
		}
	}
	i.at += end + 4
	return true
}

// codeMarks are the marks that may stand beside code: a link.
func codeMarks(n *Node) []Mark {
	out := []Mark{{Type: "code"}}
	if l := n.mark("link"); l != nil {
		out = append(out, *l)
	}
	return out
}

// colored reads {color:red}…{color}, over lines.
func (i *inliner) colored() bool {
	rest := i.src[i.at:]
	open := strings.IndexAny(rest[:min(len(rest), 64)], "}\n")
	if open < 0 || rest[open] != '}' {
		return false
	}
	if end, known := i.unclosed["{color}"]; known && i.at < end {
		return false
	}
	end := strings.Index(rest[open:], "{color}")
	if end < 0 {
		i.unclosed["{color}"] = len(i.src)
		return false
	}
	var marks []Mark
	if c := color(rest[len("{color:"):open]); c != "" {
		marks = []Mark{{Type: "textColor", Attrs: map[string]any{"color": c}}}
	}
	i.put(i.within(rest[open+1:open+end], marks...)...)
	i.at += open + end + len("{color}")
	return true
}

// adf reads an inline node that wiki text has no form for.
func (i *inliner) adf() bool {
	start := i.at + len("{adf:display=inline}")
	end := i.adfless.index(i.src, "{adf}", start, len(i.src))
	if end < 0 {
		return false
	}
	body := i.src[start:end]
	n, err := nodeFromJSON([]byte(strings.TrimSpace(body)))
	if err != nil || Check(mustJSON(document([]*Node{paragraph(n)}))) != nil {
		return false
	}
	i.put(n)
	i.at = end + len("{adf}")
	return true
}
