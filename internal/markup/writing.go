package markup

import "strata/internal/work"

// Writing is a text of a tracker that was read once, for its sections and for its references.
type Writing struct {
	dialect work.Dialect
	source  string
	blocks  []block
}

// Parse reads a text. Its time grows with the text's length and no faster,
// whatever somebody wrote to make it.
func Parse(dialect work.Dialect, text string) Writing {
	return Writing{dialect: dialect, source: text, blocks: blocks(dialect, text)}
}
