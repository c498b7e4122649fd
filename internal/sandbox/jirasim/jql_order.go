package jirasim

import (
	"strings"

	"strata/internal/sandbox/jql"
	"strata/internal/sandbox/world"
)

// sorting is one key of an order.
type sorting struct {
	compare func(a, b *world.JiraIssue) int
	desc    bool
	index   world.Order
}

// sorts finds the fields of an ORDER BY.
func (k *compiler) sorts(order []jql.Sort) ([]sorting, error) {
	var out []sorting
	for _, o := range order {
		name := o.Field.String()
		f, ok := k.field(o.Field)
		var err error
		switch {
		case !ok:
			err = badJQL("Not able to sort using field '%s'.", name)
		case f.compare == nil:
			err = badJQL("Field '%s' does not support sorting.", name)
		}
		if err != nil {
			if !k.lenient {
				return nil, err
			}
			k.warnings = append(k.warnings, message(err))
			continue
		}
		desc := o.Desc
		if !o.Said {
			desc = f.desc
		}
		out = append(out, sorting{compare: f.compare, desc: desc, index: f.index})
	}
	return out, nil
}

// compareBy orders by the keys; equals come by id, and without any key the newest
// come first.
func compareBy(sorts []sorting) func(a, b *world.JiraIssue) int {
	if len(sorts) == 0 {
		return func(a, b *world.JiraIssue) int { return int(b.ID - a.ID) }
	}
	return func(a, b *world.JiraIssue) int {
		for _, s := range sorts {
			if n := s.compare(a, b); n != 0 {
				if s.desc {
					return -n
				}
				return n
			}
		}
		return int(a.ID - b.ID)
	}
}

// sorted is everybody in an order that is near the one wanted, where the world
// keeps such a list: to sort what is nearly sorted costs little.
func (k *compiler) sorted(sorts []sorting) func() []*world.JiraIssue {
	if len(sorts) == 0 || sorts[0].index == "" {
		return nil
	}
	return func() []*world.JiraIssue { return k.st.JiraSorted(sorts[0].index) }
}

// byVersion orders by the names of versions.
func byVersion(f func(*world.JiraIssue) []*world.Version) func(a, b *world.JiraIssue) int {
	return by(func(i *world.JiraIssue) string {
		var names []string
		for _, v := range f(i) {
			names = append(names, v.Name)
		}
		return strings.Join(names, " ")
	})
}
