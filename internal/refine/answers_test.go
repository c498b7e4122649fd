package refine_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/facts"
	"strata/internal/refine"
	"strata/internal/refine/refinetest"
	"strata/internal/refine/rules"
	"strata/internal/work"
)

// offTrack is a dependency that is off track since 9 March, with what people
// answered on the waiting item and what happened to the blocker.
func offTrack(t *testing.T, answers, changes string) refinetest.Product {
	t.Helper()
	return product(t, calendar+fmt.Sprintf(`
today: 11 Mar
installed: 2 Feb
raised:
  - {rule: DEP01, item: WEB-42, waiting: WEB-42, blocker: API-7, since: 5 Mar}
  - {rule: DEP01/critical, item: WEB-42, waiting: WEB-42, blocker: API-7, since: 5 Mar}
items:
  WEB-42: {team: Web, sprint: S2, waits: API-7, linked: {API-7: 10 Mar}, answers: [%s]}
  API-7: {team: Core, sprint: S3, changes: [%s]}
`, answers, changes))
}

func TestAnAnswerHoldsUntilTheFactsGetWorse(t *testing.T) {
	const ack = "{kind: ack, at: 10 Mar}"
	for _, c := range []struct {
		name, answers, changes string
		want                   refine.Disposition
	}{
		{"nobody answered", "", "", ""},
		{"somebody owns it", ack, "", refine.Owned},
		{"the waiting team accepts the risk", "{kind: accept, at: 10 Mar}", "", refine.Accepted},
		{"there is a way round", "{kind: mitigate, text: a stub, at: 10 Mar}", "", refine.Mitigated},
		{"the last word counts", ack + ", {kind: accept, at: 11 Mar}", "", refine.Accepted},
		{"it names another rule", "{kind: ack, about: DEP04, at: 10 Mar}", "", ""},
		{"it names this rule", "{kind: ack, about: DEP01, at: 10 Mar}", "", refine.Owned},
		{"it is older than the finding", "{kind: ack, at: 4 Mar}", "", ""},
		{"the blocker slipped since", ack, "{kind: moved, from: S2, to: S3, at: 11 Mar}", ""},
		{"the blocker slipped before", ack, "{kind: moved, from: S2, to: S3, at: 9 Mar}", refine.Owned},
		{"the blocker comes earlier now", ack, "{kind: moved, from: S4, to: S3, at: 11 Mar}", refine.Owned},
		{"work on the blocker stopped", ack, "{kind: stopped, at: 11 Mar}", ""},
		{"it is needed earlier now", ack + ", {kind: need, day: 12 Mar, at: 11 Mar}", "", ""},
		{"it sleeps", "{kind: snooze, day: 11 Mar, at: 10 Mar}", "", refine.Snoozed},
		{"it woke up", "{kind: snooze, day: 10 Mar, at: 10 Mar}", "", ""},
		{"it is called wrong, whatever happens", "{kind: wrong, at: 10 Mar}", "{kind: moved, from: S2, to: S3, at: 11 Mar}", refine.Wrong},
	} {
		a := found(offTrack(t, c.answers, c.changes))
		var got *refine.Finding
		for i := range a.Findings {
			if a.Findings[i].Rule == "DEP01" {
				got = &a.Findings[i]
			}
		}
		if got == nil {
			t.Errorf("%s: nothing is off track:\n%s", c.name, refinetest.Findings(a))
			continue
		}
		answered := c.want != "" && c.want != refine.Snoozed
		if got.Disposition != c.want || got.Acknowledged != answered || got.Quiet() != (c.want != "") || got.Speaks != (c.want != refine.Wrong) {
			t.Errorf("%s: disposition %q, acknowledged %v, quiet %v, speaks %v; want %q", c.name, got.Disposition, got.Acknowledged, got.Quiet(), got.Speaks, c.want)
		}
		if (got.Answer != nil) != (c.want != "") {
			t.Errorf("%s: the answer is %+v", c.name, got.Answer)
		}
	}
}

func TestAFindingThatRoseIsNotAnswered(t *testing.T) {
	p := offTrack(t, "{kind: ack, at: 10 Mar}", "")
	p.Remembered.Raised[1].Since = p.Today // critical since today
	for _, f := range found(p).Findings {
		if f.Rule == "DEP01" && f.Acknowledged {
			t.Error("it was acknowledged as a warning, and is critical now")
		}
	}
}

