package graphql

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
)

// variables checks what an operation declares.
func (v *validator) variables(op *ast.OperationDefinition) {
	seen := map[string]bool{}
	for _, d := range op.VariableDefinitions {
		if seen[d.Variable] {
			v.add(locations(d.Position), fmt.Sprintf("There can only be one variable named %q", d.Variable), "variableNotUnique", "variableName", d.Variable)
		}
		seen[d.Variable] = true
		name := d.Type.Name()
		switch t := v.schema.types.Types[name]; {
		case t == nil:
			v.add(locations(d.Position), fmt.Sprintf("%s isn't a defined input type (on $%s)", name, d.Variable), "variableRequiresValidType", "typeName", name, "variableName", d.Variable)
		case !t.IsInputType():
			v.add(locations(d.Position), fmt.Sprintf("%s isn't a valid input type (on $%s)", name, d.Variable), "variableRequiresValidType", "typeName", name, "variableName", d.Variable)
		case d.DefaultValue != nil && !v.literal(d.DefaultValue, d.Type):
			v.add(locations(d.Position), fmt.Sprintf("Default value for $%s doesn't match type %s", d.Variable, d.Type), "defaultValueInvalidType", "variableName", d.Variable, "typeName", d.Type.String())
		}
	}
}

// usages checks that a variable fits where it stands, alone or in a list.
func (v *validator) usages(name string, value *ast.Value, def *ast.ArgumentDefinition, at *ast.Position) {
	if v.op == nil {
		return
	}
	uses := []*ast.Value{value}
	depth := 0
	if value.Kind == ast.ListValue {
		uses, depth = nil, 1
		for _, c := range value.Children {
			uses = append(uses, c.Value)
		}
	}
	for _, use := range uses {
		if use.Kind != ast.Variable {
			continue
		}
		if d := v.op.VariableDefinitions.ForName(use.Raw); d != nil {
			v.usage(name, d, def.Type, at, depth)
		}
	}
}

func (v *validator) usage(name string, d *ast.VariableDefinition, wanted *ast.Type, at *ast.Position, depth int) {
	if v.schema.types.Types[d.Type.Name()] == nil {
		return // said already
	}
	has := *d.Type
	if d.DefaultValue != nil && d.DefaultValue.Kind != ast.NullValue {
		has.NonNull = true
	}
	if depth > 0 {
		has = ast.Type{Elem: new(has), NonNull: true}
	}
	what := ""
	switch {
	case has.Name() != wanted.Name():
		what = "Type mismatch"
	case dimensions(&has) != dimensions(wanted):
		what = "List dimension mismatch"
	case !nullsFit(wanted, &has):
		what = "Nullability mismatch"
	default:
		return
	}
	v.add(locations(at), fmt.Sprintf("%s on variable $%s and argument %s (%s / %s)", what, d.Variable, name, &has, wanted),
		"variableMismatch", "variableName", d.Variable, "typeName", has.String(), "argumentName", name, "errorMessage", what)
}

func dimensions(t *ast.Type) int {
	if t.Elem == nil {
		return 0
	}
	return 1 + dimensions(t.Elem)
}

func nullsFit(wanted, has *ast.Type) bool {
	if wanted.NonNull && !has.NonNull {
		return false
	}
	return wanted.Elem == nil || has.Elem == nil || nullsFit(wanted.Elem, has.Elem)
}

// used holds that every variable is declared and used, and every fragment used, once it is known that all of them
// end.
func (v *validator) used() {
	spread := map[string]bool{}
	for _, op := range v.doc.Operations {
		u := usage{doc: v.doc, seen: map[string]bool{}, uses: map[string]*ast.Position{}}
		u.selections(op.SelectionSet)
		u.directives(op.Directives)
		for name := range u.seen {
			spread[name] = true
		}
		v.declared(op, u)
	}
	for _, f := range v.doc.Fragments {
		if !spread[f.Name] {
			v.addAt([]any{"fragment " + f.Name}, locations(f.Position), fmt.Sprintf("Fragment %s was defined, but not used", f.Name), "useAndDefineFragment", "fragmentName", f.Name)
		}
	}
}

func (v *validator) declared(op *ast.OperationDefinition, u usage) {
	who, step := op.Name, string(op.Operation)
	if who == "" {
		who = "anonymous " + step
	} else {
		step += " " + op.Name
	}
	for _, d := range op.VariableDefinitions {
		if u.uses[d.Variable] == nil {
			v.addAt([]any{step}, locations(op.Position), fmt.Sprintf("Variable $%s is declared by %s but not used", d.Variable, who), "variableNotUsed", "variableName", d.Variable)
		}
	}
	for _, name := range u.order {
		if op.VariableDefinitions.ForName(name) == nil {
			v.addAt([]any{step}, locations(u.uses[name]), fmt.Sprintf("Variable $%s is used by %s but not declared", name, who), "variableNotDefined", "variableName", name)
		}
	}
}

// usage collects the variables that an operation uses, through its fragments.
type usage struct {
	doc   *ast.QueryDocument
	seen  map[string]bool          // fragments
	uses  map[string]*ast.Position // by variable, the first place
	order []string
}

func (u *usage) selections(set ast.SelectionSet) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			for _, a := range s.Arguments {
				u.value(a.Value)
			}
			u.directives(s.Directives)
			u.selections(s.SelectionSet)
		case *ast.InlineFragment:
			u.directives(s.Directives)
			u.selections(s.SelectionSet)
		case *ast.FragmentSpread:
			u.directives(s.Directives)
			if f := u.doc.Fragments.ForName(s.Name); f != nil && !u.seen[s.Name] {
				u.seen[s.Name] = true
				u.selections(f.SelectionSet)
			}
		}
	}
}

func (u *usage) directives(list ast.DirectiveList) {
	for _, d := range list {
		for _, a := range d.Arguments {
			u.value(a.Value)
		}
	}
}

func (u *usage) value(value *ast.Value) {
	if value.Kind == ast.Variable && u.uses[value.Raw] == nil {
		u.uses[value.Raw] = value.Position
		u.order = append(u.order, value.Raw)
	}
	for _, c := range value.Children {
		u.value(c.Value)
	}
}
