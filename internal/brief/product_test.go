package brief_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"strata/internal/brief"
	"strata/internal/comment"
	"strata/internal/duration"
	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/refine"
	"strata/internal/refine/checks"
	"strata/internal/refine/rules"
	"strata/internal/work"
)

// shop is the product of the examples: Web and Mobile on Jira, Core on GitHub,
// Platform in flow on both; four Sprints from 2 March, three epics.
type shop struct {
	today      work.Day
	items      []work.Item
	objectives map[work.Ref][]string
	said       []brief.Said
	memory     facts.Memory
	session    work.Day
	unread     map[string]string
	policy     refine.Policy
}

const (
	web, mobile, core, platform = "Web", "Mobile", "Core", "Platform"
)

var (
	home      = jira(1)
	webHome   = jira(2)
	checkout  = jira(10)
	refunds   = jira(11)
	countries = jira(12)
)

func jira(id int) work.Ref   { return work.Ref{Tracker: "jira", ID: fmt.Sprint(id)} }
func github(id int) work.Ref { return work.Ref{Tracker: "github", ID: fmt.Sprintf("I_%d", id)} }
func day(month time.Month, d int) work.Day {
	return work.Date(2026, month, d)
}

// box names the box of a board that lies over the n-th Sprint.
func box(board string, n int) work.SprintID {
	if board == core {
		return work.SprintID(fmt.Sprintf("github:PVTI/%d", n))
	}
	return work.SprintID(fmt.Sprintf("jira:%d", map[string]int{web: 100, mobile: 200}[board]+n))
}

func (s *shop) add(it work.Item) *work.Item {
	if it.State == "" {
		it.State = work.StateOpen
	}
	if it.Kind == "" {
		it.Kind = work.Story
	}
	if it.Project == "" {
		it.Project, _, _ = strings.Cut(strings.ReplaceAll(it.Key, "#", "-"), "-")
	}
	it.URL = "https://acme.example/" + strings.ReplaceAll(it.Key, "#", "/")
	it.Assignee = "Kim"
	s.items = append(s.items, it)
	return &s.items[len(s.items)-1]
}

// story adds a ready story of a team in the n-th Sprint; 0 is none.
func (s *shop) story(ref work.Ref, key, title, team string, sprint int, epic work.Ref) *work.Item {
	size := 3.0
	it := work.Item{Ref: ref, Key: key, Title: title, Parent: epic, Estimate: &size, Sections: criteria("It works")}
	if team != "" {
		it.Teams = []work.TeamID{work.TeamID(team)}
	}
	if sprint > 0 {
		it.Sprints = []work.SprintID{box(team, sprint)}
	}
	return s.add(it)
}

func criteria(entries ...string) work.Sections {
	return work.Sections{work.AcceptanceCriteria: {Entries: entries}}
}

func (s *shop) find(key string) *work.Item {
	i := slices.IndexFunc(s.items, func(it work.Item) bool { return it.Key == key })
	return &s.items[i]
}

// waits lets one item wait for another by a link.
func (s *shop) waits(waiting, blocker string) {
	w := s.find(waiting)
	w.Links = append(w.Links, work.Link{Kind: work.Waits, To: s.find(blocker).Ref, Type: "Blocks", Origin: work.Typed})
}

func (s *shop) mentions(waiting, blocker string) {
	w := s.find(waiting)
	w.Links = append(w.Links, work.Link{Kind: work.Waits, To: s.find(blocker).Ref, Origin: work.Text})
}

func (s *shop) delivered(key string, on work.Day) {
	it := s.find(key)
	it.State, it.Resolved = work.StateDelivered, on.Time().Add(15*time.Hour)
}

func (s *shop) say(verb comment.Verb, text string, on work.Ref, author string, at work.Day) {
	s.said = append(s.said, brief.Said{
		Command: comment.Command{Verb: verb, Text: text}, Item: on, ID: fmt.Sprint(1000 + len(s.said)),
		Author: author, At: at.Time().Add(10 * time.Hour),
	})
}

