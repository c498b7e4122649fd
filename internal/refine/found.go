package refine

import (
	"cmp"
	"slices"
)

// expect makes room for the findings of a product with so many unresolved
// dependencies: there are fewer of them in all but the worst.
func (j *judge) expect(dependencies int) {
	j.result.Findings = slices.Grow(j.result.Findings, dependencies*3/4)
}

func (j *judge) keep(f Finding) { j.result.Findings = append(j.result.Findings, f) }

// sort orders the findings by item, severity (worst first), precedence. Findings
// are large, so that each is moved but once.
func (j *judge) sort() {
	all := j.result.Findings
	order := make([]int32, len(all))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(x, y int32) int {
		a, b := &all[x], &all[y]
		return cmp.Or(a.Item.Compare(b.Item), cmp.Compare(b.Severity, a.Severity), cmp.Compare(rank(a.Rule), rank(b.Rule)),
			a.Waiting.Compare(b.Waiting), a.Blocker.Compare(b.Blocker))
	})
	for at := range order { // each ring of places in turn, until its first is reached again
		if order[at] < 0 {
			continue
		}
		first, to := all[at], at
		for {
			from := int(order[to])
			order[to] = -1
			if from == at {
				all[to] = first
				break
			}
			all[to] = all[from]
			to = from
		}
	}
}
