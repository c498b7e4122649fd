package richtext

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

// linkEnd is the length of [a link] that begins a line's text; 0 when it is none.
func linkEnd(line string) int {
	for at := 1; at < len(line); at++ {
		switch line[at] {
		case '\\':
			at++
		case '[':
			return 0
		case ']':
			if at == 1 {
				return 0
			}
			return at + 1
		}
	}
	return 0
}

// link reads [text|address], [address], [text|address|smart-link], mentions and
// attachments.
func (i *inliner) link() bool {
	line := i.line()
	size := linkEnd(line)
	if size == 0 {
		return false
	}
	parts := cutBars(line[1 : size-1])
	target := strings.TrimSpace(parts[len(parts)-1])
	tip := ""
	if len(parts) > 2 {
		target, tip = strings.TrimSpace(parts[1]), strings.TrimSpace(parts[2])
	}
	nodes := i.linked(parts, unescape(target), tip)
	if nodes == nil {
		return false
	}
	i.put(nodes...)
	i.at += size
	return true
}

func (i *inliner) linked(parts []string, target, tip string) []*Node {
	switch {
	case strings.HasPrefix(target, "~"):
		return i.mention(target[1:])
	case strings.HasPrefix(target, "^") && len(target) > 1:
		return []*Node{mediaInline(target[1:])}
	case !safe(target):
		if len(parts) == 1 {
			return nil // brackets, no more
		}
		return i.within(parts[0])
	}
	switch tip {
	case "smart-link":
		return []*Node{{Type: "inlineCard", Attrs: map[string]any{"url": target}}}
	case "smart-card", "block-link":
		return []*Node{{Type: "blockCard", Attrs: map[string]any{"url": target}}}
	case "smart-embed":
		return []*Node{{Type: "embedCard", Attrs: map[string]any{"url": target, "layout": "center"}}}
	}
	mark := Mark{Type: "link", Attrs: map[string]any{"href": target}}
	if len(parts) == 1 {
		return []*Node{plain(strings.TrimPrefix(target, "mailto:"), append(i.marks[:len(i.marks):len(i.marks)], mark)...)}
	}
	if nodes := i.within(parts[0], mark); len(nodes) > 0 {
		return nodes
	}
	return []*Node{plain(target, mark)}
}

// cutBars cuts at the bars that no backslash stands before.
func cutBars(text string) []string {
	var out []string
	start := 0
	for at := 0; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case '|':
			out = append(out, text[start:at])
			start = at + 1
		}
	}
	return append(out, text[start:])
}

// unescape takes away backslashes and entities, for addresses.
func unescape(text string) string {
	in := &inliner{reader: &reader{}, src: text}
	var b strings.Builder
	for in.at < len(text) {
		c := text[in.at]
		if c == '\\' && in.at+1 < len(text) && strings.IndexByte(escapes, text[in.at+1]) >= 0 {
			b.WriteByte(text[in.at+1])
			in.at += 2
			continue
		}
		if c == '&' && in.entity() {
			b.WriteString(in.buf.String())
			in.buf.Reset()
			continue
		}
		b.WriteByte(c)
		in.at++
	}
	return b.String()
}

// schemes are those of addresses that a link may lead to.
var schemes = map[string]bool{"http": true, "https": true, "mailto": true, "ftp": true, "ftps": true, "irc": true, "tel": true}

func safe(address string) bool {
	u, err := url.Parse(address)
	return err == nil && schemes[strings.ToLower(u.Scheme)] && (u.Host != "" || u.Opaque != "")
}

func (i *inliner) mention(handle string) []*Node {
	if hasFold(handle, "accountid:") {
		handle = handle[len("accountid:"):]
	}
	if handle == "" {
		return nil
	}
	id, name := handle, handle
	if i.names != nil {
		if known, full := i.names(handle); known != "" {
			id, name = known, full
		}
	}
	return []*Node{{Type: "mention", Attrs: map[string]any{"id": id, "text": "@" + name}}}
}

var bare = regexp.MustCompile(`^(?i)(?:(?:https?|ftps?|irc)://|mailto:)[\w?!~^/\\#$%&'()*+,\-.:;<=@]*[\w~^/#$%&*+\-=@]`)

// address reads a bare address in the text.
func (i *inliner) address() bool {
	if i.wordBefore() || i.inLink() {
		return false
	}
	m := bare.FindString(i.src[i.at:min(i.at+longestOpening, len(i.src))])
	if m == "" {
		return false
	}
	m = strings.TrimRight(m, `.,>)];}"'!`)
	if target := unescape(m); safe(target) {
		mark := Mark{Type: "link", Attrs: map[string]any{"href": target}}
		i.put(plain(strings.TrimPrefix(target, "mailto:"), append(i.marks[:len(i.marks):len(i.marks)], mark)...))
		i.at += len(m)
		return true
	}
	i.buf.WriteString(m) // read as a whole, so that no part of it is tried again
	i.at += len(m)
	return true
}

func (i *inliner) inLink() bool { return i.bears("link") || i.inCode() }
func (i *inliner) inCode() bool { return i.bears("code") }

func (i *inliner) bears(kind string) bool {
	return slices.ContainsFunc(i.marks, func(m Mark) bool { return m.Type == kind })
}

// pictureEnd is the length of !a picture! that begins a line's text; 0: none.
func pictureEnd(line string) int {
	end := strings.IndexByte(line[1:], '!')
	if end < 3 || line[1] == ' ' || line[end] == ' ' {
		return 0
	}
	name, _, _ := strings.Cut(line[1:1+end], "|")
	if !safe(name) && (path.Ext(name) == "" || strings.ContainsAny(name, " \t*{}[]")) {
		return 0
	}
	return end + 2
}

// picture reads !file.png|width=300!. The picture itself is not here: a
// placeholder stands for it.
func (i *inliner) picture() bool {
	line := i.line()
	size := pictureEnd(line)
	if size == 0 || i.wordBefore() {
		return false
	}
	name, options, _ := strings.Cut(line[1:size-1], "|")
	attrs := map[string]any{"type": "file", "id": name, "collection": ""}
	if safe(name) {
		attrs = map[string]any{"type": "external", "url": name}
	}
	for key, value := range arguments(strings.ReplaceAll(options, ",", "|")) {
		if key == "alt" && value != "" {
			attrs["alt"] = strings.Trim(value, `"`)
		}
	}
	i.put(&Node{Type: "mediaSingle", Attrs: map[string]any{"layout": "center"}, Content: []*Node{{Type: "media", Attrs: attrs}}})
	i.at += size
	return true
}

func mediaInline(name string) *Node {
	return &Node{Type: "mediaInline", Attrs: map[string]any{"type": "file", "id": name, "collection": ""}}
}

// mediaName is what stands for a picture or a file: its name, else its id.
func mediaName(n *Node) string {
	for _, c := range append([]*Node{n}, n.Content...) {
		for _, key := range []string{"alt", "url", "id"} {
			if v := c.attr(key); v != "" {
				return v
			}
		}
	}
	return "file"
}
