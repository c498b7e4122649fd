package graphql

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// Answer is what an operation comes to. Data and errors may stand together.
type Answer struct {
	Data   json.RawMessage `json:"data,omitempty"`
	Errors []Problem       `json:"errors,omitempty"`
}

// maxAnswer bounds an answer, in bytes. What lies beyond is null, and the answer says so.
const maxAnswer = 64 << 20

// Execute answers an operation. root answers for its top type, Query or Mutation. It reads root and what root leads
// to from the calling goroutine alone, the fields of an object in the order asked.
func (op *Operation) Execute(root any, vars Variables) Answer {
	s := op.doc.schema
	x := &execution{schema: s, op: op, vars: vars}
	top, err := s.objectOf(op.root.Name, root)
	if err != nil {
		return Answer{Errors: []Problem{{Message: err.Error()}}}
	}
	if !x.object(top, root, &selection{sets: []ast.SelectionSet{op.Definition.SelectionSet}}) {
		x.out = append(x.out[:0], "null"...)
	}
	return Answer{Data: x.out, Errors: x.problems}
}

type execution struct {
	schema   *Schema
	op       *Operation
	vars     Variables
	out      []byte
	path     []any
	problems []Problem
	full     bool // the answer has reached its bound
}

// object writes an object; false means that it cannot be, and its place must be null.
func (x *execution) object(o *object, v any, s *selection) bool {
	x.out = append(x.out, '{')
	for n, st := range x.planFor(o, s).steps {
		if n > 0 {
			x.out = append(x.out, ',')
		}
		x.out = append(x.out, st.key...)
		x.path = append(x.path, st.name)
		ok := x.step(o, v, st)
		x.path = x.path[:len(x.path)-1]
		if !ok {
			return false
		}
	}
	x.out = append(x.out, '}')
	return true
}

func (x *execution) step(o *object, v any, st *step) bool {
	if st.field == nil {
		x.out = appendText(x.out, o.def.Name)
		return true
	}
	t := st.field.def.Type
	if len(x.out) > maxAnswer {
		if !x.full {
			x.full = true
			x.problems = append(x.problems, Problem{Type: "RESOURCE_LIMITS_EXCEEDED", Path: slices.Clone(x.path), Locations: locations(st.at), Message: "Resource limits for this query exceeded."})
		}
		return x.null(t)
	}
	err := st.wrong
	var value any
	if err == nil {
		value, err = st.field.resolve(v, st.args)
	}
	if err != nil {
		x.problems = append(x.problems, problemOf(err, slices.Clone(x.path), st.at))
		return x.null(t)
	}
	return x.value(t, value, st)
}

// null writes null where a type allows it.
func (x *execution) null(t *ast.Type) bool {
	if t.NonNull {
		return false
	}
	x.out = append(x.out, "null"...)
	return true
}

// value writes a value of a type. A part that cannot be makes the nearest place null that may be.
func (x *execution) value(t *ast.Type, v any, st *step) bool {
	if isNil(v) {
		if t.NonNull {
			x.problems = append(x.problems, Problem{Path: slices.Clone(x.path), Locations: locations(st.at), Message: fmt.Sprintf("Cannot return null for non-nullable field %s", st.field.def.Name)})
		}
		return x.null(t)
	}
	from := len(x.out)
	if x.present(t, v, st) {
		return true
	}
	x.out = x.out[:from]
	return x.null(t)
}

func (x *execution) present(t *ast.Type, v any, st *step) bool {
	if t.Elem != nil {
		return x.list(t.Elem, reflect.ValueOf(v), st)
	}
	d := x.schema.types.Types[t.NamedType]
	if d.IsLeafType() {
		var err error
		if x.out, err = appendLeaf(x.out, v); err != nil {
			x.problems = append(x.problems, problemOf(err, slices.Clone(x.path), st.at))
			return false
		}
		return true
	}
	name := t.NamedType
	if d.Kind != ast.Object {
		name = x.schema.nameOf(v)
	}
	o, err := x.schema.objectOf(name, v)
	if err == nil && !x.schema.applies(d.Name, o.def) {
		err = fmt.Errorf("%s is no %s", name, d.Name)
	}
	if err != nil {
		x.problems = append(x.problems, problemOf(err, slices.Clone(x.path), st.at))
		return false
	}
	return x.object(o, v, st.inner)
}

// list writes a list. An entry that is an error is null and speaks of itself.
func (x *execution) list(t *ast.Type, list reflect.Value, st *step) bool {
	if list.Kind() != reflect.Slice {
		x.problems = append(x.problems, problemOf(fmt.Errorf("%s is no list", list.Type()), slices.Clone(x.path), st.at))
		return false
	}
	x.out = append(x.out, '[')
	for n := range list.Len() {
		if n > 0 {
			x.out = append(x.out, ',')
		}
		x.path = append(x.path, n)
		ok := x.entry(t, list.Index(n).Interface(), st)
		x.path = x.path[:len(x.path)-1]
		if !ok {
			return false
		}
	}
	x.out = append(x.out, ']')
	return true
}

func (x *execution) entry(t *ast.Type, v any, st *step) bool {
	if err, wrong := v.(error); wrong {
		x.problems = append(x.problems, problemOf(err, slices.Clone(x.path), st.at))
		return x.null(t)
	}
	return x.value(t, v, st)
}

// nameOf is the object that a value answers for where several are possible.
func (s *Schema) nameOf(v any) string {
	if n, ok := v.(Named); ok {
		return n.TypeName()
	}
	for _, b := range s.byType[reflect.TypeOf(v)] {
		if len(b.names) == 1 {
			return b.names[0]
		}
	}
	return ""
}

// objectOf finds how a value answers for an object. What is reached through an interface of Go is met here for the
// first time: New has bound it if it was announced.
func (s *Schema) objectOf(name string, v any) (*object, error) {
	if o := s.objects[objectKey{name, reflect.TypeOf(v)}]; o != nil {
		return o, nil
	}
	return nil, fmt.Errorf("%T answers for no %q: bind it", v, name)
}

func isNil(v any) bool {
	switch v.(type) {
	case nil:
		return true
	case string, bool, int, int32, float64:
		return false
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Map:
		return r.IsNil()
	}
	return false
}
