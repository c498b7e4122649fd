package brief

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"strata/internal/markup"
	"strata/internal/refine"
	"strata/internal/work"
)

// The lengths, in characters, of what others wrote.
const (
	longTitle = 60
	longWords = 200 // of a takeaway, a goal, a point of feedback
	longQuote = 120 // of an entry of a section
	longName  = 60
)

func teamName(team work.TeamID) string {
	if team == "" {
		return "no team"
	}
	return markup.Shorten(string(team), longName)
}

func (w *Writer) sprintName(place int) string {
	if place < 0 || place >= len(w.sprints) {
		return "not planned"
	}
	return markup.Shorten(w.sprints[place].Name, longName)
}

// sprintDates writes a Sprint with its dates: "Sprint 2 (16 Mar to 27 Mar)".
func (w *Writer) sprintDates(place int) string {
	s := w.sprints[place].Window
	return fmt.Sprintf("%s (%s to %s)", w.sprintName(place), s.Start.Short(w.in.Today), s.End.Short(w.in.Today))
}

// healthWords say how a dependency stands.
var healthWords = map[refine.Health]string{
	refine.Healthy: "in order", refine.AtRisk: "at risk", refine.OffTrack: "off track",
	refine.HealthUnknown: "not known yet", refine.Dropped: "closed without delivery",
}

// lacking says in plain words what an item lacks that fails a check.
var lacking = map[refine.CheckID]string{
	"X1": "an objective", "X2": "a Sprint Goal it serves", "X3": "key outcomes", "X4": "deliverables", "X5": "quality standards",
	"X6": "acceptance criteria", "X7": "a place in the order", "X8": "items", "X9": "a team or a Sprint for some items",
	"X10": "one team for each item", "X11": "a word on dependencies", "X12": "fewer dependencies between teams",
	"X13": "answers to dependencies", "X14": "a contact and a date for outside dependencies", "X15": "a size",
	"X16": "room in a Sprint", "X17": "a fresh look",
	"T1": "its value", "T2": "acceptance criteria", "T3": "an estimate", "T4": "a size that fits a Sprint",
	"T5": "links for its dependencies", "T6": "answers to dependencies", "T7": "a definition of done", "T8": "a place in the order",
	"T9": "one owning team", "T10": "a refined feature above it", "T11": "answers to open questions",
	"T12": "a link to the Sprint Goal", "T13": "stable criteria", "T14": "a fresh look",
}

// failed returns the required checks that an item fails, in the order of their numbers.
func (w *Writer) failed(r *refine.Readiness) []refine.CheckID {
	var ids []refine.CheckID
	if r == nil {
		return nil
	}
	for id, result := range r.Checks {
		if result == refine.Fail && w.in.Policy.Profile(r.Team).Requires(id) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b refine.CheckID) int { return checkNumber(a) - checkNumber(b) })
	return ids
}

func checkNumber(id refine.CheckID) int {
	n, _ := strconv.Atoi(strings.TrimLeft(string(id), "XT"))
	return n
}

// lacks writes what failed checks mean: "acceptance criteria and an estimate".
func lacks(ids []refine.CheckID) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		if words[i] = lacking[id]; words[i] == "" {
			words[i] = string(id)
		}
	}
	return and(words)
}

// and joins words as people do.
func and(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

// some counts things: "1 item", "3 items".
func some(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y"):
		return strconv.Itoa(n) + " " + strings.TrimSuffix(noun, "y") + "ies"
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// key writes an item, or what is known of one that the snapshot does not hold.
func key(it *work.Item) markup.Paragraph {
	if it == nil {
		return markup.Paragraph{markup.Text("an item that cannot be read")}
	}
	return markup.Paragraph{markup.Item{Key: markup.Shorten(it.Key, longName), URL: it.URL}}
}

// keys lists items, at most so many, the rest counted.
func keys(items []*work.Item, most int) markup.Paragraph {
	var p markup.Paragraph
	for i, it := range items[:min(len(items), most)] {
		if i > 0 {
			p = refine.Say("%v, %v", p, key(it))
		} else {
			p = key(it)
		}
	}
	if more := len(items) - most; more > 0 {
		p = refine.Say("%v and %v more", p, strconv.Itoa(more))
	}
	return p
}

// quoted puts people's words in quotation marks, on one line.
func quoted(text string, most int) string {
	return "“" + markup.Shorten(strings.TrimSpace(text), most) + "”"
}

// entry begins with its matter in bold.
func entry(lead string, rest markup.Paragraph) markup.Paragraph {
	return append(markup.Paragraph{markup.Strong(lead), markup.Text(": ")}, rest...)
}

// closed ends a line with a full stop where it has no end of its own.
func closed(p markup.Paragraph) markup.Paragraph {
	if text := markup.PlainInline(p); text == "" || strings.ContainsAny(text[len(text)-1:], ".?!") {
		return p
	}
	return refine.Say("%v.", p)
}
