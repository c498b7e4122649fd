package jirasim

import (
	"encoding/json"
	"errors"
	"strings"
)

// toADF brings wiki text to a document, a paragraph for each block and a hard
// break for each line: the text is kept to the letter, its markup is not
// interpreted.
func toADF(wiki string) any {
	doc := obj{"type": "doc", "version": 1}
	content := []obj{}
	for _, block := range strings.Split(strings.ReplaceAll(wiki, "\r\n", "\n"), "\n\n") {
		line := []obj{}
		for n, text := range strings.Split(block, "\n") {
			if n > 0 {
				line = append(line, obj{"type": "hardBreak"})
			}
			if text != "" { // an empty text node is invalid
				line = append(line, obj{"type": "text", "text": text})
			}
		}
		content = append(content, obj{"type": "paragraph", "content": line})
	}
	doc["content"] = content
	return doc
}

type adfNode struct {
	Type    string         `json:"type"`
	Version int            `json:"version"`
	Text    *string        `json:"text"`
	Attrs   map[string]any `json:"attrs"`
	Content []adfNode      `json:"content"`
	Marks   []struct {
		Type  string         `json:"type"`
		Attrs map[string]any `json:"attrs"`
	} `json:"marks"`
}

// fromADF brings a document to wiki text. A document that the published schema
// refuses in its most frequent mistakes is refused.
func fromADF(raw json.RawMessage) (string, error) {
	var doc adfNode
	if err := json.Unmarshal(raw, &doc); err != nil {
		return "", errors.New("the body must be an Atlassian Document")
	}
	if doc.Type != "doc" || doc.Version != 1 {
		return "", errors.New("the document needs type doc and version 1")
	}
	var b strings.Builder
	for n, block := range doc.Content {
		if block.Type == "text" {
			return "", errors.New("text may not stand directly in a doc")
		}
		if n > 0 {
			b.WriteString("\n\n")
		}
		if err := block.wiki(&b); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

func (n adfNode) wiki(b *strings.Builder) error {
	switch n.Type {
	case "text":
		if n.Text == nil || *n.Text == "" {
			return errors.New("a text node may not be empty")
		}
		b.WriteString(n.marked(*n.Text))
		return nil
	case "hardBreak":
		b.WriteString("\n")
	case "rule":
		b.WriteString("----")
	case "heading":
		level, _ := n.Attrs["level"].(float64)
		if level < 1 || level > 6 {
			return errors.New("a heading's level is 1 to 6")
		}
		b.WriteString("h" + string(rune('0'+int(level))) + ". ")
	case "codeBlock":
		b.WriteString("{code}\n")
		defer b.WriteString("\n{code}")
	case "mention":
		text, _ := n.Attrs["text"].(string)
		b.WriteString(text)
	case "inlineCard":
		url, _ := n.Attrs["url"].(string)
		b.WriteString(url)
	case "bulletList", "orderedList":
		return n.list(b, map[string]string{"bulletList": "* ", "orderedList": "# "}[n.Type])
	}
	for _, child := range n.Content {
		if err := child.wiki(b); err != nil {
			return err
		}
	}
	return nil
}

func (n adfNode) list(b *strings.Builder, bullet string) error {
	for k, item := range n.Content {
		if k > 0 {
			b.WriteString("\n")
		}
		b.WriteString(bullet)
		if err := item.wiki(b); err != nil {
			return err
		}
	}
	return nil
}

func (n adfNode) marked(text string) string {
	for _, m := range n.Marks {
		switch m.Type {
		case "strong":
			text = "*" + text + "*"
		case "em":
			text = "_" + text + "_"
		case "code":
			text = "{{" + text + "}}"
		case "link":
			if href, ok := m.Attrs["href"].(string); ok {
				text = "[" + text + "|" + href + "]"
			}
		}
	}
	return text
}
