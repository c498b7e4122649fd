package graphql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// selections checks what is asked of a type. owner is where the selection hangs.
func (v *validator) selections(set ast.SelectionSet, on *ast.Definition, owner *ast.Position) {
	for _, selection := range set {
		if v.exhausted() {
			return
		}
		switch s := selection.(type) {
		case *ast.Field:
			v.within(s.Alias, func() { v.field(s, on, owner) })
		case *ast.InlineFragment:
			at := marked(s.Position, "...")
			step := "..."
			if s.TypeCondition != "" {
				step += " on " + s.TypeCondition
			}
			v.within(step, func() { v.inline(s, on, at) })
		case *ast.FragmentSpread:
			v.within("... "+s.Name, func() { v.spread(s, on, marked(s.Position, "...")) })
		}
	}
}

func (v *validator) field(f *ast.Field, on *ast.Definition, owner *ast.Position) {
	def := v.schema.field(on, f.Name)
	if def == nil && on.Kind == ast.Union {
		v.add(locations(owner), fmt.Sprintf("Selections can't be made directly on unions (see selections on %s)", on.Name), "selectionMismatch", "nodeName", on.Name)
		return
	}
	if def == nil {
		v.add(locations(f.Position), fmt.Sprintf("Field '%s' doesn't exist on type '%s'", f.Name, on.Name), "undefinedField", "typeName", on.Name, "fieldName", f.Name)
		return
	}
	v.directives(f.Directives, ast.LocationField)
	v.given(argumentOwner{kind: "Field", name: f.Alias, at: f.Position, defs: def.Arguments}, f.Arguments)
	v.required("Field", f.Name, f.Position, def.Arguments, f.Arguments)
	inner := v.schema.types.Types[def.Type.Name()]
	if v.appropriate(f, inner) && inner.IsCompositeType() {
		v.selections(f.SelectionSet, inner, f.Position)
	}
}

// appropriate holds that objects are asked for fields and scalars are not.
func (v *validator) appropriate(f *ast.Field, inner *ast.Definition) bool {
	node := fmt.Sprintf("field '%s'", f.Name)
	switch {
	case inner.IsLeafType() && len(f.SelectionSet) > 0:
		var asked []string
		for _, s := range f.SelectionSet {
			asked = append(asked, `"`+selectionName(s)+`"`)
		}
		kind := "scalars"
		if inner.Kind == ast.Enum {
			kind = "enums"
		}
		v.add(locations(f.Position), fmt.Sprintf("Selections can't be made on %s (%s returns %s but has selections [%s])", kind, node, inner.Name, strings.Join(asked, ", ")),
			"selectionMismatch", "nodeName", node, "typeName", inner.Name)
		return false
	case inner.IsCompositeType() && len(f.SelectionSet) == 0:
		v.add(locations(f.Position), fmt.Sprintf("Field must have selections (%s returns %s but has no selections. Did you mean '%s { ... }'?)", node, inner.Name, f.Name),
			"selectionMismatch", "nodeName", node, "typeName", inner.Name)
		return false
	}
	return true
}

func selectionName(s ast.Selection) string {
	switch s := s.(type) {
	case *ast.Field:
		return s.Name
	case *ast.InlineFragment:
		return "... on " + s.TypeCondition + " { ... }"
	case *ast.FragmentSpread:
		return s.Name
	}
	return ""
}

func (v *validator) inline(f *ast.InlineFragment, on *ast.Definition, at *ast.Position) {
	v.directives(f.Directives, ast.LocationInlineFragment)
	inner := on
	if f.TypeCondition != "" {
		if inner = v.condition(f.TypeCondition, at); inner == nil {
			return
		}
		v.possible("", inner, on, at)
	}
	v.selections(f.SelectionSet, inner, at)
}

func (v *validator) spread(s *ast.FragmentSpread, on *ast.Definition, at *ast.Position) {
	v.directives(s.Directives, ast.LocationFragmentSpread)
	f := v.doc.Fragments.ForName(s.Name)
	if f == nil {
		v.add(locations(at), fmt.Sprintf("Fragment %s was used, but not defined", s.Name), "useAndDefineFragment", "fragmentName", s.Name)
		return
	}
	if d := v.schema.types.Types[f.TypeCondition]; d != nil && d.IsCompositeType() {
		v.possible(" "+s.Name, d, on, at)
	}
}

// possible holds that some object is both what a fragment is for and what stands around it.
func (v *validator) possible(name string, inner, outer *ast.Definition, at *ast.Position) {
	for _, d := range v.objectsOf(inner) {
		if slices.Contains(v.objectsOf(outer), d) {
			return
		}
	}
	fragment := "unknown"
	if name != "" {
		fragment = name
	}
	v.add(locations(at), fmt.Sprintf("Fragment%s on %s can't be spread inside %s", name, inner.Name, outer.Name),
		"cannotSpreadFragment", "typeName", inner.Name, "fragmentName", fragment, "parentName", outer.Name)
}

func (v *validator) objectsOf(d *ast.Definition) []*ast.Definition {
	if d.Kind == ast.Object {
		return []*ast.Definition{d}
	}
	return v.schema.types.PossibleTypes[d.Name]
}

var placeNames = map[ast.DirectiveLocation]string{
	ast.LocationQuery: "queries", ast.LocationMutation: "mutations", ast.LocationSubscription: "subscriptions", ast.LocationField: "fields",
	ast.LocationFragmentDefinition: "fragment definitions", ast.LocationFragmentSpread: "fragment spreads", ast.LocationInlineFragment: "inline fragments",
}

func (v *validator) directives(list ast.DirectiveList, place ast.DirectiveLocation) {
	for _, d := range list {
		def, at := v.schema.types.Directives[d.Name], marked(d.Position, "@")
		if def == nil {
			v.add(locations(at), fmt.Sprintf("Directive @%s is not defined", d.Name), "undefinedDirective", "directiveName", d.Name)
			continue
		}
		if !slices.Contains(def.Locations, place) {
			var allowed []string
			for _, l := range def.Locations {
				if placeNames[l] != "" {
					allowed = append(allowed, placeNames[l])
				}
			}
			v.add(locations(at), fmt.Sprintf("'@%s' can't be applied to %s (allowed: %s)", d.Name, placeNames[place], strings.Join(allowed, ", ")),
				"invalidDirectiveLocation", "targetName", placeNames[place], "name", d.Name)
		}
		v.given(argumentOwner{kind: "Directive", name: d.Name, at: at, defs: def.Arguments}, d.Arguments)
		v.required("Directive", d.Name, at, def.Arguments, d.Arguments)
	}
}

// marked is the place of the mark before a name: the parser remembers spreads and directives by what follows it.
func marked(at *ast.Position, mark string) *ast.Position {
	if at == nil || at.Src == nil {
		return at
	}
	text := []rune(at.Src.Input)
	before := string(text[:min(at.Start, len(text))])
	n := strings.LastIndex(before, mark)
	if n < 0 {
		return at
	}
	out := *at
	out.Line = 1 + strings.Count(before[:n], "\n")
	out.Column = 1 + len([]rune(before[strings.LastIndex(before[:n], "\n")+1:n]))
	return &out
}
