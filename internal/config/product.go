package config

import (
	"fmt"
	"reflect"
	"time"

	"go.yaml.in/yaml/v3"

	"strata/internal/cycle"
	"strata/internal/duration"
	"strata/internal/facts"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/tracker"
)

// Product is what several teams build together.
type Product struct {
	// Name is the product's name in reports, metrics and the memory: a changed
	// name is another product. Required.
	Name string `yaml:"name"`
	// Goal is the Product Goal. Defaults to none.
	Goal Goal `yaml:"goal"`
	// Home is the item that holds the product's documents. Defaults to none.
	Home Home `yaml:"home"`
	// Calendar is when the product works, and in which Sprints.
	Calendar facts.CalendarConfig `yaml:"calendar"`
	// Review is where and when the Sprint Review is published. Defaults to none.
	Review Review `yaml:"review"`
	// Mode is report-only or write. Defaults to the installation's.
	Mode plan.Mode `yaml:"mode"`
	// Scopes are what of the trackers belongs to the product. Required.
	Scopes []Scope `yaml:"scopes"`
	// Teams are the owners of items. Defaults to none: then every item is unmapped.
	Teams []Team `yaml:"teams"`
	// Objectives are what the product wants to reach. Defaults to none.
	Objectives []facts.ObjectiveConfig `yaml:"objectives"`
	// Documents lists the documents that are kept: brief (of an epic), agenda (of a
	// team), crossteam, product and review. An empty list keeps none: then there are
	// flags alone. Defaults to all.
	Documents []cycle.DocumentKind `yaml:"documents"`
	// Trusted are accounts whose commands count whatever their rights: ids, or names
	// as people see them. Defaults to none.
	Trusted []string `yaml:"trusted"`
	// DefinitionOfDone is where the product's definition of done stands, or what it
	// says in a line. Defaults to none.
	DefinitionOfDone string `yaml:"definition_of_done"`
	// Readiness is the profile of required checks: starter, standard or strict. Defaults to starter.
	Readiness refine.Profile `yaml:"readiness"`
	// Order is the tracker whose ranks order the items of several trackers. Defaults
	// to none: ranks are compared within one tracker only.
	Order string `yaml:"order"`
	// Override changes rules and checks for this product, above rules.override.
	// Defaults to no changes.
	Override refine.Overrides `yaml:"override"`
}

// Goal is the Product Goal.
type Goal struct {
	// Text is the goal in one sentence. Defaults to none.
	Text string `yaml:"text"`
	// URL is where more is said about it. Defaults to none.
	URL string `yaml:"url"`
}

// Home names an item: a tracker's name and a key, {jira: SHOP-1}.
type Home map[string]string

// Team is an owner of items.
type Team struct {
	facts.TeamConfig `yaml:",inline"`
	// Readiness is the profile of the team's own items, at least the product's.
	// Defaults to the product's.
	Readiness refine.Profile `yaml:"readiness"`
	// Mode is report-only or write. Defaults to the product's.
	Mode plan.Mode `yaml:"mode"`
	// Override changes rules whose matter is the team's own, and switches off checks
	// of its layer that the profile does not require. Defaults to no changes.
	Override refine.Overrides `yaml:"override"`
}

// Scope is what of a tracker belongs to a product. One of JQL (Jira), Project
// and Repositories (GitHub) is set.
type Scope struct {
	// Name is the scope's name in reports and in the memory. Required.
	Name string `yaml:"name"`
	// Tracker is a tracker's name. Required.
	Tracker string `yaml:"tracker"`
	// JQL selects issues of Jira, unsorted. Defaults to none.
	JQL string `yaml:"jql"`
	// Project is a project of GitHub: acme/7. Defaults to none.
	Project string `yaml:"project"`
	// Repositories are repositories of GitHub: acme/api. Defaults to none.
	Repositories []string `yaml:"repositories"`
}

// Scope returns the scope as its tracker knows it.
func (s Scope) Scope() tracker.Scope {
	return tracker.Scope{Name: s.Name, JQL: s.JQL, Project: s.Project, Repositories: s.Repositories}
}

// Review is where and when the Sprint Review is published. In the file the item
// stands beside the time: {jira: SHOP-1, at: "2026-03-13T14:00", every: 14d}.
type Review struct {
	Home Home
	When ReviewTime
}

// ReviewTime is when a Sprint Review is.
type ReviewTime struct {
	// At is the first one, in the product's zone. Defaults to the end of each Sprint.
	At LocalTime `yaml:"at"`
	// Every is the time from one to the next. Defaults to the length of a Sprint.
	Every duration.Duration `yaml:"every"`
}

// decode takes the names of times out; what is left names the item.
func (r *Review) decode(d *decoder, n *yaml.Node, path string) {
	if !d.isKind(n, yaml.MappingNode, path, "fields (name: value)") {
		return
	}
	times, home := *n, *n
	times.Content, home.Content = nil, nil
	for i := 0; i+1 < len(n.Content); i += 2 {
		part := &home
		if name := n.Content[i].Value; name == "at" || name == "every" {
			part = &times
		}
		part.Content = append(part.Content, n.Content[i], n.Content[i+1])
	}
	d.fields(&times, path, all(reflect.ValueOf(&r.When).Elem()))
	d.entries(&home, reflect.ValueOf(&r.Home).Elem(), path)
}

// LocalTime is a date and a time of day without a zone, as a clock on the wall shows it.
type LocalTime time.Time

const localTime = "2006-01-02T15:04"

// UnmarshalText reads "2026-03-13T14:00".
func (l *LocalTime) UnmarshalText(text []byte) error {
	t, err := time.Parse(localTime, string(text))
	if err != nil {
		return fmt.Errorf("%q: want a date and a time such as 2026-03-13T14:00", text)
	}
	*l = LocalTime(t)
	return nil
}

// In returns the instant in a zone; the zero time stays zero.
func (l LocalTime) In(zone *time.Location) time.Time {
	t := time.Time(l)
	if t.IsZero() {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, zone)
}

// Facts returns how the product's records become items.
func (c *Config) Facts(p Product) facts.Config {
	teams := make([]facts.TeamConfig, len(p.Teams))
	for i, team := range p.Teams {
		teams[i] = team.TeamConfig
	}
	return facts.Config{Calendar: p.Calendar, Teams: teams, Objectives: p.Objectives, Sections: c.Sections}
}
