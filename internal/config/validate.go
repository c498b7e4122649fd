package config

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// name is what may stand in a ref, a metric's label and an address.
var name = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// validate asks every package about its part, and then what only the whole file shows.
func (c *Config) validate(d *decoder) {
	d.wrongs("", c.Words.Validate())
	if c.Interval == 0 {
		d.wrong("interval", "must be longer than 0: want a form such as 5m")
	}
	if c.FullRead < c.Interval {
		d.wrong("full_read", "%s is shorter than the interval of %s: want the same or longer", c.FullRead, c.Interval)
	}
	d.wrongs("store", c.Store.Validate())
	c.validateWeb(d)
	d.wrongs("rules", c.Rules.Validate())
	d.wrongs("comments", c.Comments.Validate())
	c.validateTrackers(d)
	c.validateProducts(d)
	c.validateOverlaps(d)
}

func (c *Config) validateWeb(d *decoder) {
	for _, address := range []struct{ path, value string }{{"web.internal", c.Web.Internal}, {"web.public", c.Web.Public}} {
		if _, _, err := net.SplitHostPort(address.value); err != nil && address.value != "" {
			d.wrong(address.path, "%s is no address: want host:port such as 127.0.0.1:9090", quote(address.value))
		}
	}
	if c.Web.Internal != "" && c.Web.Internal == c.Web.Public {
		d.wrong("web.public", "is the internal address: webhooks need one of their own")
	}
}

func (c *Config) validateTrackers(d *decoder) {
	if len(c.Trackers) == 0 {
		d.wrong("trackers", "missing: name at least one, with name, kind, url and auth")
	}
	seen := map[string]string{}
	for i, t := range c.Trackers {
		path := fmt.Sprintf("trackers[%d]", i)
		d.validName(join(path, "name"), t.Name, seen)
		switch t.Kind {
		case Jira:
			d.wrongs(path, t.Jira.Validate())
		case GitHub:
			d.wrongs(path, t.GitHub.Validate())
		}
		d.wrongs(path, t.Mapping.Validate())
	}
}

func (c *Config) validateProducts(d *decoder) {
	if len(c.Products) == 0 {
		d.wrong("products", "missing: name at least one, with name and scopes")
	}
	seen := map[string]string{}
	for i, p := range c.Products {
		path := fmt.Sprintf("products[%d]", i)
		d.validName(join(path, "name"), p.Name, seen)
		if p.Goal.URL != "" {
			if u, err := url.Parse(p.Goal.URL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
				d.wrong(path+".goal.url", "%s is no address: want one such as https://wiki.example/goal", quote(p.Goal.URL))
			}
		}
		d.wrongs(path, c.Facts(p).Validate())
		if p.Readiness != "" {
			if err := p.Readiness.Validate(); err != nil {
				d.wrongs(path, []error{err})
			}
		}
		if p.Order != "" {
			c.tracker(d, path+".order", p.Order)
		}
		d.wrongs(path, p.Override.Validate())
		c.validateHome(d, path+".home", p.Home)
		c.validateHome(d, path+".review", p.Review.Home)
		for j, team := range p.Teams {
			c.validateHome(d, fmt.Sprintf("%s.teams[%d].home", path, j), team.Home)
			at := fmt.Sprintf("%s.teams[%d]", path, j)
			d.wrongs(at, team.Override.ValidateOwn(p.Readiness))
			if team.Readiness != "" {
				if err := team.Readiness.Validate(); err != nil {
					d.wrongs(at, []error{err})
				} else if team.Readiness.Below(p.Readiness) {
					d.wrong(at+".readiness", "%q asks for less than the product's %q: a team may ask for more, not for less", team.Readiness, p.Readiness)
				}
			}
			if len(team.Match) == 0 {
				d.wrong(fmt.Sprintf("%s.teams[%d].match", path, j), "missing: say how the team's items are recognised, such as [{component: %s}]", team.Name)
			}
		}
		if len(p.Scopes) == 0 {
			d.wrong(path+".scopes", "missing: say what of the trackers belongs to the product")
		}
		scopes := map[string]string{}
		for j, s := range p.Scopes {
			at := fmt.Sprintf("%s.scopes[%d]", path, j)
			d.validName(at+".name", s.Name, scopes)
			c.validateScope(d, at, s)
		}
	}
}

