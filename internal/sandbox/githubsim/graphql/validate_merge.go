package graphql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// finite holds that no fragment contains itself.
func (v *validator) finite() {
	const (
		open   = 1
		closed = 2
	)
	state := map[string]int{}
	var walk func(name string) bool
	var inside func(set ast.SelectionSet) bool
	inside = func(set ast.SelectionSet) bool {
		for _, selection := range set {
			endless := false
			switch s := selection.(type) {
			case *ast.Field:
				endless = inside(s.SelectionSet)
			case *ast.InlineFragment:
				endless = inside(s.SelectionSet)
			case *ast.FragmentSpread:
				endless = walk(s.Name)
			}
			if endless {
				return true
			}
		}
		return false
	}
	walk = func(name string) bool {
		f := v.doc.Fragments.ForName(name)
		if f == nil || state[name] != 0 {
			return state[name] == open
		}
		state[name] = open
		endless := inside(f.SelectionSet)
		state[name] = closed
		return endless
	}
	for _, f := range v.doc.Fragments {
		if walk(f.Name) {
			v.addAt([]any{"fragment " + f.Name}, locations(f.Position), fmt.Sprintf("Fragment %s contains an infinite loop", f.Name), "infiniteLoop", "fragmentName", f.Name)
		}
	}
}

// placed is a field with the types between it and the top at which it and another one come together.
type placed struct {
	field *ast.Field
	on    []*ast.Definition
}

// exclusive reports whether no answer can hold both fields: somewhere above, they ask different objects.
func (a placed) exclusive(b placed) bool {
	for n := range min(len(a.on), len(b.on)) {
		x, y := a.on[n], b.on[n]
		if x != y && x.Kind == ast.Object && y.Kind == ast.Object {
			return true
		}
	}
	return false
}

// merging holds that fields of one name in one answer are the same field. Their types may differ.
func (v *validator) merging() {
	for _, op := range v.doc.Operations {
		root := v.schema.rootOf(op.Operation)
		v.merge(v.collect(op.SelectionSet, nil, root, nil))
	}
}

func (v *validator) collect(set ast.SelectionSet, above []*ast.Definition, on *ast.Definition, into []placed) []placed {
	for _, selection := range set {
		if v.exhausted() {
			return into
		}
		switch s := selection.(type) {
		case *ast.Field:
			into = append(into, placed{s, append(slices.Clone(above), on)})
		case *ast.InlineFragment:
			inner := on
			if s.TypeCondition != "" {
				inner = v.schema.types.Types[s.TypeCondition]
			}
			into = v.collect(s.SelectionSet, above, inner, into)
		case *ast.FragmentSpread:
			f := v.doc.Fragments.ForName(s.Name)
			into = v.collect(f.SelectionSet, above, v.schema.types.Types[f.TypeCondition], into)
		}
	}
	return into
}

func (v *validator) merge(fields []placed) {
	var names []string
	byName := map[string][]placed{}
	for _, f := range fields {
		if byName[f.field.Alias] == nil {
			names = append(names, f.field.Alias)
		}
		byName[f.field.Alias] = append(byName[f.field.Alias], f)
	}
	for _, name := range names {
		group := byName[name]
		if v.exhausted() || v.conflict(name, group) {
			return
		}
		var inner []placed
		for _, f := range group {
			if def := v.schema.field(f.on[len(f.on)-1], f.field.Name); def != nil && len(f.field.SelectionSet) > 0 {
				inner = v.collect(f.field.SelectionSet, f.on, v.schema.types.Types[def.Type.Name()], inner)
			}
		}
		v.merge(inner)
	}
}

// conflict reports the first pair of fields that cannot be one.
func (v *validator) conflict(name string, group []placed) bool {
	for n, a := range group {
		for _, b := range group[n+1:] {
			if v.exhausted() {
				return true
			}
			if a.field == b.field || a.exclusive(b) {
				continue
			}
			kind, one, other := "field", a.field.Name, b.field.Name
			if one == other {
				kind, one, other = "argument", argumentText(a.field), argumentText(b.field)
			}
			if one == other {
				continue
			}
			article := map[string]string{"field": "a", "argument": "an"}[kind]
			v.addAt(nil, locations(a.field.Position, b.field.Position), fmt.Sprintf("Field '%s' has %s %s conflict: %s or %s?", name, article, kind, one, other),
				"fieldConflict", "fieldName", name, "conflicts", one+" or "+other)
			return true
		}
	}
	return false
}

// argumentText tells arguments apart: {first:"10"}.
func argumentText(f *ast.Field) string {
	var out []string
	for _, a := range f.Arguments {
		out = append(out, fmt.Sprintf("%s:%q", a.Name, a.Value.String()))
	}
	slices.Sort(out)
	return "{" + strings.Join(out, ",") + "}"
}
