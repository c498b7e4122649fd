package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"strata/internal/config"
	"strata/internal/facts"
	"strata/internal/refine"
	"strata/internal/refine/checks"
	"strata/internal/refine/rules"
	"strata/internal/tracker"
	"strata/internal/work"
)

// Problem is one thing that the trackers do not agree with.
type Problem struct{ tracker.Problem }

// IsFault says whether the problem keeps Strata from doing its work.
func (p Problem) IsFault() bool { return p.Severity == tracker.Fault }

// Check asks every tracker whether credentials, permissions, fields and link
// types are as the config says, and names what an earlier run read that no list
// decides.
func (a *App) Check(ctx context.Context) []Problem {
	problems := []Problem{}
	s := a.setup.Load()
	for i := range s.config.Trackers {
		name := s.config.Trackers[i].Name
		var scopes []tracker.Scope
		for _, p := range s.products {
			scopes = append(scopes, p.scopes[name]...)
		}
		for _, p := range s.trackers[name].Check(ctx, scopes) {
			problems = append(problems, Problem{p})
		}
		problems = append(problems, a.undecided(ctx, s, &s.config.Trackers[i])...)
	}
	for i := range s.config.Products {
		problems = append(problems, a.unowned(ctx, s.config, &s.config.Products[i])...)
	}
	return problems
}

// unowned names why open items that an earlier run has read belong to no team, or
// to several, the most frequent reasons first. What cannot be loaded, undecided tells.
func (a *App) unowned(ctx context.Context, c *config.Config, p *config.Product) []Problem {
	state, err := a.store.Load(ctx, p.Name)
	if err != nil {
		return nil
	}
	view, err := facts.NewProduct(p.Name, c.Facts(*p), mappings(c))
	if err != nil {
		return nil
	}
	view.Put(state.Records...)
	var problems []Problem
	mapping := view.Mapping()
	for _, gap := range mapping.Gaps[:min(len(mapping.Gaps), mostGaps)] {
		remedy := "mend the mark in the tracker, or add a rule to products[].teams[].match"
		if gap.Reason == work.Contested {
			remedy = "leave one team's mark on each item, or split it"
		}
		problems = append(problems, Problem{tracker.Problem{
			Severity: tracker.Notice, Tracker: gap.Tracker,
			Text:   fmt.Sprintf("%d of %d open items of %s have not exactly one team: %s (%s)", gap.Items, mapping.Items, p.Name, gap.Why, strings.Join(gap.Keys, ", ")),
			Remedy: remedy,
		}})
	}
	return problems
}

// mostGaps is how many reasons are named.
const mostGaps = 10

// undecided names the resolutions of items that an earlier run has read and that
// no list decides: they count as delivered.
func (a *App) undecided(ctx context.Context, s *setup, t *config.Tracker) []Problem {
	var problems []Problem
	for _, p := range s.products {
		state, err := a.store.Load(ctx, p.name)
		if err != nil {
			return append(problems, Problem{tracker.Problem{
				Severity: tracker.Fault, Tracker: t.Name, Text: err.Error(), Remedy: "see whether store.url names a database of Strata",
			}})
		}
		records := slices.DeleteFunc(state.Records, func(r work.Record) bool { return r.Ref.Tracker != t.Name })
		for _, name := range facts.UndecidedResolutions(t.Mapping, records) {
			problems = append(problems, Problem{tracker.Problem{
				Severity: tracker.Notice, Tracker: t.Name,
				Text:   fmt.Sprintf("resolution %q is in no list and counts as delivered", name),
				Remedy: "if nothing was delivered, add it to resolutions.dropped",
			}})
		}
	}
	return problems
}

// Explain returns what there is to know about a rule or a check.
func Explain(id string) (string, error) { return refine.Explain(id, rules.All(), checks.All()) }
