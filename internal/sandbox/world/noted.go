package world

import "slices"

// trace remembers what was written to, so that a list that was right at some
// version is brought up to date by looking at a few items instead of a million.
type trace[T comparable] struct {
	from  uint64 // of what was right at an earlier version nothing is known
	notes []note[T]
}

type note[T comparable] struct {
	version uint64
	item    T
}

// longest is how many notes are kept. Whoever is behind by more begins anew.
const longest = 1 << 14

func (t *trace[T]) add(version uint64, item T) {
	if n := len(t.notes); n > 0 && t.notes[n-1] == (note[T]{version, item}) {
		return
	}
	if len(t.notes) >= longest {
		half := longest / 2
		t.from = t.notes[half-1].version
		t.notes = slices.Clone(t.notes[half:])
	}
	t.notes = append(t.notes, note[T]{version, item})
}

// since lists what was written to after a version, each once; ok is false when
// that is not known.
func (t *trace[T]) since(version uint64) (items []T, ok bool) {
	if version < t.from {
		return nil, false
	}
	at, _ := slices.BinarySearchFunc(t.notes, version+1, func(n note[T], v uint64) int {
		if n.version < v {
			return -1
		}
		return 1
	})
	seen := map[T]bool{}
	for _, n := range t.notes[at:] {
		if !seen[n.item] {
			seen[n.item] = true
			items = append(items, n.item)
		}
	}
	return items, true
}

// traces are those of everything that lists are made of.
type traces struct {
	jira   trace[*JiraIssue]
	github trace[*GitHubIssue]
	cards  trace[*ProjectItem]
	noted  bool // the write under way said what it changed
}

// changed notes that an item was written to. Whatever an item shows, in its own
// fields or through its cards, belongs to it.
func (s *State) changed(it Item) {
	s.traces.noted = true
	switch i := it.(type) {
	case *JiraIssue:
		s.traces.jira.add(s.Version+1, i)
	case *GitHubIssue:
		s.traces.github.add(s.Version+1, i)
		for _, card := range i.Items {
			s.traces.cards.add(s.Version+1, card)
		}
	}
}

// unchanged notes that a write left everything as it was.
func (s *State) unchanged() { s.traces.noted = true }

// carded notes that a card was written to.
func (s *State) carded(card *ProjectItem) {
	s.traces.noted = true
	s.traces.cards.add(s.Version+1, card)
	if card.Issue != nil {
		s.traces.github.add(s.Version+1, card.Issue)
	}
}

// forget says that anything may have changed: a project's key, a Sprint's state.
// Every list is made anew when it is asked for next.
func (s *State) forget() {
	next := s.Version + 1
	s.traces = traces{jira: trace[*JiraIssue]{from: next}, github: trace[*GitHubIssue]{from: next}, cards: trace[*ProjectItem]{from: next}, noted: true}
}

// traceOf is the trace of a kind of items.
func traceOf[T comparable](s *State) *trace[T] {
	for _, t := range []any{&s.traces.jira, &s.traces.github, &s.traces.cards} {
		if of, ok := t.(*trace[T]); ok {
			return of
		}
	}
	return &trace[T]{from: s.Version + 1} // nobody notes such items: always anew
}

// alive says whether an item is still there.
func alive[T comparable](s *State, item T) bool {
	switch i := any(item).(type) {
	case *JiraIssue:
		return s.issueByID[i.ID] == i
	case *GitHubIssue:
		return s.githubByID[i.ID] == i
	case *ProjectItem:
		return s.cards[i.ID] == i
	}
	return false
}
