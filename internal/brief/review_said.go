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

// toStakeholders are the open questions of epics that come up.
func (p *review) toStakeholders() (list markup.List) {
	for it := range p.all() {
		if it.Layer() != work.CrossTeam || it.Outside || !p.upcoming(it) {
			continue
		}
		s := it.Sections[work.OpenQuestions]
		if s.Unchecked == 0 {
			continue
		}
		p.fact("question", it.Ref, s.Unchecked, fmt.Sprint(s.Entries))
		if s.Unchecked == 1 && len(s.Entries) == 1 && p.sees(it) {
			list = append(list, refine.Say("%v (%v)", quoted(s.Entries[0], longQuote), key(it)))
			continue
		}
		list = append(list, refine.Say("%v on %v", some(s.Unchecked, "open question"), p.named(it)))
	}
	return list
}

// feedback are the points said about this Sprint, and how many older ones are open.
func (p *review) feedback() {
	var list markup.List
	older := 0
	for _, f := range p.in.Heard.Feedback {
		about := p.nearest(p.day(f.At))
		switch {
		case about == p.at:
			p.factSaid("feedback", f.Said)
			p.fact("feedback_state", f.Number, f.Done, f.DoneBy)
			line := refine.Say("%v. %v", strconv.Itoa(f.Number), p.said(f.Said))
			if f.Done {
				line = refine.Say("%v – done", line)
			}
			list = append(list, line)
		case about < p.at && !f.Done:
			older++
		}
	}
	if older > 0 {
		p.fact("older_feedback", older)
		list = append(shortened(list, mostPoints), text(some(older, "older point")+" still open"))
	}
	p.part("Feedback", list, mostPoints+2)
	if p.in.Commands {
		p.add(markup.Small{markup.Text("What should change? Say "), markup.Mono("/strata feedback <text>")})
	}
}

// goals says how the Sprint Goals came out, as people said it last; what nobody
// said is not guessed.
func (p *review) goals() {
	said := map[work.TeamID]Outcome{}
	for _, o := range p.in.Heard.Outcomes {
		if p.nearest(p.day(o.At)) == p.at {
			said[p.ownerOf(o.Item)] = o
		}
	}
	var list markup.List
	told := map[work.TeamID]bool{}
	for _, g := range p.goalsOf(p.at) {
		o, ok := said[g.team]
		told[g.team] = told[g.team] || ok
		p.fact("sprint_goal", g.goal, string(g.team), string(o.Result), o.Why, o.Author)
		list = append(list, entry(outcomeWord(o), p.outcome(quoted(g.goal, longWords), g.team, o)))
	}
	for _, team := range p.speakers(said) {
		if o := said[team]; !told[team] {
			p.fact("sprint_goal", "", string(team), string(o.Result), o.Why, o.Author)
			list = append(list, entry(outcomeWord(o), p.outcome("the Sprint Goal", team, o)))
		}
	}
	p.part("Sprint Goals", list, mostGoals)
}

func outcomeWord(o Outcome) string {
	switch o.Result {
	case Met:
		return "Met"
	case Partly:
		return "Partly met"
	case Missed:
		return "Missed"
	}
	return "Not said yet"
}

func (p *review) outcome(goal string, team work.TeamID, o Outcome) markup.Paragraph {
	line := text(goal)
	if team != "" {
		line = refine.Say("%v (%v)", line, teamName(team))
	}
	if o.Why != "" && p.reads(o.Said) {
		line = refine.Say("%v: %v", line, markup.Shorten(o.Why, longQuote))
	}
	return line
}

// ownerOf returns the team whose home an item is; "" is the product.
func (w *Writer) ownerOf(home work.Ref) work.TeamID {
	for i := range w.in.Snapshot.Teams {
		if t := &w.in.Snapshot.Teams[i]; !t.Home.IsZero() && t.Home == home && home != w.in.Home {
			return t.ID
		}
	}
	return ""
}

// speakers are the product, then the teams in the config's order, that said something.
func (p *review) speakers(said map[work.TeamID]Outcome) (teams []work.TeamID) {
	for team := range said {
		teams = append(teams, team)
	}
	slices.SortFunc(teams, func(a, b work.TeamID) int {
		return cmp.Or(cmp.Compare(p.speaker(a), p.speaker(b)), cmp.Compare(a, b))
	})
	return teams
}

func (p *review) speaker(team work.TeamID) int {
	if team == "" {
		return -1
	}
	return p.order(team)
}
