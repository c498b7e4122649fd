package jql

import (
	"slices"
	"strings"
)

// Parse reads a query. An error is an *Error in Jira's words.
func Parse(text string) (q *Query, err error) {
	p := &parser{lex: lexer{text: strings.ToValidUTF8(text, "\ufffd"), at: place{1, 1}}}
	defer func() { // the parser stops at the first mistake, however deep it stands
		if wrong, ok := recover().(*Error); ok {
			q, err = nil, wrong
		} else if wrong != nil {
			panic(wrong)
		}
	}()
	p.advance()
	return p.query(), nil
}

type parser struct {
	lex   lexer
	now   token // not consumed yet
	depth int
}

// deepest is how many brackets and NOTs may stand within each other.
const deepest = 500

func (p *parser) fail(err *Error) { panic(err) }

// advance consumes a token.
func (p *parser) advance() token {
	last := p.now
	next, err := p.lex.next()
	if err != nil {
		p.fail(err)
	}
	p.now = next
	return last
}

// is says whether the next token is one of these keywords or signs.
func (p *parser) is(texts ...string) bool {
	return (p.now.kind == keyword || p.now.kind == sign) && slices.Contains(texts, p.now.text)
}

func (p *parser) accept(texts ...string) bool {
	if p.is(texts...) {
		p.advance()
		return true
	}
	return false
}

// shown is a token in a message: quotes away, line breaks as blanks.
func (p *parser) shown() string {
	text := p.now.raw
	if p.now.kind == quoted {
		text = p.now.text
	}
	return strings.ReplaceAll(text, "\n", " ")
}

// expected tells what would have been right here.
func (p *parser) expected(what string) {
	if p.now.kind == end {
		p.fail(wrong(nil, "Expecting %s before the end of the query.", what))
	}
	p.fail(wrong(&p.now.at, "Expecting %s but got '%s'.", what, p.shown()))
}

func (p *parser) query() *Query {
	q := &Query{}
	if p.now.kind != end && !p.is("order") {
		q.Where = p.or()
	}
	if p.is("order") {
		q.Order = p.order()
	}
	if p.now.kind != end {
		p.expected("either 'OR' or 'AND'")
	}
	return q
}

func (p *parser) or() Clause {
	some := Or{p.and()}
	for p.accept("or", "|", "||") {
		some = append(some, p.and())
	}
	if len(some) == 1 {
		return some[0]
	}
	return some
}

func (p *parser) and() Clause {
	all := And{p.not()}
	for p.accept("and", "&", "&&") {
		all = append(all, p.not())
	}
	if len(all) == 1 {
		return all[0]
	}
	return all
}

func (p *parser) not() Clause {
	if p.depth++; p.depth > deepest {
		p.fail(wrong(&p.now.at, "The query is too complex: more than %d clauses stand within each other.", deepest))
	}
	defer func() { p.depth-- }()
	switch {
	case p.accept("not", "!"):
		return Not{p.not()}
	case p.accept("("):
		in := p.or()
		if !p.accept(")") {
			p.expected("')'")
		}
		return in
	}
	return p.term()
}

// predicates are the words that narrow a term about the past.
var predicates = []string{"from", "to", "by", "before", "after", "on", "during"}

func (p *parser) term() Clause {
	t := &Term{Field: p.field()}
	t.Op = p.operator()
	if t.Op == Changed {
		if p.now.kind == word || p.now.kind == quoted || p.now.kind == numeral || p.is("(", "empty") {
			value := p.operand(0)
			p.fail(wrong(nil, "The CHANGED operator does not support the use of values without predicates. You must prefix the %s value with a suitable predicate.", value))
		}
	} else {
		value := p.operand(0)
		t.Operand = &value
	}
	for p.is(predicates...) {
		op := p.advance().text
		t.Predicates = append(t.Predicates, Predicate{op, p.operand(0)})
		p.joined()
	}
	if len(t.Predicates) > 0 && !t.Op.Historic() {
		first := t.Predicates[0]
		p.fail(wrong(nil, "The %s operator does not support the use of the %s %s predicate.", t.Op.name(), first.Op, first.Operand))
	}
	if p.now.kind != end && !p.is("or", "|", "||", "and", "&", "&&", ")", ",", "order") {
		p.expected("either 'OR' or 'AND'")
	}
	return t
}

// joined takes an AND between two predicates: AFTER x AND BEFORE y.
func (p *parser) joined() {
	if !p.is("and", "&", "&&") {
		return
	}
	ahead := p.lex
	next, err := ahead.next()
	if err == nil && next.kind == keyword && slices.Contains(predicates, next.text) {
		p.advance()
	}
}

// field reads a field's name.
func (p *parser) field() Field {
	var f Field
	switch {
	case p.now.kind == end:
		p.fail(wrong(nil, "Expecting a field name at the end of the query."))
	case p.accept("cf"):
		f.Name = "cf[" + p.customID() + "]"
	case p.is("["):
		p.fail(wrong(&p.now.at, "Expecting a field name but got '['. Did you mean 'cf['?"))
	case p.now.kind == word || p.now.kind == quoted || p.now.kind == numeral:
		if strings.TrimSpace(p.now.text) == "" {
			p.fail(wrong(&p.now.at, "A field name cannot be empty."))
		}
		f.Name = p.advance().text
	default:
		p.fail(wrong(&p.now.at, "Expecting a field name but got '%s'. You must surround '%s' in quotation marks to use it as a field name.", p.shown(), p.shown()))
	}
	for p.accept("[") {
		if p.now.kind != word && p.now.kind != quoted && p.now.kind != numeral {
			p.expected("a property key")
		}
		f.Property += "[" + p.advance().text + "]"
		if !p.accept("]") {
			p.expected("']'")
		}
		for (p.now.kind == word || p.now.kind == quoted) && strings.HasPrefix(p.now.text, ".") {
			f.Property += p.advance().text
		}
	}
	return f
}

func (p *parser) customID() string {
	if !p.accept("[") {
		p.expected("'['")
	}
	if p.now.kind != numeral || p.now.number < 0 {
		p.expected("a custom field id (a positive number)")
	}
	id := p.advance().text
	if !p.accept("]") {
		p.expected("']'")
	}
	return id
}

const validOperators = "The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'."

func (p *parser) operator() Op {
	switch {
	case p.is("=", "!=", "<", ">", "<=", ">=", "~", "!~", "in", "changed"):
		return Op(p.advance().text)
	case p.accept("not"):
		if !p.accept("in") {
			p.expected("'IN'")
		}
		return NotIn
	case p.accept("is"):
		if p.accept("not") {
			return IsNot
		}
		if p.is("!") {
			p.expected("'NOT'")
		}
		return Is
	case p.accept("was"):
		switch not, in := p.accept("not"), p.accept("in"); {
		case not && in:
			return WasNotIn
		case not:
			return WasNot
		case in:
			return WasIn
		}
		return Was
	case p.now.kind == end:
		p.fail(wrong(nil, "Expecting operator before the end of the query. %s", validOperators))
	}
	p.fail(wrong(&p.now.at, "Expecting operator but got '%s'. %s", p.shown(), validOperators))
	return ""
}
