package jirasim

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

func boardRoutes(t table) {
	t.on("GET /board", listBoards)
	t.on("GET /board/{board}", getBoard)
	t.on("GET /board/{board}/configuration", boardConfiguration)
	t.on("GET /board/{board}/sprint", boardSprints)
	t.on("GET /board/{board}/issue", pageByOffset(issuesOfBoard))
	t.on("GET /board/{board}/backlog", pageByOffset(issuesOfBacklog))
	t.on("GET /board/{board}/sprint/{sprint}/issue", pageByOffset(issuesOfSprint))
	t.on("GET /board/{board}/epic", boardEpics)
	t.on("GET /board/{board}/epic/none/issue", pageByOffset(boardIssuesWithoutEpic))
	t.on("GET /board/{board}/epic/{epic}/issue", pageByOffset(issuesOfEpic))
	t.on("GET /board/{board}/project", boardProjects)
	t.on("GET /board/{board}/version", boardVersions)
	t.on("POST /backlog/issue", moveToBacklog)
	t.on("GET /issue/{issue}", agileIssue)
	t.on("PUT /issue/rank", rankIssues)
	t.on("GET /issue/{issue}/estimation", getEstimation)
	t.on("PUT /issue/{issue}/estimation", setEstimation)
}

func (c *call) boardJSON(b *world.Board) obj {
	out := obj{"id": b.ID, "name": b.Name, "type": b.Kind, "self": c.base + "/rest/agile/1.0/board/" + id(b.ID)}
	if p := b.Project; p != nil && c.s.cloud() {
		out["location"] = obj{"projectId": p.ID, "projectKey": p.Key, "projectName": p.Name, "projectTypeKey": p.Kind,
			"displayName": p.Name + " (" + p.Key + ")", "name": p.Name + " (" + p.Key + ")", "avatarURI": c.base + "/secure/projectavatar?pid=" + id(p.ID)}
	}
	return out
}

// listBoards filters by project, type and a part of the name.
func listBoards(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	w, err := c.window(50, 50)
	if err != nil {
		return err
	}
	q, kinds := c.URL.Query(), c.words("type")
	return c.read(func(st *world.State) (any, error) {
		project := q.Get("projectKeyOrId")
		if project != "" && !c.seesProject(st.Project(project)) {
			return nil, refuse(http.StatusBadRequest, "No project could be found with key or id '"+project+"'.")
		}
		found := slices.DeleteFunc(slices.Clone(st.Boards), func(b *world.Board) bool {
			return (project != "" && b.Project != st.Project(project)) || (len(kinds) > 0 && !slices.Contains(kinds, b.Kind)) ||
				!strings.Contains(strings.ToLower(b.Name), strings.ToLower(q.Get("name"))) || (b.Project != nil && !c.seesProject(b.Project))
		})
		out := page(w, found)
		out["values"] = each(cut(w, found), func(b *world.Board) any { return c.boardJSON(b) })
		return out, nil
	})
}

// board finds the board of the path, or 404.
func (c *call) board(st *world.State) (*world.Board, error) {
	n, _ := strconv.ParseInt(c.PathValue("board"), 10, 64)
	if err := c.needsUser(); err != nil {
		return nil, err
	}
	b := st.Board(n)
	if b == nil || (b.Project != nil && !c.seesProject(b.Project)) {
		return nil, refuse(http.StatusNotFound, "The requested board cannot be viewed because it either does not exist or you do not have permission to view it.")
	}
	return b, nil
}

func getBoard(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		b, err := c.board(st)
		if err != nil {
			return nil, err
		}
		return c.boardJSON(b), nil
	})
}

// boardConfiguration names the fields for points and rank: the board is the
// authority on them.
func boardConfiguration(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		b, err := c.board(st)
		if err != nil {
			return nil, err
		}
		columns := []obj{}
		for _, category := range []string{"new", "indeterminate", "done"} {
			statuses := []obj{}
			for _, s := range workflow(st) {
				if s.Category == category {
					statuses = append(statuses, obj{"id": id(s.ID), "self": c.self("status/%d", s.ID)})
				}
			}
			columns = append(columns, obj{"name": c.tongue(categories[category].name), "statuses": statuses})
		}
		filter := filterID(b)
		out := obj{"id": b.ID, "name": b.Name, "type": b.Kind, "self": c.base + "/rest/agile/1.0/board/" + id(b.ID) + "/configuration",
			"filter": obj{"id": filter, "self": c.self("filter/%s", filter)}, "columnConfig": obj{"columns": columns, "constraintType": "none"},
			"ranking": obj{"rankCustomFieldId": rawNumber(strings.TrimPrefix(rankField(st), "customfield_"))}}
		if b.Kind == "scrum" {
			out["estimation"] = obj{"type": "field", "field": obj{"fieldId": world.PointsFieldID, "displayName": "Story Points"}}
		}
		if b.Project != nil && c.s.cloud() {
			out["location"] = obj{"type": "project", "projectKeyOrId": b.Project.Key}
		}
		return out, nil
	})
}

// rankField is the site's field for ranks.
func rankField(st *world.State) string {
	for _, f := range st.Fields {
		if strings.HasSuffix(f.Custom, ":gh-lexo-rank") {
			return f.ID
		}
	}
	return world.RankFieldID
}

// rawNumber is an id that this one place writes as a number.
func rawNumber(text string) any {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	return nil
}

// boardSprints refuses Kanban boards, as Jira does, with 400. How many sprints
// there are is not told.
func boardSprints(c *call) error {
	w, err := c.window(50, 50)
	if err != nil {
		return err
	}
	states := c.words("state")
	for _, s := range states {
		if s != world.Active && s != world.Future && s != world.Closed {
			return refuse(http.StatusBadRequest, "The state '"+s+"' is not one of future, active, closed.")
		}
	}
	return c.read(func(st *world.State) (any, error) {
		b, err := c.board(st)
		if err != nil {
			return nil, err
		}
		if b.Kind == "kanban" {
			return nil, refuse(http.StatusBadRequest, "The board does not support sprints")
		}
		var found []*world.Sprint
		for _, state := range []string{world.Closed, world.Active, world.Future} {
			for _, s := range b.Sprints {
				if s.State == state && (len(states) == 0 || slices.Contains(states, state)) {
					found = append(found, s)
				}
			}
		}
		out := page(w, found)
		out["values"] = each(cut(w, found), func(s *world.Sprint) any { return c.agileSprint(s) })
		delete(out, "total")
		return out, nil
	})
}

func boardProjects(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		b, err := c.board(st)
		if err != nil {
			return nil, err
		}
		list := []any{}
		if b.Project != nil {
			list = append(list, c.projectJSON(b.Project))
		}
		return page(window{0, 50}, list), nil
	})
}

func boardVersions(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		b, err := c.board(st)
		if err != nil {
			return nil, err
		}
		list := []any{}
		if b.Project != nil {
			list = versionList(c, b.Project)
		}
		return page(window{0, 50}, list), nil
	})
}
