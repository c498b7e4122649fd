package world

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// figures are what data/README.md counts in real trackers.
type figures struct {
	items, touching        int // touching: in a dependency
	edges, crossing        int // crossing: between projects or repositories
	trackers               int // across the trackers
	circles                [][]Item
	crossCircles           int
	chain, mostBlockers    int
	mostWaiting            int
	links, types           int
	mostLinks              int
	epics, mostChildren    int
	mostSprints            int
	long, longest          int // descriptions beyond 32,767 characters
	odd                    map[string]int
	spoken, spokenByWaiter int
}

func count(s *State) figures {
	f := figures{odd: map[string]int{}}
	waits := map[Item][]Item{}
	for _, t := range []Tracker{Jira, GitHub} {
		for _, it := range s.All(t) {
			f.items++
			f.look(s, it)
			waits[it] = append(waits[it], s.Blockers(it)...)
			for _, m := range s.mentions(it) {
				if w := s.named(it, m.name); !m.waits && w != nil && !slices.Contains(waits[w], it) {
					waits[w] = append(waits[w], it) // told by the blocker
				}
			}
		}
	}
	degree, touched := map[Item]int{}, map[Item]bool{}
	for it, blockers := range waits {
		f.mostBlockers = max(f.mostBlockers, len(blockers))
		for _, b := range blockers {
			degree[b]++
			f.edges++
			touched[it], touched[b] = true, true
			if homeOf(it) != homeOf(b) {
				f.crossing++
			}
			if it.Tracker() != b.Tracker() {
				f.trackers++
			}
		}
	}
	for _, n := range degree {
		f.mostWaiting = max(f.mostWaiting, n)
	}
	f.touching = len(touched)
	f.circles, f.chain = knots(waits)
	for _, c := range f.circles {
		if slices.ContainsFunc(c, func(it Item) bool { return it.Tracker() != c[0].Tracker() }) {
			f.crossCircles++
		}
	}
	types := map[*LinkType]bool{}
	for _, l := range s.links {
		f.links++
		types[l.Type] = true
		if l.Type.Speaker() == Blocks {
			f.spoken++
		}
		if l.Type.Speaker() == Waits {
			f.spokenByWaiter++
		}
	}
	f.types = len(types)
	for _, p := range s.GitHubProjects {
		for _, c := range p.Items {
			switch {
			case c.Draft != nil:
				f.odd["draft"]++
			case c.Issue == nil || c.Issue.Hidden || c.Issue.Repo.Hidden:
				f.odd["redacted"]++
			case c.Issue.PullRequest:
				f.odd["pull request on the board"]++
			}
			if c.Archived {
				f.odd["archived card"]++
			}
		}
	}
	for _, r := range s.Repos {
		f.odd["transferred"] += len(r.Moved)
		f.odd["deleted"] += len(r.Gone)
		for _, i := range r.Issues {
			if i.PullRequest {
				f.odd["pull request"]++
			}
		}
	}
	return f
}

func (f *figures) look(s *State, it Item) {
	title, text := "", ""
	switch i := it.(type) {
	case *JiraIssue:
		title, text = i.Summary, i.Description
		f.mostLinks = max(f.mostLinks, len(i.Links))
		f.mostSprints = max(f.mostSprints, len(i.Sprints))
		f.note("no resolution", i.Done() && i.Resolution == nil)
		f.note("moved", len(i.OldKeys) > 0)
		f.note("archived", i.Archived)
		f.note("level of the account", i.Rare().Level != nil && !i.Secret(s.JiraBot))
		f.note("secret level", i.Secret(s.JiraBot))
		f.note("hidden project", i.Project.Hidden)
		f.note("sub-task", i.Type.Subtask)
		f.note("bug", i.Type.Name == "Bug")
		f.note("spike", i.Type.Name == "Spike")
		f.note("remote link", len(i.Remote) > 0)
	case *GitHubIssue:
		title, text = i.Title, i.Body
		f.note("no reason", i.Closed && i.StateReason == "")
		f.note("hidden repository", i.Repo.Hidden)
		f.note("github bug", i.Type != nil && i.Type.Name == "Bug")
		f.note("github spike", slices.ContainsFunc(i.Labels, func(l *Label) bool { return l.Name == "spike" }))
	}
	if IsEpic(it) && !s.IsHome(it) {
		f.epics++
		f.mostChildren = max(f.mostChildren, len(childrenOf(it)))
	}
	if n := len([]rune(text)); n > 32_767 {
		f.long++
		f.longest = max(f.longest, len(text))
	}
	f.note("no title", title == "")
	f.note("no text", text == "")
	both := title + text
	f.note("control characters", strings.ContainsFunc(both, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }))
	f.note("right to left", strings.ContainsFunc(both, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }))
	f.note("Chinese or Japanese", strings.ContainsFunc(both, func(r rune) bool { return unicode.Is(unicode.Han, r) }))
	f.note("emoji", strings.ContainsRune(both, '🚀') || strings.ContainsRune(both, '🎉'))
	for _, c := range it.Thread() {
		f.note("comment without author", c.Author == nil)
	}
}

func (f *figures) note(what string, is bool) {
	if is {
		f.odd[what]++
	}
}

