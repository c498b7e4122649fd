package jql

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// token is one word, number, sign or quoted text.
type token struct {
	kind   kind
	text   string // what it says: without quotes, escapes resolved
	raw    string // as it stands
	number int64
	at     place
}

type kind int

const (
	end     kind = iota
	word         // an unquoted text that is no keyword
	quoted       // a text in quotes
	numeral      // a whole number
	keyword      // in lower case in text
	sign         // an operator, a bracket, a comma
)

// place is a line and a column, both from 1, in characters.
type place struct{ line, column int }

// Error is a mistake in a query. Message is Jira's, with the place where there is
// one.
type Error struct{ Message string }

func (e *Error) Error() string { return "Error in the JQL Query: " + e.Message }

func wrong(at *place, format string, args ...any) *Error {
	text := fmt.Sprintf(format, args...)
	if at != nil {
		text += fmt.Sprintf(" (line %d, character %d)", at.line, at.column)
	}
	return &Error{text}
}

// lexer cuts a query into tokens, one at a time: an earlier mistake of the grammar
// is told before a later one of a word.
type lexer struct {
	text   string
	offset int
	at     place
}

const (
	signs    = "=!<>()~,&|[]"
	reserved = "{}*/%+^$#@?;"
	blanks   = " \t\r\n"
)

var keywords = set("and or not in is empty null was changed before after from to on during by order asc desc cf")

// reservedWords may not stand without quotes, whatever they are there for.
var reservedWords = set(`abort access add alias all alter any as audit avg begin between boolean break byte catch char character check checkpoint
collate collation column commit connect continue count create current date decimal declare decrement default defaults define delete delimiter
difference distinct divide do double drop else encoding end equals escape exclusive exec execute exists explain false fetch file field first
float for function go goto grant greater group having identified if immediate increment index initial inner inout input insert int integer
intersect intersection into isempty isnull join last left less like limit lock long max min minus mode modify modulo more multiply next noaudit
notin nowait number object of option outer output power previous prior privileges public raise raw remainder rename resource return returns
revoke right row rowid rownum rows select session set share size sqrt start strict string subtract sum synonym table then trans transaction
trigger true uid union unique update user validate values view when whenever where while with`)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// step goes on by one character.
func (l *lexer) step() rune {
	r, size := utf8.DecodeRuneInString(l.text[l.offset:])
	l.offset += size
	if r == '\n' {
		l.at.line++
		l.at.column = 1
	} else {
		l.at.column++
	}
	return r
}

func (l *lexer) peek() rune {
	if l.offset >= len(l.text) {
		return -1
	}
	r, _ := utf8.DecodeRuneInString(l.text[l.offset:])
	return r
}

func (l *lexer) next() (token, *Error) {
	for l.offset < len(l.text) && strings.ContainsRune(blanks, l.peek()) {
		l.step()
	}
	t := token{at: l.at}
	start := l.offset
	var err *Error
	switch r := l.peek(); {
	case r < 0:
		return t, nil
	case r == '"' || r == '\'':
		t.kind = quoted
		t.text, err = l.quoted(r)
	case strings.ContainsRune(signs, r):
		t.kind, t.text = sign, l.sign()
	case strings.ContainsRune(reserved, r):
		return t, reservedSign(r, l.at)
	default:
		t.kind = word
		if t.text, err = l.word(); err == nil {
			err = t.classify(l.text[start:l.offset])
		}
	}
	t.raw = l.text[start:l.offset]
	return t, err
}

func (l *lexer) sign() string {
	for _, two := range []string{"!=", "!~", "<=", ">=", "&&", "||"} {
		if strings.HasPrefix(l.text[l.offset:], two) {
			l.step()
			l.step()
			return two
		}
	}
	return string(l.step())
}

func reservedSign(r rune, at place) *Error {
	return wrong(&at, `The character '%c' is a reserved JQL character. You must enclose it in a string or use the escape '\u%04x' instead.`, r, r)
}

