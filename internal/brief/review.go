package brief

import (
	"fmt"
	"slices"
	"strconv"

	"strata/internal/markup"
	"strata/internal/refine"
	"strata/internal/work"
)

// How much of each part a Sprint Review shows; the rest is counted.
const (
	mostValue     = 5
	mostAsked     = 4
	mostNotDone   = 6
	mostCritical  = 3
	mostDelivered = 3 // keys of a line
)

// Review writes the one review of a product's Sprint, on one page: the value
// delivered by objective and not by team, questions to the stakeholders, the
// feedback received, how the Sprint Goals came out, what is not done and why, the
// dependencies, what comes next, and decisions with their owners. While the
// Sprint runs it is a draft of it. A Sprint that the product does not have, or
// that has not begun, has no review.
func (w *Writer) Review(sprint work.SprintID) Document {
	at := slices.IndexFunc(w.sprints, func(s work.Sprint) bool { return s.ID == sprint })
	if at < 0 || at > w.current {
		return Document{}
	}
	home := w.in.ReviewHome
	if home.IsZero() {
		home = w.in.Home
	}
	p := &review{page: w.page(home, "review"), at: at}
	p.doc.Unread = len(w.in.Snapshot.Unread) > 0
	p.ended = w.sprints[at].Window.End < w.in.Today
	p.fact("sprint", string(sprint), p.sprints[at].Window.Start, p.sprints[at].Window.End, p.ended)
	p.add(markup.Paragraph{markup.Strong("Sprint Review"), markup.Text(" · " + w.sprintDates(at) + p.draft())})
	p.goal()

	p.value()
	p.part("Questions to you", p.toStakeholders(), mostAsked)
	p.feedback()
	p.goals()
	p.notDone()
	p.moved()
	p.comingNext()
	p.part("Decisions", p.decisions(), mostDecisions)
	return p.finish()
}

// review is a review while it is written.
type review struct {
	*page
	at    int // place of the Sprint
	ended bool
}

// draft says that the Sprint still runs.
func (p *review) draft() string {
	if p.ended {
		return ""
	}
	return " · draft"
}

// period says whether a day belongs to the Sprint: from its start to the day
// before the next one starts.
func (w *Writer) period(at int, day work.Day) bool {
	if at < 0 || at >= len(w.sprints) || day < w.sprints[at].Window.Start {
		return false
	}
	if at+1 < len(w.sprints) && w.sprints[at+1].Window.Start > w.sprints[at].Window.Start {
		return day < w.sprints[at+1].Window.Start
	}
	return day <= w.sprints[at].Window.End
}

// was says whether an item was in the Sprint: by a box that lies over it, or by
// its dates where it has no box.
func (w *Writer) was(it *work.Item, at int) bool {
	for _, id := range it.Sprints {
		if box := w.boxes[id]; box != nil && box.Seq == at {
			return true
		}
	}
	return len(it.Sprints) == 0 && it.Due != 0 && w.period(at, it.Due)
}

// delivered lists the items delivered in a Sprint, by ref: those of the teams'
// layer, and the epics.
func (w *Writer) delivered(at int) (items, epics []*work.Item) {
	for it := range w.all() {
		if it.State != work.StateDelivered || !w.period(at, w.day(it.Resolved)) {
			continue
		}
		switch {
		case counts(it):
			items = append(items, it)
		case it.Layer() == work.CrossTeam && !it.Outside && !it.Stub:
			epics = append(epics, it)
		}
	}
	return items, epics
}

// value is what was delivered, by objective in the config's order; what serves
// none comes last.
func (p *review) value() {
	items, epics := p.delivered(p.at)
	groups := map[string]*[2][]*work.Item{}
	put := func(it *work.Item, kind int) {
		served := p.objectives(it)
		if len(served) == 0 {
			served = []string{""}
		}
		for _, name := range served[:1] { // each delivery is told once
			if groups[name] == nil {
				groups[name] = &[2][]*work.Item{}
			}
			groups[name][kind] = append(groups[name][kind], it)
		}
		p.fact("delivered", it.Ref, served[0])
	}
	for _, it := range items {
		put(it, 0)
	}
	for _, it := range epics {
		put(it, 1)
	}
	var list markup.List
	for _, name := range append(slices.Clone(p.in.Objectives), "") {
		g := groups[name]
		if g == nil {
			continue
		}
		title := markup.Shorten(name, longName)
		if name == "" {
			title = "Other work"
		}
		list = append(list, entry(title, p.valueLine(g[0], g[1])))
	}
	if len(list) == 0 {
		p.add(entry("Delivered", text("nothing yet")))
		return
	}
	p.part("Delivered"+p.trend(len(items)), list, mostValue)
}

// valueLine names the epics that are complete, else the items.
func (p *review) valueLine(items, epics []*work.Item) markup.Paragraph {
	var line markup.Paragraph
	for i, it := range epics[:min(len(epics), mostDelivered)] {
		if i > 0 {
			line = refine.Say("%v, ", line)
		}
		line = append(line, p.named(it)...)
	}
	switch {
	case len(epics) > mostDelivered:
		line = refine.Say("%v and %v more complete", line, strconv.Itoa(len(epics)-mostDelivered))
	case len(epics) > 0:
		line = refine.Say("%v complete", line)
	}
	if len(items) == 0 {
		return line
	}
	if len(epics) > 0 {
		return refine.Say("%v; %v", line, some(len(items), "item"))
	}
	shown := items[:min(len(items), mostDelivered)]
	for i, it := range shown {
		if i > 0 {
			line = refine.Say("%v, ", line)
		}
		line = append(line, p.named(it)...)
	}
	if more := len(items) - len(shown); more > 0 {
		line = refine.Say("%v and %v", line, some(more, "more item"))
	}
	return line
}

// trend compares with the Sprint before, where anything is known of it.
func (p *review) trend(items int) string {
	before, _ := p.delivered(p.at - 1)
	now := " · " + some(items, "item")
	if len(before) == 0 {
		return now
	}
	p.fact("delivered_before", len(before))
	return now + fmt.Sprintf(" (%s: %d)", p.sprintName(p.at-1), len(before))
}
