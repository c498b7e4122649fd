package refine_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/refine"
	"strata/internal/refine/checks"
	"strata/internal/refine/refinetest"
	"strata/internal/refine/rules"
	"strata/internal/work"
)

const calendar = "sprints: {S1: 2 Mar - 13 Mar, S2: 16 Mar - 27 Mar, S3: 30 Mar - 10 Apr, S4: 13 Apr - 24 Apr}\n"

func product(t *testing.T, text string) refinetest.Product {
	t.Helper()
	p, err := refinetest.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// everyExample returns the products of all examples of the rules and checks.
func everyExample(t *testing.T) map[string]refinetest.Product {
	t.Helper()
	files, err := filepath.Glob("*/testdata/*/*.txtar")
	if err != nil || len(files) < 80 {
		t.Fatalf("found %d examples (%v)", len(files), err)
	}
	all := map[string]refinetest.Product{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range txtar.Parse(text).Files {
			if f.Name == "product" {
				all[file] = product(t, string(f.Data))
			}
		}
	}
	return all
}

func judge(p refinetest.Product, s work.Snapshot) refine.Assessment {
	return refinetest.Judge(p, s, p.Memory(rules.All()), rules.All(), checks.All())
}

// found is judge without checks.
func found(p refinetest.Product) refine.Assessment {
	return refinetest.Judge(p, p.Snapshot(), p.Memory(rules.All()), rules.All(), nil)
}

func TestTheOrderOfInputDoesNotMatterAndNothingIsChanged(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for file, p := range everyExample(t) {
		want := judge(p, p.Snapshot())
		if diff := cmp.Diff(judge(p, p.Snapshot()), want); diff != "" {
			t.Errorf("%s judged twice (-second +first):\n%s", file, diff)
		}
		s := p.Snapshot()
		rnd.Shuffle(len(s.Items), func(i, j int) { s.Items[i], s.Items[j] = s.Items[j], s.Items[i] })
		rnd.Shuffle(len(s.Sprints), func(i, j int) { s.Sprints[i], s.Sprints[j] = s.Sprints[j], s.Sprints[i] })
		rnd.Shuffle(len(s.Teams), func(i, j int) { s.Teams[i], s.Teams[j] = s.Teams[j], s.Teams[i] })
		for i := range s.Items {
			it := &s.Items[i]
			rnd.Shuffle(len(it.Links), func(i, j int) { it.Links[i], it.Links[j] = it.Links[j], it.Links[i] })
		}
		all, asked := rules.All(), checks.All()
		slices.Reverse(all)
		slices.Reverse(asked)
		if diff := cmp.Diff(refinetest.Judge(p, s, p.Memory(all), all, asked), want); diff != "" {
			t.Errorf("%s in another order (-got +want):\n%s", file, diff)
		}
		before := p.Snapshot()
		refine.Judge(before, graph.Build(before.Items), p.Memory(rules.All()), p.Policy(), work.Day(p.Today), rules.All(), checks.All())
		if diff := cmp.Diff(before, p.Snapshot(), cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })); diff != "" {
			t.Errorf("%s: judging changed the snapshot (-after +before):\n%s", file, diff)
		}
	}
}

func TestTheZoneOfTheMachineDoesNotMatter(t *testing.T) {
	before := time.Local
	t.Cleanup(func() { time.Local = before })
	examples := everyExample(t)
	for _, offset := range []int{-11, 14} {
		for file, p := range examples {
			time.Local = time.UTC
			want := judge(p, p.Snapshot())
			time.Local = time.FixedZone("far away", offset*60*60)
			if diff := cmp.Diff(judge(p, p.Snapshot()), want); diff != "" {
				t.Errorf("%s at %+d hours (-got +want):\n%s", file, offset, diff)
			}
		}
	}
}

const waitsForLater = calendar + `
today: 11 Mar
items:
  WEB-42: {team: Web, sprint: S2, waits: API-7}
  API-7: {team: Core, sprint: S3}
`

