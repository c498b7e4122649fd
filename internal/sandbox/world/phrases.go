package world

import (
	"slices"
	"strings"
)

// Speaker is what the end of a link that speaks its type's outward phrase says of
// itself: "A blocks B" is said by the blocker, "A depends on B" by the one that
// waits, "A duplicates B" by the duplicate.
type Speaker string

// What a speaker says; empty: the type is no dependency, or nobody can tell.
const (
	Blocks     Speaker = "blocks"
	Waits      Speaker = "waits"
	Duplicates Speaker = "duplicate"
)

// The outward phrases that say who waits for whom, as sites and apps word them.
// Every other phrase ("relates to", "clones", "causes") is no dependency.
var (
	blockerSpeaks = []string{"blocks", "is depended on by", "is required by", "is required for", "is a dependency of", "is dependency of", "is a prerequisite of", "is needed by", "has to be done before", "must be done before", "precedes"}
	waiterSpeaks  = []string{"depends on", "depends upon", "is blocked by", "requires", "needs", "has to be done after", "must be done after", "is dependent on", "is dependent upon", "waits for", "follows"}
	copySpeaks    = []string{"duplicates"}
)

// Speaker says what the speaker of the type's outward phrase is. Where both phrases
// read the same ("Blocked", "Blocked") nobody can tell.
func (t *LinkType) Speaker() Speaker {
	outward, inward := plainPhrase(t.Outward), plainPhrase(t.Inward)
	switch {
	case outward == inward:
		return ""
	case slices.Contains(blockerSpeaks, outward):
		return Blocks
	case slices.Contains(waiterSpeaks, outward):
		return Waits
	case slices.Contains(copySpeaks, outward):
		return Duplicates
	}
	return ""
}

func plainPhrase(text string) string { return strings.Join(strings.Fields(lower(text)), " ") }

// pair says who waits for whom by a link; ok is false when it is no dependency.
func (l *Link) pair() (waiter, blocker End, ok bool) {
	switch l.Type.Speaker() {
	case Blocks:
		return l.To, l.From, true
	case Waits:
		return l.From, l.To, true
	}
	return End{}, End{}, false
}
