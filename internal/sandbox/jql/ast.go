package jql

import (
	"strconv"
	"strings"
)

// Query is a whole search.
type Query struct {
	Where Clause // nil: no restriction
	Order []Sort
}

// Clause is And, Or, Not or Term.
type Clause interface{ clause() }

// And holds when all of its clauses do.
type And []Clause

// Or holds when one of its clauses does.
type Or []Clause

// Not turns a clause round.
type Not struct{ Clause Clause }

// Term compares one field.
type Term struct {
	Field      Field
	Op         Op
	Operand    *Operand // nil: a CHANGED without one
	Predicates []Predicate
}

func (And) clause()   {}
func (Or) clause()    {}
func (Not) clause()   {}
func (*Term) clause() {}

// Op is an operator, in lower case with single blanks.
type Op string

// The operators.
const (
	Equal        Op = "="
	NotEqual     Op = "!="
	Less         Op = "<"
	LessEqual    Op = "<="
	Greater      Op = ">"
	GreaterEqual Op = ">="
	Like         Op = "~"
	NotLike      Op = "!~"
	In           Op = "in"
	NotIn        Op = "not in"
	Is           Op = "is"
	IsNot        Op = "is not"
	Was          Op = "was"
	WasNot       Op = "was not"
	WasIn        Op = "was in"
	WasNotIn     Op = "was not in"
	Changed      Op = "changed"
)

// Historic says whether an operator asks what once was.
func (o Op) Historic() bool { return o == Changed || strings.HasPrefix(string(o), "was") }

// Takes says whether an operator wants a list.
func (o Op) Takes() bool { return o == In || o == NotIn || o == WasIn || o == WasNotIn }

// Negative says whether an operator turns its comparison round.
func (o Op) Negative() bool {
	return o == NotEqual || o == NotLike || o == NotIn || o == IsNot || o == WasNot || o == WasNotIn
}

// name is how Jira's messages call an operator.
func (o Op) name() string {
	switch o {
	case Equal:
		return "EQUALS"
	case NotEqual:
		return "NOT_EQUALS"
	case Less:
		return "LESS_THAN"
	case LessEqual:
		return "LESS_THAN_EQUALS"
	case Greater:
		return "GREATER_THAN"
	case GreaterEqual:
		return "GREATER_THAN_EQUALS"
	case Like:
		return "LIKE"
	case NotLike:
		return "NOT_LIKE"
	}
	return strings.ToUpper(strings.ReplaceAll(string(o), " ", "_"))
}

// Field is a field as the query names it.
type Field struct {
	Name     string // as written; cf[10020] for a custom field's number
	Property string // of an entity property, such as [our.key].x; empty: none
}

func (f Field) String() string { return f.Name + f.Property }

// Kind is what an operand is.
type Kind int

// The kinds of operands.
const (
	Text Kind = iota
	Number
	Empty
	Function
	List
)

// Operand is a value, a function or a list.
type Operand struct {
	Kind   Kind
	Text   string // the text, or the function's name
	Number int64
	Args   []string  // of a function
	List   []Operand // never empty in a list
}

// Value is a text or a number as text; a function's name.
func (o Operand) Value() string {
	if o.Kind == Number {
		return strconv.FormatInt(o.Number, 10)
	}
	return o.Text
}

// Values are a list's members, lists within it included, or the one operand.
func (o Operand) Values() []Operand {
	if o.Kind != List {
		return []Operand{o}
	}
	var out []Operand
	for _, v := range o.List {
		out = append(out, v.Values()...)
	}
	return out
}

// String shows an operand as a query says it; texts stand in quotes.
func (o Operand) String() string {
	switch o.Kind {
	case Empty:
		return "EMPTY"
	case Number:
		return o.Value()
	case Function:
		return o.Text + "(" + strings.Join(o.Args, ", ") + ")"
	case List:
		parts := make([]string, 0, len(o.List))
		for _, v := range o.List {
			parts = append(parts, v.String())
		}
		return "(" + strings.Join(parts, ", ") + ")"
	}
	return `"` + o.Text + `"`
}

// Predicate narrows a term about the past: AFTER "2026/03/01".
type Predicate struct {
	Op      string // from, to, by, before, after, on or during
	Operand Operand
}

// Sort is one key of the order.
type Sort struct {
	Field Field
	Desc  bool
	Said  bool // ASC or DESC was said; without it a field has its own direction
}
