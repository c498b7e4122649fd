package app_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

func TestKilledInMidWriteStillSaysEverythingExactlyOnce(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		kills := 20
		if testing.Short() {
			kills = 5
		}
		h := build(t, settings{flavour: f, real: true})
		random := rand.New(rand.NewPCG(42, uint64(len(f))))
		for _, tr := range []world.Tracker{world.Jira, world.GitHub} {
			h.fault(tr, "latency", "route", "comment", "value", "4ms", "probability", 0.7)
			h.fault(tr, "F31", "route", "POST /re", "probability", 0.1) // neither searches nor GraphQL
		}
		var pairs [][2]string
		inMidWrite := 0
		for round := range kills {
			for _, p := range places()[:3] {
				if p.flavour == f || p.waiting == api {
					waiting, blocker := h.pair(p)
					pairs = append(pairs, [2]string{waiting, blocker})
				}
			}
			if round%2 == 1 { // some of the older ones are resolved, some of these again in question
				p := pairs[random.IntN(len(pairs))]
				h.do([]string{"close", "reopen", "drop"}[random.IntN(3)], p[1])
			}
			if h.killAfter(1+random.IntN(2), time.Duration(random.IntN(4000))*time.Microsecond) {
				inMidWrite++
			}
		}
		if inMidWrite < kills/2 {
			t.Fatalf("only %d of %d kills met a write", inMidWrite, kills)
		}
		h.heal()
		h.advance(time.Minute) // until then a post may be under way
		h.once()
		r := h.once()
		h.wantOneFlagEach(r)
		if len(r.Plan.Actions) > 0 {
			t.Errorf("never comes to rest: %+v", r.Plan.Actions)
		}
		h.loseStore()
		h.wantOneFlagEach(h.once())
	})
}

// killAfter runs the daemon in a process of its own and kills it a moment after
// its n-th write. It says whether the daemon wrote as much.
func (h *house) killAfter(n int, moment time.Duration) bool {
	h.t.Helper()
	h.close()
	before := len(h.written(0))
	daemon := exec.CommandContext(h.t.Context(), os.Args[0], "-test.run=^$")
	daemon.Env = append(os.Environ(), daemonOf+"="+h.config)
	var told bytes.Buffer
	daemon.Stderr = &told
	if err := daemon.Start(); err != nil {
		h.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- daemon.Wait() }()
	deadline, look := time.After(5*time.Second), time.NewTicker(200*time.Microsecond)
	defer look.Stop()
	met := false
	for !met {
		select {
		case err := <-ended:
			h.t.Fatalf("the daemon ended by itself: %v %s", err, told.String())
		case <-deadline:
			_ = daemon.Process.Kill()
			<-ended
			return false
		case <-look.C:
			met = len(h.written(0)) >= before+n
		}
	}
	<-time.After(moment)
	if err := daemon.Process.Kill(); err != nil {
		h.t.Fatal(err)
	}
	<-ended
	return true
}
