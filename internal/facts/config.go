package facts

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"strata/internal/work"
)

// Config is how one product's records become items.
type Config struct {
	Calendar   CalendarConfig    `yaml:"calendar"`
	Teams      []TeamConfig      `yaml:"teams"`
	Objectives []ObjectiveConfig `yaml:"objectives"`
	Sections   SectionsConfig    `yaml:"sections"`
}

// Validate returns every mistake, sorted by place.
func (c Config) Validate() []error {
	var errs []error
	if _, err := c.Calendar.Calendar(); err != nil {
		errs = append(errs, err)
	}
	names := map[string]bool{}
	for i, team := range c.Teams {
		place := fmt.Sprintf("teams[%d]", i)
		errs = append(errs, team.validate(place)...)
		if names[spelled(team.Name)] && team.Name != "" {
			errs = append(errs, fmt.Errorf("%s.name: %q is given twice; give each team its own name", place, team.Name))
		}
		names[spelled(team.Name)] = true
	}
	for i, objective := range c.Objectives {
		place := fmt.Sprintf("objectives[%d]", i)
		if objective.Name == "" {
			errs = append(errs, fmt.Errorf("%s.name: is empty; name the objective", place))
		}
		for j, match := range objective.Match {
			errs = append(errs, match.validate(fmt.Sprintf("%s.match[%d]", place, j))...)
		}
	}
	return errs
}

// calendar makes the product's calendar with the days of its teams.
func (c Config) calendar() (Calendar, error) {
	cal, err := c.Calendar.Calendar()
	if err != nil {
		return Calendar{}, err
	}
	return c.Calendar.withTeams(cal, c.Teams)
}

// TeamConfig is a team of the product and how its items are recognised.
type TeamConfig struct {
	Name string `yaml:"name"`
	// Timezone is the team's IANA zone. Defaults to the calendar's.
	Timezone string `yaml:"timezone"`
	// Planning is sprint, date or flow. Defaults to sprint.
	Planning work.Planning `yaml:"planning"`
	// Working are the days of the week the team works, such as Sun-Thu. Defaults to the calendar's.
	Working Weekdays `yaml:"working"`
	// Holidays are days the team does not work, beside the calendar's. Defaults to none.
	Holidays []work.Day `yaml:"holidays"`
	// Estimates says whether the team estimates. Defaults to true when at least a
	// third of its open items have an estimate.
	Estimates *bool `yaml:"estimates"`
	// DefinitionOfDone is where the team's definition of done stands, or what it
	// says in a line. Defaults to the product's.
	DefinitionOfDone string `yaml:"definition_of_done"`
	// Home is the item that holds the team's documents, tracker's name to key. Defaults to none.
	Home map[string]string `yaml:"home"`
	// Match are the rules by which an item is the team's. Defaults to none.
	Match []Match `yaml:"match"`
}

func (t TeamConfig) validate(place string) []error {
	var errs []error
	if t.Name == "" {
		errs = append(errs, fmt.Errorf("%s.name: is empty; name the team", place))
	}
	if t.Timezone != "" {
		if _, err := time.LoadLocation(t.Timezone); err != nil {
			errs = append(errs, fmt.Errorf("%s.timezone: %q is not a known zone; write one such as Europe/Berlin", place, t.Timezone))
		}
	}
	if t.Planning != "" && !slices.Contains([]work.Planning{work.BySprint, work.ByDate, work.ByFlow}, t.Planning) {
		errs = append(errs, fmt.Errorf("%s.planning: %q is unknown; write sprint, date or flow", place, t.Planning))
	}
	if len(t.Home) > 1 {
		errs = append(errs, fmt.Errorf("%s.home: has %d items; name one, such as {jira: WEB-1}", place, len(t.Home)))
	}
	for i, match := range t.Match {
		errs = append(errs, match.validate(fmt.Sprintf("%s.match[%d]", place, i))...)
	}
	return errs
}

// ObjectiveConfig is an objective of the product and how its items are recognised.
type ObjectiveConfig struct {
	Name  string  `yaml:"name"`
	Match []Match `yaml:"match"`
}

