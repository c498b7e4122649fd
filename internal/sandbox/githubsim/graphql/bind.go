package graphql

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// object is how values of one Go type answer for one object type.
type object struct {
	def    *ast.Definition
	fields map[string]*bound
}

// bound is how one field is answered.
type bound struct {
	def     *ast.FieldDefinition
	resolve resolver
	args    *arguments // nil: takes none
}

// resolver answers a field of a value. args is the struct of arguments, or the zero Value.
type resolver func(value any, args reflect.Value) (any, error)

// Named is implemented by values that answer for several object types.
type Named interface{ TypeName() string }

var errorType = reflect.TypeFor[error]()

// bind prepares an object type for a Go type, and everything that its fields lead to.
func (s *Schema) bind(name string, goType reflect.Type) {
	key := objectKey{name, goType}
	if s.objects[key] != nil {
		return
	}
	def := s.types.Types[name]
	if def == nil || def.Kind != ast.Object {
		s.fault("%s is no object of the schema", name)
		return
	}
	o := &object{def: def, fields: map[string]*bound{}}
	s.objects[key] = o
	about := s.bindingOf(name, goType)
	for _, f := range def.Fields {
		if value, constant := about.constants[f.Name]; constant {
			o.fields[f.Name] = &bound{def: f, resolve: func(any, reflect.Value) (any, error) { return value, nil }}
			continue
		}
		if own, ok := builtIn[name+"."+f.Name]; ok {
			o.fields[f.Name] = &bound{def: f, resolve: own(s), args: s.argumentsOf(f, reflect.TypeFor[namedArgs]())}
			continue
		}
		if b := s.bindField(name, f, goType, about); b != nil {
			o.fields[f.Name] = b
		}
	}
	for constant := range about.constants {
		if def.Fields.ForName(constant) == nil {
			s.fault("%s has no field %s for a constant", name, constant)
		}
	}
}

func (s *Schema) bindingOf(name string, goType reflect.Type) Binding {
	for _, b := range s.named[name] {
		if b.goType == goType {
			return b
		}
	}
	return Binding{goType: goType}
}

func (s *Schema) fault(format string, args ...any) {
	s.faults = append(s.faults, fmt.Errorf(format, args...))
}

func (s *Schema) bindField(on string, f *ast.FieldDefinition, goType reflect.Type, about Binding) *bound {
	if m, ok := methodNamed(goType, f.Name); ok {
		return s.bindMethod(on, f, m, about)
	}
	structure := goType
	if structure.Kind() == reflect.Pointer {
		structure = structure.Elem()
	}
	if structure.Kind() == reflect.Struct {
		if field, ok := fieldNamed(structure, f.Name); ok {
			s.follow(on+"."+f.Name, f.Type, field.Type)
			if len(f.Arguments) > 0 {
				s.fault("%s.%s takes arguments: %s needs a method for it", on, f.Name, goType)
			}
			return &bound{def: f, resolve: func(v any, _ reflect.Value) (any, error) {
				return reflect.Indirect(reflect.ValueOf(v)).FieldByIndex(field.Index).Interface(), nil
			}}
		}
	}
	s.fault("%s.%s has no answer: give %s a method for it", on, f.Name, goType)
	return nil
}

func (s *Schema) bindMethod(on string, f *ast.FieldDefinition, m reflect.Method, about Binding) *bound {
	t := m.Func.Type()
	at := on + "." + f.Name
	if t.NumIn() > 2 || t.NumOut() < 1 || t.NumOut() > 2 || t.NumOut() == 2 && t.Out(1) != errorType {
		s.fault("%s: %s must take at most one struct and return a value, and perhaps an error", at, m.Name)
		return nil
	}
	out := &bound{def: f}
	if t.NumIn() == 2 {
		out.args = s.argumentsOf(f, t.In(1))
	} else if len(f.Arguments) > 0 {
		s.fault("%s takes arguments: %s must take a struct of them", at, m.Name)
	}
	s.follow(at, f.Type, t.Out(0))
	if about.quick != nil {
		out.resolve = about.quick(m.Func)
	}
	if out.resolve == nil {
		out.resolve = slowly(m.Func)
	}
	return out
}

// follow checks that a Go type can stand for a type of the schema, and binds the objects on the way.
func (s *Schema) follow(at string, t *ast.Type, goType reflect.Type) {
	if goType.Kind() == reflect.Interface {
		return // seen when it comes about
	}
	if t.Elem != nil {
		if goType.Kind() != reflect.Slice {
			s.fault("%s is a list, and %s is none", at, goType)
			return
		}
		s.follow(at, t.Elem, goType.Elem())
		return
	}
	if d := s.types.Types[t.NamedType]; d != nil && d.Kind == ast.Object {
		s.bind(d.Name, goType)
	}
}

// fold makes names of the two languages equal: projectV2 and ProjectV2, bodyHTML and BodyHTML.
func fold(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }

func methodNamed(t reflect.Type, name string) (reflect.Method, bool) {
	for i := range t.NumMethod() {
		if m := t.Method(i); fold(m.Name) == fold(name) {
			return m, true
		}
	}
	return reflect.Method{}, false
}

func fieldNamed(t reflect.Type, name string) (reflect.StructField, bool) {
	for _, f := range reflect.VisibleFields(t) {
		if f.IsExported() && !f.Anonymous && fold(f.Name) == fold(name) {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// quickly calls a method without reflection where its form is a common one; nil for the others.
func quickly[T any](method reflect.Value) resolver {
	switch f := method.Interface().(type) {
	case func(T) string:
		return func(v any, _ reflect.Value) (any, error) { return f(v.(T)), nil }
	case func(T) *string:
		return func(v any, _ reflect.Value) (any, error) { return f(v.(T)), nil }
	case func(T) ID:
		return func(v any, _ reflect.Value) (any, error) { return string(f(v.(T))), nil }
	case func(T) int:
		return func(v any, _ reflect.Value) (any, error) { return f(v.(T)), nil }
	case func(T) bool:
		return func(v any, _ reflect.Value) (any, error) { return f(v.(T)), nil }
	case func(T) any:
		return func(v any, _ reflect.Value) (any, error) { return f(v.(T)), nil }
	}
	return nil
}

// slowly calls any method that bindMethod lets through.
func slowly(method reflect.Value) resolver {
	takes := method.Type().NumIn() == 2
	fails := method.Type().NumOut() == 2
	return func(v any, args reflect.Value) (any, error) {
		in := []reflect.Value{reflect.ValueOf(v)}
		if takes {
			in = append(in, args)
		}
		out := method.Call(in)
		if fails && !out[1].IsNil() {
			return nil, out[1].Interface().(error)
		}
		return out[0].Interface(), nil
	}
}
