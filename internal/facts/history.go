package facts

import (
	"slices"
	"time"

	"strata/internal/work"
)

// Changes reads an item's past in the product's words: what its plan and its
// state went through, the oldest first. Sprints are those of a snapshot; a plan
// that changes after its Sprint had ended was carried over.
func (p *Product) Changes(past work.Past, sprints map[work.SprintID]*work.Sprint) []Change {
	m, project := p.tracker(past.Ref.Tracker), ""
	if held := p.items[past.Ref]; held != nil {
		project = held.item.Project
	}
	steps := slices.Clone(past.Steps)
	slices.SortStableFunc(steps, func(a, b work.Step) int { return a.At.Compare(b.At) })
	var found []Change
	for i := range steps {
		s := &steps[i]
		c := Change{At: s.At, Observed: s.Observed}
		switch s.Of {
		case work.StatusStep:
			c.Kind = m.turn(project, s)
		case work.SprintStep:
			p.replanned(&c, s, sprints)
		case work.DueStep:
			c.FromDay, _ = work.ParseDay(s.FromDay) // a day that cannot be read is no plan
			c.ToDay, _ = work.ParseDay(s.ToDay)
			c.Kind = moved(c.FromDay != 0, c.ToDay != 0, c.FromDay != c.ToDay)
		case work.CriteriaStep:
			c.Kind = Criteria
		case work.BlockedStep:
			c.Kind = Marked
		}
		if c.Kind != "" {
			found = append(found, c)
		}
	}
	return found
}

// turn says what a change of status means: begun, ended, taken up again.
func (m *mapping) turn(project string, s *work.Step) ChangeKind {
	from, to := m.stage(project, s.From), m.stage(project, s.To)
	switch {
	case from == to:
		return ""
	case to == work.CategoryDone:
		return Finished
	case from == work.CategoryDone:
		return Reopened
	case to == work.CategoryDoing:
		return Started
	}
	return Stopped
}

// stage is how far a status is; what the config calls doing is, whatever its category.
func (m *mapping) stage(project string, s work.Status) work.Category {
	switch {
	case s.Category == work.CategoryDone:
		return work.CategoryDone
	case s.Category == work.CategoryDoing, m.begun(&work.Record{Status: s, Project: project}):
		return work.CategoryDoing
	}
	return work.CategoryNew
}

// replanned reads a change of Sprint: the one it was in last before, and the one it is in after.
func (p *Product) replanned(c *Change, s *work.Step, sprints map[work.SprintID]*work.Sprint) {
	last := func(ids []work.SprintID) (work.SprintID, work.Day) {
		var id work.SprintID
		var end work.Day
		for _, next := range ids {
			if box := sprints[next]; box != nil && (id == "" || box.Window.End >= end) {
				id, end = next, box.Window.End
			}
		}
		return id, end
	}
	c.From, c.FromDay = last(s.FromSprints)
	c.To, c.ToDay = last(s.ToSprints)
	c.Kind = moved(c.From != "", c.To != "", c.From != c.To)
	if box := sprints[c.From]; c.Kind == Moved && box != nil && c.ToDay > c.FromDay &&
		(box.State == work.SprintClosed && work.DayOf(s.At, p.calendar.Zone()) >= c.FromDay) {
		c.Kind = Carried
	}
}

func moved(had, has, differs bool) ChangeKind {
	switch {
	case !had && has:
		return Planned
	case had && !has:
		return Unplanned
	case had && differs:
		return Moved
	}
	return ""
}

// Observe compares two readings of an item, the earlier first, and returns what
// happened in between. The moment is the item's own last change, else now: a
// tracker's board may change without the item's change.
func Observe(before, after *work.Record, now time.Time) (steps []work.Step) {
	at := after.Updated
	if at.IsZero() || !at.After(before.Updated) || at.After(now) {
		at = now
	}
	add := func(s work.Step) {
		s.At, s.Observed = at, true
		steps = append(steps, s)
	}
	if before.Status.ID != after.Status.ID || before.Status.Category != after.Status.Category {
		add(work.Step{Of: work.StatusStep, From: before.Status, To: after.Status})
	}
	if !slices.Equal(before.Sprints, after.Sprints) {
		add(work.Step{Of: work.SprintStep, FromSprints: before.Sprints, ToSprints: after.Sprints})
	}
	if after.Blocked && !before.Blocked {
		add(work.Step{Of: work.BlockedStep})
	}
	if before.Due != after.Due {
		add(work.Step{Of: work.DueStep, FromDay: before.Due, ToDay: after.Due})
	}
	return steps
}

// OtherCriteria says whether a record's acceptance criteria are other than those
// of the item that the product holds. An item that it does not hold has none.
func (p *Product) OtherCriteria(r *work.Record) bool {
	held := p.items[r.Ref]
	if held == nil {
		return false
	}
	was, is := held.item.Sections[work.AcceptanceCriteria], p.mapRecord(r).item.Sections[work.AcceptanceCriteria]
	return !slices.Equal(was.Entries, is.Entries) || was.Prose != is.Prose
}
