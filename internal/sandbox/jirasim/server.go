package jirasim

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
)

// Flavour is the kind of Jira.
type Flavour string

// The two kinds of Jira that exist.
const (
	Cloud      Flavour = "cloud"
	DataCenter Flavour = "datacenter"
)

// Options choose how the world is served.
type Options struct {
	Flavour    Flavour // defaults to Cloud
	User       string  // Cloud's Basic user; defaults to the bot's e-mail address
	Token      string  // Cloud's API token, Data Center's PAT; empty: everybody is the bot
	PageCap    int     // most issues a page; defaults to 100 on Cloud, 1000 on Data Center
	CommentCap int     // comments embedded in an issue; defaults to 20 on Cloud, none on Data Center
	Seed       uint64  // of the faults' chance
	Title      string  // of the server; defaults to "Sandbox Jira"
}

// New serves a world as a Jira, with its control API and its pages.
func New(w *world.World, o Options) http.Handler {
	if o.Flavour == "" {
		o.Flavour = Cloud
	}
	if o.PageCap <= 0 {
		o.PageCap = map[Flavour]int{Cloud: 100, DataCenter: 1000}[o.Flavour]
	}
	if o.CommentCap <= 0 {
		o.CommentCap = map[Flavour]int{Cloud: 20, DataCenter: 1 << 30}[o.Flavour]
	}
	if o.Title == "" {
		o.Title = "Sandbox Jira"
	}
	s := &server{world: w, o: o, mux: http.NewServeMux(), faults: control.NewFaults(o.Seed, ownFaults), results: newResults()}
	w.Read(func(st *world.State) {
		s.bot = st.JiraBot
	})
	s.routes()
	api := control.Front{
		Meter:   w.Meter(world.Jira),
		Faults:  s.faults,
		Route:   s.route,
		Limited: s.limited,
	}.Wrap(s.headers(s.mux))
	root := http.NewServeMux()
	root.Handle("/_sandbox/", control.Handler(w, world.Jira, s.faults))
	root.Handle("/rest/", api)
	root.Handle("/_edge/", api)
	root.HandleFunc("GET /browse/{issue}", s.issuePage)
	root.HandleFunc("GET /{$}", s.listPage)
	return root
}

// ownFaults are the faults that only a Jira has.
var ownFaults = map[string]string{
	"F05":  "search does not show what was written in the last value (default 1m)",
	"F13":  "the page of a search that begins at value (default 100) fails with 500",
	"F17":  "the item, or every item of the project named as item, may not be seen: 404",
	"hide": "the same as F17",
}

type server struct {
	world   *world.World
	o       Options
	bot     *world.User
	mux     *http.ServeMux
	faults  *control.Faults
	results *results
	serial  atomic.Int64
}

func (s *server) cloud() bool { return s.o.Flavour == Cloud }

// handler answers one request; an error becomes Jira's error body.
type handler func(c *call) error

// call is one request with what every handler needs.
type call struct {
	http.ResponseWriter
	*http.Request
	s       *server
	version int         // of the platform API: 2 or 3
	user    *world.User // who asks; nil: nobody
	base    string      // http://host
	hides   []string    // keys of items and projects that a fault hides
	values  map[string]fieldValue
}

func (s *server) routes() {
	both := func(method, path string, h handler) {
		for _, v := range s.versions() {
			s.handle(method+" /rest/api/"+v+path, h)
		}
	}
	agile := func(path string, h handler) { s.handle("GET /rest/agile/1.0"+path, h) }
	s.lists(both)
	s.issues(both)
	s.searches(both)
	s.comments(both)
	s.links(both)
	s.agile(agile)
	s.handle("GET /_edge/tenant_info", func(c *call) error {
		return c.json(http.StatusOK, map[string]string{"cloudId": "5a11d0c5-0000-4000-8000-000000000001"})
	})
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		c := &call{ResponseWriter: w, Request: r, s: s}
		c.fail(&problem{status: http.StatusNotFound, messages: []string{"null for uri: " + r.URL.String()}})
	})
}

func (s *server) versions() []string {
	if s.cloud() {
		return []string{"2", "3"}
	}
	return []string{"2", "latest"}
}

func (s *server) handle(pattern string, h handler) {
	version := 2
	if strings.Contains(pattern, "/rest/api/3/") {
		version = 3
	}
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		c := &call{ResponseWriter: w, Request: r, s: s, version: version, base: origin(r), hides: s.faults.Items("F17", "hide")}
		c.user = s.login(w, r)
		r.Body = http.MaxBytesReader(w, r.Body, 8<<20)
		if err := h(c); err != nil {
			c.fail(err)
		}
	})
}

func origin(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// route names the template of a request and the item it is about.
func (s *server) route(r *http.Request) (route, item string) {
	_, pattern := s.mux.Handler(r)
	if pattern == "" || pattern == "/" {
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

// limited is Jira's 429; Cloud says why and until when, in ISO 8601.
func (s *server) limited(w http.ResponseWriter, r *http.Request, wait time.Duration) {
	h := w.Header()
	h.Set("X-RateLimit-Remaining", "0")
	if s.cloud() {
		h.Set("RateLimit-Reason", "jira-burst-based")
		h.Set("X-RateLimit-Limit", "100")
		h.Set("X-RateLimit-Reset", s.world.Now().Add(wait).UTC().Format(time.RFC3339))
	}
	c := &call{ResponseWriter: w, Request: r.WithContext(context.WithoutCancel(r.Context())), s: s}
	c.fail(&problem{status: http.StatusTooManyRequests, messages: []string{"Rate limit exceeded."}})
}
