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

// notDone is what was in the Sprint and is not delivered, and why, those that
// wait for others first.
func (p *review) notDone() {
	type row struct {
		it   *work.Item
		why  markup.Paragraph
		rank int
	}
	var rows []row
	for it := range p.all() {
		if !counts(it) || it.State == work.StateDelivered && !p.late(it) || !p.was(it, p.at) {
			continue
		}
		if it.State == work.StateDropped && !p.period(p.at, p.day(it.Resolved)) {
			continue
		}
		why, rank := p.why(it)
		p.fact("not_done", it.Ref, string(it.State), it.Blocked, rank, p.place(it))
		rows = append(rows, row{it, why, rank})
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(a.rank, b.rank), a.it.Ref.Compare(b.it.Ref)) })
	var list markup.List
	for _, r := range rows {
		list = append(list, refine.Say("%v: %v%v", p.named(r.it), r.why, p.goesTo(r.it)))
	}
	title := "Not done, and why"
	if !p.ended {
		title = "Still open"
	}
	p.part(title, list, mostNotDone)
}

// late says whether an item was delivered when the Sprint was over.
func (p *review) late(it *work.Item) bool {
	next := p.at + 1
	return next < len(p.sprints) && p.day(it.Resolved) >= p.sprints[next].Window.Start
}

// why says what keeps an item from being done, as far as it can be read.
func (p *review) why(it *work.Item) (markup.Paragraph, int) {
	var edges []*refine.Dependency
	for _, d := range p.edges[it.Ref] {
		if d.Waiting == it.Ref && !textOnly(d) {
			edges = append(edges, d)
		}
	}
	slices.SortFunc(edges, p.urgency)
	switch {
	case it.State == work.StateDropped:
		return text("closed without delivery"), 4
	case it.State == work.StateDelivered:
		return text("delivered since, on " + p.day(it.Resolved).Short(p.in.Today)), 5
	case len(edges) > 0:
		p.factEdge("waits", edges[0])
		return refine.Say("waits for %v", p.side(edges[0].Blocker, edges[0].BlockingTeam)), 0
	case it.Blocked:
		return text("marked as blocked"), 1
	case it.State == work.StateDoing:
		return text("in progress"), 2
	}
	return text("not started"), 3
}

// goesTo says where an item went when its Sprint was over.
func (p *review) goesTo(it *work.Item) string {
	switch at := p.place(it); {
	case !p.ended || !it.State.Open() || at == p.at:
		return ""
	case at == nowhere:
		return "; back in the backlog"
	case at > p.at:
		return "; now in " + p.sprintName(at)
	}
	return ""
}

// moved says how the dependencies between teams moved.
func (p *review) moved() {
	resolved, before := p.resolved(p.at), p.resolved(p.at-1)
	var open []*refine.Dependency
	for _, d := range p.dependencies() {
		if crossTeam(d) && !textOnly(d) && p.upcoming(p.item(d.Waiting)) {
			open = append(open, d)
			p.fact("open", d.Waiting, d.Blocker, string(d.Health))
		}
	}
	if len(resolved)+len(open) == 0 {
		return
	}
	line := fmt.Sprintf("%d resolved", len(resolved))
	if len(before) > 0 {
		line += fmt.Sprintf(" (%s: %d)", p.sprintName(p.at-1), len(before))
	}
	for _, it := range resolved {
		p.fact("resolved", it.Ref)
	}
	p.fact("resolved_before", len(before))
	head := refine.Say("%v, %v open", line, strconv.Itoa(len(open)))
	if len(resolved) > 0 {
		head = refine.Say("%v. Delivered for others: %v", head, keys(resolved, mostDelivered))
	}
	p.add(entry("Dependencies between teams", head))
	p.part("New and critical", p.critical(), mostCritical)
	p.part("What holds up most", p.bottlenecks(), mostBottlenecks)
}

// resolved are the blockers of other teams' items that were delivered in a Sprint, by ref.
func (p *review) resolved(at int) (found []*work.Item) {
	items, epics := p.delivered(at)
	for _, it := range append(items, epics...) {
		n, _ := p.in.Graph.Find(it.Ref)
		for _, id := range p.in.Graph.Blocks(n) {
			e := &p.in.Graph.Edges()[id]
			w := p.in.Graph.Item(e.Waiting)
			if !e.TextOnly() && (w.Team() != it.Team() || it.Team() == "") {
				found = append(found, it)
				break
			}
		}
	}
	slices.SortFunc(found, func(a, b *work.Item) int { return a.Ref.Compare(b.Ref) })
	return found
}

// critical are the critical findings between teams that first held in this Sprint.
func (p *review) critical() (list markup.List) {
	var edges []*refine.Dependency
	for _, d := range p.dependencies() {
		f := p.shown[[2]work.Ref{d.Waiting, d.Blocker}]
		if f != nil && f.Severity == refine.Critical && crossTeam(d) && p.period(p.at, p.day(f.Since)) {
			edges = append(edges, d)
		}
	}
	slices.SortFunc(edges, p.urgency)
	for _, d := range edges {
		p.factEdge("critical", d)
		list = append(list, refine.Say("%v: %v", p.waits(d), p.stands(d)))
	}
	return list
}

// comingNext adds how much each team has in the two Sprints that follow.
func (p *review) comingNext() {
	var columns []int
	for at := p.at + 1; at < len(p.sprints) && at <= p.at+2; at++ {
		columns = append(columns, at)
	}
	count := map[work.TeamID][]int{}
	for it := range p.all() {
		column := p.place(it) - p.at - 1
		if !counts(it) || column < 0 || column >= len(columns) {
			continue
		}
		if count[it.Team()] == nil {
			count[it.Team()] = make([]int, len(columns))
		}
		count[it.Team()][column]++
	}
	said := len(p.doc.Fingerprint)
	p.counted("Coming next", columns, count)
	if p.ended {
		// The plan of the next Sprints changes every day; the review of the last one
		// must not be edited each time.
		p.doc.Fingerprint = p.doc.Fingerprint[:said]
	}
}
