package richtext_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"unicode"
)

type obj = map[string]any

// maker makes documents and wiki text by chance, the same from the same seed.
type maker struct {
	r     *rand.Rand
	tame  bool // only what wiki text can say, with words that survive
	deep  int
	start int // the deeper, the smaller the documents
}

func pick[T any](m *maker, list ...T) T { return list[m.r.IntN(len(list))] }

func (m *maker) many(most int, f func() obj) []any {
	out := []any{}
	for range 1 + m.r.IntN(most) {
		if n := f(); n != nil {
			out = append(out, n)
		}
	}
	return out
}

func (m *maker) doc() obj {
	m.deep = m.start
	most := 4
	if m.start > 0 {
		most = 2
	}
	return obj{"type": "doc", "version": 1, "content": m.many(most, func() obj { return m.block("doc") })}
}

func (m *maker) block(in string) obj {
	m.deep++
	defer func() { m.deep-- }()
	kinds := []string{"paragraph", "paragraph", "heading", "codeBlock", "rule"}
	if m.deep < 5 {
		switch in {
		case "doc":
			kinds = append(kinds, "bulletList", "orderedList", "taskList", "panel", "blockquote", "table", "mediaSingle", "decisionList", "blockCard", "mediaGroup")
			if !m.tame {
				kinds = append(kinds, "expand", "extension", "embedCard", "layoutSection", "bodiedExtension")
			}
		case "panel":
			kinds = append(kinds, "bulletList", "orderedList", "taskList")
		case "cell":
			kinds = append(kinds, "bulletList", "panel", "blockquote")
			if !m.tame {
				kinds = append(kinds, "nestedExpand")
			} else {
				kinds = []string{"paragraph"}
			}
		case "quote":
			kinds = []string{"paragraph", "bulletList", "codeBlock"}
		case "item":
			kinds = []string{"paragraph", "codeBlock", "bulletList", "orderedList"}
			if m.tame {
				kinds = []string{"paragraph"}
			}
		}
	} else {
		kinds = []string{"paragraph"}
	}
	return m.make(pick(m, kinds...))
}

func (m *maker) make(kind string) obj {
	n := obj{"type": kind}
	inside := func(in string) { n["content"] = m.many(3, func() obj { return m.block(in) }) }
	switch kind {
	case "paragraph":
		n["content"] = m.many(4, m.inline)
	case "heading":
		n["attrs"], n["content"] = obj{"level": 1 + m.r.IntN(6)}, m.many(2, m.inlineWithoutBreak)
	case "codeBlock":
		n["attrs"] = obj{"language": pick(m, "go", "json", "brainfuck")}
		n["content"] = []any{obj{"type": "text", "text": m.words()}}
	case "bulletList", "orderedList":
		n["content"] = m.many(3, func() obj {
			item := obj{"type": "listItem", "content": []any{m.make("paragraph")}}
			if m.deep < 4 && m.r.IntN(3) == 0 {
				item["content"] = append(item["content"].([]any), m.make(pick(m, "bulletList", "orderedList")))
			}
			return item
		})
	case "taskList":
		n["attrs"] = obj{"localId": "l"}
		n["content"] = m.many(3, func() obj {
			return obj{"type": "taskItem", "attrs": obj{"localId": "i", "state": pick(m, "TODO", "DONE")}, "content": []any{m.text()}}
		})
	case "decisionList":
		n["attrs"] = obj{"localId": "l"}
		n["content"] = m.many(2, func() obj {
			return obj{"type": "decisionItem", "attrs": obj{"localId": "i", "state": "DECIDED"}, "content": []any{m.text()}}
		})
	case "panel":
		n["attrs"] = obj{"panelType": pick(m, "info", "note", "warning", "error", "success", "tip", "custom")}
		inside("panel")
	case "blockquote":
		inside("quote")
	case "expand", "nestedExpand":
		n["attrs"] = obj{"title": m.words()}
		inside("panel")
	case "bodiedExtension":
		n["attrs"] = obj{"extensionKey": "k", "extensionType": "t"}
		inside("panel")
	case "extension":
		n["attrs"] = obj{"extensionKey": "k", "extensionType": "t", "parameters": obj{"a": 1}}
	case "table":
		n["attrs"] = obj{"layout": "default", "isNumberColumnEnabled": false}
		n["content"] = m.many(3, func() obj {
			return obj{"type": "tableRow", "content": m.many(3, func() obj {
				return obj{"type": pick(m, "tableCell", "tableHeader"), "attrs": obj{}, "content": m.many(2, func() obj { return m.block("cell") })}
			})}
		})
	case "mediaSingle":
		n["attrs"], n["content"] = obj{"layout": "center"}, []any{m.media()}
	case "mediaGroup":
		n["content"] = []any{obj{"type": "media", "attrs": obj{"type": "file", "id": "a.png", "collection": "c"}}}
	case "blockCard":
		n["attrs"] = obj{"url": "https://a.example/x"}
	case "embedCard":
		n["attrs"] = obj{"url": "https://a.example/x", "layout": "wide"}
	case "layoutSection":
		column := func() obj {
			return obj{"type": "layoutColumn", "attrs": obj{"width": 50}, "content": []any{m.make("paragraph")}}
		}
		n["content"] = []any{column(), column()}
	}
	return n
}

