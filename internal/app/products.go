package app

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"strata/internal/brief"
	"strata/internal/config"
	"strata/internal/cycle"
	"strata/internal/facts"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/refine/checks"
	"strata/internal/refine/rules"
	"strata/internal/tracker"
	"strata/internal/tracker/github"
	"strata/internal/tracker/jira"
	"strata/internal/tracker/wire"
	"strata/internal/work"
)

// adapter is the list of trackers: a new one is added here.
func adapter(entry *config.Tracker, observer wire.Observer) (tracker.Tracker, error) {
	switch entry.Kind {
	case config.Jira:
		return jira.New(entry.Name, entry.Jira, observer)
	case config.GitHub:
		return github.New(entry.Name, entry.GitHub, github.Options{Observer: observer})
	}
	return nil, fmt.Errorf("kind: %q is unknown; write jira or github", entry.Kind)
}

// setup is what one config makes: trackers and products.
type setup struct {
	config   *config.Config
	sum      [sha256.Size]byte // of the file
	trackers map[string]tracker.Tracker
	products []*product
}

// product is a product's cycle with its last report.
type product struct {
	*cycle.Product
	name   string
	scopes map[string][]tracker.Scope // by tracker
	last   atomic.Pointer[cycle.Report]
	ready  atomic.Bool
}

// build makes trackers and products. Nothing is sent to a tracker.
func (a *App) build(c *config.Config, sum [sha256.Size]byte) (*setup, error) {
	s := &setup{config: c, sum: sum, trackers: map[string]tracker.Tracker{}}
	for i := range c.Trackers {
		entry := &c.Trackers[i]
		t, err := adapter(entry, wire.Observer(a.metrics))
		if err != nil {
			return nil, mendable(fmt.Errorf("trackers[%d]: %w", i, err))
		}
		s.trackers[entry.Name] = t
	}
	for i := range c.Products {
		p, err := a.product(s, &c.Products[i])
		if err != nil {
			return nil, mendable(fmt.Errorf("products[%d]: %w", i, err))
		}
		s.products = append(s.products, p)
	}
	return s, nil
}

func (a *App) product(s *setup, p *config.Product) (*product, error) {
	c := s.config
	view, err := facts.NewProduct(p.Name, c.Facts(*p), mappings(c))
	if err != nil {
		return nil, err
	}
	settings := cycle.Config{
		Product: p.Name, Scopes: scopes(c, p), FullRead: c.FullRead,
		Mode: plan.ModeOf("", p.Mode, c.Mode), Modes: map[work.TeamID]plan.Mode{}, EditsNotify: map[string]bool{},
		Comments: c.Comments, Words: c.Words,
		Policy: refine.Policy{Config: c.Rules, Readiness: p.Readiness, Leading: p.Order, Teams: map[work.TeamID]refine.Overrides{}, Profiles: map[work.TeamID]refine.Profile{}, Calendar: view.Calendar(), NeedsInfo: c.Sections.NeedsInfo, DefinitionOfDone: p.DefinitionOfDone},
		Rules:  rules.All(), Checks: checks.All(), Documents: documents(p, view.Calendar().Zone()),
	}
	if a.options.Preview {
		settings.Comments = unhurried(settings.Comments)
		settings.Policy.Settle = 0
	}
	settings.Policy.Override = p.Override.Over(c.Rules.Override)
	for _, team := range p.Teams {
		settings.Modes[work.TeamID(team.Name)] = team.Mode
		settings.Policy.Teams[work.TeamID(team.Name)] = team.Override
		settings.Policy.Profiles[work.TeamID(team.Name)] = team.Readiness
	}
	for _, t := range c.Trackers {
		settings.EditsNotify[t.Name] = t.Kind == config.Jira
	}
	built := &product{name: p.Name, scopes: map[string][]tracker.Scope{}}
	built.Product = cycle.New(settings, view, s.trackers, a.store, a.metrics, a.options.Now, a.log)
	for _, scope := range settings.Scopes {
		built.scopes[scope.Tracker] = append(built.scopes[scope.Tracker], scope.Scope)
	}
	return built, nil
}

// documents are where a product's documents live and what they speak of.
func documents(p *config.Product, zone *time.Location) cycle.Documents {
	d := cycle.Documents{
		Goal:    brief.Goal{Text: p.Goal.Text, URL: p.Goal.URL},
		Product: home(p.Home), Review: home(p.Review.Home), Teams: map[work.TeamID]cycle.Home{},
		ReviewAt: p.Review.When.At.In(zone), ReviewEvery: p.Review.When.Every, Trusted: p.Trusted, Kept: p.Documents,
	}
	if d.ReviewEvery == 0 {
		d.ReviewEvery = p.Calendar.Every
	}
	for _, o := range p.Objectives {
		d.Objectives = append(d.Objectives, o.Name)
	}
	for _, t := range p.Teams {
		if h := home(t.Home); h != (cycle.Home{}) {
			d.Teams[work.TeamID(t.Name)] = h
		}
	}
	return d
}

// home is the one item that a home names; the config allows no more.
func home(names map[string]string) cycle.Home {
	for tracker, key := range names {
		return cycle.Home{Tracker: tracker, Key: key}
	}
	return cycle.Home{}
}

// unhurried takes out what only time may settle, so that a preview shows
// everything there is to say.
func unhurried(c plan.Config) plan.Config {
	c.MaxNewPerHour, c.MaxNewPerDay = 0, 0
	return c
}

// mappings are how each tracker's words are read, by its name.
func mappings(c *config.Config) map[string]facts.TrackerConfig {
	all := map[string]facts.TrackerConfig{}
	for i := range c.Trackers {
		all[c.Trackers[i].Name] = c.Trackers[i].Mapping
	}
	return all
}

// scopes are a product's, each with all that its cursors depend on.
func scopes(c *config.Config, p *config.Product) []cycle.Scope {
	var all []cycle.Scope
	for _, s := range p.Scopes {
		for i := range c.Trackers {
			if t := &c.Trackers[i]; t.Name == s.Tracker {
				all = append(all, cycle.Scope{Scope: s.Scope(), Tracker: s.Tracker, Selector: selector(s.Scope(), t)})
			}
		}
	}
	return all
}

// selector is the scope's own words and the fields that are asked for.
func selector(s tracker.Scope, t *config.Tracker) string {
	parts := []string{s.JQL, s.Project, strings.Join(s.Repositories, " ")}
	switch t.Kind {
	case config.Jira:
		parts = append(parts, t.Jira.URL, fmt.Sprintf("%+v", t.Jira.Fields))
	case config.GitHub:
		parts = append(parts, t.GitHub.URL, fmt.Sprintf("%+v", t.GitHub.ProjectFields))
	}
	if groups := slices.Concat(t.Jira.Groups, t.GitHub.Groups); len(groups) > 0 {
		parts = append(parts, strings.Join(groups, ", "))
	}
	return strings.Join(parts, "\n")
}
