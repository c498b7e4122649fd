package world

import (
	"slices"
	"strings"
)

// Blockers lists the items that an item waits for, as the world knows them: links
// whose type says so, GitHub's dependencies, and what the item's own text says.
// Sorted by handle.
func (s *State) Blockers(it Item) []Item {
	var out []Item
	add := func(b Item) {
		if b != nil && b != it && !slices.Contains(out, b) {
			out = append(out, b)
		}
	}
	switch i := it.(type) {
	case *JiraIssue:
		for _, l := range i.Links {
			if w, b, ok := l.pair(); ok && w.Issue == i && b.Issue != nil {
				add(b.Issue)
			}
		}
	case *GitHubIssue:
		for _, b := range i.BlockedBy {
			add(b)
		}
	}
	for _, m := range s.mentions(it) {
		if m.waits {
			add(s.named(it, m.name))
		}
	}
	slices.SortFunc(out, func(a, b Item) int { return strings.Compare(a.Handle(), b.Handle()) })
	return out
}

// mentions reads the text of an item.
func (s *State) mentions(it Item) []mention {
	_, markdown := it.(*GitHubIssue)
	return mentions(textOf(it), markdown, func(project string) bool { return s.Project(project) != nil })
}

// named finds what a text of an item means by a name; nil when there is no such
// item.
func (s *State) named(from Item, name string) Item {
	if i, ok := from.(*GitHubIssue); ok && strings.HasPrefix(name, "#") {
		name = i.Repo.FullName() + name
	}
	if it, err := s.Find(name); err == nil {
		return it
	}
	return nil
}
