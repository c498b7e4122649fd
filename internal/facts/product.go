package facts

import (
	"errors"
	"maps"
	"slices"

	"strata/internal/work"
)

// Product is one product in memory. It takes what changed and gives snapshots.
// It is not for use by several goroutines at once; its snapshots are, and stay
// as they are when the product goes on.
type Product struct {
	name     string
	config   Config
	calendar Calendar
	trackers map[string]*mapping
	usual    *mapping // of a tracker without a config
	owners   owners
	goals    matcher
	scratch  []Proof // reused from record to record
	sections sectionReader

	items  map[work.Ref]*mapped
	order  []*mapped // sorted by ref when sorted says so
	sorted bool
	index  index
	names  int // counts the changes of what names mean; what was resolved before is resolved again
	boxes  []work.RecordSprint
	// boxNumbers numbers the Sprints that items name.
	boxNumbers map[work.SprintID]int32
	prints     prints
}

// NewProduct makes an empty product. The trackers' configs are by tracker's name.
// Its error joins every mistake in the config.
func NewProduct(name string, config Config, trackers map[string]TrackerConfig) (*Product, error) {
	errs := config.Validate()
	for _, tracker := range slices.Sorted(maps.Keys(trackers)) {
		errs = append(errs, trackers[tracker].Validate()...)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	calendar, err := config.calendar()
	if err != nil {
		return nil, err
	}
	p := &Product{
		name: name, config: config, calendar: calendar, trackers: map[string]*mapping{}, usual: newMapping(TrackerConfig{}),
		sections: newSectionReader(config.Sections), items: map[work.Ref]*mapped{}, index: newIndex(), sorted: true,
		owners: newOwners(config.Teams), boxNumbers: map[work.SprintID]int32{}, prints: newPrints(),
	}
	for tracker, c := range trackers {
		p.trackers[tracker] = newMapping(c)
	}
	for place, objective := range config.Objectives {
		for _, match := range objective.Match {
			p.goals.add(match, place)
		}
	}
	return p, nil
}

func (p *Product) tracker(name string) *mapping {
	if m := p.trackers[name]; m != nil {
		return m
	}
	return p.usual
}

// Name returns the product's name.
func (p *Product) Name() string { return p.name }

// Calendar returns the product's calendar.
func (p *Product) Calendar() Calendar { return p.calendar }

// Objectives returns the names of the objectives that an item serves, in the
// config's order: those that the strongest evidence names, as for teams.
func (p *Product) Objectives(ref work.Ref) []string {
	m := p.items[ref]
	if m == nil {
		return nil
	}
	return m.item.Objectives
}

// Len returns how many records the product holds.
func (p *Product) Len() int { return len(p.items) }

// Put takes records as read, new or changed. It reads their texts; a snapshot does not.
func (p *Product) Put(records ...work.Record) {
	for i := range records {
		p.put(p.mapRecord(&records[i]))
	}
}

func (p *Product) put(m *mapped) {
	ref := m.item.Ref
	old := p.items[ref]
	if old != nil {
		p.prints.count(old.prints, -1)
	}
	p.prints.count(m.prints, 1)
	switch {
	case old == nil:
		m.place = len(p.order)
		p.order = append(p.order, m)
		p.sorted = p.sorted && (m.place == 0 || p.order[m.place-1].item.Ref.Compare(ref) < 0)
		p.items[ref] = m
		p.index.add(m)
		p.names++
	case old.sameNames(m) && !p.index.shared(m):
		m.place = old.place
		*old = *m // what others resolved to stays where it is
	default:
		p.index.remove(old)
		m.place = old.place
		*old = *m
		p.index.add(old)
		p.names++
	}
}

// Remove forgets items that are gone from every scope, or were deleted.
func (p *Product) Remove(refs ...work.Ref) {
	gone := 0
	for _, ref := range refs {
		old := p.items[ref]
		if old == nil {
			continue
		}
		delete(p.items, ref)
		p.index.remove(old)
		p.prints.count(old.prints, -1)
		p.order[old.place] = nil
		gone++
	}
	if gone == 0 {
		return
	}
	p.names++
	p.order = slices.DeleteFunc(p.order, func(m *mapped) bool { return m == nil })
	for place, m := range p.order {
		m.place = place
	}
}

// SetSprints takes all time boxes of the product's trackers, in the place of those before.
func (p *Product) SetSprints(boxes ...work.RecordSprint) { p.boxes = slices.Clone(boxes) }

// sort brings the items into the order of their refs.
func (p *Product) sort() {
	if p.sorted {
		return
	}
	slices.SortFunc(p.order, func(a, b *mapped) int { return a.item.Ref.Compare(b.item.Ref) })
	for place, m := range p.order {
		m.place = place
	}
	p.sorted = true
}
