package graphql

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// Document is a parsed and validated request. It may serve many at once.
type Document struct {
	schema *Schema
	ast    *ast.QueryDocument
}

// Limits of a document, far above what people write: a document that names its own fragments a thousand times over is
// an attack.
const (
	maxTokens = 50_000
	maxVisits = 200_000
)

// Prepare parses and validates a request. A document is refused with everything that is wrong with it.
func (s *Schema) Prepare(query string) (*Document, []Problem) {
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: query}, maxTokens)
	if err != nil {
		return nil, []Problem{unreadable(err)}
	}
	v := &validator{schema: s, doc: doc}
	v.document()
	if len(v.problems) > 0 {
		return nil, v.problems
	}
	return &Document{schema: s, ast: doc}, nil
}

// Fragments are the document's.
func (d *Document) Fragments() ast.FragmentDefinitionList { return d.ast.Fragments }

// Operation picks the operation that is meant. An empty name means the only one.
func (d *Document) Operation(name string) (*Operation, *Problem) {
	if name == "" && len(d.ast.Operations) != 1 {
		return nil, &Problem{Message: "An operation name is required"}
	}
	for _, op := range d.ast.Operations {
		if name == "" || op.Name == name {
			return &Operation{doc: d, Definition: op, root: d.schema.rootOf(op.Operation)}, nil
		}
	}
	return nil, &Problem{Message: fmt.Sprintf("No operation named %q", name)}
}

// rootOf is the type at the top of an operation.
func (s *Schema) rootOf(op ast.Operation) *ast.Definition {
	switch op {
	case ast.Mutation:
		return s.types.Mutation
	case ast.Subscription:
		return s.types.Subscription
	}
	return s.types.Query
}

var found = regexp.MustCompile(`^(?:Expected ([^,]+), found|Unexpected|expected at least one definition, found) (.+)$`)

// unreadable says where a document stops making sense, in github.com's words:
// Expected NAME, actual: RCURLY ("}") at [1, 10].
func unreadable(err error) Problem {
	var where *gqlerror.Error
	if !errors.As(err, &where) || len(where.Locations) == 0 {
		return Problem{Message: "This query is too large to execute."}
	}
	at := where.Locations[0]
	place := fmt.Sprintf("at [%d, %d]", at.Line, at.Column)
	p := Problem{Locations: []Location{{at.Line, at.Column}}}
	m := found.FindStringSubmatch(where.Message)
	if m == nil {
		p.Message = fmt.Sprintf("Expected NAME, actual: UNKNOWN_CHAR (%q) %s", oddCharacter(where.Message), place)
		return p
	}
	wanted, got := "VALUE", token(m[2])
	switch {
	case strings.HasPrefix(m[0], "expected"):
		wanted = "NAME"
	case m[1] != "":
		wanted, _, _ = strings.Cut(token(m[1]), " ")
	case at.Line == 1 && at.Column == 1:
		wanted = "one of SCHEMA, SCALAR, TYPE, ENUM, INPUT, UNION, INTERFACE"
	}
	if m[2] == "<EOF>" && at.Line == 1 && at.Column == 1 {
		return Problem{Message: "Unexpected end of document"}
	}
	p.Message = fmt.Sprintf("Expected %s, actual: %s %s", wanted, got, place)
	return p
}

// oddCharacter is what the parser complains about, as far as it says.
func oddCharacter(message string) string {
	_, rest, ok := strings.Cut(message, `"`)
	if !ok {
		return ""
	}
	text, _, _ := strings.Cut(rest, `"`)
	return text
}

var punctuation = map[string]string{
	"{": "LCURLY", "}": "RCURLY", "(": "LPAREN", ")": "RPAREN", "[": "LBRACKET", "]": "RBRACKET", ":": "COLON",
	"$": "VAR_SIGN", "@": "DIR_SIGN", "=": "EQUALS", "!": "BANG", "|": "PIPE", "&": "AMP", "...": "ELLIPSIS",
}

var keywords = map[string]bool{
	"on": true, "fragment": true, "true": true, "false": true, "null": true, "query": true, "mutation": true, "subscription": true,
	"schema": true, "scalar": true, "type": true, "extend": true, "implements": true, "interface": true, "union": true,
	"enum": true, "input": true, "directive": true, "repeatable": true,
}

// token names a piece of a document: Name "foo" is IDENTIFIER ("foo").
func token(text string) string {
	kind, value, valued := strings.Cut(text, " ")
	value = strings.Trim(value, `"`)
	switch {
	case text == "<EOF>":
		return `(none) ("")`
	case punctuation[kind] != "":
		return fmt.Sprintf("%s (%q)", punctuation[kind], kind)
	case kind == "Name" && !valued:
		return "NAME"
	case kind == "Name" && keywords[value]:
		return fmt.Sprintf("%s (%q)", strings.ToUpper(value), value)
	case kind == "Name":
		return fmt.Sprintf("IDENTIFIER (%q)", value)
	case kind == "BlockString":
		kind = "String"
	}
	if keywords[strings.Trim(text, `"`)] {
		return strings.ToUpper(strings.Trim(text, `"`))
	}
	return fmt.Sprintf("%s (%q)", strings.ToUpper(kind), value)
}
