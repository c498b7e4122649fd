package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"strata/internal/facts"
	"strata/internal/tracker"
	"strata/internal/work"
)

// State is everything remembered of a product, sorted.
type State struct {
	Records  []work.Record       // by Ref
	Sprints  []work.RecordSprint // by ID
	Readings map[string]Reading  // by scope
	Memory   facts.Memory
	Comments []Comment // by item, kind, period, then in the order they were posted
	Intents  []Intent  // by item, kind and period
	// Remarks are the comments of people that may bear a command, by item, then
	// in the order they were written.
	Remarks []work.Remark
	Pasts   []work.Past // by Ref
}

// Reading is how far a scope is read.
type Reading struct {
	Scope string
	// Selector is what was asked of the tracker, in the caller's words: the
	// scope's selector and the fields. A cursor serves this question only.
	Selector string
	Cursor   tracker.Cursor
	Read     time.Time // when the scope was last read to its end
	Full     time.Time // when a reading from the empty cursor last came to its end
}

// Delta is what a reading changed.
type Delta struct {
	Records     []work.Record
	Gone        []work.Ref // no longer in any scope; their remarks and pasts go with them
	Sprints     []work.RecordSprint
	GoneSprints []work.SprintID
	// Remarks are new or changed; a body that is too long is cut as tracker.RemarkBody says.
	Remarks []work.Remark
	// GoneRemarks were deleted, or bear no command any more.
	GoneRemarks []RemarkKey
	// Pasts are new or changed, each whole.
	Pasts []work.Past
	// Reading is set by a reading that came to its end, and saved with its data
	// or not at all. Nil leaves the cursors as they are.
	Reading *Reading
	// GoneScopes names scopes that the config no longer has.
	GoneScopes []string
}

// Load returns everything remembered of a product; of a product never seen, an empty state.
func (s *Store) Load(ctx context.Context, product string) (State, error) {
	var state State
	var err error
	for record, err := range s.Records(ctx, product) {
		if err != nil {
			return State{}, err
		}
		state.Records = append(state.Records, record)
	}
	if state.Sprints, err = s.sprints(ctx, product); err != nil {
		return State{}, err
	}
	if state.Readings, err = s.readings(ctx, product); err != nil {
		return State{}, err
	}
	if state.Memory, err = s.memory(ctx, product); err != nil {
		return State{}, err
	}
	if state.Comments, err = s.Comments(ctx, product); err != nil {
		return State{}, err
	}
	if state.Intents, err = s.Intents(ctx, product); err != nil {
		return State{}, err
	}
	if state.Remarks, err = s.remarks(ctx, product); err != nil {
		return State{}, err
	}
	if state.Pasts, err = s.pasts(ctx, product); err != nil {
		return State{}, err
	}
	slices.SortFunc(state.Records, func(a, b work.Record) int { return a.Ref.Compare(b.Ref) })
	slices.SortFunc(state.Sprints, func(a, b work.RecordSprint) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return state, nil
}

func (s *Store) readings(ctx context.Context, product string) (map[string]Reading, error) {
	found := map[string]Reading{}
	err := s.query(ctx, "readings", product, func(scan scanner) error {
		var r Reading
		err := scan(&r.Scope, &r.Selector, &r.Cursor, (*moment)(&r.Read), (*moment)(&r.Full))
		found[r.Scope] = r
		return err
	}, `SELECT scope, selector, cursor, read_at, full_at FROM readings WHERE product = ?`)
	return found, err
}
