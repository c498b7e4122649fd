package markup

import (
	"html"
	"strings"
	"unicode/utf8"
)

// GitHub renders a document as GitHub Markdown.
//
// GitHub looks for @names, #numbers and :emoji: in the text after Markdown is
// done, where a backslash no longer counts; those are broken by a zero-width
// space. Everything else has an escape.
func GitHub(d Document) string {
	return strings.TrimRight(githubBlocks(d), "\n")
}

func githubBlocks(d Document) string {
	var b strings.Builder
	for _, block := range d {
		text := githubBlock(block)
		if text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(text)
		b.WriteByte('\n')
	}
	return b.String()
}

func githubBlock(block Block) string {
	switch block := block.(type) {
	case Paragraph:
		return githubLine(block, false)
	case Heading:
		if line := githubLine(block, false); line != "" {
			return "### " + line
		}
	case List:
		var lines []string
		for _, entry := range block {
			if line := githubLine(entry, false); line != "" {
				lines = append(lines, "- "+line)
			}
		}
		return strings.Join(lines, "\n")
	case Fold:
		// Markdown is not read on the summary's line, so it is HTML.
		summary, body := githubHTML(block.Summary), githubBlocks(block.Blocks)
		if body == "" {
			return summary
		}
		return "<details><summary>" + summary + "</summary>\n\n" + body + "\n</details>"
	case Code:
		text := strings.Trim(cleanLines(string(block)), "\n")
		fence := strings.Repeat("`", max(3, longestRun(text, '`')+1))
		return fence + "\n" + text + "\n" + fence
	case Table:
		return githubTable(block)
	case Small:
		if line := githubLine(block, false); line != "" {
			return "<sub>" + line + "</sub>"
		}
	}
	return ""
}

