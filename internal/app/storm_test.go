package app_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// gust is a fault of a storm: where it may blow, and how hard.
type gust struct {
	fault       string
	value       string
	route       string
	probability float64
}

// gusts are faults of every kind that hurts a living product: of reading, of limits, of writing.
var gusts = map[world.Tracker][]gust{
	world.Jira: {
		{"500", "", "", 0.1}, {"502", "", "", 0.1}, {"drop", "", "", 0.05}, {"502-after", "", "comment", 0.3}, {"F31", "", "comment", 0.3}, {"latency", "2ms", "", 0.3},
		{"F04", "", "", 0.05}, {"F05", "5m", "", 1}, {"F06", "", "search", 0.2}, {"F08", "7", "", 1}, {"F11", "1", "", 1}, {"F13", "0", "", 1}, {"F22", "", "", 1},
		{"F24", "0", "", 0.1}, {"F24", "burst missing", "", 0.05}, {"F30", "html 500", "", 0.1}, {"F35", "", "", 1}, {"F10", "empty", "", 0.1},
	},
	world.GitHub: {
		{"500", "", "", 0.1}, {"502", "", "", 0.1}, {"drop", "", "", 0.05}, {"502-after", "", "comment", 0.3}, {"F31", "", "comment", 0.3}, {"latency", "2ms", "", 0.3},
		{"F04", "", "", 0.05}, {"F05", "summaries", "", 1}, {"F06", "", "issues", 0.2}, {"F08", "7", "", 1}, {"F11", "1", "", 1}, {"F13", "2", "", 1}, {"F22", "", "", 1},
		{"F25", "0", "", 0.05}, {"F28", "10", "", 1}, {"F30", "empty 503", "", 0.1}, {"F35", "", "", 1}, {"resource-limits", "", "", 0.2}, {"F10", "", "", 0.1},
	},
}

// blow lets some faults at once go on, drawn by chance.
func (m *meddler) blow() (on []string) {
	for _, t := range []world.Tracker{world.Jira, world.GitHub} {
		for range 2 + m.r.IntN(4) {
			g := pick(m.r, gusts[t]...)
			m.fault(t, g.fault, "probability", g.probability, "route", g.route, "value", g.value)
			on = append(on, fmt.Sprint(t, " ", g.fault, " ", g.value))
		}
	}
	return on
}

func TestAStormOfFaultsLeavesNothingLostSaidTwiceOrUntrue(t *testing.T) {
	rounds := 20
	if testing.Short() {
		rounds = 6
	}
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		for _, seed := range some(t, 1, []uint64{1, 2, 3, 4}) {
			t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { storm(t, f, seed, rounds) })
		}
	})
}

func storm(t *testing.T, f jirasim.Flavour, seed uint64, rounds int) {
	h := build(t, settings{flavour: f, seed: seed})
	m := &meddler{house: h, r: rand.New(rand.NewPCG(seed, 0x5702))}
	h.once()
	fired := 0
	for round := range rounds {
		on := m.blow()
		for range 3 {
			m.announce()
		}
		h.advance(10 * time.Minute)
		h.cycle() // whatever comes of it
		h.wantNoDuplicates()
		if t.Failed() {
			t.Fatalf("round %d: %v, after %v", round+1, on, m.done)
		}
		fired += h.fired(world.Jira) + h.fired(world.GitHub)
		h.heal()
	}
	if fired < rounds {
		t.Errorf("faults fired %d times in %d rounds: this was no storm", fired, rounds)
	}
	h.recover()
	h.advance(25 * time.Hour) // the next full reading
	m.look()
	h.once()
	h.once()
	r := h.once()
	m.wantTruth("after the storm ", r)
	h.wantOneFlagEach(r)
	h.wantNoDuplicates()
}
