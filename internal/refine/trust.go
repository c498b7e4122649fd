package refine

import (
	"cmp"
	"slices"
	"time"

	"strata/internal/facts"
)

const (
	// trial is how long a new rule must go without a "wrong" before it speaks.
	trial = 3 * 24 * time.Hour
	// fewestAnswers is from how many answers on a rule is judged by people.
	fewestAnswers = 10
	// mostWrong is the per cent of them that may be "wrong".
	mostWrong = 30
)

// restraint keeps a rule's findings at info.
type restraint struct {
	// since spares findings that held before: they were said already, and an upgrade
	// takes nothing back. Zero spares none.
	since time.Time
}

func (c restraint) spares(f *Finding) bool {
	return !c.since.IsZero() && !f.Since.IsZero() && f.Since.Before(c.since)
}

// trust finds the rules that only inform: those that people call wrong too
// often, and those that are new to a product that was judged before.
func (j *judge) trust(rules []Rule) {
	j.restraints = map[RuleID]restraint{}
	for i := range rules {
		r := &rules[i]
		known := j.view.known(r)
		switch {
		case known.Answers >= fewestAnswers && known.Wrong*100 > mostWrong*known.Answers:
			j.restraints[r.ID] = restraint{}
			j.result.Demoted = append(j.result.Demoted, Demotion{Rule: r.ID, Answers: known.Answers, Wrong: known.Wrong})
		case !known.Passed:
			j.restraints[r.ID] = restraint{since: known.Since}
			j.result.Trial = append(j.result.Trial, r.ID)
		}
	}
	slices.SortFunc(j.result.Demoted, func(a, b Demotion) int { return cmp.Compare(a.Rule, b.Rule) })
	slices.Sort(j.result.Trial)
}

// known returns what memory knows of a rule's present version. A product that
// Strata never judged takes every rule as tried; one that was judged by another
// version, or not by this rule, begins to try it now.
func (v *view) known(r *Rule) facts.Judged {
	m := v.memory
	known, ok := m.Judged[string(r.ID)]
	switch {
	case ok && known.Version == r.Version:
	case m.Installed.IsZero(), !ok && r.Version == 0:
		return facts.Judged{Version: r.Version, Since: v.now, Passed: true, Counted: known.Counted}
	default:
		return facts.Judged{Version: r.Version, Since: v.now, Counted: known.Counted}
	}
	from := known.Since
	if known.LastWrong.After(from) {
		from = known.LastWrong
	}
	known.Passed = known.Passed || !v.now.Before(from.Add(trial))
	return known
}

// weigh returns what memory should know of the rules from now on, with the
// answers that came since the last count. An answer counts for a rule whose
// finding stood on the item when it was given and was to be seen there.
func (j *judge) weigh(rules []Rule) map[string]facts.Judged {
	v := j.view
	hidden := map[facts.FindingKey]bool{}
	for i := range j.result.Findings {
		if f := &j.result.Findings[i]; len(v.memory.Answers) > 0 && (!f.Shown && !j.first[keyOf(f)] || f.Severity < Warning) {
			hidden[keyOf(f)] = true
		}
	}
	type opinion struct {
		rule string
		at   *facts.Answer
	}
	counted := map[opinion]bool{}
	all := make(map[string]facts.Judged, len(rules))
	for i := range rules {
		all[string(rules[i].ID)] = v.known(&rules[i])
	}
	latest := map[string]facts.Judged{}
	for key, raised := range v.memory.Raised {
		before, ok := all[key.Rule]
		if !ok || hidden[key] {
			continue
		}
		for _, a := range v.answersTo(key) {
			if a.At.Before(raised) || !a.At.After(before.Counted) || a.About != "" && a.About != key.Rule || counted[opinion{key.Rule, a}] {
				continue
			}
			counted[opinion{key.Rule, a}] = true
			now, ok := latest[key.Rule]
			if !ok {
				now = before
			}
			now.Answers++
			if a.Kind == facts.CalledWrong {
				now.Wrong++
				now.LastWrong = later(now.LastWrong, a.At)
			}
			now.Counted = later(now.Counted, a.At)
			latest[key.Rule] = now
		}
	}
	for id, now := range latest {
		all[id] = now
	}
	return all
}

// answersTo lists what was answered where a finding stands, and on the waiting item of one that stands on the blocker.
func (v *view) answersTo(key facts.FindingKey) (all []*facts.Answer) {
	said := v.memory.Answers[key.Item]
	for i := range said {
		switch said[i].Kind {
		case facts.Acknowledged, facts.Accepted, facts.Committed, facts.Needed, facts.Declined, facts.Mitigated, facts.Reasoned, facts.CalledWrong:
			all = append(all, &said[i])
		}
	}
	if key.Waiting == key.Item {
		return all
	}
	said = v.memory.Answers[key.Waiting]
	for i := range said {
		if said[i].Kind == facts.Accepted {
			all = append(all, &said[i])
		}
	}
	return all
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
