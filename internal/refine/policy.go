package refine

import (
	"fmt"
	"slices"
	"time"

	"strata/internal/facts"
	"strata/internal/work"
)

// Policy is how a product wants to be judged.
type Policy struct {
	Config
	// Readiness is the product's `readiness`: starter, standard or strict.
	// Defaults to starter.
	Readiness Profile
	// Calendar counts working days, a team's by its own. Defaults to Monday to Friday.
	Calendar facts.Calendar
	// NeedsInfo lists the labels that mark an item as having an open question, from
	// `sections.needs_info`. Defaults to needs-info and question.
	NeedsInfo []string
	// Profiles are those of teams that ask more of their own items than the product does.
	Profiles map[work.TeamID]Profile
	// DefinitionOfDone is where the product's definition of done stands, or what it
	// says. Defaults to none.
	DefinitionOfDone string
	// Leading is the tracker whose ranks order items of several trackers, from the
	// product's `order`: an item of another tracker stands where its nearest parent in
	// that tracker does. Empty: ranks are compared within one tracker only.
	Leading string
	// Teams are what teams changed for themselves: rules whose matter is the acting
	// team's own, and checks of the team layer that the profile does not require.
	Teams map[work.TeamID]Overrides
}

// DefaultPolicy returns the policy of an operator who wrote none.
func DefaultPolicy() Policy {
	return Policy{Config: Default(), Readiness: Starter, NeedsInfo: []string{"needs-info", "question"}}
}

// Profile is a list of required checks. A longer list asks for more.
type Profile string

// The profiles.
const (
	Starter  Profile = "starter"
	Standard Profile = "standard"
	Strict   Profile = "strict"
)

// Validate says whether the profile exists.
func (p Profile) Validate() error {
	if !slices.Contains([]Profile{Starter, Standard, Strict}, p) {
		return fmt.Errorf("readiness: %q; want starter, standard or strict", string(p))
	}
	return nil
}

var (
	starter  = []CheckID{"X6", "X8", "X9", "X11", "T2", "T3", "T9"}
	standard = []CheckID{"X1", "X2", "X3", "X5", "X13", "T1", "T6", "T8"}
)

// Profile returns what is required of a team's items: the product's profile, or
// the team's own where that asks for more.
func (p *Policy) Profile(team work.TeamID) Profile {
	if own := p.Profiles[team]; p.Readiness.Below(own) {
		return own
	}
	return p.Readiness
}

// Below says whether a profile asks for less than another.
func (p Profile) Below(other Profile) bool {
	order := []Profile{"", Starter, Standard, Strict}
	return max(slices.Index(order, p), 1) < max(slices.Index(order, other), 1)
}

// Requires says whether an item must pass the check to be ready.
func (p Profile) Requires(id CheckID) bool {
	switch p {
	case Strict:
		return true
	case Standard:
		return slices.Contains(starter, id) || slices.Contains(standard, id)
	}
	return slices.Contains(starter, id)
}

// Patience returns how often and for how long a reference must be unreadable
// before a rule says so.
func (p *Policy) Patience(id RuleID) (reads int, during time.Duration) {
	reads, during = 3, 24*time.Hour
	if o := p.Override[string(id)]; o.Reads > 0 {
		reads = o.Reads
	}
	if o := p.Override[string(id)]; o.For > 0 {
		during = o.For.Std()
	}
	return reads, during
}

// severityOf returns what the operator wrote about a rule for findings on which a
// team acts; "" when nothing.
func (p *Policy) severityOf(r *Rule, team work.TeamID) string {
	if teamsOwn[r.ID] {
		if o, ok := p.Teams[team][string(r.ID)]; ok && o.Severity != "" {
			return o.Severity
		}
	}
	return p.Override[string(r.ID)].Severity
}

// asks says whether a rule is asked at all: it is not switched off, or a team
// switched it on for itself.
func (p *Policy) asks(r *Rule) bool {
	if p.Override[string(r.ID)].Severity != Off {
		return true
	}
	for _, own := range p.Teams {
		if o := own[string(r.ID)]; teamsOwn[r.ID] && o.Severity != "" && o.Severity != Off {
			return true
		}
	}
	return false
}

// drops says whether a check is switched off for a team's items.
func (p *Policy) drops(id CheckID, team work.TeamID) bool {
	return p.Override[string(id)].Severity == Off ||
		p.Teams[team][string(id)].Severity == Off && !p.Profile(team).Requires(id)
}

// exempts says whether an item is taken out of judging on a day.
func (c Config) exempts(it *work.Item, today work.Day) bool {
	for i := range c.Exempt {
		e := &c.Exempt[i]
		if today <= e.Until && (e.Key != "" && e.Key == it.Key || e.Label != "" && slices.Contains(it.Labels, e.Label)) {
			return true
		}
	}
	return false
}
