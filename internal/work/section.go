package work

// SectionName is a part of a description that a check reads.
type SectionName string

// The sections, by the words of the config.
const (
	AcceptanceCriteria SectionName = "acceptance_criteria"
	DefinitionOfDone   SectionName = "definition_of_done"
	Deliverables       SectionName = "deliverables"
	QualityStandards   SectionName = "quality_standards"
	KeyOutcomes        SectionName = "key_outcomes"
	ProductGoal        SectionName = "product_goal"
	SprintGoal         SectionName = "sprint_goal"
	Dependencies       SectionName = "dependencies"
	OpenQuestions      SectionName = "open_questions"
)

// Section is what one part of a description holds.
type Section struct {
	// Entries are the bullets, checkboxes or Given/When/Then lines, as plain text.
	Entries []string
	// Prose is what the section says outside its entries, as plain text, cut to a few lines.
	Prose string
	// Unchecked counts the checkboxes without a tick.
	Unchecked int
	// ToBeDone says that an entry is a promise to write one: TBD, TODO, ???.
	ToBeDone bool
	// None says that the section states there is nothing: "none", "no dependencies".
	None bool
}

// Sections holds the parts found in an item's texts; an absent part has no entry.
type Sections map[SectionName]Section