func githubTable(t Table) string {
	if len(t) == 0 || len(t[0]) == 0 {
		return ""
	}
	var b strings.Builder
	for i, row := range t {
		for column := range t[0] {
			cell := ""
			if column < len(row) {
				cell = githubLine(row[column], true)
			}
			b.WriteString("| " + cell + " ")
		}
		b.WriteString("|\n")
		if i == 0 {
			b.WriteString(strings.Repeat("| --- ", len(t[0])) + "|\n")
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// githubLine renders a run of inlines that begins a line.
func githubLine(p []Inline, cell bool) string {
	var b strings.Builder
	for i, in := range joined(p) {
		text := words(in)
		switch in := in.(type) {
		case Text:
			if i == 0 {
				text = lineStart(strings.TrimLeft(text, " "))
				b.WriteString(text)
				continue
			}
			b.WriteString(githubText(text))
		case Strong:
			// Asterisks open and close only beside a letter or digit; the tag always does.
			if wordRune(firstRune(text)) && wordRune(lastRune(text)) {
				b.WriteString("**" + githubText(text) + "**")
			} else {
				b.WriteString("<strong>" + githubText(text) + "</strong>")
			}
		case Mono:
			b.WriteString(githubMono(text, cell))
		case Link:
			if url := githubURL(in.URL); url != "" {
				b.WriteString("[" + githubText(text) + "](" + url + ")")
			} else {
				b.WriteString(githubText(text))
			}
		case Item:
			key := githubText(text)
			if strings.ContainsAny(text, "#/") {
				key = githubMono(text, cell)
			}
			if url := githubURL(in.URL); url != "" {
				key = "[" + key + "](" + url + ")"
			}
			b.WriteString(key)
		}
	}
	return strings.TrimRight(b.String(), " ")
}

// lineStart escapes text that begins a line: a list, a rule, a number.
func lineStart(text string) string {
	switch firstRune(text) {
	case '-', '+', '=':
		return `\` + text[:1] + githubText(text[1:])
	}
	digits := 0
	for digits < len(text) && digit(text[digits]) {
		digits++
	}
	if digits > 0 && digits < len(text) && (text[digits] == '.' || text[digits] == ')') {
		return text[:digits] + `\` + text[digits:digits+1] + githubText(text[digits+1:])
	}
	return githubText(text)
}

// githubText escapes text that stands inside a line.
func githubText(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	for i := range len(text) {
		switch c := text[i]; c {
		case '\\', '`', '*', '_', '[', ']', '~', '|', '$':
			b.WriteByte('\\')
			b.WriteByte(c)
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '#':
			b.WriteString(`\#`)
			if i+1 == len(text) || digit(text[i+1]) {
				b.WriteString(breakHere)
			}
		case '@':
			b.WriteByte('@')
			if i+1 == len(text) || text[i+1] != ' ' {
				b.WriteString(breakHere)
			}
		case '-':
			b.WriteByte('-')
			if i >= 2 && strings.EqualFold(text[i-2:i], "gh") && (i+1 == len(text) || digit(text[i+1])) {
				b.WriteString(breakHere)
			}
		case ':':
			if endsWithScheme(text[:i]) {
				b.WriteByte('\\')
			}
			b.WriteByte(':')
			if shortcode(text[i+1:]) {
				b.WriteString(breakHere)
			}
		case '.':
			if i >= 3 && strings.EqualFold(text[i-3:i], "www") {
				b.WriteByte('\\')
			}
			b.WriteByte('.')
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// endsWithScheme says whether a colon after text would begin a link.
func endsWithScheme(text string) bool {
	for _, scheme := range []string{"http", "https", "ftp", "mailto", "xmpp"} {
		if n := len(text) - len(scheme); n >= 0 && strings.EqualFold(text[n:], scheme) {
			return true
		}
	}
	return false
}

// shortcode says whether text after a colon closes an emoji's name: "smile:".
// The longest name on GitHub has 36 letters; the bound keeps this linear.
func shortcode(text string) bool {
	for i := 0; i < len(text) && i < 64; i++ {
		switch c := text[i]; {
		case c == ':':
			return i > 0
		case digit(c), c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c == '+', c == '-':
		default:
			return false
		}
	}
	return false
}

// githubMono renders a code span that survives backticks inside it. In a table a
// bar ends the cell even in a code span, so there such text stands plain.
func githubMono(text string, cell bool) string {
	if cell && strings.ContainsAny(text, "|`\\") {
		return githubText(text)
	}
	fence := strings.Repeat("`", longestRun(text, '`')+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return fence + text + fence
}

func longestRun(text string, c byte) int {
	longest, run := 0, 0
	for i := range len(text) {
		if text[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// githubURL returns a link's destination, "" when it may not be linked. A link to
// an issue on github.com goes by redirect.github.com, which GitHub offers so that
// the other issue does not show a back-reference.
func githubURL(url string) string {
	safe := webLink(url)
	for _, host := range []string{"https://github.com/", "https://www.github.com/"} {
		if path, ok := strings.CutPrefix(safe, host); ok && referencing(path) {
			safe = "https://redirect.github.com/" + path
		}
	}
	return strings.ReplaceAll(safe, "&", "&amp;")
}

func referencing(path string) bool {
	parts := strings.Split(path, "/")
	return len(parts) >= 4 && (parts[2] == "issues" || parts[2] == "pull" || parts[2] == "discussions" || parts[2] == "commit")
}

// githubHTML renders inlines where Markdown is not read.
func githubHTML(p []Inline) string {
	var b strings.Builder
	for _, in := range joined(p) {
		text := words(in)
		switch in := in.(type) {
		case Text:
			b.WriteString(htmlText(text))
		case Strong:
			b.WriteString("<strong>" + htmlText(text) + "</strong>")
		case Mono:
			b.WriteString("<code>" + htmlText(text) + "</code>")
		case Link:
			b.WriteString(htmlLink(htmlText(text), in.URL))
		case Item:
			b.WriteString(htmlLink("<code>"+htmlText(text)+"</code>", in.URL))
		}
	}
	return strings.TrimSpace(b.String())
}

func htmlLink(text, url string) string {
	safe := githubURL(url)
	if safe == "" {
		return text
	}
	return `<a href="` + safe + `">` + text + "</a>"
}

// htmlText escapes text for HTML and breaks names as githubText does.
func htmlText(text string) string {
	var b strings.Builder
	for i, r := range text {
		rest := text[i+utf8.RuneLen(r):]
		end := rest == "" || digit(rest[0])
		switch {
		case r == '@' && !strings.HasPrefix(rest, " "), r == '#' && end, r == ':' && (shortcode(rest) || endsWithScheme(text[:i])),
			r == '-' && i >= 2 && strings.EqualFold(text[i-2:i], "gh") && end, r == '.' && i >= 3 && strings.EqualFold(text[i-3:i], "www"):
			b.WriteRune(r)
			b.WriteString(breakHere)
		default:
			b.WriteString(html.EscapeString(string(r)))
		}
	}
	return b.String()
}
