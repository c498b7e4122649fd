package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/app"
	"strata/internal/cycle"
	"strata/internal/sandbox"
	"strata/internal/sandbox/contract"
	"strata/internal/sandbox/world"
)

// living is a product that lives as fast as the daemon reads it.
type living struct {
	t       *testing.T
	box     *sandbox.Sandbox
	app     *app.App
	account account
	events  []world.Event
}

// live starts on a Wednesday.
func startLiving(t *testing.T, seed uint64) *living {
	t.Helper()
	wednesday := time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)
	watchers := map[world.Tracker]*contract.Watcher{
		world.Jira: contract.Watch(t, contract.JiraCloud, contract.Daemon), world.GitHub: contract.Watch(t, contract.GitHub, contract.Daemon),
	}
	front := func(of world.Tracker, simulator http.Handler) http.Handler { return watchers[of].Handler(simulator) }
	box, err := sandbox.Start(sandbox.Options{Seed: seed, Items: 300, Now: func() time.Time { return wednesday }, Front: front})
	if err != nil {
		t.Fatal(err)
	}
	l := &living{t: t, box: box}
	folder := t.TempDir()
	config, err := box.Config(sandbox.ConfigOptions{Store: "sqlite://" + filepath.Join(folder, "strata.db"), Internal: "127.0.0.1:0", Interval: "1s"})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "strata.yaml")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	l.app, err = app.Open(t.Context(), file, app.Options{Version: "test", Now: box.World.Now, Reported: func(r *cycle.Report) { l.account.add(r) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.app.Close(); err != nil {
			t.Error(err)
		}
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	l.once()
	return l
}

func (l *living) once() {
	l.t.Helper()
	if _, err := l.app.Once(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
	if len(l.account.errors) > 0 {
		l.t.Fatal(l.account.errors)
	}
}

// until lives to a day of a Sprint, and reads after each day.
func (l *living) until(sprint string, place int) {
	l.t.Helper()
	for range 30 {
		day := l.box.World.Live()
		l.events = append(l.events, day.Events...)
		l.once()
		if day.Sprint == sprint && day.Place == place {
			return
		}
	}
	l.t.Fatalf("no day %d in %s", place, sprint)
}

// paper is the one open comment of ours of a kind and period on an item, as a
// person reads it in a terminal; "" when there is none.
func (l *living) paper(item, kind, period string) string {
	l.t.Helper()
	var found []string
	l.box.World.Read(func(s *world.State) {
		it, err := s.Find(item)
		if err != nil {
			l.t.Fatal(err)
		}
		for _, c := range it.Thread() {
			if m, ok := world.ReadMarker(it.Tracker(), c); ok && m.Open() && m.Kind == kind && m.Period == period {
				found = append(found, strings.Join(readable(plain(c.Body)), "\n"))
			}
		}
	})
	switch len(found) {
	case 0:
		return ""
	case 1:
		return found[0]
	}
	l.t.Fatalf("%d comments %s %s on %s", len(found), kind, period, item)
	return ""
}

// said are the people's words that count, or not, behind a command.
func (l *living) said(command string, counts bool) (texts []string) {
	for _, e := range l.events {
		if _, text, ok := strings.Cut(e.Said, command+" "); ok && e.Kind == world.Said && e.Counts == counts {
			text, _, _ = strings.Cut(text, "\n")
			texts = append(texts, text)
		}
	}
	return texts
}

func (l *living) has(what, text string, wants ...string) {
	l.t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			l.t.Errorf("%s lacks %q:\n%s", what, want, text)
		}
	}
}

func (l *living) hasNot(what, text string, unwanted ...string) {
	l.t.Helper()
	for _, no := range unwanted {
		if strings.Contains(text, no) {
			l.t.Errorf("%s says %q:\n%s", what, no, text)
		}
	}
}

var itemKey = regexp.MustCompile(`\b(?:[A-Z]+-\d+|acme/[a-z]+#\d+)`)

// part is what stands under a title of a document.
func part(text, title string) (lines []string) {
	under := false
	for line := range strings.Lines(text) {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, title):
			under = true
		case under && !strings.HasPrefix(line, "- "):
			return lines
		case under:
			lines = append(lines, line)
		}
	}
	return lines
}

// delivered are the stories that were delivered between two days, as the world knows.
func (l *living) delivered(from, until time.Time) (items []string) {
	l.box.World.Read(func(s *world.State) {
		for _, tracker := range []world.Tracker{world.Jira, world.GitHub} {
			for _, it := range s.All(tracker) {
				at := time.Time{}
				switch i := it.(type) {
				case *world.JiraIssue:
					if i.Type.Level == 0 {
						at = i.Resolved
					}
				case *world.GitHubIssue:
					if !world.IsEpic(i) {
						at = i.ClosedAt
					}
				}
				if world.StateOf(it) == "delivered" && !at.Before(from) && at.Before(until) {
					items = append(items, it.Handle())
				}
			}
		}
	})
	return items
}

