package refine_test

import (
	"fmt"
	"testing"
	"time"

	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/refine"
	"strata/internal/refine/checks"
	"strata/internal/refine/rules"
	"strata/internal/work"
)

// large makes a product of so many planned stories of two teams, which the
// caller links.
func large(items int, link func(i int, it *work.Item, ref func(int) work.Ref)) work.Snapshot {
	first := work.Date(2026, time.March, 2)
	s := work.Snapshot{Product: "large", Taken: first.Time().AddDate(0, 0, 9), Teams: []work.Team{{ID: "Core", Planning: work.BySprint}, {ID: "Web", Planning: work.BySprint}}}
	for i := range 6 {
		start := first + work.Day(14*i)
		s.Sprints = append(s.Sprints, work.Sprint{ID: work.SprintID(fmt.Sprint(i)), Name: fmt.Sprint("S", i+1), Window: work.Window{Start: start, End: start + 11}, Seq: i})
	}
	ref := func(i int) work.Ref { return work.Ref{Tracker: "t", ID: fmt.Sprint(i)} }
	s.Items = make([]work.Item, items)
	for i := range s.Items {
		s.Items[i] = work.Item{Ref: ref(i), Key: fmt.Sprint("K-", i), Kind: work.Story, State: work.StateOpen, Teams: []work.TeamID{s.Teams[i%2].ID}, Assignee: "Kim",
			Sprints: []work.SprintID{s.Sprints[1+i%3].ID}}
		link(i, &s.Items[i], ref)
	}
	return s
}

func waitFor(it *work.Item, to work.Ref) {
	it.Links = append(it.Links, work.Link{Kind: work.Waits, To: to, Origin: work.Typed})
}

// Work that grows with the square of any of these would not end before the test's time is up.
func TestEveryShapeOfALargeProductIsJudged(t *testing.T) {
	const size = 60_000
	for name, link := range map[string]func(i int, it *work.Item, ref func(int) work.Ref){
		"all wait for one overdue item": func(i int, it *work.Item, ref func(int) work.Ref) {
			if i == 0 {
				it.Teams, it.Sprints, it.Due = nil, nil, work.Date(2026, time.February, 2)
				return
			}
			waitFor(it, ref(0))
		},
		"one item waits for all": func(i int, it *work.Item, ref func(int) work.Ref) {
			for k := 1; i == 0 && k < size; k++ {
				waitFor(it, ref(k))
			}
		},
		"a chain": func(i int, it *work.Item, ref func(int) work.Ref) {
			if i+1 < size {
				waitFor(it, ref(i+1))
			}
		},
		"a circle": func(i int, it *work.Item, ref func(int) work.Ref) { waitFor(it, ref((i+1)%size)) },
		"two epics of half the items each, all stories linked": func(i int, it *work.Item, ref func(int) work.Ref) {
			if i < 2 {
				it.Kind = work.Epic
				return
			}
			it.Parent = ref(i % 2)
			if i%2 == 0 {
				waitFor(it, ref(i+1))
			}
		},
	} {
		s := large(size, link)
		a := refine.Judge(s, graph.Build(s.Items), facts.Memory{}, refine.DefaultPolicy(), work.Date(2026, time.March, 11), rules.All(), checks.All())
		if len(a.Dependencies) < size/2-1 || len(a.Findings) < size/2 {
			t.Errorf("%s: %d dependencies, %d findings", name, len(a.Dependencies), len(a.Findings))
		}
	}
}
