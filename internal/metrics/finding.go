package metrics

import (
	"cmp"
	"slices"
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	"strata/internal/cycle"
	"strata/internal/refine"
	"strata/internal/work"
)

var (
	findings = desc("strata_dependency_findings", "Findings of the dependency rules; kept at zero for rules without one.",
		"product", "team", "rule", "severity", "state")
	openFinding = desc("strata_open_finding_info", "How long a critical or warning finding that nobody answered has held, in seconds, with what to click on. The worst 500.",
		"product", "team", "rule", "severity", "item", "blocker", "waiting_team", "blocking_team", "horizon", "url")
	hiddenFindings = desc("strata_open_findings_hidden", "Findings beyond those that strata_open_finding_info shows.",
		"product")
)

// found are the metrics of this file.
var found = []*prometheus.Desc{findings, openFinding, hiddenFindings}

// mostFindings bounds the findings of a product that have series of their own:
// the one metric with keys of items, because people click from a panel to an item.
const mostFindings = 500

func (t *tally) findings(r *cycle.Report) {
	for _, rule := range r.Rules {
		for _, severity := range []refine.Severity{refine.Critical, refine.Warning} {
			t.set(findings, 0, "", string(rule), severity.String(), "open")
		}
	}
	var open []clickable
	places := horizonsOf(r)
	for i := range r.Assessment.Findings {
		f := &r.Assessment.Findings[i]
		state := "open"
		if f.Acknowledged {
			state = "acknowledged"
		}
		t.add(findings, 1, string(f.Team), string(f.Rule), f.Severity.String(), state)
		if !f.Acknowledged && f.Severity >= refine.Warning {
			open = append(open, clickable{f, places.of(f)})
		}
	}
	slices.SortStableFunc(open, clickable.compare)
	t.set(hiddenFindings, float64(max(0, len(open)-mostFindings)))
	for _, c := range open[:min(len(open), mostFindings)] {
		t.clickable(r, c)
	}
}

// clickable is a finding that has a series of its own.
type clickable struct {
	*refine.Finding
	horizon string
}

// compare puts first what is worst, then nearest, then oldest.
func (c clickable) compare(o clickable) int {
	return cmp.Or(cmp.Compare(o.Severity, c.Severity), cmp.Compare(nearness(c.horizon), nearness(o.horizon)),
		c.Since.Compare(o.Since), c.Item.Compare(o.Item), strings.Compare(string(c.Rule), string(o.Rule)))
}

func nearness(horizon string) int {
	if at := slices.Index(horizons, horizon); at >= 0 {
		return at
	}
	return len(horizons)
}

// clickable sends a finding. Two that differ in nothing that has a label, such as
// a blocker's towards two items of one team, are one series: the older's.
func (t *tally) clickable(r *cycle.Report, c clickable) {
	said, waiting, blocker := item(r, c.Item), item(r, c.Waiting), item(r, c.Blocker)
	since := c.Since
	if since.IsZero() {
		since = r.Taken
	}
	t.age(openFinding, since, string(c.Team), string(c.Rule), c.Severity.String(), said.Key, blocker.Key,
		string(waiting.Team()), string(blocker.Team()), c.horizon, said.URL)
}

// places tells how many Sprints away planned items are.
type places []refine.Readiness // sorted by item

func horizonsOf(r *cycle.Report) places { return r.Assessment.Readiness }

// of returns where the work is that a finding endangers: the waiting item's, else
// that of the item it is said on.
func (p places) of(f *refine.Finding) string {
	at := f.Waiting
	if at.IsZero() {
		at = f.Item
	}
	i, ok := slices.BinarySearchFunc(p, at, func(entry refine.Readiness, ref work.Ref) int { return entry.Item.Compare(ref) })
	if !ok {
		return ""
	}
	return p[i].Horizon
}