// Match is one rule; exactly one of its fields is set. Values compare without case.
type Match struct {
	Field      string `yaml:"field,omitempty"` // a value of the tracker's team field
	Component  string `yaml:"component,omitempty"`
	Label      string `yaml:"label,omitempty"`
	Repository string `yaml:"repository,omitempty"` // GitHub owner/name
	Project    string `yaml:"project,omitempty"`    // Jira project key
	Group      string `yaml:"group,omitempty"`      // a group or team of the tracker that the assignee is in
	Assignee   string `yaml:"assignee,omitempty"`   // display name on Jira, login on GitHub
}

// Key is the same for rules that look at the same mark.
func (m Match) Key() string {
	kind, value := m.evidence()
	return kind.String() + " " + spelled(value)
}

// Value is what the rule wants, as the operator writes it.
func (m Match) Value() string {
	_, value := m.evidence()
	return value
}

func (m Match) validate(place string) []error {
	set := 0
	for _, value := range []string{m.Field, m.Component, m.Label, m.Repository, m.Project, m.Group, m.Assignee} {
		if value != "" {
			set++
		}
	}
	if set != 1 {
		return []error{fmt.Errorf("%s: sets %d values; set one of field, component, label, repository, project, group, assignee", place, set)}
	}
	switch kind, value := m.evidence(); {
	case spelled(value) == "":
		return []error{fmt.Errorf("%s: is blank; write the value as the tracker shows it", place)}
	case kind == Repository && !strings.Contains(value, "/"):
		return []error{fmt.Errorf("%s.repository: %q has no owner; write owner/name such as acme/api", place, value)}
	case kind == Project && strings.Contains(value, "/"):
		return []error{fmt.Errorf("%s.project: %q is no project of Jira; write its key such as WEB, or {repository: %s}", place, value, value)}
	}
	return nil
}

// TrackerConfig is how one tracker's words are read.
type TrackerConfig struct {
	// Links tells what each link type means. Defaults to Blocks, Depends and Duplicate as Jira has them.
	Links []LinkConfig `yaml:"links"`
	// Resolutions tells which resolutions mean that nothing was delivered.
	Resolutions ResolutionsConfig `yaml:"resolutions"`
	// Doing are status ids or exact names that mean work has begun, beside Jira's category. Defaults to none.
	Doing []string `yaml:"doing"`
	// Blocked are labels, and statuses by id or exact name, that mark an item as
	// blocked, beside Jira's flag. Defaults to blocked.
	Blocked []string `yaml:"blocked"`
	// Statuses are values of a GitHub project's status field.
	Statuses StatusesConfig `yaml:"statuses"`
	// Kinds tells what issue types are, by name, where their name does not say it:
	// {Anforderung: story}. Defaults to none.
	Kinds map[string]work.Kind `yaml:"kinds"`
}

// StatusesConfig names values of a GitHub project's status field.
type StatusesConfig struct {
	// Doing are values that mean work has begun. Defaults to In Progress and In Review.
	Doing []string `yaml:"doing"`
}

// ResolutionsConfig names resolutions, by id or exact name.
type ResolutionsConfig struct {
	// Dropped are resolutions without delivery. Defaults to won't do, won't fix,
	// cancelled, declined, duplicate, cannot reproduce, obsolete, incomplete.
	Dropped []string `yaml:"dropped"`
}

// Validate returns every mistake, sorted by place.
func (c TrackerConfig) Validate() []error {
	var errs []error
	for i, link := range c.Links {
		if link.Type == "" {
			errs = append(errs, fmt.Errorf("links[%d].type: is empty; write a link type's id or exact name", i))
		}
		if link.Speaker.kind(true) == "" {
			errs = append(errs, fmt.Errorf("links[%d].speaker: %q is unknown; write blocks, waits, duplicate or twin", i, link.Speaker))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Kinds)) {
		if !slices.Contains(kinds, c.Kinds[name]) {
			errs = append(errs, fmt.Errorf("kinds.%s: %q is unknown; write initiative, epic, story, task, bug, spike or subtask", name, c.Kinds[name]))
		}
	}
	return errs
}
