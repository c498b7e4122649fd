package brief

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"strata/internal/markup"
	"strata/internal/refine"
	"strata/internal/work"
)

// How much of each part an epic's brief shows; the rest is counted.
const (
	mostEpicRows      = 8
	mostEpicTakeaways = 3
	mostEpicEdges     = 4
	mostEntries       = 2 // of a section
)

// Epics returns the open epics that should bear a brief, by ref.
func (w *Writer) Epics() []work.Ref {
	var refs []work.Ref
	for it := range w.all() {
		if it.Layer() == work.CrossTeam && w.wantsBrief(it) {
			refs = append(refs, it.Ref)
		}
	}
	return refs
}

// wantsBrief says whether an epic has something to be briefed about: work that
// comes up, takeaways, or a flag. What is said on the product's own items belongs
// to the session and the review.
func (w *Writer) wantsBrief(it *work.Item) bool {
	if it == nil || it.Layer() != work.CrossTeam || !it.State.Open() || it.Outside || it.Stub {
		return false
	}
	own := it.Ref == w.in.Home || it.Ref == w.in.ReviewHome
	return len(w.takeaway[it.Ref]) > 0 && !own || w.flagged(it.Ref) || slices.ContainsFunc(w.children(it.Ref), w.upcoming)
}

// Epic writes the brief of an epic, which stands before the flags in the epic's
// one comment: what it serves, which teams take what in which Sprint and how that
// stands, what is expected of it, what people took away from the cross-team
// refinement, and the open dependencies between teams.
func (w *Writer) Epic(epic work.Ref) Document {
	it := w.item(epic)
	if !w.wantsBrief(it) {
		return Document{}
	}
	p := w.page(epic, "brief")
	p.touch(it)
	p.goal(p.serves(it)...)
	children := w.children(epic)
	p.upcomingWork(children)
	p.expectations(it)
	var takeaways markup.List
	for _, s := range w.takeaway[epic] { // all are kept, the newest first
		p.factSaid("takeaway", s)
		takeaways = append(takeaways, p.said(s))
	}
	p.part("Takeaways", takeaways, mostEpicTakeaways)
	p.openEdges(it, children)
	return p.finish()
}

// serves writes the objectives that the epic serves, if any.
func (p *page) serves(it *work.Item) []markup.Paragraph {
	names := p.objectives(it)
	if len(names) == 0 {
		return nil
	}
	words := make([]string, len(names))
	for i, name := range names {
		p.fact("objective", name)
		words[i] = markup.Shorten(name, longName)
	}
	return []markup.Paragraph{entry("Objective", refine.Say("%v", and(words)))}
}

// slot is a team's work in one Sprint.
type slot struct {
	team         work.TeamID
	place        int
	items, ready int
	judged       bool // the checks were asked about one of them
	worst        refine.Health
	edges        bool
}

// upcomingWork adds the table of teams and their items by Sprint.
func (p *page) upcomingWork(children []*work.Item) {
	slots := map[[2]string]*slot{}
	later, unplanned := 0, 0
	for _, it := range children {
		p.touch(it)
		if !it.State.Open() {
			continue
		}
		at := p.place(it)
		switch {
		case !p.upcoming(it) && at == nowhere:
			unplanned++
			continue
		case !p.upcoming(it) || at < max(p.current, 0):
			later++
			continue
		}
		team := it.Team()
		id := [2]string{string(team), strconv.Itoa(at)}
		s := slots[id]
		if s == nil {
			s = &slot{team: team, place: at}
			slots[id] = s
		}
		s.take(p, it)
	}
	rows := make([]*slot, 0, len(slots))
	for _, s := range slots {
		rows = append(rows, s)
	}
	slices.SortFunc(rows, func(a, b *slot) int {
		return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(p.order(a.team), p.order(b.team)), cmp.Compare(a.team, b.team))
	})
	t := markup.Table{{text("Sprint"), text("Team"), text("Items"), text("Ready"), text("Waiting for other teams")}}
	for _, s := range rows {
		p.fact("row", s.place, string(s.team), s.items, s.readiness(), s.health())
		t = append(t, []markup.Paragraph{
			text(p.sprintName(s.place)), text(teamName(s.team)), text(strconv.Itoa(s.items)), text(s.readiness()), text(s.health()),
		})
	}
	p.table(t, mostEpicRows)
	if rest := beyond(later, unplanned); rest != "" {
		p.fact("beyond", later, unplanned)
		p.add(markup.Small{markup.Text(rest)})
	}
}

