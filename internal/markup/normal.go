package markup

import (
	"unicode"
	"unicode/utf8"
)

// normal reduces words to what people compare: "## 2. Acceptance Criteria (AC):"
// and "acceptance criteria" are the same, and so are words with and without
// accents. What stands in parentheses does not count, nor numbers before the first letter.
func normal(text string) string {
	b := make([]byte, 0, len(text))
	depth, space := 0, false
	for _, r := range text {
		switch {
		case depth == 0 && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'): // most are
			if space && len(b) > 0 {
				b = append(b, ' ')
			}
			space = false
			b = append(b, byte(r)|0x20)
		case r == '(' || r == '[' || r == '（':
			depth++
		case r == ')' || r == ']' || r == '）':
			depth = max(0, depth-1)
		case depth > 0 || unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) && len(b) > 0:
			if space && len(b) > 0 {
				b = append(b, ' ')
			}
			space = false
			b = utf8.AppendRune(b, bare(unicode.ToLower(r)))
		default:
			space = true
		}
	}
	return string(b)
}

// bare returns a letter without its accent, as far as the languages of the usual
// headings have them.
func bare(r rune) rune {
	if r < 'à' || r > 'ž' {
		return r
	}
	if plain, ok := accents[r]; ok {
		return plain
	}
	return r
}

var accents = func() map[rune]rune {
	table := map[rune]rune{}
	for plain, accented := range map[rune]string{
		'a': "àáâãäåāăą", 'c': "çćĉċč", 'd': "ďđ", 'e': "èéêëēĕėęě", 'g': "ĝğġģ", 'i': "ìíîïĩīĭį", 'l': "ĺļľŀł",
		'n': "ñńņň", 'o': "òóôõöøōŏő", 'r': "ŕŗř", 's': "śŝşš", 't': "ţťŧ", 'u': "ùúûüũūŭůűų", 'y': "ýÿŷ", 'z': "źżž",
	} {
		for _, r := range accented {
			table[r] = plain
		}
	}
	return table
}()

// normals is a set of phrases in their normal form.
func normals(phrases ...string) map[string]bool {
	m := make(map[string]bool, len(phrases))
	for _, phrase := range phrases {
		m[normal(phrase)] = true
	}
	return m
}