// knots finds the circles among who waits for whom, and the longest line of
// dependencies when each circle is one item. It is the textbook's algorithm, on
// small worlds.
func knots(waits map[Item][]Item) (circles [][]Item, longest int) {
	index, low, on := map[Item]int{}, map[Item]int{}, map[Item]bool{}
	depth := map[Item]int{}
	var stack []Item
	var visit func(it Item)
	visit = func(it Item) {
		index[it] = len(index) + 1
		low[it] = index[it]
		stack, on[it] = append(stack, it), true
		for _, b := range waits[it] {
			if index[b] == 0 {
				visit(b)
				low[it] = min(low[it], low[b])
			} else if on[b] {
				low[it] = min(low[it], index[b])
			}
		}
		if low[it] != index[it] {
			return
		}
		at := slices.Index(stack, it)
		members := slices.Clone(stack[at:])
		stack = stack[:at]
		far := 0
		for _, m := range members {
			on[m] = false
			for _, b := range waits[m] {
				if !slices.Contains(members, b) {
					far = max(far, depth[b]+1)
				}
			}
		}
		for _, m := range members {
			depth[m] = far
		}
		if len(members) > 1 {
			circles = append(circles, members)
		}
		longest = max(longest, far)
	}
	for it := range waits {
		if index[it] == 0 {
			visit(it)
		}
	}
	return circles, longest
}

// band is where a figure of a world of some size lies.
type band struct {
	name    string
	from    int // items
	of      func(f *figures) float64
	low, up float64
}

func share(part, whole int) float64 { return 100 * float64(part) / float64(max(whole, 1)) }

// bands are the figures of data/README.md. Small worlds have few dependencies, so
// that one more or less is seen.
var bands = []band{
	{"of a hundred items in a dependency", 100, func(f *figures) float64 { return share(f.touching, f.items) }, 4, 7},
	{"of a hundred items in a dependency", 1000, func(f *figures) float64 { return share(f.touching, f.items) }, 4.5, 5.5},
	{"of a hundred dependencies across projects", 100, func(f *figures) float64 { return share(f.crossing, f.edges) }, 14, 38},
	{"dependencies across the trackers", 300, func(f *figures) float64 { return float64(f.trackers) }, 1, 1e9},
	{"dependencies in the longest chain", 100, func(f *figures) float64 { return float64(f.chain) }, 3, 6},
	{"circles", 100, func(f *figures) float64 { return float64(len(f.circles)) }, 1, 5},
	{"circles across the trackers", 1000, func(f *figures) float64 { return float64(f.crossCircles) }, 1, 3},
	{"most blockers of one item", 2000, func(f *figures) float64 { return float64(f.mostBlockers) }, 16, 47},
	{"most that wait for one item", 2000, func(f *figures) float64 { return float64(f.mostWaiting) }, 6, 47},
	{"links an item", 300, func(f *figures) float64 { return float64(f.links) / float64(f.items) }, 0.25, 0.35},
	{"link types in use", 500, func(f *figures) float64 { return float64(f.types) }, 12, 13},
	{"links of the item that has most", 300, func(f *figures) float64 { return float64(f.mostLinks) }, 20, 330},
	{"links of the item that has most", 4000, func(f *figures) float64 { return float64(f.mostLinks) }, 325, 330},
	{"links whose speaker blocks", 100, func(f *figures) float64 { return float64(f.spoken) }, 1, 1e9},
	{"links whose speaker waits", 300, func(f *figures) float64 { return float64(f.spokenByWaiter) }, 1, 1e9},
	{"epics", 100, func(f *figures) float64 { return float64(f.epics) }, 4, 1e9},
	{"of a hundred items epics", 2000, func(f *figures) float64 { return share(f.epics, f.items) }, 0.4, 0.6},
	{"children of the largest epic", 100, func(f *figures) float64 { return float64(f.mostChildren) }, 8, 117},
	{"children of the largest epic", 5000, func(f *figures) float64 { return float64(f.mostChildren) }, 117, 117},
	{"Sprints that an item was in", 300, func(f *figures) float64 { return float64(f.mostSprints) }, 9, 27},
	{"Sprints that an item was in", 3000, func(f *figures) float64 { return float64(f.mostSprints) }, 27, 27},
	{"texts beyond 32,767 characters", 300, func(f *figures) float64 { return float64(f.long) }, 1, 1e9},
	{"of a hundred texts beyond 32,767 characters", 2000, func(f *figures) float64 { return share(f.long, f.items) }, 0.15, 0.25},
	{"megabytes of the largest text", 10000, func(f *figures) float64 { return float64(f.longest) / 1e6 }, 1.05, 1.15},
}

// oddities are what worlds of 300 items and more have at least one of.
var oddities = []string{
	"Chinese or Japanese", "archived", "archived card", "bug", "comment without author", "control characters", "deleted", "draft", "emoji",
	"github bug", "hidden project", "hidden repository", "level of the account", "moved", "no reason", "no resolution", "no text", "no title", "pull request",
	"redacted", "remote link", "right to left", "secret level", "spike", "sub-task", "transferred",
}

func TestWorldsHaveTheFiguresOfRealTrackers(t *testing.T) {
	for _, scene := range []struct {
		items int
		seeds uint64
	}{{100, 12}, {200, 6}, {300, 12}, {500, 6}, {1000, 6}, {2000, 4}, {5000, 3}, {10_000, 2}, {30_000, 1}} {
		for seed := range scene.seeds {
			t.Run(fmt.Sprintf("%d items, seed %d", scene.items, seed+1), func(t *testing.T) {
				Generate(Options{Seed: seed + 1, Items: scene.items, Now: frozen}).Read(func(s *State) {
					f := count(s)
					if f.items != scene.items {
						t.Errorf("%d items", f.items)
					}
					for _, b := range bands {
						if got := b.of(&f); scene.items >= b.from && (got < b.low || got > b.up) {
							t.Errorf("%s: got %.1f; want %.1f to %.1f", b.name, got, b.low, b.up)
						}
					}
					for _, what := range oddities {
						if scene.items >= 300 && f.odd[what] == 0 {
							t.Errorf("no %s", what)
						}
					}
					if t.Failed() {
						t.Logf("%+v", f)
					}
				})
			})
		}
	}
}