func (m *maker) media() obj {
	if m.r.IntN(2) == 0 {
		return obj{"type": "media", "attrs": obj{"type": "external", "url": "https://a.example/x.png"}}
	}
	return obj{"type": "media", "attrs": obj{"type": "file", "id": "a.png", "collection": "", "width": 10.0}}
}

func (m *maker) inline() obj {
	if m.r.IntN(8) == 0 && !m.tame {
		return obj{"type": "hardBreak"}
	}
	return m.inlineWithoutBreak()
}

func (m *maker) inlineWithoutBreak() obj {
	if m.tame {
		return m.text()
	}
	switch m.r.IntN(14) {
	case 0:
		return obj{"type": "mention", "attrs": obj{"id": "5b10", "text": "@Mia"}}
	case 1:
		return obj{"type": "emoji", "attrs": obj{"shortName": ":smiley:", "id": "1f603", "text": "😃"}}
	case 2:
		return obj{"type": "status", "attrs": obj{"text": "AT RISK", "color": pick(m, "red", "neutral", "#aabbcc")}}
	case 3:
		return obj{"type": "date", "attrs": obj{"timestamp": "1760000000000"}}
	case 4:
		return obj{"type": "inlineCard", "attrs": obj{"url": "https://a.example/y"}}
	case 5:
		return obj{"type": "mediaInline", "attrs": obj{"id": "f.pdf", "collection": "", "type": "file"}}
	case 6:
		return obj{"type": "placeholder", "attrs": obj{"text": "say"}}
	case 7:
		return obj{"type": "inlineExtension", "attrs": obj{"extensionKey": "k", "extensionType": "t"}}
	}
	return m.text()
}

func (m *maker) text() obj {
	n := obj{"type": "text", "text": m.words()}
	var marks []any
	switch m.r.IntN(4) {
	case 0:
		marks = append(marks, obj{"type": "code"})
	case 1, 2:
		for _, mark := range []obj{{"type": "strong"}, {"type": "em"}, {"type": "strike"}, {"type": "underline"},
			{"type": "subsup", "attrs": obj{"type": pick(m, "sub", "sup")}}, {"type": "textColor", "attrs": obj{"color": "#Ff5630"}}} {
			if m.r.IntN(4) == 0 {
				marks = append(marks, mark)
			}
		}
	}
	if m.r.IntN(6) == 0 {
		marks = append(marks, obj{"type": "link", "attrs": obj{"href": "https://a.example/?a=1&b=2"}})
	}
	if marks != nil {
		n["marks"] = marks
	}
	return n
}

var someWords = []string{"pay", "fast", "*", "_x_", "-", "a-b", "{code}", "[x]", "|", "h1.", "bq.", "#", "!no!", "\\", "&lt;", "~", "^2", "ünïcode", "支払", ":)", "(x)",
	"??", "{", "}}", "{{", "--", "snake_case", "2*3*4", "+", "[~ada]", "{color:red}", "----", "C:\\dir\\"}

