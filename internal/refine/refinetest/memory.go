package refinetest

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"strata/internal/facts"
	"strata/internal/refine"
	"strata/internal/work"
)

// Remembered is what an example's memory holds beside its items' pasts. An
// example that has an installation has judged all rules long enough, unless it says otherwise.
type Remembered struct {
	Installed Date              `yaml:"installed"`
	Raised    []Raised          `yaml:"raised"`
	Judged    map[string]Judged `yaml:"judged"`
}

// Raised is a finding that held before.
type Raised struct {
	Rule    string `yaml:"rule"`
	Item    string `yaml:"item"`
	Waiting string `yaml:"waiting"`
	Blocker string `yaml:"blocker"`
	Since   Date   `yaml:"since"`
}

// Judged is how a rule fared.
type Judged struct {
	Version   int  `yaml:"version"`
	Since     Date `yaml:"since"`
	Passed    bool `yaml:"passed"`
	Answers   int  `yaml:"answers"`
	Wrong     int  `yaml:"wrong"`
	LastWrong Date `yaml:"last_wrong"`
}

// Pace is how fast a team was. Samples default to twelve, Sprints to three.
type Pace struct {
	P50      int     `yaml:"p50"`
	P85      int     `yaml:"p85"`
	Samples  int     `yaml:"samples"`
	Velocity float64 `yaml:"velocity"`
	Items    float64 `yaml:"items"`
	Sprints  int     `yaml:"sprints"`
}

// Past is what happened to an item and what people said of it.
type Past struct {
	Linked  map[string]Date `yaml:"linked"` // since when it waits for which blocker
	Answers []Answer        `yaml:"answers"`
	Changes []Change        `yaml:"changes"`
	Missing *Missing        `yaml:"missing"`
}

// Answer is a command, given by Kim unless it says by whom.
type Answer struct {
	Kind  facts.AnswerKind `yaml:"kind"`
	About string           `yaml:"about"`
	Day   Date             `yaml:"day"`
	Text  string           `yaml:"text"`
	By    string           `yaml:"by"`
	At    Date             `yaml:"at"`
}

// Change is a step in an item's life, to and from Sprints by their names, or to and from days.
type Change struct {
	Kind    facts.ChangeKind `yaml:"kind"`
	From    string           `yaml:"from"`
	To      string           `yaml:"to"`
	FromDay Date             `yaml:"from_day"`
	ToDay   Date             `yaml:"to_day"`
	At      Date             `yaml:"at"`
}

// Missing is since when an item cannot be read.
type Missing struct {
	Since Date `yaml:"since"`
	Reads int  `yaml:"reads"`
}

// Memory returns what the example remembers.
func (p Product) Memory(rules []refine.Rule) facts.Memory {
	m := facts.Memory{
		Installed: p.Installed.noon(), EdgeSeen: map[facts.Edge]time.Time{}, Raised: map[facts.FindingKey]time.Time{},
		Answers: map[work.Ref][]facts.Answer{}, Changes: map[work.Ref][]facts.Change{}, Missing: map[work.Ref]facts.Missing{},
		Paces: map[work.TeamID]facts.Pace{}, Judged: map[string]facts.Judged{},
	}
	for _, key := range slices.Sorted(maps.Keys(p.Items)) {
		if it := p.Items[key]; it != nil {
			p.remember(&m, p.ref(key), it)
		}
	}
	for _, r := range p.Raised {
		m.Raised[facts.FindingKey{Rule: r.Rule, Item: p.ref(r.Item), Waiting: p.ref(r.Waiting), Blocker: p.ref(r.Blocker)}] = r.Since.noon()
	}
	for name, team := range p.Teams {
		if pace := team.Pace; pace != (Pace{}) {
			m.Paces[work.TeamID(name)] = facts.Pace{P50: pace.P50, P85: pace.P85, Samples: cmp.Or(pace.Samples, 12),
				Velocity: pace.Velocity, Items: pace.Items, Sprints: cmp.Or(pace.Sprints, 3)}
		}
	}
	for i := range rules {
		r := &rules[i]
		m.Judged[string(r.ID)] = facts.Judged{Version: r.Version, Since: m.Installed, Passed: true}
		if j, ok := p.Judged[string(r.ID)]; ok {
			m.Judged[string(r.ID)] = facts.Judged{Version: j.Version, Since: j.Since.noon(), Passed: j.Passed,
				Answers: j.Answers, Wrong: j.Wrong, LastWrong: j.LastWrong.noon()}
		}
	}
	return m
}

func (p Product) remember(m *facts.Memory, ref work.Ref, it *Item) {
	for blocker, at := range it.Linked {
		m.EdgeSeen[facts.Edge{Blocker: p.ref(blocker), Waiting: ref}] = at.noon()
	}
	for _, a := range it.Answers {
		m.Answers[ref] = append(m.Answers[ref], facts.Answer{Kind: a.Kind, About: a.About, Day: work.Day(a.Day), Text: a.Text, By: cmp.Or(a.By, "Kim"), At: a.At.noon()})
	}
	for _, c := range it.Changes {
		change := facts.Change{Kind: c.Kind, From: work.SprintID(c.From), To: work.SprintID(c.To), FromDay: work.Day(c.FromDay), ToDay: work.Day(c.ToDay), At: c.At.noon()}
		change.FromDay = cmp.Or(change.FromDay, p.Sprints[c.From].window.End)
		change.ToDay = cmp.Or(change.ToDay, p.Sprints[c.To].window.End)
		m.Changes[ref] = append(m.Changes[ref], change)
	}
	if it.Missing != nil {
		m.Missing[ref] = facts.Missing{Since: it.Missing.Since.noon(), Reads: it.Missing.Reads}
	}
}
