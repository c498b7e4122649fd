package brief

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"strata/internal/facts"
	"strata/internal/markup"
	"strata/internal/refine"
	"strata/internal/work"
)

// mostTeamLines is how many lines a team's agenda has, its title included.
const mostTeamLines = 12

// matter is one part of an agenda whose lines are few.
type matter struct {
	lead  string
	lines []markup.Paragraph
}

// Team writes the agenda of a team's refinement: the takeaways of the last
// cross-team refinement, what is a question and no dependency yet, stories that
// can become ready and what each lacks, what to agree with other teams in both
// directions, and what is new. A team without any of these has no agenda.
func (w *Writer) Team(team work.TeamID) Document {
	t := w.teams[team]
	if t == nil {
		return Document{}
	}
	p := w.page(t.Home, "agenda")
	p.doc.Unread = w.unread[team]
	for _, d := range p.mine(team) { // what is not read now may still be off track
		p.touch(p.item(d.Waiting))
		p.touch(p.item(d.Blocker))
	}
	matters := []matter{
		p.teamTakeaways(team),
		p.questions(team),
		p.nearlyReady(team),
		p.toAgree(team),
		p.news(team),
	}
	list := spread(matters, mostTeamLines-1)
	if len(list) == 0 {
		return Document{}
	}
	title := "Agenda of " + teamName(team)
	if next := w.next(); next != nowhere && t.Planning != work.ByFlow {
		title += " for " + w.sprintDates(next)
	}
	p.fact("team", string(team), w.next())
	p.add(markup.Paragraph{markup.Strong(title)}, list)
	return p.finish()
}

// next is the place of the Sprint that is refined next, or nowhere.
func (w *Writer) next() int {
	if n := w.current + 1; n < len(w.sprints) {
		return n
	}
	return nowhere
}

// spread gives each matter its lines, in turns, until they are used up; what
// does not fit is counted at the end of the matter's last line.
func spread(matters []matter, room int) (list markup.List) {
	given := make([]int, len(matters))
	for took := true; took && room > 0; {
		took = false
		for i := range matters {
			if room > 0 && given[i] < len(matters[i].lines) {
				given[i]++
				room--
				took = true
			}
		}
	}
	for i, m := range matters {
		for j, line := range m.lines[:given[i]] {
			if more := len(m.lines) - given[i]; more > 0 && j == given[i]-1 {
				line = refine.Say("%v (and %v)", line, fmt.Sprintf("%d more", more))
			}
			list = append(list, entry(m.lead, line))
		}
	}
	return list
}

// teamTakeaways are those of the session and of the epics to which the team contributes.
func (p *page) teamTakeaways(team work.TeamID) matter {
	epics := map[work.Ref]bool{p.in.Home: true}
	for ref := range p.takeaway {
		if it := p.item(ref); it != nil && it.State.Open() && it.Layer() == work.CrossTeam && ref != p.in.Home {
			epics[ref] = slices.ContainsFunc(p.children(ref), func(c *work.Item) bool { return slices.Contains(c.Teams, team) }) || slices.Contains(it.Teams, team)
		}
	}
	lines, older := p.takeaways(p.takeawaysOn(epics))
	m := matter{lead: "Takeaway", lines: lines}
	if older > 0 && len(lines) > 0 {
		m.lines = append(m.lines, text(some(older, "older one")))
	}
	return m
}

// takeawaysOn returns those given on the items, newest first.
func (p *page) takeawaysOn(on map[work.Ref]bool) (all []Said) {
	for _, s := range slices.Backward(p.in.Heard.Takeaways) {
		if on[s.Item] {
			all = append(all, s)
		}
	}
	return all
}

// mine returns the open dependencies of a team's items, each once.
func (p *page) mine(team work.TeamID) (edges []*refine.Dependency) {
	for _, d := range p.dependencies() {
		if crossTeam(d) && (d.WaitingTeam == team || d.BlockingTeam == team) {
			edges = append(edges, d)
		}
	}
	return edges
}

// questions are mentions of other teams' items that nobody has linked.
func (p *page) questions(team work.TeamID) matter {
	m := matter{lead: "Question"}
	for _, d := range p.mine(team) {
		w, b := p.item(d.Waiting), p.item(d.Blocker)
		if !textOnly(d) || d.WaitingTeam != team || !p.upcoming(w) {
			continue
		}
		p.touch(w)
		p.touch(b)
		p.fact("question", d.Waiting, d.Blocker, string(d.BlockingTeam))
		of := ""
		if b != nil && !b.Outside {
			of = " (" + teamName(d.BlockingTeam) + ")"
		}
		m.lines = append(m.lines, refine.Say("%v mentions %v%v without a link. Does it wait for it?", key(w), key(b), of))
	}
	return m
}

// nearlyReady are the team's stories of the coming Sprints that lack something,
// the nearest first, and of those the ones that lack least.
func (p *page) nearlyReady(team work.TeamID) matter {
	type story struct {
		it    *work.Item
		lacks []refine.CheckID
	}
	var stories []story
	for i := range p.in.Assessment.Readiness {
		r := &p.in.Assessment.Readiness[i]
		if r.Layer != work.TeamLayer || r.Ready {
			continue
		}
		it := p.item(r.Item)
		if ids := p.failed(r); it != nil && slices.Contains(it.Teams, team) && len(ids) > 0 {
			stories = append(stories, story{it, ids})
		}
	}
	slices.SortFunc(stories, func(a, b story) int {
		return cmp.Or(cmp.Compare(p.place(a.it), p.place(b.it)), cmp.Compare(len(a.lacks), len(b.lacks)), a.it.Ref.Compare(b.it.Ref))
	})
	m := matter{lead: "Not ready yet"}
	for _, s := range stories {
		p.touch(s.it)
		p.fact("not_ready", s.it.Ref, p.place(s.it), fmt.Sprint(s.lacks))
		m.lines = append(m.lines, refine.Say("%v (%v) lacks %v", p.named(s.it), p.sprintName(p.place(s.it)), lacks(s.lacks)))
	}
	return m
}

// toAgree are the dependencies that ask for a word with another team, in both directions.
func (p *page) toAgree(team work.TeamID) matter {
	m := matter{lead: "To agree"}
	for _, d := range p.agree(p.mine(team)) {
		p.factEdge("agree", d)
		m.lines = append(m.lines, p.step(d))
	}
	return m
}

// news are the dependencies with other teams that were first seen since the last
// cross-team refinement. What was there when Strata came is no news.
func (p *page) news(team work.TeamID) matter {
	var fresh []*refine.Dependency
	for _, d := range p.mine(team) {
		seen := p.in.Memory.EdgeSeen[facts.Edge{Blocker: d.Blocker, Waiting: d.Waiting}]
		if !textOnly(d) && p.isNews(seen) && !p.asks(d) {
			fresh = append(fresh, d)
		}
	}
	if len(fresh) == 0 {
		return matter{}
	}
	slices.SortFunc(fresh, p.urgency)
	for _, d := range fresh {
		p.factEdge("new", d)
	}
	line := p.waits(fresh[0])
	if more := len(fresh) - 1; more > 0 {
		line = refine.Say("%v (and %v)", line, fmt.Sprintf("%d more", more))
	}
	return matter{lead: "New since " + p.in.Session.Short(p.in.Today), lines: []markup.Paragraph{line}}
}

func (p *page) isNews(seen time.Time) bool {
	if p.in.Session == 0 || seen.IsZero() {
		return false
	}
	day := p.day(seen)
	return day > p.in.Session && day > p.day(p.in.Memory.Installed)
}
