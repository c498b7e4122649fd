package facts

import (
	"fmt"
	"slices"
	"strings"

	"strata/internal/markup"
	"strata/internal/work"
)

// index finds items by how links name them: by key, by a key of old, by page.
type index struct {
	keys map[keyed][]*mapped
	old  map[keyed][]*mapped
	urls map[string][]*mapped
	// projects and hosts count the items that each tracker has of a project and on a host.
	projects tally
	hosts    tally
}

// keyed is a key in one tracker.
type keyed struct{ tracker, key string }

// tally counts by name and tracker.
type tally map[string]map[string]int

func (t tally) add(name, tracker string, n int) {
	if name == "" {
		return
	}
	if t[name] == nil {
		t[name] = map[string]int{}
	}
	if t[name][tracker] += n; t[name][tracker] <= 0 {
		delete(t[name], tracker)
	}
}

// only returns the tracker that has the name, when exactly one has.
func (t tally) only(name string) (string, bool) {
	if len(t[name]) != 1 {
		return "", false
	}
	for tracker := range t[name] {
		return tracker, true
	}
	return "", false
}

func newIndex() index {
	return index{
		keys: map[keyed][]*mapped{}, old: map[keyed][]*mapped{}, urls: map[string][]*mapped{},
		projects: tally{}, hosts: tally{},
	}
}

func issueKey(repository string, n int) string { return fmt.Sprintf("%s#%d", repository, n) }

// foldKey makes two ways to write a key equal: GitHub's names have no case.
func foldKey(key string) string {
	if strings.Contains(key, "/") {
		return strings.ToLower(key)
	}
	return key
}

// projectOf returns the project or repository that a key names.
func projectOf(key string) string {
	if repository, _, ok := strings.Cut(key, "#"); ok {
		return strings.ToLower(repository)
	}
	if i := strings.LastIndexByte(key, '-'); i > 0 {
		return key[:i]
	}
	return ""
}

// site returns where a page is, without the item: host and context path.
func site(form string) string {
	if i := strings.Index(form, "/browse/"); i >= 0 {
		return form[:i+len("/browse")]
	}
	host, _, _ := strings.Cut(form, "/")
	return host
}

func (x *index) add(m *mapped)    { x.change(m, 1) }
func (x *index) remove(m *mapped) { x.change(m, -1) }

func (x *index) change(m *mapped, n int) {
	tracker := m.item.Ref.Tracker
	if m.item.Key != "" {
		put(x.keys, keyed{tracker, foldKey(m.item.Key)}, m, n)
		x.projects.add(projectOf(m.item.Key), tracker, n)
	}
	for _, key := range m.oldKeys {
		put(x.old, keyed{tracker, foldKey(key)}, m, n)
	}
	if m.page != "" {
		put(x.urls, m.page, m, n)
		x.hosts.add(site(m.page), tracker, n)
	}
}

// shared says whether another item goes by one of the item's names too, so that
// which of them is meant depends on what changed last.
func (x *index) shared(m *mapped) bool {
	tracker := m.item.Ref.Tracker
	if len(x.keys[keyed{tracker, foldKey(m.item.Key)}]) > 1 || len(x.urls[m.page]) > 1 {
		return true
	}
	return slices.ContainsFunc(m.oldKeys, func(key string) bool { return len(x.old[keyed{tracker, foldKey(key)}]) > 1 })
}

func put[K comparable](table map[K][]*mapped, key K, m *mapped, n int) {
	list := table[key]
	if n > 0 {
		table[key] = append(list, m)
		return
	}
	kept := make([]*mapped, 0, len(list))
	for _, other := range list {
		if other != m {
			kept = append(kept, other)
		}
	}
	if len(kept) == 0 {
		delete(table, key)
		return
	}
	table[key] = kept
}

// newest picks one of several items of one name, whatever order they came in: the
// one that changed last, as an item that moved away leaves a record behind.
func newest(list []*mapped) *mapped {
	var best *mapped
	for _, m := range list {
		if best == nil || m.item.Updated.After(best.item.Updated) ||
			m.item.Updated.Equal(best.item.Updated) && m.item.Ref.Compare(best.item.Ref) < 0 {
			best = m
		}
	}
	return best
}

// resolve finds the item that a target means, seen from an item; nil when the
// product does not hold it. A key is sought in the item's own tracker first, and
// in the others only where one alone has it.
func (p *Product) resolve(from work.Ref, to *work.Target) *mapped {
	if !to.Ref.IsZero() {
		if m := p.items[to.Ref]; m != nil {
			return m
		}
		return newest(p.index.keys[keyed{to.Ref.Tracker, foldKey(to.Key)}])
	}
	if to.URL != "" {
		if m := newest(p.index.urls[markup.ItemURL(to.URL)]); m != nil {
			return m
		}
		if to.Key == "" {
			return p.byURLKey(to.URL)
		}
	}
	if to.Key == "" {
		return nil
	}
	key := foldKey(to.Key)
	for _, table := range []map[keyed][]*mapped{p.index.keys, p.index.old} {
		if m := newest(table[keyed{from.Tracker, key}]); m != nil {
			return m
		}
		var found *mapped
		several := false
		for tracker := range p.trackers {
			if m := newest(table[keyed{tracker, key}]); m != nil && tracker != from.Tracker {
				several = several || found != nil
				found = m
			}
		}
		if found != nil && !several {
			return found
		}
	}
	return nil
}

// resolveAll brings what parents and links mean up to date. Nothing is to do for a
// record that has not changed while no name has.
func (p *Product) resolveAll() {
	for _, m := range p.order {
		if m.resolved == p.names {
			continue
		}
		m.resolved, m.parentAt = p.names, nil
		if m.parent != (work.Target{}) {
			m.parentAt = p.resolve(m.item.Ref, &m.parent)
		}
		for i := range m.links {
			m.links[i].at = p.resolve(m.item.Ref, &m.links[i].to)
		}
	}
}

// byURLKey finds an item by the key in its URL, also an old one, where the site is one tracker's.
func (p *Product) byURLKey(url string) *mapped {
	tracker, ok := p.index.hosts.only(site(markup.ItemURL(url)))
	if !ok {
		return nil
	}
	key := keyed{tracker, foldKey(markup.URLKey(url))}
	if m := newest(p.index.keys[key]); m != nil {
		return m
	}
	return newest(p.index.old[key])
}

// whose tells in which tracker an item is that the product does not hold, and
// its key there; ok only where there is no doubt.
func (p *Product) whose(from *work.Item, to *work.Target) (tracker, key string, ok bool) {
	switch {
	case to.URL != "":
		key = markup.URLKey(to.URL)
		tracker, ok = p.index.hosts.only(site(markup.ItemURL(to.URL)))
	case to.Key != "":
		key = to.Key
		tracker, ok = p.index.projects.only(projectOf(key))
		if !ok && strings.Contains(key, "#") && strings.Contains(from.Key, "#") {
			tracker, ok = from.Ref.Tracker, true
		}
	}
	return tracker, key, ok && key != ""
}
