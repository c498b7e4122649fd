package replay

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// unread is a value whose recording was cut off before it.
type unread struct{}

// beginning reads as much JSON as there is. Objects and lists that were cut off hold what was read of them.
func beginning(text string) any {
	d := json.NewDecoder(strings.NewReader(text))
	value, _ := readOn(d)
	return value
}

func readOn(d *json.Decoder) (value any, whole bool) {
	token, err := d.Token()
	if err != nil {
		return unread{}, false
	}
	switch token {
	case json.Delim('{'):
		object := map[string]any{}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return object, false
			}
			below, whole := readOn(d)
			if object[name.(string)] = below; !whole {
				return object, false
			}
		}
		_, err := d.Token()
		return object, err == nil
	case json.Delim('['):
		list := []any{}
		for d.More() {
			below, whole := readOn(d)
			if list = append(list, below); !whole {
				return list, false
			}
		}
		_, err := d.Token()
		return list, err == nil
	}
	return token, true
}

// shape is what recorded values have in common.
type shape struct {
	kinds map[string]bool   // of values: object, list, text, number, truth, null
	seen  int               // objects
	names map[string]*shape // of fields
	count map[string]int    // in how many of the objects
	each  *shape            // of a list's elements
}

func shapeOf(value any) *shape {
	s := &shape{kinds: map[string]bool{}, names: map[string]*shape{}, count: map[string]int{}}
	s.learn(value)
	return s
}

func (s *shape) learn(value any) {
	if _, cut := value.(unread); cut {
		return
	}
	s.kinds[kind(value)] = true
	switch v := value.(type) {
	case map[string]any:
		s.seen++
		for name, below := range v {
			if s.names[name] == nil {
				s.names[name] = shapeOf(unread{})
			}
			s.names[name].learn(below)
			s.count[name]++
		}
	case []any:
		if s.each == nil {
			s.each = shapeOf(unread{})
		}
		for _, below := range v {
			s.each.learn(below)
		}
	}
}

func kind(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case map[string]any:
		return "object"
	case []any:
		return "list"
	case string:
		return "text"
	case bool:
		return "truth"
	}
	return "number"
}

// comparison collects where an answer is not as it was recorded.
type comparison struct {
	// absent and null say whether a recorded place may be so; foreign says whether the contract does not know a place that the
	// recording lacks.
	absent, null, foreign func(place string) bool
	// unserved are places that a table names, * for one step.
	unserved map[string]string
	unlike   map[string]string // likewise, of another kind than recorded
	used     map[string]bool
	wrong    []string
}

func (c *comparison) say(place, format string, args ...any) {
	steps := strings.Split(place, "/") // what holds of one element of a list is told once
	for i, step := range steps {
		if strings.Trim(step, "0123456789") == "" && step != "" {
			steps[i] = "*"
		}
	}
	c.wrong = append(c.wrong, strings.Join(steps, "/")+": "+fmt.Sprintf(format, args...))
}

func (c *comparison) compare(want *shape, got any, place string) {
	if len(want.kinds) == 0 {
		return // nothing was recorded here
	}
	switch {
	case got == nil:
		if !want.kinds["null"] && !c.null(place) {
			c.say(place, "null, recorded %s", kinds(want))
		}
		return
	case !want.kinds[kind(got)] && !onlyNull(want):
		if c.named(c.unlike, place) {
			return
		}
		c.say(place, "%s, recorded %s", kind(got), kinds(want))
		return
	}
	switch v := got.(type) {
	case map[string]any:
		c.object(want, v, place)
	case []any:
		for n, one := range v {
			if want.each != nil {
				c.compare(want.each, one, fmt.Sprintf("%s/%d", place, n))
			}
		}
	}
}

func (c *comparison) object(want *shape, got map[string]any, place string) {
	for _, name := range slices.Sorted(maps.Keys(want.names)) {
		at := place + "/" + name
		below, there := got[name]
		if there {
			c.compare(want.names[name], below, at)
			continue
		}
		if want.count[name] == want.seen && !c.absent(at) {
			c.say(at, "missing, recorded %s", kinds(want.names[name]))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if at := place + "/" + name; want.names[name] == nil && want.seen > 0 && c.foreign(at) {
			c.say(at, "neither recorded nor published")
		}
	}
}

// named says whether a table lists a place.
func (c *comparison) named(table map[string]string, place string) bool {
	for pattern := range table {
		if fits(pattern, place) {
			if c.used == nil {
				c.used = map[string]bool{}
			}
			c.used[pattern] = true
			return true
		}
	}
	return false
}

// fits compares a place with a pattern: * is one step, or the rest of one; a leading … is any number of them.
func fits(pattern, place string) bool {
	if end, ok := strings.CutPrefix(pattern, "…"); ok {
		steps := strings.Count(end, "/")
		have := strings.Split(place, "/")
		if len(have) <= steps {
			return false
		}
		pattern, place = end, "/"+strings.Join(have[len(have)-steps:], "/")
	}
	want, have := strings.Split(pattern, "/"), strings.Split(place, "/")
	if len(want) != len(have) {
		return false
	}
	for i := range want {
		start, open := strings.CutSuffix(want[i], "*")
		if want[i] != have[i] && (!open || !strings.HasPrefix(have[i], start)) {
			return false
		}
	}
	return true
}

func onlyNull(s *shape) bool { return len(s.kinds) == 1 && s.kinds["null"] }

func kinds(s *shape) string { return strings.Join(slices.Sorted(maps.Keys(s.kinds)), " or ") }
