package world

// Count is how many comments of the bots were written and in what way.
// Duplicates counts each time a comment came to stand beside another open one
// of its identity; nothing takes it back.
type Count struct {
	Posted     int `json:"posted"`
	Edited     int `json:"edited"`
	Folded     int `json:"folded"`
	Erased     int `json:"erased"`
	Duplicates int `json:"duplicates"`
}

// Tally is one tracker's comment accounting, of the bots' comments alone.
type Tally struct {
	Comments      Count            `json:"comments"`
	ByKind        map[string]Count `json:"comments_by_kind"`
	Notifications int              `json:"notifications"` // sent to people because of the bots
}

func newTally() *Tally { return &Tally{ByKind: map[string]Count{}} }

// Tally copies the comment accounting of a tracker.
func (s *State) Tally(t Tracker) Tally {
	out := *s.tallies[t]
	out.ByKind = map[string]Count{}
	for k, c := range s.tallies[t].ByKind {
		out.ByKind[k] = c
	}
	return out
}

func (t *Tally) count(kind string, add func(*Count)) {
	if kind == "" {
		kind = "unmarked"
	}
	add(&t.Comments)
	c := t.ByKind[kind]
	add(&c)
	t.ByKind[kind] = c
}

// identity of a bot's comment: two open ones of the same identity are a
// duplicate.
type identity struct {
	tracker      Tracker
	item         int64
	kind, period string
}

func identify(it Item, m Marker) identity {
	return identity{it.Tracker(), it.Identity(), m.Kind, m.Period}
}

// enter notes an open comment and counts a duplicate when another is open.
func (s *State) enter(it Item, c *Comment, m Marker) {
	id := identify(it, m)
	for _, known := range s.identities[id] {
		if known == c.ID {
			return
		}
	}
	s.identities[id] = append(s.identities[id], c.ID)
	if len(s.identities[id]) > 1 {
		s.tallies[it.Tracker()].count(m.Kind, func(n *Count) { n.Duplicates++ })
	}
}

// leave forgets a comment that was folded, erased or lost its marker.
func (s *State) leave(it Item, c *Comment, m Marker) {
	id := identify(it, m)
	rest := s.identities[id][:0]
	for _, known := range s.identities[id] {
		if known != c.ID {
			rest = append(rest, known)
		}
	}
	if len(rest) == 0 {
		delete(s.identities, id)
		return
	}
	s.identities[id] = rest
}