func TestAnAnswerAboutARuleLeavesTheOthersToSpeak(t *testing.T) {
	const items = `
today: 11 Mar
installed: 2 Feb
raised:
  - {rule: DEP06, item: WEB-42, waiting: WEB-42, blocker: API-7, since: 9 Mar}
  - {rule: DEP02, item: WEB-42, waiting: WEB-42, blocker: API-7, since: 9 Mar}
items:
  WEB-42: {team: Web, sprint: S2, waits: API-7, changes: [{kind: planned, to: S2, at: 2 Mar}], answers: [{kind: ack%s, at: 10 Mar}]}
  API-7: {team: Core, sprint: S2, changes: [{kind: moved, from: S1, to: S2, at: 9 Mar}]}
`
	for about, want := range map[string]string{", about: DEP06": "DEP02", "": ""} {
		shown := ""
		for _, f := range found(product(t, calendar+fmt.Sprintf(items, about))).Findings {
			if f.Shown && f.Speaks {
				shown += string(f.Rule)
			}
		}
		if shown != want {
			t.Errorf("ack%s: %q is shown; want %q", about, shown, want)
		}
	}
}

// tenAnswers are ten items off track since 5 March, some of which people called wrong.
func tenAnswers(wrong int) string {
	var b strings.Builder
	b.WriteString(calendar + "today: 11 Mar\ninstalled: 2 Feb\nraised:\n")
	for i := range 10 {
		fmt.Fprintf(&b, "  - {rule: DEP01, item: WEB-%d, waiting: WEB-%d, blocker: API-7, since: 5 Mar}\n", i, i)
	}
	b.WriteString("items:\n  API-7: {team: Core, sprint: S3}\n")
	for i := range 10 {
		kind := "ack"
		if i < wrong {
			kind = "wrong"
		}
		fmt.Fprintf(&b, "  WEB-%d: {team: Web, sprint: S2, waits: API-7, answers: [{kind: %s, at: 6 Mar}]}\n", i, kind)
	}
	return b.String()
}

// graveness is how grave the first finding of a rule is; 0 when it found nothing.
func graveness(a refine.Assessment, id refine.RuleID) refine.Severity {
	for i := range a.Findings {
		if a.Findings[i].Rule == id {
			return a.Findings[i].Severity
		}
	}
	return 0
}

func TestARuleThatPeopleCallWrongTooOftenOnlyInforms(t *testing.T) {
	for wrong, demoted := range map[int]bool{3: false, 4: true} {
		p := product(t, tenAnswers(wrong))
		m := p.Memory(rules.All())
		first := refinetest.Judge(p, p.Snapshot(), m, rules.All(), nil)
		if got := first.Judged["DEP01"]; got.Answers != 10 || got.Wrong != wrong {
			t.Errorf("counted %d answers, %d wrong; want 10, %d", got.Answers, got.Wrong, wrong)
		}
		m.Judged = first.Judged
		second := refinetest.Judge(p, p.Snapshot(), m, rules.All(), nil)
		if diff := cmp.Diff(second.Judged, first.Judged); diff != "" {
			t.Errorf("counted twice (-second +first):\n%s", diff)
		}
		want := refine.Critical
		if demoted {
			want = refine.Info
		}
		for _, f := range second.Findings {
			if f.Rule == "DEP01" && f.Severity != want {
				t.Errorf("%d of ten are wrong: %s; want %s", wrong, f.Severity, want)
			}
		}
		if demoted != (len(second.Demoted) == 1 && second.Demoted[0] == refine.Demotion{Rule: "DEP01", Answers: 10, Wrong: wrong}) {
			t.Errorf("%d of ten are wrong: demoted %v", wrong, second.Demoted)
		}
	}
}

func TestNineAnswersDemoteNoRule(t *testing.T) {
	p := product(t, waitsForLater+"installed: 2 Feb\njudged: {DEP01: {passed: true, answers: 9, wrong: 9}}\n")
	if a := found(p); len(a.Demoted) != 0 || graveness(a, "DEP01") != refine.Critical {
		t.Errorf("demoted after nine answers:\n%s", refinetest.Findings(a))
	}
}

func TestTheOperatorsGradeStandsAboveWhatPeopleThink(t *testing.T) {
	p := product(t, waitsForLater+"installed: 2 Feb\njudged: {DEP01: {passed: true, answers: 20, wrong: 20}}\nrules: {override: {DEP01: {severity: warning}}}\n")
	for _, f := range found(p).Findings {
		if f.Rule == "DEP01" && f.Severity != refine.Warning {
			t.Errorf("DEP01 is %s; the operator said warning", f.Severity)
		}
	}
}

