package world

import (
	"encoding/json"
	"slices"
	"strings"
)

// Fields are recorded JSON values by field name, sorted. What is changed later
// is dropped here and rendered from the item instead: the record is the base,
// changes lie over it.
type Fields []Field

// Field is one recorded value, verbatim.
type Field struct {
	Name  string
	Value json.RawMessage
}

func (f Fields) find(name string) (int, bool) {
	return slices.BinarySearchFunc(f, name, func(a Field, n string) int { return strings.Compare(a.Name, n) })
}

// Get returns the recorded value of a field.
func (f Fields) Get(name string) (json.RawMessage, bool) {
	if i, ok := f.find(name); ok {
		return f[i].Value, true
	}
	return nil, false
}

// Drop forgets recorded values, because the item knows better now.
func (f *Fields) Drop(names ...string) {
	for _, n := range names {
		if i, ok := f.find(n); ok {
			*f = slices.Delete(*f, i, i+1)
		}
	}
}
