package githubsim_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

var (
	lanes   = regexp.MustCompile(`(?s)<section class="lane"><h2>(.*?) <small>(\d+)</small></h2>(.*?)</section>`)
	anyTag  = regexp.MustCompile(`<[^>]*>`)
	tickets = regexp.MustCompile(`<bdi>(.*?)</bdi>`)
)

// columns reads a board's page: what each column is called and holds.
func columns(t *testing.T, address string) map[string][]string {
	t.Helper()
	status, body, _ := page(t, address)
	if status != http.StatusOK {
		t.Fatalf("%s: %d\n%s", address, status, body)
	}
	out := map[string][]string{}
	for _, m := range lanes.FindAllStringSubmatch(body, -1) {
		cards := []string{}
		for _, card := range tickets.FindAllStringSubmatch(m[3], -1) {
			cards = append(cards, card[1])
		}
		out[strings.TrimSpace(anyTag.ReplaceAllString(m[1], ""))] = cards
	}
	return out
}

func TestBoardShowsCardsInColumns(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(*world.State) error {
		p.board.Views = []*world.ProjectView{{ID: 1, Number: 1, Name: "All"}, {ID: 2, Number: 2, Name: "By iteration", Filter: "status:\"In Progress\"", GroupBy: []*world.ProjectField{p.board.Field("Iteration")}}}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	base := serve(t, p.World, githubsim.Options{})
	const board = "/orgs/acme/projects/7"
	title := "Checkout | @team {code} &lt;script&gt;"
	for path, want := range map[string]map[string][]string{
		board:                           {"No status": {"Add schema", "A note", "Secret"}, "Todo": {}, "In Progress": {title}},
		board + "?by=Iteration":         {"No iteration": {"Add schema", "A note", "Secret"}, "Sprint 1": {}, "Sprint 2": {title}, "Sprint 3": {}},
		board + "/views/2":              {"Sprint 1": {}, "Sprint 2": {title}, "Sprint 3": {}},
		board + "?q=is:pr":              {"No status": {"Add schema"}, "Todo": {}, "In Progress": {}},
		board + "?q=iteration:@current": {"Todo": {}, "In Progress": {title}},
		board + "?q=nothing+here":       {"Todo": {}, "In Progress": {}},
		board + "?by=nonsense&view=x":   {"No status": {"Add schema", "A note", "Secret"}, "Todo": {}, "In Progress": {title}},
	} {
		if d := cmp.Diff(columns(t, base+path), want); d != "" {
			t.Errorf("%s, got - want +:\n%s", path, d)
		}
	}
	_, body, _ := page(t, base+board+"?by=Iteration")
	shows(t, body, "2 Mar to 15 Mar, now", "Estimate: 5", "Team: Web", "waits for 1", "hidden from the daemon", `href="/orgs/acme/projects/7/views/2"`)
	if at := slices.IndexFunc(lanes.FindAllStringSubmatch(body, -1), func(m []string) bool { return m[1] == "Sprint 1" }); at != 3 {
		t.Errorf("the iteration that is over is column %d of 0 to 3", at)
	}
}

// TestCardsMove: on the board itself and by the forms of an item.
func TestCardsMove(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(s *world.State) error {
		s.AddUser(&world.User{Login: "zoe", Role: world.Reader})
		s.AddBoard("acme", "Other", p.checkout.Author)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	base := serve(t, p.World, githubsim.Options{})
	other := boardTitled(p, "Other")
	field := func(name string) string { return "field-" + p.board.Field(name).NodeID() }
	card, note := p.checkout.Items[0], p.board.Items[2]
	says := func(c *world.ProjectItem, name string) string {
		out := "nothing"
		p.Read(func(*world.State) {
			switch v := c.Value(name); {
			case v == nil:
			case v.Option != nil:
				out = v.Option.Name
			case v.Iteration != nil:
				out = v.Iteration.Title
			case v.Number != nil:
				out = fmt.Sprint(*v.Number)
			default:
				out = v.Text + v.Date
			}
		})
		return out
	}
	on := url.Values{"board": {p.board.NodeID()}, "card": {card.NodeID()}}
	with := func(pairs ...string) url.Values {
		out := url.Values{}
		for k, v := range on {
			out[k] = v
		}
		for n := 0; n < len(pairs); n += 2 {
			out.Set(pairs[n], pairs[n+1])
		}
		return out
	}
	for _, c := range []struct {
		path   string
		form   url.Values
		status int
		of     *world.ProjectItem
		want   string // Status, Iteration, Estimate, Team, Due
	}{
		{"/acme/api/issues/1", with("do", "cells", field("Status"), "f75ad846", field("Iteration"), "aa000003", field("Estimate"), "2,5", field("Team"), "Api", field("Due"), "2026-04-01"), 303, card, "Todo Sprint 3 2.5 Api 2026-04-01"},
		{"/acme/api/issues/1", with("do", "cells", field("Status"), "", field("Iteration"), "aa000003", field("Estimate"), "", field("Team"), "", field("Due"), ""), 303, card, "nothing Sprint 3 nothing nothing nothing"},
		{"/acme/api/issues/1", with("do", "cells", field("Status"), "47fc9ee4", field("Estimate"), "many"), 422, card, "nothing Sprint 3 nothing nothing nothing"},
		{"/acme/api/issues/1", with("do", "cells", field("Due"), "tomorrow"), 422, card, "nothing Sprint 3 nothing nothing nothing"},
		{"/acme/api/issues/1", with("do", "cells", field("Status"), "nonsense"), 422, card, "nothing Sprint 3 nothing nothing nothing"},
		{"/orgs/acme/projects/7", url.Values{"do": {"move"}, "card": {card.NodeID()}, field("Status"): {"47fc9ee4"}}, 303, card, "In Progress Sprint 3 nothing nothing nothing"},
		{"/orgs/acme/projects/7", url.Values{"do": {"move"}, "card": {note.NodeID()}, field("Iteration"): {"aa000002"}, "back": {"/orgs/acme/projects/7?by=Iteration"}}, 303, note, "nothing Sprint 2 nothing nothing nothing"},
		{"/orgs/acme/projects/7", url.Values{"do": {"move"}, "card": {"PVTI_none"}}, 404, note, "nothing Sprint 2 nothing nothing nothing"},
		{"/orgs/acme/projects/7", url.Values{"do": {"shuffle"}}, 422, note, "nothing Sprint 2 nothing nothing nothing"},
		{"/orgs/acme/projects/77", url.Values{"do": {"move"}}, 404, note, "nothing Sprint 2 nothing nothing nothing"},
	} {
		status, body, to := press(t, base+c.path, "ann", c.form)
		got := strings.Join([]string{says(c.of, "Status"), says(c.of, "Iteration"), says(c.of, "Estimate"), says(c.of, "Team"), says(c.of, "Due")}, " ")
		if status != c.status || got != c.want {
			t.Errorf("%v: %d, %s; want %d, %s\n%s", c.form, status, got, c.status, c.want, body)
		}
		if back := c.form.Get("back"); back != "" && to != back {
			t.Errorf("%v leads to %q", c.form, to)
		}
	}
	if status, _, _ := press(t, base+"/orgs/acme/projects/7", "zoe", url.Values{"do": {"move"}, "card": {card.NodeID()}, field("Status"): {"f75ad846"}}); status != http.StatusForbidden {
		t.Errorf("a reader moves a card: %d", status)
	}
	for _, c := range []struct {
		path string
		form url.Values
	}{
		{"/acme/api/issues/1", url.Values{"do": {"board"}, "board": {other.NodeID()}}},
		{fmt.Sprintf("/orgs/acme/projects/%d", other.Number), url.Values{"do": {"add"}, "title": {"acme/api#2"}}},
		{fmt.Sprintf("/orgs/acme/projects/%d", other.Number), url.Values{"do": {"add"}, "title": {"An idea"}}},
		{"/acme/api/issues/1", url.Values{"do": {"off-board"}, "board": {p.board.NodeID()}, "card": {card.NodeID()}}},
	} {
		if status, body, _ := press(t, base+c.path, "ann", c.form); status != http.StatusSeeOther {
			t.Errorf("%v: %d\n%s", c.form, status, body)
		}
	}
	if d := cmp.Diff(columns(t, fmt.Sprintf("%s/orgs/acme/projects/%d", base, other.Number))["No status"], []string{"Checkout | @team {code} &lt;script&gt;", "Schema", "An idea"}); d != "" {
		t.Errorf("the other board, got - want +:\n%s", d)
	}
	if _, there := columns(t, base+"/orgs/acme/projects/7")["In Progress"]; !there || slices.Contains(p.checkout.Items, card) {
		t.Error("the card is still on its board")
	}
}

func boardTitled(p *small, title string) (found *world.GitHubProject) {
	p.Read(func(s *world.State) {
		for _, b := range s.GitHubProjects {
			if b.Title == title {
				found = b
			}
		}
	})
	return found
}

// TestItemsOfBothTrackersLeadToEachOther waits across trackers, by a line in the text, and frees the item again.
func TestItemsOfBothTrackersLeadToEachOther(t *testing.T) {
	w := world.Generate(world.Options{Seed: 3, Items: 120, Now: func() time.Time { return today }})
	var here *world.GitHubIssue
	var there, waiting *world.JiraIssue
	if err := w.Write(func(s *world.State) error {
		for _, r := range s.Repos {
			for _, i := range r.Issues {
				if !r.Hidden && !i.Hidden && !i.PullRequest && !i.Closed && len(s.Blockers(i)) == 0 {
					here = i
				}
			}
		}
		for _, j := range s.Jira {
			switch {
			case j.Hidden || j.Project.Hidden || j.Secret(s.JiraBot):
			case there == nil:
				there = j
			default:
				waiting = j
			}
		}
		s.SetDescription(waiting, "blocked by "+here.Handle(), waiting.Reporter)
		s.AddComment(here, here.Author, fmt.Sprintf("See %s and `%s`, [x](https://e.example/%s), NONE-1, %s#%d, /%s", there.Key, there.Key, there.Key, here.Repo.FullName(), here.Number, there.Key), nil)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	base := serve(t, w, githubsim.Options{})
	path := "/" + here.Repo.FullName() + fmt.Sprintf("/issues/%d", here.Number)
	link := fmt.Sprintf(`<a href="https://acme.atlassian.net/browse/%s">`, there.Key)
	_, body, _ := page(t, base+path)
	shows(t, body, "See "+link+there.Key+"</a> and <code>"+there.Key+"</code>", "NONE-1, <a href=\""+path+"\">"+here.Handle()+"</a>, /"+there.Key,
		fmt.Sprintf(`<a href="https://acme.atlassian.net/browse/%s"><bdi>`, waiting.Key))
	for _, name := range []string{there.Key, "https://acme.atlassian.net/browse/" + there.Key} {
		if status, body, _ := press(t, base+path, "ada", url.Values{"do": {"block"}, "blocker": {name}}); status != http.StatusSeeOther {
			t.Fatalf("wait for %s: %d\n%s", name, status, body)
		}
		if !strings.HasSuffix(here.Body, "\n\nblocked by "+there.Key+"\n") && here.Body != "blocked by "+there.Key+"\n" {
			t.Errorf("the text is %q", here.Body)
		}
		_, body, _ = page(t, base+path)
		shows(t, body, link+"<bdi>", "by its text")
		if status, body, _ := press(t, base+path, "ada", url.Values{"do": {"block"}, "blocker": {there.Key}}); status != http.StatusUnprocessableEntity || !strings.Contains(body, "says already") {
			t.Errorf("wait twice: %d", status)
		}
		if status, _, _ := press(t, base+path, "ada", url.Values{"do": {"unblock"}, "blocker": {there.Key}}); status != http.StatusSeeOther || strings.Contains(here.Body, "blocked by") {
			t.Errorf("free: %d, the text is %q", status, here.Body)
		}
	}
	if status, body, _ := press(t, base+path, "ada", url.Values{"do": {"unblock"}, "end": {"blocks"}, "blocker": {waiting.Key}}); status != http.StatusUnprocessableEntity || !strings.Contains(body, "change it there") {
		t.Errorf("a text of the other tracker: %d", status)
	}
	if status, _, _ := press(t, base+path, "ada", url.Values{"do": {"close"}, "reason": {"duplicate"}, "of": {there.Key}}); status != http.StatusUnprocessableEntity {
		t.Errorf("a duplicate of the other tracker's: %d", status)
	}
}

// TestHostileTextStaysText puts markup into everything that a person could name.
func TestHostileTextStaysText(t *testing.T) {
	p := newSmall(t)
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'{{.}}`
	if err := p.Write(func(s *world.State) error {
		who := s.AddUser(&world.User{Login: evil, Name: evil})
		p.api.About, p.board.Title, p.board.About = evil, evil, evil
		p.board.Field("Team").Name = evil
		p.board.Field("Status").Options[1].Name, p.board.Field("Status").Options[1].About, p.board.Field("Status").Options[1].Color = evil, evil, evil
		p.board.Field("Iteration").Iterations[1].Title = evil
		p.board.Views = []*world.ProjectView{{ID: 1, Number: 1, Name: evil, Filter: evil}}
		l := s.LabelIn(p.api, evil)
		l.Color, l.About = `red" onload="x`, evil
		p.api.Stones[0].Title, p.checkout.Type.Name = evil, evil
		p.checkout.Title, p.checkout.Body, p.checkout.LockReason, p.checkout.Locked = evil, evil+"\n\n[a](javascript:alert(1)) <javascript:alert(1)> ![b](javascript:alert(2)) [c](data:text/html,x) #1\" onclick=", evil, true
		p.checkout.Labels, p.checkout.Assignees, p.checkout.Author = append(p.checkout.Labels, l), []*world.User{who}, who
		c := s.AddComment(p.checkout, who, evil, nil)
		s.Minimise(p.checkout, c, evil, who)
		s.SetTitle(p.checkout, evil+"2")
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	base := serve(t, p.World, githubsim.Options{})
	bad := regexp.MustCompile(`(?i)<script|<img src=x|<[a-z][^<>]*\son\w+=|(?:href|src|action)="(?:javascript|data):`)
	for _, path := range []string{
		"/", "/acme", "/acme/api/issues?q=" + url.QueryEscape(evil), "/acme/api/issues/1", "/acme/api/issues/1?edit=text", "/acme/api/issues/1?edit=" + last(p.checkout).NodeID(), "/acme/web/issues/1",
		"/orgs/acme/projects/7?q=", "/orgs/acme/projects/7?by=Iteration&q=" + url.QueryEscape(evil), "/orgs/acme/projects/7", "/" + url.PathEscape(evil), "/acme/api/issues/new", "/acme/api/labels/" + url.PathEscape(evil),
	} {
		_, body, _ := page(t, base+path, "sandbox_person="+url.QueryEscape(evil))
		stripped := attribute.ReplaceAllString(body, `=""`) // what stands in quotes harms nobody: it is escaped, or the quotes would have ended
		if m := bad.FindString(stripped); m != "" {
			t.Errorf("%s shows %q:\n%s", path, m, body)
		}
		if m := regexp.MustCompile(`(?i)(?:href|src|action)="(?:javascript|data):`).FindString(body); m != "" {
			t.Errorf("%s leads to %q", path, m)
		}
	}
	for _, form := range []url.Values{{"do": {evil}}, {"do": {"block"}, "blocker": {evil}}, {"do": {"comment"}, "as": {evil + "x"}, "body": {"x"}}} {
		_, body, _ := press(t, base+"/acme/api/issues/1", "ann", form)
		if m := bad.FindString(attribute.ReplaceAllString(body, `=""`)); m != "" {
			t.Errorf("%v shows %q", form, m)
		}
	}
}

var attribute = regexp.MustCompile(`="[^"]*"`)
