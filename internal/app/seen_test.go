package app_test

import (
	"maps"
	"slices"
	"strings"

	"strata/internal/cycle"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/sandbox/world"
)

// said is one comment as it stands on an item.
type said struct {
	ID        int64
	Author    string
	Bot       bool
	Body      string
	Kind      string // "" without a marker
	Period    string
	Open      bool
	Minimised string
	Edited    bool // after it was posted
}

// thread is what stands on an item, oldest first.
func (h *house) thread(item string) []said {
	h.t.Helper()
	var all []said
	h.box.World.Read(func(s *world.State) {
		it, err := s.Find(item)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, c := range it.Thread() {
			all = append(all, show(it, c))
		}
	})
	return all
}

func show(it world.Item, c *world.Comment) said {
	m, _ := world.ReadMarker(it.Tracker(), c)
	one := said{ID: c.ID, Body: c.Body, Kind: m.Kind, Period: m.Period, Open: m.Open(), Minimised: c.Minimised, Edited: c.Editor != nil}
	if c.Author != nil {
		one.Author, one.Bot = c.Author.Login, c.Author.Bot
	}
	return one
}

// ours are the daemon's comments of a kind on an item.
func (h *house) ours(item, kind string) []said {
	h.t.Helper()
	return slices.DeleteFunc(h.thread(item), func(c said) bool { return !c.Bot || c.Kind != kind })
}

// flag is the one open flag of an item.
func (h *house) flag(item string) said {
	h.t.Helper()
	open := slices.DeleteFunc(h.ours(item, "flag"), func(c said) bool { return !c.Open })
	if len(open) != 1 {
		h.t.Fatalf("%s has %d open flags, want 1: %+v", item, len(open), h.thread(item))
	}
	return open[0]
}

// folded is the one flag of an item, which must be folded.
func (h *house) folded(item string) said {
	h.t.Helper()
	all := h.ours(item, "flag")
	if len(all) != 1 || all[0].Open {
		h.t.Fatalf("%s: want one folded flag: %+v", item, h.thread(item))
	}
	if h.onGitHub(item) && !strings.EqualFold(all[0].Minimised, "resolved") {
		h.t.Errorf("%s: the folded flag is not minimised as resolved: %+v", item, all[0])
	}
	return all[0]
}

// silent says that the daemon has nothing on an item.
func (h *house) silent(item string) {
	h.t.Helper()
	for _, c := range h.thread(item) {
		if c.Bot {
			h.t.Errorf("%s: want no comment of ours, got %+v", item, c)
		}
	}
}

func (h *house) onGitHub(item string) bool { return strings.Contains(item, "#") }

// flagged counts the open flags of every item that has one, in both trackers.
func (h *house) flagged() map[string]int {
	all := map[string]int{}
	h.box.World.Read(func(s *world.State) {
		each(s, func(it world.Item) {
			for _, c := range it.Thread() {
				if one := show(it, c); one.Bot && one.Kind == "flag" && one.Open {
					all[it.Handle()]++
				}
			}
		})
	})
	return all
}

func each(s *world.State, do func(world.Item)) {
	for _, i := range s.Jira {
		do(i)
	}
	for _, r := range s.Repos {
		for _, i := range r.Issues {
			do(i)
		}
	}
}

// wantOneFlagEach fails unless every item with a finding that is to be said
// bears exactly one open flag, and no other item does but an epic, whose one
// comment begins with its brief.
func (h *house) wantOneFlagEach(r *cycle.Report) {
	h.t.Helper()
	want := map[string]int{}
	for _, f := range r.Assessment.Findings {
		if n, ok := r.Graph.Find(f.Item); ok && f.Shown && f.Speaks {
			want[r.Graph.Item(n).Key] = 1
		}
	}
	if len(want) == 0 {
		h.t.Fatal("nothing is flagged: the scenario shows nothing")
	}
	got := h.flagged()
	for item, n := range got {
		if want[item] == 0 && n == 1 && h.isEpic(item) {
			delete(got, item)
		}
	}
	if !maps.Equal(got, want) {
		h.t.Errorf("open flags\ngot  %v\nwant %v", got, want)
	}
	h.wantNoDuplicates()
}

func (h *house) isEpic(item string) bool {
	h.t.Helper()
	epic := false
	h.box.World.Read(func(s *world.State) {
		switch it, err := s.Find(item); i := it.(type) {
		case *world.JiraIssue:
			epic = i.Type != nil && i.Type.Level > 0
		case *world.GitHubIssue:
			epic = i.Type != nil && i.Type.Name == "Epic"
		default:
			h.t.Fatal(err)
		}
	})
	return epic
}

func (h *house) wantNoDuplicates() {
	h.t.Helper()
	if n := h.box.Summary().Comments.Duplicates; n != 0 {
		h.t.Errorf("%d comments were said twice", n)
	}
}

// journal is what has been written to the trackers since an entry, by anyone.
func (h *house) journal(since int) []world.Entry {
	var all []world.Entry
	h.box.World.Read(func(s *world.State) { all = s.Since("", since) })
	return all
}

// written is the journal of the daemon's accounts alone.
func (h *house) written(since int) []world.Entry {
	return slices.DeleteFunc(h.journal(since), func(e world.Entry) bool {
		return e.Author != "strata-bot" && e.Author != "strata-acme"
	})
}

// calls counts the requests to a tracker by route, whatever the answer.
type calls map[string]int

func (h *house) calls(t world.Tracker) calls {
	all := calls{}
	for route, by := range h.box.World.Meter(t).Read().ByRoute {
		for _, n := range by {
			all[route] += n
		}
	}
	return all
}

// since are the calls that came after others.
func (c calls) since(before calls) calls {
	all := calls{}
	for route, n := range c {
		if d := n - before[route]; d > 0 {
			all[route] = d
		}
	}
	return all
}

// writes are the calls that change something: all but readings, searches and GraphQL.
// A GraphQL mutation shows in the journal.
func (c calls) writes() calls {
	all := calls{}
	for route, n := range c {
		method, path, _ := strings.Cut(route, " ")
		reads := method == "GET" || method == "HEAD" || strings.Contains(path, "/search") || strings.HasSuffix(path, "/bulkfetch") || strings.Contains(path, "graphql")
		if !reads {
			all[route] = n
		}
	}
	return all
}

// searches counts Jira's searches.
func (c calls) searches() int {
	n := 0
	for route, times := range c {
		if strings.Contains(route, "/search") {
			n += times
		}
	}
	return n
}

// rules are the rules that speak on an item, sorted.
func rules(r *cycle.Report, item string) []string {
	var ids []string
	for _, f := range r.JSON().Findings {
		if f.Item == item && f.Severity != refine.Info.String() {
			ids = append(ids, string(f.Rule))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// edges are the unresolved dependencies of a report as "W<-B state".
func edges(r *cycle.Report) []string {
	all := []string{}
	for _, d := range r.JSON().Dependencies {
		all = append(all, d.Waiting+"<-"+d.Blocker+" "+string(d.State))
	}
	slices.Sort(all)
	return all
}

// held is why an item's actions wait, by reason.
func held(r *cycle.Report, item string) []plan.Reason {
	var all []plan.Reason
	for _, l := range r.Plan.Later {
		if l.Action.Key == item {
			all = append(all, l.Reason)
		}
	}
	return all
}
