package refine

import (
	"cmp"
	"slices"

	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/markup"
	"strata/internal/work"
)

// The answers that are valid on the two sides of a dependency, without the prefix.
var (
	answersOfWaiting = []string{"need <date>", "accept <why>", "snooze 7d", "wrong"}
	answersOfBlocker = []string{"commit <date>", "decline <why>", "snooze 7d", "wrong"}
	answersOfItem    = []string{"ack", "snooze 7d", "wrong"}
)

// finding makes a finding of what a rule says of a pair; false when the team it
// would be said to does not want it.
func (j *judge) finding(r *Rule, p *Pair, raised *Raised) (Finding, bool) {
	at, answers := &p.Waiting, answersOfWaiting
	onBlocker := raised.On == OnBlocker && !p.Blocker.Item.Outside
	if onBlocker {
		at, answers = &p.Blocker, answersOfBlocker
	}
	if parent := j.view.g.Parent(p.Waiting.node); raised.On == OnEpic && parent != graph.None {
		epic := j.view.side(parent)
		at, answers = &epic, answersOfItem
	}
	if raised.Commands != nil && (raised.On == OnWaiting || at != &p.Waiting) {
		answers = raised.Commands
	}
	f := Finding{
		Rule: r.ID, Item: at.Item.Ref, Waiting: p.Waiting.Item.Ref, Blocker: p.Blocker.Item.Ref, Team: at.Team(),
		Text: withCaveat(raised.Text, p.caveat(r)), Action: raised.Action, Next: raised.Next, Commands: answers,
	}
	if !j.complete(&f, r, raised, p.edge.TextOnly() || p.forecast(r) || p.projected(), at.node) {
		return f, false
	}
	f.Speaks = f.Speaks && !at.Item.Outside && (onBlocker || p.Waiting.Soon() || f.Severity == Critical) &&
		(r.Far || !p.Waiting.Forecast())
	f.Now = f.Severity == Critical && !f.Ended && p.Waiting.Active()
	if f.Severity > Info {
		f.Facts = append(p.facts(raised.Once), "rule="+string(f.Rule), "severity="+f.Severity.String())
		f.Facts = append(f.Facts, raised.Facts...)
		slices.Sort(f.Facts)
	}
	return f, true
}

// complete gives a finding what does not depend on its kind: since when it holds,
// how grave it is, what people answered. False when it is switched off.
func (j *judge) complete(f *Finding, r *Rule, raised *Raised, weak bool, at graph.Node) bool {
	f.Title = cmp.Or(raised.Title, r.Title)
	f.Since = j.view.memory.Raised[keyOf(f)]
	f.Severity = j.grade(r, f, raised.Severity, weak || raised.Weak)
	if f.Severity == 0 {
		return false
	}
	f.Speaks = f.Severity >= Warning
	j.view.dispose(f, r, at)
	return true
}

// grade applies what the operator or the team wrote, else what experience with the
// rule allows; then what none of them can raise: a finding that rests on a
// description, a forecast or projected dates is a warning at most. Zero is off.
func (j *judge) grade(r *Rule, f *Finding, severity Severity, weak bool) Severity {
	if own := j.view.policy.severityOf(r, f.Team); own != "" {
		severity = grades[own]
	} else if c, ok := j.restraints[r.ID]; ok && !c.spares(f) {
		severity = Info
	}
	if weak {
		severity = min(severity, Warning)
	}
	return severity
}

func keyOf(f *Finding) facts.FindingKey {
	return facts.FindingKey{Rule: string(f.Rule), Item: f.Item, Blocker: f.Blocker, Waiting: f.Waiting}
}

// facts lists what a finding of the pair rests on. Nothing in it moves with the
// day we look: a changed list means that somebody changed something. What is said
// once rests on the two items alone.
func (p *Pair) facts(once bool) []string {
	if once {
		return []string{"waiting=" + p.Waiting.Item.Ref.String(), "blocker=" + p.Blocker.Item.Ref.String()}
	}
	list := p.Blocker.facts(p.Waiting.facts(make([]string, 0, 16), "waiting"), "blocker")
	if p.Explicit {
		list = append(list, "needed_by="+p.Need.String())
	}
	if p.edge.TextOnly() {
		list = append(list, "origin="+string(work.Text))
	}
	return list
}

func (s *Side) facts(list []string, side string) []string {
	list = append(list,
		side+"="+s.Item.Ref.String(),
		side+"_team="+string(s.Team()),
		side+"_state="+string(s.Item.State))
	if s.promised != 0 {
		return append(list, side+"_committed="+s.promised.String())
	}
	if s.Forecast() {
		return append(list, side+"_forecast")
	}
	plan := s.plan()
	list = append(list, side+"_start="+plan.Start.String())
	if !s.view.is(s.node, running) || !s.fromSprint() && plan.End > s.view.today {
		// A Sprint that runs past its end moves it every day; its id says enough.
		list = append(list, side+"_end="+plan.End.String())
	}
	if sprint := s.Sprint(); sprint != nil {
		list = append(list, side+"_sprint="+string(sprint.ID))
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
