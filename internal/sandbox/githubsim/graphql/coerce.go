package graphql

import (
	"encoding/json"
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Operation is one of a document's operations.
type Operation struct {
	Definition *ast.OperationDefinition

	doc  *Document
	root *ast.Definition
}

// Writes reports whether it is a mutation.
func (op *Operation) Writes() bool { return op.Definition.Operation == ast.Mutation }

// Root is the type at its top.
func (op *Operation) Root() *ast.Definition { return op.root }

// Document is what it stands in.
func (op *Operation) Document() *Document { return op.doc }

// Variables are an operation's variables with their values. What was not given and has no default is absent.
type Variables map[string]any

// Variables reads what a client gave. Numbers are json.Number. A value that does not fit is refused with every reason.
func (op *Operation) Variables(given map[string]any) (Variables, []Problem) {
	out := Variables{}
	var problems []Problem
	for _, d := range op.Definition.VariableDefinitions {
		value, present := given[d.Variable]
		if !present && d.DefaultValue != nil {
			out[d.Variable] = op.doc.schema.literalValue(d.DefaultValue, nil)
			continue
		}
		if !present && !d.Type.NonNull {
			continue
		}
		c := coercion{schema: op.doc.schema}
		coerced := c.value(value, d.Type, nil)
		if len(c.wrong) > 0 {
			problems = append(problems, c.problem(d, value))
			continue
		}
		out[d.Variable] = coerced
	}
	return out, problems
}

// coercion turns JSON into what a type wants.
type coercion struct {
	schema *Schema
	wrong  []wrongValue
}

type wrongValue struct {
	Path        []any  `json:"path"`
	Explanation string `json:"explanation"`
}

func (c *coercion) problem(d *ast.VariableDefinition, value any) Problem {
	message := fmt.Sprintf("Variable $%s of type %s was provided invalid value", d.Variable, d.Type)
	var fields []string
	for _, w := range c.wrong {
		if len(w.Path) > 0 {
			fields = append(fields, fmt.Sprintf("%s (%s)", pathText(w.Path), w.Explanation))
		}
	}
	if len(fields) > 0 {
		message += " for " + strings.Join(fields, ", ")
	}
	return Problem{Message: message, Locations: locations(d.Position), Extensions: map[string]any{"value": value, "problems": c.wrong}}
}

func pathText(path []any) string {
	var out []string
	for _, step := range path {
		out = append(out, fmt.Sprint(step))
	}
	return strings.Join(out, ".")
}

func (c *coercion) fail(path []any, format string, args ...any) any {
	at := make([]any, len(path))
	copy(at, path)
	c.wrong = append(c.wrong, wrongValue{at, fmt.Sprintf(format, args...)})
	return nil
}

func (c *coercion) value(v any, t *ast.Type, path []any) any {
	if v == nil {
		if t.NonNull {
			return c.fail(path, "Expected value to not be null")
		}
		return nil
	}
	if t.Elem != nil {
		list, ok := v.([]any)
		if !ok {
			return []any{c.value(v, t.Elem, path)}
		}
		out := make([]any, len(list))
		for n, entry := range list {
			out[n] = c.value(entry, t.Elem, append(path, n))
		}
		return out
	}
	d := c.schema.types.Types[t.NamedType]
	switch d.Kind {
	case ast.Enum:
		text, ok := v.(string)
		if !ok || d.EnumValues.ForName(text) == nil {
			return c.fail(path, "Expected %s to be one of: %s", jsonText(v), enumNames(d))
		}
		return text
	case ast.InputObject:
		return c.object(v, d, path)
	}
	if err := c.schema.accepts(d.Name, v); err != nil {
		return c.fail(path, "Could not coerce value %s to %s", jsonText(v), d.Name)
	}
	return leaf(d.Name, v)
}

func (c *coercion) object(v any, d *ast.Definition, path []any) any {
	given, ok := v.(map[string]any)
	if !ok {
		return c.fail(path, "Expected %s to be a key-value object", jsonText(v))
	}
	out := map[string]any{}
	var unknown []string
	for name := range given {
		if d.Fields.ForName(name) == nil {
			unknown = append(unknown, name)
		}
	}
	sort.Strings(unknown)
	for _, name := range unknown {
		c.fail(append(path, name), "Field is not defined on %s", d.Name)
	}
	for _, f := range d.Fields {
		value, present := given[f.Name]
		switch {
		case present:
			out[f.Name] = c.value(value, f.Type, append(path, f.Name))
		case f.DefaultValue != nil:
			out[f.Name] = c.schema.literalValue(f.DefaultValue, nil)
		case f.Type.NonNull:
			c.fail(append(path, f.Name), "Expected value to not be null")
		}
	}
	return out
}

func enumNames(d *ast.Definition) string {
	var names []string
	for _, v := range d.EnumValues {
		names = append(names, v.Name)
	}
	return strings.Join(names, ", ")
}

func jsonText(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}

// accepts judges a scalar that came as JSON: a string, a json.Number or a bool.
func (s *Schema) accepts(scalar string, v any) error {
	text, isText := v.(string)
	number, isNumber := v.(json.Number)
	_, isBool := v.(bool)
	ok := false
	switch scalar {
	case "Int":
		n, err := number.Float64()
		ok = isNumber && err == nil && n == math.Trunc(n) && math.Abs(n) <= math.MaxInt32
	case "Float":
		ok = isNumber
	case "String":
		ok = isText
	case "Boolean":
		ok = isBool
	case "ID":
		ok = isText || isNumber && !strings.ContainsAny(number.String(), ".eE")
	default:
		if check := s.checks[scalar]; check != nil {
			return check(v)
		}
		ok = isText || isNumber || isBool
	}
	if !ok {
		return fmt.Errorf("%v is no %s%s", v, scalar, text[:0])
	}
	return nil
}

// leaf is an accepted scalar as arguments want it.
func leaf(scalar string, v any) any {
	number, isNumber := v.(json.Number)
	switch {
	case scalar == "ID" && isNumber:
		return number.String()
	case scalar == "Int" && isNumber:
		n, _ := number.Float64() // accepted: a whole number
		return json.Number(fmt.Sprintf("%.0f", n))
	}
	return v
}

// literalOf reads a scalar that stands in a document.
func literalOf(value *ast.Value) (any, bool) {
	switch value.Kind {
	case ast.IntValue, ast.FloatValue:
		return json.Number(value.Raw), true
	case ast.StringValue, ast.BlockValue:
		return value.Raw, true
	case ast.BooleanValue:
		return value.Raw == "true", true
	}
	return nil, false
}

// literalValue reads any value of a document; variables that were not given leave their place empty.
func (s *Schema) literalValue(value *ast.Value, vars Variables) any {
	switch value.Kind {
	case ast.Variable:
		return vars[value.Raw]
	case ast.NullValue:
		return nil
	case ast.EnumValue:
		return value.Raw
	case ast.ListValue:
		out := make([]any, 0, len(value.Children))
		for _, c := range value.Children {
			out = append(out, s.literalValue(c.Value, vars))
		}
		return out
	case ast.ObjectValue:
		out := map[string]any{}
		for _, c := range value.Children {
			if _, present := vars[c.Value.Raw]; c.Value.Kind == ast.Variable && !present {
				continue
			}
			out[c.Name] = s.literalValue(c.Value, vars)
		}
		return out
	}
	v, _ := literalOf(value)
	return v
}

// argumentValues are a field's arguments, defaults included. An argument that has a default and is given as null
// takes its default.
func (s *Schema) argumentValues(defs ast.ArgumentDefinitionList, given ast.ArgumentList, vars Variables) (map[string]any, error) {
	out := map[string]any{}
	for _, d := range defs {
		a := given.ForName(d.Name)
		var value any
		present := a != nil
		if present && a.Value.Kind == ast.Variable {
			_, present = vars[a.Value.Raw]
		}
		if present {
			value = s.literalValue(a.Value, vars)
		}
		if value == nil && d.DefaultValue != nil {
			value, present = s.literalValue(d.DefaultValue, nil), true
		}
		if value == nil && d.Type.NonNull {
			return nil, fmt.Errorf("argument %s of type %s must not be null", d.Name, d.Type)
		}
		if present {
			out[d.Name] = value
		}
	}
	return out, nil
}
