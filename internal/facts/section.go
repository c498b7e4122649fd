package facts

import (
	"maps"
	"slices"
	"strings"

	"strata/internal/markup"
	"strata/internal/work"
)

// SectionsConfig is how the parts of a description are recognised. Headings that
// an operator gives are read beside the usual ones, not in their place.
type SectionsConfig struct {
	// AcceptanceCriteria and its like are headings. Default to the usual ones in English, German, French,
	// Spanish, Portuguese, Italian, Dutch, Polish, Chinese and Japanese.
	AcceptanceCriteria []string `yaml:"acceptance_criteria"`
	DefinitionOfDone   []string `yaml:"definition_of_done"`
	Deliverables       []string `yaml:"deliverables"`
	QualityStandards   []string `yaml:"quality_standards"`
	KeyOutcomes        []string `yaml:"key_outcomes"`
	ProductGoal        []string `yaml:"product_goal"`
	SprintGoal         []string `yaml:"sprint_goal"`
	Dependencies       []string `yaml:"dependencies"`
	OpenQuestions      []string `yaml:"open_questions"`
	// Value are headings of the sentence that says who wants what and why. Defaults to User story and its like.
	Value []string `yaml:"value"`
	// ToBeDone are words of a promise to write something. Defaults to TBD, TODO, tbc, ??? and their
	// like in the languages of the headings.
	ToBeDone []string `yaml:"to_be_done"`
	// NeedsInfo are labels that stand for an open question. Defaults to needs-info, needs info, question.
	NeedsInfo []string `yaml:"needs_info"`
}

// DefaultSections are the usual headings, words and labels.
func DefaultSections() SectionsConfig {
	usual := func(name work.SectionName) []string { return slices.Clone(usualHeadings[name]) }
	return SectionsConfig{
		AcceptanceCriteria: usual(work.AcceptanceCriteria), DefinitionOfDone: usual(work.DefinitionOfDone), Deliverables: usual(work.Deliverables),
		QualityStandards: usual(work.QualityStandards), KeyOutcomes: usual(work.KeyOutcomes), ProductGoal: usual(work.ProductGoal),
		SprintGoal: usual(work.SprintGoal), Dependencies: usual(work.Dependencies), OpenQuestions: usual(work.OpenQuestions), Value: usual(work.Value),
		ToBeDone: slices.Clone(usualPromises), NeedsInfo: slices.Clone(usualQuestions),
	}
}

func (c SectionsConfig) headings() markup.Headings {
	return markup.Headings{
		work.AcceptanceCriteria: c.AcceptanceCriteria, work.DefinitionOfDone: c.DefinitionOfDone, work.Deliverables: c.Deliverables,
		work.QualityStandards: c.QualityStandards, work.KeyOutcomes: c.KeyOutcomes, work.ProductGoal: c.ProductGoal,
		work.SprintGoal: c.SprintGoal, work.Dependencies: c.Dependencies, work.OpenQuestions: c.OpenQuestions, work.Value: c.Value,
	}
}

// sectionReader reads the sections of records.
type sectionReader struct {
	reader    *markup.Reader
	needsInfo map[string]bool
}

// newSectionReader takes the operator's headings first, so that one that is also a
// usual heading of another section means what the operator says.
func newSectionReader(c SectionsConfig) sectionReader {
	defaults := DefaultSections()
	taken := map[string]bool{}
	headings := c.headings()
	for _, list := range headings {
		for _, heading := range list {
			taken[strings.ToLower(heading)] = true
		}
	}
	usual := defaults.headings()
	for _, name := range slices.Sorted(maps.Keys(usual)) {
		for _, heading := range usual[name] {
			if !taken[strings.ToLower(heading)] {
				headings[name] = append(slices.Clip(headings[name]), heading)
			}
		}
	}
	if c.ToBeDone == nil {
		c.ToBeDone = defaults.ToBeDone
	}
	if c.NeedsInfo == nil {
		c.NeedsInfo = defaults.NeedsInfo
	}
	return sectionReader{reader: markup.NewReader(headings, c.ToBeDone), needsInfo: words(c.NeedsInfo)}
}

// read returns the sections of all the record's texts and what they say besides,
// and the texts as read. A needs-info label is an open question that nobody has ticked off.
func (s sectionReader) read(r *work.Record) (out work.Sections, said markup.Reading, texts []markup.Writing) {
	texts = make([]markup.Writing, 0, len(r.Texts))
	add := func(name work.SectionName, section work.Section) {
		if out == nil {
			out = work.Sections{}
		}
		out[name] = joined(out[name], section)
	}
	for _, text := range r.Texts {
		if strings.TrimSpace(text.Text) == "" {
			continue
		}
		writing := markup.Parse(text.Dialect, text.Text)
		texts = append(texts, writing)
		if text.Field != "" {
			add(text.Field, s.reader.Field(writing))
			continue
		}
		reading := s.reader.Read(writing)
		said.Said += reading.Said
		said.Print = said.Print*31 + reading.Print
		if out == nil {
			out = reading.Sections
			continue
		}
		for name, section := range reading.Sections {
			add(name, section)
		}
	}
	if out[work.Value].Entries == nil {
		if story := s.reader.Story(r.Title); story != "" {
			add(work.Value, work.Section{Entries: []string{story}})
		}
	}
	for _, label := range r.Labels {
		if s.needsInfo[spelling(label)] {
			add(work.OpenQuestions, work.Section{Entries: []string{markup.Clean(label)}, Unchecked: 1})
		}
	}
	return out, said, texts
}

// joined is one section read in two places.
func joined(a, b work.Section) work.Section {
	out := work.Section{
		Entries:   append(slices.Clip(a.Entries), b.Entries...),
		Prose:     strings.TrimSpace(a.Prose + " " + b.Prose),
		Unchecked: a.Unchecked + b.Unchecked,
		Checked:   a.Checked + b.Checked,
		ToBeDone:  a.ToBeDone || b.ToBeDone,
		Template:  a.Template || b.Template,
	}
	out.None = (a.None || b.None) && len(out.Entries) == 0 && out.Prose == ""
	return out
}
