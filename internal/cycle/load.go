package cycle

import (
	"context"
	"fmt"
	"slices"

	"strata/internal/store"
	"strata/internal/work"
)

// rememberer is a tracker that must be told where the items of a restored
// snapshot are, because it cannot be asked by their ids.
type rememberer interface{ Remember(records []work.Record) }

// load brings the product back from the store, once.
func (p *Product) load(ctx context.Context) error {
	if p.reading != nil {
		return nil
	}
	state, err := p.store.Load(ctx, p.config.Product)
	if err != nil {
		return fmt.Errorf("load %s: %w", p.config.Product, err)
	}
	rs := &readings{scopes: state.Readings, sprints: map[work.SprintID]work.RecordSprint{}, known: make(map[work.Ref]known, len(state.Records))}
	delta := p.forgotten(&state)
	for i := range state.Records {
		rs.known[state.Records[i].Ref] = lean(&state.Records[i])
	}
	for _, s := range state.Sprints {
		rs.sprints[s.ID] = s
	}
	if len(delta.GoneScopes) > 0 {
		if err := p.store.Apply(ctx, p.config.Product, delta); err != nil {
			return fmt.Errorf("load %s: %w", p.config.Product, err)
		}
	}
	p.view.Put(state.Records...)
	for name, t := range p.trackers {
		if r, ok := t.(rememberer); ok {
			r.Remember(slices.DeleteFunc(slices.Clone(state.Records), func(r work.Record) bool { return r.Ref.Tracker != name }))
		}
	}
	p.memory, p.saved = state.Memory, state.Memory
	p.ledger, p.remarks = newLedger(state), newRemarks(state.Remarks)
	p.pasts = newPasts(state.Pasts)
	p.pasts.forget(delta.Gone...)
	p.remarks.apply(nil, nil, delta.Gone)
	p.reading = rs
	return nil
}

// forgotten takes scopes that the config no longer has out of what was stored.
func (p *Product) forgotten(state *store.State) store.Delta {
	var delta store.Delta
	for name := range state.Readings {
		if !slices.ContainsFunc(p.config.Scopes, func(s Scope) bool { return s.Name == name }) {
			delta.GoneScopes = append(delta.GoneScopes, name)
			delete(state.Readings, name)
		}
	}
	if len(delta.GoneScopes) == 0 {
		return delta
	}
	slices.Sort(delta.GoneScopes)
	kept := state.Records[:0]
	for _, record := range state.Records {
		before := len(record.Scopes)
		record.Scopes = slices.DeleteFunc(slices.Clone(record.Scopes), func(s string) bool { return slices.Contains(delta.GoneScopes, s) })
		switch {
		case len(record.Scopes) == before:
			kept = append(kept, record)
		case len(record.Scopes) == 0:
			delta.Gone = append(delta.Gone, record.Ref)
		default:
			delta.Records, kept = append(delta.Records, record), append(kept, record)
		}
	}
	state.Records = kept
	return delta
}

// Restored says that every scope is known from an earlier complete reading that
// is younger than a full reading may be: the product can be judged at once.
func (p *Product) Restored(ctx context.Context) (bool, error) {
	if err := p.load(ctx); err != nil {
		return false, err
	}
	now := p.now()
	for _, s := range p.config.Scopes {
		reading, ok := p.reading.scopes[s.Name]
		if !ok || reading.Selector != s.Selector || reading.Read.IsZero() || now.Sub(reading.Read) > p.config.FullRead.Std() {
			return false, nil
		}
	}
	return true, nil
}