func TestMemoryGivesADependencyAndAFindingTheirFirstSight(t *testing.T) {
	p := product(t, waitsForLater)
	b, w := refinetest.Ref("API-7"), refinetest.Ref("WEB-42")
	linked, raised := time.Date(2026, 2, 12, 8, 0, 0, 0, time.UTC), time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	m := facts.Memory{
		EdgeSeen: map[facts.Edge]time.Time{{Blocker: b, Waiting: w}: linked},
		Raised:   map[facts.FindingKey]time.Time{{Rule: "DEP01", Item: w, Blocker: b, Waiting: w}: raised},
	}
	a := refinetest.Judge(p, p.Snapshot(), m, rules.All(), nil)
	if len(a.Dependencies) != 1 || !a.Dependencies[0].Since.Equal(linked) {
		t.Errorf("dependencies = %+v; want one since %s", a.Dependencies, linked)
	}
	if len(a.Findings) != 1 || !a.Findings[0].Since.Equal(raised) {
		t.Errorf("findings = %+v; want one since %s", a.Findings, raised)
	}
}

func TestFactsDoNotMoveWithTheDay(t *testing.T) {
	p := product(t, `
sprints: {S1: 2 Mar - 13 Mar active, S2: 16 Mar - 27 Mar future, S3: 30 Mar - 10 Apr}
today: 13 Mar
items:
  WEB-42: {team: Web, sprint: S1, waits: API-7}
  API-7: {team: Core, sprint: S3}
  SHOP-1: {kind: epic, team: Web, waits: API-7}
  SHOP-2: {team: Web, sprint: S1, parent: SHOP-1}
`)
	first := judge(p, p.Snapshot())
	p.Today += 6 // the Sprint should have ended, and its tracker still calls it active
	s := p.Snapshot()
	for i := range s.Sprints {
		if s.Sprints[i].State == work.SprintActive {
			s.Sprints[i].Window.End = work.Day(p.Today)
		}
	}
	later := judge(p, s)
	said := func(a refine.Assessment) map[refine.RuleID][]string {
		all := map[refine.RuleID][]string{}
		for _, f := range a.Findings {
			if f.Rule == "DEP01" {
				all[f.Rule+refine.RuleID(f.Item.ID)] = append(f.Facts, refinetest.Plain(f.Text))
			}
		}
		return all
	}
	if len(said(first)) != 2 {
		t.Fatalf("the example should raise DEP01 twice:\n%s", refinetest.Findings(first))
	}
	if diff := cmp.Diff(said(later), said(first)); diff != "" {
		t.Errorf("what was said changed by waiting (-later +first):\n%s", diff)
	}
}

func TestSettlingKeepsWhatIsKnownAndAddsNothing(t *testing.T) {
	const sprints = "sprints: {S1: 2 Mar - 13 Mar closed, S2: 16 Mar - 27 Mar future, S3: 30 Mar - 10 Apr}\n"
	p := product(t, sprints+`
today: Sat 14 Mar
items:
  WEB-42: {team: Web, sprint: [S1, S2], waits: API-7}
  API-7: {team: Core, sprint: S3}
`)
	w, b := refinetest.Ref("WEB-42"), refinetest.Ref("API-7")
	a := found(p)
	if len(a.Findings) != 0 {
		t.Errorf("raised between two Sprints:\n%s", refinetest.Findings(a))
	}
	if diff := cmp.Diff(a.Settling, []work.Ref{w}); diff != "" {
		t.Errorf("settling (-got +want):\n%s", diff)
	}
	m := facts.Memory{Raised: map[facts.FindingKey]time.Time{
		{Rule: "DEP01", Item: w, Blocker: b, Waiting: w}: time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)}}
	if a := refinetest.Judge(p, p.Snapshot(), m, rules.All(), nil); len(a.Findings) != 1 {
		t.Errorf("what held before the Sprint ended must still be told:\n%s", refinetest.Findings(a))
	}
	for day, want := range map[refinetest.Date]int{p.Today + 3: 0, p.Today + 4: 1} { // Tuesday, Wednesday
		later := p
		later.Today = day
		if a := found(later); len(a.Findings) != want {
			t.Errorf("%s: %d findings; want %d, for two working days are enough", work.Day(day), len(a.Findings), want)
		}
	}
	begun := product(t, `
sprints: {S1: 2 Mar - 13 Mar closed, S2: 16 Mar - 27 Mar active, S3: 30 Mar - 10 Apr}
today: Mon 16 Mar
items:
  WEB-42: {team: Web, sprint: [S1, S2], waits: API-7}
  API-7: {team: Core, sprint: S3}
`)
	if a := found(begun); len(a.Findings) == 0 {
		t.Errorf("the next Sprint has begun:\n%s", refinetest.Findings(a))
	}
}

