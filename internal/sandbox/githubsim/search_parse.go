package githubsim

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of GitHub's search, on texts and on operators.
const (
	maxSearchText      = 256
	maxSearchOperators = 5
)

// parseSearch takes a query apart. Qualifiers that GitHub does not know are texts, as there.
//
//	query  = and { "OR" and }
//	and    = not { [ "AND" ] not }
//	term   = "(" query ")" | name ":" value { "," value } | word | "quoted text"
//	not    = [ "NOT" | "-" ] term
func parseSearch(text string) (*searchQuery, *searchProblem) {
	if strings.TrimSpace(text) == "" {
		return nil, &searchProblem{"The search query is empty."}
	}
	p := &searchParser{rest: text}
	p.next()
	root := p.or()
	switch {
	case p.bad || p.token.kind != tokenEnd:
		return nil, &searchProblem{"ERROR_TYPE_QUERY_PARSING_FATAL unable to parse query!"}
	case p.operators > maxSearchOperators:
		return nil, &searchProblem{"More than five AND / OR / NOT operators were used."}
	case p.length > maxSearchText:
		return nil, &searchProblem{"The search is longer than 256 characters."}
	}
	return &searchQuery{root: root, order: p.order}, nil
}

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenWord
	tokenOpen
	tokenClose
	tokenMinus // in front of what follows without a space
)

type searchToken struct {
	kind   tokenKind
	text   string
	quoted bool // begins with a quote: an operator's name in it is a text
}

type searchParser struct {
	rest      string
	token     searchToken
	operators int
	length    int // of the texts, in characters
	depth     int
	order     string
	bad       bool
}

// next reads a token. A word goes to the next space outside of quotes; the quotes stay in it.
func (p *searchParser) next() {
	p.rest = strings.TrimLeftFunc(p.rest, unicode.IsSpace)
	if p.rest == "" {
		p.token = searchToken{}
		return
	}
	switch p.rest[0] {
	case '(':
		p.token, p.rest = searchToken{kind: tokenOpen}, p.rest[1:]
		return
	case ')':
		p.token, p.rest = searchToken{kind: tokenClose}, p.rest[1:]
		return
	case '-':
		if len(p.rest) > 1 && p.rest[1] != ' ' {
			p.token, p.rest = searchToken{kind: tokenMinus}, p.rest[1:]
			return
		}
	}
	end, quoted := 0, false
	for end < len(p.rest) {
		r, size := utf8.DecodeRuneInString(p.rest[end:])
		if r == '"' && (end == 0 || p.rest[end-1] != '\\') {
			quoted = !quoted
		}
		if !quoted && (unicode.IsSpace(r) || r == ')') {
			break
		}
		end += size
	}
	p.token = searchToken{kind: tokenWord, text: p.rest[:end], quoted: p.rest[0] == '"'}
	p.rest = p.rest[end:]
}

func (p *searchParser) says(operator string) bool {
	return p.token.kind == tokenWord && !p.token.quoted && p.token.text == operator
}

func (p *searchParser) or() *searchNode {
	list := []*searchNode{p.and()}
	for p.says("OR") {
		p.operators++
		p.next()
		list = append(list, p.and())
	}
	return join(searchOr, list)
}

func (p *searchParser) and() *searchNode {
	var list []*searchNode
	for {
		if p.says("AND") {
			if len(list) == 0 {
				p.bad = true
			}
			p.operators++
			p.next()
		} else if len(list) > 0 && (p.token.kind == tokenEnd || p.token.kind == tokenClose || p.says("OR")) {
			return join(searchAnd, list)
		}
		if p.bad {
			return join(searchAnd, list)
		}
		list = append(list, p.not())
	}
}

func (p *searchParser) not() *searchNode {
	switch {
	case p.says("NOT"):
		p.operators++
		p.next()
		return &searchNode{op: searchNot, of: []*searchNode{p.not()}}
	case p.token.kind == tokenMinus:
		p.next()
		return &searchNode{op: searchNot, of: []*searchNode{p.leaf()}}
	}
	return p.leaf()
}

// maxSearchDepth keeps parentheses from nesting without end.
const maxSearchDepth = 20

func (p *searchParser) leaf() *searchNode {
	switch {
	case p.token.kind == tokenOpen:
		if p.depth++; p.depth > maxSearchDepth {
			p.bad = true
			return join(searchAnd, nil)
		}
		p.next()
		inner := p.or()
		p.depth--
		if p.token.kind != tokenClose {
			p.bad = true
		}
		p.next()
		return inner
	case p.token.kind != tokenWord || p.says("OR") || p.says("AND"):
		p.bad = true
		return join(searchAnd, nil)
	}
	word := p.token
	p.next()
	return p.word(word)
}

// word makes a leaf of a word: a qualifier that GitHub knows, else a text.
func (p *searchParser) word(t searchToken) *searchNode {
	name, value, qualified := strings.Cut(t.text, ":")
	name = strings.ToLower(name)
	if qualified && !t.quoted && value != "" && (searchQualifiers[name] != nil || unsimulated[name]) {
		if name == "sort" {
			p.order = strings.ToLower(value)
			return join(searchAnd, nil)
		}
		return &searchNode{name: name, value: alternatives(value)}
	}
	text := unquoted(t.text)
	p.length += utf8.RuneCountInString(text)
	return &searchNode{value: []string{text}}
}

// alternatives splits a value at the commas outside of quotes.
func alternatives(value string) []string {
	var out []string
	start, quoted := 0, false
	for at, r := range value {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ',' && !quoted:
			out = append(out, unquoted(value[start:at]))
			start = at + 1
		}
	}
	return append(out, unquoted(value[start:]))
}

func unquoted(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(text, `\"`, "\x00"), `"`, ""), "\x00", `"`)
}

// join spares a node that would hold one other.
func join(op searchOp, list []*searchNode) *searchNode {
	if len(list) == 1 {
		return list[0]
	}
	return &searchNode{op: op, of: list}
}

// searchTexts are the words of a query as they stand, without quotes and parentheses.
func searchTexts(text string) []string {
	var out []string
	p := &searchParser{rest: text}
	for p.next(); p.token.kind != tokenEnd; p.next() {
		if p.token.kind == tokenWord {
			out = append(out, unquoted(p.token.text))
		}
	}
	return out
}
