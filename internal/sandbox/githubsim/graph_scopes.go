package githubsim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"strata/internal/sandbox/githubsim/graphql"
)

// boardScopes open boards to classic tokens: reading takes any of them, writing the last.
var boardScopes = []string{"read:project", "project"}

// scopesMissing refuses a query that asks for more than a classic token opens, before it runs: boards need a scope of
// their own, and so do teams and members of organisations.
func scopesMissing(c *call, schema *ast.Schema, op *graphql.Operation) []graphProblem {
	grant := c.who.grant
	if grant == nil || grant.fine() {
		return nil
	}
	w := scopeWalk{c: c, schema: schema, fragments: op.Document().Fragments(), seen: map[string]bool{}}
	w.walk(op.Definition.SelectionSet, op.Root())
	return w.problems
}

type scopeWalk struct {
	c         *call
	schema    *ast.Schema
	fragments ast.FragmentDefinitionList
	seen      map[string]bool // fragments
	problems  []graphProblem
}

func (w *scopeWalk) walk(set ast.SelectionSet, on *ast.Definition) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			w.field(s, on)
		case *ast.InlineFragment:
			inner := on
			if s.TypeCondition != "" {
				inner = w.schema.Types[s.TypeCondition]
			}
			w.walk(s.SelectionSet, inner)
		case *ast.FragmentSpread:
			if f := w.fragments.ForName(s.Name); f != nil && !w.seen[s.Name] {
				w.seen[s.Name] = true
				w.walk(f.SelectionSet, w.schema.Types[f.TypeCondition])
			}
		}
	}
}

func (w *scopeWalk) field(f *ast.Field, on *ast.Definition) {
	def := on.Fields.ForName(f.Name)
	if def == nil {
		return
	}
	scopes := scopesOf(on.Name, f.Name, def.Type.Name())
	if scopes != nil && !w.c.who.grant.scoped(slices.Concat(scopes, impliedBy(scopes))...) {
		w.problems = append(w.problems, graphProblem{
			Type:      "INSUFFICIENT_SCOPES",
			Locations: []graphql.Location{{Line: f.Position.Line, Column: f.Position.Column}},
			Message: fmt.Sprintf("Your token has not been granted the required scopes to execute this query. The '%s' field requires one of the following scopes: %s, but your token has only been granted the: %s scopes. Please modify your token's scopes at: https://github.com/settings/tokens.",
				f.Name, scopeList(scopes), scopeList(w.c.who.grant.scopes)),
		})
		return
	}
	if inner := w.schema.Types[def.Type.Name()]; inner != nil && inner.IsCompositeType() {
		w.walk(f.SelectionSet, inner)
	}
}

// scopesOf is what a field takes; nil: nothing beyond the token.
func scopesOf(on, field, answer string) []string {
	switch {
	case on == "Mutation" && strings.Contains(field, "ProjectV2"):
		return boardScopes[1:]
	case on == "Mutation":
		return nil
	case strings.HasPrefix(answer, "ProjectV2Connection"), answer == "ProjectV2", strings.HasPrefix(answer, "ProjectV2ItemConnection"):
		return boardScopes[:1]
	case on == "Organization" && (field == "teams" || field == "team" || field == "membersWithRole"):
		return []string{"read:org"}
	}
	return nil
}

// impliedBy are the scopes that hold others.
func impliedBy(scopes []string) []string {
	switch scopes[0] {
	case "read:project":
		return []string{"project"}
	case "read:org":
		return []string{"write:org", "admin:org", "repo"}
	}
	return nil
}

func scopeList(list []string) string {
	quoted := make([]string, 0, len(list))
	for _, s := range list {
		quoted = append(quoted, "'"+s+"'")
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
