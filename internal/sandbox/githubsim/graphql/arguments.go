package graphql

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/vektah/gqlparser/v2/ast"
)

// ID is an object's global id.
type ID string

// Selected is a field of an arguments' struct that receives the names of the fields that are asked of the answer.
type Selected []string

// Unmarshaler is a Go type that reads a scalar by itself.
type Unmarshaler interface{ UnmarshalGraphQL(given any) error }

// Optional tells an argument that was not given from one that was given as null.
type Optional[T any] struct {
	Given bool
	Value *T // nil: null
}

func (o *Optional[T]) receive(given any) error {
	o.Given = true
	if given == nil {
		return nil
	}
	o.Value = new(T)
	return assign(reflect.ValueOf(o.Value).Elem(), given)
}

type receiver interface{ receive(given any) error }

// arguments is how the arguments of a field come into a struct.
type arguments struct {
	goType   reflect.Type
	places   map[string][]int
	selected []int // nil: not wanted
}

var selectedType = reflect.TypeFor[Selected]()

// argumentsOf finds the place of every argument of a field.
func (s *Schema) argumentsOf(f *ast.FieldDefinition, goType reflect.Type) *arguments {
	out := &arguments{goType: goType, places: map[string][]int{}}
	if goType.Kind() != reflect.Struct {
		s.fault("the arguments of %s must be a struct, not %s", f.Name, goType)
		return out
	}
	for _, field := range reflect.VisibleFields(goType) {
		if field.Type == selectedType {
			out.selected = field.Index
		}
	}
	for _, a := range f.Arguments {
		place, ok := fieldNamed(goType, a.Name)
		if !ok {
			s.fault("the argument %s of %s has no place in %s", a.Name, f.Name, goType)
			continue
		}
		out.places[a.Name] = place.Index
		s.fits(f.Name+"."+a.Name, a.Type, place.Type)
	}
	return out
}

// fits checks that an input object has a place for each of its fields.
func (s *Schema) fits(at string, t *ast.Type, goType reflect.Type) {
	for goType.Kind() == reflect.Pointer || goType.Kind() == reflect.Slice {
		goType = goType.Elem()
	}
	d := s.types.Types[t.Name()]
	if d == nil || d.Kind != ast.InputObject || goType.Kind() != reflect.Struct || goType.Implements(reflect.TypeFor[receiver]()) {
		return
	}
	for _, f := range d.Fields {
		place, ok := fieldNamed(goType, f.Name)
		if !ok {
			s.fault("%s.%s has no place in %s", at, f.Name, goType)
			continue
		}
		s.fits(at+"."+f.Name, f.Type, place.Type)
	}
}

// read puts coerced values into a new struct.
func (a *arguments) read(values map[string]any, selected []string) (reflect.Value, error) {
	out := reflect.New(a.goType).Elem()
	for name, v := range values {
		if err := assign(out.FieldByIndex(a.places[name]), v); err != nil {
			return out, fmt.Errorf("argument %s: %w", name, err)
		}
	}
	if a.selected != nil {
		out.FieldByIndex(a.selected).Set(reflect.ValueOf(Selected(selected)))
	}
	return out, nil
}

// assign puts a coerced value where it belongs.
func assign(to reflect.Value, v any) error {
	switch own := to.Addr().Interface().(type) {
	case receiver:
		return own.receive(v)
	case Unmarshaler:
		if v == nil {
			return nil
		}
		return own.UnmarshalGraphQL(v)
	}
	if v == nil {
		return nil
	}
	switch to.Kind() {
	case reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		return assign(to.Elem(), v)
	case reflect.Slice:
		return assignList(to, v)
	case reflect.Struct:
		return assignObject(to, v)
	case reflect.Interface:
		to.Set(reflect.ValueOf(v))
		return nil
	}
	return assignLeaf(to, v)
}

func assignList(to reflect.Value, v any) error {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	out := reflect.MakeSlice(to.Type(), len(list), len(list))
	for n, entry := range list {
		if err := assign(out.Index(n), entry); err != nil {
			return err
		}
	}
	to.Set(out)
	return nil
}

func assignObject(to reflect.Value, v any) error {
	object, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("%v is no object", v)
	}
	for name, value := range object {
		if field, ok := fieldNamed(to.Type(), name); ok {
			if err := assign(to.FieldByIndex(field.Index), value); err != nil {
				return err
			}
		}
	}
	return nil
}

func assignLeaf(to reflect.Value, v any) error {
	switch v := v.(type) {
	case string:
		if to.Kind() == reflect.String {
			to.SetString(v)
			return nil
		}
	case bool:
		if to.Kind() == reflect.Bool {
			to.SetBool(v)
			return nil
		}
	case json.Number:
		if to.Kind() == reflect.String { // an ID may be written as a number
			to.SetString(v.String())
			return nil
		}
		if to.CanInt() {
			n, err := v.Int64()
			to.SetInt(n)
			return err
		}
		if to.CanFloat() {
			n, err := v.Float64()
			to.SetFloat(n)
			return err
		}
	}
	return fmt.Errorf("%v does not fit %s", v, to.Type())
}
