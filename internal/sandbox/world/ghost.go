package world

import "slices"

// A ghost is a dependency that was shown and is no more, while nobody can tell why:
// its far end is gone or may not be seen, so that it may as well have been hidden.
// A careful reader keeps it as unknown.
type ghost struct {
	holder Item // the one that showed it
	other  Item // what it showed; deleted, or hidden
	name   string
	waits  bool // the holder waits for the other
	origin int  // place in origins
}

// shown says whether an item that may not be seen now could be seen at some time
// after a link to it was made, while the item that shows the link could be seen
// without a break since.
func (s *State) shown(it, holder Item, made uint64) bool {
	of := func(at map[any]uint64, it Item) uint64 {
		switch i := it.(type) {
		case *JiraIssue:
			return max(at[it], at[i.Project])
		case *GitHubIssue:
			return max(at[it], at[i.Repo])
		}
		return at[it]
	}
	return of(s.hidAt, it) > max(made, of(s.seenAt, holder))
}

// hid notes that an item, a project or a repository was put out of sight, or came
// back into it.
func (s *State) hid(what any, on bool) {
	if on {
		s.hidAt[what] = s.Version + 1
		return
	}
	s.seenAt[what] = s.Version + 1
	s.ghosts = slices.DeleteFunc(s.ghosts, func(g ghost) bool { return g.holder == what || of(g.other, what) })
}

// of says whether an item is what came back into sight, or a part of it.
func of(it Item, what any) bool {
	switch i := it.(type) {
	case *JiraIssue:
		return what == any(i) || what == any(i.Project)
	case *GitHubIssue:
		return what == any(i) || what == any(i.Repo)
	}
	return false
}

// haunt remembers what a link of an item that goes showed on the others.
func (s *State) haunt(gone Item) {
	if !s.visible(gone) {
		return // of links to it that were shown before it was hidden see unshow
	}
	note := func(holder Item, waits bool, origin int) {
		if holder != nil && s.visible(holder) {
			s.ghosts = append(s.ghosts, ghost{holder: holder, other: gone, name: gone.Handle(), waits: waits, origin: origin})
		}
	}
	switch i := gone.(type) {
	case *JiraIssue:
		for _, l := range i.Links {
			if w, b, ok := l.pair(); ok && w.Issue != nil && b.Issue != nil && w.Issue != b.Issue {
				if w.Issue == i {
					note(b.Issue, false, 0)
				} else {
					note(w.Issue, true, 0)
				}
			}
		}
	case *GitHubIssue:
		for _, w := range i.Blocking {
			note(w, true, 1)
		}
		for _, b := range i.BlockedBy {
			note(b, false, 1)
		}
	}
}

// unshow remembers a dependency that is taken away while one end may not be seen,
// though it was shown before.
func (s *State) unshow(waiter, blocker Item, made uint64, origin int) {
	switch w, b := s.visible(waiter), s.visible(blocker); {
	case w && !b && s.shown(blocker, waiter, made):
		s.ghosts = append(s.ghosts, ghost{holder: waiter, other: blocker, name: blocker.Handle(), waits: true, origin: origin})
	case b && !w && s.shown(waiter, blocker, made):
		s.ghosts = append(s.ghosts, ghost{holder: blocker, other: waiter, name: waiter.Handle(), origin: origin})
	}
}
