package brief

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"strata/internal/markup"
	"strata/internal/refine"
	"strata/internal/work"
)

// How much of each part the product brief shows; the rest is counted.
const (
	mostObjectives  = 8
	mostOffTrack    = 5
	mostBottlenecks = 3
	mostDecisions   = 5
)

// Product writes the brief of a product for those who look after its vision:
// the Product Goal and how the objectives stand, epics that start soon and are
// not ready, dependencies between teams that are off track, what holds up most,
// decisions with their owners, and the sessions that ask for the Product Owner.
// What a team can settle itself does not appear.
func (w *Writer) Product() Document {
	p := w.page(w.in.Home, "product brief")
	p.doc.Unread = len(w.in.Snapshot.Unread) > 0
	p.add(markup.Paragraph{markup.Strong("Product brief")})
	p.goal()
	p.part("Objectives", p.objectiveStates(), mostObjectives)
	p.part("Start soon and are not ready", p.unreadyEpics(soonWords()), mostEpics)
	p.part("Off track between teams", p.offTrack(), mostOffTrack)
	p.part("What holds up most", p.bottlenecks(), mostBottlenecks)
	p.part("Teams that most wait for", p.waitedFor(), mostOfRules)
	p.part("Decisions", p.decisions(), mostDecisions)
	p.part("Rules that people call wrong", p.demoted(), mostOfRules)
	p.openFeedback()
	p.sessions()
	return p.finish()
}

// objectiveStates says of each objective how much of it is delivered and open.
func (p *page) objectiveStates() (list markup.List) {
	type state struct{ delivered, open int }
	states := map[string]*state{}
	for _, name := range p.in.Objectives {
		states[name] = &state{}
	}
	for it := range p.all() {
		if len(states) == 0 || !counts(it) || it.State == work.StateDropped {
			continue
		}
		for _, name := range p.objectives(it) {
			switch s := states[name]; {
			case s == nil:
			case it.State == work.StateDelivered:
				s.delivered++
			default:
				s.open++
			}
		}
	}
	for _, name := range p.in.Objectives {
		s := states[name]
		p.fact("objective", name, s.delivered, s.open)
		words := fmt.Sprintf("%s delivered, %d open", some(s.delivered, "item"), s.open)
		switch {
		case s.delivered+s.open == 0:
			words = "no items yet"
		case s.open == 0:
			words = "all " + some(s.delivered, "item") + " delivered"
		case s.delivered == 0:
			words = "nothing delivered yet, " + strconv.Itoa(s.open) + " open"
		}
		list = append(list, entry(markup.Shorten(name, longName), text(words)))
	}
	return list
}

// offTrack are the dependencies between teams that cannot work as planned.
func (p *page) offTrack() (list markup.List) {
	for _, d := range p.agree(p.dependencies()) {
		if d.Health == refine.OffTrack || d.Health == refine.Dropped {
			p.factEdge("off_track", d)
			list = append(list, p.step(d))
		}
	}
	return list
}

// bottleneck is an item for which several items of other teams wait.
type bottleneck struct {
	blocker work.Ref
	team    work.TeamID
	waiting []*work.Item
	teams   []work.TeamID
}

// held lists the items for which at least two items of other teams wait, those
// with the most first.
func (p *page) held() []*bottleneck {
	by := map[work.Ref]*bottleneck{}
	var all []*bottleneck
	for _, d := range p.dependencies() {
		waiting := p.item(d.Waiting)
		if !crossTeam(d) || textOnly(d) || d.Health == refine.Dropped || waiting == nil {
			continue
		}
		b := by[d.Blocker]
		if b == nil {
			b = &bottleneck{blocker: d.Blocker, team: d.BlockingTeam}
			by[d.Blocker] = b
			all = append(all, b)
		}
		b.waiting = append(b.waiting, waiting)
		if !slices.Contains(b.teams, d.WaitingTeam) {
			b.teams = append(b.teams, d.WaitingTeam)
		}
	}
	all = slices.DeleteFunc(all, func(b *bottleneck) bool { return len(b.waiting) < 2 })
	slices.SortFunc(all, func(a, b *bottleneck) int {
		return cmp.Or(cmp.Compare(len(b.waiting), len(a.waiting)), cmp.Compare(p.firstNeed(a), p.firstNeed(b)), a.blocker.Compare(b.blocker))
	})
	return all[:min(len(all), mostBottlenecks)]
}

// firstNeed is the place of the first Sprint in which something waits; what is
// not planned comes last.
func (p *page) firstNeed(b *bottleneck) int {
	first := len(p.sprints)
	for _, it := range b.waiting {
		if at := p.place(it); at != nowhere {
			first = min(first, at)
		}
	}
	return first
}

func (p *page) bottlenecks() (list markup.List) {
	for _, b := range p.held() {
		it := p.item(b.blocker)
		first := p.firstNeed(b)
		refs := make([]string, len(b.waiting))
		for i, w := range b.waiting {
			refs[i] = w.Ref.String()
		}
		p.fact("bottleneck", b.blocker, string(b.team), p.place(it), first, fmt.Sprint(refs))
		line := refine.Say("%v: %v wait", p.side(b.blocker, b.team), fmt.Sprintf("%s of %s", some(len(b.waiting), "item"), some(len(b.teams), "team")))
		if first < len(p.sprints) {
			line = refine.Say("%v, the first in %v", line, p.sprintName(first))
		}
		list = append(list, line)
	}
	return list
}

