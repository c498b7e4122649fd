package refine_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/refine"
	"strata/internal/refine/checks"
	"strata/internal/refine/rules"
	"strata/internal/work"
)

// world makes a product of the shape trackers have: one epic for twenty items,
// thirty teams, most items delivered over the last three years, the open ones
// planned over the coming Sprints or not at all and touched within two months,
// most of them with acceptance criteria; links told by both ends, four in five of
// them near in age, and what is delivered seldom waits for what is not.
func world(items int, settled float64) work.Snapshot {
	rnd := rand.New(rand.NewPCG(1, 2))
	s := work.Snapshot{Product: "bench"}
	first := work.Date(2026, time.March, 2)
	for i := range 12 {
		start := first + work.Day(14*(i-4))
		s.Sprints = append(s.Sprints, work.Sprint{ID: work.SprintID(fmt.Sprintf("product:%d", i)), Name: fmt.Sprintf("Sprint %d", i+1),
			Window: work.Window{Start: start, End: start + 11}, Seq: i})
	}
	for i := range 30 {
		s.Teams = append(s.Teams, work.Team{ID: work.TeamID(fmt.Sprintf("Team %02d", i)), Planning: work.BySprint, Estimates: i%2 == 0})
	}
	size := 3.0
	criteria := work.Sections{work.AcceptanceCriteria: {Entries: []string{"it pays"}}}
	s.Items = make([]work.Item, items)
	for i := range s.Items {
		it := &s.Items[i]
		*it = work.Item{Ref: work.Ref{Tracker: "jira", ID: fmt.Sprint(1_000_000 + i)}, Key: fmt.Sprintf("P-%d", i), Kind: work.Story,
			State: work.StateOpen, Teams: []work.TeamID{s.Teams[rnd.IntN(30)].ID}, Assignee: "Kim", Estimate: &size,
			Updated: first.Time().AddDate(0, 0, -rnd.IntN(60)), Rank: fmt.Sprintf("0|%08d:", rnd.IntN(items))}
		if i%20 == 0 {
			it.Kind = work.Epic
		} else {
			it.Parent = s.Items[i-i%20].Ref
		}
		switch r := rnd.Float64(); {
		case r < settled:
			it.State = work.StateDelivered
			it.Resolved = first.Time().AddDate(0, 0, -rnd.IntN(3*365))
			it.Sprints = []work.SprintID{s.Sprints[rnd.IntN(3)].ID}
		case r < settled+(1-settled)*0.15:
			it.Sprints = []work.SprintID{s.Sprints[4+rnd.IntN(4)].ID}
			if rnd.IntN(10) > 0 {
				it.Sections = criteria
			}
		}
	}
	for links := items * 3 / 2; links > 0; {
		w := rnd.IntN(items)
		b := rnd.IntN(items)
		if rnd.IntN(5) > 0 { // most people link what was written in the same months
			b = min(items-1, max(0, w+rnd.IntN(4000)-2000))
		}
		if w == b || w < b && w/20 == b/20 {
			continue
		}
		w, b = max(w, b), min(w, b)
		if s.Items[w].State == work.StateDelivered && s.Items[b].State == work.StateOpen && rnd.IntN(10) > 0 {
			continue
		}
		links--
		s.Items[w].Links = append(s.Items[w].Links, work.Link{Kind: work.Waits, To: s.Items[b].Ref, Type: "Blocks", Origin: work.Typed})
		s.Items[b].Links = append(s.Items[b].Links, work.Link{Kind: work.Blocks, To: s.Items[w].Ref, Type: "Blocks", Origin: work.Typed})
	}
	return s
}

// BenchmarkJudge builds the graph and judges the whole product, as a cycle does.
func BenchmarkJudge(b *testing.B) {
	for _, size := range []int{10_000, 100_000, 1_000_000} {
		for _, settled := range []float64{0.8, 0} {
			b.Run(fmt.Sprintf("items=%d/settled=%.0f%%", size, settled*100), func(b *testing.B) {
				if testing.Short() && size > 100_000 {
					b.Skip("large")
				}
				s := world(size, settled)
				today := work.Date(2026, time.March, 11)
				policy := refine.DefaultPolicy()
				before, after := new(runtime.MemStats), new(runtime.MemStats)
				var a refine.Assessment
				runtime.ReadMemStats(before)
				for b.Loop() {
					a = refine.Judge(s, graph.Build(s.Items), facts.Memory{}, policy, today, rules.All(), checks.All())
				}
				runtime.ReadMemStats(after)
				b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(b.N)/float64(size), "B/item")
				b.ReportMetric(float64(len(a.Dependencies)), "rows")
				b.ReportMetric(float64(len(a.Findings)), "findings")
				b.ReportMetric(float64(len(a.Readiness)), "judged")
			})
		}
	}
}
