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
}

func newTeller(s *sandbox.Sandbox, o options) *teller {
	t := &teller{w: os.Stdout, sandbox: s, options: o, first: true}
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
  report    http://%s/api/v1/products/shop
  Ctrl-C ends it all.
`, t.sandbox.Summary().Items, t.sandbox.JiraURL, t.sandbox.GitHubURL, address, address)
}

// cycle tells what a cycle found, once, and then every comment that was written.
func (t *teller) cycle(r *cycle.Report) {
	if t.first {
		t.first = false
		t.say("Strata read everything: %d unresolved dependencies, %d findings. A finding is said once, in one comment of the item whose team can act.",
			len(r.Assessment.Dependencies), len(r.Assessment.Findings))
	}
	for _, entry := range t.news() {
		t.comment(entry)
	}
}

// event tells what happened in the product.
func (t *teller) event(text string) {
	if text != "" {
		t.say("\n· In the product: %s", text)
	}
}

func (t *teller) news() []world.Entry {
	var entries []world.Entry
	t.sandbox.World.Read(func(s *world.State) {
		for _, e := range s.Since("", t.journal) {
			t.journal = e.Seq
			if e.Marker != "" && (e.Op == "comment" || e.Op == "edit-comment") {
				entries = append(entries, e)
			}
		}
	})
	return entries
}

func (t *teller) comment(e world.Entry) {
	body, folded := "", false
	t.sandbox.World.Read(func(s *world.State) {
		if _, c := s.Comment(e.Tracker, e.Comment); c != nil {
			body = c.Body
			m, _ := world.ReadMarker(e.Tracker, c)
			folded = !m.Open()
		}
	})
	verb := "wrote on"
	switch {
	case folded:
		verb = "folded its comment on"
	case e.Op == "edit-comment":
		verb = "edited its comment on"
	}
	t.say("\n» Strata %s %s  %s", verb, e.Item, t.address(e))
	for line := range strings.Lines(plain(body)) {
		t.say("    %s", strings.TrimRight(line, "\r\n"))
	}
}

func (t *teller) address(e world.Entry) string {
	if e.Tracker == world.Jira {
		return t.sandbox.JiraURL + "/browse/" + e.Item
	}
	repo, number, _ := strings.Cut(e.Item, "#")
	return t.sandbox.GitHubURL + "/" + repo + "/issues/" + number
}

// plain takes the marker off a body: people do not see it either.
func plain(body string) string {
	body = strings.TrimSpace(body)
	for _, marker := range []struct{ begin, end string }{{"<!-- strata", "-->"}, {"{anchor:strata-", "}"}} {
		if strings.HasPrefix(body, marker.begin) {
			if _, rest, ok := strings.Cut(body, marker.end); ok {
				return strings.TrimSpace(rest)
			}
		}
	}
	return body
}

// end tells the sum.
func (t *teller) end(r result) {
	t.say("\n%d cycles; comments: %d posted, %d edited, %d folded, %d said twice.",
		r.Cycles, r.Comments.Posted, r.Comments.Edited, r.Comments.Folded, r.Comments.Duplicates)
}

// live lets the product live, one event after the other.
func live(ctx context.Context, s *sandbox.Sandbox, o options, tell func(string)) {
	ticker := time.NewTicker(o.pace)
	defer ticker.Stop()
	for step := 1; ; step++ {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			tell(s.World.Live(step))
		}
	}
}
