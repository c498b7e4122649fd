package cycle

import (
	"context"
	"maps"
	"slices"
	"time"

	"strata/internal/comment"
	"strata/internal/facts"
	"strata/internal/refine"
	"strata/internal/store"
	"strata/internal/work"
)

// remember brings the memory up to what this cycle saw, and saves it.
func (p *Product) remember(ctx context.Context, r *Report) error {
	now := p.memory
	now.EdgeSeen, now.Raised = edgesSeen(p.memory.EdgeSeen, r), raised(p.memory.Raised, r)
	now.Missing, now.Judged = p.stillMissing(r), r.Assessment.Judged
	if now.Installed.IsZero() && r.whole() {
		now.Installed = r.Taken
	}
	if err := p.store.SaveMemory(ctx, p.config.Product, p.saved, now); err != nil {
		return err
	}
	p.memory, p.saved, r.Memory = now, now, now
	return nil
}

// stillMissing leaves out what nothing refers to any more.
func (p *Product) stillMissing(r *Report) map[work.Ref]facts.Missing {
	if !r.whole() || len(p.memory.Missing) == 0 {
		return p.memory.Missing
	}
	now := maps.Clone(p.memory.Missing)
	maps.DeleteFunc(now, func(ref work.Ref, _ facts.Missing) bool { return r.item(ref) == nil })
	return now
}

// edgesSeen returns when each dependency was first seen, and says so in the
// report. It is the same map as before as long as nothing changed, which of a
// large product saves the most of the work.
func edgesSeen(before map[facts.Edge]time.Time, r *Report) map[facts.Edge]time.Time {
	rows, known := r.Assessment.Dependencies, 0
	for i := range rows {
		at, ok := before[edgeOf(&rows[i])]
		if ok {
			rows[i].Since = at
			known++
			continue
		}
		rows[i].Since = r.Taken
	}
	if known == len(rows) && (known == len(before) || !r.whole()) {
		return before
	}
	now := map[facts.Edge]time.Time{}
	if !r.whole() { // an edge of what was not read is not gone
		now = cloned(before)
	}
	for i := range rows {
		now[edgeOf(&rows[i])] = rows[i].Since
	}
	return now
}

func edgeOf(d *refine.Dependency) facts.Edge {
	return facts.Edge{Blocker: d.Blocker, Waiting: d.Waiting}
}

// raised returns when each finding first held, and says so in the report.
func raised(before map[facts.FindingKey]time.Time, r *Report) map[facts.FindingKey]time.Time {
	now := map[facts.FindingKey]time.Time{}
	if !r.whole() {
		now = cloned(before)
	}
	for i := range r.Assessment.Findings {
		f := &r.Assessment.Findings[i]
		keys := sights(r, *f)
		for _, key := range keys {
			at, ok := before[key]
			if !ok {
				at = r.Taken
			}
			now[key] = at
		}
		f.Since = now[keys[0]]
	}
	return now
}

// sights are the first sights of a finding: of the finding itself, of its being
// critical, and of its work coming near, so that a finding that became worse or
// more urgent is told from an old one.
func sights(r *Report, f refine.Finding) []facts.FindingKey {
	key := facts.FindingKey{Rule: string(f.Rule), Item: f.Item, Blocker: f.Blocker, Waiting: f.Waiting}
	all := []facts.FindingKey{key}
	if f.Severity >= refine.Critical {
		all = append(all, of(key, criticalSight))
	}
	if at := r.horizon(f.Waiting); f.Speaks && (at <= nextSprint || at == farthest) {
		all = append(all, of(key, nearSight))
	}
	return all
}

func of(key facts.FindingKey, sight string) facts.FindingKey {
	key.Rule += sight
	return key
}

const (
	criticalSight = facts.CriticalSight
	nearSight     = "/near"
	// nextSprint is the horizon of the Sprint after the current one.
	nextSprint = 1
)

// recall takes over what the markers of adopted comments remember: the older
// sight wins. The day of installation is not among it: with the store went what
// the baseline kept silent, and a new baseline keeps the loss from being heard.
func (p *Product) recall(adopted ...store.Comment) {
	if len(adopted) == 0 {
		return
	}
	memory := p.memory
	memory.EdgeSeen, memory.Raised = cloned(p.memory.EdgeSeen), cloned(p.memory.Raised)
	for _, row := range adopted {
		told, ok := comment.DecodeFacts(row.Marker.Facts)
		if !ok {
			continue
		}
		keepOlder(memory.EdgeSeen, told.EdgeSeen)
		keepOlder(memory.Raised, told.Raised)
	}
	p.memory = memory
}

// cloned is a copy that can be added to, also of no map.
func cloned[K comparable, V any](known map[K]V) map[K]V {
	if known == nil {
		return map[K]V{}
	}
	return maps.Clone(known)
}

func keepOlder[K comparable](known, told map[K]time.Time) {
	for key, at := range told {
		if had, ok := known[key]; !ok || at.Before(had) {
			known[key] = at
		}
	}
}

// old says that all findings held, as badly and as far away as now, when Strata
// was installed. Before the first complete reading everything counts as old.
func (p *Product) old(r *Report, findings []refine.Finding) bool {
	return p.memory.Installed.IsZero() || !slices.ContainsFunc(findings, func(f refine.Finding) bool {
		return slices.ContainsFunc(sights(r, f), func(key facts.FindingKey) bool {
			return p.memory.Raised[key].After(p.memory.Installed)
		})
	})
}
