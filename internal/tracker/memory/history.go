package memory

import (
	"context"
	"slices"

	"strata/internal/tracker"
	"strata/internal/work"
)

var _ tracker.Historian = (*Tracker)(nil)

// PutHistory sets what the tracker tells of how an item came to be as it is.
func (t *Tracker) PutHistory(ref work.Ref, steps ...work.Step) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if it := t.items[ref.ID]; it != nil {
		it.history = steps
	}
}

// History tells what was set, of every item that can be seen.
func (t *Tracker) History(_ context.Context, items []work.Ref) ([]work.Past, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.enter(History, "read the history of items"); err != nil {
		return nil, err
	}
	var pasts []work.Past
	for _, ref := range items {
		if it, err := t.visible(ref, "read the history of "); err == nil {
			pasts = append(pasts, work.Past{Ref: ref, Steps: slices.Clone(it.history)})
		}
	}
	return pasts, nil
}
