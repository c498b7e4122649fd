package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// An outage makes a tracker unreadable, and readable again.
type outage struct {
	name    string
	tracker world.Tracker
	why     string // a part of the reason that the report gives
	begin   func(h *house)
	// partial says that single items can be read all the same: what is fetched is known.
	partial bool
}

func outages() []outage {
	fault := func(t world.Tracker, name string, more ...any) func(*house) {
		return func(h *house) { h.fault(t, name, more...) }
	}
	wrong := func(token string) func(*house) {
		return func(h *house) {
			h.close()
			h.configure(strings.ReplaceAll(h.text, token, "wrong-"+token[8:]))
		}
	}
	full := func(begin func(*house)) func(*house) {
		return func(h *house) { h.advance(25 * time.Hour); begin(h) } // a full reading is due
	}
	return []outage{
		{"first page of a search fails for ever", world.Jira, "500", fault(world.Jira, "F13", "value", "0"), true},
		{"second page of a full reading fails for ever", world.Jira, "500", full(fault(world.Jira, "F13", "value", "100")), true},
		{"jira answers 502", world.Jira, "502", fault(world.Jira, "502"), false},
		{"jira breaks connections", world.Jira, "jira", fault(world.Jira, "drop"), false},
		{"jira's login fails silently", world.Jira, "log", wrong(sandbox.JiraToken), false},
		{"github answers 502", world.GitHub, "502", fault(world.GitHub, "502"), false},
		{"github's graph answers 502", world.GitHub, "502", fault(world.GitHub, "502", "route", "graphql"), false},
		{"github refuses its graph for resources", world.GitHub, "resource", fault(world.GitHub, "resource-limits"), false},
		{"github's quota is used up", world.GitHub, "rate", fault(world.GitHub, "rate-limited"), false},
		{"github's login fails", world.GitHub, "401", wrong(sandbox.GitHubToken), false},
	}
}

// touches says whether a pair can only be judged when a tracker is read.
func (h *house) touches(t world.Tracker, pair [2]string) bool {
	return h.tracker(pair[0]) == t || h.tracker(pair[1]) == t
}

func TestF13WhatCouldNotBeReadIsNeitherResolvedNorEditedNorPosted(t *testing.T) {
	for _, o := range some(t, 6, outages()) {
		t.Run(o.name, func(t *testing.T) {
			t.Parallel()
			for _, f := range []jirasim.Flavour{jirasim.Cloud, jirasim.DataCenter} {
				if f == jirasim.DataCenter && (o.tracker == world.GitHub || strings.HasPrefix(o.name, "second")) {
					continue // one page of a Data Center holds all there is here
				}
				t.Run(string(f), func(t *testing.T) {
					s := settings{flavour: f}
					if strings.HasPrefix(o.name, "second") {
						s.items = 700
					}
					build(t, s).outlive(o)
				})
			}
		})
	}
}

// outlive flags pairs, lets the outage begin and the product go on, and expects
// that nothing is concluded meanwhile and nothing lost afterwards.
func (h *house) outlive(o outage) {
	h.t.Helper()
	var delivered, dropped, young [][2]string
	for _, p := range places()[1:] {
		for _, list := range []*[][2]string{&delivered, &dropped} {
			waiting, blocker := h.pair(p)
			*list = append(*list, [2]string{waiting, blocker})
		}
	}
	h.once()
	before := map[string]said{}
	for _, pair := range append(delivered, dropped...) {
		before[pair[0]] = h.flag(pair[0])
	}
	for i := range delivered {
		h.do("close", delivered[i][1])
		h.do("drop", dropped[i][1])
	}
	for _, p := range places()[1:] {
		waiting, blocker := h.pair(p)
		young = append(young, [2]string{waiting, blocker})
	}
	o.begin(h)
	for range 2 {
		r := h.cycle()
		if len(r.Snapshot.Unread) == 0 {
			h.t.Fatal("nothing is unread")
		}
		for scope, why := range r.Snapshot.Unread {
			if (o.tracker == world.Jira) != (scope == "jira") {
				h.t.Errorf("scope %s is unread: %s", scope, why)
			}
			if !strings.Contains(strings.ToLower(why), o.why) {
				h.t.Errorf("scope %s is unread, want a reason with %q: %s", scope, o.why, why)
			}
		}
		h.wantFrozen(o, before, append(delivered, dropped...), young)
	}

	h.recover()
	h.once()
	for i := range delivered {
		h.folded(delivered[i][0])
		wants(h.t, h.flag(dropped[i][0]).Body, "DEP12")
		h.flag(young[i][0])
	}
	h.wantOneFlagEach(h.once())
}

// recover ends an outage; a quota is full again after its hour.
func (h *house) recover() {
	h.t.Helper()
	h.heal()
	h.close()
	h.configure(h.text)
	h.advance(61 * time.Minute)
}

func (h *house) wantFrozen(o outage, before map[string]said, old, young [][2]string) {
	h.t.Helper()
	for _, pair := range old {
		if !h.touches(o.tracker, pair) {
			continue
		}
		if d := cmp.Diff([]said{before[pair[0]]}, h.thread(pair[0])); d != "" {
			h.t.Errorf("%s waits for %s, which cannot be told, but was written to: %s", pair[0], pair[1], d)
		}
	}
	for _, pair := range young {
		if h.tracker(pair[0]) == o.tracker || !o.partial && h.touches(o.tracker, pair) {
			h.silent(pair[0])
		}
	}
}

func TestWhatCanBeReadIsStillSaidDuringAnOutage(t *testing.T) {
	h := build(t, settings{})
	h.once()
	inJira, _ := h.pair(places()[0])
	onGitHub, blocker := h.pair(places()[2])
	h.fault(world.Jira, "502")
	r := h.cycle()
	h.flag(onGitHub)
	h.silent(inJira)
	if d := cmp.Diff([]string{"jira"}, keys(r.Snapshot.Unread)); d != "" {
		t.Error(d)
	}
	h.do("close", blocker)
	h.cycle()
	h.folded(onGitHub)
	h.heal()
	h.wantOneFlagEach(h.once())
}

func TestFirstReadingThatFailsSaysNothingAtAll(t *testing.T) {
	for _, o := range some(t, 4, outages()) {
		if strings.Contains(o.name, "full") {
			continue
		}
		t.Run(o.name, func(t *testing.T) {
			t.Parallel()
			h := build(t, settings{})
			waiting, _ := h.pair(places()[3]) // needs both trackers
			o.begin(h)
			h.cycle()
			h.cycle()
			h.silent(waiting)
			h.recover()
			h.once()
			h.flag(waiting)
			h.wantOneFlagEach(h.once())
		})
	}
}

// A reading that fails after the loss of the store must not fold what was said.
func TestF33LostStoreDuringAnOutageFoldsNothing(t *testing.T) {
	inEachPlace(t, places(), func(t *testing.T, p place) {
		h := build(t, settings{flavour: p.flavour})
		waiting, blocker := h.pair(p)
		h.once()
		before := h.flag(waiting)
		h.loseStore()
		h.fault(h.tracker(blocker), "502")
		start := len(h.journal(0))
		h.cycle()
		h.cycle()
		if d := cmp.Diff([]world.Entry{}, h.journal(start)); d != "" {
			t.Error(d)
		}
		h.heal()
		h.once()
		if d := cmp.Diff(before, h.flag(waiting)); d != "" {
			t.Error(d)
		}
		h.wantOneFlagEach(h.once())
	})
}
