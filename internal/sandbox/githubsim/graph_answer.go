package githubsim

import (
	"encoding/json"
	stderrors "errors"
	"fmt"
	"regexp"
	"time"

	graphql "github.com/graph-gophers/graphql-go"
	"github.com/graph-gophers/graphql-go/errors"
	"github.com/vektah/gqlparser/v2/ast"
)

// graphAnswer is the body of a GraphQL answer. Data and errors may stand together.
type graphAnswer struct {
	Data   json.RawMessage `json:"data,omitempty"`
	Errors []graphProblem  `json:"errors,omitempty"`
}

// graphProblem is one error, with its fields in recorded order.
type graphProblem struct {
	Type       string            `json:"type,omitempty"`
	Path       []any             `json:"path,omitempty"`
	Extensions map[string]string `json:"extensions,omitempty"`
	Locations  []errors.Location `json:"locations,omitempty"`
	Message    string            `json:"message"`
}

// shape turns the library's answer into GitHub's: the type of an error stands beside its path, and each error says
// where in the query it arose.
func shape(result *graphql.Response, doc *ast.QueryDocument, op *ast.OperationDefinition, more []graphProblem) graphAnswer {
	out := graphAnswer{Data: result.Data}
	for _, e := range result.Errors {
		p := graphProblem{Path: e.Path, Locations: e.Locations, Message: e.Message}
		if kind, ok := e.Extensions["type"].(string); ok {
			p.Type = kind
		}
		if p.Locations == nil {
			p.Locations = locate(doc, op, e.Path)
		}
		out.Errors = append(out.Errors, undefined(p))
	}
	for _, p := range more {
		p.Locations = locate(doc, op, p.Path)
		out.Errors = append(out.Errors, p)
	}
	return out
}

var unknownField = regexp.MustCompile(`^Cannot query field "(\w+)" on type "(\w+)"`)

// undefined says an unknown field in GitHub's words, for clients that probe which fields a server knows.
func undefined(p graphProblem) graphProblem {
	if m := unknownField.FindStringSubmatch(p.Message); m != nil {
		p.Message = fmt.Sprintf("Field '%s' doesn't exist on type '%s'", m[1], m[2])
		p.Extensions = map[string]string{"code": "undefinedField", "typeName": m[2], "fieldName": m[1]}
	}
	return p
}

// locate finds the field of the query that a path leads to; nil when it leads nowhere.
func locate(doc *ast.QueryDocument, op *ast.OperationDefinition, path []any) []errors.Location {
	set := op.SelectionSet
	var found *ast.Field
	for _, step := range path {
		name, ok := step.(string)
		if !ok {
			continue // an index of a list
		}
		if found = fieldNamed(doc, set, name, 0); found == nil {
			return nil
		}
		set = found.SelectionSet
	}
	if found == nil || found.Position == nil {
		return nil
	}
	return []errors.Location{{Line: found.Position.Line, Column: found.Position.Column}}
}

// fieldNamed looks for a field by the name it has in the answer, through fragments.
func fieldNamed(doc *ast.QueryDocument, set ast.SelectionSet, name string, depth int) *ast.Field {
	if depth > maxDepth {
		return nil
	}
	for _, selection := range set {
		var inner ast.SelectionSet
		switch s := selection.(type) {
		case *ast.Field:
			if s.Alias == name {
				return s
			}
			continue
		case *ast.InlineFragment:
			inner = s.SelectionSet
		case *ast.FragmentSpread:
			if f := doc.Fragments.ForName(s.Name); f != nil {
				inner = f.SelectionSet
			}
		}
		if found := fieldNamed(doc, inner, name, depth+1); found != nil {
			return found
		}
	}
	return nil
}

// complain notes an error that leaves the rest of a list alone.
func (g *graph) complain(err error, path ...any) {
	p := graphProblem{Path: path, Message: err.Error()}
	var e *graphError
	if stderrors.As(err, &e) {
		p.Type = e.kind
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.problems = append(g.problems, p)
}

func resetAt(b balance, s *Simulator) dateTime {
	if b.Reset == 0 {
		return dateTime{s.now().Add(time.Hour)}
	}
	return dateTime{time.Unix(b.Reset, 0)}
}
