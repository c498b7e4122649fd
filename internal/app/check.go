package app

import (
	"context"
	"fmt"
	"slices"

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
	return problems
}

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
