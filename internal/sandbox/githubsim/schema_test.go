package githubsim_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"strata/internal/sandbox/githubsim"
)

func loaded(t *testing.T, source string) *ast.Schema {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "ours", Input: source})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestEverythingInOurSchemaIsPublic(t *testing.T) {
	public := publicSchema(t)
	mine := loaded(t, githubsim.Schema)
	for _, name := range slices.Sorted(maps.Keys(mine.Types)) {
		for _, d := range deviations(mine.Types[name], public.Types[name]) {
			t.Error(d)
		}
	}
}

// TestDeviationsAreFound proves that the comparison would notice: one change of every kind, on everything that the
// schema declares.
func TestDeviationsAreFound(t *testing.T) {
	public := publicSchema(t)
	changes := 0
	for _, name := range slices.Sorted(maps.Keys(loaded(t, githubsim.Schema).Types)) {
		if public.Types[name].BuiltIn {
			continue
		}
		mine := loadedType(t, name)
		for _, m := range mutations(mine) {
			changes++
			m.make()
			if len(deviations(mine, public.Types[mine.Name])) == 0 {
				t.Errorf("nobody noticed: %s", m.what)
			}
			m.undo()
			if d := deviations(mine, public.Types[mine.Name]); len(d) > 0 {
				t.Fatalf("%s was not undone: %v", m.what, d)
			}
		}
	}
	if changes < 5000 {
		t.Errorf("only %d changes were tried", changes)
	}
}

var oursOnce *ast.Schema

// loadedType is a type of our schema, of which the caller may change its own.
func loadedType(t *testing.T, name string) *ast.Definition {
	t.Helper()
	if oursOnce == nil {
		oursOnce = loaded(t, githubsim.Schema)
	}
	return oursOnce.Types[name]
}

// mutation is a change of a definition and the way back.
type mutation struct {
	what       string
	make, undo func()
}

func change[T any](what string, at *T, to T) mutation {
	was := *at
	return mutation{what, func() { *at = to }, func() { *at = was }}
}

func mutations(d *ast.Definition) []mutation {
	out := []mutation{change(d.Name+" renamed", &d.Name, d.Name+"Too")}
	out = append(out, change(d.Name+" of another kind", &d.Kind, map[bool]ast.DefinitionKind{true: ast.Scalar, false: ast.Union}[d.Kind != ast.Scalar]))
	switch d.Kind {
	case ast.Enum:
		out = append(out, change(d.Name+" with a value more", &d.EnumValues, append(slices.Clone(d.EnumValues), &ast.EnumValueDefinition{Name: "DOING"})))
	case ast.Union:
		out = append(out, change(d.Name+" with a member more", &d.Types, append(slices.Clone(d.Types), "RateLimit")))
	case ast.Object, ast.Interface:
		out = append(out, change(d.Name+" with an interface more", &d.Interfaces, append(slices.Clone(d.Interfaces), "Minimisable")))
	}
	for _, f := range d.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		at := d.Name + "." + f.Name
		out = append(out, change(at+" renamed", &f.Name, f.Name+"Too"))
		out = append(out, typeMutations(at, &f.Type)...)
		if d.Kind == ast.InputObject {
			out = append(out, defaultMutation(at, &f.DefaultValue))
		}
		for _, a := range f.Arguments {
			arg := at + "(" + a.Name + ")"
			out = append(out, change(arg+" renamed", &a.Name, a.Name+"Too"), defaultMutation(arg, &a.DefaultValue))
			out = append(out, typeMutations(arg, &a.Type)...)
			if a.Type.NonNull && a.DefaultValue == nil {
				left := slices.DeleteFunc(slices.Clone(f.Arguments), func(o *ast.ArgumentDefinition) bool { return o == a })
				out = append(out, change(arg+" left out", &f.Arguments, left))
			}
		}
	}
	if d.Kind == ast.InputObject {
		for n, f := range d.Fields {
			if f.Type.NonNull && f.DefaultValue == nil {
				out = append(out, change(d.Name+"."+f.Name+" left out", &d.Fields, slices.Delete(slices.Clone(d.Fields), n, n+1)))
			}
		}
	}
	return out
}

