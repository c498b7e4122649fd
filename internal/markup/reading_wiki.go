package markup

import "strings"

// wikiBlocks reads Jira wiki markup, line by line.
func wikiBlocks(source string) []block {
	r := wikiReader{}
	for line := range strings.Lines(source) {
		r.line(strings.TrimRight(line, "\n"))
	}
	r.flush()
	return r.out
}

type wikiReader struct {
	out []block
	// until is the macro that hides lines until it is closed: "{code}".
	until string
	kept  role // gherkin where the hidden lines are a scenario
	lines []string
	// under says that the next plain line belongs to the entry above it.
	under bool
}

// flush ends the running paragraph.
func (r *wikiReader) flush() {
	r.under = false
	if len(r.lines) > 0 {
		r.out = append(r.out, block{role: prose, stream: strings.Join(r.lines, "\n")})
		r.lines = nil
	}
}

func (r *wikiReader) line(line string) {
	var seen strings.Builder
	for {
		if r.until != "" {
			end := strings.Index(line, r.until)
			r.scenario(line, end)
			if end < 0 {
				break
			}
			line = line[end+len(r.until):]
			r.until = ""
			seen.WriteRune(codeMark)
			seen.WriteRune(codeMark)
		}
		start, name, rest := hiding(line)
		if start < 0 {
			seen.WriteString(line)
			break
		}
		seen.WriteString(line[:start])
		option, rest, _ := strings.Cut(rest, "}")
		r.until, r.kept, line = "{"+name+"}", prose, rest
		switch strings.ToLower(strings.TrimPrefix(option, ":")) {
		case "gherkin", "feature", "cucumber":
			r.kept = gherkin
		}
	}
	r.open(seen.String())
}

// scenario keeps a line of a hidden part that is Gherkin.
func (r *wikiReader) scenario(line string, end int) {
	if r.kept != gherkin {
		return
	}
	if end >= 0 {
		line = line[:end]
	}
	r.out = append(r.out, block{role: gherkin, stream: unmarked(line)})
}

// hiding finds the first macro that hides what it holds, and what follows its name.
func hiding(line string) (start int, name, rest string) {
	start = -1
	for i := 0; i < len(line); i++ {
		if line[i] == '\\' {
			i++
			continue
		}
		if line[i] != '{' {
			continue
		}
		if strings.HasPrefix(line[i:], "{{") { // a code span
			if end := within(line[i:], "}}"); end > 0 {
				i += end
			}
			continue
		}
		for _, macro := range []string{"code", "noformat", "quote"} {
			after, ok := strings.CutPrefix(line[i+1:], macro)
			if !ok || after == "" || after[0] != '}' && after[0] != ':' || strings.IndexByte(after, '}') < 0 {
				continue
			}
			return i, macro, after
		}
	}
	return start, "", ""
}

// open takes what is shown of a line.
func (r *wikiReader) open(line string) {
	line = strings.TrimSpace(line)
	mark := bulletMark(line)
	switch {
	case line == "" || len(line) >= 4 && strings.Trim(line, "-") == "" || strings.HasPrefix(line, "bq. "):
		r.flush()
	case len(line) > 3 && line[0] == 'h' && line[1] >= '1' && line[1] <= '6' && line[2] == '.':
		r.flush()
		r.out = append(r.out, block{role: heading, level: int(line[1] - '0'), stream: wikiInline(strings.TrimSpace(line[3:]))})
	case mark > 0:
		r.flush()
		r.out = append(r.out, block{role: entry, stream: wikiInline(strings.TrimSpace(line[mark:]))})
		r.under = true
	case r.under:
		r.out[len(r.out)-1].stream += "\n" + wikiInline(line)
	default:
		r.lines = append(r.lines, wikiInline(line))
	}
}

// bulletMark returns how long the mark of a list is that begins a line, 0 when
// there is none. Numbers and bullets typed by hand count: people write them.
func bulletMark(line string) int {
	n := 0
	for n < len(line) && (line[n] == '*' || line[n] == '#' || line[n] == '-') {
		n++
	}
	if n > 0 {
		if n < len(line) && (line[n] == ' ' || line[n] == '\t') {
			return n
		}
		return 0
	}
	for n < len(line) && n < 4 && digit(line[n]) {
		n++
	}
	if n > 0 && n+1 < len(line) && (line[n] == '.' || line[n] == ')') && line[n+1] == ' ' {
		return n + 1
	}
	if strings.HasPrefix(line, "• ") {
		return len("•")
	}
	return 0
}
