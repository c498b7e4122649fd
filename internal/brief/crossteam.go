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

// How much of each part the cross-team agenda shows; the rest is counted.
const (
	mostGoals     = 6
	mostGridRows  = 20
	mostJoint     = 3
	mostPairs     = 8
	mostPairEdges = 3
	mostEpics     = 6
	mostPoints    = 6
)

// CrossTeam writes the agenda of the cross-team refinement: the Product Goal,
// the Sprint Goals that the boards propose, which team takes how much in which
// Sprint, what teams have to agree on, which epics lack what, and the feedback
// and takeaways that are still open.
func (w *Writer) CrossTeam() Document {
	p := w.page(w.in.Home, "cross-team agenda")
	p.doc.Unread = len(w.in.Snapshot.Unread) > 0
	p.add(markup.Paragraph{markup.Strong("Cross-team refinement")})
	p.goal()
	p.sprintGoals()
	p.grid()
	p.agreements()
	p.part("Expectations that are missing", p.unreadyEpics(w.horizonWords()), mostEpics)
	p.openFeedback()
	entries, older := p.takeaways(p.openTakeaways())
	if older > 0 && len(entries) > 0 {
		entries = append(shortened(entries, mostPoints), text(some(older, "older one")))
	}
	p.part("Takeaways", entries, mostPoints+2)
	if len(p.doc.Body) == 1 {
		return Document{}
	}
	return p.finish()
}

// sprintGoals adds the goals of the Sprints to come as the boards have them, each once.
func (p *page) sprintGoals() {
	var list markup.List
	for _, at := range p.columns() {
		if at <= p.current {
			continue
		}
		goals := p.goalsOf(at)
		if len(goals) == 0 && at == p.next() {
			p.fact("sprint_goal", at, "none")
			list = append(list, entry(p.sprintName(at), text("none proposed yet")))
		}
		for _, g := range goals {
			p.fact("sprint_goal", at, g.goal, string(g.team))
			name := p.sprintName(at)
			if g.team != "" {
				name += ", " + teamName(g.team)
			}
			list = append(list, entry(name, text(markup.Shorten(g.goal, longWords))))
		}
	}
	p.part("Sprint Goals proposed", list, mostGoals)
}

// boardGoal is a Sprint Goal of a board; the team is the one whose items fill
// the box, empty where several do.
type boardGoal struct {
	goal string
	team work.TeamID
}

func (w *Writer) goalsOf(place int) (goals []boardGoal) {
	for i := range w.in.Snapshot.Sprints {
		s := &w.in.Snapshot.Sprints[i]
		goal := strings.TrimSpace(markup.Clean(s.Goal))
		if s.Seq != place || goal == "" {
			continue
		}
		g := boardGoal{goal: goal, team: w.fills[s.ID]}
		same := slices.IndexFunc(goals, func(o boardGoal) bool { return o.goal == goal })
		switch {
		case same < 0:
			goals = append(goals, g)
		case goals[same].team != g.team:
			goals[same].team = "" // several teams share it
		}
	}
	slices.SortFunc(goals, func(a, b boardGoal) int {
		return cmp.Or(cmp.Compare(w.order(a.team), w.order(b.team)), cmp.Compare(a.goal, b.goal))
	})
	return goals
}

// grid adds the table of teams and Sprints with the number of their items.
func (p *page) grid() {
	columns := p.columns()
	count := map[work.TeamID][]int{}
	for it := range p.all() {
		if !counts(it) || !it.State.Open() {
			continue
		}
		column := slices.Index(columns, p.place(it))
		if column < 0 {
			continue
		}
		if count[it.Team()] == nil {
			count[it.Team()] = make([]int, len(columns))
		}
		count[it.Team()][column]++
	}
	p.counted("Upcoming items", columns, count)
}

