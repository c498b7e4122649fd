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
	// Value is the sentence that says who wants what and why ("As a … I want … so
	// that …"), wherever it stands, and what stands under a heading such as "User story".
	Value SectionName = "value"
)

// Section is what one part of a description holds. Text that a template left to
// fill in is in none of its fields.
type Section struct {
	// Entries are the bullets, checkboxes, rows or Given/When/Then lines, as plain
	// text. Of a Value they are the sentences.
	Entries []string
	// Prose is what the section says outside its entries, as plain text, cut to a few lines.
	Prose string
	// Unchecked counts the checkboxes without a tick, Checked those with one.
	Unchecked int
	Checked   int32
	// ToBeDone says that an entry is a promise to write one: TBD, TODO, ???.
	ToBeDone bool
	// None says that the section states there is nothing: "none", "no dependencies".
	None bool
	// Template says that the section holds text that a template left to fill in.
	Template bool
}

// Written says whether the section says something of its own, be it only that
// more is to come.
func (s Section) Written() bool { return len(s.Entries) > 0 || s.Prose != "" }

// Sections holds the parts found in an item's texts; an absent part has no entry.
type Sections map[SectionName]Section