func TestDependenciesAreListedWhateverTheRulesSay(t *testing.T) {
	p := product(t, calendar+`
today: 11 Mar
items:
  WEB-1: {team: Web, waits: [API-1, API-2, API-3, API-4]}
  API-1: {team: Core}
  API-2: {team: Core, state: delivered}
  API-3: {team: Core, state: dropped}
  API-4: {team: Core, state: unknown}
  WEB-2: {team: Web, state: delivered, waits: API-1}
  EXT-1: {stub: true, waits: API-1}
  EXT-2: {stub: true, state: unknown, waits: API-1}
  EPIC-1: {kind: epic, team: Web, waits: EPIC-2}
  EPIC-2: {kind: epic, team: Core}
  WEB-3: {team: Web, parent: EPIC-1}
`)
	a := refinetest.Judge(p, p.Snapshot(), facts.Memory{}, nil, nil)
	var got []string
	for _, d := range a.Dependencies {
		got = append(got, d.Waiting.ID+" waits for "+d.Blocker.ID+" "+string(d.State)+" "+string(d.Health))
	}
	want := []string{
		"EXT-1 waits for API-1 open unknown",
		"WEB-1 waits for API-1 open unknown",
		"WEB-1 waits for API-3 dropped dropped",
		"WEB-1 waits for API-4 unknown unknown",
		"EPIC-1 waits for EPIC-2 open unknown",
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("dependencies (-got +want):\n%s", diff)
	}
}

func TestFindingsOutsideOfThePlannedAreSilent(t *testing.T) {
	for name, c := range map[string]struct {
		items  string
		speaks bool
	}{
		"a warning on an item that is not soon":            {"{WEB-42: {team: Web, sprint: S3, waits: API-7}, API-7: {team: Core, sprint: S4}}", false},
		"a warning on the blocker":                         {"{WEB-42: {team: Web, sprint: S3, waits: API-7}, API-7: {team: Core}}", true},
		"a warning that moved from a blocker outside":      {"{WEB-42: {team: Web, sprint: S3, needed_by: 30 Mar, waits: API-7}, API-7: {team: Core, outside: true}}", false},
		"a critical finding":                               {"{WEB-42: {team: Web, sprint: S2, waits: API-7}, API-7: {team: Core, sprint: S4}}", true},
		"a critical finding on an item of another product": {"{WEB-42: {team: Web, sprint: S2, outside: true, waits: API-7}, API-7: {team: Core, sprint: S4}}", false},
	} {
		p := product(t, calendar+"today: 11 Mar\nitems: "+c.items+"\n")
		a := found(p)
		if len(a.Findings) != 1 || a.Findings[0].Speaks != c.speaks {
			t.Errorf("%s: want one finding that speaks: %v; got\n%s", name, c.speaks, refinetest.Findings(a))
		}
	}
}

func TestARuleThatIsOffSaysNothing(t *testing.T) {
	p := product(t, waitsForLater+"rules: {override: {DEP01: {severity: \"off\"}}}\n")
	if a := found(p); len(a.Findings) != 0 {
		t.Errorf("got\n%s", refinetest.Findings(a))
	}
	p = product(t, waitsForLater+"rules: {override: {T2: {severity: \"off\"}}}\n")
	for _, r := range judge(p, p.Snapshot()).Readiness {
		if _, ok := r.Checks["T2"]; ok {
			t.Errorf("%s was held against T2", r.Item)
		}
	}
}

func TestAnExemptionEnds(t *testing.T) {
	for until, want := range map[string]int{"2026-03-11": 0, "2026-03-10": 1} {
		p := product(t, waitsForLater+"rules: {exempt: [{key: API-7, reason: a trial, until: "+until+"}]}\n")
		if a := found(p); len(a.Findings) != want {
			t.Errorf("until %s: %d findings; want %d", until, len(a.Findings), want)
		}
	}
}

