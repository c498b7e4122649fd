package refine

import (
	"time"

	"strata/internal/markup"
	"strata/internal/work"
)

// RuleID is a rule's name for ever: in code, comments, config, metrics and documents.
type RuleID string

// CheckID is a readiness check's name for ever: "T2", "X11".
type CheckID string

// Severity says who must act when.
type Severity int

// The severities, the mildest first, so that they compare.
const (
	Info     Severity = iota + 1 // metrics and documents only, never a comment by itself
	Warning                      // needs the next refinement
	Critical                     // needs someone today
)

func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Critical:
		return "critical"
	}
	return ""
}

// Finding is a rule's result on an item or an edge.
type Finding struct {
	Rule     RuleID
	Severity Severity
	Item     work.Ref // where it is said: the item whose team acts
	Waiting  work.Ref // zero for rules of an item
	Blocker  work.Ref
	Team     work.TeamID // the acting team, "" when none is known
	Since    time.Time   // first held; zero until memory knows
	// Shown says that this is the first finding of its edge by severity and
	// precedence, the only one a comment may show. All count in metrics.
	Shown bool
	// Speaks says that it may appear in a comment at all: not info, and, placed
	// on the waiting item, that item is soon or the finding critical.
	Speaks bool
	// Now says that it cannot wait for the next working hours: critical in the active Sprint.
	Now bool
	// Acknowledged says that people answered it.
	Acknowledged bool

	// Title is the rule in plain words: "Off track: a blocker is planned later".
	Title string
	// Text is one sentence that names both items, teams, Sprints and dates.
	Text markup.Paragraph
	// Action is the one recommended step.
	Action markup.Paragraph
	// Next says who acts, when.
	Next markup.Paragraph
	// Commands are the answers that are valid here, without the prefix: "need <date>".
	Commands []string
	// Facts are what the finding rests on, as "name=value": refs, teams, planned
	// dates, Sprint ids, states; never now, never a count of days. The digest of
	// a comment is made of them.
	Facts []string
}

// Health of a dependency.
type Health string

// The healths of an edge, as the report writes them.
const (
	Healthy       Health = "healthy"
	AtRisk        Health = "at_risk"
	OffTrack      Health = "off_track"
	HealthUnknown Health = "unknown"
	Done          Health = "done"
	Dropped       Health = "dropped"
)

// Dependency is an unresolved edge: the waiting item is open; the blocker is
// open, dropped or unknown. It is independent of dates and of every rule.
type Dependency struct {
	Waiting, Blocker work.Ref
	WaitingTeam      work.TeamID
	BlockingTeam     work.TeamID
	State            work.State // the blocker's
	Health           Health
	Origins          []work.Origin // sorted
	Types            []string      // link types, sorted
	Slack            *int          // working days between eta and need; nil when infinite or unknown
	Since            time.Time
}

// Result of a readiness check.
type Result string

// The results; unknown facts give NotApplicable.
const (
	Pass          Result = "pass"
	Fail          Result = "fail"
	Waived        Result = "waived"
	NotApplicable Result = "n/a"
)

// Readiness is an item held against its layer's checks.
type Readiness struct {
	Item   work.Ref
	Layer  work.Layer
	Team   work.TeamID
	Checks map[CheckID]Result
	Ready  bool
	// Horizon is the distance of the item's Sprint: "current", "next", "next2", "next3", "" beyond.
	Horizon string
}

// Assessment is everything a cycle concludes, sorted.
type Assessment struct {
	Dependencies []Dependency // by waiting, blocker
	Findings     []Finding    // by item, severity (worst first), precedence
	Readiness    []Readiness  // by item
	Cycles       [][]work.Ref // each from its smallest ref
	// Settling names the open items whose Sprint just ended, until the next one of
	// their team has begun: nothing new is found about them, and that something is
	// no longer found proves nothing.
	Settling []work.Ref
}