func TestSprintThatPassesLeavesWhatPeopleNeed(t *testing.T) {
	t.Parallel()
	l := startLiving(t, 7)
	var calendar world.Calendar
	l.box.World.Read(func(s *world.State) { calendar = s.Calendar() })
	home, review := calendar.Home[world.Jira], calendar.Review[world.Jira]
	berlin, err := time.LoadLocation(calendar.TimeZone)
	if err != nil {
		t.Fatal(err)
	}

	l.until("Sprint 6", 9)
	if text := l.paper(review, "review", "product:6"); text != "" {
		t.Errorf("a review before the Sprint's last day:\n%s", text)
	}
	l.has("agenda", l.paper(home, "crossteam", ""), l.said("takeaway", true)...)
	for _, e := range l.events {
		if _, takeaway, ok := strings.Cut(e.Said, "takeaway "); ok && e.Item != home {
			l.has("brief of "+e.Item, l.paper(e.Item, "flag", ""), takeaway)
		}
	}

	l.until("Sprint 6", 10)
	l.has("review", l.paper(review, "review", "product:6"), "draft", "Still open")

	l.until("Sprint 7", 4)
	feedback := l.said("feedback", true)
	if len(feedback) != 2 {
		t.Fatalf("%d points of feedback: %q", len(feedback), feedback)
	}
	first, second := "1. "+feedback[0], "2. "+feedback[1]
	text := l.paper(review, "review", "product:6")
	l.has("review", text, first, second)
	l.has("product brief", l.paper(home, "product", ""), first, second)
	l.has("cross-team agenda", l.paper(home, "crossteam", ""), first, second)
	l.hasNot("review", text, "draft", "Quoted")
	l.hasNot("feedback before somebody with rights marked it", strings.Join(part(text, "Feedback"), "\n"), "done")

	l.until("Sprint 7", 5)
	text = l.paper(review, "review", "product:6")
	for _, paper := range []string{"product", "crossteam"} {
		l.has(paper, l.paper(home, paper, ""), second)
		l.hasNot(paper, l.paper(home, paper, ""), first)
	}
	if points := part(text, "Feedback"); len(points) != 2 || !strings.HasSuffix(points[0], "done") || strings.HasSuffix(points[1], "done") {
		t.Errorf("the first of two points is done, got %q", points)
	}
	l.has("review", strings.Join(part(text, "Sprint Goals"), "\n"),
		"Met: ", "(Web)", "Partly met: ", "refunds wait for the bank", "Missed: ", "(Core): The blocker came a week late")

	start := calendar.First.In(berlin).AddDate(0, 0, 5*14)
	delivered := l.delivered(start, start.AddDate(0, 0, 14))
	l.has("review", text, fmt.Sprintf("Delivered · %d items", len(delivered)))
	told := itemKey.FindAllString(strings.Join(part(text, "Delivered"), "\n"), -1)
	if len(told) == 0 {
		t.Errorf("nothing is named as delivered:\n%s", text)
	}
	for _, key := range told {
		if !slices.Contains(delivered, key) {
			t.Errorf("%s is told as delivered", key)
		}
	}
	l.notDone(text)

	sum := l.box.Summary()
	if sum.Comments.Duplicates != 0 {
		t.Errorf("%d duplicates", sum.Comments.Duplicates)
	}
	posted := map[string]int{}
	for kind, n := range sum.CommentsByKind {
		if kind != "flag" && kind != "unblocked" {
			posted[kind] = n.Posted
		}
	}
	if diff := cmp.Diff(posted, map[string]int{"agenda": 4, "crossteam": 1, "product": 1, "review": len(l.reviews(review))}); diff != "" {
		t.Errorf("posted (-got +want):\n%s", diff)
	}
	if flags := sum.CommentsByKind["flag"]; flags.Posted == 0 || flags.Folded == 0 {
		t.Errorf("a Sprint without flags, or none folded: %+v", flags)
	}
}

// reviews are the Sprints of which there is a review.
func (l *living) reviews(item string) (periods []string) {
	l.box.World.Read(func(s *world.State) {
		it, _ := s.Find(item)
		for _, c := range it.Thread() {
			if m, ok := world.ReadMarker(world.Jira, c); ok && m.Kind == "review" && !slices.Contains(periods, m.Period) {
				periods = append(periods, m.Period)
			}
		}
	})
	return periods
}

// notDone compares a review with what was carried over on Jira's boards: all of
// it is told or counted, and what was delivered since is told as such.
func (l *living) notDone(text string) {
	l.t.Helper()
	lines := part(text, "Not done, and why")
	told := len(lines)
	for _, line := range lines {
		if more, ok := strings.CutPrefix(line, "- and "); ok {
			n, _ := strconv.Atoi(strings.Fields(more)[0])
			told += n - 1
		} else if key := itemKey.FindString(line); (l.state(key) == "delivered") != strings.Contains(line, "delivered since") {
			l.t.Errorf("%s is %s, and told so: %s", key, l.state(key), line)
		}
	}
	carried := 0
	for _, e := range l.events {
		if e.Kind == world.Carried && !strings.Contains(e.Item, "#") {
			carried++
		}
	}
	if carried == 0 || told < carried {
		l.t.Errorf("%d items are told as not done, of at least %d:\n%s", told, carried, text)
	}
}

func (l *living) state(item string) (state string) {
	l.box.World.Read(func(s *world.State) {
		if it, err := s.Find(item); err == nil {
			state = world.StateOf(it)
		}
	})
	return state
}
