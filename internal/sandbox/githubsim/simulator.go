package githubsim

import (
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// Options say who may come in and how much they may ask.
type Options struct {
	Token     string            // of the daemon's account. Empty: every token is taken.
	Login     string            // of that account. Defaults to the world's GitHub bot.
	People    map[string]string // further tokens and the logins they belong to
	Tokens    map[string]Token  // further tokens with what they open
	Apps      []App             // that may ask for tokens of their installations
	Limit     int               // requests, and points, an hour. Defaults to 5,000; negative: no limits and no headers, as Enterprise Server.
	Secondary *Secondary        // limits on bursts. Defaults to GitHub's, raised as far as Limit is; none where Limit is negative.
	Seed      uint64            // of the faults' chance
	Faults    *control.Faults   // Defaults to NewFaults(Seed).
}

// Simulator is a GitHub over a world. It is an http.Handler.
type Simulator struct {
	world   *world.World
	options Options
	faults  *control.Faults
	quota   *quota
	crowd   *crowd
	vault   *vault
	shelf   *shelf
	engine  *graphql.Schema
	known   *documents
	router  *router
	served  atomic.Int64 // answers, for their request ids
	api     http.Handler
	control http.Handler
	pages   http.Handler
}

// New opens a GitHub. Several may look at one world; each keeps its own quotas.
func New(w *world.World, o Options) *Simulator {
	if o.Limit == 0 {
		o.Limit = usualLimit
	}
	if o.Faults == nil {
		o.Faults = NewFaults(o.Seed)
	}
	s := &Simulator{
		world: w, options: o, faults: o.Faults, quota: newQuota(o.Limit), crowd: newCrowd(o.secondaryLimits()), vault: newVault(), shelf: newShelf(), known: newDocuments(),
		engine: mustBind(),
	}
	s.router = newRouter(s.table())
	front := &control.Front{World: w, Meter: w.Meter(world.GitHub), Faults: s.faults, Route: s.nameRoute, Limited: s.limited}
	s.api = front.Wrap(http.HandlerFunc(s.serveAPI))
	s.control = control.Handler(w, world.GitHub, s.faults, s.hooks())
	s.pages = s.pageHandler()
	return s
}

// Faults are the faults that can be switched on here.
func (s *Simulator) Faults() *control.Faults { return s.faults }

// ServeHTTP sends a request to the API, to the pages or to the control desk.
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if boardPaths.MatchString(r.URL.Path) {
		s.pages.ServeHTTP(w, r)
		return
	}
	switch first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/"); first {
	case "_sandbox":
		s.control.ServeHTTP(w, r)
	case "api", "graphql", "repos", "repositories", "user", "users", "orgs", "organizations", "rate_limit", "meta", "zen", "versions",
		"search", "issues", "app", "apps", "installation":
		s.api.ServeHTTP(w, r)
	case "":
		if wantsJSON(r) {
			s.api.ServeHTTP(w, r)
			return
		}
		s.pages.ServeHTTP(w, r)
	default:
		s.pages.ServeHTTP(w, r)
	}
}

// wantsJSON tells a client of the API from a person's browser: both may ask for the root.
func wantsJSON(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "application/vnd.github") || strings.Contains(accept, "application/json") && !strings.Contains(accept, "text/html")
}

// now is the simulated time, shifted when the fault of a wrong server clock is on.
func (s *Simulator) now() time.Time { return s.skewed(s.world.Now()) }

// now is the same, inside world.Read or world.Write.
func (c *call) now() time.Time { return c.sim.skewed(c.s.Now()) }

func (s *Simulator) skewed(now time.Time) time.Time {
	if skew, on := s.faults.On(faultSkew); on {
		return now.Add(skew.Seconds(10 * time.Minute))
	}
	return now
}
