package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"strata/internal/work"
)

// title is a line that names a section.
type title struct {
	name work.SectionName
	// rest is what the line says behind the name: the section's first words.
	rest string
	// numbered says that the line names one of the section's entries: "AC 1: …".
	numbered bool
}

// maxHeading is how long a line may be, in bytes, that is a heading without being marked as one.
const maxHeading = 400

// maxPlain is how long a line may be, in bytes, that is a heading by its words alone.
const maxPlain = 80

// mostHeadingWords bounds the spaces of a heading by its words alone.
const mostHeadingWords = 6

// title says whether a line names a section; text is what a reader sees of it.
//
//	marked heading      | its words, or their first part   | ## Acceptance criteria for the API
//	line in bold        | likewise                         | **Acceptance criteria**
//	words in bold first | the words before a colon or dash | **AC** – the button is shown
//	any line            | the words before a colon         | Acceptance criteria: …
//	any line            | a label with a number            | AC1 - the button is shown
//	edge of a paragraph | the whole line, no more          | Acceptance criteria
func (r *Reader) title(line, text string, role role, edge bool) (t title, known bool) {
	if len(line) > maxHeading && role != heading {
		return title{}, false
	}
	marked := role == heading || boldLine(line)
	bold := !marked && startsBold(line)
	text = undecorated(text)
	before, after, colon := cutColon(text)
	if !marked && !bold && !colon && (!edge || len(text) > maxPlain) && !numberSoon(text) {
		return title{}, false
	}
	if marked {
		if t, known := r.lookUp(text); known {
			return t, true
		}
	}
	if bold {
		if t, known := r.boldTitle(line); known {
			return t, true
		}
	}
	if colon && len(before) <= maxHeading {
		if t, known := r.lookUp(before); known {
			t.rest = strings.TrimSpace(after)
			return t, true
		}
	}
	if marked {
		return r.firstPart(text)
	}
	if t, known := r.numberedEntry(text); known {
		return t, true
	}
	if edge && len(text) <= maxPlain && plainTitle(text) && strings.Count(text, " ") <= mostHeadingWords {
		if t, known := r.lookUp(text); known && !t.numbered {
			return t, true
		}
	}
	return title{}, false
}

// lookUp finds a section by the words of its heading, with a number behind them or without.
func (r *Reader) lookUp(text string) (title, bool) {
	words := normal(text)
	if words == "" {
		return title{}, false
	}
	if name, ok := r.names[words]; ok {
		return title{name: name}, true
	}
	if without := strings.TrimRight(strings.TrimRight(words, "0123456789"), " "); without != words {
		if name, ok := r.names[without]; ok {
			return title{name: name, numbered: true}, true
		}
	}
	if statesNone[words] == work.Dependencies {
		return title{name: work.Dependencies, rest: "none"}, true
	}
	return title{}, false
}

// labelLength is how long the label of a numbered entry may be, in bytes: "AC 12".
const labelLength = 8

// numberSoon says whether a number stands where the label of an entry has one.
func numberSoon(text string) bool {
	return strings.ContainsAny(text[:min(len(text), labelLength)], "123456789")
}

// numberedEntry reads "AC1 - …", "AC 2. …": a label with its number, and a sign behind it.
func (r *Reader) numberedEntry(text string) (title, bool) {
	for _, sign := range []string{" - ", " – ", " — ", ". ", ") "} {
		before, after, found := strings.Cut(text, sign)
		if !found || len(before) > labelLength {
			continue
		}
		if t, known := r.lookUp(before); known && t.numbered {
			t.rest = strings.TrimSpace(after)
			return t, true
		}
	}
	return title{}, false
}

// dividers stand between the name of a section and what else a marked heading says.
var dividers = []string{" - ", " – ", " — ", "–", "—", "/", "|", "&", "+", ",", "・", " for ", " of ", " and ", " für ", " und ", " pour ", " et ", " para ", " y ", " per ", " voor ", " dla "}

// firstPart looks for a section in the words before a divider.
func (r *Reader) firstPart(text string) (title, bool) {
	for _, divider := range dividers {
		before, after, found := strings.Cut(text, divider)
		if !found {
			continue
		}
		for _, part := range []string{before, after} {
			if t, known := r.lookUp(part); known && t.rest == "" {
				return title{name: t.name}, true
			}
		}
	}
	return title{}, false
}

