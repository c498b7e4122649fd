package main

import (
	"fmt"

	"strata/internal/cycle"
	"strata/internal/sandbox"
	"strata/internal/sandbox/world"
)

// largestLedger is the product up to which a run ends with a look into the world's
// ledger; a larger one would take seconds.
const largestLedger = 100_000

// audit compares what the daemon reported last with the world's ledger of truth, and
// notes what differs as an error. It looks only where the comparison is fair: at a
// generated product that nobody but the daemon wrote to.
func (a *account) audit(s *sandbox.Sandbox, o options) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(o.load) > 0 || o.live || o.items > largestLedger || a.cycles < 2 || len(a.errors) > 0 || meddled(s) {
		return
	}
	for _, r := range a.last {
		if r.Partial() || !r.Known() {
			return
		}
		for _, difference := range differences(r, s.World.Truth()) {
			a.note(difference)
		}
	}
}

// meddled says whether somebody else than the daemon wrote.
func meddled(s *sandbox.Sandbox) (meddled bool) {
	s.World.Read(func(st *world.State) {
		for _, e := range st.Since("", 0) {
			meddled = meddled || e.Author != st.JiraBot.Login && e.Author != st.GitHubBot.Login
		}
	})
	return meddled
}

// differences says which dependencies a report and the ledger do not share.
func differences(r *cycle.Report, t world.Truth) (all []string) {
	type pair struct{ waiting, blocker string }
	told := map[pair]string{}
	for _, d := range r.JSON().Dependencies {
		told[pair{d.Waiting, d.Blocker}] = string(d.State)
	}
	for _, d := range t.Unresolved {
		key := pair{d.Waiting, d.Blocker}
		switch state, ok := told[key]; {
		case !ok:
			all = append(all, fmt.Sprintf("ledger: %s waits for %s, and the report does not say so: %s", d.Waiting, d.Blocker, d.Why))
		case state != d.State:
			all = append(all, fmt.Sprintf("ledger: %s waits for %s, which is %s; the report says %s", d.Waiting, d.Blocker, d.State, state))
		}
		delete(told, key)
	}
	for _, d := range r.JSON().Dependencies {
		if state, left := told[pair{d.Waiting, d.Blocker}]; left {
			all = append(all, fmt.Sprintf("ledger: the report says that %s waits for %s (%s), and nothing does", d.Waiting, d.Blocker, state))
		}
	}
	return all
}
