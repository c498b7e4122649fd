package refine

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"strata/internal/duration"
	"strata/internal/work"
)

// Config is the operator's `rules` section.
type Config struct {
	// Lookahead is how many Sprints beyond the current one are judged. Defaults to 3.
	Lookahead int `yaml:"lookahead"`
	// Tolerance is by how many working days dates may miss each other and still
	// fit; whole days. Defaults to 1d.
	Tolerance duration.Duration `yaml:"tolerance"`
	// Settle is how long a finding must hold before it is said, and be gone before
	// that is said. Defaults to 30m.
	Settle duration.Duration `yaml:"settle"`
	// SameSprint says how a blocker in the same Sprint as the item that waits for
	// it is seen: ok, at_risk or off_track. Defaults to at_risk.
	SameSprint SameSprint `yaml:"same_sprint"`
	// Order says when a blocker is needed where nobody named a date: sequential,
	// before the waiting item starts, or concurrent, before it ends. Defaults to
	// sequential.
	Order Order `yaml:"order"`
	// Override changes rules and checks by their id; a product's own stand above
	// these. Defaults to no changes.
	Override Overrides `yaml:"override"`
	// Exempt lists items that are not judged. Defaults to none.
	Exempt []Exemption `yaml:"exempt"`
}

// SameSprint is the policy for two items of different teams in one Sprint.
type SameSprint string

// The policies for one Sprint.
const (
	SameSprintOK       SameSprint = "ok"
	SameSprintAtRisk   SameSprint = "at_risk"
	SameSprintOffTrack SameSprint = "off_track"
)

// Order is the policy for when a blocker is needed.
type Order string

// The policies of order.
const (
	Sequential Order = "sequential"
	Concurrent Order = "concurrent"
)

// Override changes one rule or check.
type Override struct {
	// Severity is info, warning, critical or off. Defaults to the rule's own. For a
	// check only off is valid.
	Severity string `yaml:"severity"`
	// Reads and For say how often and how long a reference must be unreadable
	// before DEP21 says so; other rules do not use them. Default to 3 and 24h.
	Reads int               `yaml:"reads"`
	For   duration.Duration `yaml:"for"`
}

// Overrides are changes by the id of the rule or check.
type Overrides map[string]Override

// Over returns the overrides of a product above those of the installation.
func (o Overrides) Over(installation Overrides) Overrides {
	if len(o) == 0 {
		return installation
	}
	all := Overrides{}
	maps.Copy(all, installation)
	maps.Copy(all, o)
	return all
}

// Validate returns every mistake, each with its place below the section and a remedy.
func (o Overrides) Validate() (mistakes []error) {
	for _, id := range slices.Sorted(maps.Keys(o)) {
		mistakes = append(mistakes, o[id].validate(id)...)
	}
	return mistakes
}

// ValidateOwn returns every mistake in the overrides of a team: it may grade the
// rules whose matter is its own, and switch off checks of the team layer that its
// product's profile does not require.
func (o Overrides) ValidateOwn(p Profile) (mistakes []error) {
	for _, id := range slices.Sorted(maps.Keys(o)) {
		own := o[id]
		switch wrong := own.validate(id); {
		case len(wrong) > 0:
			mistakes = append(mistakes, wrong...)
		case ruleID.MatchString(id) && !teamsOwn[RuleID(id)]:
			mistakes = append(mistakes, fmt.Errorf("override.%s: concerns other teams too; change it for the product, or take one of %s", id, strings.Join(ownRules(), ", ")))
		case strings.HasPrefix(id, "X"):
			mistakes = append(mistakes, fmt.Errorf("override.%s: is a check of the cross-team layer; change it for the product", id))
		case checkID.MatchString(id) && cmp.Or(p, Starter).Requires(CheckID(id)):
			mistakes = append(mistakes, fmt.Errorf("override.%s: the product's profile requires it; a team may ask for more, never for less", id))
		}
	}
	return mistakes
}

// teamsOwn are the rules whose matter is the acting team's own: what it begins
// (DEP07), what it takes into its Sprint (DEP08), when somebody takes an item
// (DEP09) and how it uses the mark of being blocked (DEP24, DEP25). All others
// tell it what another team waits for, or is told by another one.
var teamsOwn = map[RuleID]bool{"DEP07": true, "DEP08": true, "DEP09": true, "DEP24": true, "DEP25": true}

