package config

import (
	"encoding"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A file that unfolds to more values than this by aliases is not a config.
const maxValues = 100_000

// decoder fills Go values from a YAML tree, strictly, and goes on after a
// mistake. It stands in for the library's decoder, which tells of unknown
// fields by Go type, has no path, and ends at the first mistake of some kinds.
type decoder struct {
	file     string
	values   int
	lines    map[string]int // where each path stands
	mistakes Mistakes
	// spoilt holds the paths that could not be read: their values say nothing further.
	spoilt map[string]bool
	// set is told every field that the file sets. Nil tells nobody.
	set func(owner reflect.Type, field string)
}

// byKind is a part of the file whose fields depend on one of them.
type byKind interface {
	decode(d *decoder, n *yaml.Node, path string)
}

func (d *decoder) mistake(n *yaml.Node, path, format string, args ...any) {
	d.mistakes = append(d.mistakes, Mistake{d.file, n.Line, path, fmt.Sprintf(format, args...)})
	d.spoilt[path] = true
}

// decode fills the value from the node.
func (d *decoder) decode(n *yaml.Node, v reflect.Value, path string) {
	line := n.Line
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if _, known := d.lines[path]; !known {
		d.lines[path] = line
	}
	switch d.values++; {
	case d.values == maxValues:
		d.mistake(n, path, "the aliases up to here unfold to more than %d values: write them out, or use fewer", maxValues)
		return
	case d.values > maxValues:
		return
	case n.Style&yaml.TaggedStyle != 0:
		d.mistake(n, path, "tags (!name) are not supported: a value that begins with ! must stand in quotes")
		return
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		d.mistake(n, path, "has no value: give it one, or remove the line")
		return
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	switch target := v.Addr().Interface().(type) {
	case byKind:
		target.decode(d, n, path)
		return
	case encoding.TextUnmarshaler:
		if d.isKind(n, yaml.ScalarNode, path, "text") {
			if err := target.UnmarshalText([]byte(n.Value)); err != nil {
				d.mistake(n, path, "%v", err)
			}
		}
		return
	case yaml.Unmarshaler:
		if err := target.UnmarshalYAML(n); err != nil {
			d.mistake(n, path, "%s", plain(err))
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		if d.isKind(n, yaml.MappingNode, path, "fields (name: value)") {
			d.fields(n, path, all(v))
		}
	case reflect.Map:
		if d.isKind(n, yaml.MappingNode, path, "entries (name: value)") {
			d.entries(n, v, path)
		}
	case reflect.Slice:
		if d.isKind(n, yaml.SequenceNode, path, "a list, in brackets or one entry a line behind a dash") {
			list := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
			for i, entry := range n.Content {
				d.decode(entry, list.Index(i), fmt.Sprintf("%s[%d]", path, i))
			}
			v.Set(list)
		}
	default:
		d.scalar(n, v, path)
	}
}

// fields fills structs from one mapping. A name that several of them know is
// given to each: one entry may feed two packages.
func (d *decoder) fields(n *yaml.Node, path string, structs ...source) {
	known := map[string][]target{}
	for _, s := range structs {
		s.collect(known)
	}
	d.each(n, path, func(key, value *yaml.Node, path string) {
		targets := known[key.Value]
		if targets == nil {
			d.mistake(key, path, "unknown field: %s", d.proposal(path, key.Value, known))
		}
		for _, t := range targets {
			if d.set != nil {
				d.set(t.owner, key.Value)
			}
			d.decode(value, t.value, path)
		}
	})
}

// entries fills a map, whose keys are words of some kind.
func (d *decoder) entries(n *yaml.Node, v reflect.Value, path string) {
	v.Set(reflect.MakeMap(v.Type()))
	d.each(n, path, func(key, value *yaml.Node, path string) {
		k := reflect.New(v.Type().Key()).Elem()
		d.decode(key, k, path)
		element := reflect.New(v.Type().Elem()).Elem()
		d.decode(value, element, path)
		v.SetMapIndex(k, element)
	})
}

// each visits the entries of a mapping whose names can be meant.
func (d *decoder) each(n *yaml.Node, path string, visit func(key, value *yaml.Node, path string)) {
	lines := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		below := join(path, key.Value)
		switch first := lines[key.Value]; {
		case key.Kind != yaml.ScalarNode:
			d.mistake(key, path, "a name must be plain text")
			continue
		case key.Tag == "!!merge":
			d.mistake(key, path, "merge keys (<<) are not supported: repeat the fields, or let an alias stand for a whole value")
			continue
		case first != 0:
			d.mistake(key, below, "stands here again, first on line %d: remove one of them", first)
			continue
		}
		lines[key.Value] = key.Line
		d.lines[below] = key.Line
		visit(key, value, below)
	}
}

// source is a struct whose fields stand in a mapping: all of them, or those named.
type source struct {
	value reflect.Value
	only  []string
}

// target is a field of a struct.
type target struct {
	owner reflect.Type
	value reflect.Value
}

func all(v reflect.Value) source { return source{value: v} }

// collect finds the fields of the struct by their names in the file.
func (s source) collect(known map[string][]target) {
	for i := range s.value.NumField() {
		field := s.value.Type().Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		switch {
		case !field.IsExported() || name == "-" || name == "" && options != "inline":
		case s.only != nil && !slices.Contains(s.only, name):
		case options == "inline":
			all(s.value.Field(i)).collect(known)
		default:
			known[name] = append(known[name], target{s.value.Type(), s.value.Field(i)})
		}
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func (d *decoder) isKind(n *yaml.Node, kind yaml.Kind, path, want string) bool {
	if n.Kind != kind {
		d.mistake(n, path, "want %s, found %s", want, found(n))
	}
	return n.Kind == kind
}

func found(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "fields (name: value)"
	case yaml.SequenceNode:
		return "a list"
	}
	return "a single value"
}

// wrong notes that a value, though it could be read, cannot be meant. Where
// something at, around or right below its path could not be read, this would
// only be the consequence and is left out.
func (d *decoder) wrong(path, format string, args ...any) {
	for p := path; p != ""; p = parent(p) {
		if d.spoilt[p] {
			return
		}
	}
	for spoilt := range d.spoilt {
		if path != "" && parent(spoilt) == path {
			return
		}
	}
	line := 0
	for p := path; p != "" && line == 0; p = parent(p) {
		line = d.lines[p]
	}
	d.mistakes = append(d.mistakes, Mistake{d.file, line, path, fmt.Sprintf(format, args...)})
}

var place = regexp.MustCompile(`^[A-Za-z_0-9]+(\[\d+\])?(\.[A-Za-z_0-9]+(\[\d+\])?)*$`)

// wrongs notes what a package says about its own part of the file. Its errors
// begin with the field they are about, or with several: "client_cert, client_key: …".
func (d *decoder) wrongs(path string, errs []error) {
	for _, err := range errs {
		names, text, found := strings.Cut(err.Error(), ": ")
		first, _, several := strings.Cut(names, ", ")
		switch {
		case !found || !place.MatchString(first):
			d.wrong(path, "%v", err)
		case several:
			d.wrong(join(path, first), "%v", err)
		default:
			d.wrong(join(path, first), "%s", text)
		}
	}
}

// parent returns the path around a path: "a.b[1]" → "a.b" → "a" → "".
func parent(path string) string { return path[:max(0, strings.LastIndexAny(path, ".["))] }
