package jirasim

import (
	"encoding/json"
	"unicode/utf8"

	"strata/internal/sandbox/richtext"
)

// longest is the most characters a text may have, in both flavours.
const longest = 32767

// text is a rich text in the version's form, null when there is none; the world
// keeps wiki text.
func (c *call) text(wiki string) any {
	if wiki == "" {
		return nil
	}
	return c.rich(wiki)
}

// rich is the same for a text that may be empty and yet is one.
func (c *call) rich(wiki string) any {
	if c.version == 3 {
		return c.adf(wiki)
	}
	return wiki
}

// html is a rich text as people see it.
func (c *call) html(wiki string) string {
	return string(richtext.HTML(c.document(wiki), c.linkToIssue))
}

// wiki reads a rich text of a request: a string on version 2, a document on
// version 3, nothing else. Null is empty. The field is named in a refusal.
func (c *call) wiki(field string, raw json.RawMessage) (string, error) {
	var text string
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return "", nil
	case c.version == 3:
		var err error
		if text, err = c.fromADF(raw); err != nil {
			return "", refuseField(field, "INVALID_INPUT: Operation value must be an Atlassian Document (see the Atlassian Document Format): "+err.Error())
		}
	default:
		if json.Unmarshal(raw, &text) != nil {
			return "", refuseField(field, "Operation value must be a string")
		}
	}
	if utf8.RuneCountInString(text) > longest {
		return "", refuseField(field, "The entered text is too long. It exceeds the allowed limit of 32,767 characters.")
	}
	return text, nil
}
