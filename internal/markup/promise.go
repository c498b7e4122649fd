package markup

import (
	"strings"
	"unicode"
)

// promises are the words by which people promise to write something later.
type promises struct {
	// begin are those that count at the beginning of a text, in lower case, by their first byte.
	begin [256][]string
	// within are those that count wherever they stand: capitals as a word of their
	// own, signs anyhow.
	capitals, signs []string
	// behind are those of scripts without capitals: they count at the end too.
	behind []string
}

func newPromises(words []string) promises {
	var p promises
	for _, word := range words {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		lower := strings.ToLower(word)
		p.begin[lower[0]] = append(p.begin[lower[0]], lower)
		switch {
		case !strings.ContainsFunc(word, wordRune):
			p.signs = append(p.signs, word)
		case strings.ToUpper(word) == lower:
			p.behind = append(p.behind, word)
		case strings.ToUpper(word) == word:
			p.capitals = append(p.capitals, word)
		}
	}
	return p
}

// in says whether text is, or in capitals holds, a word that promises to write
// something. "Todo list shows done items" is none.
func (p *promises) in(text string) bool {
	if text == "" {
		return false
	}
	first := text[0]
	if 'A' <= first && first <= 'Z' {
		first += 'a' - 'A'
	}
	for _, word := range p.begin[first] {
		if len(text) >= len(word) && strings.EqualFold(text[:len(word)], word) && ends(text[len(word):]) {
			return true
		}
	}
	for _, word := range p.capitals {
		if holdsWord(text, word) {
			return true
		}
	}
	for _, sign := range p.signs {
		if strings.Contains(text, sign) {
			return true
		}
	}
	if strings.IndexFunc(text, func(r rune) bool { return r >= 0x2e80 }) < 0 {
		return false
	}
	for _, word := range p.behind {
		if i := strings.LastIndex(text, word); i >= 0 && ends(text[i+len(word):]) {
			return true
		}
	}
	return false
}

// ends says whether nothing goes on but signs.
func ends(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	return rest == "" || unicode.IsPunct(firstRune(rest))
}
