package metrics

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"strata/internal/cycle"
	"strata/internal/graph"
	"strata/internal/refine"
	"strata/internal/work"
)

var (
	dependencies = desc("strata_dependencies", "Unresolved dependencies: the waiting item is open, the blocker is not delivered.",
		"product", "waiting_team", "blocking_team", "health", "relation", "layer")
	slack = desc("strata_dependency_slack_seconds", "The tightest time between when a blocker is expected and when it is needed, a working day counted as 24 hours; negative is late; absent where no dates tell.",
		"product", "waiting_team", "blocking_team")
	oldest = desc("strata_dependency_oldest_age_seconds", "How long the oldest unresolved dependency on the team is known.",
		"product", "blocking_team")
	fanOut = desc("strata_dependency_fan_out_max", "How many open items wait for one open item of the team, at most.",
		"product", "blocking_team")
	waitingRatio = desc("strata_cross_team_dependency_ratio", "Of the team's items in strata_items_planned, the share that waits for an open item of another team; absent when nothing is planned.",
		"product", "team")
	chain = desc("strata_dependency_chain_length_max", "Items in the longest line of which each waits for the next; 0 when nothing waits.",
		"product")
	loops = desc("strata_dependency_cycles", "Groups of items that wait for each other.",
		"product")
	blocked = desc("strata_blocked_items", "Open items that people marked as blocked, and items under way or in the current Sprint that wait for an open item, by the farthest place of what they wait for.",
		"product", "team", "cause")
)

// waiting are the metrics of this file.
var waiting = []*prometheus.Desc{dependencies, slack, oldest, fanOut, waitingRatio, chain, loops, blocked}

// The relations of the two teams of a dependency.
const (
	intraTeam    = "intra_team"
	crossTeam    = "cross_team"
	crossProduct = "cross_product" // one of the items is in no scope
)

var healths = []refine.Health{refine.Healthy, refine.AtRisk, refine.OffTrack, refine.HealthUnknown, refine.Dropped}

func (t *tally) dependencies(r *cycle.Report) {
	t.set(loops, float64(len(r.Assessment.Cycles)))
	t.set(chain, float64(len(r.Graph.LongestChain(graph.Set{Edge: r.Graph.Open}))))
	for _, health := range healths {
		t.set(dependencies, 0, "", "", string(health), crossTeam, string(work.TeamLayer))
	}
	for i := range r.Snapshot.Teams {
		t.set(fanOut, 0, string(r.Snapshot.Teams[i].ID))
	}
	named := frequent(r.Assessment.Dependencies)
	waiters, first := map[work.Ref]int{}, map[work.TeamID]time.Time{}
	for i := range r.Assessment.Dependencies {
		d := &r.Assessment.Dependencies[i]
		waiting, blocker := item(r, d.Waiting), item(r, d.Blocker)
		teams := named.of(d)
		t.add(dependencies, 1, string(teams.waiting), string(teams.blocking), string(d.Health), relation(d, waiting, blocker), string(waiting.Layer()))
		if d.Slack != nil {
			t.least(slack, float64(*d.Slack)*(24*time.Hour).Seconds(), string(teams.waiting), string(teams.blocking))
		}
		if at := first[d.BlockingTeam]; !d.Since.IsZero() && (at.IsZero() || d.Since.Before(at)) {
			first[d.BlockingTeam] = d.Since
		}
		if d.State.Open() {
			waiters[d.Blocker]++
			t.most(fanOut, float64(waiters[d.Blocker]), string(d.BlockingTeam))
		}
	}
	for team, since := range first {
		t.age(oldest, since, string(team))
	}
	t.waits(r)
}

func relation(d *refine.Dependency, waiting, blocker *work.Item) string {
	switch {
	case waiting.Outside || blocker.Outside:
		return crossProduct
	case d.WaitingTeam == d.BlockingTeam && d.WaitingTeam != "":
		return intraTeam
	}
	return crossTeam
}

// causes of being blocked, the nearest first.
var causes = []string{"unknown", "internal", crossTeam, crossProduct}

var causeOf = map[string]int{intraTeam: 1, crossTeam: 2, crossProduct: 3}

// waits counts by item what dependencies count by edge: who is blocked, and whose
// plans hang on another team.
func (t *tally) waits(r *cycle.Report) {
	for i := range r.Snapshot.Teams {
		for _, cause := range causes {
			t.set(blocked, 0, string(r.Snapshot.Teams[i].ID), cause)
		}
	}
	farthest := map[work.Ref]int{} // waiting item → place in causes
	for i := range r.Assessment.Dependencies {
		d := &r.Assessment.Dependencies[i]
		if d.State.Open() {
			cause := causeOf[relation(d, item(r, d.Waiting), item(r, d.Blocker))]
			farthest[d.Waiting] = max(farthest[d.Waiting], cause)
		}
	}
	active, onOthers, now := map[work.TeamID]int{}, map[work.TeamID]int{}, map[work.Ref]bool{}
	for i := range r.Assessment.Readiness {
		entry := &r.Assessment.Readiness[i]
		cause := farthest[entry.Item]
		if cause > 0 && entry.Horizon == horizons[0] {
			now[entry.Item] = true
		}
		if entry.Layer != work.TeamLayer {
			continue
		}
		active[entry.Team]++
		if causes[cause] == crossTeam || causes[cause] == crossProduct {
			onOthers[entry.Team]++
		}
	}
	for team, n := range active {
		t.set(waitingRatio, float64(onOthers[team])/float64(n), string(team))
	}
	for i := range r.Snapshot.Items {
		it := &r.Snapshot.Items[i]
		if !it.State.Open() || it.Outside || it.Kind == work.Subtask {
			continue
		}
		cause := farthest[it.Ref]
		if it.Blocked || cause > 0 && (it.State == work.StateDoing || now[it.Ref]) {
			t.add(blocked, 1, string(it.Team()), causes[cause])
		}
	}
}

// mostPairs bounds the pairs of teams that have series of their own; the
// dependencies of the rarest beyond them count as other to other.
const mostPairs = 400

const other = "other"

type pair struct{ waiting, blocking work.TeamID }

// pairs are those that have series of their own; nil are all.
type pairs map[pair]bool

func (p pairs) of(d *refine.Dependency) pair {
	teams := pair{d.WaitingTeam, d.BlockingTeam}
	if p != nil && !p[teams] {
		return pair{other, other}
	}
	return teams
}

// frequent returns the pairs of teams with the most dependencies; nil when all
// pairs may be shown.
func frequent(all []refine.Dependency) pairs {
	counts := map[pair]int{}
	for i := range all {
		counts[pair{all[i].WaitingTeam, all[i].BlockingTeam}]++
	}
	if len(counts) <= mostPairs {
		return nil
	}
	sorted := slices.SortedFunc(maps.Keys(counts), func(a, b pair) int {
		return cmp.Or(counts[b]-counts[a], cmp.Compare(a.waiting, b.waiting), cmp.Compare(a.blocking, b.blocking))
	})
	named := make(pairs, mostPairs)
	for _, p := range sorted[:mostPairs] {
		named[p] = true
	}
	return named
}

// item finds an item of the report; one that is not there is empty.
func item(r *cycle.Report, ref work.Ref) *work.Item {
	if n, ok := r.Graph.Find(ref); ok {
		return r.Graph.Item(n)
	}
	return &work.Item{Outside: true}
}
