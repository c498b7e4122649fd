package facts

import (
	"cmp"
	"slices"
	"strings"

	"strata/internal/work"
)

// Ownership returns why an item is a team's, several teams', or nobody's. An item
// that the product does not hold has none and no reason either.
func (p *Product) Ownership(ref work.Ref) Ownership {
	m := p.items[ref]
	if m == nil {
		return Ownership{}
	}
	p.resolveAll()
	o := Ownership{Teams: m.item.Teams, Reason: m.item.Unowned, asked: p.owners.asked, teams: p.owners.teams}
	switch parent := m.inherits(); {
	case parent != nil:
		o.Teams, o.Reason, o.Parent, o.key = parent.item.Teams, parent.item.Unowned, parent.item.Ref, parent.item.Key
	case m.dispute != nil:
		o.Proofs, o.Misses = m.dispute.proofs, m.dispute.misses
	case len(m.owners) > 0:
		o.Proofs = []Proof{*m.proof}
	}
	return o
}

// inherits returns the parent that gives a sub-task its teams, nil where the item
// has its own or the parent has none to give.
func (m *mapped) inherits() *mapped {
	if parent := m.parentAt; m.item.Kind == work.Subtask && len(m.owners) == 0 && parent != nil && parent != m && len(parent.owners) > 0 {
		return parent
	}
	return nil
}

// Mapping is how well the product's items find their teams.
type Mapping struct {
	// Items are the open items of the team layer in the product's scopes; of those
	// Owned have exactly one team.
	Items, Owned int
	// Gaps are the others, by what is said of them, the most frequent first.
	Gaps []Gap
}

// Gap is a reason for which items of a tracker have not exactly one team.
type Gap struct {
	Tracker string
	Reason  work.Unowned
	Why     string
	Items   int
	Keys    []string // of the first few, by ref
}

// mostKeys is how many items a gap names.
const mostKeys = 3

// Mapping tells which open items have not exactly one team, and why. Sub-tasks and
// items outside the scopes do not count.
func (p *Product) Mapping() Mapping {
	p.sort()
	p.resolveAll()
	var out Mapping
	gaps := map[[2]string]*Gap{} // by tracker and words
	for _, m := range p.order {
		it := &m.item
		if !it.State.Open() || it.Outside || it.Kind == work.Subtask || it.Layer() != work.TeamLayer {
			continue
		}
		out.Items++
		if it.Unowned == work.Owned {
			out.Owned++
			continue
		}
		why := p.Ownership(it.Ref).Why()
		of := [2]string{it.Ref.Tracker, why}
		gap := gaps[of]
		if gap == nil {
			gap = &Gap{Tracker: it.Ref.Tracker, Reason: it.Unowned, Why: why}
			gaps[of] = gap
		}
		gap.Items++
		if len(gap.Keys) < mostKeys {
			gap.Keys = append(gap.Keys, it.Key)
		}
	}
	for _, gap := range gaps {
		out.Gaps = append(out.Gaps, *gap)
	}
	slices.SortFunc(out.Gaps, func(a, b Gap) int {
		return cmp.Or(-cmp.Compare(a.Items, b.Items), strings.Compare(a.Tracker, b.Tracker), strings.Compare(a.Why, b.Why))
	})
	return out
}