// beyond says what a table of the next Sprints leaves out.
func beyond(later, unplanned int) string {
	switch {
	case later > 0 && unplanned > 0:
		return fmt.Sprintf("Beyond these Sprints: %s. Not planned: %d.", some(later, "item"), unplanned)
	case later > 0:
		return fmt.Sprintf("Beyond these Sprints: %s.", some(later, "item"))
	case unplanned > 0:
		return fmt.Sprintf("Not planned yet: %s.", some(unplanned, "item"))
	}
	return ""
}

func (s *slot) take(p *page, it *work.Item) {
	s.items++
	s.judged = s.judged || p.ready[it.Ref] != nil
	if p.isReady(it) {
		s.ready++
	}
	for _, d := range p.edges[it.Ref] {
		if d.Waiting != it.Ref || !crossTeam(d) || textOnly(d) {
			continue
		}
		if !s.edges || grade(d.Health) > grade(s.worst) {
			s.worst, s.edges = d.Health, true
		}
	}
}

// readiness counts the items that are ready; work in flow is not judged.
func (s *slot) readiness() string {
	if !s.judged {
		return "–"
	}
	return strconv.Itoa(s.ready)
}

func (s *slot) health() string {
	if !s.edges {
		return "nothing"
	}
	if s.worst == refine.Dropped {
		return "a blocker was closed without delivery"
	}
	return healthWords[s.worst]
}

func (w *Writer) isReady(it *work.Item) bool {
	r := w.ready[it.Ref]
	return r != nil && r.Ready
}

// order is a team's place in the config; teams that it does not know come last.
func (w *Writer) order(team work.TeamID) int {
	if i := slices.IndexFunc(w.in.Snapshot.Teams, func(t work.Team) bool { return t.ID == team }); i >= 0 {
		return i
	}
	return len(w.in.Snapshot.Teams)
}

func text(s string) markup.Paragraph { return markup.Paragraph{markup.Text(s)} }

// expected are the sections that say what an epic has to bring, with the check
// that says when one is missing.
var expected = []struct {
	section work.SectionName
	check   refine.CheckID
	title   string
}{
	{work.KeyOutcomes, "X3", "Key outcomes"},
	{work.Deliverables, "X4", "Deliverables"},
	{work.AcceptanceCriteria, "X6", "Acceptance criteria"},
	{work.QualityStandards, "X5", "Quality standards"},
}

// expectations quotes what is expected, says what is required and missing, and what else the
// cross-team refinement has not settled yet.
func (p *page) expectations(it *work.Item) {
	var list markup.List
	said := map[refine.CheckID]bool{}
	r := p.ready[it.Ref]
	for _, e := range expected {
		section, written := it.Sections[e.section]
		written = written && (len(section.Entries) > 0 || section.Prose != "")
		failed := r != nil && r.Checks[e.check] == refine.Fail && p.in.Policy.Profile(r.Team).Requires(e.check)
		switch {
		case written && section.ToBeDone:
			p.fact("expectation", string(e.section), "to be done")
			list = append(list, entry(e.title, text("still to be written")))
		case written:
			p.fact("expectation", string(e.section), fmt.Sprint(section.Entries), section.Prose)
			list = append(list, entry(e.title, quote(section)))
		case failed:
			p.fact("expectation", string(e.section), "missing")
			list = append(list, entry(e.title, text("missing")))
		default:
			continue
		}
		said[e.check] = true
	}
	var open []refine.CheckID
	for _, id := range p.failed(r) {
		p.fact("fails", string(id))
		if !said[id] {
			open = append(open, id)
		}
	}
	if len(open) > 0 {
		list = append(list, entry("Not settled yet", text(lacks(open))))
	}
	p.part("Expectations", list, len(expected)+1)
}

// quote writes the first entries of a section.
func quote(s work.Section) markup.Paragraph {
	entries := s.Entries
	if len(entries) == 0 {
		entries = []string{s.Prose}
	}
	line := ""
	for i, e := range entries[:min(len(entries), mostEntries)] {
		if i > 0 {
			line += " · "
		}
		line += quoted(e, longQuote)
	}
	if more := len(entries) - mostEntries; more > 0 {
		line += fmt.Sprintf(" and %d more", more)
	}
	return text(line)
}

// openEdges adds the open dependencies between teams of the epic and its items.
func (p *page) openEdges(it *work.Item, children []*work.Item) {
	var edges []*refine.Dependency
	for _, one := range append([]*work.Item{it}, children...) {
		for _, d := range p.edges[one.Ref] {
			if crossTeam(d) && !textOnly(d) && !slices.Contains(edges, d) {
				edges = append(edges, d)
			}
		}
	}
	slices.SortFunc(edges, p.urgency)
	var list markup.List
	for _, d := range edges {
		p.factEdge("dependency", d)
		list = append(list, refine.Say("%v: %v", p.waits(d), p.stands(d)))
	}
	p.part("Open dependencies between teams", list, mostEpicEdges)
}
