package facts

import (
	"maps"
	"slices"
	"strings"
	"time"

	"strata/internal/work"
)

// keyedID begins the id of an item that is known by its key alone. No tracker
// gives such ids, and none is asked for one.
const keyedID = "key:"

// Snapshot returns the product as it is now: targets resolved to items, children
// under their parents, duplicates of delivered items delivered, items outside the
// scopes as far as links tell of them. Unread names the scopes that could not be
// read in full, with the reason; items of such scopes are marked.
//
// It is the same whatever order records came in. Its time grows with the number
// of items; no text is read again.
func (p *Product) Snapshot(taken time.Time, today work.Day, unread map[string]string) work.Snapshot {
	p.sort()
	p.resolveAll()
	s := assembly{
		product: p,
		items:   make([]work.Item, len(p.order), len(p.order)+len(p.order)/32+64), // room for stubs
		stubs:   map[work.Ref]*stub{},
		known:   map[keyed]work.Ref{},
	}
	p.prints.judge()
	for place, m := range p.order {
		if m.printed != p.prints.epoch {
			m.own, m.printed = p.prints.own(m.prints, &m.item), p.prints.epoch
		}
		s.items[place] = m.item
		if m.own != nil {
			s.items[place].Sections, s.items[place].Said = m.own.sections, m.own.said
		}
		s.items[place].Unread = len(unread) > 0 && anyUnread(m.scopes, unread)
	}
	s.parents()
	s.links()
	s.duplicates()
	used := p.use()
	sprints := p.calendar.sprints(p.boxes, today, p.boardZones(used))
	teams := p.teams(s.items, p.teamSprints(sprints, used)) // before stubs move the items
	return work.Snapshot{
		Taken:   taken,
		Product: p.name,
		Items:   s.withStubs(),
		Sprints: sprints,
		Teams:   teams,
		Unread:  unread,
	}
}

// anyUnread says whether one of an item's scopes could not be read: what only
// that scope tells, its plan or its links, may have changed.
func anyUnread(scopes []string, unread map[string]string) bool {
	return slices.ContainsFunc(scopes, func(scope string) bool {
		_, ok := unread[scope]
		return ok
	})
}

// assembly is a snapshot in the making. Items lie at the places of their records.
type assembly struct {
	product *Product
	items   []work.Item
	stubs   map[work.Ref]*stub
	// known holds the refs of items outside by key, so that a link that tells only
	// the key means the same item.
	known map[keyed]work.Ref
}

// stub is an item known from links only, and when the freshest of them was read.
type stub struct {
	item   work.Item
	told   bool // a link told a state
	linked time.Time
}

// parents resolves who belongs to whom, and lets sub-tasks inherit their parent's team.
func (s *assembly) parents() {
	order := s.product.order
	over := make([]int32, len(order)) // place of the parent, -1 for none
	count := make([]int32, len(order))
	total := 0
	for place, m := range order {
		over[place] = -1
		if parent := m.parentAt; parent != nil && parent != m {
			over[place] = int32(parent.place)
			count[parent.place]++
			total++
			s.items[place].Parent = parent.item.Ref
		}
	}
	slab := make([]work.Ref, 0, total)
	for place, n := range count {
		if n > 0 {
			start := len(slab)
			slab = slab[:start+int(n)]
			s.items[place].Children = slab[start:start:len(slab)]
		}
	}
	for place := range order {
		if over[place] < 0 {
			continue
		}
		parent := &s.items[over[place]]
		parent.Children = append(parent.Children, s.items[place].Ref)
		if from := order[place].inherits(); from != nil {
			s.items[place].Teams, s.items[place].Unowned = from.item.Teams, from.item.Unowned
		}
	}
}

// links resolves targets. What the product does not hold becomes a stub where its tracker is certain.
func (s *assembly) links() {
	total := 0
	for _, m := range s.product.order {
		total += len(m.links)
		for i := range m.links {
			if to := &m.links[i].to; m.links[i].at == nil && !to.Ref.IsZero() && to.Key != "" {
				key := keyed{to.Ref.Tracker, foldKey(to.Key)}
				if had, ok := s.known[key]; !ok || to.Ref.Compare(had) < 0 {
					s.known[key] = to.Ref
				}
			}
		}
	}
	slab := make([]work.Link, 0, total)
	for place, m := range s.product.order {
		start := len(slab)
		for i := range m.links {
			l := &m.links[i]
			if to, ok := s.end(&s.items[place], l); ok && to != m.item.Ref {
				slab = append(slab, work.Link{Kind: l.kind, To: to, Type: l.name, Origin: l.origin})
			}
		}
		if start < len(slab) {
			links := slab[start:len(slab):len(slab)]
			slices.SortFunc(links, compareLinks)
			links = slices.Compact(links)
			s.items[place].Links = slices.Clip(links)
		}
	}
}

// end returns the far end of a link.
func (s *assembly) end(from *work.Item, l *pending) (work.Ref, bool) {
	if l.at != nil {
		return l.at.item.Ref, true
	}
	if from.Outside { // what lies behind an outside item is nobody's matter here
		return work.Ref{}, false
	}
	ref, key := l.to.Ref, l.to.Key
	if ref.IsZero() {
		tracker, known, ok := s.product.whose(from, &l.to)
		if !ok {
			if l.origin != work.Typed && l.origin != work.Native || l.to.Key == "" {
				return work.Ref{}, false
			}
			tracker, known = from.Ref.Tracker, l.to.Key
		}
		ref, key = work.Ref{Tracker: tracker, ID: keyedID + foldKey(known)}, known
		if named, ok := s.known[keyed{tracker, foldKey(known)}]; ok {
			ref = named
		}
	}
	s.stub(ref, key, from, &l.to)
	return ref, true
}

