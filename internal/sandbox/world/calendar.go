package world

import (
	"strings"
	"time"
)

// Calendar tells the writer of a configuration what there is to configure.
type Calendar struct {
	TimeZone   string
	First      time.Time // Sprint 1's first day, at 00:00 in TimeZone
	Every      int       // days
	Goal       string
	GoalURL    string
	Home       map[Tracker]string // the product's home item
	Review     map[Tracker]string // the item of the Sprint Reviews
	Teams      []Team
	Objectives []Objective
	Projects   []string // Jira project keys
	Repos      []string // owner/name
	Boards     []string // owner/number of the Projects v2
	LinkTypes  []LinkType
	JiraURL    string // where texts and pages say that Jira is
	GitHubURL  string // likewise, https://github.com
}

// Team is one team with all the evidence by which its items are known.
type Team struct {
	Name       string
	TimeZone   string
	Planning   string // sprint or flow
	Home       map[Tracker]string
	Components []string // Jira
	Labels     []string // either tracker
	Projects   []string // Jira
	Repos      []string // owner/name
	Field      []string // values of a Team field
}

// Objective is a goal of the product that items carry as a label.
type Objective struct {
	Name  string
	Label string
}

// Calendar is the generated product's, or one guessed from loaded records:
// a team for each project and repository.
func (s *State) Calendar() Calendar {
	c := s.calendar
	c.LinkTypes = nil
	for _, t := range s.LinkTypes {
		c.LinkTypes = append(c.LinkTypes, *t)
	}
	return c
}

func lower(s string) string { return strings.ToLower(s) }
