package comment

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"strata/internal/markup"
	"strata/internal/refine"
	"strata/internal/work"
)

const (
	// mostFindings is how many findings a flag says in full.
	mostFindings = 3
	// wholeFinding is more words than a finding has.
	wholeFinding = 10 * MostWords
	// mostListed is how many of the others it names.
	mostListed = 10
	// mostCommands is how many answers it offers.
	mostCommands = 4
)

// Input is what a flag is written from.
type Input struct {
	// Findings are the item's, all of them; only those that speak are said.
	Findings []refine.Finding
	// Today is the day in the product's zone: dates of another year show theirs.
	Today work.Day
	// Zone is where "since" is a day. Nil means UTC.
	Zone *time.Location
	// Find names the items that wait for the same blocker; nil, or a nil item,
	// leaves them counted.
	Find func(work.Ref) *work.Item
	// Commands says that commands are answered. A comment offers none otherwise.
	Commands bool
}

// Flag writes the one comment of an item: per finding its title, one sentence,
// the one step to take and who takes it, worst first; then the answers people
// can give, what else there is, and since when. It is at most MostWords long,
// folded lines included, because not every tracker can fold. Nil means that
// there is nothing to say.
//
// A comment that says more, such as the brief of an epic, puts its blocks before
// these and makes its digest of Fingerprint and its own facts.
func (c Config) Flag(in Input) markup.Document {
	findings, others := grouped(Speaking(in.Findings))
	if len(findings) == 0 {
		return nil
	}
	answers := c.answers(in, findings)
	footer := c.footer(in, findings[0])
	left := MostWords - wordsIn(append(answers, footer)) - wordsIn(markup.Document{moreLine(len(findings))})

	doc := in.headline(findings[0], others, true, left)
	left -= wordsIn(doc)
	said := 1
	for _, f := range findings[1:min(len(findings), mostFindings)] {
		blocks := in.headline(f, others, false, wholeFinding)
		if wordsIn(blocks) > left {
			break
		}
		doc, left, said = append(doc, blocks...), left-wordsIn(blocks), said+1
	}
	doc = append(doc, answers...)
	if rest := findings[said:]; len(rest) > 0 {
		doc = append(doc, fold(rest, left))
	}
	return append(doc, footer)
}

// grouped keeps the worst of the findings that one rule has about one blocker,
// and lists the items of the others: a blocker is told once what is asked of it,
// and who else waits.
func grouped(findings []refine.Finding) (kept []refine.Finding, others map[matter][]work.Ref) {
	others = map[matter][]work.Ref{}
	for _, f := range findings {
		m := matter{f.Rule, f.Blocker}
		if f.Item != f.Blocker {
			kept = append(kept, f)
			continue
		}
		if _, said := others[m]; said {
			others[m] = append(others[m], f.Waiting)
			continue
		}
		kept, others[m] = append(kept, f), nil
	}
	return kept, others
}

// matter is a rule with the blocker it speaks of.
type matter struct {
	rule    refine.RuleID
	blocker work.Ref
}

// mostWaiting is how many of the other waiting items are named.
const mostWaiting = 4

// also names the other items that wait for the same blocker.
func (in Input) also(refs []work.Ref) markup.Paragraph {
	if len(refs) == 0 {
		return nil
	}
	line := markup.Paragraph{markup.Text("Also waiting: ")}
	named := 0
	for _, ref := range refs {
		if in.Find == nil || named == mostWaiting {
			break
		}
		it := in.Find(ref)
		if it == nil {
			continue
		}
		if named > 0 {
			line = append(line, markup.Text(", "))
		}
		line, named = append(line, key(it)), named+1
	}
	switch more := len(refs) - named; {
	case named == 0:
		line = append(line, markup.Text(fmt.Sprintf("%d more", more)))
	case more > 0:
		line = append(line, markup.Text(fmt.Sprintf(", and %d more", more)))
	}
	return append(line, markup.Text("."))
}

// headline says one finding in at most so many words; only the first says who acts.
func (in Input) headline(f refine.Finding, others map[matter][]work.Ref, first bool, words int) markup.Document {
	title := markup.Paragraph{markup.Strong(f.Title), markup.Text(" · "), markup.Text(string(f.Rule))}
	var next markup.Paragraph
	if first && len(f.Next) > 0 {
		next = clip(closed(append(markup.Paragraph{markup.Text("Next: ")}, f.Next...)), 15)
	}
	also := in.also(others[matter{f.Rule, f.Blocker}])
	if f.Item != f.Blocker {
		also = nil
	}
	words -= wordsOf(title) + wordsOf(next) + wordsOf(also)
	// The step to take matters more than the whole of a long sentence.
	action := clip(f.Action, 30)
	text := clip(f.Text, words-wordsOf(action))
	action = clip(f.Action, words-wordsOf(text))

	doc := markup.Document{title}
	for _, p := range []markup.Paragraph{text, also, action, next} {
		if len(p) > 0 {
			doc = append(doc, p)
		}
	}
	return doc
}

// closed ends a line with a full stop where it has no end of its own.
func closed(p markup.Paragraph) markup.Paragraph {
	text := markup.PlainInline(p)
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") {
		return p
	}
	return append(p, markup.Text("."))
}

// fold names the findings that are not said in full, as far as the words reach.
func fold(rest []refine.Finding, words int) markup.Block {
	var list markup.List
	others := markup.Paragraph{markup.Text("and others")}
	words -= wordsOf(others)
	for _, f := range rest[:min(len(rest), mostListed)] {
		entry := markup.Paragraph{markup.Text(f.Title), markup.Text(" · "), markup.Text(string(f.Rule))}
		if words -= wordsOf(entry); words < 0 {
			break
		}
		list = append(list, entry)
	}
	switch len(list) {
	case 0:
		return moreLine(len(rest))
	case len(rest):
	default:
		list = append(list, others)
	}
	return markup.Fold{Summary: moreLine(len(rest)), Blocks: markup.Document{list}}
}

func moreLine(n int) markup.Paragraph {
	noun := "findings"
	if n == 1 {
		noun = "finding"
	}
	return markup.Paragraph{markup.Text(fmt.Sprintf("+%d more %s", n, noun))}
}

// answers is the line of commands that are valid on the item.
func (c Config) answers(in Input, findings []refine.Finding) markup.Document {
	if !in.Commands {
		return nil
	}
	var line markup.Paragraph
	var offered []string
	for _, f := range findings[:min(len(findings), mostFindings)] {
		for _, command := range f.Commands {
			if slices.Contains(offered, command) || len(offered) == mostCommands {
				continue
			}
			if offered = append(offered, command); len(line) > 0 {
				line = append(line, markup.Text(" · "))
			}
			line = append(line, markup.Mono("/strata "+command))
		}
	}
	if line == nil {
		return nil
	}
	return markup.Document{clip(line, 30)}
}

// footer says since when the worst finding holds, and where its rule is explained.
func (c Config) footer(in Input, f refine.Finding) markup.Small {
	var small markup.Small
	if !f.Since.IsZero() {
		zone := in.Zone
		if zone == nil {
			zone = time.UTC
		}
		small = append(small, markup.Text("since "+work.DayOf(f.Since, zone).Short(in.Today)+" · "))
	}
	if c.ExplainURL != "" {
		return append(small, markup.Link{Text: "what " + string(f.Rule) + " means", URL: c.ExplainURL + string(f.Rule)})
	}
	return append(small, markup.Mono("strata explain "+string(f.Rule)))
}
