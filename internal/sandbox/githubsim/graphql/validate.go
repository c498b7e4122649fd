package graphql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// validator walks a document and notes what is wrong. Its rules are those of github.com, not all of the language's:
// two fields of one name whose types differ are let through when no object can have both.
type validator struct {
	schema   *Schema
	doc      *ast.QueryDocument
	problems []Problem
	path     []any
	op       *ast.OperationDefinition // the last one that the walk came by: variables in fragments are judged by it
	visits   int
}

// add notes a problem at the place that the walk has reached. Extensions come as name and value by turns.
func (v *validator) add(at []Location, message, code string, extensions ...any) {
	v.addAt(slices.Clone(v.path), at, message, code, extensions...)
}

func (v *validator) addAt(path []any, at []Location, message, code string, extensions ...any) {
	if path == nil {
		path = []any{}
	}
	more := map[string]any{"code": code}
	for n := 0; n+1 < len(extensions); n += 2 {
		more[extensions[n].(string)] = extensions[n+1]
	}
	v.problems = append(v.problems, Problem{Path: path, Extensions: more, Locations: at, Message: message})
}

// within walks something that stands below a name.
func (v *validator) within(step string, f func()) {
	v.path = append(v.path, step)
	f()
	v.path = v.path[:len(v.path)-1]
}

// exhausted stops a walk that a hostile document makes endless.
func (v *validator) exhausted() bool {
	v.visits++
	if v.visits == maxVisits {
		v.problems = append(v.problems, Problem{Type: "RESOURCE_LIMITS_EXCEEDED", Message: "Resource limits for this query exceeded."})
	}
	return v.visits >= maxVisits
}

// document walks operations and fragments in the order of the text.
func (v *validator) document() {
	v.names()
	type part struct {
		at   *ast.Position
		walk func()
	}
	var parts []part
	for _, op := range v.doc.Operations {
		parts = append(parts, part{op.Position, func() { v.operation(op) }})
	}
	for _, f := range v.doc.Fragments {
		parts = append(parts, part{f.Position, func() { v.fragment(f) }})
	}
	slices.SortStableFunc(parts, func(a, b part) int { return a.at.Start - b.at.Start })
	for _, p := range parts {
		p.walk()
	}
	v.finite()
	if len(v.problems) == 0 { // what follows goes through fragments
		v.used()
		v.merging()
	}
}

// names holds that operations and fragments can be told apart.
func (v *validator) names() {
	seen := map[string]bool{}
	for _, op := range v.doc.Operations {
		if op.Name == "" && len(v.doc.Operations) > 1 {
			v.addAt(nil, locations(op.Position), "Operation name is required when multiple operations are present", "uniquelyNamedOperations")
			return
		}
		if op.Name != "" && seen[op.Name] {
			v.addAt(nil, locations(op.Position), fmt.Sprintf("Operation name %q must be unique", op.Name), "uniquelyNamedOperations", "operationName", op.Name)
		}
		seen[op.Name] = true
	}
	clear(seen)
	for _, f := range v.doc.Fragments {
		if seen[f.Name] {
			v.addAt(nil, locations(f.Position), fmt.Sprintf("Fragment name %q must be unique", f.Name), "fragmentNotUnique", "fragmentName", f.Name)
		}
		seen[f.Name] = true
	}
}

func (v *validator) operation(op *ast.OperationDefinition) {
	step := string(op.Operation)
	if op.Name != "" {
		step += " " + op.Name
	}
	v.within(step, func() {
		root := v.schema.rootOf(op.Operation)
		if root == nil {
			kind := string(op.Operation)
			v.add(locations(op.Position), "Schema is not configured for "+kind+"s", "missing"+strings.ToUpper(kind[:1])+kind[1:]+"Configuration")
			return
		}
		v.op = op
		v.variables(op)
		v.directives(op.Directives, operationPlace[op.Operation])
		v.selections(op.SelectionSet, root, op.Position)
	})
}

var operationPlace = map[ast.Operation]ast.DirectiveLocation{
	ast.Query: ast.LocationQuery, ast.Mutation: ast.LocationMutation, ast.Subscription: ast.LocationSubscription,
}

func (v *validator) fragment(f *ast.FragmentDefinition) {
	v.within("fragment "+f.Name, func() {
		v.directives(f.Directives, ast.LocationFragmentDefinition)
		if on := v.condition(f.TypeCondition, f.Position); on != nil {
			v.selections(f.SelectionSet, on, f.Position)
		}
	})
}

// condition finds the type that a fragment is for.
func (v *validator) condition(name string, at *ast.Position) *ast.Definition {
	d := v.schema.types.Types[name]
	switch {
	case d == nil:
		v.add(locations(at), fmt.Sprintf("No such type %s, so it can't be a fragment condition", name), "undefinedType", "typeName", name)
		return nil
	case !d.IsCompositeType():
		v.add(locations(at), fmt.Sprintf("Invalid fragment on type %s (must be Union, Interface or Object)", name), "fragmentOnNonCompositeType", "typeName", name, "argumentName", name)
		return nil
	}
	return d
}
