package refine

import (
	"strata/internal/graph"
	"strata/internal/work"
)

// Link is an open dependency as a check sees it.
type Link struct {
	Waiting, Blocker Part
	// CrossTeam says that two teams must agree, or a team is not known; CrossProduct
	// that the blocker belongs to another product, or to none we know.
	CrossTeam, CrossProduct bool
	// InTime says that it is planned so that the dates hold, at least with a
	// hand-over to agree.
	InTime bool
	// Answered says that people answered it: acknowledged, committed, declined, accepted.
	Answered bool
	// TextOnly says that a description is all that tells of it.
	TextOnly bool
	// Dated and Contact say that a date is known, or somebody to ask.
	Dated, Contact bool
	// ETA and Need are when the blocker will be there and when it is needed; zero is unknown.
	ETA, Need work.Day
	// Within counts the Sprints until it is needed, 0 for the current one; a very
	// large number when nobody knows.
	Within int
}

// Links returns the open dependencies in which the item waits, then those in
// which its children do, each by ref. Blockers that cannot be read are among them.
func (c Case) Links() []Link {
	all := c.links(nil, c.node)
	for _, child := range c.view.g.Children(c.node) {
		all = c.links(all, child)
	}
	return all
}

// OwnLinks returns the open dependencies in which the item itself waits.
func (c Case) OwnLinks() []Link { return c.links(nil, c.node) }

func (c Case) links(all []Link, n graph.Node) []Link {
	v := c.view
	waits := v.g.Waits(n)
	for i := range waits {
		e := &waits[i]
		if !v.unresolved(e) || v.g.Item(e.Blocker).State == work.StateDropped || v.related(e) {
			continue
		}
		t := v.test(e.Blocker, e.Waiting)
		l := Link{
			Waiting: v.part(e.Waiting), Blocker: v.part(e.Blocker), CrossTeam: v.crossTeam(e.Blocker, e.Waiting),
			CrossProduct: v.g.Item(e.Blocker).Outside, InTime: t.inTime(), Answered: v.answer(e) != nil, TextOnly: e.TextOnly(),
			Dated: v.dated(t), Contact: v.contact(e), ETA: t.ETA, Need: t.Need, Within: never,
		}
		if t.Need != 0 {
			l.Within = v.sprints.times.Away(t.Need)
		}
		all = append(all, l)
	}
	return all
}

// dated says that people named a date for a dependency: its plan, a commitment,
// or the day of need.
func (v *view) dated(t timing) bool {
	return t.Explicit || t.ETA != 0 && !t.Usual && !t.Forecast
}

// contact says that somebody is known whom the waiting team can ask: whoever the
// item is assigned to, or whoever answered.
func (v *view) contact(e *graph.Edge) bool {
	return v.g.Item(e.Blocker).Assignee != "" || v.answer(e) != nil
}

// CrossTeamLinks says whether the item or a child of it has a dependency with
// another team's item, resolved or not.
func (c Case) CrossTeamLinks() bool {
	if c.crossTeam(c.node) {
		return true
	}
	for _, n := range c.view.g.Children(c.node) {
		if c.crossTeam(n) {
			return true
		}
	}
	return false
}

func (c Case) crossTeam(n graph.Node) bool {
	v := c.view
	waits := v.g.Waits(n)
	for i := range waits {
		if v.crossTeam(waits[i].Blocker, n) {
			return true
		}
	}
	for _, id := range v.g.Blocks(n) {
		if v.crossTeam(n, v.g.Edges()[id].Waiting) {
			return true
		}
	}
	return false
}
