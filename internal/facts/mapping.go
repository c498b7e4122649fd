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
	blocked  map[string]bool
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
	if len(c.Blocked) == 0 {
		c.Blocked = []string{"blocked"}
	}
	if len(c.Statuses.Doing) == 0 {
		c.Statuses.Doing = []string{"In Progress", "In Review"}
	}
	m := &mapping{
		links:    map[string]Speaker{},
		dropped:  words(c.Resolutions.Dropped),
		doing:    words(c.Doing),
		blocked:  words(c.Blocked),
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
	item      work.Item // without Parent, Children, Links, DuplicateOf
	scopes    []string
	oldKeys   []string
	parent    work.Target
	duplicate work.Target
	links     []pending
	page      string // the one form of the item's URL
	place     int    // in the product's order

	// owners are the places of the teams that own the item, proof is the mark by
	// which the only one does, and dispute tells why there is not exactly one.
	owners  []int
	proof   *Proof
	dispute *dispute
	// prints are the item's texts; of those that many items share nothing is its own.
	prints  []imprint
	printed int  // the epoch for which own holds
	own     *own // nil: all of its words are
	// boxes are the item's Sprints by their numbers in the product.
	boxes []int32

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
	sections, said, texts := p.sections.read(r)
	out := &mapped{
		item: work.Item{
			Ref: r.Ref, Key: r.Key, URL: r.URL, Title: r.Title,
			Kind: m.kind(r), State: m.state(r), Status: r.Status.Name, Resolution: r.Resolution.Name,
			Assignee: r.Assignee, Labels: r.Labels, Project: r.Project, Sprints: r.Sprints,
			Start: day(r.Start), Due: day(r.Due), NeededBy: day(r.NeededBy), Estimate: r.Estimate, Rank: r.Rank,
			Sections: sections, Said: uint16(min(said.Said, markup.MostSaid)), Blocked: r.Blocked || m.marks(r), Private: r.Private,
			Created: r.Created, Updated: r.Updated, Resolved: r.Resolved,
			Outside: len(r.Scopes) == 0,
		},
		scopes: r.Scopes, oldKeys: r.OldKeys, parent: r.Parent, duplicate: r.Duplicate,
		page: markup.ItemURL(r.URL), printed: -1,
	}
	if !out.item.Outside {
		out.prints = p.prints.take(r.Project, sections, said.Said, said.Print)
	}
	if r.Unreadable {
		out.item.State = work.StateUnknown
	}
	p.own(out, r)
	if proofs := p.goals.match(r, p.scratch[:0]); len(proofs) > 0 {
		for _, place := range places(proofs) {
			out.item.Objectives = append(out.item.Objectives, p.config.Objectives[place].Name)
		}
	}
	for _, id := range r.Sprints {
		out.boxes = append(out.boxes, p.boxNumber(id))
	}
	for i := range r.Links {
		l := &r.Links[i]
		if kind := m.linkKind(l); kind != "" {
			out.links = append(out.links, pending{kind: kind, origin: l.Origin, name: l.TypeName, to: l.To})
		}
	}
	for i := range texts {
		for _, ref := range texts[i].References() {
			if to := textTarget(r, ref); to != (work.Target{}) {
				out.links = append(out.links, pending{kind: ref.Kind, origin: work.Text, to: to})
			}
		}
	}
	return out
}

// dispute is why an item has not exactly one team.
type dispute struct {
	proofs []Proof
	misses []Miss
}

// own finds the teams of a record.
func (p *Product) own(m *mapped, r *work.Record) {
	proofs := p.owners.match(r, p.scratch[:0])
	p.scratch = proofs[:0]
	if len(proofs) == 0 {
		misses := p.owners.misses(r)
		m.item.Unowned = p.owners.reason(misses)
		if len(misses) > 0 {
			m.dispute = &dispute{misses: misses}
		}
		return
	}
	if first := proofs[0]; !slices.ContainsFunc(proofs, func(other Proof) bool { return other.place != first.place }) {
		m.proof = p.owners.shared(first)
		m.item.Teams, m.owners = p.owners.sole[first.place], p.owners.places[first.place:first.place+1]
		return
	}
	m.item.Unowned = work.Contested
	m.dispute = &dispute{proofs: slices.Clone(proofs)}
	m.owners = places(proofs)
	for _, place := range m.owners {
		m.item.Teams = append(m.item.Teams, p.owners.teams[place])
	}
}

// boxNumber numbers the Sprints that items name, in the order they come up.
func (p *Product) boxNumber(id work.SprintID) int32 {
	n, ok := p.boxNumbers[id]
	if !ok {
		n = int32(len(p.boxNumbers))
		p.boxNumbers[id] = n
	}
	return n
}

// marks says whether a label or the status marks an item as blocked.
func (m *mapping) marks(r *work.Record) bool {
	return m.blocked[spelling(r.Status.ID)] || m.blocked[spelling(r.Status.Name)] ||
		slices.ContainsFunc(r.Labels, func(label string) bool { return m.blocked[spelling(label)] })
}

// textTarget turns a reference into a target. A bare number belongs to the record's repository.
func textTarget(r *work.Record, ref markup.Reference) work.Target {
	if ref.Number > 0 {
		if !strings.Contains(r.Project, "/") {
			return work.Target{}
		}
		return work.Target{Key: issueKey(r.Project, ref.Number)}
	}
	// A copy: it is cut out of a paragraph, and would keep that in memory.
	return work.Target{Key: strings.Clone(ref.Key), URL: strings.Clone(ref.URL)}
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
