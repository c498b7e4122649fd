package githubsim

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strconv"

	"strata/internal/sandbox/world"
)

//go:embed pages
var pageFiles embed.FS

// pageSet are the templates; each file defines one page within the frame.
var pageSet = template.Must(template.ParseFS(pageFiles, "pages/*.html"))

// pageHandler serves what a person looks at. Nothing on these pages runs or loads from elsewhere.
func (s *Simulator) pageHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.showHome)
	mux.HandleFunc("GET /assets/page.css", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, pageFiles, "pages/page.css")
	})
	mux.HandleFunc("GET /{owner}/{repo}", s.showList)
	mux.HandleFunc("GET /{owner}/{repo}/issues", s.showList)
	mux.HandleFunc("GET /{owner}/{repo}/issues/{number}", s.showIssue)
	mux.HandleFunc("GET /{owner}/{repo}/pull/{number}", s.showIssue)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		mux.ServeHTTP(w, r)
	})
}

type homePage struct {
	Title  string
	Groups []homeGroup
	Repos  []homeRow
}

// homeGroup lists items with comments of the daemon's.
type homeGroup struct {
	Title string
	Items []link
}

type homeRow struct {
	Name         string
	Open, Closed int
}

func (s *Simulator) showHome(w http.ResponseWriter, _ *http.Request) {
	const longest = 200
	page := homePage{Title: "Repositories", Groups: []homeGroup{
		world.Homes: {Title: "Agendas"}, world.Briefs: {Title: "Epics with a brief"}, world.Flags: {Title: "Flagged"},
		world.Folded: {Title: "With comments that are settled"},
	}}
	s.world.Read(func(state *world.State) {
		for _, r := range state.Repos {
			row := homeRow{Name: r.FullName()}
			for _, i := range r.Issues {
				if shelf := state.ShelfOf(i); !i.Hidden && !r.Hidden && shelf != world.Others && len(page.Groups[shelf].Items) < longest {
					page.Groups[shelf].Items = append(page.Groups[shelf].Items, link{Text: i.Handle() + " " + i.Title, URL: address{}.page(i)})
				}
				if i.Closed {
					row.Closed++
				} else {
					row.Open++
				}
			}
			page.Repos = append(page.Repos, row)
		}
	})
	show(w, "home.html", page)
}

type listPage struct {
	Title      string
	Repo       string
	Issues     []listRow
	Prev, Next int
}

type listRow struct {
	Number, Comments int
	Title, State     string
	Pull             bool
	Labels           []string
}

// listSize is how many rows a list page shows.
const listSize = 100

func (s *Simulator) showList(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("owner") + "/" + r.PathValue("repo")
	number, _ := strconv.Atoi(r.URL.Query().Get("page")) // a wrong page is the first
	number = max(1, number)
	page := listPage{Title: name, Repo: name, Prev: number - 1}
	found := false
	s.world.Read(func(state *world.State) {
		repo := state.Repo(name)
		if repo == nil {
			return
		}
		found = true
		sorted := s.shelf.issues(state, repo, "CREATED_AT")
		for at := len(sorted) - 1 - (number-1)*listSize; at >= 0; at-- {
			if len(page.Issues) == listSize {
				page.Next = number + 1
				break
			}
			page.Issues = append(page.Issues, rowOf(sorted[at]))
		}
	})
	if !found {
		http.NotFound(w, r)
		return
	}
	show(w, "list.html", page)
}

func rowOf(i *world.GitHubIssue) listRow {
	row := listRow{Number: i.Number, Title: i.Title, State: stateWord(i.Closed), Comments: len(i.Comments), Pull: i.PullRequest}
	for _, l := range i.Labels {
		row.Labels = append(row.Labels, l.Name)
	}
	return row
}

// show renders into memory first, so that a broken page is an error and not half a page.
func show(w http.ResponseWriter, name string, page any) {
	var out bytes.Buffer
	if err := pageSet.ExecuteTemplate(&out, name, page); err != nil {
		http.Error(w, "render "+name+": "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = out.WriteTo(w) // the reader has gone: nobody to tell
}

// rendered is Markdown as a person sees it.
func rendered(text string) template.HTML {
	var out bytes.Buffer
	if err := markdown.Convert([]byte(text), &out); err != nil {
		return template.HTML(template.HTMLEscapeString(text)) //nolint:gosec // escaped right here
	}
	return template.HTML(out.String()) //nolint:gosec // the renderer drops what could do harm
}
