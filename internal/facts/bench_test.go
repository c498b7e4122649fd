package facts_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"strata/internal/facts"
	"strata/internal/work"
)

// world makes records in the shape of real trackers: one in twenty with a link,
// some of them to items outside, and a description.
func world(n int) []work.Record {
	random := rand.New(rand.NewPCG(7, uint64(n)))
	const description = "As a customer I want to pay with one click, so that I can go on shopping.\n\n%s Acceptance criteria\n" +
		"* the button is shown\n* the payment is taken\n* an error is explained\n\nSome notes about the design, which was agreed in the last meeting. %s\n"
	records := make([]work.Record, 0, n)
	for i := range n {
		var r work.Record
		said := ""
		if random.IntN(40) == 0 {
			said = fmt.Sprintf("Blocked by WEB-%d.", random.IntN(n))
		}
		if i%3 == 0 {
			r = ghIssue(fmt.Sprintf("I_kwDO%08d", i), i, says(work.GitHubMarkdown, fmt.Sprintf(description, "##", said)))
		} else {
			r = issue(fmt.Sprint(10000+i), fmt.Sprintf("WEB-%d", i), says(work.JiraWiki, fmt.Sprintf(description, "h2.", said)))
		}
		r.Title, r.Updated = fmt.Sprintf("Item %d", i), taken.Add(-time.Duration(i)*time.Minute)
		r.Labels = []string{[]string{"team-web", "shared", "x"}[i%3]}
		if i%10 == 0 {
			r.Level = 1
		} else {
			r.Parent = work.Target{Key: fmt.Sprintf("WEB-%d", i/10*10), Ref: jira(fmt.Sprint(10000 + i/10*10))}
		}
		if random.IntN(20) == 0 {
			to := random.IntN(n + n/50)
			waitsFor(work.Target{Ref: jira(fmt.Sprint(10000 + to)), Key: fmt.Sprintf("WEB-%d", to), Stub: &work.Stub{Status: work.Status{Category: work.CategoryNew}}})(&r)
		}
		records = append(records, r)
	}
	return records
}

func BenchmarkPut(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		records := world(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				product(b, facts.Config{Teams: teams}, nil, records...)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/record")
		})
	}
}

func BenchmarkSnapshot(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		p := product(b, facts.Config{Teams: teams}, nil, world(n)...)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				snapshot(p)
			}
		})
	}
}