func TestConcurrentTeamsNeedTheBlockerByTheEnd(t *testing.T) {
	p := product(t, calendar+"today: 11 Mar\nrules: {order: concurrent}\nitems: {WEB-42: {team: Web, sprint: S2, waits: API-7}, API-7: {team: Core, sprint: S2}}\n")
	if got, want := refinetest.Findings(found(p)), "nothing\nWEB-42 waits for API-7: healthy, slack 0\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestBoxesOfSeveralBoardsAreComparedByDates(t *testing.T) {
	p := product(t, `
sprints: {S1: 2 Mar - 13 Mar, S2: 16 Mar - 27 Mar, S3: 30 Mar - 10 Apr, Web 9: "web: 9 Mar - 22 Mar", Web 10: "web: 23 Mar - 5 Apr", Core A: "core: 16 Mar - 20 Mar", Core B: "core: 23 Mar - 27 Mar"}
today: 11 Mar
items:
  WEB-42: {team: Web, sprint: Web 10, waits: [API-7, API-8]}
  API-7: {team: Core, sprint: Core A}
  API-8: {team: Core, sprint: Core B}
`)
	want := `DEP02 warning on WEB-42
  WEB-42 (Web, Web 10, starts 23 Mar) waits for API-8 (Core), planned for Core B, which ends 27 Mar, so that the two overlap.
  Agree the day on which API-8 is handed over.
  Next: Web and Core, in the next cross-team refinement
WEB-42 waits for API-7: healthy, slack 1
WEB-42 waits for API-8: at_risk, slack -4
`
	if diff := cmp.Diff(refinetest.Findings(found(p)), want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestFindingsNeverQuoteATitle(t *testing.T) {
	for file, p := range everyExample(t) {
		for _, f := range judge(p, p.Snapshot()).Findings {
			text := refinetest.Plain(slices.Concat(f.Text, f.Action, f.Next))
			if text == "" || strings.Contains(text, "Title of") {
				t.Errorf("%s: %s says %q", file, f.Rule, text)
			}
		}
	}
}

func TestALargeProductIsJudgedTheSameInAnyOrder(t *testing.T) {
	s := world(3000, 0.4)
	m := facts.Memory{
		Installed: s.Sprints[0].Window.Start.Time(), Answers: map[work.Ref][]facts.Answer{}, Changes: map[work.Ref][]facts.Change{},
		Paces: map[work.TeamID]facts.Pace{}, Missing: map[work.Ref]facts.Missing{}, EdgeSeen: map[facts.Edge]time.Time{},
	}
	today := work.Date(2026, time.March, 11)
	s.Taken = today.Time().Add(9 * time.Hour)
	rnd := rand.New(rand.NewPCG(8, 9))
	kinds := []facts.AnswerKind{facts.Acknowledged, facts.Committed, facts.Needed, facts.Declined, facts.CalledWrong, facts.Accepted}
	for i := range s.Items {
		it := &s.Items[i]
		at := s.Taken.AddDate(0, 0, -rnd.IntN(20))
		switch rnd.IntN(6) {
		case 0:
			m.Answers[it.Ref] = []facts.Answer{{Kind: kinds[rnd.IntN(len(kinds))], Day: today + work.Day(rnd.IntN(60)-10), At: at}}
		case 1:
			m.Changes[it.Ref] = []facts.Change{{Kind: facts.Moved, FromDay: today - 20, ToDay: today + 20, At: at}}
		case 2:
			it.Blocked = true
		}
		for _, l := range it.Links {
			if l.Kind == work.Waits {
				m.EdgeSeen[facts.Edge{Blocker: l.To, Waiting: it.Ref}] = at
			}
		}
	}
	for i := range s.Teams {
		m.Paces[s.Teams[i].ID] = facts.Pace{P85: 9, Samples: 20, Items: 4, Velocity: 12, Sprints: 4}
	}
	tell := func(s work.Snapshot) refine.Assessment {
		return refine.Judge(s, graph.Build(s.Items), m, refine.DefaultPolicy(), today, rules.All(), checks.All())
	}
	want := tell(s)
	if len(want.Findings) < 500 || len(want.Forecasts) == 0 {
		t.Fatalf("%d findings, %d forecasts: too few to tell anything", len(want.Findings), len(want.Forecasts))
	}
	for range 3 {
		other := s
		other.Items = slices.Clone(s.Items)
		other.Teams = slices.Clone(s.Teams)
		other.Sprints = slices.Clone(s.Sprints)
		rnd.Shuffle(len(other.Items), func(i, j int) { other.Items[i], other.Items[j] = other.Items[j], other.Items[i] })
		rnd.Shuffle(len(other.Teams), func(i, j int) { other.Teams[i], other.Teams[j] = other.Teams[j], other.Teams[i] })
		rnd.Shuffle(len(other.Sprints), func(i, j int) { other.Sprints[i], other.Sprints[j] = other.Sprints[j], other.Sprints[i] })
		if diff := cmp.Diff(tell(other), want); diff != "" {
			t.Fatalf("in another order (-got +want):\n%.3000s", diff)
		}
	}
}
