package graphql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// argumentOwner is what takes arguments: a Field, a Directive or an InputObject.
type argumentOwner struct {
	kind, name string
	at         *ast.Position
	defs       ast.ArgumentDefinitionList
}

// given checks the arguments that are there.
func (v *validator) given(owner argumentOwner, list ast.ArgumentList) {
	seen := map[string]bool{}
	for _, a := range list {
		if seen[a.Name] {
			v.add(locations(owner.at), fmt.Sprintf("There can be only one argument named %q", a.Name), "argumentNotUnique", "name", a.Name)
		}
		seen[a.Name] = true
		v.within(a.Name, func() { v.argument(owner, a.Name, a.Value, a.Position) })
	}
}

// argument checks one value against what its owner takes; what stands inside the value is checked first and speaks
// first.
func (v *validator) argument(owner argumentOwner, name string, value *ast.Value, at *ast.Position) {
	def := owner.defs.ForName(name)
	if def == nil {
		v.add(locations(at), fmt.Sprintf("%s '%s' doesn't accept argument '%s'", owner.kind, owner.name, name),
			"argumentNotAccepted", "name", owner.name, "typeName", owner.kind, "argumentName", name)
		return
	}
	before := len(v.problems)
	v.inside(value, def.Type)
	v.usages(name, value, def, at)
	if value.Kind == ast.Variable || len(v.problems) > before || v.literal(value, def.Type) {
		return
	}
	v.add(locations(owner.at), fmt.Sprintf("Argument '%s' on %s '%s' has an invalid value (%s). Expected type '%s'.", name, owner.kind, owner.name, printed(value), def.Type),
		"argumentLiteralsIncompatible", "typeName", owner.kind, "argumentName", name)
}

// inside checks the input objects of a value.
func (v *validator) inside(value *ast.Value, t *ast.Type) {
	if value.Kind == ast.ListValue {
		inner := t
		if t.Elem != nil {
			inner = t.Elem
		}
		for _, c := range value.Children {
			v.inside(c.Value, inner)
		}
		return
	}
	d := v.schema.types.Types[t.Name()]
	if value.Kind != ast.ObjectValue || d == nil || d.Kind != ast.InputObject {
		return
	}
	owner := argumentOwner{kind: "InputObject", name: d.Name, at: value.Position, defs: inputs(d)}
	for _, c := range value.Children {
		v.within(c.Name, func() { v.argument(owner, c.Name, c.Value, c.Position) })
	}
	for _, f := range d.Fields {
		if f.Type.NonNull && f.DefaultValue == nil && value.Children.ForName(f.Name) == nil {
			v.addAt(append(slices.Clone(v.path), f.Name), locations(value.Position),
				fmt.Sprintf("Argument '%s' on InputObject '%s' is required. Expected type %s", f.Name, d.Name, f.Type),
				"missingRequiredInputObjectAttribute", "argumentName", f.Name, "argumentType", f.Type.String(), "inputObjectType", d.Name)
		}
	}
}

// inputs are an input object's fields as arguments.
func inputs(d *ast.Definition) ast.ArgumentDefinitionList {
	var out ast.ArgumentDefinitionList
	for _, f := range d.Fields {
		out = append(out, &ast.ArgumentDefinition{Name: f.Name, Type: f.Type, DefaultValue: f.DefaultValue})
	}
	return out
}

// required holds that no argument is missing that has to be there.
func (v *validator) required(kind, name string, at *ast.Position, defs ast.ArgumentDefinitionList, list ast.ArgumentList) {
	var missing []string
	for _, d := range defs {
		if d.Type.NonNull && d.DefaultValue == nil && list.ForName(d.Name) == nil {
			missing = append(missing, d.Name)
		}
	}
	if len(missing) > 0 {
		names := strings.Join(missing, ", ")
		v.add(locations(at), fmt.Sprintf("%s '%s' is missing required arguments: %s", kind, name, names),
			"missingRequiredArguments", "className", kind, "name", name, "arguments", names)
	}
}

// literal reports whether a value that stands in the document can be of a type. Variables are judged elsewhere.
func (v *validator) literal(value *ast.Value, t *ast.Type) bool {
	switch {
	case value.Kind == ast.Variable:
		return true
	case value.Kind == ast.NullValue:
		return !t.NonNull
	case t.Elem != nil && value.Kind == ast.ListValue:
		return !slices.ContainsFunc(value.Children, func(c *ast.ChildValue) bool { return !v.literal(c.Value, t.Elem) })
	case t.Elem != nil:
		return v.literal(value, t.Elem)
	}
	d := v.schema.types.Types[t.NamedType]
	if d == nil {
		return false
	}
	switch d.Kind {
	case ast.Enum:
		return value.Kind == ast.EnumValue && d.EnumValues.ForName(value.Raw) != nil
	case ast.InputObject:
		return value.Kind == ast.ObjectValue // its fields have been checked
	}
	given, ok := literalOf(value)
	return ok && v.schema.accepts(d.Name, given) == nil
}

// printed writes a value as a document does.
func printed(value *ast.Value) string { return value.String() }
