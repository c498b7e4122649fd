package githubsim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// graphRequest is the body of POST /graphql.
type graphRequest struct {
	Query         *string        `json:"query"`
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"`
}

type (
	graphAnswer  = graphql.Answer
	graphProblem = graphql.Problem
)

const graphDocs = "https://docs.github.com/graphql"

// serveGraphQL answers with 200 whatever happens inside the query: errors stand beside the data.
func (s *Simulator) serveGraphQL(c *call) reply {
	in, no := readGraph(c.body)
	if no != nil {
		return *no
	}
	doc, problems := s.known.prepare(s.engine, *in.Query)
	if problems != nil {
		return graphReply(graphAnswer{Errors: problems}, measure{})
	}
	op, wrong := doc.Operation(in.OperationName)
	if wrong != nil {
		return graphReply(graphAnswer{Errors: []graphProblem{*wrong}}, measure{})
	}
	variables, problems := op.Variables(in.Variables)
	if problems != nil {
		return graphReply(graphAnswer{Errors: problems}, measure{})
	}
	if missing := scopesMissing(c, s.engine.Types(), op); missing != nil {
		return graphReply(graphAnswer{Errors: missing}, measure{})
	}
	size := measureQuery(s.engine.Types(), op, variables)
	if size.Nodes > maxNodes {
		return graphReply(graphAnswer{Errors: []graphProblem{{Type: "MAX_NODE_LIMIT_EXCEEDED", Message: fmt.Sprintf(
			"This query requests up to %s possible nodes which exceeds the maximum limit of %s.", thousands(size.Nodes), thousands(maxNodes))}}}, measure{})
	}
	if bad := s.graphFault(c, size); bad != nil {
		return *bad
	}
	return graphReply(s.execute(c, op, variables, size), size)
}

// readGraph takes the request apart. Variables may also come as text, which old clients send.
func readGraph(body []byte) (graphRequest, *reply) {
	var in graphRequest
	from := json.NewDecoder(bytes.NewReader(body))
	from.UseNumber()
	if err := from.Decode(&in); err != nil {
		var loose struct {
			Query         *string `json:"query"`
			OperationName string  `json:"operationName"`
			Variables     string  `json:"variables"`
		}
		again := json.NewDecoder(bytes.NewReader([]byte{}))
		if json.Unmarshal(body, &loose) == nil {
			in = graphRequest{Query: loose.Query, OperationName: loose.OperationName}
			again = json.NewDecoder(bytes.NewReader([]byte(loose.Variables)))
		}
		again.UseNumber()
		if loose.Query == nil || loose.Variables != "" && again.Decode(&in.Variables) != nil {
			no := graphRefusal(http.StatusBadRequest, "Problems parsing JSON")
			return in, &no
		}
	}
	if in.Query == nil || *in.Query == "" {
		no := graphRefusal(http.StatusBadRequest, "A query attribute must be specified and must be a string.")
		return in, &no
	}
	return in, nil
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
func (s *Simulator) execute(c *call, op *graphql.Operation, variables graphql.Variables, size measure) graphAnswer {
	g := &graph{call: c, at: c.at, me: c.me, rate: s.rateOf(c, size)}
	var out graphAnswer
	if op.Writes() {
		s.changing(c, func() error {
			g.s = c.s
			out = op.Execute(mutation{g}, variables)
			return nil
		})
		return out
	}
	s.world.Read(func(state *world.State) {
		g.s, c.s = state, state
		out = op.Execute(root{g}, variables)
	})
	return out
}

// rateOf is what a query may say about its price; nil where there are no limits, as on Enterprise Server.
func (s *Simulator) rateOf(c *call, size measure) *rateLimit {
	if s.options.Limit < 0 {
		return nil
	}
	left := s.quota.spend(c.who.payer(), "graphql", 0, s.now())
	reset := s.now().Add(time.Hour)
	if left.Reset != 0 {
		reset = time.Unix(left.Reset, 0)
	}
	return &rateLimit{
		Cost: size.Points(), Limit: left.Limit, NodeCount: size.Nodes,
		Remaining: max(0, left.Remaining-size.Points()), Used: left.Used + size.Points(), ResetAt: stamp(reset),
	}
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

// thousands writes 1000100 as 1,000,100.
func thousands(n int) string {
	text := fmt.Sprint(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
