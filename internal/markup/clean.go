package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean returns foreign text as one line that hides nothing: invalid UTF-8
// becomes U+FFFD, line ends and control characters become a space, runs of space
// become one, and what only reorders or hides characters (bidirectional
// controls, zero-widths, tags) is left out.
func Clean(text string) string {
	if plain(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	space := false
	for _, r := range text {
		switch {
		case hidden(r):
		case unicode.IsSpace(r) || unicode.IsControl(r):
			if !space {
				b.WriteByte(' ')
			}
			space = true
		default:
			b.WriteRune(r)
			space = false
		}
	}
	return b.String()
}

// plain says that text is printable ASCII without two spaces in a row: most titles are.
func plain(text string) bool {
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c >= 0x7f || c == ' ' && i > 0 && text[i-1] == ' ' {
			return false
		}
	}
	return true
}

// cleanLines is Clean for preformatted text: line ends and tabs stay.
func cleanLines(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r' || r == '\u2028' || r == '\u2029':
			return '\n'
		case hidden(r):
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, string(utf8.RuneError)))
}

// hidden says whether a rune shows nothing itself but changes or hides what is around it.
func hidden(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r == '\u00ad', r == '\u034f', r == '\u061c', r == '\u115f', r == '\u1160',
		r == '\u17b4', r == '\u17b5', r == '\u180e', r == '\u3164', r == '\uffa0', r == '\ufeff':
		return true // soft hyphen, joiners, Arabic letter mark, fillers, byte order mark
	case r >= '\u200b' && r <= '\u200f':
		return true // zero-widths and direction marks
	case r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u206f':
		return true // embeddings, overrides, isolates, invisible operators
	case r >= '\ufff9' && r <= '\ufffb', r >= 0x1d173 && r <= 0x1d17a, r >= 0xe0000 && r <= 0xe0fff:
		return true // annotations, musical controls, tags
	}
	return false
}

// webLink returns the URL in a form that is safe in every dialect, or "" when it
// is not a plain http or https URL. A URL with a user in it is refused: it shows
// one host and leads to another.
func webLink(url string) string {
	lower := strings.ToLower(url)
	rest, ok := strings.CutPrefix(lower, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(lower, "http://"); !ok {
			return ""
		}
	}
	host := rest
	if i := strings.IndexAny(rest, "/?#\\"); i >= 0 {
		host = rest[:i]
	}
	if host == "" || strings.ContainsRune(host, '@') || !utf8.ValidString(url) {
		return ""
	}
	var b strings.Builder
	b.Grow(len(url))
	for i := range len(url) {
		c := url[i]
		switch {
		case c <= ' ' || c == 0x7f:
			return ""
		case c >= 0x80, strings.IndexByte("\"'()*<>[\\]^`{|}!", c) >= 0,
			c == '%' && (i+2 >= len(url) || !hexDigit(url[i+1]) || !hexDigit(url[i+2])):
			b.WriteByte('%')
			b.WriteByte("0123456789ABCDEF"[c>>4])
			b.WriteByte("0123456789ABCDEF"[c&15])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func hexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// breakHere is put where a dialect knows no escape: it shows nothing, takes no
// room, and ends what the tracker would read as a name.
const breakHere = "\u200b"
