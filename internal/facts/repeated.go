package facts

import (
	"maps"

	"strata/internal/work"
)

// A text that stands word for word on many items of a project is what its template
// left there, and nobody's own: ten at least, and a third of all that have such a
// text. A few words, though ("works as before"), people do write again and again.
const (
	mostAlike  = 10
	alikeShare = 3
	leastAlike = 60 // bytes
)

// ownWords are the sections in which people write about the one item. The same
// definition of done or Product Goal on every item is as it should be.
var ownWords = []work.SectionName{work.AcceptanceCriteria, work.Deliverables, work.KeyOutcomes, work.OpenQuestions, work.Value}

// short is the print of texts that are too short to be compared; they count as texts all the same.
const short = 0

// imprint is a text as far as being equal goes.
type imprint struct {
	kind int32 // which texts of which project it is compared with
	text uint64
}

// prints counts equal texts.
type prints struct {
	projects map[string]int32 // the first kind of each
	totals   []int32          // by kind
	counts   map[imprint]int32
	// alike are the texts that stand on many items, whatever share of all they are.
	alike map[imprint]bool
	// common are those that count as a template's, epoch how often that changed.
	common map[imprint]bool
	epoch  int
}

func newPrints() prints {
	return prints{projects: map[string]int32{}, counts: map[imprint]int32{}, alike: map[imprint]bool{}, common: map[imprint]bool{}}
}

// take returns the prints of an item's texts.
func (p *prints) take(project string, sections work.Sections, said int, whole uint64) (out []imprint) {
	kinds := p.of(project)
	add := func(i int, text uint64, length int) {
		switch {
		case length >= leastAlike:
			out = append(out, imprint{kinds + int32(i), text})
		case length > 0:
			out = append(out, imprint{kinds + int32(i), short})
		}
	}
	add(len(ownWords), whole, said)
	if len(sections) == 0 {
		return out
	}
	for i, name := range ownWords {
		if s, ok := sections[name]; ok {
			text, length := printOf(s)
			add(i, text, length)
		}
	}
	return out
}

// of numbers the kinds of text of a project: its sections, and behind them all that a description says.
func (p *prints) of(project string) int32 {
	first, ok := p.projects[project]
	if !ok {
		first = int32(len(p.totals))
		p.projects[project] = first
		p.totals = append(p.totals, make([]int32, len(ownWords)+1)...)
	}
	return first
}

// printOf is FNV-1a over what a section says, and how long that is.
func printOf(s work.Section) (hash uint64, length int) {
	hash = 14695981039346656037
	mix := func(text string) {
		length += len(text)
		for i := range len(text) {
			hash = (hash ^ uint64(text[i])) * 1099511628211
		}
		hash = (hash ^ '\n') * 1099511628211
	}
	for _, entry := range s.Entries {
		mix(entry)
	}
	mix(s.Prose)
	return hash, length
}

// count adds an item's prints, or takes them away.
func (p *prints) count(of []imprint, n int32) {
	for _, text := range of {
		p.totals[text.kind] += n
		if text.text == short {
			continue
		}
		now := p.counts[text] + n
		switch {
		case now <= 0:
			delete(p.counts, text)
		default:
			p.counts[text] = now
		}
		if now >= mostAlike {
			p.alike[text] = true
		} else {
			delete(p.alike, text)
		}
	}
}

// judge finds what counts as a template's now.
func (p *prints) judge() {
	common := map[imprint]bool{}
	for text := range p.alike {
		if p.counts[text]*alikeShare >= p.totals[text.kind] {
			common[text] = true
		}
	}
	if !maps.Equal(common, p.common) {
		p.common = common
		p.epoch++
	}
}

// own is what of an item's texts is its own, where not all of it is.
type own struct {
	sections work.Sections
	said     uint16
}

// own returns what is left of an item's texts without those that many items share;
// nil where all of it is its own.
func (p *prints) own(of []imprint, it *work.Item) (out *own) {
	for _, text := range of {
		if !p.common[text] {
			continue
		}
		if out == nil {
			out = &own{sections: maps.Clone(it.Sections), said: it.Said}
		}
		if which := int(text.kind) % (len(ownWords) + 1); which < len(ownWords) {
			out.sections[ownWords[which]] = work.Section{Template: true}
		} else {
			out.said = 0
		}
	}
	return out
}
