package jirasim

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/jql"
	"strata/internal/sandbox/world"
)

// row is an issue in a list or on a board.
type row struct {
	Key, Summary, Type, Status, Category, Priority, Sprint, Assignee, Parent, Updated string
	Points                                                                            string
	Comments                                                                          int
	Flagged, Done                                                                     bool
}

func (c *call) row(st *world.State, i *world.JiraIssue) row {
	out := row{Key: i.Key, Summary: i.Summary, Type: i.Type.Name, Status: i.Status.Name, Category: i.Status.Category, Comments: len(i.Comments), Done: i.Done(),
		Updated: c.moment(i.Updated), Flagged: st.ShelfOf(i) == world.Flags}
	if sp := i.Sprint(); sp != nil {
		out.Sprint = sp.Name
	}
	if i.Priority != nil {
		out.Priority = i.Priority.Name
	}
	if i.Assignee != nil {
		out.Assignee = i.Assignee.Name
	}
	if i.Parent != nil {
		out.Parent = i.Parent.Key
	}
	if i.Points != nil {
		out.Points = strconv.FormatFloat(*i.Points, 'f', -1, 64)
	}
	return out
}

func (c *call) rows(st *world.State, list []*world.JiraIssue) []row {
	out := make([]row, 0, len(list))
	for _, i := range list {
		out = append(out, c.row(st, i))
	}
	return out
}

// group is one part of the start page.
type group struct {
	Title string
	Total int
	Rows  []row
}

// homePage shows the issues with the daemon's comments, those with a document
// first, and what was updated last.
func (s *server) homePage(w http.ResponseWriter, r *http.Request) {
	const longest, recent = 100, 25
	s.look(w, r, "home.html", func(c *call, st *world.State, fr *frame) (any, int) {
		fr.Title = "Home"
		groups := []group{
			world.Homes: {Title: "Agendas, briefs and reviews"}, world.Briefs: {Title: "Epics with a brief"}, world.Flags: {Title: "Flagged"},
			world.Folded: {Title: "With comments that are settled"}, world.Others: {Title: "Recently updated"},
		}
		all := st.JiraSorted(world.ByUpdated)
		for n := len(all) - 1; n >= 0; n-- {
			i := all[n]
			if !c.sees(i) || i.Archived {
				continue
			}
			shelf := st.ShelfOf(i)
			g := &groups[shelf]
			if g.Total++; len(g.Rows) < longest && (shelf != world.Others || len(g.Rows) < recent) {
				g.Rows = append(g.Rows, c.row(st, i))
			}
		}
		return map[string]any{"Frame": fr, "Groups": groups}, http.StatusOK
	})
}

// filters are what the search page narrows by, beside a query.
type filters struct {
	Text, JQL, Project, Sprint, Category string
	Flagged                              bool
}

// query joins the filters to JQL. Words that are no query are searched for.
func (f filters) query() string {
	parts := []string{}
	if f.Text != "" {
		parts = append(parts, "text ~ "+quote(f.Text))
	}
	if f.Project != "" {
		parts = append(parts, "project = "+quote(f.Project))
	}
	if f.Sprint != "" {
		parts = append(parts, "sprint = "+quote(f.Sprint))
	}
	if f.Category != "" {
		parts = append(parts, "statusCategory = "+quote(f.Category))
	}
	where := strings.Join(parts, " AND ")
	switch {
	case f.JQL == "" && where == "":
		return "ORDER BY updated DESC"
	case f.JQL == "":
		return where + " ORDER BY updated DESC"
	case where == "":
		return f.JQL
	}
	if head, order, ok := cutOrder(f.JQL); ok {
		if head == "" {
			return where + " " + order
		}
		return where + " AND (" + head + ") " + order
	}
	return where + " AND (" + f.JQL + ")"
}

// cutOrder takes a query apart before its ORDER BY.
func cutOrder(text string) (head, order string, ok bool) {
	at := strings.LastIndex(strings.ToLower(text), "order by")
	if at < 0 {
		return text, "", false
	}
	return strings.TrimSpace(text[:at]), text[at:], true
}