// counted adds a table of teams and Sprints, if anything is in it. All teams of
// the product stand in it: one without items may have room.
func (p *page) counted(title string, columns []int, count map[work.TeamID][]int) {
	if len(columns) == 0 || len(count) == 0 {
		return
	}
	head := []markup.Paragraph{text("Team")}
	for _, at := range columns {
		p.fact("column", string(p.sprints[at].ID), p.sprints[at].Window.Start, p.sprints[at].Window.End)
		head = append(head, text(p.sprintDates(at)))
	}
	t := markup.Table{head}
	for _, team := range p.listed(count) {
		row := []markup.Paragraph{text(teamName(team))}
		for i := range columns {
			cell := "–"
			if cells := count[team]; cells != nil && cells[i] > 0 {
				cell = strconv.Itoa(cells[i])
			}
			row = append(row, text(cell))
		}
		p.fact("grid", string(team), fmt.Sprint(count[team]))
		t = append(t, row)
	}
	p.add(markup.Paragraph{markup.Strong(title)})
	p.table(t, mostGridRows)
}

// listed are the config's teams in its order, then items without a team.
func (w *Writer) listed(count map[work.TeamID][]int) (teams []work.TeamID) {
	for i := range w.in.Snapshot.Teams {
		teams = append(teams, w.in.Snapshot.Teams[i].ID)
	}
	if count[""] != nil {
		teams = append(teams, "")
	}
	return teams
}

// agreements adds what teams have to agree on: one line for what ties three and
// more together, then one line a pair of teams.
func (p *page) agreements() {
	edges := p.agree(p.dependencies())
	if len(edges) == 0 {
		return
	}
	var joint markup.List
	pairs := map[[2]work.TeamID][]*refine.Dependency{}
	var order [][2]work.TeamID
	for _, group := range p.tied(edges) {
		for _, d := range group {
			p.factEdge("agree", d)
		}
		if teams := p.teamsIn(group); len(teams) > 2 {
			joint = append(joint, p.joint(teams, group))
			continue
		}
		for _, d := range group {
			pair := [2]work.TeamID{min(d.WaitingTeam, d.BlockingTeam), max(d.WaitingTeam, d.BlockingTeam)}
			if pairs[pair] == nil {
				order = append(order, pair)
			}
			pairs[pair] = append(pairs[pair], d)
		}
	}
	slices.SortStableFunc(order, func(a, b [2]work.TeamID) int { return p.urgency(pairs[a][0], pairs[b][0]) })
	p.part("To agree together", joint, mostJoint)
	var list markup.List
	for _, pair := range order {
		list = append(list, p.pairLine(pair, pairs[pair]))
	}
	p.part("To agree, by pair of teams", list, mostPairs)
}

// tied groups dependencies that share an item, in the order of their urgency.
func (p *page) tied(edges []*refine.Dependency) [][]*refine.Dependency {
	over := map[work.Ref]work.Ref{}
	var top func(work.Ref) work.Ref
	top = func(r work.Ref) work.Ref {
		up, ok := over[r]
		if !ok || up == r {
			return r
		}
		over[r] = top(up)
		return over[r]
	}
	for _, d := range edges {
		if a, b := top(d.Waiting), top(d.Blocker); a != b {
			over[a] = b
		}
	}
	place := map[work.Ref]int{}
	var groups [][]*refine.Dependency
	for _, d := range edges {
		root := top(d.Waiting)
		at, ok := place[root]
		if !ok {
			at = len(groups)
			place[root] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], d)
	}
	return groups
}

func (p *page) teamsIn(group []*refine.Dependency) (teams []work.TeamID) {
	for _, d := range group {
		for _, team := range []work.TeamID{d.WaitingTeam, d.BlockingTeam} {
			if team != "" && !slices.Contains(teams, team) {
				teams = append(teams, team)
			}
		}
	}
	slices.SortFunc(teams, func(a, b work.TeamID) int { return cmp.Or(cmp.Compare(p.order(a), p.order(b)), cmp.Compare(a, b)) })
	return teams
}

func (p *page) joint(teams []work.TeamID, group []*refine.Dependency) markup.Paragraph {
	line := p.bare(group[0])
	for _, d := range group[1:min(len(group), mostPairEdges)] {
		line = refine.Say("%v; %v", line, p.bare(d))
	}
	if more := len(group) - mostPairEdges; more > 0 {
		line = refine.Say("%v; and %v", line, fmt.Sprintf("%d more", more))
	}
	return entry(names(teams), refine.Say("%v. Propose a joint refinement.", line))
}

func names(teams []work.TeamID) string {
	words := make([]string, len(teams))
	for i, team := range teams {
		if words[i] = teamName(team); team == "" {
			words[i] = "a team to be named"
		}
	}
	return and(words)
}

