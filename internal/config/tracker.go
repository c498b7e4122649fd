package config

import (
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"strata/internal/facts"
	"strata/internal/tracker/github"
	"strata/internal/tracker/jira"
)

// Kind is a sort of tracker.
type Kind string

// The kinds.
const (
	Jira   Kind = "jira" // Cloud or Data Center: the server tells which
	GitHub Kind = "github"
)

// Tracker is one entry of `trackers`. Its fields depend on its kind, and feed
// both the adapter that reaches the tracker and the mapping of what it tells.
type Tracker struct {
	// Name is how scopes and homes call the tracker, and the first half of every
	// ref: a changed name is another tracker. Required.
	Name string `yaml:"name"`
	// Kind is jira or github. Required.
	Kind Kind `yaml:"kind"`

	Jira    jira.Config         `yaml:"-"` // when Kind is Jira
	GitHub  github.Config       `yaml:"-"` // when Kind is GitHub
	Mapping facts.TrackerConfig `yaml:"-"`
}

// decode reads the kind first and then the fields that it has.
func (t *Tracker) decode(d *decoder, n *yaml.Node, path string) {
	if !d.isKind(n, yaml.MappingNode, path, "fields (name: value)") {
		return
	}
	common, mapping := all(reflect.ValueOf(t).Elem()), reflect.ValueOf(&t.Mapping).Elem()
	switch kind := entry(n, "kind"); Kind(kind.Value) {
	case Jira:
		t.Jira = jira.Default()
		d.fields(n, path, common, source{mapping, []string{"links", "resolutions", "doing", "blocked", "kinds"}}, all(reflect.ValueOf(&t.Jira).Elem()))
		t.Jira.LinkTypes = linkTypes(t.Mapping)
	case GitHub:
		t.GitHub = github.Default()
		d.fields(n, path, common, source{mapping, []string{"resolutions", "statuses", "blocked", "kinds"}}, all(reflect.ValueOf(&t.GitHub).Elem()))
	case "":
		d.mistake(n, join(path, "kind"), "missing: want jira or github")
	default:
		d.mistake(kind, join(path, "kind"), "%s is no kind of tracker: want jira or github", quote(kind.Value))
	}
	// Without a kind nothing can be said about the other fields, but the name is meant.
	t.Name = entry(n, "name").Value
}

// entry returns the value of a name in a mapping, or an empty node.
func entry(n *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return &yaml.Node{}
}

// lendGroups tells each tracker of which groups the teams' rules speak: those of
// GitHub are written organisation/team.
func (c *Config) lendGroups() {
	for i := range c.Trackers {
		t := &c.Trackers[i]
		for _, product := range c.Products {
			for _, team := range product.Teams {
				for _, match := range team.Match {
					switch slash := strings.Contains(match.Group, "/"); {
					case match.Group == "":
					case t.Kind == GitHub && slash && !slices.Contains(t.GitHub.Groups, match.Group):
						t.GitHub.Groups = append(t.GitHub.Groups, match.Group)
					case t.Kind == Jira && !slash && !slices.Contains(t.Jira.Groups, match.Group):
						t.Jira.Groups = append(t.Jira.Groups, match.Group)
					}
				}
			}
		}
	}
}

func linkTypes(mapping facts.TrackerConfig) []string {
	links := mapping.Links
	if links == nil {
		links = facts.DefaultLinks()
	}
	names := make([]string, len(links))
	for i, link := range links {
		names[i] = link.Type
	}
	return names
}