// stub notes what a link tells of an item outside the scopes. Of several links the
// one of the item that changed last is believed.
func (s *assembly) stub(ref work.Ref, key string, from *work.Item, to *work.Target) {
	known := s.stubs[ref]
	if known != nil && (to.Stub == nil || known.told && !from.Updated.After(known.linked)) {
		return
	}
	if known == nil {
		known = &stub{}
		s.stubs[ref] = known
	}
	known.linked, known.told = from.Updated, to.Stub != nil
	known.item = work.Item{Ref: ref, Key: key, URL: to.URL, State: stubState(to.Stub), Outside: true, Stub: true, Project: projectName(key)}
	if to.Stub != nil {
		known.item.Title = to.Stub.Title
		known.item.Status = to.Stub.Status.Name
		known.item.Kind = typeNames[strings.ToLower(to.Stub.Type)]
	}
}

// projectName returns the project that a key names, as it is written.
func projectName(key string) string {
	if repository, _, ok := strings.Cut(key, "#"); ok {
		return repository
	}
	return projectOf(key)
}

func compareLinks(a, b work.Link) int {
	if c := a.To.Compare(b.To); c != 0 {
		return c
	}
	if c := strings.Compare(string(a.Kind), string(b.Kind)); c != 0 {
		return c
	}
	if c := strings.Compare(string(a.Origin), string(b.Origin)); c != 0 {
		return c
	}
	return strings.Compare(a.Type, b.Type)
}

// duplicates names the originals of dropped items; a duplicate of a delivered item is delivered.
func (s *assembly) duplicates() {
	for place, m := range s.product.order {
		it := &s.items[place]
		if it.State != work.StateDropped {
			continue
		}
		if m.duplicate != (work.Target{}) {
			l := pending{kind: work.Duplicates, origin: work.Native, to: m.duplicate, at: s.product.resolve(it.Ref, &m.duplicate)}
			if to, ok := s.end(it, &l); ok && to != it.Ref {
				it.DuplicateOf = to
				continue
			}
		}
		if otherwise[spelling(it.Resolution)] {
			continue // it was dropped for another reason, whatever it duplicates
		}
		for _, l := range it.Links {
			if l.Kind == work.Duplicates && (it.DuplicateOf.IsZero() || s.state(l.To) == work.StateDelivered && s.state(it.DuplicateOf) != work.StateDelivered) {
				it.DuplicateOf = l.To
			}
		}
	}
	delivered := func(it *work.Item) bool {
		for range 10 { // a duplicate of a duplicate
			m := s.product.items[it.DuplicateOf]
			if m == nil {
				return false
			}
			if m.item.State == work.StateDelivered {
				return true
			}
			it = &s.items[m.place]
		}
		return false
	}
	for place := range s.items {
		if it := &s.items[place]; !it.DuplicateOf.IsZero() && delivered(it) {
			it.State = work.StateDelivered
		}
	}
}

func (s *assembly) state(ref work.Ref) work.State {
	if m := s.product.items[ref]; m != nil {
		return m.item.State
	}
	return work.StateUnknown
}

// withStubs returns all items by ref, the stubs merged in from the end.
func (s *assembly) withStubs() []work.Item {
	refs := slices.SortedFunc(maps.Keys(s.stubs), work.Ref.Compare)
	end := len(s.items)
	out := slices.Grow(s.items, len(refs))[:end+len(refs)]
	for i := len(refs) - 1; i >= 0; i-- {
		at, _ := slices.BinarySearchFunc(out[:end], refs[i], func(it work.Item, ref work.Ref) int { return it.Ref.Compare(ref) })
		copy(out[at+i+1:], out[at:end])
		out[at+i] = s.stubs[refs[i]].item
		end = at
	}
	return out
}

// teams returns the product's teams; a team whose config does not say it
// estimates when a third of its open items have an estimate.
func (p *Product) teams(items []work.Item, sprints [][]work.SprintID) []work.Team {
	open, estimated := make([]int, len(p.config.Teams)), make([]int, len(p.config.Teams))
	for place, m := range p.order {
		if !items[place].State.Open() || m.item.Kind == work.Subtask || m.item.Layer() != work.TeamLayer || m.item.Outside {
			continue
		}
		for _, team := range m.owners {
			open[team]++
			if m.item.Estimate != nil {
				estimated[team]++
			}
		}
	}
	teams := make([]work.Team, 0, len(p.config.Teams))
	for place := range p.config.Teams {
		config := &p.config.Teams[place]
		id := work.TeamID(config.Name)
		team := work.Team{ID: id, Planning: config.Planning, Zone: p.calendar.For(id).Zone(), Sprints: sprints[place], DefinitionOfDone: config.DefinitionOfDone}
		if team.Planning == "" {
			team.Planning = work.BySprint
		}
		team.Estimates = open[place] > 0 && 3*estimated[place] >= open[place]
		if config.Estimates != nil {
			team.Estimates = *config.Estimates
		}
		for tracker, key := range config.Home {
			if m := newest(p.index.keys[keyed{tracker, foldKey(key)}]); m != nil {
				team.Home = m.item.Ref
			}
		}
		teams = append(teams, team)
	}
	return teams
}

// FetchTarget returns how a tracker is asked for an item that is only known from
// links: by its ref, or by key and URL where no link told the ref.
func FetchTarget(it *work.Item) work.Target {
	if strings.HasPrefix(it.Ref.ID, keyedID) {
		return work.Target{Key: it.Key, URL: it.URL}
	}
	return work.Target{Ref: it.Ref, Key: it.Key, URL: it.URL}
}
