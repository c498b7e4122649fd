package refine

import (
	"slices"
	"strings"

	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/work"
)

// said returns what people answered on an item, the oldest first.
func (v *view) said(n graph.Node) []facts.Answer {
	if !v.is(n, answered) {
		return nil
	}
	return v.memory.Answers[v.g.Item(n).Ref]
}

// latest returns the last answer on an item of one of the kinds that is also
// chosen, or nil.
func (v *view) latest(n graph.Node, chosen func(*facts.Answer) bool, kinds ...facts.AnswerKind) *facts.Answer {
	said := v.said(n)
	for i := len(said) - 1; i >= 0; i-- {
		if a := &said[i]; slices.Contains(kinds, a.Kind) && (chosen == nil || chosen(a)) {
			return a
		}
	}
	return nil
}

// promise returns what the blocker's team last said of when it will be there: a
// commitment, or that it will not do it. A plan that was made after a refusal, or
// work that began, takes the refusal back. Nil when it said nothing.
func (v *view) promise(b graph.Node) *facts.Answer {
	a := v.latest(b, nil, facts.Committed, facts.Declined)
	if a == nil || a.Kind == facts.Committed {
		return a
	}
	if v.g.Item(b).State == work.StateDoing {
		return nil
	}
	for _, c := range v.memory.Changes[v.g.Item(b).Ref] {
		if c.At.After(a.At) && (c.Kind == facts.Planned || c.Kind == facts.Moved) {
			return nil
		}
	}
	return a
}

// declined says that the blocker's team will not do it, and when it said so.
func (v *view) declined(b graph.Node) *facts.Answer {
	if a := v.promise(b); a != nil && a.Kind == facts.Declined {
		return a
	}
	return nil
}

// committed returns the day that the blocker's team named; zero when it named none.
// A day that passed counts no more once the item is planned beyond it.
func (v *view) committed(b graph.Node) work.Day {
	a := v.promise(b)
	if a == nil || a.Kind != facts.Committed {
		return 0
	}
	if end := v.window(b).End; a.Day < v.today && end > a.Day && !v.is(b, forecast) {
		return 0
	}
	return a.Day
}

// neededBy returns the day by which people said that the waiting item needs the
// blocker: the last command that speaks of this blocker or of none in particular,
// else the item's field. An offered date that the waiting team accepted counts as
// such a day. Zero when nobody named one.
func (v *view) neededBy(b, w graph.Node) work.Day {
	day := v.g.Item(w).NeededBy
	asked := v.latest(w, func(a *facts.Answer) bool { return v.concerns(a, b, w) }, facts.Needed)
	if asked != nil {
		day = asked.Day
	}
	if day == 0 || !v.is(w, answered) {
		return day
	}
	if offer := v.promise(b); offer != nil && offer.Kind == facts.Committed && offer.Day > day {
		yes := v.latest(w, func(a *facts.Answer) bool {
			return a.At.After(offer.At) && (asked == nil || a.At.After(asked.At)) && v.concerns(a, b, w)
		}, facts.Accepted)
		if yes != nil {
			return offer.Day
		}
	}
	return day
}

// concerns says whether an answer on the waiting item speaks of a blocker: a text
// that names keys of some of the blockers speaks of those alone.
func (v *view) concerns(a *facts.Answer, b, w graph.Node) bool {
	if a.Text == "" || names(a.Text, v.g.Item(b).Key) {
		return true
	}
	waits := v.g.Waits(w)
	for i := range waits {
		if names(a.Text, v.g.Item(waits[i].Blocker).Key) {
			return false
		}
	}
	return true
}

// names says whether a text names a key as a word of its own.
func names(text, key string) bool {
	if key == "" {
		return false
	}
	for before := byte(' '); ; {
		at := strings.Index(text, key)
		if at < 0 {
			return false
		}
		if at > 0 {
			before = text[at-1]
		}
		text = text[at+len(key):]
		if !inWord(before) && (text == "" || !inWord(text[0])) {
			return true
		}
		before = key[len(key)-1]
	}
}

func inWord(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b == '-'
}

// answer returns the last word on a dependency that leaves it no longer
// unanswered, given since the link was seen: what the blocker's team said of the
// item, or what the waiting team accepted. Nil when nobody answered.
func (v *view) answer(e *graph.Edge) *facts.Answer {
	seen := v.memory.EdgeSeen[v.edge(e)]
	since := func(a *facts.Answer) bool { return !a.At.Before(seen) }
	a := v.latest(e.Blocker, since, facts.Acknowledged, facts.Committed, facts.Declined, facts.Mitigated, facts.CalledWrong)
	b := v.latest(e.Waiting, func(a *facts.Answer) bool { return since(a) && v.concerns(a, e.Blocker, e.Waiting) },
		facts.Accepted, facts.Mitigated)
	if a == nil || b != nil && b.At.After(a.At) {
		return b
	}
	return a
}

func (v *view) edge(e *graph.Edge) facts.Edge {
	return facts.Edge{Blocker: v.g.Item(e.Blocker).Ref, Waiting: v.g.Item(e.Waiting).Ref}
}
