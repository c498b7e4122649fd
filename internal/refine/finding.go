package refine

import (
	"time"

	"strata/internal/facts"
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
	// Acknowledged says that people answered it, and that nothing got worse since.
	Acknowledged bool
	// Ended says that the answer is all that was asked for, or that people called it
	// wrong: it is counted, and not said any more.
	Ended bool
	// Disposition is what they made of it; empty when they said nothing, or the facts
	// have got worse since. Answer is what they said, nil with an empty disposition.
	Disposition Disposition
	Answer      *facts.Answer

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
	// a comment is made of them; what is info is in no comment and has none.
	Facts []string
}

// Quiet says that there is nothing new to say about the finding: it is answered,
// or sleeps. A comment of such findings alone is not posted and not edited; one
// that stands stays, because what it says is still true.
func (f *Finding) Quiet() bool { return f.Disposition != "" }

// Disposition is what became of a finding that still holds.
type Disposition string

// The dispositions. A finding that is gone is resolved.
const (
	Owned     Disposition = "owned"     // somebody sees to it
	Accepted  Disposition = "accepted"  // the waiting team takes the risk, or the offered date
	Mitigated Disposition = "mitigated" // there is a way round
	Wrong     Disposition = "wrong"     // it is none, people say
	Snoozed   Disposition = "snoozed"   // asked to be quiet until a day; nobody answered
)

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
	Item  work.Ref
	Layer work.Layer
	Team  work.TeamID
	// Checks are the results by check. Items of equal results share them: they are not to be changed.
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
	// Forecasts are the items that nobody planned and that rank and velocity place, by item.
	Forecasts []Forecast
	// Bottlenecks are the teams for which far more than their share of the work of
	// others waits, the worst first. They stand in documents and metrics, and in no comment on an item.
	Bottlenecks []Bottleneck
	// Demoted are the rules that people call wrong too often, by id: they only inform.
	Demoted []Demotion
	// Trial names the rules that are new here or changed, by id: they only inform
	// until three days have passed without a "wrong", or the operator grades them.
	Trial []RuleID
	// Judged is what a memory should know of the rules from now on.
	Judged map[string]facts.Judged
}

// Forecast is when an item comes up by its rank and its team's velocity.
type Forecast struct {
	Item work.Ref
	Team work.TeamID
	// Window runs from the Sprint in which the team will begin it to that in which
	// it will be done.
	Window work.Window
	// Sprint is the one in which it will be done.
	Sprint work.SprintID
}

// Bottleneck is a team for whose items many others wait.
type Bottleneck struct {
	Team work.TeamID
	// Blocks is how many open dependencies between teams wait for it, of how many.
	Blocks, Of int
	// Waiting are the teams that wait, by name.
	Waiting []work.TeamID
}

// Demotion is a rule that people called wrong too often.
type Demotion struct {
	Rule RuleID
	// Answers is how many answers its findings got, and how many of them were "wrong".
	Answers, Wrong int
}
