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
	// AcceptanceCriteria and its like are headings. Default to the usual ones in English and German.
	AcceptanceCriteria []string `yaml:"acceptance_criteria"`
	DefinitionOfDone   []string `yaml:"definition_of_done"`
	Deliverables       []string `yaml:"deliverables"`
	QualityStandards   []string `yaml:"quality_standards"`
	KeyOutcomes        []string `yaml:"key_outcomes"`
	ProductGoal        []string `yaml:"product_goal"`
	SprintGoal         []string `yaml:"sprint_goal"`
	Dependencies       []string `yaml:"dependencies"`
	OpenQuestions      []string `yaml:"open_questions"`
	// ToBeDone are words of a promise to write something. Defaults to TBD, TODO, tbc, ???.
	ToBeDone []string `yaml:"to_be_done"`
	// NeedsInfo are labels that stand for an open question. Defaults to needs-info, needs info, question.
	NeedsInfo []string `yaml:"needs_info"`
}

// DefaultSections are the usual headings, words and labels.
func DefaultSections() SectionsConfig {
	return SectionsConfig{
		AcceptanceCriteria: []string{"Acceptance criteria", "Acceptance criterion", "Acceptance tests", "AC", "ACs", "A/C", "Conditions of satisfaction", "Success criteria",
			"Akzeptanzkriterien", "Akzeptanzkriterium", "Abnahmekriterien"},
		DefinitionOfDone: []string{"Definition of done", "DoD", "Done when", "Fertig wenn", "Definition von fertig"},
		Deliverables:     []string{"Deliverables", "Deliverable", "What we deliver", "Scope of delivery", "Ergebnisse", "Liefergegenstände", "Lieferumfang"},
		QualityStandards: []string{"Quality standards", "Quality", "Quality criteria", "Non-functional requirements", "NFR", "NFRs", "Qualitätsstandards", "Qualität",
			"Qualitätsanforderungen", "Nichtfunktionale Anforderungen"},
		KeyOutcomes: []string{"Key outcomes", "Key outcome", "Outcomes", "Outcome", "Expected outcomes", "Value", "Business value", "Customer value", "Benefit", "Benefits",
			"Nutzen", "Wirkung", "Mehrwert", "Erwartete Wirkung"},
		ProductGoal: []string{"Product goal", "Objective", "Objectives", "Goal", "Produktziel", "Ziel", "Ziele"},
		SprintGoal:  []string{"Sprint goal", "Sprint goals", "Sprintziel", "Sprint-Ziel"},
		Dependencies: []string{"Dependencies", "Dependency", "Dependencies identified", "Depends on", "Blocked by", "Prerequisites",
			"Abhängigkeiten", "Abhängigkeit", "Voraussetzungen"},
		OpenQuestions: []string{"Open questions", "Open question", "Questions", "Open points", "Open issues", "Offene Fragen", "Offene Punkte", "Fragen"},
		ToBeDone:      []string{"TBD", "TODO", "tbc", "???"},
		NeedsInfo:     []string{"needs-info", "needs info", "question"},
	}
}

func (c SectionsConfig) headings() markup.Headings {
	return markup.Headings{
		work.AcceptanceCriteria: c.AcceptanceCriteria, work.DefinitionOfDone: c.DefinitionOfDone, work.Deliverables: c.Deliverables,
		work.QualityStandards: c.QualityStandards, work.KeyOutcomes: c.KeyOutcomes, work.ProductGoal: c.ProductGoal,
		work.SprintGoal: c.SprintGoal, work.Dependencies: c.Dependencies, work.OpenQuestions: c.OpenQuestions,
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

// read returns the sections of all the record's texts. A needs-info label is an
// open question that nobody has ticked off.
func (s sectionReader) read(r *work.Record) work.Sections {
	var out work.Sections
	add := func(name work.SectionName, section work.Section) {
		if out == nil {
			out = work.Sections{}
		}
		out[name] = joined(out[name], section)
	}
	for _, text := range r.Texts {
		if text.Field != "" {
			if strings.TrimSpace(text.Text) != "" {
				add(text.Field, s.reader.Field(text.Dialect, text.Text))
			}
			continue
		}
		for name, section := range s.reader.Sections(text.Dialect, text.Text) {
			add(name, section)
		}
	}
	for _, label := range r.Labels {
		if s.needsInfo[spelling(label)] {
			add(work.OpenQuestions, work.Section{Entries: []string{markup.Clean(label)}, Unchecked: 1})
		}
	}
	return out
}

// joined is one section read in two places.
func joined(a, b work.Section) work.Section {
	out := work.Section{
		Entries:   append(slices.Clip(a.Entries), b.Entries...),
		Prose:     strings.TrimSpace(a.Prose + " " + b.Prose),
		Unchecked: a.Unchecked + b.Unchecked,
		ToBeDone:  a.ToBeDone || b.ToBeDone,
	}
	out.None = (a.None || b.None) && len(out.Entries) == 0 && out.Prose == ""
	return out
}
