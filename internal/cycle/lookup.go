package cycle

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"strata/internal/facts"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/work"
)

// unread names the scopes whose last reading failed, with the reason.
func (r *Report) unread() map[string]string {
	unread := map[string]string{}
	for _, s := range r.Scopes {
		if s.Err != nil {
			unread[s.Scope] = s.Err.Error()
		}
	}
	return unread
}

// doubtOutside marks the blockers outside the scopes that should have been read
// again and were not: what is known of them may be of any age.
func (r *Report) doubtOutside() {
	if len(r.Outside) == 0 {
		return
	}
	for i := range r.Snapshot.Items {
		if it := &r.Snapshot.Items[i]; it.Outside && r.Outside[it.Ref.Tracker] != nil {
			it.Unread = true
		}
	}
}

// item finds an item of the snapshot.
func (r *Report) item(ref work.Ref) *work.Item {
	if r.Graph == nil {
		return nil
	}
	n, ok := r.Graph.Find(ref)
	if !ok {
		return nil
	}
	return r.Graph.Item(n)
}

// Item finds an item of the snapshot, nil when there is none.
func (r *Report) Item(ref work.Ref) *work.Item { return r.item(ref) }

// updated is when an item last changed, zero when it is not known.
func (r *Report) updated(ref work.Ref) time.Time {
	if it := r.item(ref); it != nil {
		return it.Updated
	}
	return zero
}

// fits says that a dependency's dates are known and in order.
func (r *Report) fits(edge facts.Edge) bool {
	return slices.ContainsFunc(r.Assessment.Dependencies, func(d refine.Dependency) bool {
		return d.Waiting == edge.Waiting && d.Blocker == edge.Blocker && d.Health == refine.Healthy
	})
}

// blockers are the items that an item waits for, by ref.
func (r *Report) blockers(ref work.Ref) []*work.Item {
	n, ok := r.Graph.Find(ref)
	if !ok {
		return nil
	}
	var all []*work.Item
	for _, e := range r.Graph.Waits(n) {
		all = append(all, r.Graph.Item(e.Blocker))
	}
	return all
}

// planned says that an item has dates or is in a Sprint that is not over.
func (r *Report) planned(it *work.Item) bool {
	if it.Start != 0 || it.Due != 0 || it.NeededBy != 0 {
		return true
	}
	for _, id := range it.Sprints {
		if s, ok := r.sprints[id]; ok && s.State != work.SprintClosed {
			return true
		}
	}
	return false
}

// farthest is the horizon of work that is in no Sprint.
const farthest = 99

// horizon is how many Sprints away an item's work is, for what is written first.
func (r *Report) horizon(ref work.Ref) int {
	it := r.item(ref)
	if it == nil {
		return farthest
	}
	nearest := farthest
	for _, id := range it.Sprints {
		if s, ok := r.sprints[id]; ok && s.State != work.SprintClosed && s.Seq >= 0 {
			nearest = min(nearest, max(0, s.Seq-r.current))
		}
	}
	return nearest
}

// index prepares the lookups once a snapshot is taken.
func (r *Report) index(today work.Day) {
	r.sprints = make(map[work.SprintID]*work.Sprint, len(r.Snapshot.Sprints))
	r.current = -1
	for i := range r.Snapshot.Sprints {
		s := &r.Snapshot.Sprints[i]
		r.sprints[s.ID] = s
		if s.Board == "" && s.Window.Start <= today && s.Seq > r.current {
			r.current = s.Seq
		}
	}
}

func ruleIDs(rules []refine.Rule) []refine.RuleID {
	ids := make([]refine.RuleID, len(rules))
	for i := range rules {
		ids[i] = rules[i].ID
	}
	return ids
}

func heldText(holds []plan.Hold) string {
	parts := make([]string, len(holds))
	for i, h := range holds {
		parts[i] = fmt.Sprintf("%s=%d", h.Reason, h.Actions)
	}
	return strings.Join(parts, " ")
}

// today is the day of a cycle where the product works.
func (p *Product) today(r *Report) work.Day {
	return work.DayOf(r.Taken, p.view.Calendar().Zone())
}
