package githubsim

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"strata/internal/sandbox/world"
)

// graphRequest is the body of POST /graphql.
type graphRequest struct {
	Query         string         `json:"query"`
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"`
}

const graphDocs = "https://docs.github.com/graphql"

// serveGraphQL answers with 200 whatever happens inside the query: errors stand beside the data.
func (s *Simulator) serveGraphQL(c *call) reply {
	var in graphRequest
	if len(c.body) == 0 || json.Unmarshal(c.body, &in) != nil {
		return graphRefusal(http.StatusBadRequest, "Problems parsing JSON")
	}
	if in.Query == "" {
		return graphRefusal(http.StatusBadRequest, "A query attribute must be specified and must be a string.")
	}
	doc, wrong := s.known.parse(in.Query)
	if wrong != nil {
		return graphReply(graphAnswer{Errors: []graphProblem{*wrong}}, measure{})
	}
	op := operationOf(doc, in.OperationName)
	if op == nil {
		return graphReply(graphAnswer{Errors: []graphProblem{{Message: "An operation name is required"}}}, measure{})
	}
	size := measureQuery(s.types, doc, op, in.Variables)
	if size.Nodes > maxNodes {
		return graphReply(graphAnswer{Errors: []graphProblem{{Type: "MAX_NODE_LIMIT_EXCEEDED", Message: fmt.Sprintf(
			"This query requests up to %s possible nodes which exceeds the maximum limit of %s.", thousands(size.Nodes), thousands(maxNodes))}}}, size)
	}
	if bad := s.graphFault(c, size); bad != nil {
		return *bad
	}
	return graphReply(s.execute(c, in, doc, op, size), size)
}

func graphRefusal(status int, message string) reply {
	r := refuse(status, message)
	r.Docs = graphDocs
	return refused(r)
}

func graphReply(body graphAnswer, size measure) reply {
	return reply{status: http.StatusOK, body: body, points: size.Points()}
}

// execute runs the operation inside the world: a query beside other readers, a mutation alone.
func (s *Simulator) execute(c *call, in graphRequest, doc *ast.QueryDocument, op *ast.OperationDefinition, size measure) graphAnswer {
	left := balance{Limit: max(s.options.Limit, 0)}
	if s.options.Limit > 0 {
		left = s.quota.spend(c.me.Login, "graphql", 0, s.now())
	}
	g := &graph{at: c.at, me: c.me, sort: s.shelf, stored: c.stored, rate: rateLimit{
		Cost: int32(size.Points()), Limit: int32(left.Limit), NodeCount: int32(size.Nodes),
		Remaining: int32(max(0, left.Remaining-size.Points())), Used: int32(left.Used + size.Points()), ResetAt: resetAt(left, s),
	}}
	var out graphAnswer
	variables := maps.Clone(in.Variables)
	if variables == nil {
		variables = map[string]any{}
	}
	maps.Copy(variables, size.Unset)
	run := func(state *world.State) {
		g.s = state
		result := s.engine.Exec(context.WithValue(context.Background(), graphKey{}, g), in.Query, in.OperationName, variables)
		out = shape(result, doc, op, g.problems)
	}
	if op.Operation == ast.Mutation {
		_ = s.world.Write(func(state *world.State) error { // problems are in the answer
			run(state)
			return nil
		})
		return out
	}
	s.world.Read(run)
	return out
}

// graphFault plays the faults that only GraphQL knows; nil when the query may run.
func (s *Simulator) graphFault(c *call, size measure) *reply {
	name := c.route.name()
	if f, on := s.faults.On(faultHeavy); on && size.Outer > number(f.Value, 25) {
		if _, hit := s.faults.Take(name, "", faultHeavy); hit {
			return &reply{status: http.StatusBadGateway, html: true, points: 1}
		}
	}
	if f, on := s.faults.On(faultPage); on && size.Page == number(f.Value, 2) {
		if _, hit := s.faults.Take(name, "", faultPage); hit {
			return &reply{status: http.StatusBadGateway, html: true, points: 1}
		}
	}
	if _, hit := s.faults.Take(name, "", faultResources); hit {
		out := graphReply(graphAnswer{Data: json.RawMessage("null"), Errors: []graphProblem{{
			Type: "RESOURCE_LIMITS_EXCEEDED", Message: "Resource limits for this query exceeded."}}}, size)
		return &out
	}
	return nil
}

// operationOf picks the operation that is meant; nil when that is not clear.
func operationOf(doc *ast.QueryDocument, name string) *ast.OperationDefinition {
	if name == "" {
		if len(doc.Operations) == 1 {
			return doc.Operations[0]
		}
		return nil
	}
	if at := slices.IndexFunc(doc.Operations, func(o *ast.OperationDefinition) bool { return o.Name == name }); at >= 0 {
		return doc.Operations[at]
	}
	return nil
}

// thousands writes 1000100 as 1,000,100.
func thousands(n int) string {
	text := fmt.Sprint(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
