package graphql

import (
	"errors"
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
)

// Problem is one entry of an answer's errors, its fields in the order in which github.com writes them.
type Problem struct {
	Type       string         `json:"type,omitempty"` // NOT_FOUND, FORBIDDEN, …; a refused document has none
	Path       []any          `json:"path,omitzero"`
	Extensions map[string]any `json:"extensions,omitempty"`
	Locations  []Location     `json:"locations,omitempty"`
	Message    string         `json:"message"`
}

// Location is a place in a document, counted from 1.
type Location struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

func locations(places ...*ast.Position) []Location {
	var out []Location
	for _, p := range places {
		if p != nil {
			out = append(out, Location{p.Line, p.Column})
		}
	}
	return out
}

// Error is what a method returns when a field has no value: the kind by which clients tell failures apart, and the
// words for people.
type Error struct{ Kind, Message string }

// Failure makes an Error.
func Failure(kind, format string, args ...any) error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// Error is the words for people.
func (e *Error) Error() string { return e.Message }

// problemOf turns a method's error into an entry of the answer.
func problemOf(err error, path []any, at *ast.Position) Problem {
	p := Problem{Path: path, Locations: locations(at), Message: err.Error()}
	var e *Error
	if errors.As(err, &e) {
		p.Type = e.Kind
	}
	return p
}
