package jirasim

import (
	"embed"
	"html/template"
	"net/http"
	"strings"

	"strata/internal/sandbox/world"
)

//go:embed pages/*.html
var pages embed.FS

var templates = template.Must(template.ParseFS(pages, "pages/*.html"))

// policy lets a page show itself and nothing else: no script, no foreign image.
const policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

type row struct {
	Key, Summary, Status, Sprint, Assignee string
	Comments                               int
}

type remark struct {
	ID              int64
	Author, Created string
	Bot, Edited     bool
	Marker          string
	Body            template.HTML
}

type linked struct{ Phrase, Key, Summary string }

type issueView struct {
	row
	Title, Type, Resolution, Parent string
	Labels, Components              []string
	Description                     template.HTML
	Links                           []linked
	Remarks                         []remark
}

func show(w http.ResponseWriter, name string, status int, data any) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
	_ = templates.ExecuteTemplate(w, name, data) // the reader has gone
}

func rowOf(i *world.JiraIssue) row {
	out := row{Key: i.Key, Summary: i.Summary, Comments: len(i.Comments)}
	if i.Status != nil {
		out.Status = i.Status.Name
	}
	if s := i.Sprint(); s != nil {
		out.Sprint = s.Name
	}
	if i.Assignee != nil {
		out.Assignee = i.Assignee.Name
	}
	return out
}

// group is one part of the start page.
type group struct {
	Title string
	Rows  []row
}

// listPage shows the issues, those with the daemon's comments first; ?q=
// searches keys and summaries.
func (s *server) listPage(w http.ResponseWriter, r *http.Request) {
	const longest = 500
	q := strings.ToLower(r.URL.Query().Get("q"))
	groups := []group{
		world.Homes: {Title: "Agendas, briefs and reviews"}, world.Briefs: {Title: "Epics with a brief"}, world.Flags: {Title: "Flagged"},
		world.Folded: {Title: "With comments that are settled"}, world.Others: {Title: "Others"},
	}
	total := 0
	s.world.Read(func(st *world.State) {
		for _, i := range st.Jira {
			if i.Hidden || i.Project.Hidden || !strings.Contains(strings.ToLower(i.Key+" "+i.Summary), q) {
				continue
			}
			total++
			if g := &groups[st.ShelfOf(i)]; len(g.Rows) < longest {
				g.Rows = append(g.Rows, rowOf(i))
			}
		}
	})
	show(w, "list.html", http.StatusOK, map[string]any{"Title": s.o.Title, "Query": q, "Total": total, "Groups": groups})
}

// issuePage shows one issue with its comments as Jira would render them.
func (s *server) issuePage(w http.ResponseWriter, r *http.Request) {
	var v *issueView
	s.world.Read(func(st *world.State) {
		if i := st.JiraIssue(r.PathValue("issue")); i != nil && !i.Hidden && !i.Project.Hidden {
			v = view(s.o.Title, i)
		}
	})
	if v == nil {
		show(w, "gone.html", http.StatusNotFound, map[string]any{"Title": s.o.Title, "Key": r.PathValue("issue")})
		return
	}
	show(w, "issue.html", http.StatusOK, v)
}

func view(title string, i *world.JiraIssue) *issueView {
	v := &issueView{row: rowOf(i), Title: title, Labels: i.Labels, Components: i.Components, Description: wikiHTML(i.Description)}
	if i.Type != nil {
		v.Type = i.Type.Name
	}
	if i.Resolution != nil {
		v.Resolution = i.Resolution.Name
	}
	if i.Parent != nil {
		v.Parent = i.Parent.Key
	}
	for _, l := range i.Links {
		other, phrase := l.To, l.Type.Outward
		if l.To.Issue == i {
			other, phrase = l.From, l.Type.Inward
		}
		summary := ""
		if other.Issue != nil {
			summary = other.Issue.Summary
		}
		v.Links = append(v.Links, linked{phrase, other.Handle(), summary})
	}
	for _, c := range i.Comments {
		m, _ := world.ReadMarker(world.Jira, c)
		k := remark{ID: c.ID, Created: c.Created.UTC().Format("2006-01-02 15:04"), Edited: c.Editor != nil, Marker: m.Text, Body: wikiHTML(c.Body), Author: "nobody"}
		if c.Author != nil {
			k.Author, k.Bot = c.Author.Name, c.Author.Bot
		}
		v.Remarks = append(v.Remarks, k)
	}
	return v
}