// newShop is the product on 11 March, in the middle of Sprint 1.
func newShop() *shop {
	s := &shop{today: day(3, 11), objectives: map[work.Ref][]string{}, session: day(3, 5), policy: refine.DefaultPolicy()}
	s.memory = facts.Memory{Installed: day(2, 2).Time(), EdgeSeen: map[facts.Edge]time.Time{}, Raised: map[facts.FindingKey]time.Time{}}
	s.add(work.Item{Ref: home, Key: "SHOP-1", Title: "Home of the shop", Kind: work.Task})
	s.add(work.Item{Ref: webHome, Key: "WEB-1", Title: "Home of Web", Kind: work.Task})

	s.add(work.Item{Ref: checkout, Key: "SHOP-10", Title: "Guest checkout", Kind: work.Epic, Sections: work.Sections{
		work.AcceptanceCriteria: {Entries: []string{"A guest pays without an account", "The receipt comes by mail", "No card data is kept"}},
		work.KeyOutcomes:        {Prose: "Guests buy in under a minute; today one in three gives up."},
		work.Deliverables:       {ToBeDone: true, Entries: []string{"TBD"}},
	}})
	s.add(work.Item{Ref: refunds, Key: "SHOP-11", Title: "Refunds without support", Kind: work.Epic, Sections: work.Sections{
		work.OpenQuestions: {Entries: []string{"Do we refund gift cards?"}, Unchecked: 1},
	}})
	s.add(work.Item{Ref: countries, Key: "SHOP-12", Title: "A second country", Kind: work.Epic, Sections: criteria("Austria can buy")})
	s.objectives[checkout] = []string{"Faster checkout"}
	s.objectives[refunds] = []string{"Happy customers"}

	s.story(jira(41), "WEB-41", "Card form", web, 1, checkout).State = work.StateDoing
	s.story(jira(42), "WEB-42", "Pay as a guest", web, 2, checkout)
	s.story(jira(43), "WEB-43", "Receipt page", web, 2, checkout).Sections = nil
	s.story(jira(44), "WEB-44", "Refund button", web, 3, refunds)
	s.story(jira(40), "WEB-40", "Basket keeps its items", web, 1, checkout)
	s.story(jira(51), "MOB-51", "Pay as a guest in the app", mobile, 2, checkout)
	s.story(jira(52), "MOB-52", "Refunds in the app", mobile, 3, refunds)
	s.story(jira(53), "MOB-53", "Smaller app", mobile, 1, work.Ref{})
	s.story(github(7), "acme/core#7", "Guest tokens", core, 3, checkout)
	s.story(github(8), "acme/core#8", "Refund service", core, 3, refunds)
	s.story(github(9), "acme/core#9", "Tax of Austria", core, 4, countries)
	s.story(github(6), "acme/core#6", "Token store", core, 1, checkout)
	s.story(jira(61), "PLAT-61", "New database", platform, 0, work.Ref{})
	s.story(jira(62), "PLAT-62", "Mail relay", platform, 0, checkout).State = work.StateDoing
	s.story(jira(71), "SHOP-71", "Terms for guests", "", 0, work.Ref{})
	s.delivered("WEB-40", day(3, 6))
	s.delivered("acme/core#6", day(3, 9))

	s.waits("WEB-42", "acme/core#7") // off track
	s.waits("MOB-51", "acme/core#7") // off track, three teams
	s.waits("WEB-44", "acme/core#8") // the same Sprint: at risk
	s.waits("MOB-52", "WEB-42")      // healthy
	s.waits("WEB-43", "PLAT-62")     // a team in flow: not known
	s.waits("WEB-41", "acme/core#6") // delivered
	s.waits("MOB-52", "SHOP-71")     // nobody's, not planned
	s.mentions("MOB-51", "acme/core#9")
	s.memory.EdgeSeen[facts.Edge{Blocker: jira(42), Waiting: jira(52)}] = day(3, 9).Time()

	s.say(comment.VerbTakeaway, "Guests never see a login, not even after paying.", checkout, "Kim", day(3, 5))
	s.say(comment.VerbTakeaway, "Slice by country, not by layer.", home, "Ana", day(3, 6))
	s.say(comment.VerbTakeaway, "Tokens live a day.", checkout, "Lee", day(2, 20))
	s.say(comment.VerbFeedback, "The basket forgets the coupon.", home, "Mia (Support)", day(2, 27))
	s.say(comment.VerbFeedback, "Show the delivery date earlier.", home, "Tom (Sales)", day(3, 10))
	s.say(comment.VerbFeedback, "Love the new card form.", home, "Mia (Support)", day(3, 10))
	s.say(comment.VerbDone, "3", home, "Ana", day(3, 11))
	s.say(comment.VerbGoal, "partly guests can fill the form, not pay", webHome, "Kim", day(3, 11))
	s.say(comment.VerbDecide, "Austria before Switzerland @ana", home, "Ana", day(3, 9))
	return s
}