// bare writes a dependency without its teams.
func (p *page) bare(d *refine.Dependency) markup.Paragraph {
	w, b := p.item(d.Waiting), p.item(d.Blocker)
	if d.Health == refine.Dropped {
		return refine.Say("%v (%v) waits for %v, which was closed without delivery", key(w), p.sprintName(p.place(w)), key(b))
	}
	return refine.Say("%v (%v) waits for %v (%v), %v", key(w), p.sprintName(p.place(w)), key(b), p.blockerAt(b, d), p.stands(d))
}

func (p *page) blockerAt(b *work.Item, d *refine.Dependency) string {
	switch t := p.teams[d.BlockingTeam]; {
	case b == nil || b.Outside:
		return "outside the product"
	case !b.State.Open():
		return "closed"
	case t != nil && t.Planning == work.ByFlow && p.place(b) == nowhere:
		return "in flow"
	}
	return p.sprintName(p.place(b))
}

// pairLine writes what two teams have to agree on; a single matter with the step
// that is proposed.
func (p *page) pairLine(pair [2]work.TeamID, edges []*refine.Dependency) markup.Paragraph {
	teams := []work.TeamID{pair[0], pair[1]}
	slices.SortFunc(teams, func(a, b work.TeamID) int { return cmp.Or(cmp.Compare(p.order(a), p.order(b)), cmp.Compare(a, b)) })
	line := p.bare(edges[0])
	for _, d := range edges[1:min(len(edges), mostPairEdges)] {
		line = refine.Say("%v; %v", line, p.bare(d))
	}
	if more := len(edges) - mostPairEdges; more > 0 {
		line = refine.Say("%v; and %v", line, fmt.Sprintf("%d more", more))
	}
	line = refine.Say("%v.", line)
	if f := p.shown[[2]work.Ref{edges[0].Waiting, edges[0].Blocker}]; f != nil && len(edges) == 1 && len(f.Action) > 0 {
		line = refine.Say("%v %v", line, closed(f.Action))
	}
	return entry(names(teams), line)
}

// horizonWords are all distances that are judged.
func (w *Writer) horizonWords() []string { return []string{"current", "next", "next2", "next3", ""} }

// soonWords are the distances of what starts soon.
func soonWords() []string { return []string{"current", "next"} }

// unreadyEpics writes the epics at some distances that fail required checks, the
// nearest first.
func (p *page) unreadyEpics(horizons []string) (list markup.List) {
	var rows []*refine.Readiness
	for i := range p.in.Assessment.Readiness {
		r := &p.in.Assessment.Readiness[i]
		if r.Layer == work.CrossTeam && slices.Contains(horizons, r.Horizon) && len(p.failed(r)) > 0 {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b *refine.Readiness) int {
		return cmp.Or(cmp.Compare(slices.Index(p.horizonWords(), a.Horizon), slices.Index(p.horizonWords(), b.Horizon)), a.Item.Compare(b.Item))
	})
	for _, r := range rows {
		it := p.item(r.Item)
		p.touch(it)
		ids := p.failed(r)
		p.fact("unready", r.Item, r.Horizon, fmt.Sprint(ids))
		list = append(list, refine.Say("%v lacks %v", p.named(it), lacks(ids)))
	}
	return list
}

// openTakeaways are those of the sessions and of epics that are not over, newest first.
func (p *page) openTakeaways() []Said {
	on := map[work.Ref]bool{p.in.Home: true}
	for ref := range p.takeaway {
		if it := p.item(ref); it != nil && it.State.Open() {
			on[ref] = true
		}
	}
	return p.takeawaysOn(on)
}

// openFeedback adds the points of reviews that nobody has marked done, the oldest first.
func (p *page) openFeedback() {
	var list markup.List
	for _, f := range p.in.Heard.Open() {
		p.factSaid("feedback", f.Said)
		p.fact("feedback_number", f.Number)
		list = append(list, refine.Say("%v. %v", strconv.Itoa(f.Number), p.said(f.Said)))
	}
	if len(list) == 0 {
		return
	}
	p.part("Review feedback still open", list, mostPoints)
	if p.in.Commands {
		p.add(markup.Small{markup.Text("Settled a point? Say "), markup.Mono("/strata done <number>")})
	}
}
