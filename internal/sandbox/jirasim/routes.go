package jirasim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
)

// handler answers one request; an error becomes Jira's error body.
type handler func(c *call) error

// table gathers routes. A route names method and path below its API:
// "GET /issue/{issue}".
type table struct {
	s     *server
	roots []string
}

// on serves a route in both flavours.
func (t table) on(route string, h handler) {
	method, path, _ := strings.Cut(route, " ")
	for _, root := range t.roots {
		t.s.handle(method+" "+root+path, h)
	}
}

// cloud serves a route that only Cloud has.
func (t table) cloud(route string, h handler) {
	if t.s.cloud() {
		t.on(route, h)
	}
}

// dc serves a route that only Data Center has.
func (t table) dc(route string, h handler) {
	if !t.s.cloud() {
		t.on(route, h)
	}
}

func (s *server) routes() {
	platform := table{s, []string{"/rest/api/2", "/rest/api/latest"}}
	if s.cloud() {
		platform.roots = append(platform.roots, "/rest/api/3")
	}
	for _, add := range []func(table){
		accountRoutes, userRoutes, catalogueRoutes, projectRoutes, searchRoutes, jqlRoutes,
		issueRoutes, metaRoutes, commentRoutes, linkRoutes, besideRoutes, filterRoutes,
	} {
		add(platform)
	}
	agile := table{s, []string{"/rest/agile/1.0", "/rest/agile/latest"}}
	boardRoutes(agile)
	sprintRoutes(agile)
	epicRoutes(agile)
	softwareRoutes(table{s, []string{"/rest/software/1.0"}})
	s.handle("GET /rest/auth/1/session", session)
	s.handle("GET /_edge/tenant_info", func(c *call) error {
		return c.json(http.StatusOK, map[string]string{"cloudId": "5a11d0c5-0000-4000-8000-000000000001"})
	})
	s.handle("GET /secure/attachment/{file}", fileContent)
	s.handle("GET /secure/attachment/{file}/{name}", fileContent)
	s.router.otherwise(s.noRoute)
}

// handle puts a call before a handler.
func (s *server) handle(pattern string, h handler) {
	version := 2
	if strings.Contains(pattern, "/rest/api/3/") {
		version = 3
	}
	s.router.handle(pattern, func(w http.ResponseWriter, r *http.Request) {
		c := &call{ResponseWriter: w, Request: r, s: s, version: version, base: origin(r), hides: s.faults.Items("F17", "hide"), locale: s.locale()}
		err := s.login(c)
		if err == nil {
			err = c.gate()
		}
		if err == nil {
			r.Body = http.MaxBytesReader(w, r.Body, 16<<20)
			err = h(c)
		}
		if err != nil {
			c.fail(err)
		}
	})
}

// noRoute answers what is not there: a known path with another method is 405.
func (s *server) noRoute(w http.ResponseWriter, r *http.Request) {
	c := &call{ResponseWriter: w, Request: r, s: s}
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = method
		if s.router.pattern(other) != "" {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) > 0 && !slices.Contains(allowed, r.Method) {
		w.Header().Set("Allow", strings.Join(allowed, ","))
		c.fail(refuse(http.StatusMethodNotAllowed, "HTTP 405 Method Not Allowed"))
		return
	}
	c.fail(refuse(http.StatusNotFound, "null for uri: "+r.URL.String()))
}

func origin(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// route names the template of a request and the item it is about.
func (s *server) route(r *http.Request) (route, item string) {
	pattern := s.router.pattern(r)
	if pattern == "" {
		return r.Method + " (no route)", ""
	}
	item = control.Param(pattern, r.URL.Path, "issue")
	if item != "" {
		s.world.Read(func(st *world.State) {
			if i := st.JiraIssue(item); i != nil {
				item = i.Key
			}
		})
	}
	return pattern, item
}

// headers are on every answer.
func (s *server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		now := s.world.Now().UTC()
		h.Set("Date", now.Format(http.TimeFormat))
		n := s.serial.Add(1)
		h.Set("X-AREQUESTID", fmt.Sprintf("%dx%dx1", now.Hour()*60+now.Minute(), n))
		h.Set("Cache-Control", "no-cache, no-store, no-transform")
		h.Set("X-Content-Type-Options", "nosniff")
		if !s.cloud() { // Data Center tells its token bucket on every answer
			h.Set("X-RateLimit-Limit", "1000")
			h.Set("X-RateLimit-Remaining", "999")
			h.Set("X-RateLimit-FillRate", "100")
			h.Set("X-RateLimit-Interval-Seconds", "1")
			h.Set("retry-after", "0")
		}
		next.ServeHTTP(w, r)
	})
}