func (s *shop) calendar() facts.Calendar {
	c, err := facts.CalendarConfig{First: day(3, 2), Every: duration.Duration(14 * 24 * time.Hour)}.Calendar()
	if err != nil {
		panic(err)
	}
	return c
}

// line are the Sprints of a board.
func line(board string) []work.SprintID {
	return []work.SprintID{box(board, 1), box(board, 2), box(board, 3), box(board, 4)}
}

func (s *shop) input() brief.Input {
	calendar := s.calendar()
	var boxes []work.RecordSprint
	goals := map[string]string{web + "1": "Guests can pay", web + "2": "Guests get a receipt", mobile + "1": "Half the size", core + "2": "Guests can pay"}
	for _, board := range []string{web, mobile, core} {
		for n := 1; n <= 4; n++ {
			start := day(3, 2) + work.Day(14*(n-1))
			boxes = append(boxes, work.RecordSprint{
				ID: box(board, n), Name: fmt.Sprintf("%s Sprint %d", board, n), Board: board, StartDay: start, EndDay: start + 11, Goal: goals[fmt.Sprint(board, n)],
			})
		}
	}
	items := slices.Clone(s.items)
	slices.SortFunc(items, func(a, b work.Item) int { return a.Ref.Compare(b.Ref) })
	for i := range items {
		items[i].Children = nil
		for j := range items {
			if items[j].Parent == items[i].Ref {
				items[i].Children = append(items[i].Children, items[j].Ref)
			}
		}
	}
	snapshot := work.Snapshot{
		Taken: s.today.Time().Add(9 * time.Hour), Product: "shop", Items: items, Sprints: calendar.Sprints(boxes, s.today),
		Teams: []work.Team{
			{ID: web, Planning: work.BySprint, Zone: time.UTC, Estimates: true, Home: webHome, Sprints: line(web)},
			{ID: mobile, Planning: work.BySprint, Zone: time.UTC, Estimates: true, Sprints: line(mobile)},
			{ID: core, Planning: work.BySprint, Zone: time.UTC, Estimates: true, Sprints: line(core)},
			{ID: platform, Planning: work.ByFlow, Zone: time.UTC},
		},
		Unread: s.unread,
	}
	policy := s.policy
	policy.Calendar = calendar
	g := graph.Build(snapshot.Items)
	assessment := refine.Judge(snapshot, g, s.memory, policy, s.today, rules.All(), checks.All())
	for i := range assessment.Findings { // first seen in the middle of Sprint 1
		assessment.Findings[i].Since = day(3, 5).Time()
	}
	return brief.Input{
		Product: "shop", Goal: brief.Goal{Text: "Checkout in under a minute", URL: "https://acme.example/goal"}, Home: home,
		Objectives: []string{"Faster checkout", "Happy customers", "New countries"},
		Serves:     func(ref work.Ref) []string { return s.objectives[ref] },
		Snapshot:   snapshot, Graph: g, Assessment: assessment, Policy: policy, Memory: s.memory, Calendar: calendar,
		Today: s.today, Session: s.session, Heard: brief.Hear(s.said), Commands: true,
	}
}

func (s *shop) writer() *brief.Writer { return brief.New(s.input()) }

// documents are all that the product bears, by name.
func (s *shop) documents() map[string]brief.Document {
	w := s.writer()
	all := map[string]brief.Document{"crossteam": w.CrossTeam(), "product": w.Product(), "review": w.Review("product:1")}
	for _, epic := range w.Epics() {
		all["epic-"+epic.ID] = w.Epic(epic)
	}
	for _, team := range []work.TeamID{web, mobile, core, platform} {
		all["team-"+strings.ToLower(string(team))] = w.Team(team)
	}
	return all
}

// afterSprint moves the product to the Monday after Sprint 1.
func (s *shop) afterSprint(t *testing.T) {
	t.Helper()
	s.today = day(3, 16)
	s.delivered("WEB-41", day(3, 12))
	mob := s.find("MOB-53")
	mob.Sprints = append(mob.Sprints, box(mobile, 2))
}
