package world

import (
	"regexp"
	"slices"
	"strings"
)

// understand ties an item to those that its text names, as far as names mean
// something.
func (l *ledger) understand(st statement) {
	for _, m := range st.says {
		p := l.meant(st.by, m.name)
		switch {
		case p == nil:
		case m.waits:
			l.tie(l.of(st.by), p, 3, st.by.Handle()+": text")
		default:
			l.tie(p, l.of(st.by), 3, st.by.Handle()+": text")
		}
	}
}

var issuePage = regexp.MustCompile(`^/([\w.-]+/[\w.-]+)/(?:issues|pull)/([1-9]\d*)/?$`)

// meant finds what a text means by a name: an item of the product, wherever it is
// named; one beyond it where there is no doubt of which tracker it is. nil when
// there is.
func (l *ledger) meant(from Item, name string) *party {
	_, git := from.(*GitHubIssue)
	certain := false
	switch {
	case strings.HasPrefix(name, "http"):
		if name = l.onPage(name); name == "" {
			return nil
		}
		certain = true
	case strings.HasPrefix(name, "#"):
		i, ok := from.(*GitHubIssue)
		if !ok {
			return nil
		}
		name, certain = i.Repo.FullName()+name, true
	case strings.Contains(name, "#"):
		repo, _, _ := strings.Cut(name, "#")
		certain = git || l.knowsRepo(l.s.Repo(repo))
	default:
		key, _, _ := strings.Cut(name, "-")
		p := l.s.Project(key)
		certain = p != nil && p.Key == key && l.knowsProject(p)
	}
	it, err := l.s.Find(name)
	former := err == nil && !strings.EqualFold(name, it.Handle())
	switch {
	case err == nil && (l.held(it) || l.known(it) && (!former || l.asked[lower(name)])):
		return l.of(it)
	case !certain:
		return nil
	case err == nil && !former:
		return l.of(it)
	}
	return l.called(name, nil)
}

// onPage is the item whose page an address is; empty when it is of another site.
func (l *ledger) onPage(address string) string {
	address, _, _ = strings.Cut(address, "#")
	address, _, _ = strings.Cut(address, "?")
	rest := func(site string) (string, bool) {
		_, bare, _ := strings.Cut(site, "://")
		_, here, _ := strings.Cut(address, "://")
		if site == "" || len(here) < len(bare) || !strings.EqualFold(here[:len(bare)], bare) {
			return "", false
		}
		return here[len(bare):], true
	}
	if path, ok := rest(l.sites[0]); ok {
		if key, found := strings.CutPrefix(strings.TrimSuffix(path, "/"), "/browse/"); found {
			return strings.ToUpper(key)
		}
	}
	if path, ok := rest(l.sites[1]); ok {
		if m := issuePage.FindStringSubmatch(path); m != nil {
			return m[1] + "#" + m[2]
		}
	}
	return ""
}

// knowsProject says whether a reading holds an item of a project: only then a word
// of its form is certainly a key.
func (l *ledger) knowsProject(p *Project) bool {
	if l.projects[p] && l.once(p, func() bool {
		return slices.ContainsFunc(l.s.Jira, func(i *JiraIssue) bool { return i.Project == p && l.held(i) })
	}) {
		return true
	}
	for it := range l.fetched {
		if i, ok := it.(*JiraIssue); ok && i.Project == p {
			return true
		}
	}
	return false
}

func (l *ledger) knowsRepo(r *Repo) bool {
	if r == nil {
		return false
	}
	for it := range l.fetched {
		if i, ok := it.(*GitHubIssue); ok && i.Repo == r {
			return true
		}
	}
	return l.once(r, func() bool {
		return slices.ContainsFunc(r.Issues, func(i *GitHubIssue) bool { return l.held(i) })
	})
}

// once remembers what takes long to find out.
func (l *ledger) once(about any, find func() bool) bool {
	known, ok := l.facts[about]
	if !ok {
		known = find()
		l.facts[about] = known
	}
	return known
}

// speaker is LinkType.Speaker, remembered.
func (l *ledger) speaker(t *LinkType) Speaker {
	known, ok := l.speakers[t]
	if !ok {
		known = t.Speaker()
		l.speakers[t] = known
	}
	return known
}
