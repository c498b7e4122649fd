package githubsim

import (
	"encoding/json"
	"math"

	"github.com/vektah/gqlparser/v2/ast"

	"strata/internal/sandbox/githubsim/graphql"
)

// maxNodes is GitHub's limit on the nodes one query may reach for.
const maxNodes = 500_000

// measure is what a query may cost, judged before it runs: GitHub assumes that every page is full.
type measure struct {
	Nodes    int // how many nodes may come back
	Requests int // how many times a connection is opened
	Outer    int // the largest page that hangs under no other
	Page     int // which page of such a list it is, counted from 1; 0: none
}

// Points is the price of a query: one point per hundred openings of a connection, at least one.
func (m measure) Points() int { return max(1, int(math.Round(float64(m.Requests)/100))) }

type measurer struct {
	schema    *ast.Schema
	fragments ast.FragmentDefinitionList
	variables graphql.Variables
	sum       measure
}

// measureQuery walks an operation and multiplies the sizes of its connections along every branch.
func measureQuery(schema *ast.Schema, op *graphql.Operation, variables graphql.Variables) measure {
	m := measurer{schema: schema, fragments: op.Document().Fragments(), variables: variables}
	m.walk(op.Definition.SelectionSet, op.Root(), 1)
	return m.sum
}

// far is beyond every limit: the walk need not go on.
func (m *measurer) far() bool { return m.sum.Nodes > 10*maxNodes || m.sum.Requests > 10*maxNodes }

func (m *measurer) walk(set ast.SelectionSet, on *ast.Definition, parents int) {
	for _, selection := range set {
		if on == nil || m.far() {
			return
		}
		switch s := selection.(type) {
		case *ast.Field:
			m.field(s, on, parents)
		case *ast.InlineFragment:
			m.walk(s.SelectionSet, m.narrowed(s.TypeCondition, on), parents)
		case *ast.FragmentSpread:
			if f := m.fragments.ForName(s.Name); f != nil {
				m.walk(f.SelectionSet, m.narrowed(f.TypeCondition, on), parents)
			}
		}
	}
}

func (m *measurer) field(f *ast.Field, on *ast.Definition, parents int) {
	def := on.Fields.ForName(f.Name)
	if def == nil {
		return
	}
	if def.Arguments.ForName("first") != nil {
		size := m.size(f)
		if parents == 1 && size > m.sum.Outer {
			m.sum.Outer, m.sum.Page = size, m.pageOf(f, size)
		}
		m.sum.Requests += parents
		parents *= size
		m.sum.Nodes += parents
	}
	m.walk(f.SelectionSet, m.schema.Types[def.Type.Name()], parents)
}

func (m *measurer) narrowed(condition string, on *ast.Definition) *ast.Definition {
	if condition == "" {
		return on
	}
	return m.schema.Types[condition]
}

// size is the first or last of a field, or 0 when it has none.
func (m *measurer) size(f *ast.Field) int {
	for _, name := range []string{"first", "last"} {
		if arg := f.Arguments.ForName(name); arg != nil {
			if n := m.number(arg.Value); n > 0 {
				return n
			}
		}
	}
	return 0
}

func (m *measurer) number(v *ast.Value) int {
	if v.Kind == ast.Variable {
		n, _ := m.variables[v.Raw].(json.Number)
		return asNumber(n)
	}
	return asNumber(json.Number(v.Raw))
}

// asNumber reads a count; anything else counts as none.
func asNumber(n json.Number) int {
	i, err := n.Int64()
	if err != nil {
		return 0
	}
	return int(i)
}

// pageOf says which page a cursor begins.
func (m *measurer) pageOf(f *ast.Field, size int) int {
	arg := f.Arguments.ForName("after")
	if arg == nil {
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
