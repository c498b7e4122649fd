package refine

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
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
	// Override changes rules and checks by their id. Defaults to no changes.
	Override map[string]Override `yaml:"override"`
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
	for _, id := range slices.Sorted(maps.Keys(c.Override)) {
		mistakes = append(mistakes, c.Override[id].validate(id)...)
	}
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
