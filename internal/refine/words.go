package refine

import (
	"strings"

	"strata/internal/markup"
	"strata/internal/work"
)

// Say writes a sentence with parts in the places of "%v". A part is a string, a
// day's text, an item, or a paragraph; whatever a tracker wrote stays foreign text.
func Say(format string, parts ...any) markup.Paragraph {
	var p markup.Paragraph
	pieces := strings.Split(format, "%v")
	for i, piece := range pieces {
		p = addText(p, piece)
		if i >= len(parts) {
			continue
		}
		switch part := parts[i].(type) {
		case string:
			p = addText(p, part)
		case *work.Item:
			p = append(p, markup.Item{Key: part.Key, URL: part.URL})
		case markup.Paragraph:
			for _, in := range part {
				if text, ok := in.(markup.Text); ok {
					p = addText(p, string(text))
					continue
				}
				p = append(p, in)
			}
		}
	}
	return p
}

// addText appends to the last run of text, so that sentences have few runs.
func addText(p markup.Paragraph, text string) markup.Paragraph {
	if text == "" {
		return p
	}
	if len(p) > 0 {
		if last, ok := p[len(p)-1].(markup.Text); ok {
			p[len(p)-1] = last + markup.Text(text)
			return p
		}
	}
	return append(p, markup.Text(text))
}

// Day writes a day as people read it.
func (p *Pair) Day(day work.Day) string { return day.Short(p.view.today) }

// Named writes the item with its team: "API-7 (Core)".
func (s *Side) Named() markup.Paragraph {
	return Say("%v (%v)", s.Item, teamName(s.Team))
}

func teamName(team work.TeamID) string {
	if team == "" {
		return "no team"
	}
	return string(team)
}

// Waits writes the waiting item with its team, Sprint and start:
// "WEB-42 (Web, Sprint 15, starts 17 Mar)".
func (p *Pair) Waits() markup.Paragraph {
	s := &p.Waiting
	facts := []string{teamName(s.Team)}
	if s.fromSprint() {
		facts = append(facts, sprintName(s.Sprint))
	}
	switch {
	case s.plan.Start > p.view.today:
		facts = append(facts, "starts "+p.Day(s.plan.Start))
	case s.plan.Start != 0:
		facts = append(facts, "since "+p.Day(s.plan.Start))
	case s.plan.End != 0:
		facts = append(facts, "due "+p.Day(s.plan.End))
	}
	if s.Started() {
		facts = append(facts, "started")
	}
	return Say("%v (%v)", s.Item, strings.Join(facts, ", "))
}

// Planned writes when the blocker will be there: "planned for Sprint 16, which
// ends 11 Apr", or "planned to end 20 Mar" where it has dates alone.
func (p *Pair) Planned() string {
	s := &p.Blocker
	end := p.Day(s.plan.End)
	switch {
	case s.fromSprint():
		return "planned for " + sprintName(s.Sprint) + ", which ends " + end
	case s.plan.End == 0:
		return "not planned"
	}
	return "planned to end " + end
}

// fromSprint says that the window is the Sprint's, not that of dates.
func (s *Side) fromSprint() bool { return s.Sprint != nil && s.Sprint.Window == s.plan }

func sprintName(s *work.Sprint) string { return strings.Join(strings.Fields(s.Name), " ") }

// SprintName writes a Sprint's name with its end: "S3 (ends 10 Apr)".
func (p *Pair) SprintName(s *work.Sprint) string {
	return sprintName(s) + " (ends " + p.Day(s.Window.End) + ")"
}

// Caveat says in how far a finding rests on less than a link and a date; empty when it does not.
func (p *Pair) caveat() string {
	var on []string
	if p.edge.TextOnly() {
		on = append(on, "from the description")
	}
	if p.projected() {
		on = append(on, "by projected Sprint dates")
	}
	if len(on) == 0 {
		return ""
	}
	return " (" + strings.Join(on, ", ") + ")"
}

// projected says that a date of the pair comes from the cadence, not from a tracker.
func (p *Pair) projected() bool { return p.Waiting.Window.Projected || p.Blocker.Window.Projected }

// Meet writes who settles a conflict of order between two teams.
func (p *Pair) Meet() markup.Paragraph {
	w, b := p.Waiting.Team, p.Blocker.Team
	switch {
	case w == "" && b == "":
		return Say("whoever owns %v and %v, in the next cross-team refinement", p.Waiting.Item, p.Blocker.Item)
	case w == "":
		return Say("%v and whoever owns %v, in the next cross-team refinement", string(b), p.Waiting.Item)
	case b == "":
		return Say("%v and whoever owns %v, in the next cross-team refinement", string(w), p.Blocker.Item)
	case w == b:
		return Say("%v, in its next refinement", string(w))
	}
	return Say("%v and %v, in the next cross-team refinement", string(w), string(b))
}

// BlockerActs writes who sees to the blocker: its team, or for an item outside
// the product the team that waits and has to ask.
func (p *Pair) BlockerActs() markup.Paragraph {
	if p.Blocker.Item.Outside {
		return p.Waiting.Acts()
	}
	return p.Blocker.Acts()
}

// Acts writes that one side's team acts in its own refinement.
func (s *Side) Acts() markup.Paragraph {
	if s.Team == "" {
		return Say("whoever owns %v", s.Item)
	}
	return Say("%v, in its next refinement", string(s.Team))
}
