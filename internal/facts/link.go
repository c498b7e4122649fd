package facts

import (
	"strata/internal/work"
)

// Speaker is what the end of a link that speaks its outward phrase says of itself.
type Speaker string

// What the speaker says: "A blocks B" is spoken by the blocker, "A depends on B"
// by the one that waits, "A duplicates B" by the duplicate. Of twins, one item kept
// in two trackers, either end speaks.
const (
	SpeakerBlocks    Speaker = "blocks"
	SpeakerWaits     Speaker = "waits"
	SpeakerDuplicate Speaker = "duplicate"
	SpeakerTwin      Speaker = "twin"
)

// LinkConfig tells what a link type means.
type LinkConfig struct {
	Type    string  `yaml:"type"` // id or exact name
	Speaker Speaker `yaml:"speaker"`
}

// DefaultLinks are the types that Jira and its common apps come with.
func DefaultLinks() []LinkConfig {
	return []LinkConfig{
		{"Blocks", SpeakerBlocks},
		{"Blocker", SpeakerBlocks},
		{"Depends", SpeakerWaits},
		{"Dependency", SpeakerWaits},
		{"Duplicate", SpeakerDuplicate},
	}
}

// kind returns what a link means for the end that carries it; "" when nothing
// judging reads.
//
//	          | this end speaks | the far end speaks
//	blocks    | Blocks          | Waits
//	waits     | Waits           | Blocks
//	duplicate | Duplicates      | –
//	twin      | Twin            | Twin
func (s Speaker) kind(speaks bool) work.LinkKind {
	switch {
	case s == SpeakerBlocks && speaks, s == SpeakerWaits && !speaks:
		return work.Blocks
	case s == SpeakerWaits && speaks, s == SpeakerBlocks && !speaks:
		return work.Waits
	case s == SpeakerDuplicate && speaks:
		return work.Duplicates
	case s == SpeakerTwin:
		return work.Twin
	}
	return ""
}

// speaker finds a link's type in the direction map, by id, else by exact name.
func (m *mapping) speaker(l *work.RecordLink) (Speaker, bool) {
	if s, ok := m.links[l.TypeID]; ok && l.TypeID != "" {
		return s, true
	}
	s, ok := m.links[l.TypeName]
	return s, ok && l.TypeName != ""
}

// linkKind returns what a link means for the record that carries it, "" for a
// type that is not in the direction map: its direction is never guessed.
func (m *mapping) linkKind(l *work.RecordLink) work.LinkKind {
	if l.Kind != "" {
		return l.Kind
	}
	s, _ := m.speaker(l)
	return s.kind(l.Speaks)
}
