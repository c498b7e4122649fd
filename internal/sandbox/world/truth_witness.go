package world

import (
	"maps"
	"strings"
)

// witness hears what every item of the product tells: its links, its dependencies
// and its text. What lies beyond the product tells something only once it was asked
// for, and then other names may be understood, so the round is made until nothing
// new is heard.
func (l *ledger) witness() {
	for _, t := range []Tracker{Jira, GitHub} {
		l.each(t, func(it Item) {
			if !l.held(it) {
				return
			}
			switch i := it.(type) {
			case *JiraIssue:
				l.jiraLinks(i)
			case *GitHubIssue:
				l.dependencies(i)
			}
			if m := l.heard(it); len(m) > 0 {
				l.said = append(l.said, statement{it, m})
			}
		})
	}
	for _, g := range l.s.ghosts {
		l.ghost(g)
	}
	links := maps.Clone(l.ties)
	for k, e := range links {
		links[k] = e.clone()
	}
	for range 6 {
		for _, st := range l.said {
			l.understand(st)
		}
		for it := range l.fetched {
			l.beyond(it)
		}
		if !l.ask() {
			return
		}
		l.ties = map[[2]*party]*tie{}
		for k, e := range links {
			l.ties[k] = e.clone()
		}
	}
}

// statement is what the text of an item says of others.
type statement struct {
	by   Item
	says []mention
}

// heard reads the text of an item. Most texts say nothing, and many are the same.
func (l *ledger) heard(it Item) []mention {
	text := textOf(it)
	if text == "" || l.silent[text] {
		return nil
	}
	said := l.s.mentions(it)
	if len(said) == 0 && len(l.silent) < 10_000 {
		l.silent[text] = true
	}
	return said
}

// each goes through a tracker's issues without a list of them.
func (l *ledger) each(t Tracker, f func(Item)) {
	if t == Jira {
		for _, i := range l.s.Jira {
			f(i)
		}
		return
	}
	for _, r := range l.s.Repos {
		for _, i := range r.Issues {
			f(i)
		}
	}
}

// jiraLinks are those that an issue shows. A link to an issue that the account may
// not see is left out; where it was shown before, it is remembered.
func (l *ledger) jiraLinks(i *JiraIssue) {
	for _, k := range i.Links {
		speaker := l.speaker(k.Type)
		if speaker == "" || speaker == Duplicates && k.From.Issue != i {
			continue
		}
		other := k.To
		if k.To.Issue == i {
			other = k.From
		}
		if other.Issue != nil && !l.visible(other.Issue) && !l.s.shown(other.Issue, i, k.made) {
			continue
		}
		far := l.end(other)
		far.linked = true
		waiter, blocker, ok := k.pair()
		if !ok {
			continue
		}
		w, b := l.of(i), far
		if waiter.Issue != i {
			w, b = far, l.of(i)
		}
		if waiter.Issue == i && blocker.Issue == i {
			continue // an item does not wait for itself
		}
		l.tie(w, b, 0, i.Key+": link "+k.Type.Name)
	}
}

// end is the party at the far end of a link.
func (l *ledger) end(e End) *party {
	if e.Issue != nil {
		return l.of(e.Issue)
	}
	p := l.called(e.Key, nil)
	if p.stub == nil {
		p.stub = stubOf(e.Stub)
	}
	return p
}

// dependencies are GitHub's own.
func (l *ledger) dependencies(i *GitHubIssue) {
	hear := func(others []*GitHubIssue, waits bool) {
		for _, o := range others {
			pair := [2]*GitHubIssue{i, o}
			if !waits {
				pair = [2]*GitHubIssue{o, i}
			}
			if !l.visible(o) && !l.s.shown(o, i, l.s.blocks[pair]) {
				continue
			}
			far := l.of(o)
			far.linked = true
			if waits {
				l.tie(l.of(i), far, 1, i.Handle()+": blocked by")
			} else {
				l.tie(far, l.of(i), 1, i.Handle()+": blocking")
			}
		}
	}
	hear(i.BlockedBy, true)
	hear(i.Blocking, false)
	if i.DuplicateOf != nil && l.visible(i.DuplicateOf) {
		l.of(i.DuplicateOf).linked = true
	}
}

// ghost is a link that is no more, while nobody can tell whether it was taken away
// or its far end was hidden.
func (l *ledger) ghost(g ghost) {
	if !l.held(g.holder) || g.other != nil && l.s.exists(g.other) && l.visible(g.other) {
		return
	}
	far := l.called(g.name, g.other)
	far.gone = true
	if g.waits {
		l.tie(l.of(g.holder), far, g.origin, g.holder.Handle()+": linked before")
	} else {
		l.tie(far, l.of(g.holder), g.origin, g.holder.Handle()+": linked before")
	}
}

// ask reads the blockers beyond the product that something planned waits for, by
// the name that is known. It says whether there was news.
func (l *ledger) ask() bool {
	news := false
	for _, e := range l.sorted() {
		w := e.waiter.item
		if w == nil || !l.held(w) || !l.isOpen(e.waiter) || !l.planned(w) {
			continue
		}
		b := e.blocker.item
		if b == nil && e.blocker.stub == nil && !e.blocker.gone {
			if it, err := l.s.Find(e.blocker.name); err == nil {
				b = it
			}
		}
		if b == nil || !l.s.exists(b) || !l.visible(b) {
			continue
		}
		name := lower(e.blocker.name)
		if !l.known(b) || !strings.EqualFold(name, b.Handle()) && !l.asked[name] {
			l.fetched[b], l.asked[name], news = true, true, true
		}
	}
	return news
}

// beyond hears what an item that was asked for tells of others that are known.
func (l *ledger) beyond(it Item) {
	switch i := it.(type) {
	case *JiraIssue:
		l.knownLinks(i)
	case *GitHubIssue:
		l.knownDependencies(i)
	}
	for _, m := range l.s.mentions(it) {
		other, err := l.s.Find(l.spelled(it, m.name))
		switch {
		case err != nil || !l.known(other):
		case m.waits:
			l.tie(l.of(it), l.of(other), 3, it.Handle()+": text")
		default:
			l.tie(l.of(other), l.of(it), 3, it.Handle()+": text")
		}
	}
}

// spelled is a name of a text as the world finds it; empty when it is of another
// site.
func (l *ledger) spelled(from Item, name string) string {
	if strings.HasPrefix(name, "http") {
		return l.onPage(name)
	}
	if i, ok := from.(*GitHubIssue); ok && strings.HasPrefix(name, "#") {
		return i.Repo.FullName() + name
	}
	return name
}

// knownLinks are those of an item beyond the product to items that are known.
func (l *ledger) knownLinks(i *JiraIssue) {
	for _, k := range i.Links {
		w, b, ok := k.pair()
		if ok && w.Issue != nil && b.Issue != nil && w.Issue != b.Issue && l.known(w.Issue) && l.known(b.Issue) {
			l.tie(l.of(w.Issue), l.of(b.Issue), 0, i.Key+": link "+k.Type.Name)
		}
	}
}

func (l *ledger) knownDependencies(i *GitHubIssue) {
	for _, o := range i.BlockedBy {
		if l.known(o) {
			l.tie(l.of(i), l.of(o), 1, i.Handle()+": blocked by")
		}
	}
	for _, o := range i.Blocking {
		if l.known(o) {
			l.tie(l.of(o), l.of(i), 1, i.Handle()+": blocking")
		}
	}
}
