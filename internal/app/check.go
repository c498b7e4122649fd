package app

import (
	"context"

	"strata/internal/refine"
	"strata/internal/refine/checks"
	"strata/internal/refine/rules"
	"strata/internal/tracker"
)

// Problem is one thing that the trackers do not agree with.
type Problem struct{ tracker.Problem }

// IsFault says whether the problem keeps Strata from doing its work.
func (p Problem) IsFault() bool { return p.Severity == tracker.Fault }

// Check asks every tracker whether credentials, permissions, fields and link
// types are as the config says.
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
	}
	return problems
}

// Explain returns what there is to know about a rule or a check.
func Explain(id string) (string, error) { return refine.Explain(id, rules.All(), checks.All()) }
