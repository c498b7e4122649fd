package graphql

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// The schema's description of itself, for clients that ask what a server knows before they ask for it.

type namedArgs struct{ Name string }

// builtIn are the fields that every query has.
var builtIn = map[string]func(*Schema) resolver{
	"Query.__schema": func(s *Schema) resolver {
		return func(any, reflect.Value) (any, error) { return &selfSchema{s}, nil }
	},
	"Query.__type": func(s *Schema) resolver {
		return func(_ any, args reflect.Value) (any, error) {
			return s.selfNamed(args.Interface().(namedArgs).Name), nil
		}
	},
}

func introspective() []Option {
	return []Option{
		Bind[*selfSchema]("__Schema"), Bind[*selfType]("__Type"), Bind[*selfField]("__Field"), Bind[*selfInput]("__InputValue"),
		Bind[*selfValue]("__EnumValue"), Bind[*selfDirective]("__Directive"),
	}
}

type selfSchema struct{ s *Schema }

func (d *selfSchema) Description() *string        { return nil }
func (d *selfSchema) QueryType() *selfType        { return d.s.selfNamed("Query") }
func (d *selfSchema) MutationType() *selfType     { return d.s.selfNamed("Mutation") }
func (d *selfSchema) SubscriptionType() *selfType { return nil }
func (d *selfSchema) Directives() []*selfDirective {
	var out []*selfDirective
	for _, name := range slices.Sorted(maps.Keys(d.s.types.Directives)) {
		out = append(out, &selfDirective{d.s, d.s.types.Directives[name]})
	}
	return out
}

func (d *selfSchema) Types() []*selfType {
	var out []*selfType
	for _, name := range slices.Sorted(maps.Keys(d.s.types.Types)) {
		out = append(out, d.s.selfNamed(name))
	}
	return out
}

// selfType is a type by its definition, or (wrapped) a list or a non-null of another.
type selfType struct {
	s       *Schema
	def     *ast.Definition
	wrapped *ast.Type
	kind    string // of the wrapping
}

func (s *Schema) selfNamed(name string) *selfType {
	if d := s.types.Types[name]; d != nil {
		return &selfType{s: s, def: d}
	}
	return nil
}

func (s *Schema) selfOf(t *ast.Type) *selfType {
	if t.NonNull {
		inner := *t
		inner.NonNull = false
		return &selfType{s: s, wrapped: &inner, kind: "NON_NULL"}
	}
	if t.Elem != nil {
		return &selfType{s: s, wrapped: t.Elem, kind: "LIST"}
	}
	return s.selfNamed(t.NamedType)
}

func (t *selfType) Kind() string {
	if t.def == nil {
		return t.kind
	}
	return string(t.def.Kind)
}

func (t *selfType) Name() *string {
	if t.def == nil {
		return nil
	}
	return &t.def.Name
}

func (t *selfType) Description() *string    { return nil }
func (t *selfType) SpecifiedByURL() *string { return nil }

func (t *selfType) IsOneOf() *bool {
	if t.def == nil || t.def.Kind != ast.InputObject {
		return nil
	}
	return new(bool)
}

func (t *selfType) OfType() *selfType {
	if t.wrapped == nil {
		return nil
	}
	return t.s.selfOf(t.wrapped)
}

type deprecatedArgs struct{ IncludeDeprecated bool }

func list[T, O any](from []T, keep func(T) bool, to func(T) O) []O {
	out := []O{}
	for _, v := range from {
		if keep(v) {
			out = append(out, to(v))
		}
	}
	return out
}

func (t *selfType) is(kinds ...ast.DefinitionKind) bool {
	return t.def != nil && slices.Contains(kinds, t.def.Kind)
}

func (t *selfType) Fields(args deprecatedArgs) any {
	if !t.is(ast.Object, ast.Interface) {
		return nil
	}
	return list(t.def.Fields, func(f *ast.FieldDefinition) bool {
		return !strings.HasPrefix(f.Name, "__") && (args.IncludeDeprecated || reasonOf(f.Directives) == nil)
	}, func(f *ast.FieldDefinition) *selfField { return &selfField{t.s, f} })
}

func (t *selfType) Interfaces() any {
	if !t.is(ast.Object, ast.Interface) {
		return nil
	}
	return list(t.def.Interfaces, func(string) bool { return true }, t.s.selfNamed)
}