func ownRules() (ids []string) {
	for id := range teamsOwn {
		ids = append(ids, string(id))
	}
	slices.Sort(ids)
	return ids
}

// Off is the severity of what is switched off.
const Off = "off"

// Exemption takes items out of all judging, for a reason and a while.
type Exemption struct {
	// Label or Key names the items; exactly one is set. Defaults to neither.
	Label string `yaml:"label"`
	Key   string `yaml:"key"`
	// Reason is why. Required.
	Reason string `yaml:"reason"`
	// Until is the last day on which it holds. Required.
	Until work.Day `yaml:"until"`
}

// Default returns the config of an operator who wrote none.
func Default() Config {
	return Config{
		Lookahead:  3,
		Tolerance:  duration.Duration(24 * time.Hour),
		Settle:     duration.Duration(30 * time.Minute),
		SameSprint: SameSprintAtRisk,
		Order:      Sequential,
	}
}

var (
	ruleID  = regexp.MustCompile(`^DEP(0[1-9]|1[0-9]|2[0-5])$`)
	checkID = regexp.MustCompile(`^(X([1-9]|1[0-7])|T([1-9]|1[0-4]))$`)
)

// Validate returns every mistake, each with its place below `rules` and a remedy.
func (c Config) Validate() (mistakes []error) {
	bad := func(format string, args ...any) { mistakes = append(mistakes, fmt.Errorf(format, args...)) }
	if c.Lookahead < 1 || c.Lookahead > 12 {
		bad("lookahead: %d Sprints; want 1 to 12", c.Lookahead)
	}
	if c.Tolerance.Std()%(24*time.Hour) != 0 || c.Tolerance.Days() > 14 {
		bad("tolerance: %s; want whole days from 0d to 14d", c.Tolerance)
	}
	if c.Settle.Std() > 7*24*time.Hour {
		bad("settle: %s; want at most 7d", c.Settle)
	}
	if !slices.Contains([]SameSprint{SameSprintOK, SameSprintAtRisk, SameSprintOffTrack}, c.SameSprint) {
		bad("same_sprint: %q; want ok, at_risk or off_track", c.SameSprint)
	}
	if !slices.Contains([]Order{Sequential, Concurrent}, c.Order) {
		bad("order: %q; want sequential or concurrent", c.Order)
	}
	mistakes = append(mistakes, c.Override.Validate()...)
	for i, e := range c.Exempt {
		if (e.Label == "") == (e.Key == "") {
			bad("exempt[%d]: want either label or key", i)
		}
		if e.Reason == "" {
			bad("exempt[%d].reason: missing; say why, for those who find it later", i)
		}
		if e.Until.IsZero() {
			bad("exempt[%d].until: missing; want a date such as 2026-12-31", i)
		}
	}
	return mistakes
}

func (o Override) validate(id string) (mistakes []error) {
	bad := func(format string, args ...any) { mistakes = append(mistakes, fmt.Errorf(format, args...)) }
	switch {
	case ruleID.MatchString(id):
		if _, ok := grades[cmp.Or(o.Severity, Off)]; !ok {
			bad("override.%s.severity: %q; want info, warning, critical or off", id, o.Severity)
		}
	case checkID.MatchString(id):
		if o.Severity != Off {
			bad("override.%s.severity: %q; a check can only be switched off", id, o.Severity)
		}
	default:
		bad("override.%s: no such rule or check; want DEP01 to DEP25, X1 to X17 or T1 to T14", id)
	}
	if id != "DEP21" && (o.Reads != 0 || o.For != 0) {
		bad("override.%s: reads and for belong to DEP21; remove them here", id)
	}
	if o.Reads < 0 || o.Reads > 100 {
		bad("override.%s.reads: %d; want 1 to 100", id, o.Reads)
	}
	return mistakes
}

// grades maps the words of the config to severities; off is none.
var grades = map[string]Severity{Off: 0, Info.String(): Info, Warning.String(): Warning, Critical.String(): Critical}
