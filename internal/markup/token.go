package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"strata/internal/work"
)

// token is a word, a reference or a sign of a stream, as phrases are made of.
type token struct {
	kind   tokenKind
	word   string // in lower case
	ref    *Reference
	upper  bool // the word began with a capital
	quoted bool
	used   bool // the reference belongs to a phrase before
}

type tokenKind byte

const (
	wordToken tokenKind = iota
	refToken
	commaToken    // , & +
	colonToken    // : or a dash between words
	stopToken     // the end of a sentence or a table cell
	questionToken // the end of a question
	breakToken    // the end of a line
	openToken     // (
	closeToken    // )
	barToken      // code, a link to something else
)

// tokens splits a block's stream.
func tokens(stream string, dialect work.Dialect) []token {
	t := tokenizer{stream: stream, dialect: dialect}
	for t.at < len(t.stream) {
		t.next()
	}
	return t.out
}

type tokenizer struct {
	stream  string
	at      int
	out     []token
	dialect work.Dialect
	quoted  bool
	// single is where a line ends that has no closing quote any more.
	single int
}

func (t *tokenizer) sign(kind tokenKind, size int) {
	t.out = append(t.out, token{kind: kind, quoted: t.quoted})
	t.at += size
}

func (t *tokenizer) next() {
	r, size := utf8.DecodeRuneInString(t.stream[t.at:])
	switch {
	case r == '\n':
		t.quoted = false
		t.sign(breakToken, size)
	case r == codeMark:
		t.skip(codeMark)
		t.sign(barToken, 0)
	case r == struckMark:
		t.skip(struckMark)
	case r == linkURL:
		t.link()
	case unicode.IsSpace(r) || r < ' ' || hidden(r) || strings.ContainsRune("[]{}*`<>=", r):
		t.at += size
	case r == '"' || r == '“' || r == '”' || r == '„' || r == '«' || r == '»':
		t.quote(r, size)
	case r == ',' || r == '&' || r == '+':
		t.sign(commaToken, size)
	case r == ':' || r == '–' || r == '—':
		t.sign(colonToken, size)
	case r == ';' || r == '!' || r == '。' || r == '|':
		t.sign(stopToken, size)
	case r == '?' || r == '？':
		t.sign(questionToken, size)
	case r == '(':
		t.sign(openToken, size)
	case r == ')':
		t.sign(closeToken, size)
	default:
		t.run()
	}
}

// skip goes behind the mark that closes the one at this place.
func (t *tokenizer) skip(mark byte) {
	end := strings.IndexByte(t.stream[t.at+1:], mark)
	if end < 0 {
		t.at = len(t.stream)
		return
	}
	t.at += end + 2
}

func (t *tokenizer) quote(r rune, size int) {
	t.at += size
	switch {
	case t.quoted:
		t.quoted = false
	case r == '"' && t.at > t.single:
		line := t.stream[t.at:]
		if i := strings.IndexByte(line, '\n'); i >= 0 {
			line = line[:i]
		}
		if i := strings.IndexByte(line, '"'); i >= 0 {
			t.quoted = true
		} else {
			t.single = t.at + len(line)
		}
	case r == '“' || r == '„' || r == '«':
		t.quoted = true
	}
}

// link reads a link by where it leads; its words do not count.
func (t *tokenizer) link() {
	rest := t.stream[t.at+1:]
	url, _, _ := strings.Cut(rest, string(linkText))
	if end := strings.IndexByte(rest, linkEnd); end >= 0 {
		t.at += end + 2
	} else {
		t.at = len(t.stream)
	}
	t.url(url)
}

func (t *tokenizer) url(url string) {
	form, _ := itemPage(url)
	if form == "" {
		t.sign(barToken, 0)
		return
	}
	t.out = append(t.out, token{kind: refToken, ref: &Reference{URL: cleanURL(url)}, quoted: t.quoted})
}

// cleanURL drops what does not name the item.
func cleanURL(url string) string {
	if i := strings.IndexAny(url, "?#"); i >= 0 {
		url = url[:i]
	}
	return strings.TrimSuffix(url, "/")
}

// run reads a word or a reference: everything up to a space or a sign. A key
// that is only a part of the run is none.
func (t *tokenizer) run() {
	rest := t.stream[t.at:]
	if startsWithURL(rest) {
		n := urlLength(rest)
		t.at += n
		t.url(rest[:n])
		return
	}
	end := strings.IndexFunc(rest, func(r rune) bool {
		return r <= ' ' || unicode.IsSpace(r) || strings.ContainsRune("[]{}()*`<>=\"“”„«»,;:!?&+|–—。？", r)
	})
	if end < 0 {
		end = len(rest)
	}
	t.at += end
	word := strings.TrimRight(rest[:end], ".…'’_~/")
	stop := strings.ContainsAny(rest[len(word):end], ".…")
	word = strings.TrimLeft(word, "'’_~.")
	for _, genitive := range []string{"'s", "’s"} {
		word = strings.TrimSuffix(word, genitive)
	}
	if word != "" {
		t.word(word)
	}
	if stop {
		t.sign(stopToken, 0)
	}
}

func (t *tokenizer) word(word string) {
	if ref := t.reference(word); ref != nil {
		t.out = append(t.out, token{kind: refToken, ref: ref, quoted: t.quoted})
		return
	}
	t.out = append(t.out, token{
		kind: wordToken, word: strings.ToLower(word), upper: unicode.IsUpper(firstRune(word)), quoted: t.quoted,
	})
}

func (t *tokenizer) reference(word string) *Reference {
	repo, n, hash := strings.Cut(word, "#")
	switch {
	case hash && repo == "" && number(n) > 0 && t.dialect == work.GitHubMarkdown:
		return &Reference{Number: number(n)}
	case hash && number(n) > 0 && repository(repo), !hash && key(word):
		return &Reference{Key: word}
	}
	return nil
}
