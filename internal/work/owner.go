package work

// Unowned is why an item has not exactly one team; the zero value says that it has.
type Unowned uint8

// Why an item has not exactly one team.
const (
	Owned Unowned = iota
	// Unmarked items carry nothing that the config's rules look at.
	Unmarked
	// Unrecognised items carry such marks, and no rule names them.
	Unrecognised
	// Misspelt items carry a mark that is almost a team's.
	Misspelt
	// Contested items carry marks of several teams, of the same kind of evidence.
	Contested
)

var unowned = [...]string{"", "none", "unknown", "misspelt", "conflict"}

// String is the reason in one word, as metrics have it; empty for an item with one team.
func (u Unowned) String() string {
	if int(u) < len(unowned) {
		return unowned[u]
	}
	return ""
}
