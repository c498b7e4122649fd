package githubsim_test

import (
	"fmt"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// mustFit checks a query and its answer against GitHub's own schema.
func mustFit(t *testing.T, query string, data any) {
	t.Helper()
	public := publicSchema(t)
	doc, errs := gqlparser.LoadQueryWithRules(public, query, rules.NewDefaultRules())
	if errs != nil {
		t.Fatalf("the query is not GitHub's GraphQL: %v", errs)
	}
	op := doc.Operations[0]
	root := public.Query
	if op.Operation == ast.Mutation {
		root = public.Mutation
	}
	f := fitting{schema: public}
	f.object(op.SelectionSet, root, data, "data")
	for _, p := range f.problems {
		t.Error(p)
	}
}

// fitting walks an answer beside the selections that asked for it.
type fitting struct {
	schema   *ast.Schema
	problems []string
}

func (f *fitting) say(path, format string, args ...any) {
	f.problems = append(f.problems, path+": "+fmt.Sprintf(format, args...))
}

func (f *fitting) object(set ast.SelectionSet, def *ast.Definition, data any, path string) {
	have, ok := data.(map[string]any)
	if !ok {
		f.say(path, "not an object: %v", data)
		return
	}
	if name, ok := have["__typename"].(string); ok {
		if def = f.schema.Types[name]; def == nil {
			f.say(path, "unknown type %s", name)
			return
		}
	}
	asked := map[string]bool{"__typename": true}
	f.selections(set, def, have, asked, path)
	for name := range have {
		if !asked[name] {
			f.say(path+"."+name, "not asked for")
		}
	}
}

func (f *fitting) selections(set ast.SelectionSet, def *ast.Definition, have map[string]any, asked map[string]bool, path string) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			asked[s.Alias] = true
			value, present := have[s.Alias]
			if !present {
				f.say(path+"."+s.Alias, "missing")
				continue
			}
			if s.Name != "__typename" {
				f.value(s.Definition.Type, s.SelectionSet, value, path+"."+s.Alias)
			}
		case *ast.InlineFragment:
			f.fragment(s.SelectionSet, s.TypeCondition, def, have, asked, path)
		case *ast.FragmentSpread:
			f.fragment(s.Definition.SelectionSet, s.Definition.TypeCondition, def, have, asked, path)
		}
	}
}

// fragment follows a fragment when its condition surely holds; where the concrete type was not asked for, its fields
// may be there.
func (f *fitting) fragment(set ast.SelectionSet, condition string, def *ast.Definition, have map[string]any, asked map[string]bool, path string) {
	if def.Kind == ast.Object {
		if f.holds(condition, def) {
			f.selections(set, def, have, asked, path)
		}
		return
	}
	for _, selection := range set {
		if field, ok := selection.(*ast.Field); ok {
			asked[field.Alias] = true
		}
	}
}

func (f *fitting) holds(condition string, def *ast.Definition) bool {
	if condition == "" || condition == def.Name {
		return true
	}
	for _, p := range f.schema.PossibleTypes[condition] {
		if p.Name == def.Name {
			return true
		}
	}
	return false
}

func (f *fitting) value(typ *ast.Type, set ast.SelectionSet, v any, path string) {
	if v == nil {
		if typ.NonNull {
			f.say(path, "null for %s", typ)
		}
		return
	}
	if typ.Elem != nil {
		list, ok := v.([]any)
		if !ok {
			f.say(path, "not a list")
			return
		}
		for n, entry := range list {
			f.value(typ.Elem, set, entry, fmt.Sprintf("%s[%d]", path, n))
		}
		return
	}
	def := f.schema.Types[typ.NamedType]
	switch def.Kind {
	case ast.Scalar:
		f.scalar(def.Name, v, path)
	case ast.Enum:
		if name, _ := v.(string); def.EnumValues.ForName(name) == nil {
			f.say(path, "%v is not in %s", v, def.Name)
		}
	default:
		f.object(set, def, v, path)
	}
}

func (f *fitting) scalar(name string, v any, path string) {
	number, isNumber := v.(float64)
	_, isText := v.(string)
	_, isBool := v.(bool)
	fits := map[string]bool{"Int": isNumber && number == float64(int32(number)), "Float": isNumber, "Boolean": isBool}
	good, special := fits[name]
	if special && !good || !special && !isText {
		f.say(path, "%v is no %s", v, name)
	}
}
