package githubsim

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

//go:embed pages
var pageFiles embed.FS

// pageSet are the templates; each file defines one page within the frame.
var pageSet = template.Must(template.New("").Funcs(template.FuncMap{"when": when, "day": day}).ParseFS(pageFiles, "pages/*.html"))

// pagePolicy lets a page show itself in its own style sheet and send its forms home: nothing runs, nothing loads from
// elsewhere, nobody frames it.
const pagePolicy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// personCookie remembers as whom somebody acts on the pages. The simulated Jira reads the same one.
const personCookie = "sandbox_person"

// boardPaths are the paths of boards' pages, beside which the API has paths of its own.
var boardPaths = regexp.MustCompile(`^/(?:orgs|users)/[^/]+/projects/\d+(?:/views/\d+)?$`)

// pageHandler serves what a person looks at and presses. Forms are taken from these pages alone: a browser tells where
// a form came from.
func (s *Simulator) pageHandler() http.Handler {
	mux := http.NewServeMux()
	for pattern, show := range map[string]func(*look) (string, any){
		"GET /{$}":                                          (*look).home,
		"GET /{owner}":                                      (*look).owner,
		"GET /{owner}/{repo}":                               (*look).list,
		"GET /{owner}/{repo}/issues":                        (*look).list,
		"GET /{owner}/{repo}/pulls":                         (*look).list,
		"GET /{owner}/{repo}/labels/{label}":                (*look).labelled,
		"GET /{owner}/{repo}/milestone/{number}":            (*look).under,
		"GET /{owner}/{repo}/issues/new":                    (*look).blank,
		"GET /{owner}/{repo}/issues/{number}":               (*look).item,
		"GET /{owner}/{repo}/pull/{number}":                 (*look).item,
		"GET /orgs/{owner}/projects/{number}":               (*look).board,
		"GET /users/{owner}/projects/{number}":              (*look).board,
		"GET /orgs/{owner}/projects/{number}/views/{view}":  (*look).board,
		"GET /users/{owner}/projects/{number}/views/{view}": (*look).board,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { s.show(w, r, show) })
	}
	mux.HandleFunc("POST /person", s.become)
	mux.HandleFunc("POST /{owner}/{repo}/issues", s.press)
	mux.HandleFunc("POST /{owner}/{repo}/issues/{number}", s.press)
	mux.HandleFunc("POST /{owner}/{repo}/pull/{number}", s.press)
	mux.HandleFunc("POST /orgs/{owner}/projects/{number}", s.press)
	mux.HandleFunc("POST /users/{owner}/projects/{number}", s.press)
	mux.HandleFunc("GET /assets/page.css", func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, pageFiles, "pages/page.css") })
	mux.HandleFunc("GET /avatars/{login}", avatar)
	guarded := http.NewCrossOriginProtection().Handler(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		guarded.ServeHTTP(w, r)
	})
}

// look is one page being made: the world as a person sees it.
type look struct {
	*http.Request
	sim   *Simulator
	s     *world.State
	g     *graph
	Frame frame
	to    string // where to go instead
}

// frame is what every page shows around its own content.
type frame struct {
	Title, Here string
	Person      string
	People      []string
	JiraURL     string
	Error       string
}

// show makes a page inside world.Read and writes it outside. A page without a name is one that is not there.
func (s *Simulator) show(w http.ResponseWriter, r *http.Request, page func(*look) (string, any)) {
	l := &look{Request: r, sim: s}
	var out bytes.Buffer
	var err error
	status := http.StatusOK
	s.world.Read(func(state *world.State) {
		l.enter(state)
		name, data := page(l)
		if name == "" {
			name, data, status = "gone.html", nil, http.StatusNotFound
		}
		err = pageSet.ExecuteTemplate(&out, name, map[string]any{"Frame": &l.Frame, "Page": data})
	})
	switch {
	case l.to != "":
		http.Redirect(w, r, l.to, http.StatusSeeOther)
		return
	case err != nil:
		http.Error(w, "show the page: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = out.WriteTo(w) // the reader has gone: nobody to tell
}

// mostPeople bounds the list of those whom somebody may be.
const mostPeople = 300

// enter finds out who looks: the person that the cookie names, else the first.
func (l *look) enter(state *world.State) {
	l.s = state
	wanted := ""
	if cookie, err := l.Cookie(personCookie); err == nil {
		wanted = cookie.Value
	}
	var me *world.User
	for _, u := range persons(state) {
		if me == nil || strings.EqualFold(u.Login, wanted) {
			me = u
		}
		if len(l.Frame.People) < mostPeople {
			l.Frame.People = append(l.Frame.People, u.Login)
		}
	}
	if me == nil {
		me = &world.User{Login: "nobody", Role: world.Reader}
	}
	slices.Sort(l.Frame.People)
	l.g = l.sim.graphFor(l.Request, state, me)
	l.Frame.Person, l.Frame.Here, l.Frame.JiraURL = me.Login, l.URL.RequestURI(), state.Calendar().JiraURL
}

// persons are those with a login who are no machine.
func persons(state *world.State) []*world.User {
	return slices.DeleteFunc(slices.Clone(state.Users), func(u *world.User) bool {
		return u.Login == "" || kindOf(u) != "User" || u.Bot || u.Inactive
	})
}

// graphFor is the world as one person may see and change it, with nothing between.
func (s *Simulator) graphFor(r *http.Request, state *world.State, u *world.User) *graph {
	at := address{}
	c := &call{sim: s, s: state, sort: s.shelf, faults: s.faults, at: at, me: u, who: caller{user: u, grant: Token{}.grant(u)}, header: r.Header}
	return &graph{s: state, call: c, at: at, me: u}
}

// become sets the person as whom the pages act.
func (s *Simulator) become(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // the sandbox mostly speaks http, on this machine
		Name: personCookie, Value: r.PostFormValue("person"), Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil})
	http.Redirect(w, r, local(r.PostFormValue("back")), http.StatusSeeOther) //nolint:gosec // local keeps it on these pages
}

// local keeps a redirect on these pages.
func local(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n") {
		return "/"
	}
	return path
}

func when(t time.Time) string {
	if t.IsZero() {
		return "some day"
	}
	return t.UTC().Format("2 Jan 2006, 15:04")
}

func day(t time.Time) string { return t.UTC().Format("2 Jan") }
