package markup

import "strings"

// Wiki renders a document as Jira wiki markup.
//
// Jira's renderer takes a backslash before ! [ ] ^ ~ + ? % { } ( ) * _ - | @ as an
// escape, and keeps numeric entities; the other active characters are written as
// entities. A bare key such as WEB-42 becomes a link there, which is welcome.
func Wiki(d Document) string {
	var parts []string
	for _, block := range d {
		if text := wikiBlock(block); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n\n")
}

func wikiBlock(block Block) string {
	switch block := block.(type) {
	case Paragraph:
		return wikiLine(block)
	case Heading:
		if line := wikiLine(block); line != "" {
			return "h4. " + line
		}
	case List:
		var lines []string
		for _, entry := range block {
			if line := wikiLine(entry); line != "" {
				lines = append(lines, "* "+line)
			}
		}
		return strings.Join(lines, "\n")
	case Fold:
		// Jira cannot fold: the blocks stand after the line.
		return Wiki(append(Document{block.Summary}, block.Blocks...))
	case Code:
		text := strings.Trim(cleanLines(string(block)), "\n")
		return "{noformat}\n" + strings.ReplaceAll(text, "{noformat", "{"+breakHere+"noformat") + "\n{noformat}"
	case Table:
		return wikiTable(block)
	case Small:
		if line := wikiLine(block); line != "" {
			return "{color:#707070}" + line + "{color}"
		}
	}
	return ""
}

func wikiTable(t Table) string {
	if len(t) == 0 {
		return ""
	}
	lines := make([]string, 0, len(t))
	for i, row := range t {
		bar := "|"
		if i == 0 {
			bar = "||"
		}
		line := bar
		for column := range t[0] {
			cell := " "
			if column < len(row) {
				if text := wikiLine(row[column]); text != "" {
					cell = text
				}
			}
			line += cell + bar
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// wikiLine renders a run of inlines that begins a line.
func wikiLine(p []Inline) string {
	runs := joined(p)
	var b strings.Builder
	for i, in := range runs {
		text := words(in)
		switch in := in.(type) {
		case Text:
			if i == 0 {
				b.WriteString(wikiStart(strings.TrimLeft(text, " ")))
				continue
			}
			b.WriteString(wikiText(text))
		case Strong:
			mark := "*"
			if wordRune(lastRune(b.String())) || i+1 < len(runs) && wordRune(firstRune(words(runs[i+1]))) {
				mark = "{*}" // the form that may touch a word
			}
			b.WriteString(mark + wikiText(text) + mark)
		case Mono:
			b.WriteString("{{" + wikiText(text) + "}}")
		case Link:
			b.WriteString(wikiLink(text, in.URL))
		case Item:
			b.WriteString(wikiLink(text, in.URL))
		}
	}
	return strings.TrimRight(b.String(), " ")
}

func wikiLink(text, url string) string {
	safe := webLink(url)
	if safe == "" {
		return wikiText(text)
	}
	return "[" + wikiText(text) + "|" + safe + "]"
}

// wikiStart escapes text that begins a line: a list, a heading, a quote.
func wikiStart(text string) string {
	switch {
	case strings.HasPrefix(text, "#"):
		return "&#35;" + wikiText(text[1:])
	case strings.HasPrefix(text, "-"):
		return `\-` + wikiText(text[1:])
	case len(text) >= 3 && text[2] == '.' && (text[0] == 'h' && text[1] >= '1' && text[1] <= '6' || text[:2] == "bq"):
		return text[:2] + "&#46;" + wikiText(text[3:])
	}
	return wikiText(text)
}

// wikiText escapes text that stands inside a line.
func wikiText(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	for i := range len(text) {
		switch c := text[i]; c {
		case '!', '[', ']', '^', '~', '+', '{', '}', '(', ')', '*', '_', '|', '@':
			b.WriteByte('\\')
			b.WriteByte(c)
		case '\\':
			b.WriteString("&#92;")
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;") // <3 is an emoticon
		case '>':
			b.WriteString("&gt;")
		case ';':
			if i+1 < len(text) && text[i+1] == ')' {
				b.WriteString("&#59;")
			} else {
				b.WriteByte(';')
			}
		case ':':
			if smiles(text[i+1:]) || endsWithLink(text[:i]) {
				b.WriteString("&#58;")
			} else {
				b.WriteByte(':')
			}
		case '-':
			// Between letters it is a key or a compound, and nothing to Jira.
			if i > 0 && i+1 < len(text) && wordByte(text[i-1]) && wordByte(text[i+1]) {
				b.WriteByte('-')
			} else {
				b.WriteString(`\-`)
			}
		case '?':
			if i+1 < len(text) && text[i+1] == '?' || i > 0 && text[i-1] == '?' {
				b.WriteByte('\\')
			}
			b.WriteByte('?')
		case '.':
			if i >= 3 && strings.EqualFold(text[i-3:i], "www") {
				b.WriteString("&#46;")
			} else {
				b.WriteByte('.')
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func wordByte(c byte) bool {
	return digit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// smiles says whether text after a colon makes it an emoticon.
func smiles(text string) bool {
	return text != "" && strings.IndexByte(")(DPp|", text[0]) >= 0
}

// endsWithLink says whether a colon after text would begin a link in Jira.
func endsWithLink(text string) bool {
	if endsWithScheme(text) {
		return true
	}
	for _, scheme := range []string{"file", "irc", "nntp", "news"} {
		if n := len(text) - len(scheme); n >= 0 && strings.EqualFold(text[n:], scheme) {
			return true
		}
	}
	return false
}
