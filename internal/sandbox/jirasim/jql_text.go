package jirasim

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"strata/internal/sandbox/world"
)

// commentTexts are the comments that the asker may read.
func commentTexts(c *call, i *world.JiraIssue) []string {
	var out []string
	for _, m := range i.Comments {
		if c.mayRead(m) {
			out = append(out, m.Body)
		}
	}
	return out
}

// matchText searches whole words without case, as Jira's index does: English
// endings do not matter, a star stands for the rest of a word, a question mark for
// one letter, quotes within the quotes for words in a row; AND, OR, NOT, + and -
// join them. How well a text fits is not judged.
func matchText(of func(*call, *world.JiraIssue) []string) func(*compiler, ask) (part, error) {
	return func(k *compiler, a ask) (part, error) {
		if a.call() != "" {
			return part{}, a.unfit()
		}
		text := a.value.Value()
		if strings.TrimSpace(text) == "" {
			return part{}, badJQL("The field '%s' does not support searching for an empty string.", a.name)
		}
		some, ok := parseText(text)
		if !ok {
			return part{}, badJQL("Unable to parse the text '%s' for field '%s'.", text, a.name)
		}
		return part{holds: func(i *world.JiraIssue) bool { return some.in(of(k.c, i)) }}, nil
	}
}

// wanted is what a text must hold: one of some alternatives, each of some phrases
// that must be there and some that must not.
type wanted []choiceOfWords

// choiceOfWords are phrases that must be there and some that must not.
type choiceOfWords struct{ with, without []phrase }

// likely says whether the beginnings of all words that must be there are in the
// texts at all: most texts are done with after that.
func (w choiceOfWords) likely(texts []string) bool {
	for _, p := range w.with {
		for _, word := range p {
			if !strings.ContainsAny(word, "*?") && !slices.ContainsFunc(texts, func(t string) bool { return containsFold(t, stem(word)) }) {
				return false
			}
		}
	}
	return len(w.with) > 0
}

// containsFold looks for a part in lower case, whatever the text's case is.
func containsFold(text, part string) bool {
	first := part[0]
	if first >= utf8.RuneSelf {
		return strings.Contains(strings.ToLower(text), part)
	}
	both := string([]byte{first, first})
	if first >= 'a' && first <= 'z' {
		both = string([]byte{first, first - 'a' + 'A'})
	}
	for len(text) >= len(part) {
		at := strings.IndexAny(text[:len(text)-len(part)+1], both)
		if at < 0 {
			return false
		}
		if strings.EqualFold(text[at:at+len(part)], part) {
			return true
		}
		text = text[at+1:]
	}
	return false
}

// phrase are words in a row.
type phrase []string

// parseText reads a text query; it fails on a joining word that joins nothing.
func parseText(text string) (wanted, bool) {
	out := make(wanted, 1)
	absent, joining := false, true
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		var p phrase
		switch c := text[0]; c {
		case '"':
			body, rest, _ := strings.Cut(text[1:], `"`)
			p, text = wordsOf(body, ""), rest
		case '+', '-', '!':
			absent, text = c != '+', text[1:]
			continue
		default:
			word, rest, _ := strings.Cut(text, " ")
			text = rest
			switch word {
			case "OR", "||":
				if joining {
					return nil, false
				}
				out, joining = append(out, choiceOfWords{}), true
				continue
			case "AND", "&&":
				if joining {
					return nil, false
				}
				joining = true
				continue
			case "NOT":
				absent = true
				continue
			}
			p = wordsOf(word, "*?")
		}
		at := &out[len(out)-1]
		if len(p) > 0 && absent {
			at.without = append(at.without, p)
		} else if len(p) > 0 {
			at.with = append(at.with, p)
		}
		absent, joining = false, false
	}
	return out, !joining && !absent
}

// in says whether texts hold what is wanted.
func (w wanted) in(texts []string) bool {
	if !slices.ContainsFunc(w, func(one choiceOfWords) bool { return one.likely(texts) }) {
		return false
	}
	var fields [][]string
	for _, t := range texts {
		fields = append(fields, wordsOf(t, ""))
	}
	has := func(p phrase) bool {
		for _, words := range fields {
			if p.in(words) {
				return true
			}
		}
		return false
	}
	for _, one := range w {
		ok := len(one.with) > 0
		for _, p := range one.with {
			ok = ok && has(p)
		}
		for _, p := range one.without {
			ok = ok && !has(p)
		}
		if ok {
			return true
		}
	}
	return false
}

func (p phrase) in(words []string) bool {
next:
	for at := 0; at+len(p) <= len(words); at++ {
		for n, want := range p {
			if !alike(want, words[at+n]) {
				continue next
			}
		}
		return true
	}
	return false
}

// alike compares a word with a pattern of stars and question marks.
func alike(pattern, word string) bool {
	if !strings.ContainsAny(pattern, "*?") {
		return stem(pattern) == stem(word)
	}
	p, w := []rune(pattern), []rune(word)
	at, star, mark := 0, -1, 0
	for i := 0; i < len(w); {
		switch {
		case at < len(p) && (p[at] == '?' || p[at] == w[i]):
			at, i = at+1, i+1
		case at < len(p) && p[at] == '*':
			star, mark = at, i
			at++
		case star >= 0:
			mark++
			at, i = star+1, mark
		default:
			return false
		}
	}
	for at < len(p) && p[at] == '*' {
		at++
	}
	return at == len(p)
}

// stem cuts the English endings that an index leaves out.
func stem(word string) string {
	for _, end := range []string{"'s", "ing", "ed", "es", "s"} {
		if cut, ok := strings.CutSuffix(word, end); ok && len(cut) >= 3 {
			return cut
		}
	}
	return word
}

// wordsOf cuts a text into words in lower case. Characters of scripts without
// blanks are words each.
func wordsOf(text, keep string) []string {
	var out []string
	start := -1
	end := func(at int) {
		if start >= 0 {
			out = append(out, strings.ToLower(text[start:at]))
			start = -1
		}
	}
	for at, r := range text {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			end(at)
			out = append(out, string(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '_' || strings.ContainsRune(keep, r):
			if start < 0 {
				start = at
			}
		default:
			end(at)
		}
	}
	end(len(text))
	return out
}