func typeMutations(at string, t **ast.Type) []mutation {
	loose, other, list := **t, **t, &ast.Type{Elem: *t, NonNull: true}
	loose.NonNull = !loose.NonNull
	if other.Elem == nil {
		other.NamedType = map[bool]string{true: "Float", false: "String"}[other.NamedType == "String"]
	} else {
		inner := *other.Elem
		inner.NonNull = !inner.NonNull
		other.Elem = &inner
	}
	return []mutation{change(at+" of other nullability", t, &loose), change(at+" of another type", t, &other), change(at+" as a list", t, list)}
}

func defaultMutation(at string, v **ast.Value) mutation {
	if *v == nil {
		return change(at+" with a default", v, &ast.Value{Kind: ast.IntValue, Raw: "1"})
	}
	return change(at+" without its default", v, nil)
}

// deviations lists where our definition says something that the public one does not say in the same way.
func deviations(mine, theirs *ast.Definition) []string {
	switch {
	case mine.BuiltIn:
		return nil
	case theirs == nil || theirs.Name != mine.Name:
		return []string{mine.Name + " is not public"}
	case mine.Kind != theirs.Kind:
		return []string{fmt.Sprintf("%s is %s, publicly %s", mine.Name, mine.Kind, theirs.Kind)}
	}
	var out []string
	for _, i := range mine.Interfaces {
		if !slices.Contains(theirs.Interfaces, i) {
			out = append(out, mine.Name+" does not publicly implement "+i)
		}
	}
	for _, member := range mine.Types {
		if !slices.Contains(theirs.Types, member) {
			out = append(out, mine.Name+" does not publicly hold "+member)
		}
	}
	for _, v := range mine.EnumValues {
		if theirs.EnumValues.ForName(v.Name) == nil {
			out = append(out, mine.Name+"."+v.Name+" is not public")
		}
	}
	for _, f := range mine.Fields {
		out = append(out, fieldDeviations(mine.Name, f, theirs.Fields.ForName(f.Name))...)
	}
	for _, f := range theirs.Fields {
		if mine.Kind == ast.InputObject && f.Type.NonNull && f.DefaultValue == nil && mine.Fields.ForName(f.Name) == nil {
			out = append(out, mine.Name+" lacks the required field "+f.Name)
		}
	}
	return out
}

func fieldDeviations(on string, mine, theirs *ast.FieldDefinition) []string {
	at := on + "." + mine.Name
	if strings.HasPrefix(mine.Name, "__") {
		return nil
	}
	if theirs == nil {
		return []string{at + " is not public"}
	}
	var out []string
	if mine.Type.String() != theirs.Type.String() || text(mine.DefaultValue) != text(theirs.DefaultValue) {
		out = append(out, fmt.Sprintf("%s is %s = %s, publicly %s = %s", at, mine.Type, text(mine.DefaultValue), theirs.Type, text(theirs.DefaultValue)))
	}
	for _, a := range mine.Arguments {
		b := theirs.Arguments.ForName(a.Name)
		switch {
		case b == nil:
			out = append(out, at+"("+a.Name+") is not public")
		case a.Type.String() != b.Type.String() || text(a.DefaultValue) != text(b.DefaultValue):
			out = append(out, fmt.Sprintf("%s(%s) is %s = %s, publicly %s = %s", at, a.Name, a.Type, text(a.DefaultValue), b.Type, text(b.DefaultValue)))
		}
	}
	for _, b := range theirs.Arguments {
		if b.Type.NonNull && b.DefaultValue == nil && mine.Arguments.ForName(b.Name) == nil {
			out = append(out, at+" lacks the required argument "+b.Name)
		}
	}
	return out
}

func text(v *ast.Value) string {
	if v == nil {
		return "nothing"
	}
	return v.String()
}