func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\r", " ").Replace(text) + `"`
}

// listed is a page of the search.
type listed struct {
	Frame             *frame
	Filters           filters
	Rows              []row
	From, To, Total   int
	Newer, Older      string // addresses
	Categories        []string
	Projects, Sprints []choice
	Shown             string // the query that was asked
}

// choice is an entry of a form's list.
type choice struct {
	Value, Name string
	Chosen      bool
}

// listSize is how many rows a page of the search shows.
const listSize = 50

// searchPage finds issues by JQL, or by words, project, Sprint and flag.
func (s *server) searchPage(w http.ResponseWriter, r *http.Request) {
	s.look(w, r, "list.html", func(c *call, st *world.State, fr *frame) (any, int) {
		fr.Title = "Issues"
		q := r.URL.Query()
		f := filters{Text: strings.TrimSpace(q.Get("text")), JQL: strings.TrimSpace(q.Get("jql")), Project: q.Get("project"), Sprint: q.Get("sprint"),
			Category: q.Get("category"), Flagged: q.Get("flagged") != ""}
		if _, err := jql.Parse(f.JQL); err != nil && f.Text == "" && !strings.ContainsAny(f.JQL, "=<>~(") {
			f.Text, f.JQL, fr.Query = f.JQL, "", "" // words, not a query
		}
		page := &listed{Frame: fr, Filters: f, Shown: f.query(), Categories: []string{"To Do", "In Progress", "Done"}, Projects: c.projectChoices(st, f.Project), Sprints: sprintChoices(st, f.Sprint)}
		if key := strings.ToUpper(f.Text); keyForm.MatchString(key) && c.sees(st.JiraIssue(key)) {
			page.Shown = "key = " + key
		}
		found, err := c.find(st, page.Shown, false, false)
		if err != nil {
			fr.Error = message(err)
			return page, http.StatusBadRequest
		}
		if f.Flagged {
			found = slices.DeleteFunc(slices.Clone(found), func(i *world.JiraIssue) bool { return st.ShelfOf(i) != world.Flags })
		}
		page.cut(c, st, found, q)
		return page, http.StatusOK
	})
}

// cut takes one page out of what was found.
func (l *listed) cut(c *call, st *world.State, found []*world.JiraIssue, q url.Values) {
	start, err := strconv.Atoi(q.Get("start"))
	if err != nil || start < 0 || start >= len(found) {
		start = 0
	}
	end := min(start+listSize, len(found))
	l.Rows, l.From, l.To, l.Total = c.rows(st, found[start:end]), min(start+1, end), end, len(found)
	at := func(n int) string {
		q.Set("start", strconv.Itoa(n))
		return "/issues/?" + q.Encode()
	}
	if start > 0 {
		l.Newer = at(max(start-listSize, 0))
	}
	if end < len(found) {
		l.Older = at(end)
	}
}

func (c *call) projectChoices(st *world.State, chosen string) []choice {
	var out []choice
	for _, p := range c.projects(st) {
		out = append(out, choice{p.Key, p.Key + " · " + p.Name, strings.EqualFold(p.Key, chosen)})
	}
	return out
}

// sprintChoices are the running and coming Sprints first, then the last that ended.
func sprintChoices(st *world.State, chosen string) []choice {
	var out, closed []choice
	for _, sp := range st.Sprints {
		if sp.State == world.Closed {
			closed = append([]choice{sprintChoice(sp, chosen)}, closed...)
		}
	}
	for _, state := range []string{world.Active, world.Future} {
		for _, sp := range st.Sprints {
			if sp.State == state {
				out = append(out, sprintChoice(sp, chosen))
			}
		}
	}
	return append(out, closed[:min(len(closed), 30)]...)
}

func sprintChoice(sp *world.Sprint, chosen string) choice {
	out := choice{id(sp.ID), sp.Name, id(sp.ID) == chosen}
	if sp.State != world.Future {
		out.Name += " (" + sp.State + ")"
	}
	return out
}

// planChoices are the Sprints that an issue can be planned for: those of its
// project's boards, else all that have not ended.
func planChoices(st *world.State, i *world.JiraIssue) []choice {
	chosen := ""
	if sp := i.Sprint(); sp != nil {
		chosen = id(sp.ID)
	}
	var own, all []choice
	for _, state := range []string{world.Active, world.Future} {
		for _, b := range st.Boards {
			for _, sp := range b.Sprints {
				if sp.State != state {
					continue
				}
				all = append(all, sprintChoice(sp, chosen))
				if b.Project == i.Project || id(sp.ID) == chosen {
					own = append(own, sprintChoice(sp, chosen))
				}
			}
		}
	}
	if len(own) == 0 {
		return all
	}
	return own
}
