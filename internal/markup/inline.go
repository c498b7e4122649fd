package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// joined returns the paragraph without empty runs, its neighbouring texts made
// one, so that an escape sees what stands beside it.
func joined(p []Inline) []Inline {
	out := make([]Inline, 0, len(p))
	for _, in := range p {
		text, ok := in.(Text)
		if !ok {
			if words(in) != "" {
				out = append(out, in)
			}
			continue
		}
		if text == "" {
			continue
		}
		if n := len(out); n > 0 {
			if before, ok := out[n-1].(Text); ok {
				out[n-1] = before + text
				continue
			}
		}
		out = append(out, text)
	}
	return out
}

// words returns what an inline says, cleaned.
func words(in Inline) string {
	switch in := in.(type) {
	case Text:
		return Clean(string(in))
	case Strong:
		return strings.TrimSpace(Clean(string(in)))
	case Mono:
		return strings.TrimSpace(Clean(string(in)))
	case Link:
		if text := strings.TrimSpace(Clean(in.Text)); text != "" {
			return text
		}
		return strings.TrimSpace(Clean(in.URL))
	case Item:
		return strings.TrimSpace(Clean(in.Key))
	}
	return ""
}

func firstRune(text string) rune { r, _ := utf8.DecodeRuneInString(text); return r }
func lastRune(text string) rune  { r, _ := utf8.DecodeLastRuneInString(text); return r }

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func digit(c byte) bool { return c >= '0' && c <= '9' }
