package refine

import (
	"strings"
	"time"

	"strata/internal/markup"
	"strata/internal/work"
)

// Say writes a sentence with parts in the places of "%v". A part is a string, a
// day's text, an item, or a paragraph; whatever a tracker wrote stays foreign text.
func Say(format string, parts ...any) markup.Paragraph {
	inlines := 1
	for _, part := range parts {
		switch part := part.(type) {
		case *work.Item:
			inlines += 2
		case markup.Paragraph:
			inlines += len(part) + 1
		}
	}
	var buffer [sentenceLength]byte
	s := sentence{done: make(markup.Paragraph, 0, inlines), text: buffer[:0]}
	for {
		piece, rest, more := strings.Cut(format, "%v")
		s.text = append(s.text, piece...)
		if len(parts) > 0 {
			s.add(parts[0])
			parts = parts[1:]
		}
		if !more {
			break
		}
		format = rest
	}
	s.flush()
	return s.done
}

// sentenceLength is what a run of text seldom exceeds.
const sentenceLength = 160

// sentence is a paragraph in the making, with the run of text at its end.
type sentence struct {
	done markup.Paragraph
	text []byte
}

func (s *sentence) add(part any) {
	switch part := part.(type) {
	case string:
		s.text = append(s.text, part...)
	case *work.Item:
		s.flush()
		s.done = append(s.done, markup.Item{Key: part.Key, URL: part.URL})
	case markup.Paragraph:
		for _, in := range part {
			if text, ok := in.(markup.Text); ok {
				s.text = append(s.text, text...)
				continue
			}
			s.flush()
			s.done = append(s.done, in)
		}
	}
}

func (s *sentence) flush() {
	if len(s.text) > 0 {
		s.done = append(s.done, markup.Text(s.text))
		s.text = s.text[:0]
	}
}

// Day writes a day as people read it.
func (p *Pair) Day(day work.Day) string { return day.Short(p.view.today) }

// On writes the day of an instant, in the waiting team's zone.
func (p *Pair) On(at time.Time) string {
	return p.Day(work.DayOf(at, p.view.calendar(p.Waiting.node).Zone()))
}

// Day writes a day as people read it.
func (s *Side) Day(day work.Day) string { return day.Short(s.view.today) }

// mostQuoted is how many characters of what a person wrote stand in a sentence.
const mostQuoted = 60

// Quote writes what a person gave as a reason behind a colon, cut to a few words;
// empty for an empty text.
func Quote(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return ""
	}
	if runes := []rune(text); len(runes) > mostQuoted {
		text = strings.TrimSpace(string(runes[:mostQuoted])) + "…"
	}
	return ": " + strings.TrimRight(text, ".")
}

// Owner writes the team, or whoever owns the item where no one team does.
func (s *Side) Owner() markup.Paragraph {
	if s.Team() == "" {
		return Say("whoever owns %v", s.Item)
	}
	return Say("%v", string(s.Team()))
}

// Named writes the item with its team: "API-7 (Core)".
func (s *Side) Named() markup.Paragraph {
	return markup.Paragraph{markup.Item{Key: s.Item.Key, URL: s.Item.URL}, markup.Text(" (" + teamName(s.Team()) + ")")}
}

func teamName(team work.TeamID) string {
	if team == "" {
		return "no team"
	}
	return string(team)
}

// Waits writes the waiting item with its team, Sprint and start:
// "WEB-42 (Web, Sprint 15, starts 17 Mar)".
func (p *Pair) Waits() markup.Paragraph { return p.Waiting.Known() }

// Known writes an item with its team, Sprint and start:
// "WEB-42 (Web, Sprint 15, starts 17 Mar)".
func (s *Side) Known() markup.Paragraph {
	today := s.view.today
	known := " (" + teamName(s.Team())
	if s.fromSprint() {
		known += ", " + sprintName(s.Sprint())
	}
	switch plan := s.plan(); {
	case s.Forecast():
		known += ", not planned"
	case plan.Start > today:
		known += ", starts " + plan.Start.Short(today)
	case plan.Start != 0:
		known += ", since " + plan.Start.Short(today)
	case plan.End != 0:
		known += ", due " + plan.End.Short(today)
	}
	if s.Started() {
		known += ", started"
	}
	return markup.Paragraph{markup.Item{Key: s.Item.Key, URL: s.Item.URL}, markup.Text(known + ")")}
}

// Planned writes when the blocker will be there: "planned for Sprint 16, which
// ends 11 Apr", or "planned to end 20 Mar" where it has dates alone.
func (p *Pair) Planned() string {
	s := &p.Blocker
	end := p.Day(s.plan().End)
	switch {
	case s.Promised():
		return "committed for " + end
	case s.Forecast():
		return "which by its rank would end " + end
	case s.fromSprint():
		return "planned for " + sprintName(s.Sprint()) + ", which ends " + end
	case s.plan().End == 0:
		return "not planned"
	}
	return "planned to end " + end
}

// fromSprint says that the window is the Sprint's, not that of dates.
func (s *Side) fromSprint() bool {
	sprint := s.Sprint()
	return s.promised == 0 && sprint != nil && sprint.Window == s.plan()
}

func sprintName(s *work.Sprint) string { return strings.Join(strings.Fields(s.Name), " ") }

// SprintName writes a Sprint's name with its end: "S3 (ends 10 Apr)".
func (p *Pair) SprintName(s *work.Sprint) string {
	return sprintName(s) + " (ends " + p.Day(s.Window.End) + ")"
}

// Name writes a Sprint's name as people read it.
func Name(s *work.Sprint) string { return sprintName(s) }

// caveat says in how far a finding rests on less than a link and a date; empty when it does not.
func (p *Pair) caveat(r *Rule) string {
	var on []string
	if p.edge.TextOnly() {
		on = append(on, "from the description")
	}
	if p.projected() {
		on = append(on, "by projected Sprint dates")
	}
	if p.forecast(r) {
		on = append(on, "by forecast")
	}
	if len(on) == 0 {
		return ""
	}
	return " (" + strings.Join(on, ", ") + ")"
}

// projected says that a date of the pair comes from the cadence, not from a tracker.
func (p *Pair) projected() bool { return p.Waiting.Window().Projected || p.Blocker.Window().Projected }

// forecast says that a finding rests on a window that nobody planned: that the
// waiting item is near, where the rule asks for that, or that the blocker is late.
func (p *Pair) forecast(r *Rule) bool {
	return !r.Far && p.Waiting.Forecast() || r.Timed && p.Blocker.Forecast()
}

// Meet writes who settles a conflict of order between two teams.
func (p *Pair) Meet() markup.Paragraph {
	w, b := p.Waiting.Team(), p.Blocker.Team()
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
	if s.Team() == "" {
		return Say("whoever owns %v", s.Item)
	}
	return s.view.teams[s.view.team(s.node)].acts
}
