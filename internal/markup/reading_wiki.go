package markup

import "strings"

// wikiBlocks reads Jira wiki markup, line by line.
func wikiBlocks(source string) []block {
	r := wikiReader{}
	source = withoutComments(source)
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
	// running is the block whose lines are being taken.
	running block
	lines   []string
	open    bool // a table's row goes on: it ends with a bar
	panel   bool // a panel with a title is open
}

// withoutComments leaves out HTML comments: synchronised texts bring them along.
func withoutComments(source string) string {
	if !strings.Contains(source, "<!--") {
		return source
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(source, "<!--")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, after, closed := strings.Cut(rest, "-->")
		if !closed {
			b.WriteString("<!--" + rest)
			return b.String()
		}
		source = after
	}
}

// flush ends the running block.
func (r *wikiReader) flush() {
	if len(r.lines) > 0 {
		r.running.stream = strings.Join(r.lines, "\n")
		r.out = append(r.out, r.running)
		r.lines = nil
	}
	r.running, r.open = block{}, false
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
	r.take(seen.String())
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

// take reads what is shown of a line.
func (r *wikiReader) take(line string) {
	line = r.panels(strings.TrimSpace(line))
	mark := bulletMark(line)
	switch {
	case line == "" || len(line) >= 4 && strings.Trim(line, "-") == "" || strings.HasPrefix(line, "bq. "):
		r.flush()
	case len(line) > 3 && line[0] == 'h' && line[1] >= '1' && line[1] <= '6' && line[2] == '.':
		r.flush()
		r.out = append(r.out, block{role: heading, level: int(line[1] - '0'), stream: wikiInline(strings.TrimSpace(line[3:]))})
	case r.open: // within a cell a bullet stays as it is
		r.lines = append(r.lines, line[:mark]+wikiInline(line[mark:]))
		r.open = !strings.HasSuffix(line, "|")
	case barred(line):
		r.tableRow(line)
	case mark > 0:
		r.flush()
		r.running = block{role: entry, depth: bulletDepth(line)}
		r.lines = append(r.lines, wikiInline(strings.TrimSpace(line[mark:])))
	default:
		if r.running.role == row {
			r.flush()
		}
		r.lines = append(r.lines, wikiInline(line))
	}
}

// tableRow begins a row of a table.
func (r *wikiReader) tableRow(line string) {
	begin := string(rowMark)
	if r.running.role != row {
		r.flush()
		r.running, begin = block{role: row}, ""
	}
	r.lines = append(r.lines, begin+wikiInline(line))
	r.open = !strings.HasSuffix(line, "|")
}

// panels reads {panel:title=…} and {expand:title=…}: the title is as good as a
// heading of the lowest level, and the macro's end ends what stands below it.
func (r *wikiReader) panels(line string) string {
	for _, name := range []string{"{panel", "{expand"} {
		rest, ok := strings.CutPrefix(line, name)
		if !ok {
			continue
		}
		option, after, closed := strings.Cut(rest, "}")
		title := titleOf(option)
		if !closed || title == "" && !r.panel {
			break
		}
		r.flush()
		r.panel = title != ""
		r.out = append(r.out, block{role: heading, level: lowestLevel, stream: wikiInline(title)})
		return strings.TrimSpace(after)
	}
	return line
}

// lowestLevel is the last level of headings.
const lowestLevel = 6

// titleOf returns the title among a macro's options: ":title=AC|bgColor=#fff", ":AC".
func titleOf(options string) string {
	options = strings.TrimPrefix(options, ":")
	for option := range strings.SplitSeq(options, "|") {
		if title, ok := strings.CutPrefix(option, "title="); ok {
			return title
		}
	}
	if strings.Contains(options, "=") {
		return ""
	}
	return options
}

// bulletDepth is how deep in lists the entry is that begins a line.
func bulletDepth(line string) int {
	return max(1, len(line)-len(strings.TrimLeft(line, "*#-")))
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
