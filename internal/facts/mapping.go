package facts

import (
	"slices"
	"strings"
	"time"

	"strata/internal/markup"
	"strata/internal/work"
)

// mapping is how one tracker's words are read, ready for look-ups.
type mapping struct {
	links    map[string]Speaker
	dropped  map[string]bool
	doing    map[string]bool
	statuses map[string]bool
	kinds    map[string]work.Kind
}

func newMapping(c TrackerConfig) *mapping {
	if len(c.Links) == 0 {
		c.Links = DefaultLinks()
	}
	if len(c.Resolutions.Dropped) == 0 {
		c.Resolutions.Dropped = DroppedResolutions()
	}
	if len(c.Statuses.Doing) == 0 {
		c.Statuses.Doing = []string{"In Progress", "In Review"}
	}
	m := &mapping{
		links:    map[string]Speaker{},
		dropped:  words(c.Resolutions.Dropped),
		doing:    words(c.Doing),
		statuses: words(c.Statuses.Doing),
		kinds:    map[string]work.Kind{},
	}
	for _, link := range c.Links {
		if _, ok := m.links[link.Type]; !ok {
			m.links[link.Type] = link.Speaker
		}
	}
	for name, kind := range c.Kinds {
		m.kinds[strings.ToLower(name)] = kind
	}
	return m
}

// mapped is a record after the config: an item whose links still name targets.
type mapped struct {
	item       work.Item // without Parent, Children, Links, DuplicateOf
	scopes     []string
	oldKeys    []string
	objectives []string
	parent     work.Target
	duplicate  work.Target
	links      []pending
	page       string // the one form of the item's URL
	place      int    // in the product's order

	// resolved is the count of names for which parentAt and the links' at hold.
	resolved int
	parentAt *mapped
}

// pending is a link before its target is resolved.
type pending struct {
	kind   work.LinkKind
	origin work.Origin
	name   string // of the link type
	to     work.Target
	at     *mapped // nil when the product does not hold the target
}

// sameNames says whether two records of an item can be named in the same ways.
func (m *mapped) sameNames(o *mapped) bool {
	return m.item.Key == o.item.Key && m.page == o.page && slices.Equal(m.oldKeys, o.oldKeys)
}

// mapRecord gives a record its team, state, kind, links and sections. Nothing of
// the record's texts is kept.
func (p *Product) mapRecord(r *work.Record) *mapped {
	m := p.tracker(r.Ref.Tracker)
	out := &mapped{
		item: work.Item{
			Ref: r.Ref, Key: r.Key, URL: r.URL, Title: r.Title,
			Kind: m.kind(r), State: m.state(r), Status: r.Status.Name, Resolution: r.Resolution.Name,
			Assignee: r.Assignee, Labels: r.Labels, Project: r.Project, Sprints: r.Sprints,
			Start: day(r.Start), Due: day(r.Due), NeededBy: day(r.NeededBy), Estimate: r.Estimate, Rank: r.Rank,
			Sections: p.sections.read(r), Blocked: r.Blocked, Private: r.Private,
			Created: r.Created, Updated: r.Updated, Resolved: r.Resolved,
			Outside: len(r.Scopes) == 0,
		},
		scopes: r.Scopes, oldKeys: r.OldKeys, parent: r.Parent, duplicate: r.Duplicate,
		page: markup.ItemURL(r.URL),
	}
	if r.Unreadable {
		out.item.State = work.StateUnknown
	}
	for _, place := range p.owners.match(r, len(p.config.Teams)) {
		out.item.Teams = append(out.item.Teams, work.TeamID(p.config.Teams[place].Name))
	}
	for _, place := range p.goals.match(r, len(p.config.Objectives)) {
		out.objectives = append(out.objectives, p.config.Objectives[place].Name)
	}
	for i := range r.Links {
		l := &r.Links[i]
		if kind := m.linkKind(l); kind != "" {
			out.links = append(out.links, pending{kind: kind, origin: l.Origin, name: l.TypeName, to: l.To})
		}
	}
	for _, text := range r.Texts {
		for _, ref := range markup.References(text.Dialect, text.Text) {
			if to := textTarget(r, ref); to != (work.Target{}) {
				out.links = append(out.links, pending{kind: ref.Kind, origin: work.Text, to: to})
			}
		}
	}
	return out
}

// textTarget turns a reference into a target. A bare number belongs to the record's repository.
func textTarget(r *work.Record, ref markup.Reference) work.Target {
	if ref.Number > 0 {
		if !strings.Contains(r.Project, "/") {
			return work.Target{}
		}
		return work.Target{Key: issueKey(r.Project, ref.Number)}
	}
	return work.Target{Key: ref.Key, URL: ref.URL}
}

// day reads the date at the beginning of a text; what is none has no date.
func day(text string) work.Day {
	if len(text) > len(time.DateOnly) {
		text = text[:len(time.DateOnly)]
	}
	d, err := work.ParseDay(text)
	if err != nil {
		return 0
	}
	return d
}
