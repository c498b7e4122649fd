package githubsim

import (
	"encoding/json"
	"math"

	"github.com/vektah/gqlparser/v2/ast"
)

// maxNodes is GitHub's limit on the nodes one query may reach for.
const maxNodes = 500_000

// maxDepth stops the walk of a query that nests without end, for instance by fragments that name each other;
// the executing library refuses such a query with a better message.
const maxDepth = 60

// measure is what a query may cost, judged before it runs: GitHub assumes that every page is full.
type measure struct {
	Nodes    int // how many nodes may come back
	Requests int // how many times a connection is opened
	Outer    int // the largest page that hangs under no other
	Page     int // which page of such a list it is, counted from 1; 0: none

	// Unset are the variables that were not given, or given as null, and stand for an argument with a default: the
	// default holds. The executing library would refuse them.
	Unset map[string]any
}

// Points is the price of a query: one point per hundred openings of a connection, at least one.
func (m measure) Points() int { return max(1, int(math.Round(float64(m.Requests)/100))) }

type measurer struct {
	schema    *ast.Schema
	fragments ast.FragmentDefinitionList
	variables map[string]any
	defaults  map[string]*ast.Value
	sum       measure
}

// measureQuery walks an operation and multiplies the sizes of its connections along every branch.
func measureQuery(schema *ast.Schema, doc *ast.QueryDocument, op *ast.OperationDefinition, variables map[string]any) measure {
	m := measurer{schema: schema, fragments: doc.Fragments, variables: variables, defaults: map[string]*ast.Value{}}
	for _, v := range op.VariableDefinitions {
		m.defaults[v.Variable] = v.DefaultValue
	}
	root := schema.Query
	if op.Operation == ast.Mutation {
		root = schema.Mutation
	}
	m.walk(op.SelectionSet, root, 1, 0)
	return m.sum
}

func (m *measurer) walk(set ast.SelectionSet, on *ast.Definition, parents, depth int) {
	if on == nil || depth > maxDepth {
		return
	}
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			m.field(s, on, parents, depth)
		case *ast.InlineFragment:
			m.walk(s.SelectionSet, m.narrowed(s.TypeCondition, on), parents, depth+1)
		case *ast.FragmentSpread:
			if f := m.fragments.ForName(s.Name); f != nil {
				m.walk(f.SelectionSet, m.narrowed(f.TypeCondition, on), parents, depth+1)
			}
		}
	}
}

func (m *measurer) field(f *ast.Field, on *ast.Definition, parents, depth int) {
	def := on.Fields.ForName(f.Name)
	if def == nil {
		return
	}
	m.unset(f, def)
	if size := m.size(f); size > 0 && def.Arguments.ForName("first") != nil {
		if parents == 1 && size > m.sum.Outer {
			m.sum.Outer, m.sum.Page = size, m.pageOf(f, size)
		}
		m.sum.Requests += parents
		parents *= size
		m.sum.Nodes += parents
		if parents > maxNodes*10 {
			return // already far beyond the limit; spare the arithmetic
		}
	}
	m.walk(f.SelectionSet, m.schema.Types[def.Type.Name()], parents, depth+1)
}

func (m *measurer) unset(f *ast.Field, def *ast.FieldDefinition) {
	for _, arg := range f.Arguments {
		if arg.Value == nil || arg.Value.Kind != ast.Variable || m.variables[arg.Value.Raw] != nil || m.defaults[arg.Value.Raw] != nil {
			continue
		}
		wanted := def.Arguments.ForName(arg.Name)
		if wanted == nil || wanted.DefaultValue == nil {
			continue
		}
		if value, err := wanted.DefaultValue.Value(nil); err == nil {
			if m.sum.Unset == nil {
				m.sum.Unset = map[string]any{}
			}
			m.sum.Unset[arg.Value.Raw] = value
		}
	}
}

func (m *measurer) narrowed(condition string, on *ast.Definition) *ast.Definition {
	if condition == "" {
		return on
	}
	return m.schema.Types[condition]
}

// size is the first or last of a field, or 0 when it has none that can be known.
func (m *measurer) size(f *ast.Field) int {
	for _, name := range []string{"first", "last"} {
		arg := f.Arguments.ForName(name)
		if arg == nil || arg.Value == nil {
			continue
		}
		if n := m.number(arg.Value); n > 0 {
			return n
		}
	}
	return 0
}

func (m *measurer) number(v *ast.Value) int {
	if v.Kind != ast.Variable {
		return asNumber(v.Raw)
	}
	if given, ok := m.variables[v.Raw]; ok {
		return asNumber(given)
	}
	if d := m.defaults[v.Raw]; d != nil {
		return asNumber(d.Raw)
	}
	return 0
}

// pageOf says which page a cursor begins.
func (m *measurer) pageOf(f *ast.Field, size int) int {
	arg := f.Arguments.ForName("after")
	if arg == nil || arg.Value == nil {
		return 1
	}
	cursor := arg.Value.Raw
	if arg.Value.Kind == ast.Variable {
		cursor, _ = m.variables[arg.Value.Raw].(string)
	}
	if cursor == "" || arg.Value.Kind == ast.NullValue {
		return 1
	}
	at, err := position(cursor)
	if err != nil {
		return 0
	}
	return at/size + 1
}

// asNumber reads a count that came as JSON or as GraphQL source; anything else counts as none.
func asNumber(v any) int {
	var text string
	switch v := v.(type) {
	case float64:
		return int(v)
	case json.Number:
		text = v.String()
	case string:
		text = v
	}
	var n int
	if json.Unmarshal([]byte(text), &n) != nil {
		return 0
	}
	return n
}