func TestANewRuleOnlyInformsForThreeDaysWithoutAWrong(t *testing.T) {
	const items = `
today: 11 Mar
installed: 2 Feb
teams: {Core: {planning: flow}}
items:
  WEB-42: {team: Web, sprint: S2, waits: API-7, linked: {API-7: 2 Mar}}
  API-7: {team: Core}
`
	for _, c := range []struct {
		name, judged string
		want         refine.Severity
	}{
		{"two days", "{version: 1, since: 9 Mar}", refine.Info},
		{"three days", "{version: 1, since: 8 Mar}", refine.Warning},
		{"called wrong on the way", "{version: 1, since: 6 Mar, last_wrong: 9 Mar}", refine.Info},
		{"passed, and called wrong since", "{version: 1, since: 2 Feb, passed: true, last_wrong: 10 Mar}", refine.Warning},
		{"another version passed", "{version: 0, since: 2 Feb, passed: true}", refine.Info},
		{"there from the first day", "{version: 1, since: 2 Feb}", refine.Warning},
	} {
		a := found(product(t, calendar+items+"judged: {DEP10: "+c.judged+"}\n"))
		if len(a.Findings) != 1 || a.Findings[0].Severity != c.want {
			t.Errorf("%s: want one finding, %s; got\n%s", c.name, c.want, refinetest.Findings(a))
		}
		if on := len(a.Trial) == 1 && a.Trial[0] == "DEP10"; on != (c.want == refine.Info) {
			t.Errorf("%s: on trial %v", c.name, a.Trial)
		}
	}
	graded := found(product(t, calendar+items+"judged: {DEP10: {version: 1, since: 10 Mar}}\nrules: {override: {DEP10: {severity: warning}}}\n"))
	if graded.Findings[0].Severity != refine.Warning {
		t.Error("the operator graded the rule; there is nothing to try any more")
	}
}

func TestAChangedRuleTakesNothingBack(t *testing.T) {
	p := product(t, waitsForLater+`
installed: 2 Feb
raised: [{rule: DEP01, item: WEB-42, waiting: WEB-42, blocker: API-7, since: 9 Mar}]
`)
	changed := rules.All()
	for i := range changed {
		changed[i].Version += 7
	}
	m := p.Memory(rules.All())
	a := refinetest.Judge(p, p.Snapshot(), m, changed, nil)
	if len(a.Trial) != len(changed) || graveness(a, "DEP01") != refine.Critical {
		t.Errorf("an upgrade changed what was said before:\n%s", refinetest.Findings(a))
	}
	m.Raised = nil
	if a := refinetest.Judge(p, p.Snapshot(), m, changed, nil); graveness(a, "DEP01") != refine.Info {
		t.Errorf("a changed rule spoke at once:\n%s", refinetest.Findings(a))
	}
}

func TestAFirstInstallationTriesNothing(t *testing.T) {
	p := product(t, waitsForLater)
	a := refinetest.Judge(p, p.Snapshot(), facts.Memory{}, rules.All(), nil)
	if len(a.Trial) != 0 {
		t.Errorf("on trial: %v", a.Trial)
	}
	m := facts.Memory{Installed: p.Snapshot().Taken, Judged: a.Judged}
	later := p.Snapshot()
	later.Taken = later.Taken.Add(time.Hour)
	if a := refinetest.Judge(p, later, m, rules.All(), nil); len(a.Trial) != 0 {
		t.Errorf("on trial an hour after the installation: %v", a.Trial)
	}
}

func TestABottleneckIsATeamForWhichFarMoreThanItsShareWaits(t *testing.T) {
	const product5 = `
today: 11 Mar
teams: {A: {}, B: {}, C: {}, D: {}}
items:
  CORE-1: {team: Core}
  WEB-1: {team: Web, waits: CORE-1}
  WEB-2: {team: Web, waits: CORE-1}
  APP-1: {team: App, waits: %s}
  DB-1: {team: Data, waits: WEB-1}
  DB-2: {team: Data, waits: APP-1}
  DB-3: {team: Data, waits: CORE-1}
`
	a := found(product(t, calendar+fmt.Sprintf(product5, "CORE-1")))
	want := []refine.Bottleneck{{Team: "Core", Blocks: 4, Of: 6, Waiting: []work.TeamID{"App", "Data", "Web"}}}
	if diff := cmp.Diff(a.Bottlenecks, want); diff != "" {
		t.Errorf("four of six, with four teams (-got +want):\n%s", diff)
	}
	if a := found(product(t, calendar+fmt.Sprintf(product5, "WEB-2"))); len(a.Bottlenecks) != 0 {
		t.Errorf("three of six are twice the fair share, not more: %v", a.Bottlenecks)
	}
}
