package markup

import (
	"fmt"
	"sort"
	"unicode/utf16"
	"unicode/utf8"
)

// The longest comments that the trackers take, in UTF-16 units, which is how
// Jira counts and never less than how GitHub does.
const (
	GitHubLimit = 65_536
	JiraLimit   = 32_767
)

// Within renders a document in at most limit characters. What does not fit goes
// in this order: entries of lists, rows of tables and lines of code from the end;
// then whole blocks from the end, but for a closing Small; then the words of
// what is left, on a rune. What was left out is counted: "and n more".
//
// The limit is counted in UTF-16 units. Leave room in it for a marker.
func Within(limit int, render func(Document) string, d Document) string {
	fits := func(d Document) bool { return Length(render(d)) <= limit }
	if fits(d) {
		return render(d)
	}
	if total := entries(d); total > 0 {
		keep := most(total, func(n int) bool { return fits(keepEntries(d, n)) })
		if cut := keepEntries(d, keep); fits(cut) {
			return render(cut)
		}
		d = keepEntries(d, 0)
	}
	body, tail := d, Document(nil)
	if n := len(d); n > 1 {
		if _, ok := d[n-1].(Small); ok {
			body, tail = d[:n-1], d[n-1:]
		}
	}
	blocks := func(n int) Document {
		out := append(Document{}, body[:n]...)
		if n < len(body) {
			out = append(out, more(len(body)-n))
		}
		return append(out, tail...)
	}
	if keep := most(len(body), func(n int) bool { return n == 0 || fits(blocks(n)) }); keep > 0 {
		return render(blocks(keep))
	}
	first := Paragraph{Text(Plain(body[:min(1, len(body))]))}
	if fits(append(Document{first}, tail...)) {
		return render(append(Document{first}, tail...))
	}
	return render(cutWords(string(first[0].(Text)), tail, fits))
}

// cutWords returns the longest beginning of text that fits, with the tail if any of it does.
func cutWords(text string, tail Document, fits func(Document) bool) Document {
	runes := []rune(text)
	cut := func(n int) Document { return append(Document{Paragraph{Text(string(runes[:n]) + "…")}}, tail...) }
	if !fits(cut(0)) {
		tail = nil
	}
	if !fits(cut(0)) {
		return nil
	}
	return cut(most(len(runes), func(n int) bool { return fits(cut(n)) }))
}

// most returns the largest n up to total for which ok holds; ok holds for all smaller ones.
func most(total int, ok func(int) bool) int {
	return max(0, sort.Search(total+1, func(n int) bool { return !ok(n) })-1)
}

// Length counts characters as the trackers do, in UTF-16 units.
func Length(text string) int {
	n := 0
	for _, r := range text {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// entries counts what keepEntries can leave out.
func entries(d Document) int {
	n := 0
	for _, block := range d {
		switch block := block.(type) {
		case List:
			n += len(block)
		case Table:
			n += max(0, len(block)-1)
		case Code:
			n += lines(string(block))
		case Fold:
			n += entries(block.Blocks)
		}
	}
	return n
}

// keepEntries returns the document with its first n entries; each block that lost some says how many.
func keepEntries(d Document, n int) Document {
	out := make(Document, 0, len(d)+1)
	for _, block := range d {
		switch block := block.(type) {
		case List:
			kept := min(n, len(block))
			n -= kept
			list := append(List{}, block[:kept]...)
			if kept < len(block) {
				list = append(list, more(len(block)-kept))
			}
			out = append(out, list)
		case Table:
			if len(block) == 0 {
				continue
			}
			kept := min(n, len(block)-1)
			n -= kept
			out = append(out, block[:kept+1])
			if kept < len(block)-1 {
				out = append(out, more(len(block)-1-kept))
			}
		case Code:
			total := lines(string(block))
			kept := min(n, total)
			n -= kept
			if kept > 0 {
				out = append(out, firstLines(block, kept))
			}
			if kept < total {
				out = append(out, more(total-kept))
			}
		case Fold:
			kept := min(n, entries(block.Blocks))
			out = append(out, Fold{Summary: block.Summary, Blocks: keepEntries(block.Blocks, kept)})
			n -= kept
		default:
			out = append(out, block)
		}
	}
	return out
}

func more(n int) Paragraph { return Paragraph{Text(fmt.Sprintf("and %d more", n))} }

func lines(text string) int {
	n := 1
	for i := range len(text) {
		if text[i] == '\n' {
			n++
		}
	}
	return n
}

func firstLines(code Code, n int) Code {
	for i := range len(code) {
		if code[i] == '\n' {
			if n--; n == 0 {
				return code[:i]
			}
		}
	}
	return code
}

// Shorten cuts foreign text to at most n runes, the last of them an ellipsis when something was cut.
func Shorten(text string, n int) string {
	text = Clean(text)
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	if n <= 0 {
		return ""
	}
	for i := range text {
		if n--; n == 0 {
			return text[:i] + "…"
		}
	}
	return text
}
