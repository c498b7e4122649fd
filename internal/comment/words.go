package comment

import (
	"slices"
	"strings"

	"strata/internal/markup"
)

const (
	// MostWords is how many visible words a flag may have.
	MostWords = 120
	// longestRun is how many characters one run of text may have in a flag: an
	// item's title can be a megabyte without a blank.
	longestRun = 300

	ellipsis = "…"
)

// wordsIn counts the words that people see, what is folded included.
func wordsIn(d markup.Document) int {
	n := 0
	for _, block := range d {
		switch block := block.(type) {
		case markup.Paragraph:
			n += wordsOf(block)
		case markup.Small:
			n += wordsOf(markup.Paragraph(block))
		case markup.List:
			for _, entry := range block {
				n += wordsOf(entry)
			}
		case markup.Fold:
			n += wordsOf(block.Summary) + wordsIn(block.Blocks)
		}
	}
	return n
}

func wordsOf(p markup.Paragraph) int { return len(strings.Fields(markup.PlainInline(p))) }

// clip returns the beginning of a paragraph with at most so many words, and no
// run longer than a person reads. Keys stay whole.
func clip(p markup.Paragraph, words int) markup.Paragraph {
	var out markup.Paragraph
	for _, in := range p {
		in = shorten(in)
		grown := slices.Concat(out, markup.Paragraph{in})
		if wordsOf(grown) <= words {
			out = grown
			continue
		}
		text, ok := in.(markup.Text)
		if !ok {
			return ended(out)
		}
		// A run may continue the word before it, so the count is of the whole.
		for fields := strings.Fields(string(text)); len(fields) > 0; fields = fields[:len(fields)-1] {
			lead := ""
			if strings.HasPrefix(string(text), " ") {
				lead = " "
			}
			if grown[len(out)] = markup.Text(lead + strings.Join(fields, " ")); wordsOf(grown) <= words {
				return ended(grown)
			}
		}
		return ended(out)
	}
	return out
}

// ended marks a cut: the ellipsis touches the last word and is none itself.
func ended(p markup.Paragraph) markup.Paragraph {
	if len(p) == 0 {
		return nil
	}
	last := p[len(p)-1]
	if text, ok := last.(markup.Text); ok {
		return append(p[:len(p)-1:len(p)-1], markup.Text(strings.TrimRight(string(text), " ")+ellipsis))
	}
	return append(p[:len(p):len(p)], markup.Text(ellipsis))
}

func shorten(in markup.Inline) markup.Inline {
	switch in := in.(type) {
	case markup.Text:
		return markup.Text(keepEnds(string(in)))
	case markup.Strong:
		return markup.Strong(markup.Shorten(string(in), longestRun))
	case markup.Mono:
		return markup.Mono(markup.Shorten(string(in), longestRun))
	case markup.Link:
		in.Text = markup.Shorten(in.Text, longestRun)
		return in
	case markup.Item:
		in.Key = markup.Shorten(in.Key, longestRun)
		return in
	}
	return in
}

// keepEnds shortens a run of text without losing the blanks at its ends, which part it from its neighbours.
func keepEnds(text string) string {
	if len(text) <= longestRun {
		return text
	}
	return markup.Shorten(text, longestRun)
}