func (m *maker) words() string {
	out := []string{"w"} // never blank
	for range m.r.IntN(4) {
		out = append(out, pick(m, someWords...))
	}
	m.r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return strings.Join(out, pick(m, " ", " ", ""))
}

// spoil changes one thing of a document, somewhere.
func (m *maker) spoil(n obj) {
	if list, ok := n["content"].([]any); ok && len(list) > 0 && m.r.IntN(5) > 0 {
		if child, ok := pick(m, list...).(obj); ok {
			m.spoil(child)
			return
		}
	}
	switch m.r.IntN(9) {
	case 0:
		delete(n, pick(m, "type", "attrs", "content", "text", "version", "marks"))
	case 1:
		n["attrs"] = obj{pick(m, "localId", "level", "url", "panelType", "order", "title", "layout", "width"): pick[any](m, "x", 3.0, -1, nil, true)}
	case 2:
		n["marks"] = []any{obj{"type": pick(m, "strong", "code", "alignment", "indentation", "fontSize", "breakout", "fragment", "link", "nonsense"),
			"attrs": pick[any](m, obj{"align": "end"}, obj{"level": 2}, obj{"fontSize": "small"}, obj{"mode": "wide"}, obj{"localId": "f"}, obj{"href": "x"}, nil)}}
	case 3:
		n["content"] = pick[any](m, []any{}, nil, "x", []any{obj{"type": "text", "text": ""}}, []any{m.make("paragraph")}, []any{m.make("table")}, []any{m.text()})
	case 4:
		n["type"] = pick(m, "paragraph", "panel", "listItem", "tableCell", "expand", "nestedExpand", "blockquote", "heading", "taskItem", "caption", "nonsense")
	case 5:
		n["foreign"] = 1
	case 6:
		n["text"] = pick[any](m, "", "x", 7)
	case 7:
		n["marks"] = []any{}
	case 8:
		if attrs, ok := n["attrs"].(obj); ok {
			attrs[pick(m, "localId", "text", "color", "id", "width", "colspan")] = pick[any](m, "x", "", 1.5, obj{})
		}
	}
}

func (m *maker) wiki() string {
	parts := []string{"{panel:title=x|bgColor=#ffebe6}", "{panel}", "{code:java}", "{code}", "{noformat}", "{quote}", "\n", "\n", "\n\n", "* ", "** ", "# ", "*#* ", "- ", "|", "||", "|a|b|\n",
		"*bold*", "_it_", "-x-", "+u+", "^s^", "~s~", "{{c}}", "{color:red}", "{color}", "[a|https://x.example]", "[https://x.example|https://x.example|smart-card]", "!p.png!", "!https://x.example/p.png!",
		"[^f.pdf]", "[~ada]", "[", "]", "\\", "\\\\", "h2. ", "bq. ", "----\n", "(/)", "&#42;", "&lt;", "text ", "ünï", "{*}", "{_}", "--", "---", "??q??", "https://x.example/a_(b)", "{anchor:x}",
		"{adf:display=block}\n", "{adf}", "{adf:display=inline}", `{"type":"rule"}`, `{"type":"status","attrs":{"text":"A","color":"red"}}`, "\t", "\r\n", "\x00", "\xff", "\u202e"}
	var b strings.Builder
	for range m.r.IntN(30) {
		b.WriteString(pick(m, parts...))
	}
	return b.String()
}

// words are the letters and digits of all texts of a document, in order. What
// case they have is not asked: a status is shown in capitals.
func words(raw []byte) string {
	var n obj
	if json.Unmarshal(raw, &n) != nil {
		return ""
	}
	var b strings.Builder
	var walk func(n obj)
	walk = func(n obj) {
		if t, ok := n["text"].(string); ok {
			for _, r := range t {
				if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(`*_-+^~{}[]|\:()!?`, r) {
					b.WriteRune(r)
				}
			}
		}
		list, _ := n["content"].([]any)
		for _, c := range list {
			walk(c.(obj))
		}
	}
	walk(n)
	return b.String()
}
