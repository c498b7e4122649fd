package jql

import "strings"

// operand reads a value; level counts the lists around it.
func (p *parser) operand(level int) Operand {
	switch {
	case p.accept("empty"):
		return Operand{Kind: Empty}
	case p.now.kind == numeral:
		t := p.advance()
		if p.is("(") {
			return p.function(t)
		}
		return Operand{Kind: Number, Number: t.number, Text: t.text}
	case p.now.kind == word || p.now.kind == quoted:
		t := p.advance()
		if p.is("(") {
			return p.function(t)
		}
		return Operand{Kind: Text, Text: t.text}
	case p.is("(") && level < deepest:
		return p.list(level + 1)
	case p.now.kind == end:
		p.fail(wrong(nil, "Expecting either a value, list or function before the end of the query."))
	}
	p.fail(wrong(&p.now.at, "Expecting either a value, list or function but got '%s'. You must surround '%s' in quotation marks to use it as a value.", p.shown(), p.shown()))
	return Operand{}
}

func (p *parser) list(level int) Operand {
	p.advance()
	var out Operand
	out.Kind = List
	for {
		v := p.operand(level)
		out.List = append(out.List, v)
		if p.accept(",") {
			continue
		}
		if p.accept(")") {
			return out
		}
		if v.Kind == Text || v.Kind == Number {
			if p.now.kind != end {
				p.expected("',' or ')'")
			}
		}
		p.expected("')'")
	}
}

func (p *parser) function(name token) Operand {
	if strings.TrimSpace(name.text) == "" {
		p.fail(wrong(&name.at, "A function name cannot be empty."))
	}
	p.advance()
	out := Operand{Kind: Function, Text: name.text}
	if p.accept(")") {
		return out
	}
	if p.is(",") || p.now.kind == end {
		p.expected("')'")
	}
	for {
		out.Args = append(out.Args, p.argument())
		if p.accept(")") {
			return out
		}
		if !p.accept(",") {
			if p.now.kind == end {
				p.expected("')'")
			}
			p.expected("')' or ','")
		}
	}
}

func (p *parser) argument() string {
	switch {
	case p.now.kind == word || p.now.kind == quoted || p.now.kind == numeral:
		return p.advance().text
	case p.now.kind == end:
		p.fail(wrong(nil, "Expecting a function argument at the end of the query."))
	case p.is(",", ")"):
		p.fail(wrong(&p.now.at, "Function argument must be specified."))
	}
	p.fail(wrong(&p.now.at, "Expecting a function argument but got '%s'. You must surround '%s' in quotation marks to use it as an argument.", p.shown(), p.shown()))
	return ""
}

func (p *parser) order() []Sort {
	p.advance()
	if !p.accept("by") {
		p.expected("'by'")
	}
	var out []Sort
	for {
		s := Sort{Field: p.field()}
		switch {
		case p.accept("asc"):
			s.Said = true
		case p.accept("desc"):
			s.Said, s.Desc = true, true
		case p.now.kind != end && !p.is(","):
			p.expected("either 'ASC' or 'DESC'")
		}
		out = append(out, s)
		if p.now.kind == end {
			return out
		}
		if !p.accept(",") {
			p.expected("','")
		}
	}
}
