package graphql

import (
	"reflect"

	"github.com/vektah/gqlparser/v2/ast"
)

// plan is what is asked of one kind of object at one place of the document, fragments resolved and equal names
// joined.
type plan struct{ steps []*step }

// step is one field of an answer.
type step struct {
	key   string // "name":
	name  string
	at    *ast.Position
	field *bound // nil: __typename
	args  reflect.Value
	wrong error // the arguments cannot be read
	inner *selection
}

// selection is what is asked below a field, by whatever object comes about there.
type selection struct {
	sets  []ast.SelectionSet
	plans map[*object]*plan
}

// planFor is made once for each kind of object and place, then kept for the thousands of objects that follow.
func (x *execution) planFor(o *object, s *selection) *plan {
	if p := s.plans[o]; p != nil {
		return p
	}
	p := &plan{}
	byName := map[string]*step{}
	for _, set := range s.sets {
		x.gather(p, byName, o, set)
	}
	for _, st := range p.steps {
		if st.field != nil && st.field.args != nil && st.wrong == nil {
			x.readArguments(st)
		}
	}
	if s.plans == nil {
		s.plans = map[*object]*plan{}
	}
	s.plans[o] = p
	return p
}

func (x *execution) gather(p *plan, byName map[string]*step, o *object, set ast.SelectionSet) {
	for _, selected := range set {
		switch s := selected.(type) {
		case *ast.Field:
			if x.included(s.Directives) {
				x.gatherField(p, byName, o, s)
			}
		case *ast.InlineFragment:
			if x.included(s.Directives) && x.schema.applies(s.TypeCondition, o.def) {
				x.gather(p, byName, o, s.SelectionSet)
			}
		case *ast.FragmentSpread:
			f := x.op.doc.ast.Fragments.ForName(s.Name)
			if x.included(s.Directives) && x.schema.applies(f.TypeCondition, o.def) {
				x.gather(p, byName, o, f.SelectionSet)
			}
		}
	}
}

func (x *execution) gatherField(p *plan, byName map[string]*step, o *object, f *ast.Field) {
	if known := byName[f.Alias]; known != nil {
		if len(f.SelectionSet) > 0 {
			known.inner.sets = append(known.inner.sets, f.SelectionSet)
		}
		return
	}
	st := &step{name: f.Alias, key: string(appendText(nil, f.Alias)) + ":", at: f.Position, inner: &selection{sets: []ast.SelectionSet{f.SelectionSet}}}
	byName[f.Alias] = st
	p.steps = append(p.steps, st)
	if f.Name == "__typename" {
		return
	}
	st.field = o.fields[f.Name]
	if st.field != nil && st.field.args != nil {
		values, err := x.schema.argumentValues(st.field.def.Arguments, f.Arguments, x.vars)
		if err != nil {
			st.wrong = err
			return
		}
		st.args, st.wrong = st.field.args.read(values, nil)
	}
}

// readArguments tells a method that wants to know what is asked of its answer.
func (x *execution) readArguments(st *step) {
	if st.field.args.selected == nil {
		return
	}
	var names []string
	for _, set := range st.inner.sets {
		names = x.asked(names, set)
	}
	st.args.FieldByIndex(st.field.args.selected).Set(reflect.ValueOf(Selected(names)))
}

// asked lists the names of a selection's fields, whatever object they are for.
func (x *execution) asked(names []string, set ast.SelectionSet) []string {
	for _, selected := range set {
		switch s := selected.(type) {
		case *ast.Field:
			if x.included(s.Directives) {
				names = append(names, s.Name)
			}
		case *ast.InlineFragment:
			names = x.asked(names, s.SelectionSet)
		case *ast.FragmentSpread:
			names = x.asked(names, x.op.doc.ast.Fragments.ForName(s.Name).SelectionSet)
		}
	}
	return names
}

func (x *execution) included(list ast.DirectiveList) bool {
	for _, d := range list {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		if a := d.Arguments.ForName("if"); a != nil {
			on, _ := x.schema.literalValue(a.Value, x.vars).(bool)
			if on == (d.Name == "skip") {
				return false
			}
		}
	}
	return true
}
