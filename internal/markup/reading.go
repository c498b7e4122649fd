package markup

import (
	"strings"

	"strata/internal/work"
)

// block is a part of a text that people wrote, in neutral words: what a section
// and a reference can be read from, whatever the dialect. Code blocks and quotes
// are not among the blocks.
type block struct {
	role  role
	level int  // of a heading: 1 to 6
	depth int  // of an entry: 1 in the outermost list
	html  bool // written as HTML in Markdown
	// stream is the block's text, line by line, with the marks below around what is special.
	stream string
}

// lines returns the lines of the block's text.
func (b *block) lines() []string {
	if strings.IndexByte(b.stream, '\n') < 0 {
		return []string{b.stream}
	}
	return strings.Split(b.stream, "\n")
}

// spoken is a line with what a reader sees of it: its checkbox and its words.
type spoken struct {
	line string
	box  box
	text string
}

func spoke(line string) spoken {
	box, stream := splitBox(line)
	return spoken{line, box, visible(stream)}
}

type role int

const (
	prose role = iota
	heading
	entry   // a bullet or a numbered item
	gherkin // the lines of a scenario in a code block that says it is one
	row     // a table, its rows divided by rowBreak
)

// The marks in a stream. Text never holds them: control characters are taken out of it.
const (
	codeMark   = '\x01' // around a code span
	linkURL    = '\x02' // before a link's destination
	linkText   = '\x03' // between destination and words
	linkEnd    = '\x04' // after the words
	struckMark = '\x05' // around struck-out words
	boldMark   = '\x06' // around words in bold
	seamMark   = '\x07' // where markup was taken out: no word goes on across it
	rowMark    = '\x0e' // at the beginning of each row of a table but the first
	cellBreak  = '\x0f' // the end of a line within a cell, where the row is one line
)

// rowBreak stands between the rows of a table.
const rowBreak = "\n" + string(rowMark)

// blocks reads a text in its dialect. Both readers take time in proportion to the text.
func blocks(dialect work.Dialect, text string) []block {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	switch dialect {
	case work.JiraWiki:
		return wikiBlocks(text)
	case work.ADF:
		return adfBlocks(text)
	}
	return markdownBlocks(text)
}

// visible returns what a reader sees of a stretch of a stream: struck-out words and
// destinations are left out.
func visible(stream string) string {
	if strings.IndexFunc(stream, func(r rune) bool { return r < ' ' || hidden(r) }) < 0 {
		return strings.TrimSpace(stream)
	}
	var b strings.Builder
	struck, url := false, false
	for _, r := range stream {
		switch {
		case r == struckMark:
			struck = !struck
		case r == linkURL:
			url = true
		case r == linkText, r == linkEnd:
			url = false
		case r == cellBreak:
			b.WriteByte(' ')
		case struck || url || r < ' ' && r != '\t' && r != '\n' || hidden(r):
		default:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// unmarked returns text that can go into a stream.
func unmarked(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return r < ' ' }) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
}