// decisions are those that people recorded, and those that only the product can
// take: who owns what others wait for, and where a circle of teams is cut.
func (p *page) decisions() (list markup.List) {
	for _, s := range p.recentDecisions() {
		p.factSaid("decision", s)
		if !p.reads(s) {
			list = append(list, refine.Say("One on %v", key(p.item(s.Item))))
			continue
		}
		what, owner := owned(s.Text)
		list = append(list, refine.Say("%v. Owner: %v", closedText(markup.Shorten(what, longWords)), owner))
	}
	for _, b := range p.unowned() {
		p.fact("unowned", b.blocker, len(b.waiting))
		list = append(list, refine.Say("Which team takes %v? %v. Owner: the Product Owner", key(p.item(b.blocker)), waitsFor(len(b.waiting))))
	}
	for _, circle := range p.circles() {
		refs := make([]string, len(circle.items))
		for i, it := range circle.items {
			refs[i] = it.Ref.String()
		}
		p.fact("circle", fmt.Sprint(refs))
		list = append(list, refine.Say("Which comes first of %v? They wait for each other. Owner: %v", keys(circle.items, 4), names(circle.teams)))
	}
	return list
}

// recentDecisions are those that people recorded since the last cross-team
// refinement, newest first.
func (p *page) recentDecisions() (all []Said) {
	for _, s := range slices.Backward(p.in.Heard.Decisions) {
		if p.recent(s) {
			all = append(all, s)
		}
	}
	return all
}

func closedText(s string) string { return strings.TrimRight(s, ".") }

func waitsFor(n int) string {
	if n == 1 {
		return "1 item waits for it"
	}
	return some(n, "item") + " wait for it"
}

// owned splits a decision into what and who: "ship EU first @kim".
func owned(text string) (what, owner string) {
	words := strings.Fields(text)
	for i, word := range slices.Backward(words) {
		if name := strings.Trim(word, "@.,:;"); strings.HasPrefix(word, "@") && name != "" {
			return strings.Join(slices.Delete(slices.Clone(words), i, i+1), " "), markup.Shorten(name, longName)
		}
	}
	return text, "not named yet"
}

// unowned are open items of the product that no team owns and another team's
// coming item waits for.
func (p *page) unowned() (found []*bottleneck) {
	by := map[work.Ref]*bottleneck{}
	for _, d := range p.dependencies() {
		it := p.item(d.Blocker)
		if d.BlockingTeam != "" || textOnly(d) || it == nil || !it.State.Open() || it.Outside || it.Stub || !p.upcoming(p.item(d.Waiting)) {
			continue
		}
		if by[d.Blocker] == nil {
			by[d.Blocker] = &bottleneck{blocker: d.Blocker}
			found = append(found, by[d.Blocker])
		}
		by[d.Blocker].waiting = append(by[d.Blocker].waiting, p.item(d.Waiting))
	}
	slices.SortFunc(found, func(a, b *bottleneck) int { return a.blocker.Compare(b.blocker) })
	return found
}

// circle is a group of items that wait for each other, of several teams.
type circle struct {
	items []*work.Item
	teams []work.TeamID
}

func (p *page) circles() (found []circle) {
	for _, refs := range p.in.Assessment.Cycles {
		var c circle
		for _, ref := range refs {
			it := p.item(ref)
			if it == nil || slices.Contains(c.items, it) {
				continue
			}
			c.items = append(c.items, it)
			if team := it.Team(); team != "" && !slices.Contains(c.teams, team) {
				c.teams = append(c.teams, team)
			}
		}
		slices.SortFunc(c.teams, func(a, b work.TeamID) int { return cmp.Compare(p.order(a), p.order(b)) })
		if len(c.teams) > 1 {
			found = append(found, c)
		}
	}
	return found
}

// productQuestions are checks whose answer is the Product Owner's.
var productQuestions = []refine.CheckID{"X1", "X2", "X3", "X6"}

// sessions says which meetings have an open question to the Product Owner.
func (p *page) sessions() {
	var reasons []string
	decisions := len(p.recentDecisions()) + len(p.unowned())
	asked := 0
	for i := range p.in.Assessment.Readiness {
		r := &p.in.Assessment.Readiness[i]
		if r.Layer != work.CrossTeam || !slices.Contains(soonWords(), r.Horizon) {
			continue
		}
		it := p.item(r.Item)
		open := it != nil && it.Sections[work.OpenQuestions].Unchecked > 0
		if open || slices.ContainsFunc(p.failed(r), func(id refine.CheckID) bool { return slices.Contains(productQuestions, id) }) {
			asked++
			p.fact("asks", r.Item, open)
		}
	}
	if asked > 0 {
		reasons = append(reasons, some(asked, "epic"))
	}
	if decisions > 0 {
		reasons = append(reasons, some(decisions, "decision"))
	}
	var sessions []string
	if len(reasons) > 0 {
		sessions = append(sessions, "the cross-team refinement ("+and(reasons)+")")
	}
	if open := len(p.in.Heard.Open()); open > 0 {
		sessions = append(sessions, "the Sprint Review ("+some(open, "open point")+")")
	}
	words := "none"
	if len(sessions) > 0 {
		words = and(sessions)
	}
	p.add(entry("Sessions that ask for you", text(words)))
}
