package world

import (
	"regexp"
	"slices"
	"strings"
)

// A mention is an item that a text names as one it waits for, or as one that waits
// for it.
type mention struct {
	waits bool   // the item of the text waits for the named one; else the named one for it
	name  string // WEB-12, acme/api#7, #7 or an address
}

// mentions reads what a text says of dependencies: "blocked by WEB-12", "depends on
// acme/api#7 and #8", "waiting for https://…", "blocks WEB-9", with a list behind
// it or below it. What is not certain counts for nothing: what is denied, over,
// supposed, asked, a choice, or said of another item. A word is a key only where
// its project is known.
func mentions(text string, markdown bool, known func(project string) bool) []mention {
	low := lower(text)
	if !strings.Contains(low, "block") && !strings.Contains(low, "depend") && !strings.Contains(low, "wait") {
		return nil
	}
	r := reader{markdown: markdown, known: known}
	var below *bool // a phrase that named nothing: its list stands below it
	heads := false
	for _, p := range passages(text, markdown) {
		said := sentences(p.lines)
		if below != nil && (p.kind == entry || heads && p.kind == paragraph) && len(said) > 0 {
			names, _ := r.list(said[0])
			r.add(names, *below)
		} else {
			below = nil
		}
		for _, s := range said {
			if waits, open := r.read(s); open && p.kind != entry {
				below, heads = &waits, p.kind == heading
			}
		}
	}
	return r.found
}

type reader struct {
	markdown bool
	known    func(project string) bool
	found    []mention
}

func (r *reader) add(names []string, waits bool) {
	for _, n := range names {
		if m := (mention{waits, n}); !slices.Contains(r.found, m) {
			r.found = append(r.found, m)
		}
	}
}

// sentences joins the lines of a passage and cuts them where sentences end: at a
// sign before a space, and before a line that begins with a capital. Below a colon
// each line is a part of a list.
func sentences(lines []string) []string {
	var out []string
	for k, line := range lines {
		first, _, _ := strings.Cut(strings.TrimLeft(line, "(*_ "), " ")
		goes := k > 0 && len(out) > 0 && (strings.HasSuffix(strings.TrimSpace(out[len(out)-1]), ":") || startsName.MatchString(line) && strings.Contains(out[len(out)-1], "\n") ||
			first == "" || first[0] < 'A' || first[0] > 'Z' || startsName.MatchString(line))
		if goes {
			out[len(out)-1] += "\n" + line
			continue
		}
		out = append(out, line)
	}
	var cut []string
	for _, s := range out {
		for {
			at := sentenceEnd.FindStringIndex(s)
			if at == nil {
				break
			}
			cut = append(cut, s[:at[1]])
			s = s[at[1]:]
		}
		if strings.TrimSpace(s) != "" {
			cut = append(cut, s)
		}
	}
	return cut
}

var (
	sentenceEnd = regexp.MustCompile(`[.!?…]+["')\]]*(?:\s+|$)`)
	startsName  = regexp.MustCompile(`^(?:https?://|#[1-9]|[A-Z][A-Z0-9_]+-[1-9]|[\w.-]+/[\w.-]+#[1-9])`)
	phraseOf    = regexp.MustCompile(`(?i)(?:^|[\s(,;:])(blocked[\s-]+by|depends-on|depend(?:s|ent)?\s+(?:up)?on|wait(?:s|ing)?\s+(?:for|on)|blocks)(?:[\s:]|$)`)
	nameOfItem  = regexp.MustCompile(`^(?:https?://[^\s<>"|\[\]{}` + "`" + `“”]+|[A-Za-z0-9_][\w-]*/[\w.-]+#[1-9]\d{0,8}|#[1-9]\d{0,8}|[A-Z][A-Z0-9_]+-[1-9]\d{0,8})`)
	pageOfItem  = regexp.MustCompile(`(?i)^https?://[^/@\s]+/(?:(?:[^/\s]+/)*browse/[A-Z][A-Z0-9_]+-[1-9]\d*|[\w-]+/[\w.-]+/(?:issues|pull)/[1-9]\d*)/?$`)
	opensQuote  = regexp.MustCompile(`(?:^|[\s(])"`)
	spareWord   = regexp.MustCompile(`(?i)^(?:(?:the|issues?|tickets?|story|stories|tasks?|epic|bug|items?|pr|pull|request|on|both|jira|github|card|following|our|their|x)\s+)+`)
	separator   = regexp.MustCompile(`^(?:\s*(?:,|&|\band\b)\s*)+`)
	choice      = regexp.MustCompile(`(?i)^\s*,?\s*or\b`)
	aside       = regexp.MustCompile(`^\s*\([^)]*\)`)
	denial      = regexp.MustCompile(`(?i)(?:^|[^\w])(?:not|no|never|none|nobody|nothing|neither|nor|without|longer|cannot|hardly|was|were|had|used|previously|formerly|originally|stop|stopped|resolved|fixed|\w+n['’]t|isnt|doesnt|dont|arent|wont)(?:[^\w]|$)`)
	supposition = regexp.MustCompile(`(?i)(?:^|[^\w])(?:if|whether|unless|may|might|could|would|should|perhaps|maybe|possibly|probably|seems?|appears|suspect|assum(?:e|ing)|potentially|once|when|whenever|until|example|e\.g|eg)(?:[^\w]|$)`)
	pivot       = regexp.MustCompile(`(?i)(?:[,;:(]|\b(?:because|but|since|so|therefore|hence|as|still|instead|yet|however)\b)[^,;:(]*$`)
	oneself     = regexp.MustCompile(`(?i)(?:^|[\s(,;:])(?:this|it|which|also|and|currently|issue|story|ticket|task|epic|bug|item|change|feature)\s*$`)
)

