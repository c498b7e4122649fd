package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"strata/internal/cycle"
	"strata/internal/sandbox"
	"strata/internal/sandbox/world"
)

// teller says in plain words what happens.
type teller struct {
	mu      sync.Mutex
	w       io.Writer
	sandbox *sandbox.Sandbox
	options options
	journal int // the last entry that was told
	first   bool
	shown   map[shownKey][]string // the lines of each comment as they stood last
}

func newTeller(s *sandbox.Sandbox, o options) *teller {
	t := &teller{w: os.Stdout, sandbox: s, options: o, first: true, shown: map[shownKey][]string{}}
	if o.output == "json" {
		t.w = io.Discard
	}
	return t
}

func (t *teller) say(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	fmt.Fprintf(t.w, format+"\n", args...)
}

// loads tells what came of recorded files; what was left out goes to standard error.
func (t *teller) loads() {
	for _, l := range t.sandbox.Loads {
		t.say("Loaded %d items from %s.", l.Loaded, l.File)
		for reason, n := range l.Skipped {
			fmt.Fprintf(os.Stderr, "%s: %d left out: %s\n", l.File, n, reason)
		}
		if t.options.verbose {
			for _, detail := range l.Details {
				fmt.Fprintln(os.Stderr, detail)
			}
		}
	}
}

func (t *teller) listening(address string) {
	t.say(`A product with %d items is waiting in two simulated trackers, and Strata is reading it.

  Jira      %s
  GitHub    %s
  metrics   http://%s/metrics
  report    http://%s/api/v1/products/shop`, t.sandbox.Summary().Items, t.sandbox.JiraURL, t.sandbox.GitHubURL, address, address)
	for _, p := range t.places() {
		t.say("  %-9s %s  %s", p.name, t.address(p.tracker, p.item), p.what)
	}
	if t.options.live {
		t.say("  One working day passes every %s. Ctrl-C ends it all.\n", t.options.pace)
		return
	}
	t.say("  Ctrl-C ends it all.\n")
}

// place is an item worth a look.
type place struct {
	name, item, what string
	tracker          world.Tracker
}

// places are the items on which documents live, and an epic.
func (t *teller) places() (all []place) {
	t.sandbox.World.Read(func(s *world.State) {
		c := s.Calendar()
		add := func(home map[world.Tracker]string, name, what string) {
			for _, tracker := range []world.Tracker{world.Jira, world.GitHub} {
				if home[tracker] != "" {
					all = append(all, place{name, home[tracker], what, tracker})
				}
			}
		}
		add(c.Home, "product", "(product brief, cross-team agenda)")
		add(c.Review, "review", "(from a Sprint's last day on)")
		for _, team := range c.Teams {
			add(team.Home, team.Name, "(the team's agenda)")
		}
		if epic := s.Epic(world.Jira); epic != nil {
			all = append(all, place{"an epic", epic.Handle(), "(its brief)", world.Jira})
		}
	})
	return all
}

// cycle tells what a cycle found, once, and then what was written.
func (t *teller) cycle(r *cycle.Report) {
	if t.first {
		t.first = false
		t.say("Strata read everything: %d unresolved dependencies, %d findings. A finding is said once, in one comment of the item whose team can act.",
			len(r.Assessment.Dependencies), len(r.Assessment.Findings))
	}
	t.comments(t.news())
}

// day tells what happened on a day of a living product: starts and deliveries in
// one line each, and what matters in lines of its own.
func (t *teller) day(d world.Day) {
	title := d.At.Format("Mon 2 Jan")
	if d.Sprint != "" {
		title += fmt.Sprintf(" · %s, day %d", d.Sprint, d.Place)
	}
	t.say("\n━━ %s", title)
	many := map[world.EventKind][]string{}
	for _, e := range d.Events {
		switch e.Kind {
		case world.Started, world.Written, world.Planned, world.Carried:
			many[e.Kind] = append(many[e.Kind], e.Item)
		case world.Delivered:
			if e.Text == "is delivered" {
				many[e.Kind] = append(many[e.Kind], e.Item)
				continue
			}
			t.say("· %s %s", e.Item, e.Text)
		case world.Said:
			counts := ""
			if strings.Contains(e.Said, "/strata") && !e.Counts {
				counts = "  (does not count)"
			}
			t.say("· on %s, %s%s", e.Item, e.Text, counts)
		default:
			t.say("· %s", strings.TrimSpace(e.Item+" "+e.Text))
		}
	}
	for _, kind := range []world.EventKind{world.Started, world.Delivered, world.Written, world.Planned, world.Carried} {
		if items := many[kind]; len(items) > 0 {
			t.say("· %s: %s", kind, listed(items, mostKeys))
		}
	}
}

// mostKeys is how many items a line names.
const mostKeys = 8

func listed(items []string, most int) string {
	if len(items) <= most {
		return strings.Join(items, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(items[:most], ", "), len(items)-most)
}

// end tells the sum.
func (t *teller) end(r result) {
	t.say("\n%d cycles; comments: %d posted, %d edited, %d folded, %d said twice.",
		r.Cycles, r.Comments.Posted, r.Comments.Edited, r.Comments.Folded, r.Comments.Duplicates)
}

// live lets the product live, one day after the other.
func live(ctx context.Context, s *sandbox.Sandbox, o options, tell func(world.Day)) {
	ticker := time.NewTicker(o.pace)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			tell(s.World.Live())
		}
	}
}
