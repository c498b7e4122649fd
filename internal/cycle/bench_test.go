package cycle_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"strata/internal/comment"
	"strata/internal/cycle"
	"strata/internal/facts"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/refine/checks"
	"strata/internal/refine/rules"
	"strata/internal/store"
	"strata/internal/tracker"
	"strata/internal/tracker/memory"
	"strata/internal/work"
)

// BenchmarkQuietCycle is a cycle of a product restored from its store, in which
// nothing changed: two items in three delivered long ago, thirty teams, 150,000
// links, and a flag of ours on each item that needs one.
func BenchmarkQuietCycle(b *testing.B) {
	for _, items := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(items), func(b *testing.B) {
			p, phases := quiet(b, items)
			r, err := p.Run(b.Context())
			if err != nil || len(r.Snapshot.Items) != items {
				b.Fatal(len(r.Snapshot.Items), err)
			}
			clear(phases)
			b.ReportAllocs()
			for b.Loop() {
				if r, err = p.Run(b.Context()); err != nil || len(r.Plan.Actions) > 0 {
					b.Fatal(len(r.Plan.Actions), err)
				}
			}
			for phase, took := range phases {
				b.ReportMetric(took.Seconds()*1000/float64(b.N), phase+"-ms/op")
			}
			b.ReportMetric(float64(len(r.Assessment.Findings)), "findings")
			b.ReportMetric(float64(r.Plan.Kept), "kept")
		})
	}
}

// quiet stores a product, runs the cycle that says everything, and returns it
// with the time that each phase takes.
func quiet(b *testing.B, items int) (*cycle.Product, phases) {
	b.Helper()
	st, err := store.Open(b.Context(), store.Config{URL: "sqlite::memory:"})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = st.Close() })
	rnd := rand.New(rand.NewPCG(1, 2))
	size := 3.0
	owns := facts.Config{}
	owns.Calendar.First, owns.Calendar.Every = work.Date(2026, 3, 2), days(14)
	for i := range 30 {
		name := fmt.Sprintf("Team %02d", i)
		owns.Teams = append(owns.Teams, facts.TeamConfig{Name: name, Match: []facts.Match{{Label: name}}})
	}
	records := make([]work.Record, items)
	for i := range records {
		r := story("jira", "web", fmt.Sprint(1_000_000+i), owns.Teams[rnd.IntN(30)].Name, "")
		r.Estimate = &size
		switch n := rnd.Float64(); {
		case n < 0.67:
			r = done(r, wednesday.AddDate(0, -6, 0))
		case n < 0.72:
			r.Sprints = []work.SprintID{work.SprintID(fmt.Sprintf("jira:%d", 1+rnd.IntN(4)))}
		}
		records[i] = r
	}
	for range items * 3 / 2 {
		w, blocker := rnd.IntN(items), rnd.IntN(items)
		if w > blocker {
			records[w] = waits(records[w], records[blocker])
		}
	}
	delta := store.Delta{Records: records, Reading: &store.Reading{Scope: "web", Selector: "web", Cursor: "5 -1 x x", Read: wednesday, Full: wednesday}}
	for i := range 6 {
		start := work.Date(2026, 3, 2) + work.Day(14*i)
		delta.Sprints = append(delta.Sprints, work.RecordSprint{ID: work.SprintID(fmt.Sprintf("jira:%d", 1+i)), StartDay: start, EndDay: start + 11, Board: "1"})
	}
	if err := st.Apply(b.Context(), "shop", delta); err != nil {
		b.Fatal(err)
	}
	view, err := facts.NewProduct("shop", owns, nil)
	if err != nil {
		b.Fatal(err)
	}
	config := cycle.Config{
		Product: "shop", Mode: plan.Writing, Words: comment.Config{Owner: "acme"}, Policy: refine.DefaultPolicy(), Rules: rules.All(), Checks: checks.All(),
		Scopes: []cycle.Scope{{Scope: tracker.Scope{Name: "web", JQL: "project = WEB"}, Tracker: "jira", Selector: "web"}},
	}
	config.Policy.Settle, config.Policy.Calendar = 0, view.Calendar()
	took, began := phases{}, time.Now()
	jira := &printer{Tracker: memory.New("jira")}
	jira.Put(story("jira", "elsewhere", "1", "", "")) // something happened there, once
	p := cycle.New(config, view, map[string]tracker.Tracker{"jira": jira}, st, took,
		func() time.Time { return wednesday.Add(time.Since(began)) }, slog.New(slog.DiscardHandler))
	return p, took
}

// phases adds up how long each phase takes.
type phases map[string]time.Duration

func (p phases) Phase(_, phase string, took time.Duration) { p[phase] += took }
func (phases) Wrote(string, string, string)                {}

// printer takes every post and shows none: the product is not in it.
type printer struct {
	*memory.Tracker
	n int
}

func (p *printer) Post(_ context.Context, item work.Ref, draft tracker.Draft) (tracker.Comment, error) {
	p.n++
	return tracker.Comment{ID: fmt.Sprint(p.n), Item: item, Ours: true, Marked: true, Marker: draft.Marker, Created: wednesday}, nil
}
