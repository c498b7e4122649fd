package refine

import (
	"slices"

	"strata/internal/facts"
	"strata/internal/markup"
	"strata/internal/work"
)

// The answers that are valid on the two sides of a dependency, without the prefix.
var (
	answersOfWaiting = []string{"need <date>", "accept <why>", "snooze 7d", "wrong"}
	answersOfBlocker = []string{"commit <date>", "decline <why>", "snooze 7d", "wrong"}
)

// finding makes a finding of what a rule says of a pair.
func (j *judge) finding(r *Rule, p *Pair, raised *Raised) Finding {
	at, answers := &p.Waiting, answersOfWaiting
	onBlocker := raised.On == OnBlocker && !p.Blocker.Item.Outside
	if onBlocker {
		at, answers = &p.Blocker, answersOfBlocker
	}
	if raised.Commands != nil && onBlocker == (raised.On == OnBlocker) {
		answers = raised.Commands
	}
	f := Finding{
		Rule:     r.ID,
		Severity: j.grade(r.ID, raised.Severity, p.edge.TextOnly() || p.projected()),
		Item:     at.Item.Ref,
		Waiting:  p.Waiting.Item.Ref,
		Blocker:  p.Blocker.Item.Ref,
		Team:     at.Team,
		Title:    r.Title,
		Text:     withCaveat(raised.Text, p.caveat()),
		Action:   raised.Action,
		Next:     raised.Next,
		Commands: answers,
	}
	f.Since = j.memory.Raised[facts.FindingKey{Rule: string(f.Rule), Item: f.Item, Blocker: f.Blocker, Waiting: f.Waiting}]
	f.Speaks = f.Severity >= Warning && !at.Item.Outside && (onBlocker || p.Waiting.Soon || f.Severity == Critical)
	f.Now = f.Severity == Critical && p.Waiting.Active
	f.Facts = append(p.facts(), "rule="+string(f.Rule), "severity="+f.Severity.String())
	f.Facts = append(f.Facts, raised.Facts...)
	slices.Sort(f.Facts)
	return f
}

// facts lists what a finding of the pair rests on. Nothing in it moves with the
// day we look: a changed list means that somebody changed something.
func (p *Pair) facts() []string {
	list := append(p.Waiting.facts("waiting", p.view.today), p.Blocker.facts("blocker", p.view.today)...)
	if day := p.Waiting.Item.NeededBy; day != 0 {
		list = append(list, "needed_by="+day.String())
	}
	if p.edge.TextOnly() {
		list = append(list, "origin="+string(work.Text))
	}
	return list
}

func (s *Side) facts(side string, today work.Day) []string {
	list := []string{
		side + "=" + s.Item.Ref.String(),
		side + "_team=" + string(s.Team),
		side + "_state=" + string(s.Item.State),
		side + "_start=" + s.plan.Start.String(),
	}
	if !s.running || !s.fromSprint() && s.plan.End > today {
		// A Sprint that runs past its end moves it every day; its id says enough.
		list = append(list, side+"_end="+s.plan.End.String())
	}
	if s.Sprint != nil {
		list = append(list, side+"_sprint="+string(s.Sprint.ID))
	}
	return list
}

// withCaveat puts a caveat before the full stop of a sentence.
func withCaveat(sentence markup.Paragraph, caveat string) markup.Paragraph {
	if caveat == "" || len(sentence) == 0 {
		return sentence
	}
	out := slices.Clone(sentence)
	last, ok := out[len(out)-1].(markup.Text)
	if !ok || len(last) == 0 || last[len(last)-1] != '.' {
		return append(out, markup.Text(caveat))
	}
	out[len(out)-1] = last[:len(last)-1] + markup.Text(caveat) + "."
	return out
}
