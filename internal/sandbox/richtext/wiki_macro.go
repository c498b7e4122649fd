package richtext

import (
	"encoding/json"
	"regexp"
	"strings"
)

// macro is a block in braces: {code:java}…{code}.
type macro struct {
	name    string
	args    string
	body    string
	at, end int // where it stands in the text
}

// opening is the start of a macro that makes a block. {color} and {anchor} stand
// within a line and are no such.
var opening = regexp.MustCompile(`(?i)^\{(code|noformat|quote|panel|adf)(?::([^{}\n]*))?\}`)

// longestOpening is how many bytes the opening of a macro may have.
const longestOpening = 1000

// macro finds the first macro that begins within the next so many bytes and is
// closed; escaped braces and code spans begin none. An inline {adf} is none.
func (b *blockReader) macro(within int) (macro, bool) {
	for from := 0; from < within; {
		at := strings.IndexAny(b.rest[from:within], `\{`)
		if at < 0 {
			return macro{}, false
		}
		at += from
		if b.rest[at] == '\\' {
			from = at + 2
			continue
		}
		if strings.HasPrefix(b.rest[at:], "{{") {
			from = afterCode(b.rest, at, within, &b.codeless)
			continue
		}
		if m, ok := b.macroAt(b.rest, at); ok && (m.name != "adf" || !strings.Contains(m.args, "inline")) {
			return m, true
		}
		from = at + 1
	}
	return macro{}, false
}

// macroAt reads the macro at a place.
func (b *blockReader) macroAt(text string, at int) (macro, bool) {
	line := firstLine(text[at:min(at+longestOpening, len(text))])
	loc := opening.FindStringSubmatchIndex(line)
	if loc == nil {
		return macro{}, false
	}
	m := macro{name: strings.ToLower(line[loc[2]:loc[3]]), at: at}
	if loc[4] >= 0 {
		m.args = line[loc[4]:loc[5]]
	}
	if b.unclosed[m.name] {
		return macro{}, false
	}
	inner := text[at+loc[1]:]
	closing := "{" + line[loc[2]:loc[3]] + "}"
	end := strings.Index(inner, closing)
	if end < 0 {
		b.unclosed[m.name] = true
		return macro{}, false
	}
	m.body, m.end = inner[:end], at+loc[1]+end+len(closing)
	return m, true
}

func (b *blockReader) build(m macro) []*Node {
	switch m.name {
	case "code", "noformat":
		return []*Node{codeBlock(m)}
	case "quote":
		return container("blockquote", b.blocks(m.body, false))
	case "panel":
		return b.panel(m)
	case "adf":
		return adfMacro(m.body)
	}
	return nil
}

// languages are what {code} may name without a key.
var language = regexp.MustCompile(`^[A-Za-z0-9+#._-]+$`)

func codeBlock(m macro) *Node {
	n := &Node{Type: "codeBlock"}
	if args := arguments(m.args); m.name == "code" && language.MatchString(args[""]) {
		n.Attrs = map[string]any{"language": strings.ToLower(args[""])}
	}
	if text := strings.TrimSuffix(strings.TrimPrefix(m.body, "\n"), "\n"); text != "" {
		n.Content = []*Node{plain(text)}
	}
	return n
}

// arguments reads "java|title=Main.java|borderStyle=solid"; what has no key
// stands under the empty one.
func arguments(text string) map[string]string {
	out := map[string]string{}
	for _, part := range strings.Split(text, "|") {
		key, value, ok := strings.Cut(part, "=")
		if !ok {
			key, value = "", part
		}
		out[strings.TrimSpace(key)] = strings.TrimSpace(value)
	}
	return out
}

// panel reads a panel; its title becomes a strong line. A panel cannot hold
// everything: what it cannot stands after it, and the panel goes on behind.
func (b *blockReader) panel(m macro) []*Node {
	args := arguments(m.args)
	attrs := map[string]any{"panelType": panelType(args["bgColor"])}
	var out, inner []*Node
	if title := args["title"]; title != "" {
		inner = append(inner, paragraph(plain(title, Mark{Type: "strong"})))
	}
	end := func() {
		if len(inner) > 0 {
			out = append(out, &Node{Type: "panel", Attrs: attrs, Content: inner})
			inner = nil
		}
	}
	for _, n := range b.blocks(m.body, false) {
		if allows("panel", n) {
			inner = append(inner, n)
			continue
		}
		end()
		out = append(out, n)
	}
	end()
	if out == nil {
		out = []*Node{{Type: "panel", Attrs: attrs, Content: []*Node{paragraph()}}}
	}
	return out
}

// adfMacro is a node that wiki text has no form for. A broken one is shown as
// code, as Jira does.
func adfMacro(body string) []*Node {
	n, err := nodeFromJSON(json.RawMessage(strings.TrimSpace(body)))
	if err == nil && n.Type != "text" && Check(mustJSON(document([]*Node{n}))) == nil {
		return []*Node{n}
	}
	return []*Node{{Type: "codeBlock", Content: []*Node{plain("Invalid ADF Macro: " + strings.TrimSpace(body))}}}
}
