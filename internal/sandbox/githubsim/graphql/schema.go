package graphql

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// Schema is a schema's definition together with the Go types that answer for it.
type Schema struct {
	types   *ast.Schema
	checks  map[string]func(any) error
	named   map[string][]Binding       // by the object they answer for
	byType  map[reflect.Type][]Binding // by Go type
	objects map[objectKey]*object
	faults  []error
}

type objectKey struct {
	name   string
	goType reflect.Type
}

// Option is something to build a schema from: a Binding or a Check.
type Option interface{ apply(*Schema) }

// Binding says which Go type answers for which object types.
type Binding struct {
	goType    reflect.Type
	names     []string
	constants map[string]any
	quick     func(reflect.Value) resolver
}

// Bind lets values of T answer for the named object types.
func Bind[T any](names ...string) Binding {
	return Binding{goType: reflect.TypeFor[T](), names: names, quick: quickly[T]}
}

// With answers fields that are the same for every value: {"isFork": false}.
func (b Binding) With(constants map[string]any) Binding {
	b.constants = constants
	return b
}

func (b Binding) apply(s *Schema) {
	for _, name := range b.names {
		s.named[name] = append(s.named[name], b)
	}
	s.byType[b.goType] = append(s.byType[b.goType], b)
}

// Check says what may be given for a scalar of the schema's own: a string, a json.Number or a bool.
type Check struct {
	Scalar string
	Accept func(given any) error
}

func (c Check) apply(s *Schema) { s.checks[c.Scalar] = c.Accept }

// New reads a schema's definition and binds it. Every field of every object that can come about must have an answer,
// and every argument a place; the error names all that lack one. Objects of the definition that nothing is bound to
// may be asked about and never come about.
func New(source string, options ...Option) (*Schema, error) {
	types, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: source})
	if err != nil {
		return nil, fmt.Errorf("read the schema: %w", err)
	}
	for _, directive := range []string{"defer"} { // github.com does not stream
		delete(types.Directives, directive)
	}
	s := &Schema{
		types: types, checks: map[string]func(any) error{},
		named: map[string][]Binding{}, byType: map[reflect.Type][]Binding{}, objects: map[objectKey]*object{},
	}
	for _, o := range append(introspective(), options...) {
		o.apply(s)
	}
	for _, list := range s.byType {
		for _, b := range list {
			for _, name := range b.names {
				s.bind(name, b.goType)
			}
		}
	}
	return s, errors.Join(s.faults...)
}

// Types is the definition.
func (s *Schema) Types() *ast.Schema { return s.types }

// applies reports whether a fragment on a type holds for an object.
func (s *Schema) applies(condition string, object *ast.Definition) bool {
	if condition == "" || condition == object.Name {
		return true
	}
	for _, d := range s.types.PossibleTypes[condition] {
		if d == object {
			return true
		}
	}
	return false
}

// field finds a field of a type, those that every type has included.
func (s *Schema) field(on *ast.Definition, name string) *ast.FieldDefinition {
	if name == "__typename" {
		return typename
	}
	if on == nil || on.Kind == ast.Union {
		return nil
	}
	return on.Fields.ForName(name)
}

var typename = &ast.FieldDefinition{Name: "__typename", Type: ast.NonNullNamedType("String", nil)}
