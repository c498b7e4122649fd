package world

// Happening is one write to the world with what it did to a GitHub issue: what a webhook would tell.
type Happening struct {
	Entry
	Item   Item // nil: a whole repository, that Entry.Item names
	By     *User
	Sprint *Sprint       // of Jira, whose own change it is
	Events []*IssueEvent // of GitHub issues, in order; the other ends of links included
}

// Watch calls f for every write that the journal hears of, whoever did it: a client through either API, a person
// through the control API, the world's own life. f runs inside the write, with the world as the write has left it so
// far: it must not call World.Read or World.Write, and must not wait.
func (w *World) Watch(f func(*State, Happening)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state.book.watchers = append(w.state.book.watchers, f)
}

// announce signs the events of the running write and shows it to everybody who watches.
func (s *State) announce(it Item, by *User, e Entry) {
	events := s.sign(by)
	if s.quiet {
		return
	}
	for _, f := range s.book.watchers {
		f(s, Happening{Entry: e, Item: it, By: by, Events: events})
	}
}
