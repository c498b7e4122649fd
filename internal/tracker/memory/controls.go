package memory

import (
	"slices"

	"strata/internal/tracker"
	"strata/internal/work"
)

// Put adds records, or changes them: a reading shows them again.
func (t *Tracker) Put(records ...work.Record) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range records {
		r.Ref.Tracker = t.name
		it := t.items[r.Ref.ID]
		if it == nil {
			it = &item{}
			t.items[r.Ref.ID] = it
		}
		it.record, it.hidden = r, false
		t.changed(it)
	}
}

// PutSprints sets the time boxes that every reading gives.
func (t *Tracker) PutSprints(sprints ...work.RecordSprint) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sprints = slices.Clone(sprints)
}

// Hide makes an item invisible: gone, or hidden from our account.
func (t *Tracker) Hide(ref work.Ref) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if it := t.items[ref.ID]; it != nil {
		it.hidden = true
	}
}

// Say writes a comment as somebody and returns its id.
func (t *Tracker) Say(ref work.Ref, author, text string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	it := t.items[ref.ID]
	if it == nil {
		return ""
	}
	return t.say(it, author, text).ID
}

// Reword replaces the text of a comment as its author does.
func (t *Tracker) Reword(ref work.Ref, id, text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c := t.comment(ref, id); c != nil {
		c.Body = text
		t.changed(t.items[ref.ID])
		c.Updated = t.now()
	}
}

// Robots says which authors are apps, as the tracker sees them.
func (t *Tracker) Robots(authors ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, author := range authors {
		t.robots[author] = true
	}
}

// TakeRights leaves people the right to comment, and nothing else.
func (t *Tracker) TakeRights(authors ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, author := range authors {
		t.readers[author] = true
	}
}

// Unsay deletes a comment as a person does.
func (t *Tracker) Unsay(ref work.Ref, id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unsay(ref, id)
}

// Said returns every comment on an item, whoever wrote it, as the tracker keeps it.
func (t *Tracker) Said(ref work.Ref) []tracker.Comment {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []tracker.Comment
	for _, c := range t.comments[ref.ID] {
		all = append(all, c.Comment)
	}
	return all
}

// Report sets what Check returns.
func (t *Tracker) Report(problems ...tracker.Problem) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.problems = problems
}

// Fail makes the next calls of a method fail with a kind, before anything is written.
func (t *Tracker) Fail(op Op, kind tracker.Kind, times int) {
	t.plan(op, fault{kind: kind, left: times})
}

// LoseAnswer makes the next posts or edits write and then fail as unclear.
func (t *Tracker) LoseAnswer(op Op, times int) {
	t.plan(op, fault{kind: tracker.Unclear, committed: true, left: times})
}

func (t *Tracker) plan(op Op, f fault) {
	if f.left <= 0 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults[op] = append(t.faults[op], f)
}

// Calls counts the calls of a method so far, failed ones included.
func (t *Tracker) Calls(op Op) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.calls[op]
}

// changed moves an item to the end of what has changed.
func (t *Tracker) changed(it *item) {
	if it == nil {
		return
	}
	t.tick++
	it.changed, it.record.Updated = t.tick, t.now()
}
