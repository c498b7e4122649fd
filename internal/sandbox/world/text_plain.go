package world

import (
	"html"
	"regexp"
	"strings"
)

// A passage is a part of a text that somebody wrote as their own words: a
// paragraph, a heading or an entry of a list. Code, quotes, tables, comments and
// struck-out words are in none.
type passage struct {
	kind  passageKind
	lines []string
}

type passageKind int

const (
	paragraph passageKind = iota
	heading
	entry
)

var (
	wikiAway = []*regexp.Regexp{ // what nobody says: blocks of code and quotes, inline code, images, people
		regexp.MustCompile(`(?s)\{code(?::[^}\n]*)?\}.*?(?:\{code\}|\z)`), regexp.MustCompile(`(?s)\{noformat(?::[^}\n]*)?\}.*?(?:\{noformat\}|\z)`),
		regexp.MustCompile(`(?s)\{quote\}.*?(?:\{quote\}|\z)`), regexp.MustCompile(`\{\{[^}\n]*\}\}`), regexp.MustCompile(`![^!\s][^!\n]*!`),
		regexp.MustCompile(`\[~[^\]\n]*\]`), regexp.MustCompile(`\[\^[^\]\n]*\]`),
	}
	wikiLink   = regexp.MustCompile(`\[(?:[^|\]\n]*\|)?((?:https?://|[A-Z])[^|\]\s]*)(?:\|[^\]\n]*)?\]`)
	wikiMacro  = regexp.MustCompile(`\{(?:color|anchor|panel|info|note|warning|tip)(?::[^}\n]*)?\}`)
	wikiStruck = regexp.MustCompile(`(^|[\s(])-(\S(?:[^\n]*?\S)?)-([\s.,;:)]|$)`)
	wikiHead   = regexp.MustCompile(`^\s*h[1-6]\.\s+`)
	wikiEntry  = regexp.MustCompile(`^\s*(?:[*#]+|-+)\s+`)

	markAway = []*regexp.Regexp{
		regexp.MustCompile("(?ms)^[ ]{0,3}(```+|~~~+)[^\n]*$.*?(?:^[ ]{0,3}(?:```+|~~~+)[ \t]*$|\\z)"), regexp.MustCompile(`(?s)<!--.*?(?:-->|\z)`),
		regexp.MustCompile("``[^\n]*?``|`[^`\n]*`"), regexp.MustCompile(`~~[^~\n]*~~`), regexp.MustCompile(`!\[[^\]\n]*\]\([^)\n]*\)`),
	}
	markLink  = regexp.MustCompile(`\[[^\]\n]*\]\(\s*<?([^)\s>]*)>?[^)\n]*\)`)
	markAngle = regexp.MustCompile(`<(https?://[^>\s]*)>`)
	markBreak = regexp.MustCompile(`(?i)<br\s*/?>`)
	markHead  = regexp.MustCompile(`^ {0,3}#{1,6}\s+`)
	markEntry = regexp.MustCompile(`^\s*(?:[-*+]|\d{1,9}[.)])\s+`)
	tick      = regexp.MustCompile(`^\[[ xX]\]\s+`)
	marks     = regexp.MustCompile(`\*\*|__|(^|[\s("])[*_+]+|[*_+]+([\s.,:;!?)"]|$)`)
)

// passages takes a text apart.
func passages(text string, markdown bool) []passage {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	head, item, away := wikiHead, wikiEntry, wikiAway
	if markdown {
		head, item, away = markHead, markEntry, markAway
	}
	for _, of := range away {
		text = of.ReplaceAllString(text, " ")
	}
	if markdown && strings.Contains(text, "&") {
		text = html.UnescapeString(text)
	}
	if markdown {
		text = markBreak.ReplaceAllString(markAngle.ReplaceAllString(markLink.ReplaceAllString(text, " $1 "), " $1 "), "\n")
	} else {
		text = wikiMacro.ReplaceAllString(wikiLink.ReplaceAllString(text, " $1 "), "")
	}
	var out []passage
	open := false // the last passage goes on
	blank := true
	for line := range strings.SplitSeq(text, "\n") {
		plain := strings.TrimSpace(line)
		switch {
		case plain == "":
			open = false
		case strings.HasPrefix(plain, "|"), markdown && strings.HasPrefix(plain, ">"), !markdown && strings.HasPrefix(plain, "bq. "),
			markdown && blank && strings.HasPrefix(line, "    ") && !item.MatchString(line):
			open = false
		case head.MatchString(line):
			out = append(out, passage{heading, []string{clean(head.ReplaceAllString(line, ""), markdown)}})
			open = false
		case item.MatchString(line):
			out = append(out, passage{entry, []string{clean(tick.ReplaceAllString(item.ReplaceAllString(line, ""), ""), markdown)}})
			open = true
		case open:
			last := &out[len(out)-1]
			last.lines = append(last.lines, clean(plain, markdown))
		default:
			out = append(out, passage{paragraph, []string{clean(plain, markdown)}})
			open = true
		}
		blank = plain == ""
	}
	return out
}

// clean takes bold, italics and what is struck out of a line.
func clean(line string, markdown bool) string {
	if !markdown {
		line = wikiStruck.ReplaceAllString(line, "$1 $3")
	}
	return marks.ReplaceAllString(line, "$1$2")
}
