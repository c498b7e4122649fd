package jirasim

import (
	"bytes"
	"cmp"
	"embed"
	"hash/fnv"
	"html/template"
	"net/http"
	"strings"
	"time"

	"strata/internal/sandbox/richtext"
	"strata/internal/sandbox/world"
)

//go:embed pages
var pageFiles embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{"initials": initials, "tint": tint}).ParseFS(pageFiles, "pages/*.html"))

// policy lets a page show itself, in its own style sheet, and send its forms home:
// no script, no foreign picture, no frame around it.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// personCookie remembers as whom somebody acts on the pages.
const personCookie = "sandbox_person"

// pages registers what a person looks at. Forms are taken from these pages alone:
// a browser tells where a form came from.
func (s *server) pages(root *http.ServeMux) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.homePage)
	mux.HandleFunc("GET /issues/{$}", s.searchPage)
	mux.HandleFunc("GET /issues", s.searchPage)
	mux.HandleFunc("GET /boards", s.boardsPage)
	mux.HandleFunc("GET /boards/{board}", s.boardPage)
	mux.HandleFunc("GET /browse/{issue}", s.issuePage)
	mux.HandleFunc("POST /browse/{issue}", s.act)
	mux.HandleFunc("POST /person", s.become)
	mux.HandleFunc("GET /assets/page.css", func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, pageFiles, "pages/page.css") })
	guarded := http.NewCrossOriginProtection().Handler(mux)
	for _, pattern := range []string{"GET /{$}", "/issues", "/issues/", "/boards", "/boards/", "/browse/", "/person", "/assets/"} {
		root.Handle(pattern, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			h.Set("Content-Security-Policy", policy)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Referrer-Policy", "same-origin")
			h.Set("X-Frame-Options", "DENY")
			h.Set("Cache-Control", "no-store")
			guarded.ServeHTTP(w, r)
		}))
	}
}

// frame is what every page shows around its own content.
type frame struct {
	Title, Server string
	Query         string
	Person        *face
	People        []face
	Here          string // the page's own address, to come back to
	Now           string
	Error         string
}

// face is a person on a page.
type face struct{ Login, Name string }

// pageCall is a request for a page, made as the chosen person.
func (s *server) pageCall(w http.ResponseWriter, r *http.Request) *call {
	return &call{ResponseWriter: w, Request: r, s: s, version: 2, base: origin(r), hides: s.faults.Items("F17", "hide")}
}

// look reads the world as the chosen person and shows what f made of it. A nil
// page is one that is not there.
func (s *server) look(w http.ResponseWriter, r *http.Request, name string, f func(c *call, st *world.State, fr *frame) (any, int)) {
	c := s.pageCall(w, r)
	status := http.StatusOK
	var body bytes.Buffer
	var err error
	s.world.Read(func(st *world.State) {
		c.st = st
		defer func() { c.st = nil }()
		fr := c.frame(st)
		var data any
		if data, status = f(c, st, fr); data == nil {
			name, data = "gone.html", map[string]any{"Frame": fr, "Key": r.PathValue("issue") + r.PathValue("board")}
		}
		err = templates.ExecuteTemplate(&body, name, data) // inside the lock: nothing of the state may leave it
	})
	if err != nil {
		http.Error(w, "show "+name+": "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = body.WriteTo(w) // the reader has gone: nobody to tell
}

// frame chooses the person and fills what all pages share.
func (c *call) frame(st *world.State) *frame {
	f := &frame{Server: c.s.o.Title, Here: c.URL.RequestURI(), Query: c.URL.Query().Get("jql")}
	wanted := ""
	if cookie, err := c.Cookie(personCookie); err == nil {
		wanted = cookie.Value
	}
	for _, u := range st.Users {
		if u.Kind != "User" || u.Inactive || u.Bot {
			continue
		}
		if c.user == nil || loginOf(u) == wanted {
			c.user = u
		}
		if len(f.People) < 200 {
			f.People = append(f.People, face{loginOf(u), u.Name})
		}
	}
	if c.user == nil {
		c.user = c.s.bot
	}
	if c.user != nil {
		f.Person = &face{loginOf(c.user), c.user.Name}
	}
	f.Now = c.moment(st.Now())
	return f
}

// become remembers the chosen person and goes back to where the form stood.
func (s *server) become(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, "read the form: "+err.Error(), http.StatusBadRequest)
		return
	}
	actAs(w, r, r.PostForm.Get("person"))
	back := r.PostForm.Get("back")
	if !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") || strings.Contains(back, `\`) {
		back = "/"
	}
	http.Redirect(w, r, back, http.StatusSeeOther) //nolint:gosec // a path of this server: other addresses were turned down above
}

// actAs remembers a person in the browser. It is no login: everybody may be
// everybody here.
func actAs(w http.ResponseWriter, r *http.Request, login string) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // the sandbox mostly speaks http, on this machine
		Name: personCookie, Value: login, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil})
}

// shown is a text of the world as a page shows it, its items as links.
func (c *call) shown(wiki string) template.HTML {
	return richtext.HTML(c.document(wiki), c.pageOf)
}

// pageOf is where a word such as WEB-1 or acme/api#7 leads.
func (c *call) pageOf(word string) string {
	it, err := c.st.Find(word)
	if err != nil {
		return ""
	}
	return c.address(it)
}

// address is the page of an item, on this tracker or the other.
func (c *call) address(it world.Item) string {
	switch i := it.(type) {
	case *world.JiraIssue:
		if c.sees(i) {
			return "/browse/" + i.Key
		}
	case *world.GitHubIssue:
		kind := "/issues/"
		if i.PullRequest {
			kind = "/pull/"
		}
		base := cmp.Or(c.s.o.GitHubURL, c.st.Calendar().GitHubURL, "https://github.com")
		_, number, _ := strings.Cut(i.Handle(), "#")
		return base + "/" + i.Repo.FullName() + kind + number
	}
	return ""
}

// moment is a time as the chosen person's clock shows it.
func (c *call) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(c.user.Location()).Format("2 Jan 2006, 15:04")
}

func initials(name string) string {
	out := ""
	for _, word := range strings.Fields(name) {
		for _, r := range word {
			out += strings.ToUpper(string(r))
			break
		}
		if len([]rune(out)) == 2 {
			break
		}
	}
	if out == "" {
		return "?"
	}
	return out
}

// tint is one of eight colours, always the same for the same name.
func tint(name string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return int(h.Sum32() % 8)
}
