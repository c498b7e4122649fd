package world

// unlisted are what looks like a dependency and is none, or none that the account
// can know: links of which nobody can tell who waits, remote links, hierarchy, and
// what lies beyond the product or out of sight.
func (l *ledger) unlisted() []Dependency {
	out := []Dependency{}
	add := func(w, b, state, origin, why string) {
		out = append(out, Dependency{Waiting: w, Blocker: b, State: state, Origins: []string{origin}, Told: []string{}, Why: why})
	}
	for _, i := range l.s.Jira {
		for _, k := range i.Links {
			if k.From.Issue == i || k.From.Issue == nil {
				l.unlistedLink(k, add)
			}
		}
		for _, r := range i.Remote {
			if lower(r.Relationship) != "is blocked by" && lower(r.Relationship) != "depends on" {
				continue
			}
			if it, err := l.s.Find(r.URL); err == nil && l.ties[[2]*party{l.of(i), l.of(it)}] == nil {
				add(i.Key, it.Handle(), l.state(l.of(it)), Remote, "a remote link of a relationship that is not configured")
			}
		}
		if i.Parent != nil && l.held(i) && l.held(i.Parent) && pending(i) && pending(i.Parent) {
			l.hierarchy(i.Parent, i, add)
		}
	}
	for _, r := range l.s.Repos {
		for _, i := range r.Issues {
			for _, b := range i.BlockedBy {
				if l.ties[[2]*party{l.of(i), l.of(b)}] == nil {
					add(i.Handle(), b.Handle(), l.state(l.of(b)), Native, l.why(i, b))
				}
			}
			if i.Parent != nil && l.held(i) && l.held(i.Parent) && pending(i) && pending(i.Parent) {
				l.hierarchy(i.Parent, i, add)
			}
		}
	}
	return out
}

func (l *ledger) hierarchy(parent, child Item, add func(w, b, state, origin, why string)) {
	if l.ties[[2]*party{l.of(parent), l.of(child)}] == nil {
		add(parent.Handle(), child.Handle(), l.state(l.of(child)), "hierarchy", "parent and child: hierarchy is no dependency")
	}
}

func (l *ledger) unlistedLink(k *Link, add func(w, b, state, origin, why string)) {
	w, b, ok := k.pair()
	switch {
	case !ok && plainPhrase(k.Type.Inward) == plainPhrase(k.Type.Outward) && k.Type.Name != "Relates":
		add(k.From.Handle(), k.To.Handle(), unknownState, Typed, "type "+k.Type.Name+": both phrases read the same, so nobody can tell who waits")
	case !ok:
	case w.Issue == nil || b.Issue == nil:
	case w.Issue == b.Issue:
		add(w.Handle(), b.Handle(), unknownState, Typed, "an item does not wait for itself")
	case l.ties[[2]*party{l.of(w.Issue), l.of(b.Issue)}] == nil:
		add(w.Handle(), b.Handle(), l.state(l.of(b.Issue)), Typed, l.why(w.Issue, b.Issue))
	}
}

// why says why nobody tells the account of a dependency.
func (l *ledger) why(w, b Item) string {
	switch {
	case !l.visible(w) || !l.visible(b):
		return "one of the two may not be seen, and was not when the link was made"
	case !l.held(w) && !l.held(b):
		return "out of the product's scope"
	}
	return "told by neither"
}
