package jirasim

import (
	"slices"
	"strings"
)

// selection is which fields of an issue were asked for.
type selection struct {
	all, navigable bool
	with, without  []string
	onlyID         bool // Cloud's search gives nothing but the id unless asked
}

// choose reads a list of fields: names, *all, *navigable, -name.
func choose(list []string, otherwise string) selection {
	if len(list) == 0 {
		list = []string{otherwise}
	}
	var s selection
	plain := 0
	for _, f := range list {
		switch {
		case f == "*all":
			s.all = true
		case f == "*navigable":
			s.navigable = true
		case strings.HasPrefix(f, "-"):
			s.without = append(s.without, f[1:])
		default:
			plain++
			s.with = append(s.with, f)
		}
	}
	if len(s.without) == len(list) { // only exclusions: from everything
		s.all = otherwise == "*all"
		s.navigable = otherwise != "*all"
	}
	s.onlyID = plain == len(list) && !slices.ContainsFunc(s.with, func(f string) bool { return f != "id" })
	return s
}

// heavy fields are not navigable: they come with *all or by name.
var heavy = map[string]bool{"comment": true, "worklog": true, "attachment": true, "timetracking": true}

func (s selection) wants(name string) bool {
	if len(s.without) > 0 && slices.Contains(s.without, name) {
		return false
	}
	return s.all || (s.navigable && !heavy[name]) || slices.Contains(s.with, name)
}

// detail is how much of an issue is asked for.
type detail struct {
	sel        selection
	expand     []string
	properties []string
	agile      bool // with the fields that the agile API adds
	capped     bool // with the first comments only, and the last changes, as Cloud's searches
}

func (v detail) expands(name string) bool { return slices.Contains(v.expand, name) }