// read finds the phrases of a sentence. Open says that it ends with one that names
// nothing, and waits what that one means.
func (r *reader) read(s string) (waits, open bool) {
	from := 0 // what stands before belongs to an earlier phrase
	for {
		at := phraseOf.FindStringSubmatchIndex(s[from:])
		if at == nil {
			return false, false
		}
		start, end := from+at[2], from+at[3]
		waits = !strings.EqualFold(s[start:end], "blocks")
		if !r.certain(s[:start], from, waits) {
			from = end
			continue
		}
		rest := strings.TrimLeft(s[end:], ": \t\n")
		if rest == "" {
			return waits, true
		}
		names, length := r.list(rest)
		asked := strings.Contains(rest[length:], "?")
		if !asked {
			r.add(names, waits)
		}
		from = len(s) - len(rest) + length
	}
}

// certain looks at the words before a phrase; those before from belong to an
// earlier one.
func (r *reader) certain(before string, from int, waits bool) bool {
	if strings.Count(before, `"`)%2 == 1 && opensQuote.MatchString(before) || strings.Count(before, "“") > strings.Count(before, "”") {
		return false
	}
	for _, w := range strings.Fields(before[from:]) {
		if name := r.name(strings.TrimLeft(w, "(")); name != "" {
			return false // said of another item
		}
	}
	if supposition.MatchString(before) {
		return false
	}
	clause := before
	if at := pivot.FindStringIndex(before); at != nil {
		clause = before[at[0]:]
		if w, rest, ok := strings.Cut(strings.TrimLeft(clause, ",;:( "), " "); ok && pivotWord[lower(w)] {
			clause = rest
		}
	}
	if denial.MatchString(clause) {
		return false
	}
	return waits || strings.TrimSpace(before) == "" || strings.HasSuffix(strings.TrimRight(before, " "), "\n") || oneself.MatchString(before)
}

var pivotWord = map[string]bool{"because": true, "but": true, "since": true, "so": true, "therefore": true, "hence": true, "as": true, "still": true, "instead": true, "yet": true, "however": true}

// list reads the names at the beginning of a text, and how long they are. A choice
// names nothing.
func (r *reader) list(text string) (names []string, length int) {
	rest := text[len(spareWord.FindString(text)):]
	for {
		name := r.name(rest)
		if name == "" {
			break
		}
		names = append(names, name)
		rest = strings.TrimPrefix(strings.TrimPrefix(rest[len(name):], "'s"), "’s")
		rest = rest[len(aside.FindString(rest)):]
		length = len(text) - len(rest)
		if choice.MatchString(rest) {
			return nil, length
		}
		between := separator.FindString(rest)
		if between == "" && strings.HasPrefix(rest, "\n") {
			between = "\n"
		}
		if between == "" && strings.HasPrefix(rest, " #") {
			between = " "
		}
		if between == "" {
			break
		}
		rest = rest[len(between):]
		rest = rest[len(spareWord.FindString(rest)):]
		if choice.MatchString(rest) {
			return nil, length
		}
	}
	return names, length
}

// name is the item that a text begins with the name of; empty when it names none.
func (r *reader) name(text string) string {
	name := nameOfItem.FindString(text)
	switch {
	case name == "", name[0] == '#' && !r.markdown: // Jira has no repository
		return ""
	case strings.HasPrefix(name, "http"):
		name = strings.TrimRight(name, ".,;:!?)'*_")
		if bare, _, _ := strings.Cut(name, "#"); !pageOfItem.MatchString(strings.SplitN(bare, "?", 2)[0]) {
			return ""
		}
		return name
	}
	if rest := text[len(name):]; rest != "" && (inWord(rest[0]) || len(rest) > 1 && rest[0] == '.' && inWord(rest[1])) {
		return ""
	}
	if project, _, isKey := strings.Cut(name, "-"); isKey && !strings.ContainsAny(name, "/#") && !r.known(project) {
		return ""
	}
	return name
}

func inWord(c byte) bool {
	return c == '_' || c == '-' || c == '/' || c == '#' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
