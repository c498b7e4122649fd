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

// page is one document while it is written.
type page struct {
	*Writer
	// home is the item on which it will be read; nil when that is not known: then
	// nothing that some may not see is quoted.
	home *work.Item
	at   work.Ref // its ref
	doc  Document
}

func (w *Writer) page(home work.Ref, reason string) *page {
	return &page{Writer: w, home: w.item(home), at: home, doc: Document{Reasons: []string{reason}}}
}

// finish returns the document with its fingerprint sorted and without repeats.
func (p *page) finish() Document {
	slices.Sort(p.doc.Fingerprint)
	p.doc.Fingerprint = slices.Compact(p.doc.Fingerprint)
	return p.doc
}

// fact notes what the document rests on.
func (p *page) fact(name string, values ...any) {
	parts := make([]string, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case string:
			parts[i] = strconv.Quote(v)
		case fmt.Stringer:
			parts[i] = v.String()
		default:
			parts[i] = fmt.Sprint(v)
		}
	}
	p.doc.Fingerprint = append(p.doc.Fingerprint, name+"="+strings.Join(parts, " "))
}

func (p *page) add(blocks ...markup.Block) { p.doc.Body = append(p.doc.Body, blocks...) }

// part adds a titled list, if it has entries; what does not fit is counted.
func (p *page) part(title string, entries markup.List, most int) {
	if len(entries) == 0 {
		return
	}
	p.add(markup.Paragraph{markup.Strong(title)}, shortened(entries, most))
}

func shortened(entries markup.List, most int) markup.List {
	if len(entries) <= most {
		return entries
	}
	return append(slices.Clone(entries[:most]), markup.Paragraph{markup.Text(fmt.Sprintf("and %d more", len(entries)-most))})
}

// table adds a table, if it has rows under its head; what does not fit is counted.
func (p *page) table(t markup.Table, most int) {
	if len(t) < 2 {
		return
	}
	more := len(t) - 1 - most
	if more > 0 {
		t = t[:most+1]
	}
	if p.add(t); more > 0 {
		p.add(markup.Paragraph{markup.Text(fmt.Sprintf("and %d more", more))})
	}
}

// sees says whether the readers of the document may read what belongs to an item.
func (p *page) sees(it *work.Item) bool {
	switch {
	case it == nil || it.Stub || it.Outside:
		return false
	case !it.Private:
		return true
	}
	return p.home != nil && p.home.Ref.Tracker == it.Ref.Tracker && p.home.Project == it.Project
}

// named writes an item with its title, if the readers may see it.
func (p *page) named(it *work.Item) markup.Paragraph {
	if !p.sees(it) || strings.TrimSpace(it.Title) == "" {
		return key(it)
	}
	return refine.Say("%v %v", key(it), quoted(it.Title, longTitle))
}

// touch notes whether an item could be read.
func (p *page) touch(it *work.Item) {
	p.doc.Unread = p.doc.Unread || it != nil && it.Unread
}

// goal adds the Product Goal; more stands on the same line.
func (p *page) goal(more ...markup.Paragraph) {
	g := p.in.Goal
	if g.Text == "" && g.URL == "" {
		for i, m := range more {
			if i == 0 {
				p.add(m)
			}
		}
		return
	}
	p.fact("goal", g.Text, g.URL)
	text := markup.Shorten(g.Text, longWords)
	if text == "" {
		text = "written down here"
	}
	line := markup.Paragraph{markup.Strong("Product Goal"), markup.Text(": "), markup.Link{Text: text, URL: g.URL}}
	for _, m := range more {
		line = append(append(line, markup.Text(" · ")), m...)
	}
	p.add(line)
}

// said writes what a person told us, by whom, when and where.
func (p *page) said(s Said) markup.Paragraph {
	on := p.item(s.Item)
	by := refine.Say("%v, %v", author(s.Author), p.day(s.At).Short(p.in.Today))
	if on != nil && s.Item != p.at {
		by = refine.Say("%v, %v", by, key(on))
	}
	if !p.reads(s) {
		return refine.Say("on %v (%v)", key(on), p.day(s.At).Short(p.in.Today))
	}
	return refine.Say("%v (%v)", markup.Shorten(s.Text, longWords), by)
}

// reads says whether the readers of the document may read a person's words.
func (p *page) reads(s Said) bool {
	return s.Item == p.at || p.sees(p.item(s.Item))
}

func author(name string) string {
	if name = markup.Shorten(name, longName); strings.TrimSpace(name) == "" {
		return "somebody"
	}
	return name
}

func (p *page) factSaid(name string, s Said) {
	p.fact(name, s.Item, s.ID, s.Place, s.Text, p.day(s.At))
}

// takeaways writes those since the last cross-team refinement, and how many are older.
func (p *page) takeaways(all []Said) (entries markup.List, older int) {
	for _, s := range all {
		if !p.recent(s) {
			older++
			continue
		}
		p.factSaid("takeaway", s)
		entries = append(entries, p.said(s))
	}
	if older > 0 {
		p.fact("older_takeaways", older)
	}
	return entries, older
}

// waits writes a dependency: "WEB-42 (Web, Sprint 2) waits for API-7 (Core, Sprint 3)".
func (p *page) waits(d *refine.Dependency) markup.Paragraph {
	return refine.Say("%v waits for %v", p.side(d.Waiting, d.WaitingTeam), p.side(d.Blocker, d.BlockingTeam))
}

func (p *page) side(ref work.Ref, team work.TeamID) markup.Paragraph {
	it := p.item(ref)
	if it == nil || it.Stub || it.Outside {
		return refine.Say("%v (outside the product)", key(it))
	}
	if !it.State.Open() {
		return refine.Say("%v (%v)", key(it), teamName(team))
	}
	when := p.sprintName(p.place(it))
	if t := p.teams[team]; t != nil && t.Planning == work.ByFlow && p.place(it) == nowhere {
		when = "in flow"
	}
	return refine.Say("%v (%v, %v)", key(it), teamName(team), when)
}

// factEdge notes everything that is said of a dependency.
func (p *page) factEdge(name string, d *refine.Dependency) {
	w, b := p.item(d.Waiting), p.item(d.Blocker)
	p.touch(w)
	p.touch(b)
	rule, severity := "", ""
	if f := p.shown[[2]work.Ref{d.Waiting, d.Blocker}]; f != nil {
		rule, severity = string(f.Rule), f.Severity.String()
	}
	p.fact(name, d.Waiting, d.Blocker, string(d.WaitingTeam), string(d.BlockingTeam), string(d.State), string(d.Health), p.place(w), p.place(b), rule, severity)
}

// step writes a dependency, how it stands, and the one step that is proposed.
func (p *page) step(d *refine.Dependency) markup.Paragraph {
	line := refine.Say("%v: %v.", p.waits(d), p.stands(d))
	if f := p.shown[[2]work.Ref{d.Waiting, d.Blocker}]; f != nil && len(f.Action) > 0 {
		line = refine.Say("%v %v", line, closed(f.Action))
	}
	return line
}

func (p *page) stands(d *refine.Dependency) string {
	if d.Health == refine.Dropped {
		return "the blocker was closed without delivery"
	}
	return healthWords[d.Health]
}
