package jirasim

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

func (s *server) agile(get func(string, handler)) {
	get("/board", listBoards)
	get("/board/{board}", func(c *call) error {
		return c.board(func(_ *world.State, b *world.Board) (any, error) { return c.boardJSON(b), nil })
	})
	get("/board/{board}/configuration", boardConfiguration)
	get("/board/{board}/sprint", boardSprints)
	get("/sprint/{sprint}", getSprint)
	get("/sprint/{sprint}/issue", sprintIssues)
}

func (c *call) boardJSON(b *world.Board) obj {
	out := obj{"id": b.ID, "name": b.Name, "type": b.Kind, "self": c.base + "/rest/agile/1.0/board/" + id(b.ID)}
	if b.Project != nil {
		out["location"] = obj{"projectId": b.Project.ID, "projectKey": b.Project.Key, "projectName": b.Project.Name}
	}
	return out
}

// paged is the agile API's page; Cloud leaves out the total of sprints.
func (c *call) paged(all []any) (any, error) {
	start, err := c.number("startAt", 0)
	if err != nil {
		return nil, err
	}
	size, err := c.number("maxResults", 50)
	if err != nil {
		return nil, err
	}
	size = min(size, 50)
	from := min(start, len(all))
	to := min(from+size, len(all))
	return obj{"startAt": start, "maxResults": size, "total": len(all), "isLast": to == len(all), "values": all[from:to]}, nil
}

func listBoards(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	q := c.URL.Query()
	return c.read(func(st *world.State) (any, error) {
		out := []any{}
		for _, b := range st.Boards {
			project := q.Get("projectKeyOrId")
			if project != "" && (b.Project == nil || b.Project != st.Project(project)) {
				continue
			}
			if t := c.words("type"); len(t) > 0 && !slices.Contains(t, b.Kind) {
				continue
			}
			if n := q.Get("name"); n != "" && !strings.Contains(strings.ToLower(b.Name), strings.ToLower(n)) {
				continue
			}
			if b.Project == nil || c.seesProject(b.Project) {
				out = append(out, c.boardJSON(b))
			}
		}
		return c.paged(out)
	})
}

// board answers something of the board of the path, or 404.
func (c *call) board(f func(*world.State, *world.Board) (any, error)) error {
	return c.read(func(st *world.State) (any, error) {
		n, _ := strconv.ParseInt(c.PathValue("board"), 10, 64)
		b := st.Board(n)
		if b == nil || c.user == nil || (b.Project != nil && !c.seesProject(b.Project)) {
			return nil, refuse(http.StatusNotFound, "The requested board cannot be viewed because it either does not exist or you do not have permission to view it.")
		}
		return f(st, b)
	})
}

// boardConfiguration names the fields for points and rank: the board is the
// authority on them.
func boardConfiguration(c *call) error {
	return c.board(func(st *world.State, b *world.Board) (any, error) {
		columns := []obj{}
		for _, k := range []string{"new", "indeterminate", "done"} {
			statuses := []obj{}
			for _, s := range st.Statuses {
				if s.Category == k {
					statuses = append(statuses, obj{"id": id(s.ID), "self": c.self("status/%d", s.ID)})
				}
			}
			columns = append(columns, obj{"name": categories[k].name, "statuses": statuses})
		}
		out := obj{"id": b.ID, "name": b.Name, "type": b.Kind, "self": c.base + "/rest/agile/1.0/board/" + id(b.ID) + "/configuration",
			"filter": obj{"id": id(20000 + b.ID)}, "columnConfig": obj{"columns": columns, "constraintType": "none"},
			"ranking": obj{"rankCustomFieldId": rawNumber(strings.TrimPrefix(world.RankFieldID, "customfield_"))}}
		if b.Kind == "scrum" {
			out["estimation"] = obj{"type": "field", "field": obj{"fieldId": world.PointsFieldID, "displayName": "Story Points"}}
		}
		return out, nil
	})
}

func (c *call) agileSprint(s *world.Sprint) obj {
	out := obj{"id": s.ID, "self": c.base + "/rest/agile/1.0/sprint/" + id(s.ID), "state": s.State, "name": s.Name, "originBoardId": s.Board, "goal": s.Goal}
	for name, t := range map[string]time.Time{"startDate": s.Start, "endDate": s.End, "completeDate": s.Complete} {
		if !t.IsZero() {
			out[name] = t.UTC().Format("2006-01-02T15:04:05.000Z")
		}
	}
	if !c.s.cloud() {
		out["synced"], out["autoStartStop"] = false, false
	}
	return out
}

// boardSprints refuses Kanban boards, as Jira does, with 400.
func boardSprints(c *call) error {
	states := c.words("state")
	for _, s := range states {
		if s != world.Active && s != world.Future && s != world.Closed {
			return refuse(http.StatusBadRequest, "The state '"+s+"' is not one of future, active, closed.")
		}
	}
	return c.board(func(_ *world.State, b *world.Board) (any, error) {
		if b.Kind == "kanban" {
			return nil, refuse(http.StatusBadRequest, "The board does not support sprints")
		}
		out := []any{}
		for _, state := range []string{world.Closed, world.Active, world.Future} {
			for _, s := range b.Sprints {
				if s.State == state && (len(states) == 0 || slices.Contains(states, state)) {
					out = append(out, c.agileSprint(s))
				}
			}
		}
		return c.paged(out)
	})
}

func (c *call) sprint(st *world.State) (*world.Sprint, error) {
	n, _ := strconv.ParseInt(c.PathValue("sprint"), 10, 64)
	if s := st.SprintByID(n); s != nil && c.user != nil {
		return s, nil
	}
	return nil, refuse(http.StatusNotFound, "Sprint does not exist or you do not have permission to view it.")
}

func getSprint(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		s, err := c.sprint(st)
		if err != nil {
			return nil, err
		}
		return c.agileSprint(s), nil
	})
}

// sprintIssues is the offset form, which still works on Cloud.
func sprintIssues(c *call) error {
	start, err := c.number("startAt", 0)
	if err != nil {
		return err
	}
	size, err := c.number("maxResults", 50)
	if err != nil {
		return err
	}
	sel, size := choose(c.words("fields"), "*navigable"), min(size, c.s.o.PageCap)
	return c.read(func(st *world.State) (any, error) {
		s, err := c.sprint(st)
		if err != nil {
			return nil, err
		}
		var found []*world.JiraIssue
		for _, i := range st.Jira {
			if c.sees(i) && !i.Archived && slices.Contains(i.Sprints, s) {
				found = append(found, i)
			}
		}
		list := []obj{}
		for _, i := range found[min(start, len(found)):min(start+size, len(found))] {
			list = append(list, c.issueJSON(st, i, sel, nil))
		}
		return obj{"startAt": start, "maxResults": size, "total": len(found), "issues": list}, nil
	})
}

// rawNumber is an id that this one place writes as a number.
func rawNumber(text string) any {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	return nil
}
