package brief_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/brief"
	"strata/internal/comment"
	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/markup"
	"strata/internal/refine"
	"strata/internal/work"
)

func TestOrderOfWhatWasReadDoesNotMatter(t *testing.T) {
	want := newShop().documents()
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 1))
		s := newShop()
		random.Shuffle(len(s.items), func(i, j int) { s.items[i], s.items[j] = s.items[j], s.items[i] })
		random.Shuffle(len(s.said), func(i, j int) { s.said[i], s.said[j] = s.said[j], s.said[i] })
		for i := range s.items {
			links := s.items[i].Links
			random.Shuffle(len(links), func(i, j int) { links[i], links[j] = links[j], links[i] })
		}
		if diff := cmp.Diff(s.documents(), want); diff != "" {
			t.Fatalf("seed %d (-got +want):\n%s", seed, diff)
		}
	}
}

func TestShuffledSnapshotGivesTheSameDocuments(t *testing.T) {
	in := newShop().input()
	want := brief.New(in)
	in.Snapshot.Items = slices.Clone(in.Snapshot.Items)
	slices.Reverse(in.Snapshot.Items)
	in.Graph = graph.Build(in.Snapshot.Items)
	got := brief.New(in)
	for name, pair := range map[string][2]brief.Document{
		"epic": {got.Epic(checkout), want.Epic(checkout)}, "team": {got.Team(web), want.Team(web)}, "crossteam": {got.CrossTeam(), want.CrossTeam()},
		"product": {got.Product(), want.Product()}, "review": {got.Review("product:1"), want.Review("product:1")},
	} {
		if diff := cmp.Diff(pair[0], pair[1]); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

func TestOneWriterSaysTheSameTwice(t *testing.T) {
	w := newShop().writer()
	for name, write := range map[string]func() brief.Document{
		"epic": func() brief.Document { return w.Epic(checkout) }, "team": func() brief.Document { return w.Team(web) },
		"crossteam": w.CrossTeam, "product": w.Product, "review": func() brief.Document { return w.Review("product:1") },
	} {
		if diff := cmp.Diff(markup.GitHub(write().Body), markup.GitHub(write().Body)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestAnotherDayOfTheSprintChangesNoFingerprint(t *testing.T) {
	want := newShop().documents()
	for _, today := range []work.Day{day(3, 10), day(3, 12), day(3, 13)} {
		s := newShop()
		in := s.input()
		in.Today = today
		w := brief.New(in)
		for name, d := range map[string]brief.Document{
			"epic-10": w.Epic(checkout), "team-web": w.Team(web), "crossteam": w.CrossTeam(), "product": w.Product(), "review": w.Review("product:1"),
		} {
			if diff := cmp.Diff(d, want[name]); diff != "" {
				t.Errorf("%s on %s (-got +want):\n%s", name, today, diff)
			}
		}
	}
}

func TestTitleIsNoPartOfTheFingerprint(t *testing.T) {
	want := newShop().documents()
	s := newShop()
	for i := range s.items {
		s.items[i].Title = "Renamed"
	}
	for name, d := range s.documents() {
		if diff := cmp.Diff(d.Fingerprint, want[name].Fingerprint); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

// TestChangesThatMatterMoveTheFingerprint: each line is something of which people should read.
func TestChangesThatMatterMoveTheFingerprint(t *testing.T) {
	before := newShop().documents()
	for name, c := range map[string]struct {
		change func(*shop)
		moves  []string
	}{
		"a takeaway on an epic":  {func(s *shop) { s.say(comment.VerbTakeaway, "More", checkout, "Kim", day(3, 11)) }, []string{"epic-10", "team-web", "team-core", "crossteam"}},
		"a story moves":          {func(s *shop) { s.find("WEB-42").Sprints = []work.SprintID{box(web, 4)} }, []string{"epic-10", "team-web", "crossteam", "product", "review"}},
		"a story becomes ready":  {func(s *shop) { s.find("WEB-43").Sections = criteria("It shows") }, []string{"epic-10", "team-web"}},
		"an epic gets criteria":  {func(s *shop) { s.find("SHOP-11").Sections = criteria("Money is back") }, []string{"epic-11", "crossteam"}},
		"feedback is done":       {func(s *shop) { s.say(comment.VerbDone, "2", home, "Ana", day(3, 11)) }, []string{"crossteam", "product", "review"}},
		"a goal is judged":       {func(s *shop) { s.say(comment.VerbGoal, "met", webHome, "Kim", day(3, 12)) }, []string{"review"}},
		"a blocker is delivered": {func(s *shop) { s.delivered("acme/core#7", day(3, 11)) }, []string{"epic-10", "team-core", "crossteam", "product", "review"}},
	} {
		s := newShop()
		c.change(s)
		after := s.documents()
		for _, document := range c.moves {
			if after[document].Digest() == before[document].Digest() {
				t.Errorf("%s: %s kept its digest", name, document)
			}
		}
	}
}

func TestFingerprintHoldsNoTimeOfDay(t *testing.T) {
	for name, d := range newShop().documents() {
		for _, part := range d.Fingerprint {
			if strings.Contains(part, "10:00") || strings.Contains(part, "days") {
				t.Errorf("%s: %s", name, part)
			}
		}
	}
}

func TestTeamAgendaHasTwelveLinesAndCountsTheRest(t *testing.T) {
	s := newShop()
	for i := range 30 {
		s.story(jira(300+i), fmt.Sprintf("WEB-%d", 300+i), "More", web, 2, checkout).Sections = nil
		s.say(comment.VerbTakeaway, fmt.Sprintf("Takeaway %d", i), checkout, "Kim", day(3, 6))
		s.waits(fmt.Sprintf("WEB-%d", 300+i), "acme/core#7")
		s.mentions(fmt.Sprintf("WEB-%d", 300+i), "acme/core#9")
	}
	d := s.writer().Team(web)
	lines := 0
	for _, block := range d.Body {
		if list, ok := block.(markup.List); ok {
			lines += len(list)
		} else {
			lines++
		}
	}
	if lines != 12 {
		t.Errorf("got %d lines, want 12:\n%s", lines, markup.Plain(d.Body))
	}
	text := markup.Plain(d.Body)
	for _, lead := range []string{"Takeaway:", "Question:", "Not ready yet:", "To agree:"} {
		if !strings.Contains(text, lead) {
			t.Errorf("%q crowded out:\n%s", lead, text)
		}
	}
	if strings.Count(text, " more)") < 4 {
		t.Errorf("what does not fit is not counted:\n%s", text)
	}
}

func TestLargeProductsKeepTheirDocumentsShort(t *testing.T) {
	s := newShop()
	for i := range 300 {
		epic := jira(5000 + i)
		s.add(work.Item{Ref: epic, Key: fmt.Sprintf("SHOP-%d", 5000+i), Title: "Epic", Kind: work.Epic})
		s.story(jira(1000+i), fmt.Sprintf("WEB-%d", 1000+i), "More", web, 2, epic).Sections = nil
		s.story(github(1000+i), fmt.Sprintf("acme/core#%d", 1000+i), "More", core, 3, epic)
		s.waits(fmt.Sprintf("WEB-%d", 1000+i), fmt.Sprintf("acme/core#%d", 1000+i))
		s.say(comment.VerbFeedback, "More", home, "Mia", day(3, 10))
		s.say(comment.VerbDecide, "More @ana", home, "Ana", day(3, 10))
	}
	for name, d := range s.documents() {
		if words := len(strings.Fields(markup.Plain(d.Body))); words > 700 {
			t.Errorf("%s has %d words", name, words)
		}
	}
}

func TestTitlesOfPrivateItemsStayWithTheirReaders(t *testing.T) {
	s := newShop()
	for _, key := range []string{"SHOP-11", "WEB-43", "acme/core#6"} {
		it := s.find(key)
		it.Private, it.Title = true, "Secret title"
		it.Project = "secret"
	}
	s.find("SHOP-11").Sections = work.Sections{work.OpenQuestions: {Entries: []string{"Secret question"}, Unchecked: 1}}
	s.say(comment.VerbTakeaway, "Secret takeaway", refunds, "Kim", day(3, 10))
	for name, d := range s.documents() {
		if text := markup.Plain(d.Body); strings.Contains(text, "Secret") && name != "epic-11" {
			t.Errorf("%s quotes what its readers may not see:\n%s", name, text)
		}
	}
	if text := markup.Plain(s.writer().Epic(refunds).Body); !strings.Contains(text, "Secret takeaway") {
		t.Errorf("the epic's own readers see its takeaways:\n%s", text)
	}
}

func TestOutsideItemsAreKeysOnly(t *testing.T) {
	s := newShop()
	it := s.add(work.Item{Ref: jira(900), Key: "OPS-1", Title: "Foreign title"})
	it.Outside, it.Stub = true, true
	s.waits("WEB-42", "OPS-1")
	for name, d := range s.documents() {
		if text := markup.Plain(d.Body); strings.Contains(text, "Foreign title") {
			t.Errorf("%s:\n%s", name, text)
		}
	}
	if text := markup.Plain(s.writer().Epic(checkout).Body); !strings.Contains(text, "OPS-1 (outside the product)") {
		t.Errorf("got:\n%s", text)
	}
}

func TestEpicWantsABriefOnlyWithSomethingToSay(t *testing.T) {
	s := newShop()
	quiet := s.add(work.Item{Ref: jira(13), Key: "SHOP-13", Kind: work.Epic}).Ref
	told := s.add(work.Item{Ref: jira(14), Key: "SHOP-14", Kind: work.Epic}).Ref
	over := s.add(work.Item{Ref: jira(15), Key: "SHOP-15", Kind: work.Epic, State: work.StateDelivered}).Ref
	s.say(comment.VerbTakeaway, "Later", told, "Kim", day(3, 6))
	s.say(comment.VerbTakeaway, "Too late", over, "Kim", day(3, 6))
	w := s.writer()
	if diff := cmp.Diff(w.Epics(), []work.Ref{checkout, refunds, countries, told}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	if w.Epic(quiet).Wanted() || w.Epic(over).Wanted() || w.Epic(jira(42)).Wanted() || w.Epic(jira(99999)).Wanted() {
		t.Error("a brief without work, of a delivered epic, of a story or of nothing is wanted")
	}
}

func TestUnreadItemsFreezeTheirDocuments(t *testing.T) {
	s := newShop()
	s.unread = map[string]string{"core": "rate limited"}
	for i := range s.items {
		s.items[i].Unread = s.items[i].Ref.Tracker == "github"
	}
	got := map[string]bool{}
	for name, d := range s.documents() {
		got[name] = d.Unread
	}
	want := map[string]bool{
		"crossteam": true, "product": true, "review": true, "epic-10": true, "epic-11": true, "epic-12": true,
		"team-web": true, "team-mobile": true, "team-core": true, "team-platform": false,
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestEpicsCommentIsBriefThenFlag(t *testing.T) {
	s := newShop()
	in := s.input()
	findings := slices.DeleteFunc(slices.Clone(in.Assessment.Findings), func(f refine.Finding) bool { return f.Item != jira(42) })
	flag := comment.Config{Owner: "acme"}.Flag(comment.Input{Findings: findings, Today: in.Today})
	d := brief.New(in).Epic(checkout)
	both := d.With(flag, findings)
	if !strings.HasPrefix(markup.GitHub(both.Body), markup.GitHub(d.Body)) || !strings.HasSuffix(markup.GitHub(both.Body), markup.GitHub(flag)) {
		t.Errorf("got:\n%s", markup.GitHub(both.Body))
	}
	if both.Digest() == d.Digest() {
		t.Error("a new finding does not change the digest")
	}
	if got, want := (brief.Document{}).With(flag, findings).Digest(), comment.Digest(findings); got != want {
		t.Errorf("a flag alone has the digest %s, want %s", got, want)
	}
	if diff := cmp.Diff(both.Reasons, []string{"brief", "DEP01"}); diff != "" {
		t.Errorf("reasons (-got +want):\n%s", diff)
	}
}

func TestFeedbackKeepsItsNumberAndWaitsForDone(t *testing.T) {
	at := func(d int) time.Time { return day(3, d).Time() }
	say := func(id string, verb comment.Verb, text string, d int) brief.Said {
		return brief.Said{Command: comment.Command{Verb: verb, Text: text}, Item: home, ID: id, Author: "Kim", At: at(d)}
	}
	heard := brief.Hear([]brief.Said{
		say("5", comment.VerbDone, "#1, 2 and 3", 5),
		say("2", comment.VerbFeedback, "second", 3),
		say("1", comment.VerbFeedback, "first", 2),
		say("0", comment.VerbDone, "1", 1), // said before there was a point
		say("9", comment.VerbFeedback, "third", 9),
		say("7", comment.VerbGoal, "Met, and early", 6),
		say("8", comment.VerbGoal, "perhaps", 6),
	})
	var got []string
	for _, f := range heard.Feedback {
		got = append(got, fmt.Sprint(f.Number, " ", f.Text, " ", f.Done))
	}
	if diff := cmp.Diff(got, []string{"1 first true", "2 second true", "3 third false"}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	if len(heard.Open()) != 1 || len(heard.Outcomes) != 1 || heard.Outcomes[0].Result != brief.Met || heard.Outcomes[0].Why != "and early" {
		t.Errorf("got %+v", heard)
	}
}

func TestOutcomeBelongsToTheSprintThatEndsNearest(t *testing.T) {
	w := newShop().writer()
	for when, want := range map[work.Day]work.SprintID{day(3, 3): "product:1", day(3, 13): "product:1", day(3, 18): "product:1", day(3, 23): "product:2"} {
		if got, ok := w.SprintOf(when); !ok || got != want {
			t.Errorf("%s: got %s, want %s", when, got, want)
		}
	}
	if _, ok := brief.New(brief.Input{Graph: graph.Build(nil)}).SprintOf(day(3, 3)); ok {
		t.Error("a product without Sprints has a Sprint")
	}
}

func TestSprintThatHasNotBegunHasNoReview(t *testing.T) {
	w := newShop().writer()
	if w.Review("product:2").Wanted() || w.Review("product:99").Wanted() || w.Review("jira:101").Wanted() {
		t.Error("a review is wanted of a Sprint to come, of none, or of a board's box")
	}
}

func TestWorkThatWaitsSaysSoInTheReview(t *testing.T) {
	s := newShop()
	s.find("MOB-53").Sprints = []work.SprintID{box(mobile, 1)}
	s.waits("MOB-53", "acme/core#8")
	s.find("WEB-41").Blocked = true
	text := markup.Plain(s.writer().Review("product:1").Body)
	for _, want := range []string{"MOB-53 “Smaller app”: waits for acme/core#8 (Core, Sprint 3)", "WEB-41 “Card form”: marked as blocked"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in:\n%s", want, text)
		}
	}
}

func TestReviewComparesWithTheSprintBefore(t *testing.T) {
	s := newShop()
	s.today = day(3, 27)
	s.delivered("WEB-41", day(3, 26))
	text := markup.Plain(s.writer().Review("product:2").Body)
	if !strings.Contains(text, "Delivered · 1 item (Sprint 1: 2)") {
		t.Errorf("got:\n%s", text)
	}
}

// A story that moves between the Sprints to come is news for the draft of a
// review, and none for the review of a Sprint that is over.
func TestPlansOfLaterSprintsDoNotEditAReviewThatIsOver(t *testing.T) {
	for _, c := range []struct {
		today work.Day
		same  bool
	}{{day(3, 11), false}, {day(3, 16), true}} {
		review := func(sprint int) []string {
			s := newShop()
			s.today = c.today
			s.find("MOB-53").Sprints = []work.SprintID{box(mobile, sprint)}
			return s.writer().Review("product:1").Fingerprint
		}
		if same := cmp.Equal(review(2), review(3)); same != c.same {
			t.Errorf("on %s: the fingerprint stays is %t, want %t", c.today, same, c.same)
		}
	}
}

func TestProductWithNothingSaysNothingWrong(t *testing.T) {
	w := brief.New(brief.Input{Graph: graph.Build(nil), Snapshot: work.Snapshot{Teams: []work.Team{{ID: web}}}})
	if w.CrossTeam().Wanted() || w.Team(web).Wanted() || w.Team("nobody").Wanted() || len(w.Epics()) > 0 {
		t.Error("an empty product has agendas")
	}
	want := "Product brief\n\nSessions that ask for you: none"
	if got := markup.Plain(w.Product().Body); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNothingIsNewThatWasThereWhenStrataCame(t *testing.T) {
	s := newShop()
	s.memory.Installed = day(3, 9).Time()
	if text := markup.Plain(s.writer().Team(mobile).Body); strings.Contains(text, "New since") {
		t.Errorf("got:\n%s", text)
	}
	s.memory.EdgeSeen[facts.Edge{Blocker: jira(42), Waiting: jira(52)}] = day(3, 10).Time()
	if text := markup.Plain(s.writer().Team(mobile).Body); !strings.Contains(text, "New since 5 Mar: MOB-52") {
		t.Errorf("got:\n%s", text)
	}
}

func TestReviewKeepsWhatCameTooLate(t *testing.T) {
	s := newShop()
	s.afterSprint(t)
	s.today = day(3, 18)
	s.delivered("MOB-53", day(3, 17))
	text := markup.Plain(s.writer().Review("product:1").Body)
	if !strings.Contains(text, "MOB-53 “Smaller app”: delivered since, on 17 Mar") || !strings.Contains(text, "Delivered · 3 items") {
		t.Errorf("got:\n%s", text)
	}
}

func TestTakeawayOfTheSessionMakesNoEpicOfTheHomeItem(t *testing.T) {
	s := newShop()
	s.find("SHOP-1").Kind = work.Epic
	s.say(comment.VerbTakeaway, "Payment first", home, "ana", day(3, 10))
	if w := s.writer(); slices.Contains(w.Epics(), home) || w.Epic(home).Wanted() {
		t.Error("the home item bears an epic's brief")
	}
}