// validName asks for a name, and for one that is not given twice.
func (d *decoder) validName(path, given string, seen map[string]string) {
	switch first := seen[given]; {
	case given == "":
		d.wrong(path, "missing: give it a name")
	case !name.MatchString(given):
		d.wrong(path, "%s: want letters, digits, dots, hyphens and underscores, beginning with a letter or digit", quote(given))
	case first != "":
		d.wrong(path, "%s is the name of %s already: give each its own", quote(given), first)
	default:
		seen[given] = parent(path)
	}
}

// tracker returns the named tracker's kind, and notes a name that none has.
func (c *Config) tracker(d *decoder, path, given string) (Kind, bool) {
	var names []string
	misnamed := len(c.Trackers) == 0 // then a missing name is only the consequence
	for _, t := range c.Trackers {
		if t.Name == given {
			return t.Kind, true
		}
		misnamed = misnamed || !name.MatchString(t.Name) || slices.Contains(names, t.Name)
		names = append(names, t.Name)
	}
	switch near := nearest(given, names); {
	case misnamed:
	case near != "":
		d.wrong(path, "no tracker is called %s: did you mean %s?", quote(given), near)
	default:
		d.wrong(path, "no tracker is called %s: want one of %s", quote(given), strings.Join(names, ", "))
	}
	return "", false
}

var keys = map[Kind]struct {
	form    *regexp.Regexp
	example string
}{
	Jira:   {regexp.MustCompile(`^[A-Z][A-Z0-9_]*-[1-9][0-9]*$`), "SHOP-1"},
	GitHub: {regexp.MustCompile(`^[A-Za-z0-9-]+/[A-Za-z0-9._-]+#[1-9][0-9]*$`), "acme/api#1"},
}

func (c *Config) validateHome(d *decoder, path string, home Home) {
	if len(home) > 1 {
		d.wrong(path, "names %d items: want one, such as {jira: SHOP-1}", len(home))
	}
	for on, key := range home {
		at := join(path, on)
		kind, known := c.tracker(d, at, on)
		if form, ok := keys[kind]; known && ok && !form.form.MatchString(key) {
			d.wrong(at, "%s is no key of %s: want a form such as %s", quote(key), kind, form.example)
		}
	}
}

var (
	project    = regexp.MustCompile(`^[A-Za-z0-9-]+/[1-9][0-9]*$`)
	repository = regexp.MustCompile(`^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$`)
	sorted     = regexp.MustCompile(`(?i)\border\s+by\b`)
)

func (c *Config) validateScope(d *decoder, path string, s Scope) {
	if s.Tracker == "" {
		d.wrong(path+".tracker", "missing: name one of the trackers")
		return
	}
	kind, _ := c.tracker(d, path+".tracker", s.Tracker)
	switch {
	case kind == Jira && (s.JQL == "" || s.Project != "" || s.Repositories != nil):
		d.wrong(path, "a scope of a Jira is a jql, and nothing else")
	case kind == GitHub && (s.JQL != "" || (s.Project == "") == (len(s.Repositories) == 0)):
		d.wrong(path, "a scope of a GitHub is either a project or a list of repositories")
	case sorted.MatchString(s.JQL):
		d.wrong(path+".jql", "must not sort, because Strata pages by its own order: remove ORDER BY")
	case s.Project != "" && !project.MatchString(s.Project):
		d.wrong(path+".project", "%s: want owner/number such as acme/7", quote(s.Project))
	}
	for i, r := range s.Repositories {
		if !repository.MatchString(r) {
			d.wrong(fmt.Sprintf("%s.repositories[%d]", path, i), "%s: want owner/name such as acme/api", quote(r))
		}
	}
}
