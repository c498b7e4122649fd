package comment

import (
	"fmt"
	"slices"
	"strings"

	"strata/internal/facts"
	"strata/internal/markup"
	"strata/internal/refine"
	"strata/internal/work"
)

// mostWhys is how many reasons a folded comment gives.
const mostWhys = 3

// Past is a finding that a comment spoke of and that is gone: the ends of it as
// they are today, nil where they are not known.
type Past struct {
	Rule    refine.RuleID
	Item    *work.Item
	Waiting *work.Item
	Blocker *work.Item
	// Fits says that both ends are planned and the order of their dates holds.
	Fits bool
}

// Pasts looks up what became of the findings that a comment's marker remembers.
// find returns nil for an item that the snapshot does not hold; fits says whether
// a dependency's dates are known and in order today.
func Pasts(remembered facts.Memory, find func(work.Ref) *work.Item, fits func(facts.Edge) bool) []Past {
	keys := make([]facts.FindingKey, 0, len(remembered.Raised))
	for key := range remembered.Raised {
		if !strings.HasSuffix(key.Rule, facts.CriticalSight) {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b facts.FindingKey) int {
		if c := strings.Compare(a.Rule, b.Rule); c != 0 {
			return c
		}
		if c := a.Item.Compare(b.Item); c != 0 {
			return c
		}
		if c := a.Blocker.Compare(b.Blocker); c != 0 {
			return c
		}
		return a.Waiting.Compare(b.Waiting)
	})
	past := make([]Past, 0, len(keys))
	for _, key := range keys {
		past = append(past, Past{Rule: refine.RuleID(key.Rule), Item: find(key.Item), Waiting: find(key.Waiting), Blocker: find(key.Blocker),
			Fits: fits(facts.Edge{Blocker: key.Blocker, Waiting: key.Waiting})})
	}
	return past
}

// Resolution writes the one line that a flag becomes when nothing is left to
// say: "Resolved on 12 Mar: API-7 was delivered." Only what is known is given as
// a reason.
func Resolution(today work.Day, past []Past) markup.Document {
	line := markup.Paragraph{markup.Text("Resolved on " + today.Short(today))}
	var whys []markup.Paragraph
	for _, p := range past {
		why := p.why()
		if why != nil && !slices.ContainsFunc(whys, func(w markup.Paragraph) bool { return slices.Equal(w, why) }) {
			whys = append(whys, why)
		}
	}
	for i, why := range whys[:min(len(whys), mostWhys)] {
		line = append(line, markup.Text([]string{": ", "; "}[min(i, 1)]))
		line = append(line, why...)
	}
	if more := len(whys) - mostWhys; more > 0 {
		line = append(line, markup.Text(fmt.Sprintf("; and %d more", more)))
	}
	return markup.Document{append(line, markup.Text("."))}
}

// Ended writes what becomes of a document that has nothing to say any more.
func Ended(today work.Day) markup.Document {
	return markup.Document{markup.Paragraph{markup.Text("Nothing comes up here since " + today.Short(today) + ". This comment returns with the next work.")}}
}

// why says what changed for a finding that is gone, nil when that cannot be told.
func (p Past) why() markup.Paragraph {
	w, b := p.Waiting, p.Blocker
	if w == nil && b == nil {
		w = p.Item
	}
	switch {
	case b != nil && b.State == work.StateDelivered:
		return says(b, "was delivered")
	case w != nil && w.State == work.StateDelivered:
		return says(w, "was delivered")
	case w != nil && w.State == work.StateDropped:
		return says(w, "was closed without delivery")
	case w == nil || b == nil || w.Unread || b.Unread || b.State == work.StateUnknown || w.State == work.StateUnknown:
		return nil
	case !linked(w, b):
		return p.unlinked()
	case b.State == work.StateDropped:
		return says(b, "was closed without delivery")
	}
	switch p.Rule {
	case "DEP03":
		return says(b, "has a date now")
	case "DEP07":
		if w.State == work.StateOpen {
			return says(w, "is no longer in progress")
		}
	case "DEP09":
		return says(b, "has an owner now")
	case "DEP12":
		return says(b, "was reopened")
	case "DEP13":
		return markup.Paragraph{markup.Text("the circle of waiting is cut")}
	case "DEP01", "DEP02", "DEP04", "DEP05", "DEP06", "DEP11", "DEP14":
		if p.Fits {
			return append(says(w, "and "), says(b, "fit together in time now")...)
		}
	}
	return nil
}

// unlinked says how a dependency went: replaced by the original of a duplicate, or removed.
func (p Past) unlinked() markup.Paragraph {
	w, b := p.Waiting, p.Blocker
	if !b.DuplicateOf.IsZero() && slices.ContainsFunc(w.Links, func(l work.Link) bool { return l.Kind == work.Waits && l.To == b.DuplicateOf }) {
		return append(says(w, "waits for the original of "), key(b))
	}
	return append(says(w, "no longer waits for "), key(b))
}

// linked says whether the dependency still stands on either end.
func linked(w, b *work.Item) bool {
	return slices.ContainsFunc(w.Links, func(l work.Link) bool { return l.Kind == work.Waits && l.To == b.Ref }) ||
		slices.ContainsFunc(b.Links, func(l work.Link) bool { return l.Kind == work.Blocks && l.To == w.Ref })
}

func says(it *work.Item, what string) markup.Paragraph {
	return markup.Paragraph{key(it), markup.Text(" " + what)}
}

func key(it *work.Item) markup.Item { return markup.Item{Key: it.Key, URL: it.URL} }

// mostBlockers is how many delivered blockers an unblocked comment names.
const mostBlockers = 5

// CanStart writes the good news of kind Unblocked: all blockers of the item are delivered.
func CanStart(it *work.Item, blockers []*work.Item) markup.Document {
	doc := markup.Document{markup.Paragraph{markup.Strong("All blockers delivered"), markup.Text(", "), key(it), markup.Text(" can start.")}}
	if len(blockers) == 0 {
		return doc
	}
	line := markup.Paragraph{markup.Text("Delivered: ")}
	for i, b := range blockers[:min(len(blockers), mostBlockers)] {
		if i > 0 {
			line = append(line, markup.Text(", "))
		}
		line = append(line, key(b))
		if team := b.Team(); team != "" {
			line = append(line, markup.Text(" ("+markup.Shorten(string(team), longestRun)+")"))
		}
	}
	if more := len(blockers) - mostBlockers; more > 0 {
		line = append(line, markup.Text(fmt.Sprintf(", and %d more", more)))
	}
	return append(doc, markup.Small(line))
}

// Repeated writes what becomes of a second comment of one identity; url leads to
// the one that stays and may be empty.
func Repeated(url string) markup.Document {
	return pointing("This repeats ", "the older comment", url)
}

// Continued writes what becomes of a comment whose matter rose to critical and
// is said anew below.
func Continued(url string) markup.Document {
	return pointing("This has become more urgent: see ", "the newer comment", url)
}

func pointing(lead, where, url string) markup.Document {
	return markup.Document{markup.Paragraph{markup.Text(lead), markup.Link{Text: where, URL: url}, markup.Text(" on this item.")}}
}
