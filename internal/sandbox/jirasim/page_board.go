package jirasim

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"strata/internal/sandbox/world"
)

// boardRow is a board in the list of boards.
type boardRow struct {
	ID                           int64
	Name, Kind, Project, Running string
}

func (s *server) boardsPage(w http.ResponseWriter, r *http.Request) {
	s.look(w, r, "boards.html", func(c *call, st *world.State, fr *frame) (any, int) {
		fr.Title = "Boards"
		var rows []boardRow
		for _, b := range st.Boards {
			if b.Project != nil && !c.seesProject(b.Project) {
				continue
			}
			one := boardRow{ID: b.ID, Name: b.Name, Kind: b.Kind}
			if b.Project != nil {
				one.Project = b.Project.Key
			}
			for _, sp := range b.Sprints {
				if sp.State == world.Active {
					one.Running = sp.Name
				}
			}
			rows = append(rows, one)
		}
		return map[string]any{"Frame": fr, "Boards": rows}, http.StatusOK
	})
}

// column is one of a board's three.
type column struct {
	Title, Category string
	Cards           []row
}

// plan is a Sprint on a board, or the backlog.
type plan struct {
	ID                            int64
	Name, State, Goal, Start, End string
	Columns                       []column
	Cards                         []row
	Total, Done                   int
	Points                        float64
}

// boardView is a board's page: the running Sprints as columns, the coming ones
// and the backlog as lists, and how the last ones ended.
type boardView struct {
	Frame          *frame
	Name, Kind     string
	Active, Future []plan
	Closed         []plan
	Backlog        plan
}

// longestBacklog and longestPast are how much of a board's depth is shown.
const (
	longestBacklog = 50
	longestPast    = 10
)

func (s *server) boardPage(w http.ResponseWriter, r *http.Request) {
	s.look(w, r, "board.html", func(c *call, st *world.State, fr *frame) (any, int) {
		n, err := strconv.ParseInt(r.PathValue("board"), 10, 64)
		b := st.Board(n)
		if err != nil || b == nil || b.Project != nil && !c.seesProject(b.Project) {
			fr.Title = "Not found"
			return nil, http.StatusNotFound
		}
		fr.Title = b.Name
		v := &boardView{Frame: fr, Name: b.Name, Kind: b.Kind}
		by, backlog := c.planned(st, b)
		for _, sp := range b.Sprints {
			p := c.plan(st, sp, by[sp])
			switch sp.State {
			case world.Active:
				p.columns()
				v.Active = append(v.Active, p)
			case world.Future:
				v.Future = append(v.Future, p)
			default:
				v.Closed = append(v.Closed, p)
			}
		}
		slices.Reverse(v.Closed)
		v.Closed = v.Closed[:min(len(v.Closed), longestPast)]
		v.Backlog = plan{Name: "Backlog", Cards: c.rows(st, backlog[:min(len(backlog), longestBacklog)]), Total: len(backlog)}
		if b.Kind != "scrum" && len(b.Sprints) == 0 { // no Sprints: all that is open, in columns
			v.Backlog.columns()
		}
		return v, http.StatusOK
	})
}

// planned sorts a board's issues into its Sprints and, by rank, its backlog.
func (c *call) planned(st *world.State, b *world.Board) (by map[*world.Sprint][]*world.JiraIssue, backlog []*world.JiraIssue) {
	by = map[*world.Sprint][]*world.JiraIssue{}
	all := st.Jira
	if b.Project != nil {
		all = st.JiraIn(b.Project)
	}
	for _, i := range all {
		if !c.sees(i) || i.Archived || i.Type.Level > 0 || i.Type.Subtask {
			continue
		}
		switch at := slices.IndexFunc(i.Sprints, func(sp *world.Sprint) bool { return slices.Contains(b.Sprints, sp) }); {
		case at >= 0:
			for _, sp := range i.Sprints {
				by[sp] = append(by[sp], i)
			}
		case i.Sprint() == nil && !i.Done():
			backlog = append(backlog, i)
		}
	}
	rank := func(a, b *world.JiraIssue) int {
		switch {
		case a.Rank < b.Rank:
			return -1
		case a.Rank > b.Rank:
			return 1
		}
		return world.CompareKeys(a, b)
	}
	for _, list := range by {
		slices.SortFunc(list, rank)
	}
	slices.SortFunc(backlog, rank)
	return by, backlog
}

func (c *call) plan(st *world.State, sp *world.Sprint, issues []*world.JiraIssue) plan {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(c.user.Location()).Format("2 Jan")
	}
	p := plan{ID: sp.ID, Name: sp.Name, State: sp.State, Goal: sp.Goal, Start: day(sp.Start), End: day(sp.End), Total: len(issues)}
	if sp.State != world.Closed {
		p.Cards = c.rows(st, issues)
	}
	for _, i := range issues {
		if i.Done() {
			p.Done++
		}
		if n, ok := points(i); ok {
			p.Points += n
		}
	}
	return p
}

// columns sorts cards by their status category.
func (p *plan) columns() {
	p.Columns = []column{{Title: "To do", Category: "new"}, {Title: "In progress", Category: "indeterminate"}, {Title: "Done", Category: "done"}}
	for _, card := range p.Cards {
		at := max(slices.IndexFunc(p.Columns, func(k column) bool { return k.Category == card.Category }), 0)
		p.Columns[at].Cards = append(p.Columns[at].Cards, card)
	}
	p.Cards = nil
}