// classify tells keywords, numbers and reserved words from other words. One that
// was written with an escape is just a text.
func (t *token) classify(raw string) *Error {
	lower := strings.ToLower(raw)
	switch {
	case keywords[lower]:
		t.kind, t.text = keyword, lower
		if lower == "null" {
			t.text = "empty"
		}
	case reservedWords[lower]:
		return wrong(&t.at, "'%s' is a reserved JQL word. You must surround it in quotation marks to use it in a query.", raw)
	case isNumber(raw):
		n, err := strconv.ParseInt(raw, 10, 64)
		if err != nil {
			return wrong(&t.at, "'%s' is not a valid number. Numbers must be between -9,223,372,036,854,775,808 and 9,223,372,036,854,775,807.", raw)
		}
		t.kind, t.number = numeral, n
	}
	return nil
}

func isNumber(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}

// word reads an unquoted text.
func (l *lexer) word() (string, *Error) {
	var b strings.Builder
	for l.offset < len(l.text) {
		r := l.peek()
		switch {
		case strings.ContainsRune(blanks+signs, r), r == '"', r == '\'':
			return b.String(), nil
		case strings.ContainsRune(reserved, r):
			return "", reservedSign(r, l.at)
		case r == '\\':
			text, err := l.escape()
			if err != nil {
				return "", err
			}
			b.WriteString(text)
		case control(r):
			return "", l.illegal(r)
		default:
			b.WriteRune(l.step())
		}
	}
	return b.String(), nil
}

func (l *lexer) quoted(quote rune) (string, *Error) {
	at := l.at
	l.step()
	var b strings.Builder
	for l.offset < len(l.text) {
		r := l.peek()
		switch {
		case r == quote:
			l.step()
			return b.String(), nil
		case r == '\\':
			text, err := l.escape()
			if err != nil {
				return "", err
			}
			b.WriteString(text)
		case control(r):
			return "", l.illegal(r)
		default:
			b.WriteRune(l.step())
		}
	}
	if b.Len() == 0 {
		return "", wrong(&at, "The quoted string has not been completed.")
	}
	return "", wrong(&at, "The quoted string '%s' has not been completed.", strings.ReplaceAll(b.String(), "\n", " "))
}

// control characters must be written as escapes, also within quotes; line breaks
// and tabs between quotes as well as between words are fine.
func control(r rune) bool {
	return r < 0x20 && r != '\n' && r != '\r' && r != '\t' || r >= 0x7f && r <= 0x9f || r >= 0xfdd0 && r <= 0xfdef || r == 0xfffe || r == 0xffff
}

func (l *lexer) illegal(r rune) *Error {
	return wrong(&l.at, `The character 'U+%04X' on line %d at position %d must be escaped. Use the escape '\u%04x' instead.`, r, l.at.line, l.at.column, r)
}

const validEscapes = `The valid escape sequences are \', \", \t, \n, \r, \\, '\ ' and \uXXXX.`

func (l *lexer) escape() (string, *Error) {
	at, start := l.at, l.offset
	l.step()
	if l.offset >= len(l.text) {
		return "", wrong(&at, "The escape sequence has not been completed. %s", validEscapes)
	}
	switch r := l.step(); r {
	case 't':
		return "\t", nil
	case 'n':
		return "\n", nil
	case 'r':
		return "\r", nil
	case '"', '\'', '\\', ' ':
		return string(r), nil
	case 'u':
		for range 4 {
			if l.offset >= len(l.text) {
				return "", wrong(&at, `'%s' is an illegal JQL escape sequence. %s`, l.text[start:l.offset], validEscapes)
			}
			if !strings.ContainsRune("0123456789abcdefABCDEF", l.step()) {
				return "", wrong(&at, `'%s' is an illegal JQL escape sequence. %s`, l.text[start:l.offset], validEscapes)
			}
		}
		code, err := strconv.ParseUint(l.text[l.offset-4:l.offset], 16, 32)
		if err != nil {
			return "", wrong(&at, `'%s' is an illegal JQL escape sequence. %s`, l.text[start:l.offset], validEscapes)
		}
		return string(rune(code)), nil
	}
	return "", wrong(&at, `'%s' is an illegal JQL escape sequence. %s`, l.text[start:l.offset], validEscapes)
}