// boldTitle reads "**AC**: …" and "**AC** – …": words in bold with a sign behind them.
func (r *Reader) boldTitle(line string) (title, bool) {
	_, line, _ = strings.Cut(line, string(boldMark))
	inner, after, closed := strings.Cut(line, string(boldMark))
	if !closed {
		return title{}, false
	}
	inner, after = undecorated(visible(inner)), visible(after)
	rest := strings.TrimLeft(after, ":：-–— ")
	sign := strings.HasSuffix(inner, ":") || strings.HasSuffix(inner, "：") || rest != strings.TrimLeft(after, " ")
	t, known := r.lookUp(inner)
	if !known || !sign && !t.numbered {
		return title{}, false
	}
	t.rest = rest
	return t, true
}

// startsBold says whether the first words of a line are in bold.
func startsBold(line string) bool {
	return strings.HasPrefix(strings.TrimLeft(line, " \t"+string(seamMark)), string(boldMark))
}

// boldLine says whether all words of a line are in bold.
func boldLine(line string) bool {
	line = strings.TrimRight(strings.TrimLeft(line, " \t"+string(seamMark)), ":： \t"+string(seamMark))
	inner, ok := strings.CutPrefix(line, string(boldMark))
	if !ok {
		return false
	}
	inner, ok = strings.CutSuffix(inner, string(boldMark))
	return ok && inner != "" && !strings.ContainsRune(inner, boldMark)
}

// undecorated leaves out what people put before a heading: signs that make one
// elsewhere, and pictures by name (":dart:").
func undecorated(text string) string {
	text = strings.TrimLeft(text, "#*=> \t")
	for strings.HasPrefix(text, ":") {
		name, rest, ok := strings.Cut(text[1:], ":")
		if !ok || name == "" || strings.ContainsFunc(name, func(r rune) bool { return r == ' ' || r >= utf8.RuneSelf }) {
			break
		}
		text = strings.TrimLeft(rest, " \t")
	}
	return text
}

// cutColon cuts text at its first colon, of either width.
func cutColon(text string) (before, after string, found bool) {
	const wide = "："
	i, size := strings.IndexByte(text, ':'), 1
	if strings.IndexByte(text, wide[0]) >= 0 {
		if j := strings.Index(text, wide); j >= 0 && (i < 0 || j < i) {
			i, size = j, len(wide)
		}
	}
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+size:], true
}

// plainTitle says whether words without any mark look like a heading: they begin
// with a capital or in a script without capitals, and end no sentence.
func plainTitle(text string) bool {
	first := firstRune(strings.TrimLeftFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }))
	return first != 0 && !unicode.IsLower(first) && !strings.HasSuffix(text, ".")
}

// foreign are headings of parts that no check reads: where one stands without a
// mark, it ends a section that began without one.
var foreign = normals(
	"Notes", "Note", "Context", "Background", "Description", "Design", "Designs", "Mockups", "Screenshots", "Technical notes", "Technical details",
	"Implementation", "Implementation notes", "Implementation details", "Links", "References", "Resources", "Attachments", "Scope", "Out of scope",
	"In scope", "Assumptions", "Risks", "Steps to reproduce", "Expected behavior", "Expected behaviour", "Actual behavior", "Actual behaviour",
	"Environment", "Additional context", "Additional information", "Tasks", "Subtasks", "Test cases", "Testing", "Summary", "Problem", "Solution",
	"Notizen", "Hinweise", "Hintergrund", "Kontext", "Beschreibung", "Technische Details", "Umsetzung", "Aufgaben", "Anhänge", "Risiken", "Annahmen",
	"Remarques", "Contexte", "Description technique", "Notas", "Contexto", "Descripción", "Descrição", "Note tecniche", "Contesto", "Descrizione",
	"Notities", "Achtergrond", "Beschrijving", "Notatki", "Kontekst", "Opis", "备注", "背景", "描述", "说明", "備考", "説明", "補足",
)

// endsUnmarked says whether a line is the heading of a part that no check reads.
func endsUnmarked(text string, edge bool) bool {
	if len(text) > maxPlain || text == "" {
		return false
	}
	before, after, colon := cutColon(text)
	return (colon && strings.TrimSpace(after) == "" || !colon && edge && plainTitle(text)) && foreign[normal(undecorated(before))]
}