func (t *selfType) PossibleTypes() any {
	if !t.is(ast.Union, ast.Interface) {
		return nil
	}
	return list(t.s.types.PossibleTypes[t.def.Name], func(d *ast.Definition) bool { return d.Kind == ast.Object },
		func(d *ast.Definition) *selfType { return &selfType{s: t.s, def: d} })
}

func (t *selfType) EnumValues(args deprecatedArgs) any {
	if !t.is(ast.Enum) {
		return nil
	}
	return list(t.def.EnumValues, func(v *ast.EnumValueDefinition) bool { return args.IncludeDeprecated || reasonOf(v.Directives) == nil },
		func(v *ast.EnumValueDefinition) *selfValue { return &selfValue{v} })
}

func (t *selfType) InputFields(args deprecatedArgs) any {
	if !t.is(ast.InputObject) {
		return nil
	}
	return list(t.def.Fields, func(f *ast.FieldDefinition) bool { return args.IncludeDeprecated || reasonOf(f.Directives) == nil },
		func(f *ast.FieldDefinition) *selfInput {
			return &selfInput{t.s, f.Name, f.Type, f.DefaultValue, f.Directives}
		})
}

// reasonOf is why something is deprecated; nil when it is not.
func reasonOf(list ast.DirectiveList) *string {
	d := list.ForName("deprecated")
	if d == nil {
		return nil
	}
	reason := "No longer supported"
	if a := d.Arguments.ForName("reason"); a != nil {
		reason = a.Value.Raw
	}
	return &reason
}

type selfField struct {
	s *Schema
	f *ast.FieldDefinition
}

func (f *selfField) Name() string               { return f.f.Name }
func (f *selfField) Description() *string       { return nil }
func (f *selfField) Type() *selfType            { return f.s.selfOf(f.f.Type) }
func (f *selfField) IsDeprecated() bool         { return reasonOf(f.f.Directives) != nil }
func (f *selfField) DeprecationReason() *string { return reasonOf(f.f.Directives) }

func (f *selfField) Args(args deprecatedArgs) []*selfInput {
	return f.s.selfInputs(f.f.Arguments, args)
}

func (s *Schema) selfInputs(defs ast.ArgumentDefinitionList, args deprecatedArgs) []*selfInput {
	return list(defs, func(a *ast.ArgumentDefinition) bool { return args.IncludeDeprecated || reasonOf(a.Directives) == nil },
		func(a *ast.ArgumentDefinition) *selfInput {
			return &selfInput{s, a.Name, a.Type, a.DefaultValue, a.Directives}
		})
}

type selfInput struct {
	s          *Schema
	name       string
	t          *ast.Type
	value      *ast.Value
	directives ast.DirectiveList
}

func (i *selfInput) Name() string               { return i.name }
func (i *selfInput) Description() *string       { return nil }
func (i *selfInput) Type() *selfType            { return i.s.selfOf(i.t) }
func (i *selfInput) IsDeprecated() bool         { return reasonOf(i.directives) != nil }
func (i *selfInput) DeprecationReason() *string { return reasonOf(i.directives) }

func (i *selfInput) DefaultValue() *string {
	if i.value == nil {
		return nil
	}
	text := i.value.String()
	return &text
}

type selfValue struct{ v *ast.EnumValueDefinition }

func (v *selfValue) Name() string               { return v.v.Name }
func (v *selfValue) Description() *string       { return nil }
func (v *selfValue) IsDeprecated() bool         { return reasonOf(v.v.Directives) != nil }
func (v *selfValue) DeprecationReason() *string { return reasonOf(v.v.Directives) }

type selfDirective struct {
	s *Schema
	d *ast.DirectiveDefinition
}

func (d *selfDirective) Name() string         { return d.d.Name }
func (d *selfDirective) Description() *string { return nil }
func (d *selfDirective) IsRepeatable() bool   { return d.d.IsRepeatable }

func (d *selfDirective) Args(args deprecatedArgs) []*selfInput {
	return d.s.selfInputs(d.d.Arguments, args)
}

func (d *selfDirective) Locations() []string {
	out := []string{}
	for _, l := range d.d.Locations {
		out = append(out, string(l))
	}
	return out
}
