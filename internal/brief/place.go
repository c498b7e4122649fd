package brief

import (
	"cmp"

	"strata/internal/work"
)

// nowhere is the place of what is not planned.
const nowhere = -1

// place returns the place in the product's calendar of the Sprint in which an
// open item is: of its open boxes the active one, else the next; else by its
// dates. What has begun without a plan is at the current place.
func (w *Writer) place(it *work.Item) int {
	if it == nil || !it.State.Open() {
		return nowhere
	}
	var best *work.Sprint
	for _, id := range it.Sprints {
		box := w.boxes[id]
		if box == nil || box.State == work.SprintClosed || box.Seq < 0 {
			continue
		}
		if best == nil || boxOrder(box, best) < 0 {
			best = box
		}
	}
	at := nowhere
	if best != nil {
		at = best.Seq
	} else if from := (work.Window{Start: it.Start, End: it.Due}).From(); from != 0 {
		at = w.at(from)
		if it.Due != 0 && it.Due >= w.in.Today {
			at = max(at, min(w.current, w.at(it.Due)))
		}
	}
	if it.State == work.StateDoing || best != nil && best.State == work.SprintActive {
		at = max(at, w.current)
	}
	return at
}

func boxOrder(a, b *work.Sprint) int {
	return cmp.Or(
		cmp.Compare(inactive(a), inactive(b)),
		cmp.Compare(a.Window.Start, b.Window.Start),
		cmp.Compare(a.ID, b.ID),
	)
}

func inactive(s *work.Sprint) int {
	if s.State == work.SprintActive {
		return 0
	}
	return 1
}

// at returns the place of the last Sprint that has begun by a day.
func (w *Writer) at(day work.Day) int {
	at := nowhere
	for i := range w.sprints {
		if w.sprints[i].Window.Start <= day {
			at = i
		}
	}
	return at
}

// upcoming says whether an item comes up within the lookahead.
func (w *Writer) upcoming(it *work.Item) bool {
	if it == nil || !it.State.Open() {
		return false
	}
	if w.ready[it.Ref] != nil {
		return true
	}
	at := w.place(it)
	return at != nowhere && at >= w.current && at <= w.horizon()
}

// horizon is the last place that is looked at.
func (w *Writer) horizon() int { return max(w.current, 0) + w.in.Policy.Lookahead }

// columns are the places of the Sprints that are spoken of.
func (w *Writer) columns() []int {
	var places []int
	for i := max(w.current, 0); i < len(w.sprints) && i <= w.horizon(); i++ {
		places = append(places, i)
	}
	return places
}

// SprintOf returns the Sprint of which people speak on a day when they say how it
// went: the one that ends nearest to it. Its id is the period of its review.
// False when the product has no Sprints.
func (w *Writer) SprintOf(day work.Day) (work.SprintID, bool) {
	if i := w.nearest(day); i != nowhere {
		return w.sprints[i].ID, true
	}
	return "", false
}

func (w *Writer) nearest(day work.Day) int {
	best := nowhere
	for i := range w.sprints {
		if best == nowhere || distance(w.sprints[i].Window.End, day) < distance(w.sprints[best].Window.End, day) {
			best = i
		}
	}
	return best
}

func distance(a, b work.Day) work.Day {
	if a < b {
		return b - a
	}
	return a - b
}

// recent says whether something was said since the last cross-team refinement,
// or since the last Sprint began where that is not known.
func (w *Writer) recent(s Said) bool {
	since := w.in.Session
	if since == 0 && len(w.sprints) > 0 {
		since = w.sprints[max(w.current-1, 0)].Window.Start
	}
	return w.day(s.At) >= since
}
