package cycle

import (
	"context"
	"maps"
	"slices"
	"time"

	"strata/internal/comment"
	"strata/internal/facts"
	"strata/internal/refine"
	"strata/internal/tracker"
)

// remember brings the memory up to what this cycle saw, and saves it.
func (p *Product) remember(ctx context.Context, r *Report) error {
	before := p.memory
	now := facts.Memory{Installed: before.Installed, EdgeSeen: maps.Clone(before.EdgeSeen), Raised: map[facts.FindingKey]time.Time{}}
	if now.Installed.IsZero() && len(r.Snapshot.Unread) == 0 {
		now.Installed = r.Taken
	}
	seen := map[facts.Edge]bool{}
	for i := range r.Assessment.Dependencies {
		d := &r.Assessment.Dependencies[i]
		edge := facts.Edge{Blocker: d.Blocker, Waiting: d.Waiting}
		seen[edge] = true
		if _, ok := now.EdgeSeen[edge]; !ok {
			now.EdgeSeen[edge] = r.Taken
		}
		d.Since = now.EdgeSeen[edge]
	}
	if len(r.Snapshot.Unread) == 0 { // an edge of an unread scope is not gone
		maps.DeleteFunc(now.EdgeSeen, func(e facts.Edge, _ time.Time) bool { return !seen[e] })
	}
	for i := range r.Assessment.Findings {
		f := &r.Assessment.Findings[i]
		for _, key := range sights(*f) {
			at, ok := before.Raised[key]
			if !ok {
				at = r.Taken
			}
			now.Raised[key] = at
		}
		f.Since = now.Raised[sights(*f)[0]]
	}
	if len(r.Snapshot.Unread) > 0 {
		for key, at := range before.Raised {
			if _, ok := now.Raised[key]; !ok {
				now.Raised[key] = at
			}
		}
	}
	if err := p.store.SaveMemory(ctx, p.config.Product, p.saved, now); err != nil {
		return err
	}
	p.memory, p.saved = now, now
	return nil
}

// sights are the first sights of a finding: of the finding itself, and of its
// being critical, so that a finding that became worse is told from an old one.
func sights(f refine.Finding) []facts.FindingKey {
	key := facts.FindingKey{Rule: string(f.Rule), Item: f.Item, Blocker: f.Blocker, Waiting: f.Waiting}
	if f.Severity < refine.Critical {
		return []facts.FindingKey{key}
	}
	worse := key
	worse.Rule += criticalSight
	return []facts.FindingKey{key, worse}
}

const criticalSight = "/critical"

// recall takes over what the marker of an adopted comment remembers: the older sight wins.
func (p *Product) recall(c tracker.Comment) {
	told, ok := comment.DecodeFacts(c.Marker.Facts)
	if !ok {
		return
	}
	older := func(known, told time.Time) bool { return known.IsZero() || told.Before(known) }
	memory := facts.Memory{Installed: p.memory.Installed, EdgeSeen: maps.Clone(p.memory.EdgeSeen), Raised: maps.Clone(p.memory.Raised)}
	for edge, at := range told.EdgeSeen {
		if older(memory.EdgeSeen[edge], at) {
			memory.EdgeSeen[edge] = at
		}
	}
	for key, at := range told.Raised {
		if older(memory.Raised[key], at) {
			memory.Raised[key] = at
		}
	}
	if !told.Installed.IsZero() && older(memory.Installed, told.Installed) {
		memory.Installed = told.Installed
	}
	p.memory = memory
}

// old says that all findings held, as badly as now, when Strata was installed.
func (p *Product) old(findings []refine.Finding) bool {
	if p.memory.Installed.IsZero() {
		return false
	}
	return !slices.ContainsFunc(findings, func(f refine.Finding) bool {
		return slices.ContainsFunc(sights(f), func(key facts.FindingKey) bool {
			return p.memory.Raised[key].After(p.memory.Installed)
		})
	})
}
