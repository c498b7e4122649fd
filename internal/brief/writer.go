package brief

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"time"

	"strata/internal/comment"
	"strata/internal/graph"
	"strata/internal/refine"
	"strata/internal/work"
)

// Writer writes the documents of one product. It is made once a cycle, reads its
// input and never changes it; its methods may be called in any order.
type Writer struct {
	in       Input
	sprints  []work.Sprint // the product's own, by their place in the calendar
	boxes    map[work.SprintID]*work.Sprint
	current  int // place of the Sprint that runs or ran last; -1 before the first
	teams    map[work.TeamID]*work.Team
	ready    map[work.Ref]*refine.Readiness
	edges    map[work.Ref][]*refine.Dependency // open ones, by either end
	shown    map[[2]work.Ref]*refine.Finding   // by waiting, blocker
	findings map[work.Ref][]refine.Finding     // by the item they stand on
	takeaway map[work.Ref][]Said               // by the item, newest first
	fills    map[work.SprintID]work.TeamID     // the team that owns all items of a box; "" for several
	unread   map[work.TeamID]bool              // teams of which an item could not be read
}

// New prepares the documents of a product.
func New(in Input) *Writer {
	w := &Writer{
		in: in, boxes: map[work.SprintID]*work.Sprint{}, current: -1, teams: map[work.TeamID]*work.Team{},
		ready: make(map[work.Ref]*refine.Readiness, len(in.Assessment.Readiness)), edges: map[work.Ref][]*refine.Dependency{},
		shown: map[[2]work.Ref]*refine.Finding{}, findings: map[work.Ref][]refine.Finding{}, takeaway: map[work.Ref][]Said{}, fills: map[work.SprintID]work.TeamID{}, unread: map[work.TeamID]bool{},
	}
	for i := range in.Snapshot.Sprints {
		s := &in.Snapshot.Sprints[i]
		w.boxes[s.ID] = s
		if ofProduct(s) {
			w.sprints = append(w.sprints, *s)
		}
	}
	slices.SortStableFunc(w.sprints, func(a, b work.Sprint) int { return cmp.Compare(a.Seq, b.Seq) })
	for i := range w.sprints {
		if w.sprints[i].Window.Start <= in.Today {
			w.current = i
		}
	}
	for i := range in.Snapshot.Teams {
		w.teams[in.Snapshot.Teams[i].ID] = &in.Snapshot.Teams[i]
	}
	for i := range in.Assessment.Readiness {
		w.ready[in.Assessment.Readiness[i].Item] = &in.Assessment.Readiness[i]
	}
	for i := range in.Assessment.Dependencies {
		d := &in.Assessment.Dependencies[i]
		w.edges[d.Waiting] = append(w.edges[d.Waiting], d)
		if d.Blocker != d.Waiting {
			w.edges[d.Blocker] = append(w.edges[d.Blocker], d)
		}
	}
	for i := range in.Assessment.Findings {
		f := &in.Assessment.Findings[i]
		w.findings[f.Item] = append(w.findings[f.Item], *f)
		if f.Shown {
			w.shown[[2]work.Ref{f.Waiting, f.Blocker}] = f
		}
	}
	for _, s := range slices.Backward(in.Heard.Takeaways) {
		w.takeaway[s.Item] = append(w.takeaway[s.Item], s)
	}
	for it := range w.all() {
		w.fill(it)
		for _, team := range it.Teams {
			w.unread[team] = w.unread[team] || it.Unread
		}
	}
	return w
}

// fill notes whose items a box holds.
func (w *Writer) fill(it *work.Item) {
	team := it.Team()
	if team == "" || !counts(it) {
		return
	}
	for _, box := range it.Sprints {
		if known, ok := w.fills[box]; !ok {
			w.fills[box] = team
		} else if known != team {
			w.fills[box] = ""
		}
	}
}

// ofProduct says whether a Sprint is one of the product's calendar.
func ofProduct(s *work.Sprint) bool { return s.Seq >= 0 && strings.HasPrefix(string(s.ID), "product:") }

// all lists the items by ref.
func (w *Writer) all() iter.Seq[*work.Item] {
	return func(yield func(*work.Item) bool) {
		for n := range graph.Node(w.in.Graph.Len()) {
			if !yield(w.in.Graph.Item(n)) {
				return
			}
		}
	}
}

