package app_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"strata/internal/cycle"
	"strata/internal/sandbox"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
	"strata/internal/work"
)

// rows are the unresolved dependencies of a report that count, one a line.
func rows(r *cycle.Report, counts func(waiting, blocker string) bool) []string {
	var all []string
	for _, d := range r.JSON().Dependencies {
		origins := make([]string, len(d.Origin))
		for i, o := range d.Origin {
			origins[i] = string(o)
		}
		if counts(d.Waiting, d.Blocker) {
			all = append(all, fmt.Sprintf("%s waits for %s (%s), told by %s", d.Waiting, d.Blocker, d.State, strings.Join(origins, " and ")))
		}
	}
	slices.Sort(all)
	return all
}

// trueRows are the same as the world's ledger has them, each with the reason.
func trueRows(t world.Truth) (all []string, why map[string]string) {
	why = map[string]string{}
	for _, d := range t.Unresolved {
		row := fmt.Sprintf("%s waits for %s (%s), told by %s", d.Waiting, d.Blocker, d.State, strings.Join(d.Origins, " and "))
		all = append(all, row)
		why[row] = d.Why + "; " + strings.Join(d.Told, ", ")
	}
	for _, d := range t.Unlisted {
		pair := d.Waiting + " waits for " + d.Blocker
		why[pair] = d.Why + "; " + strings.Join(d.Told, ", ")
	}
	slices.Sort(all)
	return all, why
}

// wantTruth fails with a line for each dependency and each circle that report and
// ledger do not share.
func (h *house) wantTruth(when string, r *cycle.Report) {
	h.t.Helper()
	h.compare(when, h.box.World.Truth(), r, func(_, _ string) bool { return true })
}

func (h *house) compare(when string, truth world.Truth, r *cycle.Report, counts func(waiting, blocker string) bool) {
	h.t.Helper()
	want, why := trueRows(truth)
	got := rows(r, counts)
	var lines []string
	for _, row := range want {
		if !slices.Contains(got, row) {
			lines = append(lines, "missing:    "+row+"\n            because "+why[row])
		}
	}
	for _, row := range got {
		if !slices.Contains(want, row) {
			pair, _, _ := strings.Cut(row, " (")
			lines = append(lines, "unexpected: "+row+"\n            the ledger says: "+why[pair])
		}
	}
	lines = append(lines, circleDifferences(truth.Circles, r.JSON().Cycles)...)
	if len(lines) > 0 {
		h.t.Errorf("%s: of %d dependencies of the ledger and %d of the report\n%s", when, len(want), len(got), strings.Join(lines[:min(len(lines), 40)], "\n"))
	}
}

// wantItems fails unless the report knows of every item of the product what the
// ledger expects: its state, teams, Sprints, parent and children.
func (h *house) wantItems(r *cycle.Report) {
	h.t.Helper()
	keys := map[work.Ref]string{}
	sprints := map[work.SprintID]string{}
	for i := range r.Snapshot.Items {
		keys[r.Snapshot.Items[i].Ref] = r.Snapshot.Items[i].Key
	}
	for i := range r.Snapshot.Sprints {
		sprints[r.Snapshot.Sprints[i].ID] = r.Snapshot.Sprints[i].Name
	}
	got := map[string]world.Expected{}
	for i := range r.Snapshot.Items {
		it := &r.Snapshot.Items[i]
		if it.Outside {
			continue
		}
		e := world.Expected{Item: it.Key, State: string(it.State), Parent: keys[it.Parent]}
		for _, t := range it.Teams {
			e.Teams = append(e.Teams, string(t))
		}
		for _, s := range it.Sprints {
			e.Sprints = append(e.Sprints, sprints[s])
		}
		for _, c := range it.Children {
			e.Children = append(e.Children, keys[c])
		}
		slices.Sort(e.Sprints)
		slices.Sort(e.Children)
		got[it.Key] = e
	}
	want := map[string]world.Expected{}
	h.box.World.Read(func(s *world.State) {
		s.Expect(func(e world.Expected) bool {
			slices.Sort(e.Sprints)
			want[e.Item] = world.Expected{Item: e.Item, State: e.State, Teams: e.Teams, Sprints: e.Sprints, Parent: e.Parent, Children: e.Children}
			return true
		})
	})
	if diff := cmp.Diff(got, want, cmpopts.EquateEmpty()); diff != "" {
		h.t.Errorf("items of report and ledger (-got +want):\n%.4000s", diff)
	}
}

// circleDifferences compares groups with ways around: each way lies in one group,
// and each group has one.
func circleDifferences(groups []world.Circle, ways [][]string) (lines []string) {
	met := map[int]int{}
	for _, way := range ways {
		at := slices.IndexFunc(groups, func(c world.Circle) bool {
			return !slices.ContainsFunc(way, func(name string) bool { return !slices.Contains(c.Members, name) })
		})
		if at < 0 {
			lines = append(lines, "unexpected circle: "+strings.Join(way, " → "))
		}
		met[at]++
	}
	for at, c := range groups {
		if met[at] != 1 {
			lines = append(lines, fmt.Sprintf("circle by %s told %d times: %s", c.Kind, met[at], strings.Join(c.Members, ", ")))
		}
	}
	return lines
}

// attempt changes the world as a person would, if the world lets them.
func (h *house) attempt(wish map[string]any) (world.Outcome, error) {
	h.t.Helper()
	body, err := json.Marshal(wish)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.box.World.Mutate(body)
}

func TestReportEqualsTheLedgerOfTruth(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		type scene struct {
			size  int
			seeds uint64
		}
		for _, scene := range some(t, 2, []scene{{100, 3}, {300, 3}, {1000, 1}, {3000, 1}}) {
			for seed := range scene.seeds {
				t.Run(fmt.Sprintf("%d items, seed %d", scene.size, seed+1), func(t *testing.T) {
					h := build(t, settings{flavour: f, seed: seed + 1, items: scene.size})
					h.once()
					r := h.once()
					h.wantTruth("at rest", r)
					h.wantItems(r)
				})
			}
		}
	})
}

func TestReportOfALargeProductEqualsTheLedgerOfTruth(t *testing.T) {
	if testing.Short() {
		t.Skip("30,000 items are read: not in short mode")
	}
	h := build(t, settings{flavour: jirasim.DataCenter, seed: 11, items: 30_000, production: []sandbox.Limit{sandbox.Mode}})
	h.wantTruth("at rest", h.once())
}

func TestReportOfRecordedIssuesEqualsTheLedgerOfTruth(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		h := build(t, settings{flavour: f, jira: []string{recorded(t, devlake), recorded(t, merico)}, github: []string{recorded(t, ants)}})
		h.once()
		h.wantTruth("recorded", h.once())
	})
}
