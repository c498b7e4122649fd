package jirasim

import (
	"net/http"
	"sync/atomic"

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
	Flavour    Flavour           // defaults to Cloud
	User       string            // Cloud's Basic user; defaults to the bot's e-mail address
	Token      string            // Cloud's API token, Data Center's PAT; empty: everybody is the bot
	People     map[string]string // further tokens and the login or account id of whom they belong to
	PageCap    int               // most issues a page; defaults to 100 on Cloud, 1000 on Data Center
	CommentCap int               // comments of an issue in a search; defaults to 20 on Cloud, none on Data Center
	Seed       uint64            // of the faults' chance
	Title      string            // of the server; defaults to "Sandbox Jira"
	GitHubURL  string            // where the other tracker's pages stand; defaults to where the world says
}

func (o *Options) complete() {
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
}

// New serves a world as a Jira, with its control API and its pages.
func New(w *world.World, o Options) http.Handler {
	o.complete()
	s := &server{world: w, o: o, router: newRouter(), faults: control.NewFaults(world.Jira, o.Seed), results: newResults()}
	w.Read(func(st *world.State) {
		s.bot = st.JiraBot
	})
	s.routes()
	front := &control.Front{
		World:   w,
		Meter:   w.Meter(world.Jira),
		Faults:  s.faults,
		Route:   s.route,
		Limited: s.limited,
	}
	api := front.Wrap(s.headers(s.router))
	root := http.NewServeMux()
	root.Handle("/_sandbox/", control.Handler(w, world.Jira, s.faults, s.hooks()))
	root.Handle("/rest/", straight(api))
	root.Handle("/_edge/", api)
	root.Handle("/secure/attachment/", straight(api))
	root.HandleFunc("/secure/", picture)
	root.HandleFunc("/images/", picture)
	s.pages(root)
	return root
}

type server struct {
	world   *world.World
	o       Options
	bot     *world.User
	router  *router
	faults  *control.Faults
	results *results
	answers world.Answers[*world.JiraIssue] // of queries
	texts   documents
	serial  atomic.Int64
}

func (s *server) cloud() bool { return s.o.Flavour == Cloud }

// picture is the one picture that this Jira has, for people, projects and icons.
func picture(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Content-Security-Policy", policy)
	_, _ = w.Write([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><circle cx="24" cy="24" r="24" fill="#8993a4"/></svg>`))
}
