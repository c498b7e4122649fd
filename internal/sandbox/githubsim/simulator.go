package githubsim

import (
	_ "embed"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	graphql "github.com/graph-gophers/graphql-go"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
)

// Options say who may come in and how much they may ask.
type Options struct {
	Token  string            // of the daemon's account. Empty: every token is taken.
	Login  string            // of that account. Defaults to the world's GitHub bot.
	People map[string]string // further tokens and the logins they belong to
	Limit  int               // requests, and points, an hour. Defaults to 5,000; negative: no limits and no headers, as Enterprise Server.
	Seed   uint64            // of the faults' chance
	Faults *control.Faults   // Defaults to NewFaults(Seed).
}

// Schema is the GraphQL schema that the simulator executes.
//
//go:embed schema.graphql
var Schema string

// Simulator is a GitHub over a world. It is an http.Handler.
type Simulator struct {
	world   *world.World
	options Options
	faults  *control.Faults
	quota   *quota
	shelf   *shelf
	engine  *graphql.Schema
	types   *ast.Schema
	known   *documents
	routes  []route
	served  atomic.Int64 // answers, for their request ids
	api     http.Handler
	control http.Handler
	pages   http.Handler
}

// New opens a GitHub. Several may look at one world; each keeps its own quotas.
func New(w *world.World, o Options) *Simulator {
	if o.Limit == 0 {
		o.Limit = 5000
	}
	if o.Faults == nil {
		o.Faults = NewFaults(o.Seed)
	}
	s := &Simulator{
		world: w, options: o, faults: o.Faults, quota: newQuota(o.Limit), shelf: newShelf(), known: newDocuments(),
		engine: graphql.MustParseSchema(Schema, &struct {
			root
			mutation
		}{}, graphql.UseFieldResolvers(), graphql.DisableFieldSelections()),
		types: gqlparser.MustLoadSchema(&ast.Source{Name: "schema.graphql", Input: Schema}),
	}
	s.routes = s.table()
	front := control.Front{Meter: w.Meter(world.GitHub), Faults: s.faults, Route: s.nameRoute, Limited: s.limited}
	s.api = front.Wrap(http.HandlerFunc(s.serveAPI))
	s.control = control.Handler(w, world.GitHub, s.faults)
	s.pages = s.pageHandler()
	return s
}

// Faults are the faults that can be switched on here.
func (s *Simulator) Faults() *control.Faults { return s.faults }

// ServeHTTP sends a request to the API, to the pages or to the control desk.
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/"); first {
	case "_sandbox":
		s.control.ServeHTTP(w, r)
	case "api", "graphql", "repos", "repositories", "user", "users", "orgs", "rate_limit", "meta", "zen", "search", "app":
		s.api.ServeHTTP(w, r)
	default:
		s.pages.ServeHTTP(w, r)
	}
}

// now is the simulated time, shifted when the fault of a wrong server clock is on.
func (s *Simulator) now() time.Time {
	now := s.world.Now()
	if skew, on := s.faults.On(faultSkew); on {
		return now.Add(skew.Seconds(10 * time.Minute))
	}
	return now
}
