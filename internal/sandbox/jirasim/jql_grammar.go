package jirasim

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The grammar of JQL, as far as it is served. Keywords are read without case.
type (
	jqlQuery struct {
		Where *jqlOr     `parser:"@@?"`
		Order []jqlOrder `parser:"( 'ORDER' 'BY' @@ ( ',' @@ )* )?"`
	}
	jqlOr struct {
		Any []jqlAnd `parser:"@@ ( ( 'OR' | '||' | '|' ) @@ )*"`
	}
	jqlAnd struct {
		All []jqlTerm `parser:"@@ ( ( 'AND' | '&&' | '&' ) @@ )*"`
	}
	jqlTerm struct {
		Not    *jqlTerm   `parser:"  ( 'NOT' | '!' ) @@"`
		Group  *jqlOr     `parser:"| '(' @@ ')'"`
		Clause *jqlClause `parser:"| @@"`
	}
	jqlClause struct {
		Field string     `parser:"@( Ident | String )"`
		Op    string     `parser:"@( '=' | '!=' | '<=' | '>=' | '<' | '>' | '!~' | '~' | 'NOT' 'IN' | 'IN' | 'IS' 'NOT' | 'IS' | 'WAS' | 'CHANGED' )"`
		Value *jqlValues `parser:"@@?"`
	}
	jqlValues struct {
		List []jqlValue `parser:"  '(' @@ ( ',' @@ )* ')'"`
		One  *jqlValue  `parser:"| @@"`
	}
	jqlValue struct {
		Text string   `parser:"  @String"`
		Word string   `parser:"| @Ident"`
		Call *jqlArgs `parser:"  @@?"`
	}
	jqlArgs struct {
		Open string     `parser:"@'('"`
		Args []jqlValue `parser:"( @@ ( ',' @@ )* )? ')'"`
	}
	jqlOrder struct {
		Field string `parser:"@( Ident | String )"`
		Dir   string `parser:"@( 'ASC' | 'DESC' )?"`
	}
)

var jqlLexer = lexer.MustSimple([]lexer.SimpleRule{
	{Name: "space", Pattern: `\s+`},
	{Name: "String", Pattern: `"(\\.|[^"\\])*"|'(\\.|[^'\\])*'`},
	{Name: "Op", Pattern: `!=|!~|<=|>=|\|\||&&|[=<>~!,()|&]`},
	{Name: "Ident", Pattern: `cf\[\d+\]|[^\s=<>~!,()"'|&\[\]{}]+`},
})

var jqlParser = participle.MustBuild[jqlQuery](
	participle.Lexer(jqlLexer),
	participle.CaseInsensitive("Ident"),
	participle.UseLookahead(3),
)

// parseJQL reads a query; what it cannot read is refused with the place.
func parseJQL(text string) (*jqlQuery, error) {
	q, err := jqlParser.ParseString("", text)
	if err != nil {
		at, what := 1, err.Error()
		var e participle.Error
		if errors.As(err, &e) {
			at, what = e.Position().Column, e.Message()
		}
		return nil, badJQL("Error in the JQL Query: %s. (line 1, character %d)", what, at)
	}
	if len(q.Order) > 7 {
		return nil, badJQL("The ORDER BY clause supports at most 7 fields, got %d.", len(q.Order))
	}
	return q, nil
}

// badJQL is a query refused in Jira's words.
func badJQL(format string, args ...any) error {
	return refuse(http.StatusBadRequest, fmt.Sprintf(format, args...))
}

// string is what a value says, quotes and escapes away.
func (v jqlValue) string() string {
	if v.Text == "" {
		return v.Word
	}
	return unquote(v.Text)
}

// isFunction reports a value such as now().
func (v jqlValue) isFunction() bool { return v.Call != nil }

// isEmpty reports the words EMPTY and NULL, unquoted.
func (v jqlValue) isEmpty() bool {
	return v.Call == nil && (strings.EqualFold(v.Word, "empty") || strings.EqualFold(v.Word, "null"))
}

var escaped = regexp.MustCompile(`\\(.)`)

func unquote(s string) string {
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') {
		return escaped.ReplaceAllString(s[1:len(s)-1], "$1")
	}
	return s
}

// op is an operator in one form: lower case, one space.
func (c *jqlClause) op() string {
	switch op := strings.ToLower(c.Op); op {
	case "notin":
		return "not in"
	case "isnot":
		return "is not"
	default:
		return op
	}
}

// values are the operands, in parentheses or alone.
func (c *jqlClause) values() []jqlValue {
	switch {
	case c.Value == nil:
		return nil
	case c.Value.One != nil:
		return []jqlValue{*c.Value.One}
	}
	return c.Value.List
}
