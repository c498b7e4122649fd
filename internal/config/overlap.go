package config

import (
	"fmt"
	"strings"
)

// validateOverlaps finds what is said twice: one item would have two products, or
// two teams by one evidence. What overlaps by its content (a project and a
// repository that is in it) is allowed: an item is one, however often it is read.
func (c *Config) validateOverlaps(d *decoder) {
	selected := map[string]string{}
	for i, p := range c.Products {
		for j, s := range p.Scopes {
			path := fmt.Sprintf("products[%d].scopes[%d]", i, j)
			d.once(path+".jql", s.Tracker+" "+strings.Join(strings.Fields(s.JQL), " "), s.JQL, selected)
			d.once(path+".project", s.Tracker+" "+strings.ToLower(s.Project), s.Project, selected)
			for k, r := range s.Repositories {
				d.once(fmt.Sprintf("%s.repositories[%d]", path, k), s.Tracker+" "+strings.ToLower(r), r, selected)
			}
		}
		evidence := map[string]string{}
		for j, team := range p.Teams {
			for k, match := range team.Match {
				kind, _, _ := strings.Cut(match.Key(), " ")
				d.once(fmt.Sprintf("products[%d].teams[%d].match[%d].%s", i, j, k, kind), match.Key(), match.Value(), evidence)
			}
		}
	}
}

// once notes a value that stands elsewhere too.
func (d *decoder) once(path, key, value string, seen map[string]string) {
	if value == "" {
		return
	}
	if first := seen[key]; first != "" {
		d.wrong(path, "%s stands at %s too: say it once", quote(value), first)
		return
	}
	seen[key] = path
}