func (w *Writer) item(ref work.Ref) *work.Item {
	if n, ok := w.in.Graph.Find(ref); ok {
		return w.in.Graph.Item(n)
	}
	return nil
}

// children returns the items under an epic that are refined by teams, through
// epics in between, by ref.
func (w *Writer) children(ref work.Ref) (found []*work.Item) {
	seen := map[work.Ref]bool{ref: true}
	var walk func(work.Ref, int)
	walk = func(up work.Ref, depth int) {
		n, ok := w.in.Graph.Find(up)
		if !ok || depth > 8 {
			return
		}
		for _, c := range w.in.Graph.Children(n) {
			it := w.in.Graph.Item(c)
			if seen[it.Ref] {
				continue
			}
			seen[it.Ref] = true
			if it.Layer() == work.CrossTeam {
				walk(it.Ref, depth+1)
			} else if counts(it) {
				found = append(found, it)
			}
		}
	}
	walk(ref, 0)
	slices.SortFunc(found, func(a, b *work.Item) int { return a.Ref.Compare(b.Ref) })
	return found
}

// counts says whether an item is work of a team of this product: sub-tasks are
// their parents' matter, and items outside the scopes are others'.
func counts(it *work.Item) bool {
	return it.Layer() == work.TeamLayer && it.Kind != work.Subtask && !it.Outside && !it.Stub && it.State != work.StateUnknown
}

// objectives returns what an item serves: by itself, else by the nearest item
// above it that serves something.
func (w *Writer) objectives(it *work.Item) []string {
	if w.in.Serves == nil {
		return nil
	}
	for range 8 {
		if served := w.in.Serves(it.Ref); len(served) > 0 {
			return served
		}
		up := w.item(it.Parent)
		if up == nil {
			return nil
		}
		it = up
	}
	return nil
}

// crossTeam says whether two teams must agree on a dependency, or one is not known.
func crossTeam(d *refine.Dependency) bool {
	return d.WaitingTeam != d.BlockingTeam || d.WaitingTeam == ""
}

// textOnly says that nothing but a mention tells of a dependency: it is a question.
func textOnly(d *refine.Dependency) bool {
	return !slices.ContainsFunc(d.Origins, func(o work.Origin) bool { return o != work.Text })
}

// asks says whether a dependency is to be agreed on now: the waiting item comes
// up, two teams take part, and the plan does not work out as it stands.
func (w *Writer) asks(d *refine.Dependency) bool {
	if !crossTeam(d) || textOnly(d) {
		return false
	}
	switch d.Health {
	case refine.OffTrack, refine.AtRisk, refine.Dropped:
		return w.upcoming(w.item(d.Waiting))
	}
	return false
}

// agree lists the dependencies to agree on among some, the most urgent first.
func (w *Writer) agree(from []*refine.Dependency) []*refine.Dependency {
	var found []*refine.Dependency
	for _, d := range from {
		if w.asks(d) {
			found = append(found, d)
		}
	}
	slices.SortFunc(found, w.urgency)
	return slices.Compact(found)
}

func (w *Writer) dependencies() []*refine.Dependency {
	all := make([]*refine.Dependency, len(w.in.Assessment.Dependencies))
	for i := range all {
		all[i] = &w.in.Assessment.Dependencies[i]
	}
	return all
}

// urgency orders dependencies: the worst first, then the Sprint of the waiting
// item, then the refs.
func (w *Writer) urgency(a, b *refine.Dependency) int {
	return cmp.Or(
		cmp.Compare(grade(b.Health), grade(a.Health)),
		cmp.Compare(w.place(w.item(a.Waiting)), w.place(w.item(b.Waiting))),
		a.Waiting.Compare(b.Waiting), a.Blocker.Compare(b.Blocker),
	)
}

// grade orders healths, the worst last.
func grade(h refine.Health) int {
	return slices.Index([]refine.Health{refine.Done, refine.Healthy, refine.HealthUnknown, refine.AtRisk, refine.Dropped, refine.OffTrack}, h)
}

// flagged says whether a flag stands on the item.
func (w *Writer) flagged(ref work.Ref) bool { return len(comment.Speaking(w.findings[ref])) > 0 }

func (w *Writer) day(t time.Time) work.Day { return work.DayOf(t, w.in.Calendar.Zone()) }
